"""Drafts of lessons: whatever is done to the slides, each goes on showing what it showed."""

import pytest

from engine import Text
from engine.core import InputError
from visualizer.lessons import LESSONS
from visualizer.state import faults_of, open_link, stop_of
from visualizer.teaching import (
    EMPTY,
    MOST_STOPS,
    OWN,
    editable,
    moved,
    packed,
    playable,
    with_label,
    with_minutes,
    with_right,
    with_stop,
    with_view,
    with_words,
    without,
)

every_lesson = pytest.mark.parametrize("name", LESSONS)


def shown(lesson):
    return {stop.name: lesson.query(number) for number, stop in enumerate(lesson.stops, 1)}


@every_lesson
def test_slides_show_the_same_wherever_they_stand(name):
    lesson = editable(LESSONS[name])
    before, last = shown(lesson), len(lesson.stops)
    for stop in lesson.names[:4]:
        lesson = moved(lesson, stop, last)
    assert shown(lesson) == before
    gone = lesson.names[1]
    assert shown(without(lesson, gone)) == {stop: query for stop, query in before.items() if stop != gone}


@every_lesson
def test_a_shipped_lesson_opens_as_ones_own_and_shows_the_same(name):
    word = packed(LESSONS[name])
    assert faults_of(LESSONS[name], "en") == []
    shipped, own = stop_of(name, 2, "en"), stop_of(OWN, 2, "en", word)
    assert own.model == shipped.model
    assert own.view == shipped.view.__class__(**{**shipped.view.__dict__, "lesson": OWN, "own": word})
    assert playable(LESSONS[name]).stops == LESSONS[name].stops


def test_a_slide_is_recorded_after_the_selected_one_and_replaced():
    lesson, first = with_stop(EMPTY, "", {"example": "mazur", "step": "z.1"}, "")
    lesson, last = with_stop(lesson, first, {"example": "mazur", "step": "c"}, "C")
    lesson, between = with_stop(lesson, first, {"example": "mazur", "step": "a.1", "granularity": "neuron"}, "")
    assert lesson.names == (first, between, last)
    assert lesson.query(3) == {"example": "mazur", "step": "c"}
    lesson = with_view(lesson, first, {"example": "xor", "step": "0"}, "")
    assert lesson.query(2)["example"] == "mazur"
    assert lesson.minutes == 6
    assert with_minutes(lesson, {first: 5.0}).minutes == 9
    full = lesson._replace(stops=lesson.stops * (MOST_STOPS // 3))
    with pytest.raises(InputError):
        with_stop(full, first, {"example": "xor", "step": "0"}, "")


def test_words_of_one_language_stand_in_both_when_it_is_given():
    lesson, name = with_stop(EMPTY, "", {"example": "mazur", "step": "z.1"}, "")
    lesson = with_label(with_words(lesson, name, "note", "zh", "求和。"), "zh", "我的课")
    lesson = with_words(lesson, name, "question", "en", "Why?")
    assert playable(lesson).stops[0].ask is None
    lesson = with_words(lesson, name, "choices", "en", "a\nb\n\nc")
    lesson = with_right(with_words(lesson, name, "choices", "zh", "甲"), name, 2)
    (stop,) = playable(lesson).stops
    assert stop.note == Text("求和。", "求和。")
    assert stop.ask.choices == (Text("a", "甲"), Text("b", "b"), Text("c", "c"))
    assert stop.ask.right == 2
    gone = with_words(with_words(lesson, name, "choices", "en", ""), name, "choices", "zh", "")
    assert with_words(gone, name, "question", "en", "").stops[0].ask is None


def test_what_cannot_be_given_is_told():
    with pytest.raises(InputError):
        playable(EMPTY)
    lesson, name = with_stop(EMPTY, "", {"example": "nobody", "step": "zz"}, "")
    assert faults_of(lesson, "en")
    for words in ("x" * 3000, "$\\evil$", "\x00", "\ud800"):
        with pytest.raises(InputError):
            with_words(lesson, name, "note", "en", words)


def test_a_link_says_which_lesson_is_not_in_it():
    for query in ({"lesson": OWN}, {"lesson": OWN, "own": "1.x"}, {"own": packed(LESSONS["xor"])}):
        spec, problems = open_link(query, "en")
        assert spec.view.lesson == ""
        assert len(problems) == 1
