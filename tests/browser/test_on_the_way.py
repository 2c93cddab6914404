"""Numbers on the way: in no frame of a play does one cover another, and no edge is long without a number."""

import pytest

from tests.browser.steps import CHART, press, to_rest

pytestmark = pytest.mark.browser
PHASE = 620  # ms
FRAMES = """(svg) => {
  const inSight = (node) => Number(getComputedStyle(node).opacity) > 0.5;
  const box = (node) => node.querySelector("rect").getBoundingClientRect();
  const both = (p, q, from, to) => Math.min(p[to], q[to]) - Math.max(p[from], q[from]) > 1;
  const cover = (p, q) => both(p, q, "left", "right") && both(p, q, "top", "bottom");
  const labels = [...svg.querySelectorAll("g.tag")];
  const [covered, seen] = [new Set(), { frames: 0, longest: 0 }];
  window.played = new Promise((done) => {
    let [bare, last] = [0, 0]; // ms in which some edge has had no number; of a frame that comes late, no more than 50
    const look = (now) => {
      const said = [...svg.querySelectorAll("g.tokens > :is(.note, .token)")];
      if (!said.length && seen.frames) return done({ ...seen, covered: [...covered] });
      const boxes = [...labels, ...said].filter(inSight).map((node) => [node.textContent, box(node)]);
      boxes.forEach(([a, p], i) => boxes.slice(0, i).forEach(([b, q]) => cover(p, q) && covered.add(`${b} / ${a}`)));
      bare = boxes.length < labels.length ? bare + Math.min(now - last, 50) : 0;
      seen.frames += said.length > 0;
      seen.longest = Math.max(seen.longest, bare);
      last = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}"""


@pytest.mark.parametrize("before", ["bp3.2", "bp4.2", "bp4.1"], ids=["products", "errors", "update"])
def test_what_is_said_covers_nothing_and_an_edge_has_a_number_while_it_changes(visit, before):
    page = visit(example="mazur", step=before, settings={"reduced_motion": "no-preference"})
    to_rest(page)
    page.locator(f"{CHART} svg.stage").evaluate(FRAMES)
    press(page, "ArrowRight")
    played = page.evaluate("window.played")
    assert played["frames"] > 10
    assert played["covered"] == []
    assert played["longest"] < PHASE / 2
