"""Latency of → on the Stage while another session trains: python benchmarks/training_beside.py [--presses 25].

Time runs from the keydown until the position has changed, which is the server's word; the drawing is ahead of it.
Rounds in which the other session trains and such in which it stands still take turns.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests start the same server and the same browser

from tests.browser.server import FLAGS, browser_path, serve

ROUNDS, PAUSE = 4, 250  # ms between two presses
TASKS = {
    "spiral": {"data": "spiral", "hidden": "16-16", "activations": "tanh-tanh-sigmoid", "batch": "16"},
    "xor": {"batch": "1"},
    "wide": {"data": "moons", "size": "2000", "hidden": "128-128", "activations": "tanh-tanh-sigmoid"},
}
PLAY = ":is(.st-key-train_play, .st-key-train_pause) button"
STEP = """async (key) => {
  const said = () => document.querySelector(".st-key-step_position")?.innerText.match(/[0-9]+/)?.[0];
  const before = said();
  const began = performance.now();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true }));
  while ((said() ?? before) === before) {
    if (performance.now() - began > 30000) throw new Error("no answer within 30 s");
    await new Promise(requestAnimationFrame);
  }
  return performance.now() - began;
}"""


def settings():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--presses", type=int, default=25, help="of each of the rounds")
    asked.add_argument("--task", choices=TASKS, default="spiral")
    asked.add_argument("--at-most", type=float, default=2.0, help="ratio of the medians")
    return asked.parse_args()


def opened(browser, address, ready):
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(address)
    page.wait_for_selector(ready)
    page.wait_for_timeout(2000)
    return page


def steps(page, presses):
    """Return the times of so many steps, to the end of the lecture and back."""
    took = []
    for _ in range(presses):
        said = page.locator(".st-key-step_position").inner_text().split("·")[0]
        at, last = map(int, said.split("/"))
        if at >= last:
            page.keyboard.press("Home")
            page.wait_for_timeout(1500)
        took.append(page.evaluate(STEP, "ArrowRight"))
        page.wait_for_timeout(PAUSE)
    return took


def measure(task, presses):
    query = urlencode(TASKS[task] | {"epochs": "100000"})
    idle, busy = [], []
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder) / "log") as (address, _),
        sync_playwright() as playwright,
    ):
        browsers = [playwright.chromium.launch(executable_path=browser_path(), args=FLAGS) for _ in range(2)]
        trainer = opened(browsers[0], f"{address}/train?{query}", PLAY)
        stage = opened(browsers[1], f"{address}/?example=mazur", ".st-key-network_chart svg.stage[aria-label]")
        steps(stage, presses)  # to warm up
        for _ in range(ROUNDS):
            for times in (idle, busy):
                times.extend(steps(stage, presses))
                trainer.locator(PLAY).click()
                trainer.wait_for_timeout(1500)
        said = trainer.locator(".st-key-train_progress").inner_text()
        for browser in browsers:
            browser.close()
    return idle, busy, said


def report(idle, busy, said, at_most):
    for name, times in (("idle", idle), ("beside a training", busy)):
        ordered = sorted(times)
        middle, slow = statistics.median(times), ordered[int(0.95 * (len(ordered) - 1))]
        print(f"{name:17s} median {middle:6.1f} ms, p95 {slow:6.1f} ms, of {len(times)} steps")
    ratio = statistics.median(busy) / statistics.median(idle)
    print(f"the training came to {' '.join(said.split())}")
    print(f"{ratio:.2f} times idle, at most {at_most:g} allowed: {'kept' if ratio <= at_most else 'missed'}")
    return ratio <= at_most


if __name__ == "__main__":
    given = settings()
    sys.exit(0 if report(*measure(given.task, given.presses), given.at_most) else 1)
