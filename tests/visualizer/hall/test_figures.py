"""The figure of the answers: all of them, and the right one marked once it is revealed."""

import pytest

from engine.core import LANGUAGES
from tests.visualizer.hall.rooms import room
from visualizer.hall.ask import KINDS
from visualizer.hall.figures import answers_figure


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
    bars = answers_figure(led, "en").data[0]
    labels = {key: words("en") for key, words in led.asked.options.items()}
    counts = dict(zip(bars.x, bars.y, strict=True))
    assert counts[labels[wrong]] == 1
    assert counts[labels[led.asked.right]] == 0


def test_without_a_question_the_figure_is_empty():
    assert len(answers_figure(room(), "en").data) == 0
