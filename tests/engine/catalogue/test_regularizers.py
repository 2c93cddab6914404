import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import CLIPS, OPTIMIZERS, REGULARIZERS, InputError, Network, Ref, check_gradients, train
from engine.options import options_of
from engine.passes import trace
from engine.passes.autograd import by_torch
from engine.training import sweep
from tests.engine.oracles import ALLOWED, assert_slopes, difference, draw_case, draw_network, off_zero
from tests.together import together

every_regularizer = pytest.mark.parametrize("record", REGULARIZERS.values(), ids=REGULARIZERS)
every_penalty = pytest.mark.parametrize("name", [name for name in REGULARIZERS if name != "none"])
X, Y = [[0.5, -1.0], [0.25, 2.0], [-0.75, 1.0]], [[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
NET = draw_network(np.random.default_rng(1), (2, 3, 2), ("tanh", "sigmoid"))
UPDATE = {"optimizer": "momentum", "learning_rate": 0.5}


def weights(net):
    return np.concatenate([layer.W.ravel() for layer in net.layers])


@every_regularizer
def test_the_slope_is_that_of_the_penalty(record):
    w = off_zero(np.random.default_rng(1), (20,))
    assert_slopes(record.slope(w), difference(lambda w: record.value(w).sum(), w))
    assert (record.value(w) >= 0).all()
    assert_array_equal(record.value(0 * w), 0)


@every_regularizer
def test_a_record_carries_its_words(record):
    assert REGULARIZERS[record.name] is record
    assert record.source or record.name == "none"
    assert all(letter in record.tex for letter in record.constants)
    assert all(text(lang) for text in (record.label, record.why) for lang in ("en", "zh"))
    assert record.why.en != record.why.zh


@every_penalty
def test_the_penalty_is_a_term_and_a_step_of_its_own_and_the_loss_stays(name):
    plain, t = trace(NET, X, Y, **UPDATE), trace(NET, X, Y, **UPDATE, regularizer=name, strength=0.3)
    penalty = 0.3 * REGULARIZERS[name].value(weights(NET)).sum()
    assert t.loss == plain.loss == plain.cost
    assert_allclose(t.value("penalty"), penalty, rtol=1e-14)
    assert t.cost == float(t.value("J")) == pytest.approx(t.loss + penalty, rel=1e-14)
    addresses = [step.address for step in t.steps]
    assert [a for a in addresses if a not in ("penalty", "regularize")] == [s.address for s in plain.steps]
    assert addresses[addresses.index("penalty") - 1] == "c"
    assert addresses[-4:] == ["regularize", "v", "step", "update"]


@every_penalty
def test_each_weight_is_pulled_and_no_bias(name):
    t = trace(NET, X, Y, **UPDATE, regularizer=name, strength=0.3)
    for l, layer in enumerate(NET.layers, 1):
        assert_allclose(t.value("gW", l), t.value("dW", l) + 0.3 * REGULARIZERS[name].slope(layer.W), rtol=1e-14)
        assert_array_equal(t.value("gb", l), t.value("db", l))
        assert_array_equal(t.value("dW", l), trace(NET, X, Y).value("dW", l))
    theta, _ = OPTIMIZERS["momentum"].step(NET.theta, t.gradient, 0.5, None)
    assert_array_equal(t.network.theta, theta)


def test_the_steps_say_what_they_read_and_write():
    steps = {s.address: s for s in trace(NET, X, Y, **UPDATE, regularizer="l2", clip="norm").steps}
    assert steps["penalty"].writes == (Ref("penalty", 0), Ref("J", 0))
    assert steps["penalty"].reads == (Ref("C", 2), Ref("W", 1), Ref("W", 2))
    assert steps["regularize"].reads[:3] == (Ref("W", 1), Ref("dW", 1), Ref("db", 1))
    assert steps["regularize"].writes == (Ref("gW", 1), Ref("gb", 1), Ref("gW", 2), Ref("gb", 2))
    assert steps["clip"].reads == steps["regularize"].writes
    assert steps["clip"].writes[0] == Ref("norm", 0)
    assert Ref("cW", 2) in steps["v"].reads
    assert Ref("dW", 2) not in steps["v"].reads + steps["step"].reads + steps["update"].reads
    for step in steps.values():
        values = step.value if isinstance(step.value, tuple) else (step.value,)
        assert len(values) in (len(step.writes), 1)


@together({name: [(name, *pair) for pair in ALLOWED] for name in REGULARIZERS if name != "none"})
def test_the_gradient_of_the_whole_cost_checks_out(name, output, loss):
    for seed in range(2):
        case = draw_case(np.random.default_rng(seed), output, loss)
        check = check_gradients(*case, loss, regularizer=name, strength=0.2)
        assert check.passed, check.worst
        assert sum(p.verdict == "ok" for p in check.parameters) > 0.9 * len(check.parameters)


def test_a_weight_of_zero_is_a_corner_of_l1_and_no_error():
    net = NET.with_weight(1, 0, 0, 0.0)
    verdicts = [p.verdict for p in check_gradients(net, X, Y, regularizer="l1", strength=1.0).parameters]
    assert verdicts[0] in ("kink", "ok")
    assert set(verdicts[1:]) == {"ok"}
    assert {p.verdict for p in check_gradients(net, X, Y, regularizer="l2", strength=1.0).parameters} == {"ok"}


@every_penalty
@pytest.mark.parametrize("clip", CLIPS)
@pytest.mark.parametrize("settings", [{}, {"batch_size": 2}, {"record": "full"}], ids=str)
def test_training_repeats_the_steps_of_the_traces(name, clip, settings):
    options = {"regularizer": name, "strength": 0.1, "clip": clip, "clip_at": 0.4}
    history = train(NET, X, Y, **UPDATE, **options, epochs=4, **settings)
    net, state = NET, None
    for epoch in range(1, 5):
        for batch in history.batches(epoch):
            t = trace(net, np.array(X)[batch], np.array(Y)[batch], **UPDATE, state=state, **options)
            net, state = t.network, t.state
        assert_array_equal(history.network_at(epoch).theta, net.theta)
    if settings == {}:
        assert history.loss[-1] == t.loss
    if "record" in settings:
        assert history.loss[-1] == pytest.approx(trace(net, X, Y).loss, rel=1e-14)


@every_penalty
@pytest.mark.parametrize("clip", CLIPS)
@pytest.mark.parametrize("sizes", [(2, 3, 2), (2, 60, 40, 2)], ids=str)
def test_a_sweep_is_separate_trainings(name, clip, sizes):
    options = {"regularizer": name, "strength": 0.1, "clip": clip, "clip_at": 0.4, "optimizer": "adam", "epochs": 6}
    nets = [Network.random(sizes, ("tanh",) * (len(sizes) - 1), "normal", seed) for seed in range(3)]
    nets = [nets[0], nets[1].with_train_bias(False), nets[2]]
    runs = sweep(nets, X, Y, **options)
    for k, net in enumerate(nets):
        alone = train(net, X, Y, **options)
        assert_allclose(runs.loss[k], alone.loss, rtol=1e-9)
        assert_allclose(runs.networks[k].theta, alone.network.theta, rtol=1e-8, atol=1e-10)


def test_float32_stays_float32():
    t = trace(NET.astype(np.float32), X, Y, **UPDATE, regularizer="elastic", clip="norm")
    values = [v for s in t.steps for v in (s.value if isinstance(s.value, tuple) else (s.value,))]
    assert {v.dtype for v in values} == {np.dtype(np.float32)}


def test_none_compiles_nothing_new():
    assert options_of(strength=0.5, clip_at=3.0) == options_of()
    assert [s.address for s in trace(NET, X, Y, regularizer="none").steps][-1] == "bp4.1"


def test_divergence_is_found_with_the_same_options():
    history = train(NET, X, Y, "quadratic", "sgd", 50.0, 3000, regularizer="l2", strength=10.0)
    assert history.stopped == "diverged"
    assert history.divergence.epoch == history.epochs


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"regularizer": "l3"}, "regularizer"),
        ({"regularizer": "l2", "strength": -1}, "strength"),
        ({"regularizer": "l2", "strength": float("nan")}, "strength"),
        ({"clip": "norms"}, "clipping"),
        ({"clip": "norm", "clip_at": 0}, "threshold"),
        ({"clip": "value", "clip_at": -1}, "threshold"),
        ({"clip": "value", "clip_at": "1"}, "threshold"),
    ],
    ids=str,
)
def test_wrong_options_are_told(options, words):
    for call in (
        lambda: trace(NET, X, Y, **options),
        lambda: train(NET, X, Y, **options),
        lambda: sweep([NET], X, Y, **options),
    ):
        with pytest.raises(InputError, match=words):
            call()


