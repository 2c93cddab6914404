import pickle

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import OPTIMIZERS, SCHEDULES, Network
from engine.passes import trace
from engine.training import Evaluation, Loop, loop, order_of, settings_of
from tests.engine.oracles import draw_network

RNG = np.random.default_rng(3)
X, Y = RNG.normal(size=(11, 2)), RNG.random((11, 1))
NET = Network.random((2, 3, 1), ("tanh", "sigmoid"), seed=1)


def settings(batch=None, optimizer="adam", record="running", validation=None, schedule="constant"):
    rest = ("quadratic", optimizer, 0.05, batch, True, 1, record, validation, schedule)
    return settings_of(NET, X, Y, *rest, epochs=6)


def begun(**how):
    made = settings(**how)
    return Loop(made, NET.theta, made.optimizer.init(NET.theta))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("record", ["running", "full"])
def test_an_epoch_in_updates_is_the_epoch_at_once(optimizer, record):
    one, other = (begun(batch=4, optimizer=optimizer, record=record, validation=0.2) for _ in range(2))
    for _ in range(3):
        one.advance()
        for _ in other.updates():
            pass
        assert (one.loss, one.held_out_loss, one.done) == (other.loss, other.held_out_loss, other.done)
        assert_array_equal(one.theta, other.theta)


def test_what_a_loop_was_given_stays_as_it_was():
    theta = NET.theta.copy()
    made = settings()
    state = made.optimizer.init(NET.theta)
    Loop(made, NET.theta, state).advance()
    assert_array_equal(NET.theta, theta)
    assert not any(np.any(value) for value in state.values())


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_the_rate_of_an_epoch_is_what_its_schedule_says(schedule):
    running = begun(schedule=schedule, optimizer="sgd")
    for epoch in range(1, 4):
        before = NET.with_theta(running.theta.copy())
        running.advance()
        rate = 0.05 * SCHEDULES[schedule].factor(epoch - 1, 6)
        assert_allclose(running.theta, trace(before, X, Y, "quadratic", "sgd", rate).network.theta, rtol=1e-13)


def result(generator):
    """The return value of a generator that has been asked to its end."""
    found = []

    def asked():
        found.append((yield from generator))

    for _ in asked():
        pass
    return found[0]


@pytest.mark.parametrize("at_once", [1, 4, 11, 4096])
def test_the_cost_of_a_set_is_that_of_a_pass_in_however_many_parts(at_once, monkeypatch):
    monkeypatch.setattr(loop, "_MOST_SAMPLES_AT_ONCE", at_once)
    taken = Evaluation(begun(), X, Y)
    assert_allclose(taken(), trace(NET, X, Y, "quadratic").loss, rtol=1e-13)
    assert result(taken.by_parts()) == taken()


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_a_single_parameter_that_is_not_finite_is_seen(wrong):
    running = begun()
    running.advance()
    assert running.finite
    running.theta[-1] = wrong
    with np.errstate(all="ignore"):
        assert not running.finite


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_settings_reach_another_process_with_their_records(optimizer, schedule):
    made = settings(optimizer=optimizer, schedule=schedule)
    there = pickle.loads(pickle.dumps(made))
    assert there.optimizer is made.optimizer
    assert there.schedule is made.schedule
    one, other = (Loop(each, NET.theta, each.optimizer.init(NET.theta)) for each in (made, there))
    one.advance()
    other.advance()
    assert_array_equal(one.theta, other.theta)


def test_the_networks_of_a_stack_lie_side_by_side_while_they_are_small():
    small, large = (draw_network(RNG, (2, n, 1), ("tanh", "sigmoid")).architecture for n in (2, 200))
    assert order_of(small, 4) == "F"
    assert order_of(large, 4) == order_of(small, 400) == "C"
