"""Actions of a lecturer in front of a room: animations, a clicker that is held down, the timeline, lessons."""

from time import monotonic

import pytest

from tests.browser.steps import CHART, MAZUR, TOKENS, press, to_agree, to_agree_somewhere, to_rest
from tests.visualizer.oracles import builder_of
from visualizer.lessons import LESSONS

pytestmark = pytest.mark.browser
MOVING, STILL = {"reduced_motion": "no-preference"}, {"reduced_motion": "reduce"}
RUNNING = "(svg) => svg.getAnimations({ subtree: true }).length"
BUSY = 2500  # ms within which the stage has asked a second time for what a busy server has not answered
PICTURE = f"{CHART} svg.stage"
SLOW = "localStorage.setItem('backprop-stage', JSON.stringify({ speed: 0.5 }))"
WIDE = {"sizes": "4-12-12-2", "activations": "tanh-tanh-softmax"}
PAINTED = """async (canvas) => {
  const end = performance.now() + 10000;
  while (getComputedStyle(canvas).opacity < 0.9 && performance.now() < end) await new Promise(requestAnimationFrame);
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, i) => i % 4 === 3 && value > 0).length;
}"""


def tokens(builder, position):
    """The number of travelling numbers and notes in the first animation phase of the step that leads to a position."""
    phase = builder.scene(position).animation[0]
    return sum(len(move.texts) for move in phase.moves) + len(phase.notes)


def test_where_numbers_have_no_room_dots_fly_and_leave_nothing_behind(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    page = visit(**WIDE, settings=MOVING, script=SLOW)
    particles = page.locator(f"{CHART} canvas.particles")
    press(page, "ArrowRight")
    assert particles.evaluate(PAINTED) > 400
    assert page.locator(TOKENS).count() == 0
    expect(particles).to_have_css("opacity", "0")
    press(page, "ArrowRight", "ArrowLeft")  # no step back plays
    expect(particles).to_have_css("opacity", "0", timeout=100)


def test_a_step_plays_again_when_asked_and_leaves_nothing_behind(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    builder = builder_of(MAZUR)
    page = visit(example="mazur", settings=MOVING)
    moving, picture = page.locator(TOKENS), page.locator(PICTURE)
    press(page, "ArrowRight")
    expect(moving).to_have_count(tokens(builder, 1))
    assert picture.evaluate(RUNNING) > 0
    expect(moving).to_have_count(0)
    assert picture.evaluate(RUNNING) == 0
    for again in (lambda: press(page, "a"), page.locator(f"{CHART} .again").click):
        again()
        expect(moving).to_have_count(tokens(builder, 1))
    press(page, "ArrowRight", "ArrowLeft")  # no step back plays
    expect(moving).to_have_count(0)
    page.locator(f"{CHART} .moving").click()
    press(page, "ArrowRight", "a")
    assert moving.count() == 0
    to_agree(page, builder, 2)
    page.reload()  # what was switched off stays off
    to_agree(page, builder, 2)
    press(page, "ArrowRight", "a")
    assert moving.count() == 0
    assert not page.locator(f"{CHART} .moving").is_checked()
    to_agree(page, builder, 3)


def test_who_asks_the_browser_for_less_motion_sees_none(visit):
    page = visit(example="mazur", settings=STILL)
    press(page, "ArrowRight", "a")
    assert page.locator(TOKENS).count() == 0
    assert not page.locator(f"{CHART} .moving").is_checked()
    to_agree(page, builder_of(MAZUR), 1)


def drawn(page):
    """The drawn picture, without the settings that are empty."""
    return page.locator(PICTURE).inner_html().replace(' style=""', "")


def test_the_clicker_pressed_in_haste_or_held_down_leaves_a_clean_picture(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    page = visit(example="mazur", settings=MOVING)
    for _ in range(30):
        page.keyboard.press("ArrowRight", delay=30)
    to_agree_somewhere(page, BUSY)
    end = monotonic() + 3
    while monotonic() < end:
        page.keyboard.down("ArrowRight")  # once more without up, as a key does that is held
        page.wait_for_timeout(30)
    page.keyboard.up("ArrowRight")
    model, _ = to_agree_somewhere(page, BUSY)
    assert model.iteration > 3
    expect(page.locator(TOKENS)).to_have_count(0)
    assert page.locator(PICTURE).evaluate(RUNNING) == 0
    fresh = visit(page.url)
    to_agree_somewhere(fresh)
    assert drawn(page) == drawn(fresh)


def test_the_timeline_is_dragged(visit):
    builder = builder_of(MAZUR)
    page = visit(example="mazur", settings=MOVING)
    to_rest(page)  # what is drawn above it moves it
    box, thumb = page.locator(f"{CHART} .slider").bounding_box(), 16

    def move(position):
        share = position / len(builder.lecture)
        page.mouse.move(box["x"] + thumb / 2 + (box["width"] - thumb) * share, box["y"] + box["height"] / 2, steps=12)

    move(0)
    page.mouse.down()
    for position in (3, 12, 7):
        move(position)
    to_agree(page, builder, 7)
    page.mouse.up()
    press(page, "ArrowRight")
    to_agree(page, builder, 8)


def test_it_plays_at_the_speed_chosen_until_paused(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    page = visit(example="mazur", settings=MOVING)
    page.locator(f"{CHART} .speed").select_option("4")
    press(page, "Space")
    expect(page.locator(".st-key-step_position")).to_contain_text("3 / 12")
    press(page, "Space")
    there = to_agree_somewhere(page)
    page.wait_for_timeout(1500)  # longer than the pace of the play
    assert to_agree_somewhere(page) == there


def test_presentation_shows_the_graph_and_one_equation_alone(visit):
    builder = builder_of(MAZUR)
    page = visit(example="mazur", step="bp1.2")
    to_agree(page, builder, 6)
    chrome = [page.locator(f".st-key-{key}") for key in ("head", "step_first", "granularity", "edit_row", "title")]
    assert all(part.is_visible() for part in chrome)
    press(page, "p")
    assert not any(part.is_visible() for part in chrome)
    press(page, "ArrowRight")
    to_agree(page, builder, 7)
    assert all(page.locator(seen).is_visible() for seen in (PICTURE, ".st-key-equation", ".st-key-step_position"))
    press(page, "Escape")
    assert all(part.is_visible() for part in chrome)
    page.locator(".st-key-present button").first.click()
    assert not any(part.is_visible() for part in chrome)
    press(page, "P", "PageDown")
    assert all(part.is_visible() for part in chrome)
    to_agree(page, builder, 8)


def test_a_lesson_goes_from_stop_to_stop_and_a_link_opens_the_same(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    def to_stop(page, number):
        expect(page.locator(".st-key-note")).to_contain_text(f"slide {number} of {len(LESSONS['mazur'].stops)}")
        page.wait_for_function(
            "stop => new URLSearchParams(location.search).get('stop') === stop", arg=str(number) if number > 1 else None
        )
        _, view = to_agree_somewhere(page)
        assert (view.lesson, view.stop) == ("mazur", str(number))
        expect(page.locator(".st-key-note")).to_contain_text(LESSONS["mazur"].stops[number - 1].note("en")[:30])

    page = visit(lesson="mazur")
    to_stop(page, 1)
    press(page, "ArrowRight", *["PageDown"] * 8)  # in haste, to slides that ask nothing
    to_stop(page, 10)
    press(page, "PageUp")
    to_stop(page, 9)
    to_stop(visit(page.url), 9)
