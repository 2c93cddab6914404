"""Architectures: where each parameter lies in theta, counted by hand."""

import numpy as np
import pytest

from engine.layers import Architecture, count_parameters
from engine.layers.architecture import strengths, trained

PLAIN = Architecture((2, 3, 1), ("tanh", "sigmoid"), (True, False), np.dtype("float64"))
NORMED = PLAIN._replace(norms=(True, False), dropouts=(0.25, 0.0))


def test_parameters_are_weights_and_biases_and_scales_and_shifts():
    assert count_parameters((2, 3, 1)) == 3 * 2 + 3 + 1 * 3 + 1
    assert (PLAIN.parameters, PLAIN.numbers) == (13, 13)
    assert (NORMED.parameters, NORMED.numbers) == (13 + 2 * 3, 13 + 4 * 3)  # a scale, a shift and two averages a neuron


@pytest.mark.parametrize("architecture", [PLAIN, NORMED], ids=["plain", "normalized"])
def test_blocks_and_columns_fill_theta_without_gap_or_overlap(architecture):
    parts = [*(part for part, _ in architecture.blocks), *(part for *_, part in architecture.columns)]
    taken = np.zeros(architecture.numbers, int)
    for part in parts:
        taken[part] += 1
    assert (taken == 1).all()
    assert [shape for _, shape in architecture.blocks] == [
        (3, 3),
        (1, 4),
    ]  # a row a neuron, its bias behind its weights


def test_columns_stand_behind_the_blocks_those_that_are_trained_first():
    assert [name for name, _, _ in NORMED.columns] == ["gamma", "beta", "mean", "variance"]
    assert [part.start for *_, part in NORMED.columns] == [13, 16, 19, 22]
    assert PLAIN.columns == []


def test_biases_that_are_not_trained_are_masked_and_no_other_number():
    assert trained(PLAIN).tolist() == [1] * 12 + [0]
    assert trained(PLAIN._replace(train_bias=(True, True))) == 1


def test_a_penalty_pulls_at_weights_alone():
    expected = [0.5, 0.5, 0] * 3 + [0.5] * 3 + [0]
    assert strengths(PLAIN, 0.5).tolist() == expected
    assert strengths(NORMED, 0.5).tolist() == expected + [0] * 6


def test_a_layer_says_what_is_done_in_it():
    assert [NORMED.is_normed(1), NORMED.is_normed(2), PLAIN.is_normed(1)] == [True, False, False]
    assert [NORMED.dropout(1), NORMED.dropout(2), PLAIN.dropout(1)] == [0.25, 0, 0]
    assert (PLAIN.has_modes, NORMED.has_modes, NORMED._replace(norms=()).has_modes) == (False, True, True)
