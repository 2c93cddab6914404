"""Marks of the picture: each is drawn in one way, that of the legend, and no two are drawn alike."""

import pytest

from tests.browser.steps import CHART, edge, press, to_rest

pytestmark = pytest.mark.browser
DRAWN = {"sizes": "2-4-2", "activations": "tanh-sigmoid"}
DROPPED = DRAWN | {"dropout": "0.5", "masks": "3"}
MISTAKEN = DRAWN | {"mistakes": "no_slope"}
USUAL = {"gradient", "weight", "negative", "read", "write"}
MARKS = """(svg) => {
  const style = (node, part) => getComputedStyle(node, part);
  const seen = (node) => node.checkVisibility();
  const all = (names) => [...svg.querySelectorAll(names)].filter(seen);
  const swatch = (entry) => {
    const { borderTopColor: colour, borderTopStyle: line, ...more } = style(entry, "::before");
    return { colour, line, look: [more.borderTopWidth, more.borderRadius, more.backgroundImage].join() };
  };
  const entries = [...svg.getRootNode().querySelectorAll(".legend li")].filter(seen);
  const dashes = (node) => style(node).strokeDasharray;
  const colours = (state) => all(`${state} .shape, .tag${state} rect`).map((one) => style(one).stroke);
  const isRound = (plate) => plate.getAttribute("rx") >= plate.getAttribute("height") / 2;
  const plated = all(".tag, .bias:not(:empty)").filter((one) => one.querySelector("rect"));
  return {
    legend: Object.fromEntries(entries.map((entry) => [entry.className, swatch(entry)])),
    read: colours('[data-state="read"]:not(.changed)'),
    write: colours('[data-state="write"]:not(.changed)'),
    edit: colours(".changed"),
    dashed: all("line, rect, circle").map(dashes).filter((dash) => dash !== "none"),
    wrong: all('.wrong[data-state=""]:not(.changed) :is(.shape, rect)').length,
    negative: all(".edge[data-choose] .stroke").map((one) => [one.parentNode.textContent.includes("−"), dashes(one)]),
    crossed: all(".strike").length,
    round: plated.map((one) => [one.textContent.split(" = ").pop(), isRound(one.querySelector("rect"))]),
  };
}"""


def marks(page):
    to_rest(page)
    return page.locator(f"{CHART} svg.stage").evaluate(MARKS)


def assert_as_in_the_legend(found):
    legend = found["legend"]
    for kind in ("read", "write", "edit"):
        assert set(found[kind]) <= {legend[kind]["colour"] if kind in legend else None}, kind
        assert kind not in legend or legend[kind]["line"] == "solid"
    assert [kind for kind, swatch in legend.items() if swatch["line"] == "dashed"] == ["negative"]
    assert {(is_negative, dash != "none") for is_negative, dash in found["negative"]} == {(True, True), (False, False)}
    assert len({dash for _, dash in found["negative"]}) == 2
    negative = sum(is_negative for is_negative, _ in found["negative"])
    assert len(found["dashed"]) == negative + found["wrong"], "nothing else is dashed"
    assert {("∂" in text, is_round) for text, is_round in found["round"]} == {(True, True), (False, False)}
    swatches = [tuple(swatch.values()) for kind, swatch in legend.items() if kind != "wrong"]
    assert len(set(swatches)) == len(swatches)


def edit(page, name, text):
    edge(page, name).click()
    page.locator(".st-key-edit_value input").first.fill(text)
    press(page, "Enter")
    page.locator(f"{CHART} .changed").first.wait_for()


@pytest.mark.parametrize(("query", "more"), [(DROPPED, "dropped"), (MISTAKEN, "wrong")], ids=["dropped", "mistaken"])
def test_every_mark_looks_as_in_the_legend_and_as_no_other_also_after_an_edit(visit, query, more):
    page = visit(**query, step="bp2.1", lang="en")
    found = marks(page)
    assert set(found["legend"]) == USUAL | {more}
    assert bool(found["crossed"]) == (more == "dropped")
    assert bool(found["wrong"]) == (more == "wrong")
    assert found["read"]
    assert found["write"]
    assert_as_in_the_legend(found)
    edit(page, "W.2.1.1", "0.9")
    found = marks(page)
    assert set(found["legend"]) == USUAL | {more, "edit"}
    assert found["edit"]
    assert_as_in_the_legend(found)


def test_the_legend_has_no_mark_that_is_not_in_the_picture(visit):
    found = marks(visit(example="mazur", step="bp3.2", lang="en"))
    assert set(found["legend"]) == USUAL
    assert found["crossed"] == 0
