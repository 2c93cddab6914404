"""Shapes of made-up curves."""

import numpy as np
import pytest

from engine import Text
from visualizer.findings import shape
from visualizer.findings.curve_evidence import CurveEvidence


def made(loss, end=True):
    """Return the evidence of a curve with this loss, and an end unless it has diverged; nothing in it is too small."""
    whole = np.append(loss, [] if end else [np.nan])
    return CurveEvidence(whole, 0.0, lambda i: Text(f"{i}", f"{i}"))


def test_a_swing_goes_on_to_the_very_last_epoch():
    first, last, ups = shape.longest_swing(made(np.tile([1.0, 2.0], 50)))  # it ends with a step up
    assert (first, last) == (0, 99)
    assert (len(ups), np.median(ups)) == (50, 1.0)


def test_on_the_way_to_infinity_it_is_no_swing_beyond_the_lowest_loss():
    loss = np.concatenate((np.tile([1.0, 2.0], 50), [0.5], np.tile([4.0, 9.0], 50)))
    assert shape.longest_swing(made(loss, end=False))[:2] == (0, 99)


def test_a_stretch_that_stands_still_is_told_from_its_first_to_its_last_epoch():
    loss = np.concatenate((np.linspace(2, 1, 100), np.full(401, 1.0), np.linspace(0.99, 0.1, 500)))
    ((first, last),) = shape.still(made(loss))
    assert abs(first - 100) <= 5
    assert abs(last - 500) <= 15
    assert shape.flat_since(made(loss)) is None
    assert abs(shape.flat_since(made(loss[:501])) - 100) <= 10


@pytest.mark.parametrize(
    ("loss", "falls", "rises"),
    [
        (1 - np.arange(1001) / 2000, True, False),
        (np.exp(-np.arange(1001) / 50) + 1, False, False),
        ([2.4, 2.38, 2.35, 2.31], True, False),
        (np.concatenate((np.linspace(2, 1, 50), np.linspace(1, 3, 50))), False, True),
        (np.tile([1.0, 2.0], 50), False, True),
    ],
)
def test_how_a_curve_ends(loss, falls, rises):
    assert (shape.falls(made(loss)), shape.rises(made(loss))) == (falls, rises)
