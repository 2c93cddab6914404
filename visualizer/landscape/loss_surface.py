"""The loss surface with trajectories on it: the network's own, computed in portions, or a test surface's.

A `LossSurface` is what the figures draw: two axes, heights, and paths of which each point lies in the plane.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine import OPTIMIZERS, Network, Text
from engine.landscape import SURFACES, Chunk, Plane, landscape, parameter_plane, principal_plane, random_plane, walk
from engine.settings import Task
from engine.studies import REST, RunRecord
from visualizer.epochs import key_epochs, looked_at
from visualizer.landscape.settings import LandscapeSettings, place_name, places_of
from visualizer.runs import NamedRun, labels

MOST_FRAMES, MOST_PATHS, MOST_POINTS = 50, 8, 400
_ROOM = 0.65  # half the length of an axis, as a multiple of what the paths need
_STEEP = 10.0  # how many times as high as usual a loss surface is that is drawn logarithmically
_LOWEST = 1e-12  # of the heights, as a share of the highest, on a logarithmic scale
_PLAIN = ("sgd", "momentum", "nesterov")  # their steps grow with the slope: they need the rate that suits the surface
_GONE = Text("{} (diverged at step {})", "{}（第 {} 步发散）")
_ALPHA, _BETA = Text("along direction 1: α", "沿方向 1：α"), Text("along direction 2: β", "沿方向 2：β")


class Path(NamedTuple):
    """Trajectory of one run or optimizer.

    Attributes
    ----------
    label : Text
    colour : int
        Its place among `palette.SERIES`.
    at : ndarray of shape (n,)
        After which epochs or steps.
    points : ndarray of shape (n, 2)
        In the coordinates of the axes.
    heights : ndarray of shape (n,)
        The true ones: a path of a network may lie off the plane.
    """

    label: Text
    colour: int
    at: NDArray
    points: NDArray
    heights: NDArray


@dataclass
class LossSurface:
    """Loss surface as far as it has been computed.

    A session keeps one, and its threads may overlap: `advance` computes each portion under a lock, and `cost` is
    replaced as a whole, never filled further. So whoever draws meanwhile asks once for what he draws.

    Attributes
    ----------
    names : tuple of Text
        Of the two axes.
    x, y : ndarray
        The places along them.
    cost : ndarray of shape (len(y), len(x))
        NaN where it is still to come or not finite.
    marks : ndarray of int
        The epochs or steps that are frames when the paths play.
    paths : list of Path
    here : tuple of float
        The middle of the plane: the network it goes through, or the minimum of a test surface.
    share : float
        The share of the trajectories' length that lies in the plane, from 0 to 1.
    done : float
        The share of the points that has been computed, from 0 to 1.
    seconds : float
        The time of the computation, without the pauses.
    """

    names: tuple[Text, Text]
    x: NDArray
    y: NDArray
    cost: NDArray
    marks: NDArray
    paths: list[Path]
    here: tuple[float, float]
    share: float = 1.0
    done: float = 1.0
    seconds: float = 0.0
    plane: Plane | None = None
    corner: NDArray = field(default_factory=lambda: np.zeros(2))  # what the axes say where α = β = 0
    chunks: Iterator[Chunk] = field(default_factory=lambda: iter(()))
    cancelled: bool = False
    lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    @property
    def running(self) -> bool:
        """Whether points are left to be computed, and are wanted."""
        return self.done < 1 and not self.cancelled

    def advance(self) -> bool:
        """Compute a portion, and give others their turn; return whether more is left."""
        with self.lock:
            if self.running:
                self._compute()
        if self.running:
            time.sleep(REST)
        return self.running

    def _compute(self) -> None:
        began = time.perf_counter()
        chunk = next(self.chunks)
        self.cost = np.where(np.isfinite(chunk.cost), chunk.cost, np.nan)
        self.done = chunk.done / chunk.total
        self.seconds += time.perf_counter() - began

    def cancel(self) -> None:
        """Stop computing."""
        self.cancelled = True

    def go_on(self) -> None:
        """Resume computing."""
        self.cancelled = False

    def place(self, network: Network) -> NDArray:
        """Return the coordinates of a network on the axes."""
        return self.plane.project([network])[0] + self.corner if self.plane else np.zeros(2)

    def on_the_ground(self, points: NDArray) -> NDArray:
        """Return the heights of the drawn surface at points, interpolated between its corners as it is drawn."""
        i, u = _cell(self.x, points[:, 0])
        j, v = _cell(self.y, points[:, 1])
        c = self.cost
        low, high = c[j, i] * (1 - u) + c[j, i + 1] * u, c[j + 1, i] * (1 - u) + c[j + 1, i + 1] * u
        return low * (1 - v) + high * v

    @property
    def is_steep(self) -> bool:
        """Whether heights are better drawn logarithmically."""
        known = self.cost[np.isfinite(self.cost)]
        usual = np.median if self.plane is None else np.min  # what a run has come down to is what one looks for
        return bool(known.size and known.min() >= 0 and known.max() > _STEEP * usual(known))

    @property
    def floor(self) -> float:
        """Lowest height on a logarithmic scale."""
        known = self.cost[np.isfinite(self.cost) & (self.cost > 0)]
        return float(max(known.min(), _LOWEST * known.max())) if known.size else _LOWEST


def _cell(axis: NDArray, values: NDArray) -> tuple[NDArray, NDArray]:
    """Return the cell of an axis in which values lie, and how far in it."""
    at = np.clip((values - axis[0]) / (axis[-1] - axis[0]) * (len(axis) - 1), 0, len(axis) - 1)
    cell = np.minimum(at.astype(int), len(axis) - 2)
    return cell, at - cell


def known_surface(settings: LandscapeSettings) -> LossSurface:
    """Return a test surface with the trajectories of optimizers, all from the same start."""
    ground = SURFACES[settings.ground]
    x, y = (_axis(*ends, settings) for ends in (ground.x, ground.y))
    marks = np.unique(np.linspace(0, settings.steps, MOST_FRAMES).round().astype(int))
    paths = [_walked(settings, name, i) for i, name in enumerate(settings.walkers)]
    heights = np.asarray(ground.f(*np.meshgrid(x, y)))
    return LossSurface((Text("x", "x"), Text("y", "y")), x, y, heights, marks, paths, ground.minimum)


def _axis(low: float, high: float, settings: LandscapeSettings) -> NDArray:
    middle, half = (low + high) / 2, (high - low) / 2 * settings.reach
    return np.linspace(middle - half, middle + half, settings.grid)


def _walked(settings: LandscapeSettings, name: str, colour: int) -> Path:
    usual = (
        SURFACES[settings.ground].rate * (OPTIMIZERS[name].rate / OPTIMIZERS["sgd"].rate) if name in _PLAIN else None
    )
    way = walk(settings.ground, name, usual if settings.rate is None else settings.rate, settings.steps)
    label, step = OPTIMIZERS[name].label, -(-settings.steps // MOST_POINTS)
    if len(way.points) <= settings.steps:
        label = _GONE.format(label, len(way.points))
    at = np.unique([*range(0, len(way.points), step), len(way.points) - 1])
    return Path(label, colour, at, way.points[at], way.heights[at])


class Origin(NamedTuple):
    """Origin of a network's plane: the task, the runs with the chosen one, and its epochs."""

    task: Task
    runs: tuple[NamedRun, ...] = ()
    looked: int = -1

    @property
    def trial(self) -> RunRecord | None:
        """Run around which the loss surface lies."""
        return self.runs[self.looked].trial if self.runs else None