@every_penalty
@pytest.mark.parametrize("clip", CLIPS)
@pytest.mark.parametrize("optimizer", ["sgd", "adamw"])
def test_fifty_steps_with_torch(name, clip, optimizer):
    torch = pytest.importorskip("torch", reason="PyTorch is the oracle of this test")
    leaves = [torch.tensor(array, requires_grad=True) for layer in NET.layers for array in (layer.W, layer.b[:, 0])]
    theirs = by_torch(OPTIMIZERS[optimizer], parameters=leaves, rate=0.1)
    losses = []
    for _ in range(50):
        W1, b1, W2, b2 = leaves
        a = torch.sigmoid(torch.tanh(torch.tensor(X, dtype=torch.float64) @ W1.T + b1) @ W2.T + b2)
        C = ((a - torch.tensor(Y, dtype=torch.float64)) ** 2).sum() / 2 / 3
        theirs.zero_grad()
        (C + 0.2 * sum(by_torch(REGULARIZERS[name], w=W) for W in (W1, W2))).backward()
        if clip != "none":
            by_torch(CLIPS[clip], parameters=leaves, clip_at=0.3)
        theirs.step()
        losses.append(C.item())
    history = train(NET, X, Y, "quadratic", optimizer, 0.1, 50, regularizer=name, strength=0.2, clip=clip, clip_at=0.3)
    assert_allclose(history.loss, losses, rtol=1e-9)
    for layer, W, b in zip(history.network.layers, leaves[::2], leaves[1::2], strict=True):
        assert_allclose(layer.W, W.detach().numpy(), rtol=1e-9, atol=1e-10)
        assert_allclose(layer.b[:, 0], b.detach().numpy(), rtol=1e-9, atol=1e-10)


@every_regularizer
def test_a_kink_is_where_the_slope_jumps(record):
    near = 1e-9
    jumps = record.slope(np.array(near)) - record.slope(np.array(-near)) > 0.1
    assert record.kink == jumps
