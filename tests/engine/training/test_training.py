import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import OPTIMIZERS, Network, fit, train
from engine.data import Batches
from engine.passes import trace
from engine.program import program_for
from engine.training import Loop, settings_of
from engine.training.history import _MOST_KEPT
from tests.engine.oracles import ALLOWED, draw_case, draw_network
from tests.together import together

XOR = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]]), np.array([0, 1, 1, 0.0])
NET = Network.random((2, 3, 1), ("tanh", "sigmoid"), seed=1)
every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS)


def plain_loop(net, x, y, loss, optimizer, rate, batches):
    """Train by calling `trace` for one batch after another; return the losses, the network and the state."""
    losses, state = [], None
    for epoch in batches:
        total = 0.0
        for rows in epoch:
            t = trace(net, x[rows], y[rows], loss, optimizer, rate, state)
            net, state, total = t.network, t.state, total + t.loss * len(rows)
        losses.append(total / len(x))
    return losses, net, state


@together({optimizer: [(*pair, optimizer) for pair in ALLOWED] for optimizer in OPTIMIZERS})
def test_training_is_a_loop_over_traces(output, loss, optimizer):
    rng = np.random.default_rng(3)
    net, x, y = draw_case(rng, output, loss, layers=2)
    x, y = np.resize(x, (7, x.shape[1])) + rng.normal(size=(7, x.shape[1])), np.resize(y, (7, y.shape[1]))
    history = train(net, x, y, loss, optimizer, 0.01, epochs=4, batch_size=3, seed=5)
    losses, last, state = plain_loop(net, x, y, loss, optimizer, 0.01, [history.batches(e) for e in range(1, 5)])
    assert_allclose(history.loss, losses, rtol=1e-12, atol=1e-14)
    assert_allclose(history.network.theta, last.theta, rtol=1e-12, atol=1e-14)
    assert history.state.keys() == state.keys()
    for slot, vector in state.items():
        assert_allclose(history.state[slot], vector, rtol=1e-12, atol=1e-14)


@every_optimizer
@pytest.mark.parametrize("sizes", [(3, 4, 2), (40, 300, 200, 2)], ids=str)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_step_is_that_of_trace_to_the_last_bit(sizes, optimizer, dtype):
    rng = np.random.default_rng(1)
    net = draw_network(rng, sizes, ("tanh",) * (len(sizes) - 2) + ("softmax",), dtype)
    x, y = rng.normal(size=(5, sizes[0])).astype(dtype), np.eye(2, dtype=dtype)[[0, 1, 1, 0, 1]]
    history = train(net, x, y, "cross_entropy", optimizer, 0.01, epochs=3)
    losses, last, _ = plain_loop(net, x, y, "cross_entropy", optimizer, 0.01, [[np.arange(5)]] * 3)
    assert history.network.theta.dtype == dtype
    assert_array_equal(history.network.theta, last.theta)
    assert len(losses) == len(history.loss)


def described(calls, theta, record):
    """Calls as names and places: an array in theta or in the record by its position there, any other by its shape."""

    def place(x):
        if not isinstance(x, np.ndarray):
            return x
        for name, whole in (("theta", theta), ("record", record)):
            if np.shares_memory(x, whole):
                return name, x.ctypes.data - whole.ctypes.data, x.shape, x.strides
        return x.shape, x.dtype, x.item() if x.ndim == 0 and x.flags.owndata else None

    return [(str(getattr(f, "func", f)), [place(x) for x in arguments]) for f, arguments in calls]


@every_optimizer
@pytest.mark.parametrize("batch", [4, 3])
def test_the_program_that_training_repeats_is_the_one_that_trace_runs(optimizer, batch):
    settings = settings_of(NET, *XOR, "quadratic", optimizer, 0.1, batch, True, 0, "running")
    loop = Loop(settings, NET.theta, OPTIMIZERS[optimizer].init(NET.theta))
    for size, step in loop.steps.items():
        traced = program_for(NET.architecture, "quadratic", size)
        of_pass = step.calls[: len(traced.calls)]
        assert step.program.rules == traced.rules
        assert described(of_pass, loop.theta, step.program.record) == described(
            traced.calls, traced.theta, traced.record
        )
        own = {id(x) for _, arguments in step.calls[len(of_pass) :] for x in arguments}
        assert own  # all that follows is the optimizer's: no call of the pass is repeated or replaced there
        assert len(step.calls) > len(of_pass)