def network_surface(settings: LandscapeSettings, origin: Origin) -> LossSurface:
    """Return the loss surface around a network, with nothing computed yet but the trajectories.

    Raises
    ------
    InputError
        Where the run spans no plane.
    """
    marks = _finite_epochs(origin.trial)
    path = origin.trial.networks_at(marks.tolist()) if origin.trial else [origin.task.network()]
    plane, names, corner = _plane(settings, path)
    runs = _companions(origin, path[0])
    ways = {i: path if run.trial is origin.trial else _networks(run.trial, marks) for i, run in runs.items()}
    called = list(map(Text, labels(origin.runs, "en"), labels(origin.runs, "zh")))
    paths = [
        Path(called[i], runs[i].colour, at, plane.project(way) + corner, runs[i].trial.loss[at])
        for i, way in ways.items()
        for at in [marks[: len(way)]]
    ]
    x, y = _axes(settings, np.concatenate([corner[None], *(each.points for each in paths)]))
    rows = looked_at(origin.trial.data if origin.trial else origin.task.samples())
    chunks = landscape(plane, *rows, x - corner[0], y - corner[1], origin.task.loss)
    empty, here = np.full((len(y), len(x)), np.nan), (float(corner[0]), float(corner[1]))
    share = _share(plane, path)
    return LossSurface(names, x, y, empty, marks, paths, here, share, 0.0, plane=plane, corner=corner, chunks=chunks)


