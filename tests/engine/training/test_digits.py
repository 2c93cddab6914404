"""Training on the digits: the accuracy, and the curve of scikit-learn's own network from the same weights."""

import warnings
from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from engine import Network, scores, train
from engine.settings import Task

SPLITS, GOAL = 5, 0.965
SAMPLES, EPOCHS, BATCH = 400, 4, 32


@pytest.fixture(scope="module")
def found():
    shares = []
    for split in range(SPLITS):
        task = replace(Task().with_data("digits"), order=split, seed=split)
        *_, epoch = task.fit(task.network(), 0, task.epochs, None)
        x, y = epoch.history.held_out
        assert (len(x), epoch.number) == (359, 10)
        shares.append(scores(epoch.network.predict(x), y).accuracy)
    return shares


def test_the_network_of_the_digits_reads_as_well_as_is_said(found):
    assert len(set(found)) > 2
    assert np.mean(found) >= GOAL


def classifier(net, x, labels, solver, eta):
    """A trained classifier of scikit-learn with a network's weights."""
    *hidden, _ = net.sizes[1:]
    plain = {"alpha": 0.0, "tol": 0.0, "n_iter_no_change": 10**9, "shuffle": False, "warm_start": True, "momentum": 0.0}
    made = MLPClassifier(tuple(hidden), solver=solver, batch_size=BATCH, learning_rate_init=eta, max_iter=1, **plain)
    with warnings.catch_warnings(action="ignore", category=ConvergenceWarning):
        made.fit(x, labels)  # which makes the arrays that are filled then
        made.coefs_ = [layer.W.T.copy() for layer in net.layers]
        made.intercepts_ = [layer.b[:, 0].copy() for layer in net.layers]
        made.loss_curve_, made.n_iter_, made.t_ = [], 0, 0
        return made.set_params(max_iter=EPOCHS).fit(x, labels)


@pytest.mark.parametrize(
    ("solver", "eta", "curve", "outputs"),
    [("sgd", 0.1, 1e-10, 1e-10), ("adam", 0.002, 1e-5, 2e-3)],  # it adds Adam's ε to the root before that is corrected
)
def test_scikit_learns_classifier_has_the_same_curve_from_the_same_weights(solver, eta, curve, outputs):
    x, y = Task().with_data("digits").samples()
    x, y = x[:SAMPLES], y[:SAMPLES]
    net = Network.random((64, 24, 16, 10), ("relu", "relu", "softmax"), "he_normal", seed=3)
    history = train(net, x, y, "cross_entropy", solver, eta, EPOCHS, BATCH, shuffle=False)
    theirs = classifier(net, x, y.argmax(axis=1), solver, eta)
    assert history.loss[-1] < 0.8 * history.loss[0]
    assert_allclose(history.loss, theirs.loss_curve_, rtol=curve)
    assert_allclose(history.network.predict(x), theirs.predict_proba(x), atol=outputs)
