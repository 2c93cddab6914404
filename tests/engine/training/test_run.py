import itertools

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine import InputError, Network
from engine.options import stopping_of, taken_stopping
from engine.training import as_samples, settings_of
from engine.training import run as run_module
from engine.training.run import RECORDS, TrainingLoop

X, Y = np.random.default_rng(1).normal(size=(10, 2)), np.random.default_rng(2).random((10, 1))
NET = Network.random((2, 3, 1), ("tanh", "sigmoid"), seed=1)


def begun(batch=3, epochs=5, record="running", validation=None, **how):
    rest = ("quadratic", "adam", 0.05, batch, True, 1, record, validation)
    stopping = taken_stopping(how)
    return TrainingLoop(NET, settings_of(NET, X, Y, *rest, epochs=epochs, stopping=stopping), **how)


def in_small_turns(run):
    """Each time as little as can be done."""
    while not run.over:
        run.advance(end=0.0)
    return run.history


@pytest.mark.parametrize("batch", [1, 3, 10])
@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("validation", [None, 0.3])
def test_in_whatever_turns_it_is_done_a_training_is_the_same(batch, record, validation):
    turns, whole = (do(begun(batch, 5, record, validation)) for do in (in_small_turns, TrainingLoop.to_the_end))
    assert_array_equal(turns.loss, whole.loss)
    assert_array_equal(turns.network.theta, whole.network.theta)
    for slot, value in whole.state.items():
        assert_array_equal(turns.state[slot], value)


def test_within_an_epoch_a_run_is_where_the_last_whole_one_left_it():
    run, other = begun(), begun()
    other.advance()
    run.advance()
    assert not run.advance(end=0.0)
    assert (run.done, run.history.epochs, run.over) == (1, 1, False)
    assert_array_equal(run.history.network.theta, other.history.network.theta)
    assert_array_equal(run.history.state["m"], other.history.state["m"])


def test_a_single_batch_is_always_done_at_once():
    run = begun(batch=10)
    assert run.advance(end=0.0)
    assert run.done == 1


def test_a_target_ends_it_at_the_first_epoch_that_reaches_it():
    losses = begun(epochs=20).to_the_end().loss
    target = float(np.sort(losses)[len(losses) // 2])
    stopped = begun(epochs=20, target_loss=target).to_the_end()
    assert stopped.stopped == "target"
    assert stopped.epochs == int(np.argmax(losses <= target)) + 1


def test_patience_ends_it_so_many_epochs_after_the_best():
    rules = stopping_of(patience=4)
    settings = settings_of(NET, X, Y, "quadratic", "sgd", 0.0, None, True, 1, "full", epochs=50, stopping=rules)
    history = TrainingLoop(NET, settings).to_the_end()
    assert (history.stopped, history.epochs) == ("plateau", 5)


@pytest.mark.parametrize(
    "wrong",
    [
        {"target_loss": "low"},
        {"patience": 0},
        {"patience": 1.5},
        {"min_improvement": -0.1},
        {"min_improvement": 1},
        {"start": -1},
        {"state": {"v": np.zeros(13)}},
    ],
    ids=str,
)
def test_what_a_run_cannot_begin_with_is_refused(wrong):
    with pytest.raises(InputError):
        begun(**wrong)


@pytest.mark.parametrize("validation", [0, 1, 1.5, "some", (X,), (X, Y[:3])], ids=str)
def test_what_is_no_validation_is_refused(validation):
    with pytest.raises(InputError):
        begun(validation=validation)


@pytest.mark.parametrize("place", [(0, 0), (9, 1)])
@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_not_finite_are_found_wherever_they_stand(place, wrong):
    rows = X.copy()
    rows[place] = wrong
    with pytest.raises(InputError):
        as_samples(NET, rows, Y, "quadratic")


@pytest.mark.parametrize("batch", [3, 10])
def test_the_seconds_of_an_epoch_are_those_in_which_it_was_worked_on(batch, monkeypatch):
    """By a clock on which each look takes a second, and a pause a thousand."""
    clock = itertools.count()
    monkeypatch.setattr(run_module.time, "perf_counter", lambda: float(next(clock)))
    run = begun(batch, epochs=3)
    while not run.over:
        run.advance(end=0.0)
        [next(clock) for _ in range(1000)]
    seconds = run.history.seconds
    assert len(seconds) == 3
    assert (seconds >= 1).all()
    assert (seconds < 20).all()
