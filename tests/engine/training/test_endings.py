"""Ends of a training: a target, a plateau, divergence, and settings that do not work."""

import numpy as np
import pytest

from engine import InputError, Network, Ref, fit, train
from engine.passes import trace
from tests.engine.training.test_training import NET, XOR


def test_a_target_ends_the_run():
    history = train(NET, *XOR, learning_rate=5.0, epochs=5000, target_loss=0.01)
    assert history.stopped == "target"
    assert history.loss[-1] <= 0.01 < history.loss[-2]
    assert history.divergence is None


def test_a_plateau_ends_the_run():
    history = train(NET, *XOR, learning_rate=0.0, epochs=500, patience=20)
    assert (history.stopped, history.epochs) == ("plateau", 21)


def test_early_stopping_watches_the_held_out_loss():
    flat = (np.zeros((1, 2)), np.full((1, 1), 0.5))
    history = train(NET, *XOR, learning_rate=0.5, epochs=3000, validation=flat, patience=50)
    best = history.validation_loss.argmin() + 1
    assert history.stopped == "plateau"
    assert history.epochs < 3000
    assert best <= history.epochs


def test_an_improvement_that_is_too_small_is_none():
    rates = {"learning_rate": 0.5, "epochs": 3000, "patience": 50}
    ends = [train(NET, *XOR, min_improvement=share, **rates).epochs for share in (0, 0.001, 0.1)]
    assert ends == sorted(ends, reverse=True)
    assert ends[0] == 3000 > ends[2] == 51


@pytest.mark.parametrize("options", [{"patience": 30, "min_improvement": 0.1}, {"target_loss": 0.2}], ids=str)
def test_every_moment_of_a_run_that_ended_early_is_exact(options):
    history = train(NET, *XOR, learning_rate=2.0, epochs=3000, **options)
    assert history.stopped
    shorter = train(NET, *XOR, learning_rate=2.0, epochs=history.epochs)
    for epoch in (0, 1, history.epochs // 2, history.epochs):
        np.testing.assert_array_equal(history.network_at(epoch).theta, shorter.network_at(epoch).theta)


DIVERGENT = {
    "weights": (Network.random((1, 1), ("linear",), seed=1), [[1e3], [2e3]], [[1.0], [2.0]], 1.0),
    "hidden": (
        Network.random((1, 2, 1), ("relu", "linear"), "he_normal", seed=2),
        [[5.0], [9.0]],
        [[100.0], [2.0]],
        3.0,
    ),
}


@pytest.mark.parametrize("name", DIVERGENT)
@pytest.mark.parametrize("batch", [None, 1])
@pytest.mark.parametrize("record", ["running", "full"])
def test_divergence_ends_a_run_and_is_named(name, batch, record):
    net, x, y, rate = DIVERGENT[name]
    history = train(net, x, y, learning_rate=rate, epochs=2000, batch_size=batch, record=record)
    assert history.stopped == "diverged"
    assert history.epochs < 2000
    assert np.isfinite(history.loss[:-1]).all()
    assert np.isfinite(history.network_at(history.epochs - 1).theta).all()
    epoch, quantity = history.divergence
    assert epoch == history.epochs
    state, current = None, history.network_at(epoch - 1)
    found = None
    for rows in history.batches(epoch):
        t = trace(current, np.array(x)[rows], np.array(y)[rows], "quadratic", "sgd", rate, state)
        current, state = t.network, t.state
        if t.first_not_finite and not found:
            found = t.first_not_finite
            assert quantity in found.writes
            assert not np.isfinite(t.value(*quantity)).all()
    assert found or quantity == Ref("C", len(net.layers))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"epochs": 0}, "epochs"),
        ({"epochs": 2.5}, "epochs"),
        ({"batch_size": 0}, "batch"),
        ({"seed": -1}, "seed"),
        ({"record": "often"}, "record"),
        ({"optimizer": "sdg"}, "optimizer"),
        ({"optimizer": ["sgd"]}, "optimizer"),
        ({"loss": "cross_entropy"}, "softmax"),
        ({"learning_rate": -1}, "learning rate"),
        ({"learning_rate": np.nan}, "learning rate"),
        ({"validation": 1.5}, "validation"),
        ({"validation": "some"}, "validation"),
        ({"validation": (XOR[0], XOR[1][:3])}, "samples"),
        ({"state": {"v": np.zeros(3)}}, "state"),
        ({"start": -1}, "start"),
        ({"patience": 0}, "patience"),
        ({"target_loss": "low"}, "target"),
    ],
    ids=str,
)
def test_wrong_settings_are_told(wrong, words):
    for function in (train, fit):
        with pytest.raises(InputError, match=words):
            function(NET, *XOR, **wrong)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_data_that_are_not_finite_are_told(bad):
    x = XOR[0].copy()
    x[2, 1] = bad
    with pytest.raises(InputError, match=r"X has a value at \[2, 1\]"):
        train(NET, x, XOR[1])
    with pytest.raises(InputError, match="different numbers"):
        train(NET, XOR[0], XOR[1][:3])
