"""Steps and waits that journeys share, each in one place."""

from urllib.parse import parse_qsl, urlsplit

from engine.settings import Model
from tests.visualizer.oracles import builder_of
from visualizer.equations import symbolic
from visualizer.state import open_link
from visualizer.writing import PAGES

MAZUR = Model.of_example("mazur")
CHART = ".st-key-network_chart"
TOKENS = f"{CHART} g.tokens > *"
READY = dict.fromkeys(PAGES, ".st-key-page") | {  # what shows that a page is drawn
    "stage": f"{CHART} svg.stage[aria-label]",
    "train": ".st-key-train_controls",
    "landscape": ".js-plotly-plot .main-svg",
    "check": ".st-key-check_view",
    "examples": ".st-key-published_example",
    "exercises": ".st-key-entries",
    "reference": ".st-key-find",
}
AT = "step => new URLSearchParams(location.search).get('step') === step"
AT_REST = """(still) => {
  const shown = ["step_position", "equation"].map((key) => document.querySelector(`.st-key-${key}`)?.textContent);
  const seen = [location.search, ...shown].join();
  if (seen !== window.seen) Object.assign(window, { seen, since: performance.now() });
  return performance.now() - window.since > still;
}"""


STILL = """([fields, still]) => {
  const seen = [...document.querySelectorAll(fields)].map((one) => one.value).join("|");
  if (seen !== window.seenFields) Object.assign(window, { seenFields: seen, fieldsSince: performance.now() });
  return performance.now() - window.fieldsSince > still;
}"""


def to_rest(page):
    """Wait until the script of the page no longer runs."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', state="attached")


def to_agree(page, builder, position):
    """Wait until picture, position, equation and address all are at a position of a lecture."""
    from playwright.sync_api import expect  # noqa: PLC0415

    lecture, last = builder.lecture, len(builder.lecture)
    expect(page.locator(".st-key-step_position")).to_contain_text(f"{position} / {last}")
    expect(page.locator(f"{CHART} svg.stage")).to_have_attribute("aria-label", builder.scene(position).alt)
    if position:
        step = builder.trace.steps[lecture.moment(position).step]
        expect(page.locator(".st-key-equation")).to_contain_text(step.rule.title.format(l=step.layer)(builder.lang))
        expect(page.locator(".st-key-equation annotation").first).to_have_text(symbolic(builder.trace, step))
    page.wait_for_function(AT, arg=lecture.address(position))
    to_rest(page)
    assert page.locator(".katex-error").count() == 0


def spec_of(page):
    """The state in the address of the stage."""
    spec, problems = open_link(dict(parse_qsl(urlsplit(page.url).query)), "en")
    assert problems == []
    return spec


def to_agree_somewhere(page, still=1000):
    """Wait until nothing changes for so many ms, and picture, position and equation agree with the address."""
    page.wait_for_function(AT_REST, arg=still, polling=100)
    spec = spec_of(page)
    view = spec.view
    builder = builder_of(spec.model, view.granularity, view.lang, view.sample - 1, view.unfolded)
    to_agree(page, builder, builder.lecture.position(view.step))
    return spec


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def edge(page, name):
    """The number on an edge."""
    return page.locator(f'{CHART} g.tag[data-choose="{name}"] rect')


def fill_cells(page, fields, pause, text=lambda number: f"0.{number}"):
    """Type into all fields by keys, Tab and a pause after each; return what was typed, by the field's label."""
    page.wait_for_selector(fields)
    labels = page.locator(fields).evaluate_all("(all) => all.map((one) => one.ariaLabel)")
    page.locator(fields).first.click()
    typed = {}
    for number, label in enumerate(labels, 11):
        typed[label] = text(number)
        page.keyboard.type(typed[label])
        page.keyboard.press("Tab")
        page.wait_for_timeout(pause)
    return typed


def fill_table(page, key, rows, columns, pause, text=lambda number: f"0.{number}"):
    """Type into the cells of a table, row by row, as a reader does who never looks up; return what was typed."""
    page.locator(f".st-key-{key} input").first.click()
    typed = [text(number) for number in range(11, 11 + rows * columns)]
    for number in typed:
        page.keyboard.type(number)
        page.keyboard.press("Tab")
        page.wait_for_timeout(pause)
    return typed
