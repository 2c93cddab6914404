"""A lesson of six slides with two questions, made by somebody new, kept over a reload, and opened by its link."""

import re

from playwright.sync_api import expect

from tests.browser.steps import to_rest

SLIDES = (  # how often → is pressed before, the note, and the question with its answers, the first being correct
    (1, "A neuron adds up its inputs.", None),
    (1, "Then the activation function.", ("What is larger, z or a?", "z\na\nneither")),
    (1, "The second layer does the same.", None),
    (1, "Two outputs.", ("What comes next?", "the cost\nan update")),
    (1, "The cost C.", None),
    (1, "The error flows back: $\\delta^2$.", None),
)
CLICKS = 23  # beside six presses of →, and what is typed


class Counted:
    """Clicks of a reader who does one thing after the other."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def click(self, key):
        self.page.locator(f".st-key-{key} button").first.click()
        self.clicks += 1

    def write(self, key, text):
        field = self.page.locator(f"[class*='st-key-{key}'] :is(textarea, input)").first
        field.click()
        self.clicks += 1
        field.fill(text)
        field.blur()


def ask(hand, number, question, answers):
    hand.click("maker_ask")
    hand.write(f"maker_question_en_s{number}", question)
    hand.write(f"maker_choices_en_s{number}", answers)
    expect(hand.page.locator(f"[class*='st-key-maker_right_s{number}']").first).to_be_visible()
    hand.click("maker_ask")


def test_a_lesson_is_made_kept_over_a_reload_and_opened_by_its_link(visit):
    page = visit(example="mazur", lang="en")
    hand = Counted(page)
    hand.click("lessons")
    hand.click("lesson_make")
    for number, (presses, note, asked) in enumerate(SLIDES, 1):
        expect(page.locator(".st-key-maker")).to_contain_text(f"of {number - 1}")
        for _ in range(presses):
            page.keyboard.press("ArrowRight")
        expect(page.locator(".st-key-step_position")).to_contain_text(f"{number} / ")
        hand.click("maker_add")
        expect(page.locator(".st-key-maker")).to_contain_text(f"of {number}")
        hand.write(f"maker_note_en_s{number}", note)
        if asked:
            ask(hand, number, *asked)
    hand.click("maker_slides")
    expect(page.locator(f"[class*='st-key-maker_slide_s{len(SLIDES)}']")).to_contain_text("The error flows back")
    assert hand.clicks == CLICKS
    to_rest(page)
    page.reload()
    expect(page.locator(".st-key-maker")).to_contain_text("of 6")
    hand.click("maker_files")
    link = page.locator(".st-key-maker_link code").inner_text()
    follower = visit(link.replace("\n", ""))
    for number, (_, note, asked) in enumerate(SLIDES, 1):
        expect(follower.locator(".st-key-note")).to_contain_text(note.split(":")[0])
        expect(follower.locator(".st-key-note")).to_contain_text(re.compile(rf"slide {number} of 6"))
        if asked:
            expect(follower.locator(".st-key-ask")).to_contain_text(asked[0])
        if number < len(SLIDES):
            follower.keyboard.press("ArrowRight")
