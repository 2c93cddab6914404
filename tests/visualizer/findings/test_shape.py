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


@pytest.mark.parametrize(("last", "tenth"), [(0, 0), (1, 1), (10, 1), (11, 2), (100, 10), (101, 11)])
def test_a_tenth_of_a_run_is_rounded_up(last, tenth):
    assert shape.tenth(made([1.0] * (last + 1))) == tenth


def test_a_curve_is_smoothed_over_a_hundredth_of_it_and_keeps_its_length_and_its_place():
    for n in (1, 99, 199):
        curve = np.arange(n, dtype=float)
        assert shape.smooth(curve).tolist() == curve.tolist()
    for n, width in ((300, 3), (400, 4)):
        step = np.where(np.arange(n) == n // 2, 1.0, 0.0)
        found = np.flatnonzero(shape.smooth(step) > 1e-9)
        assert (len(shape.smooth(step)), len(found)) == (n, width)
        assert found[0] <= n // 2 <= found[-1]
        assert shape.smooth(step)[found] == pytest.approx(1 / width)
        assert abs(found.mean() - n // 2) <= 0.5


@pytest.mark.parametrize(
    ("holds", "reach", "found"),
    [
        ([0, 1, 1, 0, 1], 0, [(1, 2), (4, 4)]),
        ([0, 1, 1, 0, 1], 3, [(1, 5), (4, 7)]),
        ([1, 1], 0, [(0, 1)]),
        ([0, 0], 0, []),
        ([], 0, []),
    ],
)
def test_stretches_have_a_first_and_a_last_place(holds, reach, found):
    assert shape.stretches(np.array(holds, bool), reach) == found


def test_a_loss_below_zero_has_no_shares():
    assert shape.signed(made([1.0, -0.1]))
    assert not shape.signed(made([1.0, 0.0]))
    loss = np.concatenate((np.linspace(2, 1, 50), np.full(50, -1.0)))
    assert (shape.still(made(loss)), shape.falls(made(loss)), shape.rises(made(loss))) == ([], False, False)
    assert shape.longest_swing(made(loss))[:2] == (0, 0)


@pytest.mark.parametrize(
    ("loss", "since"),
    [
        (np.full(21, 1.0), 0),
        (np.full(20, 1.0), None),
        (np.linspace(1.0, 0.981, 21), 0),
        (np.linspace(1.0, 0.5, 21), None),
        (np.concatenate((np.full(50, 1.0), np.linspace(0.97, 0.4, 20))), None),
    ],
    ids=lambda value: str(len(value)) if isinstance(value, np.ndarray) else None,
)
def test_a_loss_stands_still_at_the_end_since(loss, since):
    assert shape.flat_since(made(loss)) == since


def test_a_loss_that_is_small_stands_nowhere_still():
    small = CurveEvidence(np.full(41, 1.0), 26.0, lambda i: Text(f"{i}", f"{i}"))
    assert shape.still(small) == []
    assert shape.still(CurveEvidence(np.full(41, 1.0), 25.0, small.place)) == [(0, 40)]


@pytest.mark.parametrize(
    ("loss", "falls"),
    [
        ([1.0, 0.99], False),
        ([1.0, 0.99, 0.985], True),
        ([1.0, 0.99, 0.986], False),  # less than half as much as before
        ([1.0, 0.999, 0.997], True),
        ([1.0, 0.999, 0.998], False),  # by less than two thousandths
        ([1.0, 0.8, 0.9], False),
        (np.linspace(1, 0.8, 21), True),
        (np.linspace(1, 0.9, 21), False),
    ],
    ids=str,
)
def test_a_loss_falls_that_falls_as_steadily_as_before_and_by_more_than_nothing(loss, falls):
    assert shape.falls(made(loss)) == falls
    assert not shape.falls(made(loss, end=False))


@pytest.mark.parametrize(
    ("loss", "rises"),
    [([1.0, 0.5, 0.59], False), ([1.0, 0.5, 0.61], True), ([1.0, 2.0], False), ([1.0, 0.5, 0.5], False)],
    ids=str,
)
def test_a_loss_has_risen_that_ends_a_fifth_above_its_lowest(loss, rises):
    assert shape.rises(made(loss)) == rises
    assert not shape.rises(made(loss, end=False))


@pytest.mark.parametrize(("steps", "swings"), [(22, True), (21, False)])
def test_a_swing_turns_twice_in_a_tenth_of_the_run(steps, swings):
    loss = np.resize([2.0, 1.0], steps)
    assert bool(len(shape.longest_swing(made(loss))[2])) == swings


@pytest.mark.parametrize(("up", "swings"), [(0.021, True), (0.019, False)])
def test_a_swing_goes_up_by_two_hundredths_of_itself(up, swings):
    loss = np.resize([1.0 + up, 1.0], 60)
    assert bool(len(shape.longest_swing(made(loss))[2])) == swings


@pytest.mark.parametrize(("period", "swings"), [(4, True), (5, False)])
def test_a_swing_goes_up_in_a_quarter_of_the_epochs_and_down_in_as_many(period, swings):
    once_up = np.resize([2.0] + [1.0 + (period - k) / period / 10 for k in range(1, period)], 400)
    assert bool(len(shape.longest_swing(made(once_up))[2])) == swings
