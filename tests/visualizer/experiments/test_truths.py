"""Sentences of the experiments that are about more than figures: the shape of the loss where a run is."""

import numpy as np
import pytest

from engine.passes import trace
from engine.settings import Task
from tests.visualizer.experiments.test_experiments import run
from visualizer.experiments import EXPERIMENTS

STEP = 1e-5


def slope_of(network, task):
    """The gradient of the cost by all parameters, in the order of theta."""
    kept = trace(network, *task.samples(), task.loss)
    blocks = (np.hstack((kept.value("dW", l), kept.value("db", l))).ravel() for l in range(1, len(network.layers) + 1))
    return np.concatenate(list(blocks))


def curvatures(network, task):
    """The eigenvalues of the Hessian, ascending, and their directions: differences of gradients."""
    theta = network.theta
    columns = [
        (slope_of(network.with_theta(theta + h), task) - slope_of(network.with_theta(theta - h), task)) / (2 * STEP)
        for h in STEP * np.eye(len(theta))
    ]
    return np.linalg.eigh((np.array(columns) + np.array(columns).T) / 2)


def loss_of(network, task):
    return trace(network, *task.samples(), task.loss).loss


def test_the_published_run_ends_in_no_minimum_but_in_a_trough_that_runs_on():
    task, kept = Task(), run("xor", 0)
    end = kept.network_at(10_000)
    values, directions = curvatures(end, task)
    assert values[0] < -1e-4
    assert np.linalg.norm(slope_of(end, task)) > 1e-3
    lower = min(loss_of(end.with_theta(end.theta + side * directions[:, 0]), task) for side in (-0.5, 0.5))
    assert lower < kept.loss[-1]
    assert np.diff(kept.loss[[2000, 4000, 6000, 8000, 10_000]]).max() < 0
    assert kept.loss[-1] > 1 / 6
    lengths = [np.abs(kept.network_at(epoch).theta).max() for epoch in (2500, 5000, 10_000)]
    assert lengths == sorted(lengths)


@pytest.mark.parametrize("k", [1, 2])
def test_adam_only_comes_nearer_to_an_eighth(k):
    kept = run("xor", k)
    outputs = np.sort(kept.network_at(kept.epochs).predict(Task().samples()[0]).ravel())
    assert kept.loss[-1] == pytest.approx(1 / 8, abs=2e-3)
    assert np.abs(outputs - 0.5).argsort()[:2].size == 2
    assert np.sort(np.abs(outputs - 0.5))[:2].max() < 0.05


def test_a_third_and_two_thirds_are_the_best_for_samples_that_share_an_output():
    shared = np.linspace(0, 1, 10_001)
    three = (2 * (1 - shared) ** 2 + shared**2) / 4
    two = (shared**2 + (1 - shared) ** 2) / 4
    assert (shared[three.argmin()], three.min()) == pytest.approx((2 / 3, 1 / 6), abs=1e-4)
    assert (shared[two.argmin()], two.min()) == pytest.approx((1 / 2, 1 / 8), abs=1e-4)


def test_the_loss_jumps_about_where_its_curvature_is_near_two_over_the_rate():
    task, kept = EXPERIMENTS["rates"].tasks[2], run("rates", 2)
    largest = [curvatures(kept.network_at(epoch), task)[0][-1] for epoch in range(150, 301, 15)]
    assert np.median(largest) == pytest.approx(2 / task.eta, rel=0.35)
    assert (kept.loss[-100:].min(), kept.loss[-100:].max()) == pytest.approx((0.1, 0.4), rel=0.2)


def test_no_unit_saturates_while_the_loss_jumps():
    task, kept = EXPERIMENTS["rates"].tasks[2], run("rates", 2)
    passes = [trace(kept.network_at(epoch), *task.samples(), task.loss) for epoch in range(100, 301, 20)]
    assert max((np.abs(kept.value("a", 1)) > 0.95).mean() for kept in passes) < 0.15


@pytest.mark.parametrize("epoch", [0, 1, 3])
def test_along_the_output_bias_the_curvature_is_2_wherever_the_network_is(epoch):
    task, kept = EXPERIMENTS["rates"].tasks[3], run("rates", 3)
    network = kept.network_at(epoch)
    moved = np.zeros(len(network.theta))
    moved[-1] = 1.0  # the error is a square, so a step of any size gives the same
    slopes = [slope_of(network.with_theta(network.theta + side * moved), task)[-1] for side in (1, -1)]
    assert (slopes[0] - slopes[1]) / 2 == pytest.approx(2, rel=1e-3)
    assert task.eta > 2 / 2
