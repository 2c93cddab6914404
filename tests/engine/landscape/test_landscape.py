import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import InputError, Network, fit, parameter_plane, principal_plane, random_plane
from engine.landscape import landscape
from engine.passes import trace
from tests.engine.oracles import ALLOWED, draw_case

RNG = np.random.default_rng(2)
X, Y = RNG.normal(size=(20, 2)), RNG.random((20, 1))
NET = Network.random((2, 4, 3, 1), ("tanh", "relu", "sigmoid"), seed=1)
MODES = Network.random((2, 5, 4, 1), ("tanh", "relu", "linear"), seed=1, batch_norm=True, dropout=0.3)
ALPHAS, BETAS = np.linspace(-1, 1, 5), np.linspace(-2, 1, 4)


def whole(*arguments, **settings):
    *_, last = landscape(*arguments, **settings)
    return last.cost


def path_of(net, epochs=30):
    return [net, *(e.network for e in fit(net, X, Y, optimizer="adam", learning_rate=0.05, epochs=epochs))]


PLANES = {
    "two weights": lambda net: parameter_plane(net, (1, 0, 1), (3, 0, 2)),
    "weight and bias": lambda net: parameter_plane(net, (2, 1, 0), (1, 2, None)),
    "random": lambda net: random_plane(net, seed=3),
    "principal": lambda net: principal_plane(path_of(net)),
}
every_plane = pytest.mark.parametrize("make", PLANES.values(), ids=PLANES)


@every_plane
@pytest.mark.parametrize("net", [NET, NET.astype(np.float32), MODES], ids=["plain", "float32", "with modes"])
@pytest.mark.parametrize("regularizer", ["none", "l2"])
def test_every_point_is_the_cost_of_the_network_there(make, net, regularizer):
    plane = make(net)
    found = whole(plane, X, Y, ALPHAS, BETAS, "mse", regularizer=regularizer, strength=0.2)
    assert found.shape == (4, 5)
    options = {"regularizer": regularizer, "strength": 0.2, "training": False}
    expected = [[trace(plane.network(a, b), X, Y, "mse", **options).cost for a in ALPHAS] for b in BETAS]
    tolerance = 1e-5 if net.theta.dtype == np.float32 else 1e-12
    assert_allclose(found, expected, rtol=tolerance)
    assert np.ptp(found) > 1e-6


@pytest.mark.parametrize(("output", "loss"), ALLOWED)
def test_every_loss_has_a_landscape(output, loss):
    net, x, y = draw_case(np.random.default_rng(3), output, loss, layers=2)
    plane = random_plane(net, 1)
    found = whole(plane, x, y, [0, 0.5], [-0.25, 0], loss)
    assert found[1, 0] == pytest.approx(trace(net, x, y, loss).loss, rel=1e-12)
    assert found[0, 1] == pytest.approx(trace(plane.network(0.5, -0.25), x, y, loss).loss, rel=1e-10)


def test_chunks_come_one_after_another_and_can_be_left():
    net = Network.random((2, 60, 60, 1), ("tanh", "tanh", "sigmoid"), seed=1)
    grid = np.linspace(-1, 1, 40)
    seen = []
    for chunk in landscape(random_plane(net), X, Y, grid, grid):
        assert chunk.total == 1600
        assert np.isfinite(chunk.cost).sum() == chunk.done
        seen.append(chunk.done)
    assert len(seen) > 3
    assert seen == sorted(set(seen))
    assert seen[-1] == 1600
    first = next(landscape(random_plane(net), X, Y, grid, grid))
    assert 0 < first.done < 1600


def test_two_parameters_move_as_far_as_the_coordinates_say():
    plane = parameter_plane(NET, (1, 0, 1), (2, 1, None))
    moved = plane.network(0.5, -0.25)
    expected = NET.with_weight(1, 0, 1, NET.layers[0].W[0, 1] + 0.5)
    assert_array_equal(moved.theta, expected.with_bias(2, 1, NET.layers[1].b[1, 0] - 0.25).theta)


@pytest.mark.parametrize("net", [NET, MODES], ids=["plain", "with modes"])
def test_a_random_direction_is_as_long_as_each_filter(net):
    plane = random_plane(net, seed=5)
    for direction in plane.directions:
        moved = net.with_theta(direction)
        for layer, along in zip(net.layers, moved.layers, strict=True):
            assert_allclose(np.linalg.norm(along.W, axis=1), np.linalg.norm(layer.W, axis=1), rtol=1e-12)
            assert not along.b.any()
            assert along.batch_norm is None or not any(column.any() for column in along.batch_norm)
    assert (plane.directions != random_plane(net, seed=6).directions).any()
    assert_array_equal(plane.directions, random_plane(net, seed=5).directions)
    assert (plane.directions[0] != plane.directions[1]).any()


def test_principal_directions_hold_most_of_a_path():
    path = path_of(NET)
    plane = principal_plane(path)
    assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    points = plane.project(path)
    away = np.array([net.theta for net in path]) - path[-1].theta
    assert_allclose(points[-1], 0, atol=1e-12)
    assert (points[0] <= 0).all()
    left = np.linalg.norm(away - points @ plane.directions) ** 2 / np.linalg.norm(away) ** 2
    sizes = np.linalg.svd(away, compute_uv=False)
    assert left == pytest.approx((sizes[2:] ** 2).sum() / (sizes**2).sum(), rel=1e-6)
    assert left < 0.1
    for direction in np.random.default_rng(1).normal(size=(20, 2, len(NET.theta))):
        worse = np.linalg.qr(direction.T)[0]
        assert np.linalg.norm(away - away @ worse @ worse.T) ** 2 / np.linalg.norm(away) ** 2 > left


@every_plane
def test_a_point_of_the_plane_is_projected_onto_itself(make):
    plane = make(NET)
    points = np.array([[0.5, -0.25], [0.0, 1.0]])
    assert_allclose(plane.project([plane.network(*point) for point in points]), points, atol=1e-12)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: parameter_plane(NET, (1, 0, 0), (1, 0, 0)), "same parameter"),
        (lambda: parameter_plane(NET, (4, 0, 0), (1, 0, 0)), "layer"),
        (lambda: parameter_plane(NET, (1, 0), (1, 0, 0)), "parameter"),
        (lambda: parameter_plane(NET, 3, (1, 0, 0)), "parameter"),
        (lambda: random_plane(NET, seed=-1), "seed"),
        (lambda: principal_plane([NET, NET]), "path"),
        (lambda: principal_plane([NET, NET, NET]), "path"),
        (lambda: principal_plane([NET, NET, MODES]), "path"),
        (lambda: landscape(random_plane(NET), X, Y, [], [1]), "alphas"),
        (lambda: landscape(random_plane(NET), X, Y, [1], np.zeros(513)), "betas"),
        (lambda: landscape(random_plane(NET), X, Y, [1], [np.nan]), "betas"),
        (lambda: landscape(random_plane(NET), X, Y[:3], [1], [1]), "samples"),
        (lambda: landscape(random_plane(NET), X, Y, [1], [1], "cross_entropy"), "cross"),
        (lambda: landscape(random_plane(NET), X, Y, [1], [1], regularizer="l3"), "regularizer"),
    ],
)
def test_what_cannot_be_is_told_at_once(call, words):
    with pytest.raises(InputError, match=words):
        call()
