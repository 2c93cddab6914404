"""The page that needs no server, opened from a disk with the network blocked."""

import pytest

from tests.visualizer.oracles import MODELS, builder_of
from visualizer.equations import why
from visualizer.exports import stage_html

pytestmark = pytest.mark.browser
CASES = [("mazur", "layer", "en"), ("relu_softmax", "neuron", "zh")]


@pytest.fixture
def open_file(chromium, tmp_path):
    """Open the page of a lecture in a browser that has no network; errors and requests fail the test."""
    complaints, contexts = [], []

    def open_page(builder, **settings):
        path = tmp_path / "lecture.html"
        path.write_text(stage_html(builder), encoding="utf-8")
        contexts.append(chromium.new_context(offline=True, **settings))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: complaints.append(f"page error: {error}"))
        page.on("console", lambda said: complaints.append(f"console: {said.text}"))
        page.on("request", lambda asked: asked.url == path.as_uri() or complaints.append(f"asked for {asked.url}"))
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def to_agree(page, builder, position):
    """Wait until picture, position and words of the exported page all are at a position."""
    from playwright.sync_api import expect  # noqa: PLC0415

    last = len(builder.lecture)
    expect(page.locator("svg.stage")).to_have_attribute("aria-label", builder.scene(position).alt)
    expect(page.locator(".st-key-step_position")).to_have_text(f"{position} / {last}")
    if position:
        step = builder.trace.steps[builder.lecture.moment(position).step]
        expect(page.locator(".st-key-equation")).to_contain_text(step.rule.title.format(l=step.layer)(builder.lang))
        expect(page.locator(".st-key-equation")).to_contain_text(why(builder.trace, step)(builder.lang))
    expect(page.locator("math")).to_have_count(3 if position else 0)


def press(page, button):
    page.locator(f".st-key-{button} button").click()


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_every_position_by_keyboard_and_back_by_button(open_file, case):
    name, grain, lang = case
    builder = builder_of(MODELS[name], grain, lang)
    page, last = open_file(builder), len(builder.lecture)
    to_agree(page, builder, 0)
    for position in range(1, last + 1):
        page.keyboard.press("ArrowRight")
        to_agree(page, builder, position)
    for position in range(last - 1, -1, -1):
        press(page, "step_prev")
        to_agree(page, builder, position)


def test_every_position_by_button_and_back_by_keyboard(open_file):
    builder = builder_of(MODELS["mazur"])
    page = open_file(builder)
    for position in range(1, 13):
        press(page, "step_next")
        to_agree(page, builder, position)
    for position in range(11, -1, -1):
        page.keyboard.press("PageUp")
        to_agree(page, builder, position)


def test_jumps_and_the_ends(open_file):
    builder = builder_of(MODELS["mazur"])
    page = open_file(builder)
    press(page, "step_last")
    to_agree(page, builder, 12)
    page.keyboard.press("ArrowRight")  # there is no next iteration
    page.keyboard.press("Shift+ArrowRight")
    to_agree(page, builder, 12)
    page.keyboard.press("ArrowLeft")
    to_agree(page, builder, 11)
    press(page, "step_first")
    page.keyboard.press("ArrowLeft")
    to_agree(page, builder, 0)
    for _, start, _ in builder.lecture.phases():
        page.keyboard.press("Shift+ArrowRight")
        to_agree(page, builder, start)
    page.keyboard.press("Home")
    to_agree(page, builder, 0)
    page.keyboard.press("End")
    to_agree(page, builder, 12)


def test_it_plays_and_pauses(open_file):
    builder = builder_of(MODELS["mazur"])
    page = open_file(builder)
    press(page, "step_play")
    to_agree(page, builder, 1)
    to_agree(page, builder, 2)
    page.keyboard.press("Space")
    page.wait_for_timeout(2000)  # longer than the pace of the play
    to_agree(page, builder, 2)
    page.keyboard.press("Space")
    to_agree(page, builder, 3)


def test_what_plays_lights_up_in_the_equation(open_file):
    from playwright.sync_api import expect  # noqa: PLC0415

    page = open_file(builder_of(MODELS["mazur"]), reduced_motion="no-preference")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".symbols mstyle.lit")).to_have_text(["W1", "x"])
    expect(page.locator(".numbers .bmatrix .lit").first).to_be_attached()


def test_a_click_points_at_an_element_and_a_second_one_lets_go(open_file):
    page = open_file(builder_of(MODELS["mazur"]))
    for count in (1, 0):
        page.locator('g.node[data-choose="a.1.1"] .shape').click()
        page.wait_for_function(
            "n => document.querySelector('.st-key-network_chart').shadowRoot.querySelectorAll('.chosen').length === n",
            arg=count,
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_follows_the_reader_s_colours_and_does_not_scroll_sideways(open_file, scheme, width):
    from visualizer.writing import palette  # noqa: PLC0415

    builder = builder_of(MODELS["relu_softmax"])
    page = open_file(builder, color_scheme=scheme, viewport={"width": width, "height": 720})
    page.keyboard.press("End")
    to_agree(page, builder, 12)
    for shown in (scheme, *({"light", "dark"} - {scheme})):  # also where it changes with the hour
        page.emulate_media(color_scheme=shown)
        channels = ", ".join(map(str, palette.channels(palette.GROUNDS[shown].background)))
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == f"rgb({channels})"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert width < 800 or page.evaluate("document.documentElement.scrollHeight") <= 720
