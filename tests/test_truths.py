"""Sentences of the engine that a computation can hold: what they say of masks, penalties, means and schedules."""

from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS
from engine.catalogue import REGULARIZERS, SCHEDULES
from engine.optimizers.laws import BETA2
from engine.settings import Model, model_from_query
from engine.training import METRICS, scores


def masks(iteration):
    """The mask of a batch of four samples in an iteration."""
    model, problems = model_from_query(
        {"sizes": "2-8-1", "x": "1_2~1_2~1_2~1_2", "y": "0~1~1~0", "dropout": "0.5", "seed": "1"}
    )
    assert problems == []
    return replace(model, iteration=iteration).trace().value("mask", 1)


def test_dropout_draws_a_mask_for_each_sample_and_each_update():
    first, second = masks(1), masks(2)
    assert len(np.unique(first, axis=1).T) > 1
    assert not np.array_equal(first, second)


def test_an_l1_penalty_draws_weights_to_zero_and_gradient_steps_swing_about_it():
    penalty, eta, strength, w = REGULARIZERS["l1"], 0.1, 0.2, 0.305
    path = []
    for _ in range(100):
        w = w - eta * strength * float(penalty.slope(np.array(w)))
        path.append(w)
    last = np.array(path[-20:])
    assert (np.abs(last) < eta * strength).all()
    assert (last != 0).all()
    assert (np.sign(last[1:]) != np.sign(last[:-1])).all()


def test_f1_of_several_classes_is_not_the_harmonic_mean_of_the_averages():
    outputs, targets = np.eye(3)[[0, 0, 1, 1, 2, 0]], np.eye(3)[[0, 1, 1, 2, 2, 0]]
    found = scores(outputs, targets)
    harmonic = 2 * found.precision * found.recall / (found.precision + found.recall)
    assert abs(found.f1 - harmonic) > 0.005
    assert "several classes" in METRICS["f1"].why.en


def test_the_rate_of_1_over_t_ends_at_an_eleventh():
    assert SCHEDULES["inverse_time"].factor(10_000, 10_000) == pytest.approx(1 / 11)
    assert "η/11" in SCHEDULES["inverse_time"].why.en


def test_a_slope_may_be_above_one():
    z = np.linspace(-6, 6, 2001)
    assert max(np.abs(ACTIVATIONS[name].df(z)).max() for name in ("silu", "gelu")) > 1.09


def test_the_second_moment_of_adam_takes_thousands_of_updates_to_fill():
    decay = BETA2
    assert 1 - decay**1000 < 0.65
    assert 1 - decay**4600 == pytest.approx(0.99, abs=1e-3)


def test_one_sample_may_switch_a_relu_off_that_another_switches_on():
    model = Model.of_example("homework_dead_hidden")
    network = model.network()
    assert network.layers[0].b[1, 0] == -1
    z = [network.layers[0].W @ np.array(x) + network.layers[0].b[:, 0] for x in ((1.2, 0.5), (3.0, 1.0))]
    assert z[0][1] < 0 < z[1][1]