def _finite_epochs(trial: RunRecord | None) -> NDArray:
    """Return the key epochs of a run, as far as it stayed finite."""
    if trial is None:
        return np.zeros(1, int)
    epochs = np.array(key_epochs(trial, MOST_FRAMES))
    gone = np.flatnonzero(~np.isfinite(trial.loss))
    return epochs[epochs < gone[0]] if gone.size else epochs


def _networks(trial: RunRecord, marks: NDArray) -> list[Network]:
    kept = _finite_epochs(trial)[-1]
    return trial.networks_at(marks[marks <= kept].tolist())


def _companions(origin: Origin, start: Network) -> dict[int, NamedRun]:
    """Return the runs that began with the same network, by index: the chosen one, and the latest others."""
    looked = origin.looked % len(origin.runs) if origin.runs else 0
    found = {looked: origin.runs[looked]} if origin.runs else {}
    for i, run in reversed(list(enumerate(origin.runs))):
        if i != looked and not run.hidden and len(found) < MOST_PATHS and _same(run.trial.network_at(0), start):
            found[i] = run
    return found


def _same(network: Network, other: Network) -> bool:
    return network.architecture == other.architecture and np.array_equal(network.theta, other.theta)


def _plane(settings: LandscapeSettings, path: Sequence[Network]) -> tuple[Plane, tuple[Text, Text], NDArray]:
    """Return the plane, the names of its axes, and the coordinates of the network it goes through."""
    last = path[-1]
    if settings.plane == "weights":
        places = places_of(settings, last)
        values = np.array([last.theta[last.index(*place)] for place in places], float)
        first, second = (Text(place_name(place), place_name(place)) for place in places)
        return parameter_plane(last, *places), (first, second), values
    plane = principal_plane(path) if settings.plane == "principal" else random_plane(last, settings.directions)
    return plane, (_ALPHA, _BETA), np.zeros(2)


def _axes(settings: LandscapeSettings, points: NDArray) -> tuple[NDArray, NDArray]:
    """Return axes on which all points have a place."""
    low, high = points.min(axis=0), points.max(axis=0)
    extent = high - low
    least = 0.25 * extent.max() if settings.plane == "principal" else 1.0
    half = np.maximum(_ROOM * extent, least) * settings.reach
    middle = (low + high) / 2
    first, second = (np.linspace(m - h, m + h, settings.grid) for m, h in zip(middle, half, strict=True))
    return first, second


def _share(plane: Plane, path: Sequence[Network]) -> float:
    """Share of a trajectory's way from the plane's middle that lies in the plane, in squares."""
    away = np.array([network.theta - plane.origin.theta for network in path], float)
    left = away - plane.project(path) @ plane.directions
    whole = float((away**2).sum())
    return 1 - float((left**2).sum()) / whole if whole else 1.0
