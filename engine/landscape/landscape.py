"""The loss surface: the cost over two parameters, or over two directions in the space of all of them.

Every point of the plane θ + α d₁ + β d₂ is a network; a handful of them is stacked and run as one program, one chunk
after another, so that a page can show how far it has come and stop. Random directions are normalised filter by filter
(Li et al. 2018): a neuron's weights move in proportion to their length, so that the scale of the axes means the same
in every network. Principal directions are those in which a run's path has spread most.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.core import InputError, Text, as_numbers, as_tuple, as_whole
from engine.equations import Ref
from engine.network import Network
from engine.options import options_of
from engine.program import TO_THE_COST, Program, inference
from engine.training import as_samples, order_of

MOST_POINTS = 512  # along one axis
_NUMBERS_AT_ONCE = 2**20  # in theta and record of a stack, about 8 MB
_MOST_AT_ONCE = 500


@dataclass(frozen=True, eq=False)
class Plane:
    """Plane of two directions through a network.

    Attributes
    ----------
    origin : Network
        Where both coordinates are 0.
    directions : ndarray of shape (2, P)
        Laid out like theta; the running averages of normalized layers stay as they are.
    """

    origin: Network
    directions: NDArray

    def network(self, alpha: float, beta: float) -> Network:
        """Return the network at a point of the plane."""
        return self.origin.with_theta(self.thetas(np.array([[alpha, beta]]))[0])

    def thetas(self, points: NDArray) -> NDArray:
        """Return the parameters at points (n, 2) as (n, P)."""
        theta = self.origin.theta
        return (theta + points @ self.directions).astype(theta.dtype)

    def project(self, networks: Sequence[Network]) -> NDArray:
        """Return the points (n, 2) of the plane that lie nearest to some networks, such as those of a run."""
        away = np.array([network.theta - self.origin.theta for network in networks])
        return np.linalg.lstsq(self.directions.T, away.T, rcond=None)[0].T


class Chunk(NamedTuple):
    """Part of a loss surface that is computed by now: `done` of `total` points; `cost` is NaN at those to come."""

    done: int
    total: int
    cost: NDArray


def parameter_plane(network: Network, first: tuple[int, int, int | None], second: tuple[int, int, int | None]) -> Plane:
    """Return the plane of two parameters: a step of 1 is a change of 1.

    Parameters
    ----------
    network : Network
    first, second : tuple
        (layer, j, k) of a weight, as `Network.with_weight` has it; with k None the bias of neuron j.

    Raises
    ------
    InputError
        Where there is no such parameter, or both are the same.

    Examples
    --------
    >>> from engine import Network
    >>> plane = parameter_plane(Network.random((2, 1), ("sigmoid",)), (1, 0, 0), (1, 0, None))
    >>> plane.directions
    array([[1., 0., 0.],
           [0., 0., 1.]])
    """
    places = [network.index(*_as_place(place)) for place in (first, second)]
    if places[0] == places[1]:
        problem = Text("both directions are the same parameter", "两个方向是同一个参数")
        raise InputError(problem, Text("two different ones", "两个不同的参数"), first)
    directions = np.zeros((2, len(network.theta)))
    directions[[0, 1], places] = 1
    return Plane(network, directions)


def random_plane(network: Network, seed: int = 0) -> Plane:
    """Return a plane of two random directions, normalised filter by filter.

    Each neuron's row of weights in a direction is as long as that row in the network; biases, scales and shifts stay.

    Examples
    --------
    >>> from engine import Network
    >>> net = Network.random((2, 3, 1), ("tanh", "sigmoid"))
    >>> random_plane(net, seed=4).network(0.0, 0.0).theta.tolist() == net.theta.tolist()
    True
    """
    rng = np.random.default_rng(as_whole(Text("invalid seed", "随机种子无效"), seed, 0))
    architecture = network.architecture
    directions = np.zeros((2, len(network.theta)))
    for direction in directions:
        for part, shape in architecture.blocks:
            drawn = rng.normal(size=(shape[0], shape[1] - 1))
            rows = network.theta[part].reshape(shape)[:, :-1]
            lengths = np.linalg.norm(rows, axis=1, keepdims=True)
            direction[part].reshape(shape)[:, :-1] = drawn * lengths / np.linalg.norm(drawn, axis=1, keepdims=True)
    return Plane(network, directions)


def principal_plane(networks: Sequence[Network]) -> Plane:
    """Return the plane through the last network of a path in the two directions in which the path has spread most.

    The directions have length 1, and point from the start of the path to its end.

    Raises
    ------
    InputError
        Where there are fewer than three networks, they differ in architecture, or the path spans no plane.

    Examples
    --------
    >>> from engine import Network, train
    >>> net = Network.random((2, 2, 1), ("tanh", "sigmoid"), seed=1)
    >>> history = train(net, [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], learning_rate=2.0, epochs=500)
    >>> path = history.networks_at(range(0, 501, 50))
    >>> principal_plane(path).project(path).shape
    (11, 2)
    """
    path = as_tuple(networks)
    problem = Text("this path does not span a plane", "这条路径不能张成平面")
    if len(path) < 3 or any(network.architecture != path[-1].architecture for network in path):
        raise InputError(
            problem, Text("at least three networks of one architecture", "至少三个同结构的网络"), len(path)
        )
    moved = path[-1].architecture.parameters
    away = np.array([network.theta[:moved] - path[-1].theta[:moved] for network in path], np.float64)
    _, sizes, rows = np.linalg.svd(away, full_matrices=False)
    if len(sizes) < 2 or not sizes[1] > 1e-12 * sizes[0]:
        raise InputError(problem, Text("networks that do not lie on one line", "不在一条直线上的网络"), sizes[:2])
    directions = np.zeros((2, len(path[-1].theta)))
    directions[:, :moved] = rows[:2] * np.where(rows[:2] @ away[0] > 0, -1, 1)[:, np.newaxis]
    return Plane(path[-1], directions)


def landscape(
    plane: Plane,
    X: ArrayLike,
    y: ArrayLike,
    alphas: ArrayLike,
    betas: ArrayLike,
    loss: str = "quadratic",
    *,
    regularizer: str = "none",
    strength: float = 0.01,
) -> Iterator[Chunk]:
    """Compute the loss surface on a grid and yield what there is after each chunk; whoever asks may stop.

    Normalized layers and dropout are in inference mode.

    Parameters
    ----------
    plane : Plane
    X, y : array_like of shape (m, n_0) and (m, n_L)
        Samples and targets in rows.
    alphas, betas : array_like
        The coordinates along the two directions, at most 512 each.
    loss, regularizer, strength
        As in `engine.train`; with a regularizer the landscape is that of the whole cost.

    Yields
    ------
    Chunk
        Its `cost` has the shape (betas, alphas), as contour plots take it; the same array, filled further each time.

    Raises
    ------
    InputError
        Where data, loss or coordinates do not fit.

    Examples
    --------
    >>> from engine import Network, landscape, random_plane
    >>> net = Network.random((2, 3, 1), ("tanh", "sigmoid"), seed=1)
    >>> *_, last = landscape(random_plane(net), [[0, 1], [1, 1]], [1, 0], [-1, 0, 1], [-1, 0, 1])
    >>> last.cost.shape, last.done == last.total
    ((3, 3), True)
    """
    network = plane.origin
    rows = as_samples(network, X, y, loss)
    options = options_of(network.architecture.dtype, regularizer=regularizer, strength=strength)
    across, along = _as_axis("alphas", alphas), _as_axis("betas", betas)
    points = np.stack([grid.ravel() for grid in np.meshgrid(across, along)], axis=-1)
    costs = _Costs(plane, rows, loss, inference(network.architecture, options), len(points))
    return _chunks(costs, points, (len(along), len(across)))


def _chunks(costs: "_Costs", points: NDArray, shape: tuple[int, int]) -> Iterator[Chunk]:
    found = np.full(shape, np.nan)
    flat = found.reshape(-1)
    for start in range(0, len(points), costs.at_once):
        part = points[start : start + costs.at_once]
        flat[start : start + len(part)] = costs.of(part)
        yield Chunk(start + len(part), len(points), found)


class _Costs:
    """Costs at any points of a plane: networks stacked, and run as one program."""

    def __init__(self, plane: Plane, rows: tuple[NDArray, NDArray], loss: str, options: Any, count: int) -> None:
        self._plane = plane
        architecture, m = plane.origin.architecture, len(rows[0])
        numbers = architecture.numbers + 2 * m * (sum(architecture.sizes) + len(architecture.sizes))
        self.at_once = max(1, min(_NUMBERS_AT_ONCE // numbers, _MOST_AT_ONCE, count))
        theta = np.zeros((self.at_once, architecture.numbers), architecture.dtype, order_of(architecture, m))
        self._program = Program(architecture, loss, m, (self.at_once,), TO_THE_COST, theta, options)
        self._program.load(plane.origin.theta, *rows)
        self._cost = Ref("J", 0) if options.regularized else Ref("C", len(architecture.activations))

    def of(self, points: NDArray) -> NDArray:
        program = self._program
        program.theta[: len(points)] = self._plane.thetas(points)
        program.compute()
        return program.value(self._cost)[: len(points)]


def _as_place(place: Any) -> tuple[Any, Any, Any]:
    parts = as_tuple(place)
    if len(parts) != 3:
        allowed = Text("(layer, j, k), or (layer, j, None) for a bias", "(layer, j, k)；偏置为 (layer, j, None)")
        raise InputError(Text("not a parameter", "这不是参数"), allowed, place)
    return parts[0], parts[1], parts[2]


def _as_axis(name: str, values: ArrayLike) -> NDArray:
    axis = as_numbers(name, values, np.float64)
    if axis.ndim != 1 or not 1 <= len(axis) <= MOST_POINTS:
        allowed = Text("1 to {} numbers in a row", "一行 1 到 {} 个数").format(MOST_POINTS)
        raise InputError(Text("{} is not a valid axis", "{} 不是坐标轴").format(name), allowed, axis.shape)
    return axis
