"""Every value of a pass against PyTorch's own functions and its automatic differentiation.

What PyTorch executes is what a record says of it, which is also what is exported.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import ACTIVATIONS, LOSSES, OPTIMIZERS, Dense, Network, train
from engine.passes import trace
from engine.passes.autograd import by_torch
from tests.engine.oracles import ALLOWED, draw_case, draw_network, in_torch, off_zero
from tests.late import torch

PAIRS = [(output, loss) for output, loss in ALLOWED if output in in_torch(ACTIVATIONS) and loss in in_torch(LOSSES)]


def function(name):
    return by_torch(ACTIVATIONS[name])


def cost(name, z, a, y):
    return by_torch(LOSSES[name], z=z, a=a, y=y)


def differentiated(net, x, y, loss):
    """All values of a pass by torch; errors are those of each sample, therefore times the number of samples."""
    leaves = [[torch.tensor(array, requires_grad=True) for array in (layer.W, layer.b[:, 0])] for layer in net.layers]
    a, y = torch.tensor(x), torch.tensor(y)
    values, zs = {}, []
    for l, ((W, b), name) in enumerate(zip(leaves, net.activations, strict=True), 1):
        z = torch.nn.functional.linear(a, W, b)
        a = function(name)(z)
        zs.append(z)
        values |= {("z", l): z.T, ("a", l): a.T}
    C = cost(loss, zs[-1], a, y)
    flat = [*zs, *(W for W, _ in leaves), *(b for _, b in leaves)]
    parts = iter(torch.autograd.grad(C, flat))
    values |= {("delta", l): (next(parts) * len(y)).T for l in range(1, len(zs) + 1)}
    values |= {("dW", l): next(parts) for l in range(1, len(zs) + 1)}
    values |= {("db", l): next(parts)[:, None] for l in range(1, len(zs) + 1)}
    return {name: value.detach().numpy() for name, value in (values | {("C", len(zs)): C}).items()}


def assert_agrees(t, expected):
    for name, value in expected.items():
        computed = t.value(*name)
        assert computed.shape == value.shape
        allowed = 1e-10 * max(np.abs(value).max(), 1e-3)
        assert np.abs(computed - value).max() <= allowed, name


@pytest.mark.parametrize(("output", "loss"), PAIRS)
@settings(max_examples=10)
@given(seed=st.integers(0, 2**32))
def test_every_value_and_gradient(output, loss, seed):
    net, x, y = draw_case(np.random.default_rng(seed), output, loss, hidden=in_torch(ACTIVATIONS))
    assert_agrees(trace(net, x, y, loss), differentiated(net, x, y, loss))


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32), pair=st.sampled_from(PAIRS))
def test_the_gradient_of_the_inputs(seed, pair):
    output, loss = pair
    net, x, y = draw_case(np.random.default_rng(seed), output, loss, hidden=in_torch(ACTIVATIONS))
    inputs = a = torch.tensor(x, requires_grad=True)
    for layer in net.layers:
        z = torch.nn.functional.linear(a, torch.tensor(layer.W), torch.tensor(layer.b[:, 0]))
        a = function(layer.activation)(z)
    (slope,) = torch.autograd.grad(cost(loss, z, a, torch.tensor(y)) * len(x), inputs)
    allowed = 1e-10 * max(slope.abs().max().item(), 1e-3)
    assert np.abs(trace(net, x, y, loss).input_gradient - slope.numpy().T).max() <= allowed


@pytest.mark.parametrize("name", in_torch(ACTIVATIONS))
def test_slopes_of_large_and_small_inputs(name):
    z = np.concatenate((off_zero(np.random.default_rng(1), (4, 50)), np.linspace(-1000, 1000, 80).reshape(4, 20)), 1)
    inputs = torch.tensor(z.T, requires_grad=True)
    a = function(name)(inputs)
    g = np.random.default_rng(2).normal(size=z.shape)
    (slope,) = torch.autograd.grad(a, inputs, torch.tensor(g.T.copy()))
    with np.errstate(all="ignore"):
        np.testing.assert_allclose(ACTIVATIONS[name].f(z), a.detach().numpy().T, rtol=1e-10, atol=1e-13)
        vjp = ACTIVATIONS[name].vjp(z, ACTIVATIONS[name].f(z), g)
    np.testing.assert_allclose(vjp, slope.numpy().T, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize(("name", "slope"), [("relu", 0.0), ("leaky_relu", 0.01), ("elu", 1.0)])
def test_the_slope_at_the_corner_is_the_one_that_torch_takes(name, slope):
    z = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.grad(function(name)(z), z)[0].item() == slope
    assert ACTIVATIONS[name].df(np.zeros((1, 1))).item() == slope


@pytest.mark.parametrize("loss", [name for name in in_torch(LOSSES) if LOSSES[name].matched])
def test_the_matched_losses_stay_finite_and_right_at_any_z(loss):
    n = 3
    net = Network((Dense(np.eye(n), np.zeros(n), LOSSES[loss].matched.activation),))
    z = np.array([[-1000, 0, 1000], [1000, 999, -1000], [40, -40, 0], [-745, 745, 710], [1e-9, 0, -1e-9]])
    for y in (np.roll(np.eye(n), 1, axis=0)[[0, 1, 2, 0, 1]], np.full((5, n), 0.25), np.zeros((5, n))):
        t = trace(net, z, y, loss)
        assert t.first_not_finite is None
        assert_agrees(t, differentiated(net, z, y, loss))


RATE, STEPS = 0.05, 50


def leaves_of(net):
    return [torch.tensor(array, requires_grad=True) for layer in net.layers for array in (layer.W, layer.b[:, 0])]


def assert_same_parameters(net, leaves):
    for layer, W, b in zip(net.layers, leaves[::2], leaves[1::2], strict=True):
        np.testing.assert_allclose(layer.W, W.detach().numpy(), rtol=1e-9, atol=1e-11)
        np.testing.assert_allclose(layer.b[:, 0], b.detach().numpy(), rtol=1e-9, atol=1e-11)


def stepper(name, leaves):
    return by_torch(OPTIMIZERS[name], parameters=leaves, rate=RATE)


@pytest.mark.parametrize("name", in_torch(OPTIMIZERS))
def test_fifty_steps_of_an_optimizer_on_the_same_gradients(name):
    net, x, y = draw_case(np.random.default_rng(4), "sigmoid", "quadratic", layers=2)
    leaves, state = leaves_of(net), None
    theirs = stepper(name, leaves)
    for _ in range(STEPS):
        t = trace(net, x, y, "quadratic", name, RATE, state)
        for leaf, gradient in zip(leaves, [t.value(n, l) for l in (1, 2) for n in ("dW", "db")], strict=True):
            leaf.grad = torch.tensor(gradient.copy()).reshape(leaf.shape)
        theirs.step()
        net, state = t.network, t.state
        assert_same_parameters(net, leaves)


@pytest.mark.parametrize("name", in_torch(OPTIMIZERS))
@pytest.mark.parametrize(
    ("output", "loss"), [("tanh", "mse"), ("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy")]
)
def test_fifty_steps_of_training(name, output, loss):
    rng = np.random.default_rng(9)
    net = draw_network(rng, (3, 5, 4), ("tanh", output))
    x, y = rng.normal(size=(8, 3)), np.eye(4)[rng.integers(0, 4, 8)]
    leaves = leaves_of(net)
    theirs, inputs, targets = stepper(name, leaves), torch.tensor(x), torch.tensor(y)
    losses = []
    for _ in range(STEPS):
        W1, b1, W2, b2 = leaves
        z = torch.nn.functional.linear(torch.tanh(torch.nn.functional.linear(inputs, W1, b1)), W2, b2)
        C = cost(loss, z, function(output)(z), targets)
        theirs.zero_grad()
        C.backward()
        theirs.step()
        losses.append(C.item())
    history = train(net, x, y, loss, name, RATE, epochs=STEPS)
    np.testing.assert_allclose(history.loss, losses, rtol=1e-9)
    assert_same_parameters(history.network, leaves)
