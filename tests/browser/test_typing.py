"""Texts typed while the server is still answering stay, in every kind of field and when the page is loaded anew."""

import numpy as np
import pytest

from engine.core import write_number
from tests.browser.steps import STILL, fill_cells, fill_table, spec_of, to_rest

pytestmark = pytest.mark.browser
LATE = """const { addEventListener } = WebSocket.prototype;
WebSocket.prototype.addEventListener = function (type, listener, ...more) {
  const late = (event) => setTimeout(() => listener.call(this, event), 300);
  return addEventListener.call(this, type, type === "message" ? late : listener, ...more);
};"""
CELLS = "[class*=st-key-cell_] input"


def held(page, fields):
    return page.locator(fields).evaluate_all("(all) => all.map((one) => one.value)")


def settled(page, fields):
    """The contents of fields when nothing has changed in them for a while."""
    page.evaluate("delete window.seenFields")
    page.wait_for_function(STILL, arg=[fields, 1000], polling=100)
    to_rest(page)
    return held(page, fields)


def test_an_exercise_filled_in_quickly_keeps_every_cell_also_when_the_page_is_loaded_anew(visit):
    page = visit(path="exercises", ready=CELLS, script=LATE, level="neuron", seed="7", lang="en")
    typed = list(fill_cells(page, CELLS, 120).values())
    assert settled(page, CELLS) == typed
    page.reload()
    page.wait_for_selector(f'{CELLS}[value="{typed[0]}"]')
    assert settled(page, CELLS) == typed
    page.locator(".st-key-clear button").first.click()
    assert settled(page, CELLS) == [""] * len(typed)
    page.reload()
    page.wait_for_selector(CELLS)
    assert settled(page, CELLS) == [""] * len(typed)


@pytest.mark.parametrize("pause", [0, 120])
def test_a_table_filled_in_quickly_is_the_network(visit, pause):
    page = visit(script=LATE, sizes="2-2-1", seed=str(pause + 1), lang="en")
    page.locator(".st-key-all_numbers summary").click()
    page.wait_for_selector(".st-key-table_layer1 input")
    typed = fill_table(page, "table_layer1", 2, 3, pause)
    assert settled(page, ".st-key-table_layer1 input") == typed
    layer = spec_of(page).model.network().layers[0]
    assert [write_number(value) for value in np.hstack([layer.W, layer.b]).ravel()] == typed


def test_settings_typed_quickly_are_all_taken_where_one_changes_how_many_there_are(visit):
    page = visit(path="train", ready=".st-key-train_hidden input", script=LATE, data="moons", hidden="8-8", lang="en")
    texts = {"hidden": "5", "eta": "0.25", "batch": "7", "epochs": "321"}
    for name, text in texts.items():
        page.locator(f".st-key-train_{name} input").click()
        page.keyboard.press("Control+a")
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    fields = ", ".join(f".st-key-train_{name} input" for name in texts)
    assert settled(page, fields) == list(texts.values())
    assert [name for name, text in texts.items() if f"{name}={text}" not in page.url] == []


def test_a_complaint_stands_below_its_field_and_moves_nothing(visit):
    page = visit(example="mazur", step="bp1", lang="en")
    page.locator('.st-key-network_chart g.tag[data-choose="W.1.1.1"] rect').click()
    field = page.locator(".st-key-edit_value input").first  # the one before may stand there until the page is drawn
    field.wait_for()
    to_rest(page)
    places = [page.locator(f".st-key-{key}") for key in ("network_chart", "edit_row", "choose", "all_numbers")]
    before = [place.bounding_box() for place in places]
    field.fill("1e-400")
    page.keyboard.press("Enter")
    said = page.get_by_text("This number is so close to 0 that it would be stored as 0")
    said.wait_for()
    assert field.input_value() == "1e-400"
    box, of = said.bounding_box(), field.bounding_box()
    assert 0 <= box["y"] - of["y"] - of["height"] < 20
    assert abs(box["x"] - of["x"]) < 30
    assert [place.bounding_box() for place in places] == before


def test_a_complaint_is_whole_in_every_column(visit):
    page = visit(path="train", ready=".st-key-train_controls", lang="en")
    for name in ("eta", "epochs", "held", "hidden"):
        page.locator(f".st-key-train_{name} input").fill("abc")
        page.keyboard.press("Enter")
        said = page.locator(f'.st-key-field_train_{name} [data-testid="stAlert"]')
        said.wait_for()
        to_rest(page)
        box, width = said.bounding_box(), page.viewport_size["width"]
        assert 0 <= box["x"] < box["x"] + box["width"] <= width, name
