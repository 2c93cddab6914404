import numpy as np
import pytest

from tests.visualizer.runs.test_groups import CHANGED, RUNS
from tests.visualizer.trials import TASKS, trial_of
from visualizer.runs import AXES, QUANTITIES, Look
from visualizer.runs.look import curves_of


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("name", TASKS)
def test_an_axis_has_a_place_for_each_epoch_and_begins_with_nothing(name, axis):
    trial = trial_of(name)
    places = AXES[axis].places(trial)
    assert len(places) == trial.epochs + 1
    assert places[0] == 0
    assert (np.diff(places) > 0).all()
    assert AXES[axis].whole == (places.dtype.kind == "i")


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_each_curve_stands_at_the_places_of_its_epochs(quantity):
    for run in (*RUNS, CHANGED):
        for curve in curves_of(run.trial, Look(quantity, "update")):
            np.testing.assert_array_equal(curve.x, AXES["update"].places(run.trial)[curve.epochs])
            assert len(curve.y) == len(curve.x)


def test_seconds_go_on_over_a_change_midway():
    seconds = CHANGED.trial.seconds
    first, second = (segment.history.seconds for segment in CHANGED.trial.segments)
    assert seconds[len(first)] == pytest.approx(first.sum())
    assert seconds[-1] == pytest.approx(first.sum() + second.sum())
