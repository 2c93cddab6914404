"""The figure of the answers: all of them, and the right one marked once it is revealed."""

import pytest

from engine import Text
from engine.core import LANGUAGES
from tests.visualizer.hall.rooms import room, slide
from visualizer.hall.ask import KINDS
from visualizer.hall.figures import answers_figure
from visualizer.lessons import LESSONS


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_right_answer_is_marked_only_once_it_is_revealed(kind, lang):
    led = room()
    led.ask(kind)
    for i, answer in enumerate([*led.asked.options, led.asked.right] * 2):
        led.answer(f"name {i}", answer)
    closed = str(answers_figure(led, lang).to_dict())
    assert "✓" not in closed
    led.reveal()
    assert str(answers_figure(led, lang).to_dict()).count("✓") == 1


def test_numbers_are_all_in_the_histogram():
    led = room()
    led.ask("number")
    for i, answer in enumerate(["0.3775", "1/2", "0,25", "-1"]):
        led.answer(f"name {i}", answer)
    assert list(answers_figure(led, "en").data[0].x) == [0.3775, 0.5, 0.25, -1]


def test_of_many_edges_those_given_most_often_are_shown_and_the_right_one():
    led = room()
    led.ask("edge")
    wrong = next(key for key in led.asked.options if key != led.asked.right)
    led.answer("one", wrong)
    led.reveal()
    figure = answers_figure(led, "en")
    bars, axis = figure.data[0], figure.layout.xaxis
    counts = dict(zip(bars.x, bars.y, strict=True))
    assert (counts[wrong], counts[led.asked.right]) == (1, 0)
    assert dict(zip(axis.tickvals, axis.ticktext, strict=True)) == {key: led.asked.options[key]("en") for key in bars.x}


def test_long_options_stand_in_short_lines_below_their_bars():
    lesson = LESSONS["lecture"]
    number, stop = next((n, s) for n, s in enumerate(lesson.stops, 1) if s.ask)
    long = Text("It grows <b>because</b> the slope is positive, and for no other reason " * 3, "因为斜率为正" * 12)
    ask = stop.ask._replace(choices=(long, long), right=1)  # the same words, and yet two bars
    stops = tuple(one._replace(ask=ask) if one == stop else one for one in lesson.stops)
    led = room(slide(number, lesson._replace(stops=stops)))
    for lang in LANGUAGES:
        axis = answers_figure(led, lang).layout.xaxis
        assert len(axis.ticktext) == 2
        for label in axis.ticktext:
            lines = label.split("<br>")
            assert len(lines) <= 3
            assert "<b>" not in label


def test_without_a_question_the_figure_is_empty():
    assert len(answers_figure(room(), "en").data) == 0