def test_running_and_full_are_the_costs_before_and_after_an_update():
    running, full = (
        train(NET, *XOR, learning_rate=1.0, epochs=30, record=record).loss for record in ("running", "full")
    )
    assert_allclose(running[1:], full[:-1], rtol=1e-13)
    assert running[0] == pytest.approx(trace(NET, *XOR).loss, rel=1e-13)


def test_the_cost_of_a_large_set_is_taken_in_parts():
    x = np.random.default_rng(1).normal(size=(10_000, 2))
    y = (x[:, :1] > 0) * 1.0
    history = train(NET, x, y, epochs=2, batch_size=4000, record="full", validation=(x[:5000], y[:5000]))
    assert history.loss[-1] == pytest.approx(trace(history.network, x, y).loss, rel=1e-12)
    assert history.validation_loss[-1] == pytest.approx(trace(history.network, x[:5000], y[:5000]).loss, rel=1e-12)


@every_optimizer
@pytest.mark.parametrize("batch", [None, 3])
def test_every_moment_can_be_had_again_exactly(optimizer, batch):
    settings = {"optimizer": optimizer, "learning_rate": 0.05, "batch_size": batch, "epochs": 150, "seed": 3}
    seen = [(epoch.network.theta, epoch.loss) for epoch in fit(NET, *XOR, **settings)]
    history = train(NET, *XOR, **settings)
    assert_array_equal(history.loss, [loss for _, loss in seen])
    for number in (1, 2, 63, 64, 65, 77, 149, 150):
        assert_array_equal(history.network_at(number).theta, seen[number - 1][0])
    assert_array_equal(history.network_at(0).theta, NET.theta)
    assert_array_equal(history.network.theta, seen[-1][0])


def test_memory_stays_bounded():
    history = train(NET, *XOR, epochs=3000)
    assert len(history._kept) <= _MOST_KEPT + 2
    wide = Network.random((2, 20_000, 1), ("relu", "linear"), seed=1)
    kept = train(wide, *XOR, learning_rate=1e-4, optimizer="adam", epochs=9)._kept
    assert sum(c.theta.size * 3 for c in kept) < 2**20
    assert kept[0].epoch == 0


@every_optimizer
@pytest.mark.parametrize("batch", [None, 3])
def test_a_run_goes_on_where_it_was_left(optimizer, batch):
    settings = {"optimizer": optimizer, "learning_rate": 0.05, "batch_size": batch}
    whole = train(NET, *XOR, epochs=40, **settings)
    first = train(NET, *XOR, epochs=25, **settings)
    updates = 25 * (2 if batch else 1)
    second = train(first.network, *XOR, epochs=15, state=first.state, start=25, **settings)
    assert_array_equal(np.concatenate((first.loss, second.loss)), whole.loss)
    assert_array_equal(second.network.theta, whole.network.theta)
    assert_array_equal(second.network_at(30).theta, whole.network_at(30).theta)
    assert first.state_at(25).get("t", updates) == updates
    assert (second.start, second.epochs, second.stopped) == (25, 40, "")


def test_fit_hands_out_epochs_and_the_run_so_far():
    whole = train(NET, *XOR, epochs=10)
    for epoch in fit(NET, *XOR, epochs=10):
        assert epoch.loss == whole.loss[epoch.number - 1]
        if epoch.number == 6:
            break
    part = epoch.history
    assert_array_equal(part.loss, whole.loss[:6])
    assert_array_equal(part.network.theta, whole.network_at(6).theta)
    assert part.epochs == 6


