"""Sharpness against the Hessian in full, and the limits of optimizers against what is published and what happens."""

import numpy as np
import pytest

from engine import Network
from engine.optimizers import OPTIMIZERS
from engine.passes import trace
from engine.studies import gains_of, sharpness, stable_below
from engine.training import train

BETA = 0.9
PUBLISHED = {  # Cohen et al. 2021 and 2022: gradient descent, heavy ball, Nesterov, Adam with its sizes held
    "sgd": 2,
    "momentum": (2 + 2 * BETA) / (1 - BETA),
    "nesterov": (2 + 2 * BETA) / (1 + 2 * BETA) / (1 - BETA),
    "rmsprop": 2,
    "adam": (2 + 2 * BETA) / (1 - BETA),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_limit_of_an_optimizer_is_the_published_one(name):
    assert stable_below(name) == pytest.approx(PUBLISHED[name], rel=1e-9)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_has_a_limit_and_gains_from_its_laws(name):
    assert 1 < stable_below(name) < 100
    state = OPTIMIZERS[name].init(np.ones(3))
    for g in (0.5, -0.5):
        _, state = OPTIMIZERS[name].step(np.ones(3), np.full(3, g), 0.1, state)
    assert np.all(np.asarray(gains_of(name, state)) > 0)


@pytest.mark.parametrize("name", ["sgd", "momentum", "nesterov"])
@pytest.mark.parametrize(("share", "grows"), [(0.98, False), (1.02, True)])
def test_on_a_parabola_the_steps_grow_beyond_the_limit_and_not_below_it(name, share, grows):
    curvature, w, state = 3.0, np.array([1.0]), None
    rate = share * stable_below(name) / (curvature * gains_of(name, {}))
    for _ in range(2000):
        w, state = OPTIMIZERS[name].step(w, curvature * w, rate, state)
    assert bool(abs(w[0]) > 1) is grows


def hessian(network, x, y, loss, **beside):
    """The Hessian by differences of the gradient, column by column."""
    columns = []
    for k in range(network.theta.size):
        ends = []
        for sign in (1, -1):
            theta = network.theta.copy()
            theta[k] += sign * 1e-5
            ends.append(trace(network.with_theta(theta), x, y, loss, **beside).gradient)
        columns.append((ends[0] - ends[1]) / 2e-5)
    return np.array(columns)


@pytest.mark.parametrize(("loss", "output"), [("quadratic", "linear"), ("binary_cross_entropy", "sigmoid")])
@pytest.mark.parametrize("scaled", [False, True])
def test_sharpness_is_the_largest_eigenvalue(loss, output, scaled):
    draw = np.random.default_rng(1)
    network = Network.random((2, 4, 1), ("tanh", output), seed=2)
    x, y = draw.normal(size=(12, 2)), draw.integers(0, 2, (12, 1)).astype(float)
    gains = draw.uniform(0.5, 3, network.theta.size) if scaled else 1.0
    root = np.sqrt(np.broadcast_to(gains, network.theta.shape))
    whole = np.linalg.eigvalsh(root[:, None] * hessian(network, x, y, loss) * root)
    assert sharpness(network, x, y, loss, gains) == pytest.approx(whole.max(), rel=0.002)


def test_where_most_curvature_is_downwards_it_is_the_largest_one_all_the_same():
    network = Network.random((1, 2, 1), ("tanh", "linear"), seed=10)
    x, y = np.array([[1.0], [2.0], [-1.0]]), np.array([[90.0], [-90.0], [70.0]])
    whole = np.linalg.eigvalsh(hessian(network, x, y, "quadratic"))
    assert abs(whole.min()) > whole.max()
    assert sharpness(network, x, y, "quadratic") == pytest.approx(whole.max(), rel=0.002)


@pytest.mark.parametrize("epoch", [0, 5, 40])
def test_along_a_run_it_is_the_largest_eigenvalue_that_pytorch_finds(epoch):
    torch = pytest.importorskip("torch", reason="PyTorch is the oracle of this test")
    draw = np.random.default_rng(3)
    x, y = draw.normal(size=(15, 2)), draw.integers(0, 2, (15, 1)).astype(float)
    network = Network.random((2, 3, 1), ("tanh", "sigmoid"), seed=4)
    network = train(network, x, y, "quadratic", learning_rate=1.5, epochs=40).network_at(epoch)
    shapes = [part.shape for layer in network.layers for part in (layer.W, layer.b[:, 0])]
    theta = np.concatenate([part.ravel() for layer in network.layers for part in (layer.W, layer.b[:, 0])])

    def cost(theta):
        parts = theta.split([int(np.prod(shape)) for shape in shapes])
        w1, b1, w2, b2 = (part.reshape(shape) for part, shape in zip(parts, shapes, strict=True))
        a = torch.sigmoid(torch.tanh(torch.tensor(x) @ w1.T + b1) @ w2.T + b2)
        return ((a - torch.tensor(y)) ** 2).sum(1).mean() / 2

    whole = np.linalg.eigvalsh(torch.autograd.functional.hessian(cost, torch.tensor(theta)).numpy())
    assert sharpness(network, x, y, "quadratic") == pytest.approx(whole.max(), rel=0.002)
