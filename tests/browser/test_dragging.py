"""Numbers that follow the pointer: by the slider of the chosen value, and in the graph."""

import pytest

from engine.core import write_number
from tests.browser.steps import CHART, MAZUR, edge, press, to_agree, to_rest
from tests.visualizer.oracles import builder_of
from visualizer.equations import arithmetic
from visualizer.state import choices, element, with_value
from visualizer.writing import number

pytestmark = pytest.mark.browser
AT = 11  # BP4 of layer 1
FIELD = ".st-key-edit_value input"
SLIDER = "[class*=st-key-edit_drag] input"


def with_weight(name, value):
    """The scene builder of Mazur's network with another value."""
    builder = builder_of(MAZUR)
    return builder_of(with_value(MAZUR, builder.trace, choices(builder.drawing)[name], 0, value))


def to_show(page, builder):
    """Wait until the picture and the worked arithmetic are those of a network."""
    from playwright.sync_api import expect  # noqa: PLC0415

    expect(page.locator(f"{CHART} svg.stage")).to_have_attribute("aria-label", builder.scene(AT).alt)
    moment = builder.lecture.moment(AT)
    chosen = choices(builder.drawing)["W.1.1.1"]
    shown = element(builder.lecture, moment, chosen, 0)
    worked = arithmetic(builder.trace, builder.trace.steps[moment.step], shown, 4).to_tex()
    expect(page.locator(".st-key-arithmetic annotation").first).to_have_text(worked)


def middle(box):
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_slider_moves_all_numbers_before_it_is_let_go_and_one_undo_takes_it_back(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    page = visit(example="mazur", step="bp4.1")
    to_agree(page, builder_of(MAZUR), AT)
    edge(page, "W.1.1.1").click()
    slider = page.locator(SLIDER).first
    expect(slider).to_have_value("0.15")
    to_rest(page)
    x, y = middle(slider.bounding_box())
    page.mouse.move(x, y)
    page.mouse.down()
    for _ in range(3):  # the first press jumps; each place shows its own numbers
        x -= 8
        page.mouse.move(x, y)
        page.wait_for_function("([at, was]) => document.querySelector(at).value !== was", arg=[SLIDER, "0.15"])
        dragged = float(slider.input_value())
        to_show(page, with_weight("W.1.1.1", dragged))
        assert page.locator(FIELD).first.input_value() == "0.15"  # nothing is changed yet
    page.mouse.up()
    to_agree(page, with_weight("W.1.1.1", dragged), AT)
    expect(page.locator(FIELD).first).to_have_value(write_number(dragged))
    page.locator(".st-key-undo button").first.click()
    to_agree(page, builder_of(MAZUR), AT)


def test_a_number_is_dragged_up_and_down_in_the_graph(visit):
    page = visit(example="mazur", step="bp4.1")
    to_agree(page, builder_of(MAZUR), AT)
    x, y = middle(page.locator(f"{CHART} .tag[data-choose='W.2.1.1']").bounding_box())
    page.mouse.move(x, y)
    page.mouse.down()
    for steps, value in ((20, 0.5), (-10, 0.35)):  # 3 px are a step of the slider, 1/200 of its range
        page.mouse.move(x, y - 3 * steps)
        page.wait_for_function(
            "([at, alt]) => [...document.querySelectorAll(at + ' *')].some((node) => "
            "node.shadowRoot?.querySelector('svg.stage')?.getAttribute('aria-label') === alt)",
            arg=[CHART, with_weight("W.2.1.1", value).scene(AT).alt],
        )
    page.mouse.up()
    after = with_weight("W.2.1.1", 0.35)
    to_agree(page, after, AT)
    assert page.locator(FIELD).count() == 0  # a drag is no click: nothing is chosen
    press(page, "Control+z")
    to_agree(page, builder_of(MAZUR), AT)


def test_what_cannot_be_edited_is_not_dragged(visit):
    page = visit(example="mazur", step="bp4.1")
    builder = builder_of(MAZUR)
    to_agree(page, builder, AT)
    x, y = middle(page.locator(f"{CHART} .node.neuron[data-choose='a.1.1']").bounding_box())
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 60)
    page.mouse.up()
    press(page, "ArrowRight")
    to_agree(page, builder, AT + 1)
    assert number(builder.trace.loss, 6) in page.locator(".st-key-step_position").inner_text()
