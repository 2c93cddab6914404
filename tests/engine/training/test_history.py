import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine import InputError, Network, train
from engine.training import Loop, settings_of
from engine.training.history import Checkpoints

X, Y = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]]), np.array([0, 1, 1, 0.0])
NET = Network.random((2, 3, 1), ("tanh", "sigmoid"), seed=1)
LINEAR = Network.random((2, 3, 1), ("linear", "linear"), seed=1)
SETTINGS = {"optimizer": "adam", "learning_rate": 0.05, "batch_size": 3, "seed": 4}
EPOCHS = 9


def trained(epochs=EPOCHS, **more):
    return train(NET, X, Y, epochs=epochs, **(SETTINGS | more))


@pytest.mark.parametrize("most", [2, 3, 64])
def test_any_moment_is_that_of_a_training_that_ended_there(most, monkeypatch):
    monkeypatch.setattr("engine.training.history._MOST_KEPT", most)
    history = trained()
    assert len(history.kept) <= most + 1
    assert_array_equal(history.network_at(0).theta, NET.theta)
    for epoch in range(1, EPOCHS + 1):
        alone = trained(epoch)
        assert_array_equal(history.network_at(epoch).theta, alone.network.theta)
        for slot, value in alone.state.items():
            assert_array_equal(history.state_at(epoch)[slot], value)


@pytest.mark.parametrize("epochs", [[0, 4, 9], [3, 3, 5], [9, 1], []])
def test_several_moments_are_those_of_one_by_one(epochs, monkeypatch):
    monkeypatch.setattr("engine.training.history._MOST_KEPT", 2)
    history = trained()
    for network, epoch in zip(history.networks_at(epochs), epochs, strict=True):
        assert_array_equal(network.theta, history.network_at(epoch).theta)


@pytest.mark.parametrize("done", range(0, 40, 3))
def test_checkpoints_stand_at_equal_distances_and_are_never_too_many(done, monkeypatch):
    monkeypatch.setattr("engine.training.history._MOST_KEPT", 5)
    settings = settings_of(NET, X, Y, "quadratic", "sgd", 0.1, None, True, 0, "running", start=7, epochs=40)
    loop = Loop(settings, NET.theta, {}, 7)
    checkpoints = Checkpoints(loop)
    for _ in range(done):
        loop.advance()
        if loop.done == checkpoints.next:
            checkpoints.keep(loop)
    epochs = [kept.epoch for kept in checkpoints.kept]
    assert epochs[0] == 7
    assert len(epochs) <= 5
    assert len(set(np.diff([*epochs, checkpoints.next]))) == 1
    assert checkpoints.next > loop.done


def test_a_training_that_goes_on_counts_on_and_has_no_moment_before_its_start():
    first = trained(4)
    second = train(first.network, X, Y, epochs=5, state=first.state, start=4, **SETTINGS)
    assert (second.start, second.epochs, len(second.loss)) == (4, 9, 5)
    assert_array_equal(second.network.theta, trained().network.theta)
    assert_array_equal(np.concatenate((first.loss, second.loss)), trained().loss)
    with pytest.raises(InputError, match="no such epoch"):
        second.network_at(3)


@pytest.mark.parametrize("epoch", [-1, EPOCHS + 1, 1.5, "last", None])
def test_there_is_no_other_epoch(epoch):
    with pytest.raises(InputError, match="no such epoch"):
        trained().network_at(epoch)


def test_batches_are_known_of_epochs_to_come_and_of_none_before():
    history = trained()
    assert sorted(np.concatenate(history.batches(EPOCHS + 3))) == [0, 1, 2, 3]
    with pytest.raises(InputError):
        history.batches(0)


def test_what_is_handed_out_is_a_copy():
    history = trained()
    for value in history.state.values():
        value[...] = 0
    assert all(np.any(value) for value in history.state.values())


def test_a_run_that_diverges_says_where_it_left_the_finite_numbers():
    history = train(LINEAR, X * 10, Y, loss="squared_error", learning_rate=10.0, epochs=500)
    assert history.stopped == "diverged"
    found = history.divergence
    assert found.epoch == history.epochs
    assert not np.isfinite(history.network.theta).all() or not np.isfinite(history.loss[-1])
    assert trained().divergence is None
