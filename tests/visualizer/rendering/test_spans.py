"""Spans of a rendering: every position once, every slide of every lesson, and no more than one file holds."""

import pytest

from engine import InputError
from engine.core import LANGUAGES
from engine.settings import Model
from tests.visualizer.exports.cases import subject_of
from visualizer.exports import Subject
from visualizer.lessons import LESSONS
from visualizer.rendering import spans_of
from visualizer.rendering.spans import MOST_SHOTS, SPANS, shots_of
from visualizer.state import stop_of
from visualizer.writing import phrase_html

MAZUR = Model.of_example("mazur")


def positions(subject, span):
    return [shot.position for shot in shots_of(subject, span)]


def test_an_iteration_is_made_of_its_phases_and_these_of_their_steps():
    lecture = subject_of(MAZUR).builder.lecture
    whole = positions(subject_of(MAZUR), "iteration")
    assert whole == list(range(len(lecture) + 1))
    phases = {tuple(positions(subject_of(MAZUR, step=lecture.address(at)), "phase")) for at in whole[1:]}
    assert [0, *sorted(at for phase in phases for at in phase)] == whole
    for at in whole:
        (shot,) = shots_of(subject_of(MAZUR, step=lecture.address(at)), "step")
        assert (shot.position, shot.plays) == (at, at > 0)


def test_a_span_is_offered_where_there_is_one():
    assert list(spans_of(subject_of(MAZUR))) == ["step", "iteration"]
    assert list(spans_of(subject_of(MAZUR, step="bp1"))) == ["step", "phase", "iteration"]
    assert list(spans_of(Subject(stop_of(next(iter(LESSONS)), 1, "en")))) == ["step", "phase", "iteration", "lesson"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_has_a_picture_of_every_slide(name, lang):
    shots = shots_of(Subject(stop_of(name, 1, lang)), "lesson")
    assert [shot.stop for shot in shots] == list(LESSONS[name].stops)
    for number, shot in enumerate(shots, 1):
        spec = stop_of(name, number, lang)
        assert shot.subject.spec == spec
        assert shot.position == Subject(spec).position
        instead = shot.instead()
        assert instead["note"]
        if shot.stop.ask:
            assert not shot.plays
            assert phrase_html(shot.stop.ask.question(lang)) in instead["symbols"]
            assert instead["symbols"].count("<li>") == len(shot.stop.ask.choices)
            assert instead["worked"] == ""


def test_too_many_steps_are_refused_in_a_sentence():
    model = Model.drawn((8, 16, 16, 4), ("tanh", "tanh", "softmax"), "xavier_uniform", 1)
    with pytest.raises(InputError) as refused:
        shots_of(subject_of(model, granularity="weight"), "iteration")
    assert str(MOST_SHOTS) in str(refused.value)
    assert set(SPANS) >= set(spans_of(subject_of(model)))
