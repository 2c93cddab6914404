"""Stops of all lessons, presented: whether all is there, and how large.

    PYTHONPATH=. python benchmarks/presented.py [LESSON ...]

Every stop is stepped to in a browser, in both languages and on three screens (`SCREENS` of `tests/browser/screens.py`);
nothing may be cut, scroll or cover another, no type of the words be smaller than 18 px of 1080, and the letters of the
drawing are at least 1.25 times as large as at a desk. It exits with 1 where a stop has a fault, and takes about eight
minutes on two cores.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.browser.screens import SCREENS, WINDOW, faults, on_screen, to_stop, type_sizes
from tests.browser.server import FLAGS, browser_path, serve
from visualizer.lessons import LESSONS

STAGE = ".st-key-network_chart svg.stage[aria-label]"


def go(page, key, name):
    """Press a key, where one is needed, and wait for the stop to which it leads."""
    if key:
        page.keyboard.press(key)
    to_stop(page, name)


def at_desk(page, lesson):
    """Go through a lesson; return how large the letters of the drawing are at each stop on each screen."""
    desk = {}
    for number, name in enumerate(lesson.names):
        go(page, "ArrowRight" if number else "", name)
        for size in SCREENS:
            on_screen(page, size)
            desk[name, size] = type_sizes(page)
    return desk


def presented(page, lesson, desk):
    """Go through a presented lesson once for each screen, back and forth; yield each stop's faults."""
    stops = list(zip(lesson.names, lesson.stops, strict=True))
    for size, key in zip(SCREENS, ("ArrowLeft", "ArrowRight") * 2, strict=False):
        on_screen(page, size)
        stops.reverse()
        for number, (name, stop) in enumerate(stops):
            go(page, key if number else "", name)
            yield name, size, faults(page, desk[name, size], bool(stop.ask or stop.code or stop.equation))


def stops(page, address, name, lang):
    """Go through a lesson, at a desk and presented, and yield each stop's faults on each screen."""
    page.goto(f"{address}/?lesson={name}&lang={lang}")
    page.wait_for_selector(STAGE)
    desk = at_desk(page, LESSONS[name])
    page.keyboard.press("p")
    yield from presented(page, LESSONS[name], desk)


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
