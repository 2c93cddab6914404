import os
import pickle
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from types import SimpleNamespace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import INITIALIZERS, OPTIMIZERS, InputError, Network, train
from engine.passes import trace
from engine.training import sweep
from tests.engine.oracles import ALLOWED, draw_case

XOR = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]]), np.array([0, 1, 1, 0.0])


def assert_same(runs, nets, x, y, rates, optimizers, **settings):
    for k, (net, rate, optimizer) in enumerate(zip(nets, rates, optimizers, strict=True)):
        alone = train(net, x, y, optimizer=optimizer, learning_rate=rate, **settings)
        assert_allclose(runs.loss[k], alone.loss, rtol=1e-10, atol=1e-13)
        assert_allclose(runs.networks[k].theta, alone.network.theta, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(("output", "loss"), ALLOWED)
def test_a_sweep_is_separate_trainings(output, loss):
    rng = np.random.default_rng(7)
    net, x, y = draw_case(rng, output, loss, layers=2)
    nets = [net.with_theta(rng.normal(size=net.theta.shape)) for _ in range(3)]
    rates = [0.01, 0.03, 0.1]
    assert_same(
        sweep(nets, x, y, loss, learning_rate=rates, epochs=5), nets, x, y, rates, ["sgd"] * 3, loss=loss, epochs=5
    )


@pytest.mark.parametrize("sizes", [(2, 2, 1), (2, 30, 20, 1), (2, 400, 100, 1)], ids=str)
@pytest.mark.parametrize("settings", [{}, {"batch_size": 3}, {"batch_size": 3, "record": "full"}], ids=str)
def test_networks_optimizers_and_rates_may_differ(sizes, settings):
    activations = ("tanh",) * (len(sizes) - 2) + ("sigmoid",)
    nets = [Network.random(sizes, activations, init, seed) for seed, init in enumerate([*INITIALIZERS, "uniform"])]
    nets[1] = Network.random((2, 3, 1), ("relu", "sigmoid"), seed=3)  # another architecture goes along
    nets[2] = nets[2].with_train_bias(False)
    optimizers = [*OPTIMIZERS, *OPTIMIZERS][: len(nets)]
    optimizers[3] = optimizers[4]
    rates = np.linspace(0.01, 0.02, len(nets)).tolist()
    runs = sweep(nets, *XOR, optimizer=optimizers, learning_rate=rates, epochs=6, **settings)
    assert runs.loss.shape == (len(nets), 6)
    assert_same(runs, nets, *XOR, rates, optimizers, epochs=6, **settings)


@pytest.mark.parametrize(
    ("options", "reasons"),
    [
        ({"patience": 20, "min_improvement": 0.02}, {"plateau", ""}),
        ({"target_loss": 0.1}, {"target", ""}),
        ({"target_loss": 0.1, "patience": 40, "min_improvement": 0.02}, {"target", "plateau"}),
    ],
    ids=["patience", "target", "both"],
)
@pytest.mark.parametrize("batch", [None, 3])
def test_each_run_of_a_sweep_ends_where_it_would_alone(options, reasons, batch):
    nets = [Network.random((2, 3, 1), ("tanh", "sigmoid"), seed=seed) for seed in range(4)]
    rates = [0.5, 6.0, 1e-4, 3.0]
    shared = {"epochs": 300, "batch_size": batch, **options}
    runs = sweep(nets, *XOR, learning_rate=rates, **shared)
    alone = [train(net, *XOR, learning_rate=rate, **shared) for net, rate in zip(nets, rates, strict=True)]
    assert reasons <= set(runs.stopped)
    assert runs.stopped == tuple(history.stopped for history in alone)
    assert runs.epochs.tolist() == [history.epochs for history in alone]
    assert runs.diverged.tolist() == [0] * 4
    for k, history in enumerate(alone):
        assert_allclose(runs.loss[k, : history.epochs], history.loss, rtol=1e-9)
        assert np.isnan(runs.loss[k, history.epochs :]).all()
        assert_allclose(runs.networks[k].theta, history.network.theta, rtol=1e-9)
        assert runs.history(k).stopped == history.stopped


def test_a_run_of_a_sweep_that_diverges_has_not_reached_its_target():
    nets = [Network.random((1, 1), ("linear",), seed=seed) for seed in range(2)]
    runs = sweep(nets, [[1e3]], [[1.0]], learning_rate=[1.0, 1e-7], epochs=400, target_loss=1e-3)
    assert runs.stopped == ("diverged", "target")


def test_one_rate_serves_all_and_a_run_can_be_had_alone():
    nets = [Network.random((2, 2, 1), ("tanh", "sigmoid"), seed=seed) for seed in range(3)]
    runs = sweep(nets, *XOR, learning_rate=0.5, epochs=20)
    alone = runs.history(1)
    assert_allclose(alone.loss, runs.loss[1], rtol=1e-10)
    assert_array_equal(alone.network_at(0).theta, nets[1].theta)
    assert_array_equal(runs.diverged, [0, 0, 0])


def test_a_run_that_diverges_leaves_the_others_alone():
    nets = [Network.random((1, 1), ("linear",), seed=1)] * 3
    x, y, rates = [[1.0], [2.0]], [[1.0], [2.0]], [0.1, 30.0, 0.2]
    runs = sweep(nets, x, y, learning_rate=rates, epochs=400)
    alone = runs.history(1)
    assert alone.stopped == "diverged"
    assert runs.diverged.tolist() == [0, alone.epochs, 0]
    assert np.isnan(runs.loss[1, alone.epochs :]).all()
    assert np.isfinite(runs.loss[[0, 2]]).all()


@pytest.mark.parametrize(
    ("networks", "settings", "words"),
    [
        ([], {}, "networks"),
        (3, {}, "networks"),
        (["net"], {}, "networks"),
        (None, {"learning_rate": [0.1, 0.2, 0.3]}, "learning_rate"),
        (None, {"learning_rate": [0.1, -0.2]}, "learning rate"),
        (None, {"optimizer": ["sgd"]}, "optimizer"),
        (None, {"optimizer": ["sgd", "sdg"]}, "optimizer"),
        (None, {"epochs": 0}, "epochs"),
        (None, {"executor": Executor(), "pieces": 0}, "pieces"),
    ],
    ids=lambda part: str(part).partition(" object")[0],
)
def test_wrong_settings_are_told(networks, settings, words):
    nets = [Network.random((2, 2, 1), ("tanh", "sigmoid"))] * 2 if networks is None else networks
    with pytest.raises(InputError, match=words):
        sweep(nets, *XOR, **settings)


@pytest.mark.parametrize(
    ("optimizer", "rate", "solved", "stuck_at"), [("sgd", 0.2, 166, 0.170681), ("adam", 0.01, 147, 0.125)]
)
def test_how_many_seeds_of_the_published_settings_solve_xor(optimizer, rate, solved, stuck_at):
    nets = [published(seed) for seed in range(256)]
    runs = sweep(nets, *XOR, loss="squared_error", optimizer=optimizer, learning_rate=rate, epochs=10_000)
    final = np.array([trace(net, *XOR, "squared_error").loss for net in runs.networks])
    assert abs((final < 0.01).sum() - solved) <= (0 if optimizer == "sgd" else 2)  # Adam's paths may part by rounding
    assert final[1] == pytest.approx(stuck_at, abs=1e-5)
    if optimizer == "sgd":
        right = [((net.predict(XOR[0])[:, 0] > 0.5) == (XOR[1] > 0.5)).all() for net in runs.networks]
        assert sum(right) == 176


def published(seed):
    draw = np.random.RandomState(seed)
    W1, b1, W2, b2 = (draw.randn(*shape) for shape in ((2, 2), (2,), (1, 2), (1,)))
    theta = np.concatenate([np.column_stack((W1, b1)).ravel(), W2.ravel(), b2])
    return Network.random((2, 2, 1), ("sigmoid", "sigmoid")).with_theta(theta)


class Post(Executor):
    """An executor that runs its tasks at once, as they would arrive in another process."""

    def __init__(self):
        self.jobs = []

    def submit(self, function, *arguments):
        self.jobs.append(future := Future())
        sent, given = pickle.loads(pickle.dumps((function, arguments)))
        future.set_result(pickle.loads(pickle.dumps(sent(*given))))
        return future


def assert_equal_to_the_last_bit(one, other):
    assert_array_equal(one.loss, other.loss)
    for k, (network, same) in enumerate(zip(one.networks, other.networks, strict=True)):
        assert_array_equal(network.theta, same.theta, f"run {k}")


@pytest.mark.parametrize("sizes", [(2, 1), (2, 2, 1), (2, 30, 20, 1)], ids=str)
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"batch_size": 3, "record": "full", "schedule": "cosine"},
        {"regularizer": "l2", "clip": "norm", "batch_size": 2},
    ],
    ids=str,
)
def test_pieces_are_put_together_to_the_last_bit(sizes, settings):
    activations = ("tanh",) * (len(sizes) - 2) + ("sigmoid",)
    nets = [Network.random(sizes, activations, seed=seed) for seed in range(7)]
    nets[2] = Network.random((2, 3, 1), ("relu", "sigmoid"), seed=3)  # another architecture goes along
    rates = np.linspace(0.01, 0.07, len(nets))
    rates[5] = 1e200  # and a run that diverges
    settings |= {"optimizer": "adam", "learning_rate": rates, "epochs": 5}
    whole = sweep(nets, *XOR, **settings)
    for pieces in (1, 2, 3, 6, 100):
        assert_equal_to_the_last_bit(sweep(nets, *XOR, executor=Post(), pieces=pieces, **settings), whole)


