from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pytest

from engine import InputError, Ref
from engine.core import LANGUAGES
from engine.examples import EXAMPLES
from tests.together import together
from tests.visualizer.oracles import GRAINS, LARGE, MODELS, builder_of, told
from visualizer.scene.keyframes import geometry
from visualizer.state import choices, element, shown_by, value_of, with_value

every_model = together(list(MODELS))
every_drawing = together([*MODELS, *LARGE])
every_lecture = together(list(product(MODELS, GRAINS)))


@cache
def builder(name):
    return builder_of((MODELS | LARGE)[name])


@cache
def offered(name):
    return choices(builder(name).drawing)


@every_drawing
def test_what_can_be_clicked_can_be_chosen_from_the_list_and_nothing_else(name):
    shape = geometry(builder(name).drawing)
    assert {part.get("choose", "") for part in (*shape["nodes"], *shape["edges"])} - {""} == set(offered(name))


@together(list(product([*MODELS, *LARGE], LANGUAGES)))
def test_every_element_has_a_name_of_its_own(name, lang):
    labels = [choice.label(lang) for choice in offered(name).values()]
    assert len(set(labels)) == len(labels)


def test_the_list_follows_the_network():
    labels = [choice.label("en") for choice in offered("two_sigmoids").values()]
    first, second = ([f"w{l}₁₁", f"b{l}₁", f"neuron 1 of layer {n}"] for n, l in ((1, "¹"), (2, "²")))
    assert labels == ["x₁", *first, *second, "y₁", "C, the cost"]


@every_model
def test_an_edited_value_is_the_only_one_that_changes(name):
    model, trace = MODELS[name], builder(name).trace
    editable = {key: choice for key, choice in offered(name).items() if choice.editable}
    before = {key: value_of(model, trace, choice, 0) for key, choice in editable.items()}
    for key, choice in editable.items():
        changed = with_value(model, trace, choice, 0, 0.625)
        after = {other: value_of(changed, changed.trace(), item, 0) for other, item in editable.items()}
        assert after == before | {key: 0.625}


def test_neurons_and_the_cost_are_not_edited():
    fixed = {choice.ref.name for choice in offered("mazur").values() if not choice.editable}
    assert fixed == {"a", "C"}
    assert offered("mazur")["a.0.1"].editable
    assert not offered("mazur")["a.1.1"].editable


@every_model
def test_each_sample_is_edited_for_itself(name):
    model, trace = MODELS[name], builder(name).trace
    last = len(model.x) - 1
    changed = with_value(model, trace, offered(name)["a.0.1"], last, 0.375)
    assert changed.x[last][0] == 0.375
    assert changed.x[:last] == model.x[:last]
    assert changed.y == model.y


@pytest.mark.parametrize("key", ["W.1.1.1", "b.2.1", "a.0.1", "y.1"])
def test_an_edit_in_a_later_iteration_starts_from_the_network_of_that_iteration(key):
    model = replace(MODELS["mazur"], iteration=3)
    trace = model.trace()
    changed = with_value(model, trace, offered("mazur")[key], 0, 0.125)
    assert changed.iteration == 1
    expected = trace.given.theta.copy()
    if key == "W.1.1.1":
        expected[0] = 0.125
    elif key == "b.2.1":
        expected[trace.given.index(2, 0, None)] = 0.125
    np.testing.assert_array_equal(changed.network().theta, expected)
    assert value_of(changed, changed.trace(), offered("mazur")[key], 0) == 0.125


@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("key", ["W.1.1.1", "b.2.1", "a.0.1", "y.1"])
def test_what_is_not_finite_is_refused(key, value):
    with pytest.raises(InputError):
        with_value(MODELS["mazur"], builder("mazur").trace, offered("mazur")[key], 0, value)


def test_a_target_that_the_loss_cannot_use_is_refused():
    with pytest.raises(InputError, match="from 0 to 1"):
        with_value(MODELS["1-1"], builder("1-1").trace, offered("1-1")["y.1"], 0, 2.0)


@together([name for name in MODELS if name in EXAMPLES])
def test_an_edit_back_to_the_old_value_gives_back_the_model(name):
    model, trace = MODELS[name], builder(name).trace
    for choice in offered(name).values():
        if choice.editable:
            old = value_of(model, trace, choice, 0)
            changed = with_value(model, trace, choice, 0, 0.625)
            assert with_value(changed, changed.trace(), choice, 0, old) == model


@cache
def told_of(name, grain):
    lecture = builder_of(MODELS[name], grain).lecture
    return lecture, told(lecture.trace, grain)


def shown(name, grain, chosen):
    """The arithmetic that is shown at every position, with what has just been computed there."""
    lecture, moments = told_of(name, grain)
    for position, (known, new, _) in enumerate(moments):
        if position:
            moment = lecture.moment(position)
            made = element(lecture, moment, offered(name).get(chosen), 0)
            yield lecture.trace.steps[moment.step], made, known, new


@every_lecture
def test_the_arithmetic_is_that_of_a_number_just_written(name, grain):
    for _, made, _, new in shown(name, grain, ""):
        assert (made.ref, made.indices) in new


@every_lecture
def test_whatever_is_chosen_the_arithmetic_is_of_a_known_number_that_the_step_writes(name, grain):
    for chosen in offered(name):
        for step, made, known, _ in shown(name, grain, chosen):
            assert made.ref in step.writes
            assert (made.ref, made.indices) in known, (step.address, chosen)


@pytest.mark.parametrize(
    ("chosen", "key", "expected"),
    [
        ("W.1.2.1", "z.1", (Ref("z", 1), (1,))),
        ("W.1.2.1", "bp4.1", (Ref("dW", 1), (1, 0))),
        ("W.2.2.1", "bp2.1", (Ref("delta", 1), (0,))),
        ("W.1.2.1", "update", (Ref("W_new", 1), (1, 0))),
        ("b.2.2", "bp3.2", (Ref("db", 2), (1,))),
        ("b.2.2", "update", (Ref("b_new", 2), (1,))),
        ("a.1.2", "bp2.1", (Ref("delta", 1), (1,))),
        ("y.2", "bp1.2", (Ref("delta", 2), (1,))),
        ("a.2.2", "a.2", (Ref("a", 2), (1,))),
        ("C", "c", (Ref("C", 2), ())),
    ],
)
def test_the_arithmetic_follows_what_is_chosen(chosen, key, expected):
    found = {step.address: (made.ref, made.indices) for step, made, _, _ in shown("mazur", "layer", chosen)}
    assert found[key] == expected


@pytest.mark.parametrize("ending", ["", "_new"])
def test_a_state_is_shown_by_the_parameter_that_it_moves(ending):
    assert shown_by(Ref(f"v_W{ending}", 2), 0, 1) == shown_by(Ref("W", 2), 0, 1) == "W.2.1.2"
    assert shown_by(Ref(f"m_b{ending}", 1), 2, 0) == shown_by(Ref("b", 1), 2, 0)
    assert shown_by(Ref("long_delta", 1), 0, 0) == "a.1.1"
