"""Arithmetic of the penalty and of clipping, against sums that are made of the values."""

import re

import numpy as np
import pytest

from engine import REGULARIZERS
from tests.visualizer.equations.test_techniques import steps
from visualizer.equations.techniques import lines, lines_with_numbers


@pytest.mark.parametrize("penalty", [name for name in REGULARIZERS if name != "none"])
def test_the_sums_of_the_layers_come_to_the_penalty(penalty):
    trace, found = steps(penalty, "none")
    first = lines_with_numbers(trace, found["penalty"], repr)[0]
    strength, *sums = map(float, re.findall(r"\d+\.\d+(?:e-\d+)?", first))
    assert strength * sum(sums) == pytest.approx(float(trace.value("penalty", 0)), rel=1e-12)


@pytest.mark.parametrize("biases", [True, False])
def test_the_squares_of_the_layers_come_to_the_length_that_clipping_measures(biases):
    trace, found = steps("l2", "norm", train_bias=biases)
    first = lines_with_numbers(trace, found["clip"], repr)[0]
    sums = map(float, re.findall(r"\d+\.\d+(?:e-\d+)?", first))
    assert np.sqrt(sum(sums)) == pytest.approx(float(trace.value("norm", 0)), rel=1e-12)
    assert ("gb" in lines(trace, found["clip"])[0]) == biases
