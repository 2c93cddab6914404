"""Stops of all lessons, presented: whether all is there, and how large.

    PYTHONPATH=. python benchmarks/presented.py [LESSON ...]

Every stop is stepped to in a browser, in both languages and on three screens (`SCREENS` of `tests/browser/screens.py`);
nothing may be cut or scroll, no type be smaller than 18 px of 1080, and the letters of the drawing are at least 1.25
times as large as at a desk. It exits with 1 where a stop has a fault, and takes about ten minutes on two cores.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.browser.screens import SCREENS, WINDOW, faults, on_screen, to_stop, type_sizes
from tests.browser.server import FLAGS, browser_path, serve
from visualizer.lessons import LESSONS

STAGE = ".st-key-network_chart svg.stage[aria-label]"


def stops(page, address, name, lang):
    """Go through a lesson, at a desk and presented, and yield each stop's faults on each screen."""
    page.goto(f"{address}/?lesson={name}&lang={lang}")
    page.wait_for_selector(STAGE)
    for stop in range(1, len(LESSONS[name].stops) + 1):
        if stop > 1:
            page.keyboard.press("ArrowRight")
        to_stop(page, stop)
        desk = {}
        for size in SCREENS:
            on_screen(page, size)
            desk[size] = type_sizes(page)
        page.keyboard.press("p")
        for size in SCREENS:
            on_screen(page, size)
            yield stop, size, faults(page, desk[size])
        page.keyboard.press("p")


def main(lessons):
    """Number of screens with a fault; each is printed."""
    wrong = shown = 0
    with TemporaryDirectory() as folder, serve(Path(folder) / "log") as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=FLAGS)
        for name in lessons:
            for lang in ("en", "zh"):
                page = browser.new_context(reduced_motion="reduce").new_page()
                page.add_init_script(WINDOW)
                for stop, size, found in stops(page, address, name, lang):
                    shown, wrong = shown + 1, wrong + bool(found)
                    if found:
                        print(name, stop, lang, size, "; ".join(found), flush=True)
                page.context.close()
        browser.close()
    print(f"{shown} screens, {wrong} with a fault")
    return wrong


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:] or LESSONS)))
