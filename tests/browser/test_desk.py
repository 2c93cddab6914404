"""The stage at a desk: the arithmetic of a step ends in sight, however high its equation is."""

import pytest

from tests.browser.steps import press, to_rest

pytestmark = pytest.mark.browser
LEAST = 10  # px: the smallest type
WHOLE = """() => {
  const panel = document.querySelector(".st-key-panel");
  const worked = panel.querySelector(".st-key-arithmetic .formula").getBoundingClientRect();
  return panel.scrollTop === 0 && worked.height > 0 && worked.bottom <= panel.getBoundingClientRect().bottom;
}"""
LARGE = (
    "usual => parseFloat(getComputedStyle(document.querySelector('.st-key-arithmetic .formula')).fontSize) === usual"
)
TYPE = """(all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"""
CROWDED = [
    {"step": "update"},
    {"sizes": "8-16-16-4", "activations": "tanh-tanh-softmax", "step": "update"},
    {"sizes": "784-128-128-10", "activations": "relu-relu-softmax", "step": "update"},
    {"sizes": "2-3-2", "batch_norm": "1", "step": "update", "lang": "zh"},
    {"example": "mazur", "optimizer": "adam", "step": "step"},
    {"lesson": "mazur", "stop": "7"},
    {"lesson": "digits", "stop": "2"},
    {"lesson": "relu_softmax", "stop": "10"},
    {"lesson": "row_vectors", "stop": "6"},
    {"lesson": "depth", "stop": "6", "lang": "zh"},
]


@pytest.mark.parametrize("query", CROWDED, ids=lambda query: "-".join(query.values()))
def test_the_last_line_of_the_arithmetic_is_in_sight(visit, query):
    page = visit(**query)
    page.wait_for_selector(".st-key-arithmetic .formula")
    page.wait_for_function(WHOLE)
    assert min(page.locator(".st-key-panel .formula").evaluate_all(TYPE)) >= LEAST


def test_words_have_their_usual_size_where_there_is_room_and_another_room_is_filled_anew(visit):
    page = visit(example="mazur", step="c")
    formula = page.locator(".st-key-arithmetic .formula")
    (usual,) = formula.evaluate_all(TYPE)
    assert usual >= 16
    press(page, "End")
    page.wait_for_function(WHOLE)
    press(page, "Home", *["ArrowRight"] * 5)
    to_rest(page)
    page.wait_for_function(LARGE, arg=usual)
    page.set_viewport_size({"width": 1440, "height": 640})
    page.wait_for_function(WHOLE)
