"""Points drawn with the pointer, and moved while a training goes on."""

import json

import pytest

from tests.browser.test_training import said, train

pytestmark = pytest.mark.browser
TWO = "x1,x2,class\n-0.5,-0.5,0\n0.5,0.5,1"
BOARD = ".st-key-points_board svg"
WIDE = {"hidden": "32-32", "activations": "tanh-tanh-sigmoid", "epochs": "100000", "eta": "0.01"}


def test_points_are_drawn_and_one_is_moved_while_the_training_goes_on(visit):
    page = train(visit, data="own", rows=TWO, loss="binary_cross_entropy", **WIDE)
    board = page.locator(BOARD)

    def at_rest():
        """The place of the board, once it has stayed there: a note above it that has been settled goes."""
        before, box = None, board.bounding_box()
        while box != before:
            page.wait_for_timeout(600)
            before, box = box, board.bounding_box()
        return box

    def drag(start, end):
        box = at_rest()
        (x, y), (u, v) = ((box["x"] + box["width"] * a, box["y"] + box["height"] * b) for a, b in (start, end))
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(u, v, steps=4)
        page.mouse.up()

    def rows(count):
        page.wait_for_function(
            "(n) => new URLSearchParams(location.search).get('rows')?.split('\\n').length === n", arg=count
        )
        return said(page)["rows"].split("\n")

    page.locator(".tools button", has_text="Class 1").click()
    drag((0.2, 0.2), (0.5, 0.2))
    drawn = rows(3 + 5)
    assert [line.split(",")[2] for line in drawn[3:]] == ["1"] * 5
    page.click(".st-key-train_play button")
    page.locator(".st-key-train_progress", has_text="epoch").wait_for()
    drag((0.27, 0.73), (0.96, 0.04))  # from (−0.5, −0.5) to the corner
    page.wait_for_function("() => new URLSearchParams(location.search).get('rows')?.includes('1,1,0')")
    page.wait_for_function("() => JSON.parse(new URLSearchParams(location.search).get('runs'))?.[0].parts.length === 2")
    (run,) = json.loads(said(page)["runs"])
    assert 0 < run["parts"][1][0] < 100_000
    assert page.locator(".st-key-train_pause").is_visible()
    page.click(".st-key-train_pause button")
