import re

import numpy as np
import pytest

from engine.core import LANGUAGES
from visualizer.exercises import LEVELS, exercise, quick
from visualizer.writing import number

MADE = [(level, seed) for level in LEVELS for seed in (1, 2, 3, 4)]


def asked(level, seed, name):
    return next((question for question in quick(exercise(level, seed)) if question.name == name), None)


@pytest.mark.parametrize(("level", "seed"), MADE)
def test_choices_are_different_and_one_of_them_is_correct(level, seed):
    for question in quick(exercise(level, seed)):
        for lang in LANGUAGES:
            assert len({choice(lang) for choice in question.choices}) == len(question.choices) > 1
        assert 0 <= question.right < len(question.choices)


@pytest.mark.parametrize(("level", "seed"), MADE)
def test_the_answers_are_computed(level, seed):
    trace = exercise(level, seed).trace
    last = len(trace.given.sizes) - 1
    sign = asked(level, seed, "sign")
    error = trace.value("delta", last)[0, 0]
    assert ("positive", "negative", "zero")[sign.right] == {1: "positive", -1: "negative", 0: "zero"}[np.sign(error)]
    equation = asked(level, seed, "equation")
    named = {"δ": {"BP1", "BP2"}, "b": {"BP3"}, "W": {"BP4"}}
    (letter,) = (letter for letter in named if letter in equation.ask.en.replace("BP", "").removeprefix("Which"))
    assert equation.choices[equation.right].en in named[letter]
    shape = asked(level, seed, "shape")
    if shape:
        shapes = {"{} × {}".format(*trace.value("dW", l).shape) for l in range(1, last + 1)}
        assert shape.choices[shape.right].en in shapes
    largest = asked(level, seed, "largest")
    if largest:
        sizes = [np.abs(trace.value("dW", l)).ravel() for l in range(1, last + 1)]
        assert any(len(size) == len(largest.choices) and size.argmax() == largest.right for size in sizes)


def test_every_kind_is_asked_somewhere():
    names = {question.name for level, seed in MADE for question in quick(exercise(level, seed))}
    assert names == {"equation", "shape", "sign", "largest"}


def test_the_reason_of_the_largest_gradient_has_its_numbers_and_names_the_largest_weight_only_where_it_is():
    for level, seed in MADE:
        largest, trace = asked(level, seed, "largest"), exercise(level, seed).trace
        if largest and trace.m == 1:
            l = int(re.search(r"layer (\d)", largest.ask.en)[1])
            sizes, weights = np.abs(trace.value("dW", l)), np.abs(trace.value("W", l))
            assert number(float(sizes.max())) in largest.why.en
            assert ("Another edge" in largest.why.en) == (weights.flat[sizes.argmax()] < weights.max())
