"""Lessons on the page: the question of a slide in place of the equation, code, parts, and the list of lessons."""

from urllib.parse import parse_qsl

import pytest

from engine.core import LANGUAGES
from tests.pages.app import checked, press, texts, visit, warnings
from visualizer.lessons import LESSONS
from visualizer.slides import TORCH


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


MORE = [
    (name, stop, made.page)
    for name, lesson in LESSONS.items()
    for stop, made in zip(lesson.names, lesson.stops, strict=True)
    if made.page
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("name", "stop", "page"), MORE)
def test_the_page_that_shows_more_opens_as_the_slide_says(name, stop, page, lang):
    app = visit(lesson=name, stop=stop, lang=lang)
    (link,) = [block.proto.url for block in app.get("link_button")]
    target, _, query = link.partition("?")
    assert target == page["page"]
    assert dict(page).items() - {("page", target)} <= dict(parse_qsl(query)).items()
    assert warnings(visit(target, **dict(parse_qsl(query)))) == []
