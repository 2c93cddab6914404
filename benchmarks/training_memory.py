"""Memory of a session that keeps 50 runs of 10,000 epochs: python benchmarks/training_memory.py [--hidden 16-16].

A link brings the runs, which the page trains one after the other; then every view below the curves is opened. What
counts is the memory of the server above that with the bare page open.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests start the same server and the same browser

from benchmarks.memory import resident
from tests.browser.server import FLAGS, browser_path, serve
from visualizer.lab.lab import MOST_RUNS

READY = ".st-key-train_controls"
REST = '[data-testid="stApp"][data-test-script-state="notRunning"]'
DONE = """(count) => {
  const shown = document.querySelector(".st-key-loss_chart .js-plotly-plot")?.data ?? [];
  return new Set(shown.map((line) => line.legendgroup).filter(Boolean)).size === count
    && !document.querySelector(".st-key-train_slider input").disabled;
}"""


def settings():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--data", default="xor")
    asked.add_argument("--hidden", default="2", help="as on the page: 16-16")
    asked.add_argument("--held", type=int, default=25, help="per cent: a second curve for each run")
    asked.add_argument("--optimizer", default="adam", help="those with the most memory of their own: adam, adamw")
    asked.add_argument("--epochs", type=int, default=10_000)
    asked.add_argument("--runs", type=int, default=MOST_RUNS)
    asked.add_argument("--at-most", type=float, default=200.0, help="MiB above the bare page")
    return asked.parse_args()


def link(given):
    layers = {"hidden": given.hidden, "activations": "-".join(["tanh"] * len(given.hidden.split("-")) + ["sigmoid"])}
    task = {"data": given.data, **layers, "held": str(given.held), "optimizer": given.optimizer, "eta": "0.01"}
    task |= {"epochs": str(given.epochs)}
    runs = [{"parts": [[0, task | {"seed": str(seed)}]]} for seed in range(given.runs)]
    return urlencode({"runs": json.dumps(runs, separators=(",", ":"))})


def opened(browser, address):
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(address)
    page.wait_for_selector(READY)
    page.wait_for_timeout(2000)
    return page


def measure(given):
    """Return the memory with the bare page, with all runs, and with all views seen."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder) / "log") as (address, server),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        opened(browser, f"{address}/train")
        sizes = [resident(server.pid)]
        page = opened(browser, f"{address}/train?{link(given)}")
        page.wait_for_function(DONE, arg=given.runs, polling=500, timeout=1_800_000)
        page.wait_for_timeout(2000)
        sizes.append(resident(server.pid))
        for view in page.locator(".st-key-train_view button").all():
            view.click()
            page.wait_for_timeout(1000)
            page.wait_for_selector(REST, state="attached", timeout=120_000)
        sizes.append(resident(server.pid))
        browser.close()
    return sizes


def report(bare, kept, seen, at_most):
    print(f"the bare page {bare:.1f} MiB, with the runs {kept:.1f}, with all views opened {seen:.1f}")
    grown = max(kept, seen) - bare
    print(
        f"{grown:.1f} MiB above the bare page, at most {at_most:g} allowed: {'kept' if grown <= at_most else 'missed'}"
    )
    return grown <= at_most


if __name__ == "__main__":
    given = settings()
    sys.exit(0 if report(*measure(given), given.at_most) else 1)
