from dataclasses import replace
from math import copysign

import numpy as np
import pytest

from engine import ACTIVATIONS, Ref
from engine.core import LANGUAGES
from engine.settings import Model
from tests.visualizer.oracles import CASES, GRAINS, LARGE, MODELS, builder_of, drawn, number_of, told
from visualizer.state import choices, grade, question

every_walk = pytest.mark.parametrize(("name", "grain"), CASES)


def questions(builder, chosen=None, sample=0):
    """The questions of a lecture, each with its position."""
    lecture = builder.lecture
    for position in range(len(lecture) + 1):
        yield position, question(lecture, position, choices(builder.drawing).get(chosen), sample)


def at(name, address, grain="layer", chosen=None, model=None):
    """The trace of a lecture, and the question answered by the step with an address."""
    builder = builder_of(model or MODELS[name], grain)
    asked = dict(questions(builder, chosen))[builder.lecture.position(address) - 1]
    return builder.trace, asked


def rounded_to_the_old(trace, asked, typed):
    """Whether a rounded answer to an update is nearer to the value before than to the one after."""
    if not asked.element.ref.name.endswith("_new"):
        return False
    before = Ref(asked.element.ref.name.removesuffix("_new"), asked.element.ref.layer)
    return abs(typed - number_of(trace, before, asked.element.indices)) < abs(typed - asked.value)


@every_walk
def test_what_is_asked_for_becomes_known_with_the_next_step_and_not_before(name, grain):
    builder = builder_of(MODELS[name], grain)
    moments = told(builder.trace, grain)
    for chosen in (None, *choices(builder.drawing)):
        for position, asked in questions(builder, chosen):
            if position == len(builder.lecture):
                assert asked is None
                continue
            element = asked.element
            assert (element.ref, element.indices) in moments[position + 1][1]
            assert (element.ref, element.indices) not in moments[position][0]
            assert asked.value == number_of(builder.trace, element.ref, element.indices, element.sample)


@every_walk
def test_the_exact_value_and_a_rounded_one_are_right_and_another_is_wrong(name, grain):
    builder = builder_of(MODELS[name], grain)
    for _, asked in questions(builder):
        if asked is None:
            continue
        value = asked.value
        assert grade(builder.trace, asked, repr(value)) == (True, None)
        for typed in (f"{value:.2e}", f"{value:.1e}"):
            verdict = grade(builder.trace, asked, typed)
            assert verdict.right != rounded_to_the_old(builder.trace, asked, float(typed))
            assert verdict.right or "enter more" in verdict.slip("en")
        assert not grade(builder.trace, asked, repr(value * 1.05 + copysign(0.01, value))).right


@pytest.mark.parametrize("sample", [0, 1, 2])
def test_a_batch_is_asked_for_the_sample_that_is_shown(sample):
    builder = builder_of(MODELS["three samples"])
    for _, asked in questions(builder, sample=sample):
        if asked is not None:
            one = asked.element.ref.name in ("z", "a", "delta")
            assert asked.of_one_sample(builder.trace) == one
            assert asked.element.sample == (sample if one else 0)
            expected = number_of(builder.trace, asked.element.ref, asked.element.indices, sample)
            assert asked.value == expected


@pytest.mark.parametrize(
    ("chosen", "address", "expected"),
    [
        (None, "bp2.1", (Ref("delta", 1), (0,))),
        ("a.1.2", "bp2.1", (Ref("delta", 1), (1,))),
        ("W.1.2.1", "bp4.1", (Ref("dW", 1), (1, 0))),
        ("b.2.2", "update", (Ref("b_new", 2), (1,))),
    ],
)
def test_what_is_chosen_is_asked_for(chosen, address, expected):
    _, asked = at("mazur", address, chosen=chosen)
    assert (asked.element.ref, asked.element.indices) == expected


def test_a_chosen_element_that_is_known_already_is_not_asked_for_again():
    _, asked = at("mazur", "z.1.2", "neuron", "a.1.1")
    assert asked.name == "z¹₂"


@pytest.mark.parametrize("grain", GRAINS)
def test_nothing_is_asked_of_units_that_are_not_drawn(grain):
    builder = builder_of(LARGE["784-128-128-10"], grain)
    for position, asked in questions(builder):
        if position < len(builder.lecture):
            assert (asked is None) == builder.lecture.address(position + 1).endswith("rest")


