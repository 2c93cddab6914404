"""Matrices that hold their biases: under the name Theta they are known; under others the line is asked for."""

import numpy as np
import pytest

from engine.weights.readings import readings_of
from tests.engine.weights.test_readings import W1, W2, b1, b2


def joined(W, b, last=False):
    parts = [b[:, None], W]
    return np.hstack(parts[::-1] if last else parts)


@pytest.mark.parametrize(("name", "told"), [("Theta", 1), ("W", 2)])
def test_the_first_column_holds_the_biases(name, told):
    read = readings_of({f"{name}1": joined(W1, b1), f"{name}2": joined(W2, b2)})
    assert read.told == told
    weights = read.found[0]
    for part, W, b in zip(weights.parts, (W1, W2), (b1, b2), strict=True):
        assert np.array_equal(part.W, W)
        assert np.array_equal(part.b, b)
    assert any("first column" in words.en for words in weights.said)


def test_the_last_column_and_rows_are_offered():
    read = readings_of({"W1": joined(W1, b1, last=True).T, "W2": joined(W2, b2, last=True).T})
    found = [weights for weights in read.found if np.array_equal(weights.parts[0].W, W1)]
    assert any("last row" in words.en for words in found[0].said)


def test_names_that_tell_biases_or_a_layout_are_believed():
    assert "column" not in str(readings_of({"W1": W1, "b1": b1, "W2": W2, "b2": b2}).found[0].said)
    plain = readings_of({"Theta1": W1, "Theta2": W2}).the_one()
    assert plain.sizes == (3, 4, 2)