def test_the_order_depends_on_the_seed_and_every_sample_comes_once():
    one, same, other = (train(NET, *XOR, epochs=5, batch_size=1, seed=seed) for seed in (1, 1, 2))
    assert_array_equal(one.network.theta, same.network.theta)
    assert (one.network.theta != other.network.theta).any()
    for epoch in range(1, 6):
        assert sorted(np.concatenate(one.batches(epoch))) == [0, 1, 2, 3]
    unshuffled = train(NET, *XOR, epochs=2, batch_size=3, shuffle=False)
    assert [rows.tolist() for rows in unshuffled.batches(2)] == [[0, 1, 2], [3]]


def test_large_sets_are_gathered_in_spans():
    x, y = np.arange(70_000.0)[:, None], np.arange(70_000.0)[:, None]
    batches = Batches(x, y, 32, True, 1)
    for rows, (some, targets) in zip(batches.indices(2), batches.of_epoch(2), strict=True):
        assert_array_equal(x[rows], some)
        assert_array_equal(y[rows], targets)


def test_held_out_samples_are_not_trained_on():
    rng = np.random.default_rng(2)
    x, y = rng.normal(size=(20, 2)), rng.random((20, 1))
    history = train(NET, x, y, epochs=4, validation=0.25, seed=3)
    kept, held = history.data, history.held_out
    assert (len(kept[0]), len(held[0])) == (15, 5)
    assert_array_equal(np.sort(np.concatenate((kept[0], held[0])), axis=0), np.sort(x, axis=0))
    assert_array_equal(train(NET, *kept, epochs=4, seed=3).loss, history.loss)
    for epoch in range(1, 5):
        expected = trace(history.network_at(epoch), *held).loss
        assert history.validation_loss[epoch - 1] == pytest.approx(expected, rel=1e-13)
    assert train(NET, x, y, epochs=1).validation_loss is None


def test_biases_that_are_not_trained_stay():
    net = NET.with_train_bias(False)
    for optimizer in OPTIMIZERS:
        history = train(net, *XOR, optimizer=optimizer, learning_rate=0.1, epochs=5)
        assert_array_equal(history.network.layers[0].b, net.layers[0].b)
        assert (history.network.layers[0].W != net.layers[0].W).any()


SOURCE_C = "0.366976 0.245325 0.228060 0.197932 0.184124 0.178259 0.175207 0.173376 0.172167 0.171313"


def test_the_published_demonstration_does_not_learn_xor():
    draw = np.random.RandomState(1)
    W1, b1, W2, b2 = (draw.randn(*shape) for shape in ((2, 2), (2,), (1, 2), (1,)))
    net = Network.random((2, 2, 1), ("sigmoid", "sigmoid"))
    net = net.with_theta(np.concatenate([np.column_stack((W1, b1)).ravel(), W2.ravel(), b2]))
    history = train(net, *XOR, loss="squared_error", learning_rate=0.2, epochs=10_000)
    assert_allclose(history.loss[::1000], [float(loss) for loss in SOURCE_C.split()], atol=5e-7)
    assert_allclose(history.network.predict(XOR[0])[:, 0], [0.061679, 0.661804, 0.661828, 0.670958], atol=5e-7)
    assert trace(history.network, *XOR, "squared_error").loss == pytest.approx(0.170681, abs=5e-7)


@pytest.mark.parametrize("batch", [None, 3])
def test_networks_at_several_epochs_are_those_at_each(batch):
    rng = np.random.default_rng(4)
    net = Network.random((2, 3, 1), ("tanh", "sigmoid"), seed=2)
    X, y = rng.normal(size=(10, 2)), rng.uniform(size=(10, 1))
    history = train(net, X, y, optimizer="adam", learning_rate=0.01, epochs=300, batch_size=batch, start=20)
    epochs = [20, 21, 25, 40, 41, history.kept[3], 199, 200, 201, 320]
    for epoch, network in zip(sorted(epochs), history.networks_at(sorted(epochs)), strict=True):
        np.testing.assert_array_equal(network.theta, history.network_at(epoch).theta)
    again = [network.theta for network in history.networks_at([201, 40])]
    np.testing.assert_array_equal(again[1], history.network_at(40).theta)
    assert (history.kept[0], history.kept[-1]) == (20, 320)
