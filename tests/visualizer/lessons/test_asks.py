"""The questions, names and parts of lessons: asked before the answer is in sight, and linked to by names that stay."""

from itertools import pairwise

import pytest

from engine import Ref
from engine.core import LANGUAGES, InputError
from tests.visualizer.lessons.test_lessons import claimed, hand_at, is_rounded, moment_of, stop_of
from visualizer.lessons import LESSONS
from visualizer.slides import TORCH
from visualizer.state import open_link

ASKED = [(name, number) for name, lesson in LESSONS.items() for number, stop in enumerate(lesson.stops, 1) if stop.ask]
REVEALED = {  # the choice that is correct, computed at the stop that it is revealed at, or from what stands there
    "function": "z.1.1",
    "9": "dW.2.1.1",
}
SAID_THERE = {"15": "0.2805", "small": "0.98", "landscape": "0.0003", "27": "0.0822"}


@pytest.mark.parametrize(("name", "number"), ASKED)
def test_a_question_has_one_correct_choice_among_several_in_both_languages(name, number):
    ask = stop_of(name, number).ask
    assert 0 <= ask.right < len(ask.choices)
    assert 3 <= len(ask.choices) <= 4
    for lang in LANGUAGES:
        assert len({choice(lang) for choice in ask.choices}) == len(ask.choices)
        assert ask.question(lang).strip()


@pytest.mark.parametrize(("name", "number"), ASKED)
def test_what_is_asked_for_is_not_in_sight_yet_and_is_at_the_next_stop(name, number):
    hidden = stop_of(name, number).ask.hidden
    assert number < len(LESSONS[name].stops)
    if hidden:
        value_name, *place = hidden.split(".")
        lecture, moment = hand_at(name, number).lecture, moment_of(name, number)
        layer = int(place[0]) if place else len(lecture.trace.given.layers)
        indices = tuple(int(i) - 1 for i in place[1:])
        assert not lecture.happened(moment, Ref(value_name, layer), indices)
        assert hand_at(name, number + 1).lecture.happened(moment_of(name, number + 1), Ref(value_name, layer), indices)


@pytest.mark.parametrize("name", ["lecture", "optimizers", "batch_norm", "digits"])
def test_a_lesson_asks_at_every_third_stop_at_least(name):
    numbers = [number for asked, number in ASKED if asked == name]
    assert numbers[0] <= 3
    assert max(later - sooner for sooner, later in pairwise([*numbers, len(LESSONS[name].stops)])) <= 3


@pytest.mark.parametrize("name", LESSONS)
def test_every_lesson_asks_for_predictions(name):
    assert sum(asked == name for asked, _ in ASKED) >= 2


def answer(stop):
    lesson = LESSONS["lecture"]
    ask = lesson.stops[lesson.place(stop) - 1].ask
    return ask.choices[ask.right].en, lesson.place(stop)


@pytest.mark.parametrize("stop", REVEALED)
def test_a_number_that_is_the_answer_is_computed(stop):
    said, number = answer(stop)
    assert is_rounded(said, claimed("lecture", number, REVEALED[stop]))


@pytest.mark.parametrize("stop", SAID_THERE)
def test_a_number_that_is_the_answer_is_claimed_at_the_next_stop(stop):
    said, number = answer(stop)
    assert said == SAID_THERE[stop]
    assert said in stop_of("lecture", number + 1).claims


def value(stop, what):
    return claimed("lecture", LESSONS["lecture"].place(stop), what)


def test_the_answers_in_words_are_so():
    assert value("4", "grad.2.1") ** 2 > 10 * value("4", "grad.2.2") ** 2
    assert value("6", "change") > 0
    assert value("chain", "dW.1.1.1") > 0
    assert value("8", "delta.2.2") < 0
    gradients = {f"{j}.{k}": abs(value("11", f"dW.2.{j}.{k}")) for j in (1, 2) for k in (1, 2)}
    assert max(gradients, key=gradients.get) == "1.2"
    assert abs(value("14", "dW.1.1.1")) < 0.1 * value("11", "dW.2.1.1")
    assert value("19", "delta.1.2") == 0
    assert value("21", "delta.2.max") == pytest.approx(2 * value("20", "delta.2.max"), rel=0.01)
    assert value("symmetry", "delta.1.1") == value("symmetry", "delta.1.2")


@pytest.mark.parametrize("name", LESSONS)
def test_names_of_stops_are_different_and_the_first_is_1(name):
    names = LESSONS[name].names
    assert names[0] == "1"
    assert len(set(names)) == len(names)
    with pytest.raises(InputError):
        LESSONS[name].place("no such stop")


@pytest.mark.parametrize(
    ("stop", "shows"),
    [
        ("7", {"example": "mazur", "step": "bp1.2.1"}),
        ("12", {"example": "mazur", "step": "bp2.1.1"}),
        ("22", {"example": "xor", "step": "bp3.2"}),
        ("24", {"sizes": "4-4-4-4-4-4-4-2", "step": "bp2.1"}),
    ],
)
def test_old_links_to_the_lecture_open_what_they_did(stop, shows):
    lesson = LESSONS["lecture"]
    assert shows.items() <= lesson.query(lesson.place(stop)).items()


@pytest.mark.parametrize(("name", "stop"), [(name, stop) for name, lesson in LESSONS.items() for stop in lesson.moved])
def test_a_stop_that_has_moved_is_opened_where_it_is_now(name, stop):
    spec, problems = open_link({"lesson": name, "stop": stop}, "en")
    assert problems == []
    assert f"{spec.view.lesson}.{spec.view.stop}" == LESSONS[name].moved[stop]


def test_a_stop_that_there_is_not_is_told_and_the_first_one_opened():
    spec, problems = open_link({"lesson": "lecture", "stop": "99"}, "en")
    assert (spec.view.lesson, spec.view.stop) == ("lecture", "1")
    assert [problem.received for problem in problems] == ["99"]


def test_the_lecture_has_parts_and_minutes():
    lesson = LESSONS["lecture"]
    parts = [lesson.part(number).en for number in range(1, len(lesson.stops) + 1)]
    assert sorted(set(parts)) == ["1 Forward", "2 Backward", "3 Learning", "4 What can go wrong"]
    assert parts == sorted(parts)
    assert [lesson.minute(number) for number in (1, len(lesson.stops))] == [0, 39]


@pytest.mark.parametrize("name", LESSONS)
def test_every_lesson_says_for_whom_it_is_and_what_it_teaches(name):
    lesson = LESSONS[name]
    assert all(text(lang).strip() for text in (lesson.level, lesson.outcome) for lang in LANGUAGES)


def test_the_menu_is_in_teaching_order():
    order = ["lecture", "mazur", "four_equations", "two_sigmoids", "relu_softmax", "row_vectors", "depth", "xor"]
    assert list(LESSONS) == [*order, "optimizers", "batch_norm", "digits"]


def test_torch_prints_the_number_of_the_lecture(capsys):
    pytest.importorskip("torch")
    exec(compile(TORCH, "slide", "exec"), {})
    assert capsys.readouterr().out.strip() == "tensor(0.0822)"
