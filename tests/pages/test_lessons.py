"""Lessons on the page: the question of a slide in place of the equation, code, parts, and the list of lessons."""

from tests.pages.app import checked, press, texts, visit
from visualizer.lessons import LESSONS
from visualizer.lessons.lecture_learning import TORCH


def choices(app):
    return [button.label for button in app.button if button.key and button.key.startswith("ask_")]


def test_a_question_stands_in_place_of_the_equation_and_is_marked():
    app = visit(lesson="lecture", stop="function", lang="en")
    ask = LESSONS["lecture"].stops[2].ask
    assert choices(app) == [choice.en for choice in ask.choices]
    wrong = next(number for number in range(len(ask.choices)) if number != ask.right)
    checked(app.button(key=f"ask_{wrong}").click().run())
    assert choices(app)[wrong].startswith("✗")
    assert not any(label.startswith("✓") for label in choices(app))
    checked(app.button(key=f"ask_{ask.right}").click().run())
    assert choices(app)[ask.right].startswith("✓")
    press(app, "step_next")
    assert choices(app) == []
    press(app, "step_prev")
    assert choices(app)[ask.right].startswith("✓")


def test_a_step_away_from_the_slide_the_equation_is_there_again():
    app = visit(lesson="lecture", stop="7", lang="zh")
    assert choices(app)
    press(app, "step_last")
    assert choices(app) == []


def test_the_last_slide_shows_code_that_prints_the_number():
    app = visit(lesson="lecture", stop="torch", lang="en")
    assert [code.value.strip() for code in app.code] == [TORCH.strip()]


def test_a_slide_says_its_part_and_minute():
    app = visit(lesson="lecture", stop="7", lang="en")
    number = LESSONS["lecture"].place("7")
    assert any(f"2 Backward · slide {number} of {len(LESSONS['lecture'].stops)} · minute" in t for t in texts(app))