@pytest.mark.parametrize(("sizes", "jobs"), [((2, 2, 1), 3), ((2, 30, 20, 1), 4)], ids=str)
def test_networks_that_lie_side_by_side_stay_in_pairs(sizes, jobs):
    nets = [Network.random(sizes, ("tanh",) * (len(sizes) - 1), seed=seed) for seed in range(7)]
    for pieces, expected in ((1, 1), (3, 3), (4, jobs), (None, min(jobs, os.cpu_count()))):
        post = Post()
        sweep(nets, *XOR, epochs=1, executor=post, pieces=pieces)
        assert len(post.jobs) == expected


def process_pool():
    return ProcessPoolExecutor(2, mp_context=get_context("spawn"))


@contextmanager
def dask_cluster():
    distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
        client.get_executor() as executor,
    ):
        yield executor


@pytest.mark.parametrize("start", [process_pool, dask_cluster])
def test_other_processes_train_the_same(start):
    nets = [Network.random((2, 30, 1), ("tanh", "sigmoid"), seed=seed) for seed in range(5)]
    nets += [Network.random((2, 2, 1), ("tanh", "sigmoid"), seed=seed) for seed in range(5)]
    with start() as executor:
        runs = sweep(nets, *XOR, optimizer="adam", epochs=20, executor=executor, pieces=2)
    assert_equal_to_the_last_bit(runs, sweep(nets, *XOR, optimizer="adam", epochs=20))


def test_an_error_cancels_what_has_not_begun():
    begun, nets = Future(), [Network.random((2, 30, 1), ("tanh", "sigmoid"), seed=seed) for seed in range(3)]
    begun.set_exception(OSError("the worker is gone"))
    jobs = [begun, Future(), Future()]
    executor = SimpleNamespace(submit=lambda *_: jobs[next(turn)])
    turn = iter(range(3))
    with pytest.raises(OSError, match="gone"):
        sweep(nets, *XOR, executor=executor, pieces=3)
    assert [job.cancelled() for job in jobs] == [False, True, True]