def test_nothing_is_asked_that_is_not_finite():
    model = Model.drawn((1, 1), ("sigmoid",), "zeros", 1)
    with np.errstate(all="ignore"):
        builder = builder_of(replace(model, net=(1e308, 1e308), x=((1e3,),)))
    assert dict(questions(builder))[0] is None


@pytest.mark.parametrize(
    ("value", "right", "wrong"),
    [
        (0.138498, [0.138498, 0.14, 0.1385, 0.139], [0.13, 0.15, 0.144, -0.14, 0.0, 1.4]),
        (-0.0380982, [-0.038, -0.0381, -0.0385], [0.038, -0.037, -0.04, 0.0]),
        (0.0, [0.0, -0.0], [0.01, -1e-6]),
        (2.8e-17, [0.0], [0.001]),
        (12345.0, [12000.0, 12345.0, 12500.0], [11000.0, 13000.0]),
        (1.5e-6, [1.5e-6], [0.0, 1.4e-6]),
        (9.96, [10.0, 9.96], [9.8, 10.1]),
        (1e300, [1e300], [1.2e300, -1e300]),
    ],
)
def test_two_significant_digits_are_enough(value, right, wrong):
    trace, asked = at("mazur", "c")
    asked = type(asked)(asked.step, asked.element, value)
    assert [typed for typed in right if not grade(trace, asked, repr(typed)).right] == []
    assert [typed for typed in wrong if grade(trace, asked, repr(typed)).right] == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [("0", None), ("0.1", "Too few digits"), ("-0.14", "to have it named"), ("0.2", None)],
)
def test_so_few_digits_are_asked_for_more_instead_of_a_guess(typed, said):
    trace, asked = at("mazur", "bp1")
    assert round(asked.value, 6) == 0.138499
    right, slip = grade(trace, asked, typed)
    assert not right
    assert slip is said is None or said in slip("en")


SLIPS = [
    ("z.1", "bias", lambda t: t.value("W", 1)[0] @ t.value("a", 0)[:, 0]),
    ("z.2", "sign", lambda t: -t.value("z", 2)[0, 0]),
    ("a.1", "activation", lambda t: t.value("z", 1)[0, 0]),
    ("bp1", "slope", lambda t: t.value("a", 2)[0, 0] - t.value("y", 2)[0, 0]),
    ("bp1", "sign", lambda t: -t.value("delta", 2)[0, 0]),
    ("bp2.1", "slope", lambda t: t.value("W", 2)[:, 0] @ t.value("delta", 2)[:, 0]),
    ("bp4.2", "sign", lambda t: -t.value("dW", 2)[0, 0]),
]


@pytest.mark.parametrize(("address", "slip", "make"), SLIPS)
def test_a_common_slip_is_recognised(address, slip, make):
    trace, asked = at("3-4-2", address)
    verdict = grade(trace, asked, repr(float(make(trace))))
    assert not verdict.right
    assert slip in verdict.slip("en")
    assert all(verdict.slip(lang) for lang in LANGUAGES)
    assert grade(trace, asked, "77.7") == (False, None)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_any_activation_is_graded_without_a_complaint(name):
    builder = builder_of(drawn((2, 3, 2), name, "sigmoid"))
    for _, asked in questions(builder):
        if asked:
            for typed in ("0", "1", "-1e300", "1e-300", "0e400"):
                grade(builder.trace, asked, typed)


@pytest.mark.parametrize(
    ("chosen", "typed", "slip"),
    [
        ("W.2.1.1", 0.4 + 0.0410835, "gradient"),
        ("W.2.1.1", 0.4, "old"),
        ("W.1.1.1", 0.15, "enter more"),
        ("W.1.1.1", 0.1502, "enter more"),
    ],
)
def test_a_step_that_was_not_taken_or_taken_the_wrong_way_is_recognised(chosen, typed, slip):
    trace, asked = at("mazur", "update", chosen=chosen)
    assert slip in grade(trace, asked, str(typed)).slip("en")
    assert grade(trace, asked, f"{asked.value:.4g}").right


def test_a_parameter_that_does_not_move_is_answered_with_its_old_value():
    trace, asked = at("mazur", "update", chosen="b.1.1")
    assert grade(trace, asked, "0.35") == (True, None)


def test_a_matched_error_has_no_slope_to_forget():
    trace, asked = at("relu_softmax", "bp1")
    slope = 0.2
    assert grade(trace, asked, repr(asked.value / slope)).slip is None
