import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import InputError
from engine.examples import EXAMPLES
from engine.settings import Model
from visualizer.lessons import LESSONS
from visualizer.state import Spec, View, from_file, open_link, spec_to_query, stop_of, to_file

MAZUR = Model.of_example("mazur")
ROUGH = tuple((MAZUR.network().theta / 3).tolist())
LARGE = Model.drawn((60, 40, 3), ("tanh", "softmax"), "normal", 2)
STATES = {
    "plain": Spec(MAZUR, View()),
    "edited": Spec(replace(MAZUR, net=ROUGH, iteration=3), View("bp2.1.2", "neuron", digits=6)),
    "too long for a link": Spec(LARGE.edited(LARGE.network().with_weight(1, 0, 0, 1 / 3)), View("bp4.1", lang="zh")),
    "in a lesson": stop_of("mazur", 3, "zh"),
}


@pytest.mark.parametrize("name", STATES)
def test_a_file_brings_the_state_back_bit_for_bit(name):
    state = STATES[name]
    again, problems = from_file(to_file(state), "en")
    assert problems == []
    assert again.model == state.model
    assert again.view == state.view


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"format": "other", "version": 1}', '{"format": "backprop-stage"}']
)
def test_what_is_no_such_file_is_said_in_a_sentence(text):
    with pytest.raises(InputError, match="not a saved Step through file"):
        from_file(text, "en")


def test_a_file_nested_beyond_all_reason_is_no_error_of_ours():
    with pytest.raises(InputError):
        from_file("[" * 100_000, "en")


@given(
    st.dictionaries(st.sampled_from(["example", "sizes", "net", "x", "lesson", "stop", "step"]), st.text(max_size=30))
)
def test_no_file_of_the_right_kind_is_an_error(entries):
    spec, _ = from_file(json.dumps({"format": "backprop-stage", "version": 1, **entries}), "en")
    spec.model.trace()


def test_entries_of_a_file_that_are_no_text_are_told_and_left_out():
    text = json.dumps({"format": "backprop-stage", "version": 1, "example": "mazur", "step": 3, "net": [1, 2]})
    spec, (problem,) = from_file(text, "en")
    assert spec == Spec(MAZUR, View())
    assert problem.received == "step, net"


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_file_has_every_number_and_one_of_before_had_only_the_name(name):
    spec = Spec(Model.of_example(name), View(step="c"))
    held = json.loads(to_file(spec))
    numbers = [float(number) for number in held["net"].split("_")]
    assert numbers == EXAMPLES[name].network.theta.tolist()
    assert [tuple(map(float, row.split("_"))) for row in held["x"].split("~")] == list(EXAMPLES[name].x)
    assert {"y", "sizes", "activations", "loss", "optimizer", "eta", "iteration"} <= set(held)
    before = {"format": "backprop-stage", "version": 1, "example": name, "step": "c", "lang": "en"}
    assert from_file(json.dumps(before), "en") == from_file(json.dumps(held), "en") == (spec, [])


def test_a_file_whose_example_is_not_here_any_more_still_has_its_network():
    held = json.loads(to_file(Spec(MAZUR, View()))) | {"example": "gone"}
    spec, problems = from_file(json.dumps(held), "en")
    assert [problem.received for problem in problems] == ["gone"]
    assert (spec.model.network().theta == MAZUR.network().theta).all()


def test_a_link_to_a_lesson_opens_the_stop():
    spec, problems = open_link({"lesson": "mazur", "stop": "3", "lang": "zh"}, "en")
    assert problems == []
    assert (spec.view.lesson, spec.view.stop, spec.view.lang) == ("mazur", "3", "zh")
    assert spec.view.step == LESSONS["mazur"].query(3)["step"]


@pytest.mark.parametrize("name", LESSONS)
def test_the_address_within_a_lesson_opens_the_same(name):
    for stop in range(1, len(LESSONS[name].stops) + 1):
        spec = stop_of(name, stop, "en")
        assert open_link(spec_to_query(spec), "en") == (spec, [])


def test_what_was_changed_within_a_lesson_is_in_its_link():
    spec = stop_of("mazur", 2, "en")
    changed = Spec(spec.model.edited(spec.model.network().with_weight(1, 0, 0, 9.0)), replace(spec.view, step="z.2"))
    assert open_link(spec_to_query(changed), "en") == (changed, [])


@pytest.mark.parametrize(
    ("query", "wrong", "lesson"),
    [
        ({"lesson": "none", "stop": "2"}, "lesson", ""),
        ({"lesson": "mazur", "stop": "99"}, "stop", "mazur"),
        ({"lesson": "mazur", "stop": "x"}, "stop", "mazur"),
        ({"stop": "2"}, "stop", ""),
    ],
)
def test_a_lesson_or_stop_that_is_not_there_is_reported(query, wrong, lesson):
    spec, (problem,) = open_link(query, "en")
    assert problem.sentence("en").startswith(f"{wrong}: ")
    assert problem.received == query[wrong]
    assert (spec.view.lesson, spec.view.stop) == (lesson, "1")
    assert open_link(spec_to_query(spec), "en") == (spec, [])


def test_names_that_no_link_has_are_told_together():
    spec, (problem,) = open_link({"example": "mazur", "exampel": "xor", "from": "timeline"}, "en")
    assert problem.received == "exampel, from"
    assert spec == Spec(MAZUR, View())
