"""Trainings of normalized layers and of dropout: each update is that of a trace, and PyTorch comes to the same."""

import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import fit, train
from engine.passes import trace
from engine.training import sweep
from tests.engine.equations.test_layer_rules import X, Y, drawn, every_kind

SETTINGS = {"loss": "cross_entropy", "optimizer": "adam", "learning_rate": 0.05}


@every_kind
@pytest.mark.parametrize("settings", [{}, {"batch_size": 5}, {"batch_size": 6, "record": "full"}], ids=str)
def test_training_repeats_the_steps_of_the_traces_and_every_moment_of_it(kind, settings):
    net = drawn(**kind)
    options = {"regularizer": "l2", "strength": 0.01, "clip": "norm", "clip_at": 0.5}
    history = train(net, X, Y, **SETTINGS, **settings, **options, epochs=30, seed=7)
    seen = {e.number: e.network.theta for e in fit(net, X, Y, **SETTINGS, **settings, **options, epochs=30, seed=7)}
    state = None
    for epoch in range(1, 31):
        for number, batch in enumerate(history.batches(epoch)):
            t = trace(net, X[batch], Y[batch], **SETTINGS, state=state, **options, mask_seed=(7, epoch, number))
            net, state = t.network, t.state
        assert_allclose(seen[epoch], net.theta, rtol=1e-12, atol=1e-14)
        assert_array_equal(history.network_at(epoch).theta, seen[epoch])
    if "record" in settings:
        assert history.loss[-1] == pytest.approx(trace(net, X, Y, "cross_entropy", training=False).loss, rel=1e-12)
    elif not settings:
        assert history.loss[-1] == pytest.approx(t.loss, rel=1e-12)


@every_kind
@pytest.mark.parametrize("batch", [None, 5])
def test_a_sweep_is_separate_trainings(kind, batch):
    nets = [drawn(**kind, seed=seed) for seed in range(3)]
    rates = [0.01, 0.05, 0.1]
    runs = sweep(nets, X, Y, "cross_entropy", "adamw", rates, 5, batch)
    for k, net in enumerate(nets):
        alone = train(net, X, Y, "cross_entropy", "adamw", rates[k], 5, batch)
        assert_allclose(runs.loss[k], alone.loss, rtol=1e-9)
        assert_allclose(runs.networks[k].theta, alone.network.theta, rtol=1e-8, atol=1e-10)
        assert_array_equal(runs.history(k).loss, alone.loss)


def as_torch(torch, net):
    """The network as torch's own modules; dropout is left to the caller, who knows the masks."""
    modules = []
    for layer in net.layers:
        n_out, n_in = layer.W.shape
        linear, norm = torch.nn.Linear(n_in, n_out).double(), None
        linear.weight.data, linear.bias.data = torch.tensor(layer.W), torch.tensor(layer.b[:, 0])
        if layer.batch_norm:
            norm = torch.nn.BatchNorm1d(n_out).double()
            columns = (torch.tensor(column[:, 0]) for column in layer.batch_norm)
            norm.weight.data, norm.bias.data, norm.running_mean, norm.running_var = columns
        modules.append((linear, norm))
    return modules


def outputs(torch, modules, a, masks):
    functions = (torch.tanh, torch.relu, lambda z: z)
    for l, ((linear, norm), function) in enumerate(zip(modules, functions, strict=True), 1):
        z = linear(a)
        a = function(norm(z) if norm else z)
        if l in masks:
            a = a * torch.tensor(masks[l].T.copy())
    return a


def assert_same(net, modules):
    for layer, (linear, norm) in zip(net.layers, modules, strict=True):
        assert_allclose(layer.W, linear.weight.detach().numpy(), rtol=1e-9, atol=1e-9)
        assert_allclose(layer.b[:, 0], linear.bias.detach().numpy(), rtol=1e-9, atol=1e-9)
        if norm:
            theirs = (norm.weight.detach(), norm.bias.detach(), norm.running_mean, norm.running_var)
            for column, their in zip(layer.batch_norm, theirs, strict=True):
                assert_allclose(column[:, 0], their.numpy(), rtol=1e-9, atol=1e-9)


@every_kind
@pytest.mark.parametrize("training", [True, False], ids=["training", "inference"])
@pytest.mark.parametrize("optimizer", ["sgd", "momentum"])
def test_fifty_steps_with_torch_in_both_modes(kind, training, optimizer):
    torch = pytest.importorskip("torch", reason="PyTorch is the oracle of this test")
    net, state = drawn(**kind), None
    modules = as_torch(torch, net)
    leaves = [leaf for pair in modules for module in pair if module for leaf in module.parameters()]
    theirs = torch.optim.SGD(leaves, lr=0.05, momentum=0.9 if optimizer == "momentum" else 0)
    for _, norm in modules:
        if norm:
            norm.train(training)
    losses, x, y = [], torch.tensor(X), torch.tensor(Y)
    for epoch in range(1, 51):
        t = trace(net, X, Y, "cross_entropy", optimizer, 0.05, state, training=training, mask_seed=(0, epoch, 0))
        dropped = [l for l, layer in enumerate(net.layers, 1) if layer.dropout and training]
        C = torch.nn.functional.cross_entropy(outputs(torch, modules, x, {l: t.value("mask", l) for l in dropped}), y)
        theirs.zero_grad()
        C.backward()
        theirs.step()
        losses.append(C.item())
        assert t.loss == pytest.approx(C.item(), rel=1e-9)
        net, state = t.network, t.state
        assert_same(net, modules)
    if training:
        history = train(drawn(**kind), X, Y, "cross_entropy", optimizer, 0.05, 50)
        assert_allclose(history.loss, losses, rtol=1e-9)
        assert_same(history.network, modules)
