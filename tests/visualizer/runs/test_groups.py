from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from engine.settings import Task
from engine.studies import RunDriver
from visualizer.runs import NamedRun, differing, group_name, groups
from visualizer.runs.groups import band, colours
from visualizer.writing import palette

SHORT = Task(epochs=12)


def run(task, colour=0, change=None):
    driver = RunDriver(task)
    driver.advance(60, 6)
    if change:
        driver.change(replace(task, **change))
    driver.advance(60)
    return NamedRun("", driver.trial, colour)


RUNS = [
    run(replace(SHORT, eta=eta, seed=seed, optimizer=optimizer), 3 * seed)
    for eta, optimizer in ((2.0, "sgd"), (0.1, "adam"), (0.5, "sgd"))
    for seed in (1, 2)
]
CHANGED = run(replace(SHORT, eta=0.1), 9, {"eta": 0.5})


def test_the_settings_that_tell_runs_apart_stand_as_names_say_them():
    assert differing(RUNS) == ("eta", "optimizer", "seed")
    assert differing([*RUNS[:1], CHANGED]) == ("eta",)
    assert differing(RUNS[:1]) == ()


def test_groups_of_numbers_rise_and_have_colours_in_an_order():
    found = groups(RUNS, "eta")
    assert [group.values for group in found] == [(0.1,), (0.5,), (2.0,)]
    assert [[one.trial.task.seed for one in group.runs] for group in found] == [[1, 2]] * 3
    assert [group.colour for group in found] == palette.ordered(3)
    assert group_name(found[0], "eta", "en") == "η = 0.1 (2 runs)"
    assert group_name(found[0], "eta", "zh") == "η = 0.1（2 次训练）"


def test_groups_of_records_stand_as_they_come_in_colours_of_their_own():
    found = groups(RUNS, "optimizer")
    assert [(group.values, len(group.runs)) for group in found] == [(("sgd",), 4), (("adam",), 2)]
    assert [group.colour for group in found] == list(palette.SERIES[:2])


def test_a_run_that_was_changed_midway_has_a_group_of_its_own_that_says_so():
    found = groups([*RUNS, CHANGED], "eta")
    assert (0.1, 0.5) in [group.values for group in found]
    (own,) = (group for group in found if group.runs == (CHANGED,))
    assert group_name(own, "eta", "en") == "η = 0.1 → η = 0.5 (1 run)"


def test_a_colour_is_a_runs_own_or_that_of_its_value():
    assert colours(RUNS) == [palette.SERIES[one.colour % len(palette.SERIES)] for one in RUNS]
    low, middle, high = palette.ordered(3)
    assert colours(RUNS, "eta") == [high, high, low, low, middle, middle]


@given(st.lists(st.lists(st.floats(-5, 5), min_size=1, max_size=60), min_size=1, max_size=5))
def test_at_each_epoch_the_band_is_of_the_runs_that_reach_it(curves):
    found = band([(np.arange(len(y)), np.array(y)) for y in curves], whole=True)
    assert_array_equal(found.x, np.arange(max(map(len, curves))))
    for epoch, mean, deviation, number in zip(*found, strict=True):
        there = [y[int(epoch)] for y in curves if epoch < len(y)]
        assert number == len(there)
        assert mean == pytest.approx(np.mean(there), abs=1e-12)
        assert deviation == pytest.approx(np.std(there, ddof=1) if len(there) > 1 else 0, abs=1e-12)


def test_what_is_not_finite_does_not_count():
    found = band([(np.arange(4), np.array([1.0, 2.0, np.inf, np.nan])), (np.arange(4), np.full(4, 3.0))], whole=True)
    assert_allclose(found.mean, [2, 2.5, 3, 3])
    assert found.number.tolist() == [2, 2, 1, 1]
    assert len(band([(np.arange(2), np.full(2, np.nan))], whole=True).x) == 0


def test_between_the_places_of_a_run_its_curve_is_straight():
    found = band([(np.array([0.0, 2.0]), np.array([0.0, 4.0])), (np.array([0.0, 1.0]), np.array([2.0, 2.0]))], False)
    assert_allclose(found.mean, np.where(found.x <= 1, (2 * found.x + 2) / 2, 2 * found.x))
