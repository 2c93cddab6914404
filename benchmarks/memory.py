"""Memory of the server while one reader steps on and on: python benchmarks/memory.py [--steps 2000]."""

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests start the same server and the same browser

from tests.browser.server import FLAGS, browser_path, serve

WARM, EVERY = 200, 50  # steps until nothing may grow any more, and between two samples
COLUMNS = 4  # of what is printed
ANSWERED = "before => location.search !== before"  # the address follows once the server has answered


def settings():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--steps", type=int, default=2000, help="half of them on, half of them back")
    asked.add_argument("--link", default="example=mazur", help="what is on the stage, as in a link")
    asked.add_argument("--at-most", type=float, default=5.0, help="growth after the first 200 steps, in per cent")
    given = asked.parse_args()
    if given.steps <= WARM or given.steps % 2:
        asked.error(f"--steps: an even number above {WARM}, not {given.steps}")
    return given


def resident(pid):
    """Memory of a process that is in RAM, in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def step(page, key):
    before = page.evaluate("location.search")
    page.keyboard.press(key)
    page.wait_for_function(ANSWERED, arg=before, timeout=60_000)


def walk(page, pid, steps):
    """Step forward, then back; return the memory after every fiftieth step, and the address of the furthest one."""
    sizes, furthest = {0: resident(pid)}, ""
    for done in range(1, steps + 1):
        step(page, "ArrowRight" if done <= steps // 2 else "ArrowLeft")
        if done == steps // 2:
            furthest = page.evaluate("location.search")
        if done % EVERY == 0 or done == steps:
            sizes[done] = resident(pid)
    return sizes, furthest


def measure(link, steps):
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder) / "log") as (address, server),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        page = browser.new_page()
        page.goto(f"{address}/?{link}")
        page.wait_for_function("() => new URLSearchParams(location.search).has('step')", timeout=60_000)
        measured = walk(page, server.pid, steps)
        browser.close()
    return measured


def report(sizes, furthest, at_most):
    """Print the measurements, and return whether they stay within bounds."""
    rows = [f"{done:6d} {size:8.1f}" for done, size in sizes.items()]
    height = -(-len(rows) // COLUMNS)
    print("   ".join(["  step      MiB"] * COLUMNS))
    print("\n".join("   ".join(rows[i::height]) for i in range(height)))
    grown = list(sizes.values())[-1] - sizes[WARM]
    per_cent = 100 * grown / sizes[WARM]
    verdict = "flat" if per_cent <= at_most else "it grows"
    print(f"to {furthest} and back")
    print(f"from step {WARM} to the end: {grown:+.1f} MiB, {per_cent:+.1f} %, at most {at_most:g} % allowed: {verdict}")
    return per_cent <= at_most


if __name__ == "__main__":
    given = settings()
    sys.exit(0 if report(*measure(given.link, given.steps), given.at_most) else 1)
