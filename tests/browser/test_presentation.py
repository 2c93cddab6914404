"""Presentation without a keyboard, and the parts that stay in sight where there is little room."""

import pytest

from tests.browser.screens import NODE, SCREENS, WINDOW, faults, on_screen, to_stop, type_sizes
from tests.browser.steps import CHART, MAZUR, READY, press, to_agree, to_rest
from tests.visualizer.oracles import builder_of
from visualizer.lessons import LESSONS

pytestmark = pytest.mark.browser
PRESENTING, PLAYING = (f"document.documentElement.hasAttribute('data-{what}')" for what in ("presenting", "playing"))
FINGER = 44  # px
BOXES = "(all) => all.map((one) => one.getBoundingClientRect()).map(({ left, right }) => [left, right])"
TOO_WIDE = "(all) => all.map((one) => one.scrollWidth - one.clientWidth)"
SLOW = "localStorage.setItem('backprop-stage', JSON.stringify({ speed: 0.25 }))"


def button(page, key):
    return page.locator(f".st-key-{key} button").locator("visible=true")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1024, 768)])
def test_a_presentation_is_entered_stepped_played_and_left_by_touch(visit, width, height):
    from playwright.sync_api import expect  # noqa: PLC0415

    builder = builder_of(MAZUR)
    page = visit(
        example="mazur", step="bp1", settings={"viewport": {"width": width, "height": height}, "has_touch": True}
    )
    button(page, "present").tap()
    assert page.evaluate(PRESENTING)
    for key in ("step_prev", "step_next", "step_play", "present"):
        box = button(page, key).bounding_box()
        assert min(box["width"], box["height"]) >= FINGER
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
    button(page, "step_next").tap()
    to_agree(page, builder, 7)
    assert page.locator(".st-key-arithmetic .formula").first.is_visible()
    button(page, "step_prev").tap()
    to_agree(page, builder, 6)
    button(page, "step_play").tap()
    expect(button(page, "step_play")).to_have_attribute("aria-pressed", "true")
    expect(button(page, "step_play")).to_have_accessible_name("‖ Pause")
    button(page, "step_play").tap()
    expect(button(page, "step_play")).to_have_attribute("aria-pressed", "false")
    assert not page.evaluate(PLAYING)
    button(page, "present").tap()
    assert not page.evaluate(PRESENTING)


def test_play_says_pause_until_the_end_is_reached(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    page = visit(example="mazur", step="bp3.1", lang="zh", script=SLOW)
    to_rest(page)
    press(page, "Space")
    expect(button(page, "step_play")).to_have_accessible_name("‖ 暂停")
    expect(page.locator(f"{CHART} .coming")).to_have_text("接下来： 参数更新一步")
    press(page, "+")
    expect(page.locator(f"{CHART} .speed")).to_have_value("0.5")
    assert page.evaluate(PLAYING)
    expect(button(page, "step_play")).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".st-key-step_position")).to_contain_text("12 / 12")
    expect(page.locator(f"{CHART} .coming")).to_be_hidden()
    press(page, "-")
    expect(page.locator(f"{CHART} .speed")).to_have_value("0.25")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


@pytest.mark.parametrize(("width", "height"), [(390, 844), (720, 450)])
def test_in_a_small_window_the_field_of_a_tapped_weight_comes_into_sight(visit, width, height):
    page = visit(
        example="mazur", step="z.1", settings={"viewport": {"width": width, "height": height}, "has_touch": True}
    )
    to_rest(page)
    picture = page.locator(f"{CHART} .picture").bounding_box()
    assert picture["x"] >= 0
    assert picture["x"] + picture["width"] <= width
    steps = button(page, "step_next").bounding_box()
    assert steps["y"] + steps["height"] <= height
    page.locator(f"{CHART} .tag[data-choose='W.1.1.1']").tap()
    page.wait_for_function(
        """() => {
          const field = document.querySelector(".st-key-edit_value input");
          const { left, top, width, height } = field?.getBoundingClientRect() ?? {};
          return field && document.elementFromPoint(left + width / 2, top + height / 2) === field;
        }"""
    )


