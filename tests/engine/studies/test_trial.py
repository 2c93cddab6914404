from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine import OPTIMIZERS
from engine.passes import trace
from engine.settings import Task
from engine.studies import RunDriver, untrained

MOONS = Task("moons", 40, hidden=(5,), activations=("tanh", "sigmoid"), loss="binary_cross_entropy", batch=8, epochs=30)


def done(task, *changes):
    training = RunDriver(task, *changes)
    while training.advance(1):
        pass
    return training.trial


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_pause_changes_nothing(optimizer):
    task = replace(MOONS, optimizer=optimizer, eta=0.01)
    paused = RunDriver(task)
    for _ in range(7):
        paused.advance(60, most=3)
    assert paused.epochs == 21
    while paused.advance(0.001):
        pass
    assert_array_equal(paused.trial.loss, done(task).loss)


@pytest.mark.parametrize("data", [{"held": 25}, {"dropout": 0.3, "schedule": "cosine"}], ids=["held", "dropout"])
def test_an_epoch_that_takes_longer_than_a_portion_is_gone_on_with(data):
    task = replace(MOONS, batch=1, epochs=3, optimizer="momentum", eta=0.01, **data)
    training, portions = RunDriver(task), 1
    while training.advance(1e-9):
        portions += 1
        assert training.epochs == (training.trial.epochs if training.trial else 0)
    assert portions >= 3 * len(training.trial.data[0])
    assert_array_equal(training.trial.loss, done(task).loss)
    assert_array_equal(training.trial.network_at(3).theta, done(task).network_at(3).theta)


def test_a_change_within_an_epoch_goes_on_from_the_last_whole_one():
    task = replace(MOONS, batch=1, epochs=3)
    training = RunDriver(task)
    for _ in range(40 + 17):
        training.advance(1e-9)
    assert training.epochs == 1
    before = training.trial.network_at(1).theta
    training.change(replace(task, eta=0.7))
    while training.advance(1):
        pass
    assert training.trial.changes == {1: {"eta": 0.7}}
    assert_array_equal(training.trial.network_at(1).theta, before)
    assert_array_equal(training.trial.loss, done(task, (1, replace(task, eta=0.7))).loss)


def test_the_loss_begins_with_that_of_the_given_network_and_is_that_of_the_whole_set():
    trial = done(replace(MOONS, held=25))
    for epoch in (0, 1, 30):
        network = trial.network_at(epoch)
        assert trial.loss[epoch] == pytest.approx(trace(network, *trial.data, MOONS.loss).loss, rel=1e-12)
        assert trial.held_out_loss[epoch] == pytest.approx(trace(network, *trial.held_out, MOONS.loss).loss, rel=1e-12)
    assert len(trial.loss) == len(trial.held_out_loss) == 31
    assert (len(trial.data[0]), len(trial.held_out[0])) == (30, 10)
    assert done(MOONS).held_out_loss is None


def test_changes_on_the_way_can_be_planned_and_are_told():
    live = RunDriver(MOONS)
    live.advance(60, most=10)
    live.change(replace(MOONS, eta=0.5))
    live.advance(60, most=5)
    live.change(replace(MOONS, eta=0.5, optimizer="adam"))
    while live.advance(1):
        pass
    assert live.trial.changes == {10: {"eta": 0.5}, 15: {"optimizer": "adam"}}
    (_, first), *changes = live.plan
    again = done(first, *changes)
    assert_array_equal(again.loss, live.trial.loss)
    for epoch in (0, 9, 10, 14, 15, 29, 30):
        assert_array_equal(again.network_at(epoch).theta, live.trial.network_at(epoch).theta)


def test_the_memory_of_an_optimizer_outlives_a_change_of_its_rate_only():
    task = replace(MOONS, optimizer="momentum", eta=0.01)
    same, other = done(task, (10, replace(task, eta=0.02))), done(task, (10, replace(task, optimizer="nesterov")))
    assert same.state_at(10)["v"].any()
    assert not other.state_at(10)["v"].any()


def test_a_trial_that_has_ended_goes_on_for_longer():
    training = RunDriver(MOONS)
    while training.advance(1):
        pass
    assert (training.epochs, training.ended) == (30, True)
    training.change(MOONS)
    assert not training.advance(1)
    training.change(replace(MOONS, epochs=50))
    while training.advance(1):
        pass
    assert training.epochs == training.trial.epochs == 50
    assert_array_equal(training.trial.loss, done(replace(MOONS, epochs=50)).loss)


def test_a_change_before_the_first_epoch_replaces_the_settings():
    training = RunDriver(MOONS)
    training.change(replace(MOONS, eta=0.7))
    assert training.trial is None
    while training.advance(1):
        pass
    assert_array_equal(training.trial.loss, done(replace(MOONS, eta=0.7)).loss)


def test_settings_with_which_no_epoch_was_done_are_no_part_of_the_plan():
    training = RunDriver(MOONS)
    training.change(replace(MOONS, eta=0.7))
    assert training.plan == ((0, replace(MOONS, eta=0.7)),)
    training.advance(60, most=2)
    for eta in (0.5, 0.6):
        training.change(replace(MOONS, eta=eta))
    assert training.plan == ((0, replace(MOONS, eta=0.7)), (2, replace(MOONS, eta=0.6)))
    while training.advance(1):
        pass
    (_, first), *changes = training.plan
    assert_array_equal(training.trial.loss, done(first, *changes).loss)


def test_divergence_ends_it():
    training = RunDriver(replace(MOONS, activations=("relu", "linear"), loss="mse", eta=1e6, epochs=1000))
    while training.advance(1):
        pass
    assert training.ended
    assert training.trial.stopped == "diverged"
    assert training.trial.divergence.epoch == training.trial.epochs < 1000
    assert not training.advance(1)


def test_batches_are_known_of_epochs_to_come():
    trial = done(MOONS)
    for epoch in (1, 30, 31):
        rows = np.concatenate(trial.batches(epoch))
        assert sorted(rows) == list(range(40))
    assert len(trial.batches(31)) == 5


def test_it_is_the_same_trial_until_it_has_come_further():
    training = RunDriver(Task(epochs=5))
    assert training.trial is None
    training.advance(60, most=2)
    first = training.trial
    assert training.trial is first
    training.change(Task(epochs=5, eta=1.0))
    training.advance(60)
    assert (first.epochs, training.trial.epochs) == (2, 5)
    assert training.trial is training.trial


def test_a_record_before_the_first_epoch_is_that_of_the_run_there():
    task = Task("moons", hidden=(3,), activations=("tanh", "sigmoid"), epochs=3, held=20)
    before, driver = untrained(task), RunDriver(task)
    while driver.advance(1.0):
        pass
    assert (before.epochs, len(before.loss)) == (0, 1)
    assert before.loss[0] == driver.trial.loss[0]
    assert before.held_out_loss[0] == driver.trial.held_out_loss[0]
    assert before.network_at(0).theta.tolist() == driver.trial.network_at(0).theta.tolist()
