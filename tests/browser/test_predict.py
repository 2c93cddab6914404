import pytest

from engine.core import write_number
from tests.browser.steps import MAZUR, press, to_rest
from tests.visualizer.oracles import builder_of
from visualizer.state import question

pytestmark = pytest.mark.browser
FIELD = ".st-key-predict_value input"


def to_ask(page, builder, position):
    """Wait until picture and position are at a position of a lecture, and the panel asks for what comes next."""
    from playwright.sync_api import expect  # noqa: PLC0415

    asked = question(builder.lecture, position, None, 0)
    expect(page.locator(".st-key-step_position")).to_contain_text(f"{position} / {len(builder.lecture)}")
    expect(page.locator(".st-key-network_chart svg.stage")).to_have_attribute("aria-label", builder.scene(position).alt)
    to_rest(page)  # while the question changes, its field and the one before stand there both
    expect(page.locator(".st-key-predict_value label")).to_contain_text(f"{asked.name} = ?")
    expect(page.locator(FIELD)).to_have_value("")
    return write_number(asked.value)


def switch_on(page):
    """Reach the switch with Tab alone, and press it."""
    for _ in range(60):
        press(page, "Tab")
        if page.evaluate("document.activeElement.closest('.st-key-predict') !== null"):
            return press(page, "Space")
    return pytest.fail("Tab does not reach the switch")


def reply(page, text):
    """Go into the field, replace what is in it, and give the answer."""
    press(page, "Enter")
    page.keyboard.type(text)
    press(page, "Enter")


def test_answers_are_given_with_the_keyboard_alone(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    builder = builder_of(MAZUR)
    page = visit(example="mazur")
    score = page.locator(".st-key-predict_score")
    switch_on(page)
    for position in range(3):
        reply(page, to_ask(page, builder, position))
        expect(score).to_contain_text(f"{position + 1} of {position + 1} correct, 0 revealed")
    right = to_ask(page, builder, 3)
    reply(page, "77")
    page.get_by_text("a²₁ is not 77.").wait_for()
    reply(page, right)
    expect(score).to_contain_text("4 of 4 correct, 0 revealed")
    to_ask(page, builder, 4)
    press(page, "ArrowRight")
    expect(score).to_contain_text("4 of 5 correct, 1 revealed")
    to_ask(page, builder, 5)
    press(page, "ArrowLeft")
    expect(page.locator(".st-key-step_position")).to_contain_text("4 / 12")
    expect(page.locator(FIELD)).to_have_count(0)
    press(page, "Enter", "ArrowRight")  # nothing is asked here: Enter does nothing
    reply(page, to_ask(page, builder, 5))
    expect(score).to_contain_text("5 of 6 correct, 1 revealed")
    to_ask(page, builder, 6)


def test_the_question_survives_a_change_of_language_and_of_grain(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    page = visit(example="mazur", step="bp1.2")
    switch_on(page)
    reply(page, to_ask(page, builder_of(MAZUR), 6))
    to_ask(page, builder_of(MAZUR), 7)
    page.locator(".st-key-lang button", has_text="中文").click()
    expect(page.locator(".st-key-predict_score")).to_contain_text("共 1 题，答对 1")
    to_ask(page, builder_of(MAZUR, lang="zh"), 7)
    press(page, "2")
    builder = builder_of(MAZUR, "neuron", "zh")
    reply(page, to_ask(page, builder, 13))
    to_ask(page, builder, 14)