def test_in_a_narrow_window_picture_and_words_stand_below_each_other_and_nothing_of_them_is_cut(visit):
    page = visit(example="mazur", step="bp2.1", settings={"viewport": {"width": 720, "height": 450}})
    picture, panel = (page.locator(part).bounding_box() for part in (CHART, ".st-key-panel"))
    assert picture["y"] + picture["height"] <= panel["y"]
    assert min(picture["width"], panel["width"]) >= 0.9 * 720
    shapes = page.locator(f"{CHART} .node .shape").evaluate_all(BOXES)
    assert all(0 <= left < right <= 720 for left, right in shapes)
    page.wait_for_selector(".st-key-arithmetic .formula")
    assert page.locator(".st-key-panel .formula").evaluate_all(TOO_WIDE) == [0, 0, 0]


@pytest.mark.parametrize("width", [390, 720])
def test_a_menu_that_goes_on_beyond_the_edge_fades_out_there_and_begins_with_the_page_of_the_reader(visit, width):
    page = visit(path="reference", ready=READY["reference"], settings={"viewport": {"width": width, "height": 844}})
    page.wait_for_function(
        "() => ((menu) => menu.scrollWidth > menu.clientWidth)(document.querySelector('.st-key-menu'))"
    )
    menu = page.locator(".st-key-menu")
    assert "linear-gradient" in menu.evaluate("menu => getComputedStyle(menu).maskImage")
    here, box = page.locator(".st-key-menu .st-key-here").bounding_box(), menu.bounding_box()
    assert box["x"] <= here["x"] < here["x"] + here["width"] <= box["x"] + box["width"]


def test_a_finger_beside_a_small_number_chooses_it(visit):
    page = visit(example="mazur", step="z.1", settings={"viewport": {"width": 390, "height": 844}, "has_touch": True})
    box = page.locator(f"{CHART} .tag[data-choose='W.1.1.1'] rect").bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] + FINGER / 2 - 8)
    page.locator(f"{CHART} .tag.chosen[data-choose='W.1.1.1']").wait_for()


def test_colour_and_sign_change_when_the_number_has_arrived(visit):
    page = visit(example="mazur", step="c", settings={"reduced_motion": "no-preference"}, script=SLOW)
    node = page.locator(f"{CHART} .node[data-choose='a.2.1']")
    press(page, "ArrowRight")
    page.locator(f"{CHART} g.tokens > *").first.wait_for()
    tint = "group => group.style.getPropertyValue('--tint')"
    assert node.evaluate(tint) == ""
    press(page, "ArrowLeft", "ArrowRight", "ArrowRight", "ArrowRight")  # BP4: the edges are drawn as before, until then
    edge = page.locator(f"{CHART} .edge[data-choose='W.2.2.1'] .stroke")
    page.locator(f"{CHART} g.tokens > *").first.wait_for()
    assert node.evaluate(tint) != ""
    assert edge.evaluate("line => getComputedStyle(line).strokeDasharray") == "none"
    press(page, "ArrowRight", "ArrowLeft")  # back, where nothing plays, it has arrived
    assert edge.evaluate("line => getComputedStyle(line).strokeDasharray") != "none"


@pytest.mark.parametrize(
    ("lesson", "lang", "stop"),
    [("lecture", "en", "1"), ("lecture", "zh", "torch"), ("lecture", "en", "13"), ("depth", "zh", "6")],
)
def test_a_presented_stop_is_whole_and_large_on_every_screen(visit, lesson, lang, stop):
    page = visit(lesson=lesson, stop=stop, lang=lang, script=WINDOW)
    desk = {}
    for size in SCREENS:
        on_screen(page, size)
        desk[size] = type_sizes(page)
    press(page, "p")
    kept = LESSONS[lesson].stops[LESSONS[lesson].place(stop) - 1]
    for size in SCREENS:
        on_screen(page, size)
        assert faults(page, desk[size], bool(kept.ask or kept.code or kept.equation)) == [], size


