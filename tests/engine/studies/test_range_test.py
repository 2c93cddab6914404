"""Range tests of the rate: what they find is tried."""

import numpy as np
import pytest

from engine.optimizers import OPTIMIZERS
from engine.settings import Task
from engine.studies import RunDriver, range_test

MOONS = Task("moons", hidden=(6,), activations=("tanh", "sigmoid"), loss="binary_cross_entropy", init="xavier_uniform")


def last(task):
    driver = RunDriver(task)
    while driver.advance(1.0):
        pass
    return driver.trial.loss[-1]


@pytest.mark.parametrize("batch", [0, 16])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_has_a_rate_at_which_the_loss_falls_and_one_from_which_it_does_not(optimizer, batch):
    found = range_test(MOONS.drawn(optimizer=optimizer, batch=batch))
    assert found.rates[0] < found.steepest <= found.lowest <= found.rates[-1]
    assert found.losses[found.rates <= found.lowest][-1] == found.losses.min()
    assert np.isfinite(found.losses).all()
    assert found.stable > 0


def test_the_steepest_rate_learns_more_than_one_a_thousandth_of_it():
    found = range_test(MOONS)
    good, small = (last(MOONS.drawn(eta=rate, epochs=200)) for rate in (found.steepest, found.steepest / 1000))
    assert good < 0.7 * small


@pytest.mark.parametrize("seed", range(8))
def test_batches_that_differ_are_not_taken_for_a_fall(seed):
    task = Task("moons", 60, hidden=(5,), activations=("tanh", "sigmoid"), loss="binary_cross_entropy", batch=8)
    found = range_test(task.drawn(seed=seed, held=20))
    assert found.stable / 300 < found.steepest < 3 * found.stable


def test_the_stable_rate_of_a_parabola_is_two_over_its_curvature():
    rows = "x,y\n1,1\n-1,-1"
    task = Task("own", hidden=(), activations=("linear",), loss="quadratic", rows=rows, init="zeros")
    found = range_test(task)
    assert found.stable == pytest.approx(2.0, rel=1e-3)  # λ = 1
    assert found.losses[found.rates < 2].max() <= found.losses[0] + 1e-12
