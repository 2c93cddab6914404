import re

import pytest

from engine import ACTIVATIONS
from tests.together import together
from visualizer.reference import SECTIONS, entries
from visualizer.reference.questions import ALL, answered, value_at
from visualizer.state import open_link, spec_to_query
from visualizer.writing import number

BY_NAME = {asked.name: asked for asked in ALL}


def opening():
    return [(section, entry) for section in SECTIONS for entry in entries(section) if entry.opens]


@together(opening)
def test_what_an_entry_opens_is_a_stage_with_that_step(section, entry):
    spec, problems = open_link(entry.opens, "en")
    assert problems == []
    addresses = [step.address for step in spec.model.trace().steps]
    step = ".".join(entry.opens["step"].split(".")[:2])
    assert step == "0" or step in addresses
    assert spec_to_query(spec)["step"] == entry.opens["step"]


@pytest.mark.parametrize("asked", ALL, ids=lambda asked: asked.name)
def test_an_answer_has_its_numbers_in_both_languages(asked):
    answer = answered(asked)
    assert asked.answer.en.count("{}") == asked.answer.zh.count("{}") == len(asked.values)
    for text in answer:
        assert "{}" not in text
    for what in asked.values:
        assert re.match(r"[−\d]", number(value_at(asked.opens, what)))
    assert asked.opens


def test_source_e_s_three_questions_are_answered():
    asked = [asked for asked in ALL if "我们作答" in str(asked.source)]
    assert [question.name for question in asked] == ["what", "each_gradient", "techniques"]


def told(name, *what):
    return [value_at(BY_NAME[name].opens, each) for each in what]


def test_what_the_answers_to_common_questions_say_is_so():
    assert told("relu_at_zero", "z.1.1", "slope.1.1") == [0, 0]
    a, delta = told("which_loss", "a.1.1", "delta.1.1")
    assert a == delta
    steep, flat = told("scale_inputs", "dW.1.1.1", "dW.1.1.2")
    assert steep == pytest.approx(100 * flat)
    assert sum(told("one_hot", "delta.2.1", "delta.2.2")) == pytest.approx(0)
    assert told("training_accuracy", "C")[0] < 1e-4
    once, twice = told("autograd", "dW.2.1.1", "dW.2.1.1*2")
    assert twice == 2 * once
    slope, delta = told("elementwise", "slope.1.1", "delta.1.1")
    w, errors = told("elementwise", "W.2.1.1", "W.2.2.1"), told("elementwise", "delta.2.1", "delta.2.2")
    assert slope * (w[0] * errors[0] + w[1] * errors[1]) == pytest.approx(delta)


def test_what_the_answers_say_in_words_is_so():
    (slow,), (fast,) = told("saturation", "delta.1.1"), told("cross_entropy", "delta.1.1")
    assert 50 < fast / slow < 60
    assert told("symmetry", "delta.1.1") == told("symmetry", "delta.1.2")
    assert told("dead", "delta.1.2") == [0]
    first, second, third = told("rate", "C@1", "C@2", "C@3")
    assert first < second < third
    a, grad = told("jacobian", "a.2.1", "grad.2.1")
    assert a * (1 - a) * grad == pytest.approx(told("jacobian", "delta.2.1")[0] / 2)
    w, moved = told("techniques", "W.2.1.1", "W_new.2.1.1")
    assert w - moved == pytest.approx(0.01, rel=1e-3)
    assert float(ACTIVATIONS["sigmoid"].df(0.0)) == 0.25
    assert number(*told("together", "C@2"), 10) == "0.2910277737"
    assert value_at(BY_NAME["near_zero"].opens, "C") > 0.49
    three, two, six = told("nonlinear", "W.1.1.1", "W.2.1.1", "a.2.1")
    assert (three, two, six) == (3, 2, 6)
    largest = told("backward", "db.2.1")[0]
    others = [
        f"{name}.{l}.{j}.{k}"
        for name in ("dW", "db")
        for l in (1, 2)
        for j in (1, 2)
        for k in (1, 2)[: 1 + (name == "dW")]
    ]
    assert largest == max(abs(value) for value in told("backward", *others))


def test_equal_weights_of_zero_let_no_error_through():
    assert value_at(BY_NAME["symmetry"].opens | {"init": "zeros"}, "delta.1.1") == 0
