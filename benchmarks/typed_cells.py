"""Test of typing on a busy server, where nothing typed may be lost: python benchmarks/typed_cells.py [--rounds 20].

Every field of a page is filled in turn, by keys as a reader types them and Tab, with a pause after each, while other
processes keep all processors busy. Then all fields must hold what was typed into them, also after a reload of the
page where it is to survive that.
"""

import argparse
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests start the same server and the same browser

from engine.core import write_number
from tests.browser.server import FLAGS, browser_path, serve
from tests.browser.steps import fill_cells, fill_table, to_rest
from visualizer.state import open_link

PAUSES = (120, 250, 450)  # ms between one field and the next
LEVELS = (("sigmoid", 5), ("chain", 3), ("relu", 11), ("softmax", 4), ("neuron", 7))
SETTINGS = {"size": "80", "noise": "0.1", "seed": "5", "hidden": "5", "eta": "0.25", "batch": "7", "epochs": "321"}
CELLS = "[class*=st-key-cell_] input"


def settings() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--rounds", type=int, default=20)
    asked.add_argument("--burners", type=int, default=os.cpu_count(), help="processes that keep the server waiting")
    asked.add_argument("--only", choices=PLACES, help="one of the places")
    return asked.parse_args()


@contextmanager
def burning(count: int) -> Iterator[None]:
    """Keep so many processors busy."""
    burners = [multiprocessing.Process(target=_burn, daemon=True) for _ in range(count)]
    for burner in burners:
        burner.start()
    try:
        yield
    finally:
        for burner in burners:
            burner.terminate()


def _burn() -> None:
    while True:
        sum(range(10_000))


def exercises(page: Page, address: str, number: int, pause: int) -> tuple[int, list[str]]:
    """Fill an exercise; return the number of its cells and those that do not hold the typed text."""
    level, seed = LEVELS[number % len(LEVELS)]
    page.goto(f"{address}/exercises?{urlencode({'level': level, 'seed': seed + number // len(LEVELS), 'lang': 'en'})}")
    typed = fill_cells(page, CELLS, pause)
    to_rest(page)
    page.wait_for_timeout(1000)
    lost = _differing(page, CELLS, typed)
    page.reload()
    page.wait_for_selector(CELLS)
    page.wait_for_timeout(3000)
    return len(typed), lost + [f"{name} after a reload" for name in _differing(page, CELLS, typed)]


def training(page: Page, address: str, _: int, pause: int) -> tuple[int, list[str]]:
    """Type into all fields of the settings of a training."""
    page.goto(f"{address}/train?data=moons&lang=en")
    page.wait_for_selector("[class*=st-key-train_eta] input")
    for name, text in SETTINGS.items():
        page.locator(f"[class*=st-key-train_{name}] input").first.click()
        page.keyboard.press("Control+a")
        page.keyboard.type(text)
        page.keyboard.press("Tab")
        page.wait_for_timeout(pause)
    to_rest(page)
    page.wait_for_timeout(1000)
    held = {name: page.locator(f"[class*=st-key-train_{name}] input").first.input_value() for name in SETTINGS}
    return len(held), [f"{name}: {held[name]}" for name, text in SETTINGS.items() if held[name] != text]


def table(page: Page, address: str, number: int, pause: int) -> tuple[int, list[str]]:
    """Type into the first layer's table of a new network; the numbers must be the network's."""
    page.goto(f"{address}/?{urlencode({'sizes': '3-4-2', 'seed': number + 1, 'lang': 'en'})}")
    page.wait_for_selector(".st-key-network_chart svg.stage[aria-label]")
    page.locator(".st-key-all_numbers summary").click()
    typed = fill_table(page, "table_layer1", 4, 4, 0 if number % 2 else pause)
    to_rest(page)
    page.wait_for_timeout(2000)
    spec, _ = open_link(dict(parse_qsl(urlsplit(page.url).query)), "en")
    layer = spec.model.network().layers[0]
    held = [write_number(value) for value in np.hstack([layer.W, layer.b]).ravel().tolist()]
    return len(typed), [f"{text}: {now}" for text, now in zip(typed, held, strict=True) if float(text) != float(now)]


PLACES: dict[str, Callable[[Page, str, int, int], tuple[int, list[str]]]] = {
    "exercises": exercises,
    "training": training,
    "table": table,
}


def _differing(page: Page, fields: str, typed: dict[str, str]) -> list[str]:
    held = page.locator(fields).evaluate_all("(all) => all.map((one) => one.value)")
    return [f"{name}: {now!r}" for (name, text), now in zip(typed.items(), held, strict=True) if now != text]


def main() -> None:
    asked, lost = settings(), 0
    places = [asked.only] if asked.only else list(PLACES)
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder) / "log") as (address, _),
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=browser_path(), args=FLAGS)
        with burning(asked.burners):
            for place, number, pause in product(places, range(asked.rounds), PAUSES):
                page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
                page.set_default_timeout(60_000)
                count, missing = PLACES[place](page, address, number, pause)
                page.context.close()
                lost += len(missing)
                print(f"{place} {number + 1}, {pause} ms: {count - len(missing)} of {count}", *missing, flush=True)
        browser.close()
    sys.exit(f"{lost} lost" if lost else 0)


if __name__ == "__main__":
    main()