def test_words_are_fitted_again_where_a_presentation_goes_on(visit):
    page = visit(lesson="mazur", stop="6", script=WINDOW)
    on_screen(page, SCREENS[1])
    press(page, "p")
    for key, stop in (("ArrowRight", "7"), ("ArrowRight", "8"), ("ArrowLeft", "7")):
        press(page, key)
        to_stop(page, stop)
        assert faults(page, (0, 0, 0)) == [], stop


@pytest.mark.parametrize("example", ["mazur", "3-4-2"])
def test_a_presented_picture_fills_the_screen_and_its_tools_come_with_the_pointer(visit, example):
    from playwright.sync_api import expect  # noqa: PLC0415

    page = visit(**({"example": example} if example == "mazur" else {}), step="bp2.1", script=WINDOW)
    desk = {}
    for size in SCREENS:
        on_screen(page, size)
        desk[size] = type_sizes(page)
    press(page, "p")
    for size in SCREENS:
        on_screen(page, size)
        assert faults(page, desk[size]) == [], size
        assert page.locator(".st-key-arithmetic .formula").first.is_visible()
        if size[1] == 1080:
            assert type_sizes(page)[0] >= NODE
    tools = [page.locator(f"{CHART} .legend"), page.locator(f"{CHART} .bar"), page.locator(".st-key-transport")]
    page.mouse.move(300, 300)
    page.mouse.move(310, 310)
    for tool in tools:
        expect(tool).to_have_css("opacity", "1")
    for tool in tools:
        expect(tool).to_have_css("opacity", "0")


@pytest.mark.parametrize("sizes", ["3-4-4-3-2", "3-4-4-4-4-3-2"])
def test_numbers_of_a_deep_network_are_as_large_as_those_of_a_shallow_one(visit, sizes):
    activations = "-".join(["tanh"] * (sizes.count("-") - 1) + ["sigmoid"])
    page = visit(sizes=sizes, activations=activations, step="bp4.2", script=WINDOW)
    on_screen(page, SCREENS[1])
    desk = type_sizes(page)
    press(page, "p")
    on_screen(page, SCREENS[1])
    assert faults(page, desk) == []
    assert type_sizes(page)[0] >= NODE


def test_a_presentation_takes_the_whole_screen_and_ends_with_it(visit):
    page = visit(example="mazur", step="z.1", settings={})
    full = "() => Boolean(document.fullscreenElement)"
    press(page, "p")
    page.wait_for_function(full)
    page.evaluate("document.exitFullscreen()")
    page.wait_for_function(f"() => !({PRESENTING})")
    press(page, "p")
    page.wait_for_function(full)
    press(page, "p")
    page.wait_for_function(f"() => !({full})()")


def test_what_plays_lights_up_in_the_equation_and_ends_with_the_play(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    page = visit(example="mazur", settings={"reduced_motion": "no-preference"}, script=SLOW)
    lit = page.locator(".st-key-equation .lit")
    press(page, "ArrowRight")
    expect(page.locator(".st-key-equation mstyle.lit")).to_have_text(["W1", "x"])
    expect(page.locator(".st-key-equation mtd.lit")).to_have_text(["0.15", "0.2", "0.05", "0.1"])
    expect(page.locator(".st-key-arithmetic .lit")).not_to_have_count(0)
    press(page, "ArrowLeft")
    expect(lit).to_have_count(0)


def test_in_a_crowd_the_chosen_neuron_has_its_numbers(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    page = visit(sizes="8-16-16-4", activations="tanh-tanh-softmax", seed="1", step="bp2.2")
    numbers = page.locator(f"{CHART} .numbered > *")
    assert numbers.count() == 0
    page.locator(f"{CHART} .node[data-choose='a.2.5']").click()
    expect(numbers).to_have_count(16 + 4 + 1)
    page.locator(f"{CHART} .node[data-choose='a.3.1']").click()
    expect(numbers).to_have_count(16 + 1)
