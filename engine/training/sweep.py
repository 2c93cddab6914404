"""Sweeps, many trainings at once: networks of one architecture are stacked, and every call works on all of them."""

import os
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple, Unpack

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.core import InputError, Text, as_tuple, as_whole
from engine.network import Network
from engine.optimizers import as_rate
from engine.options import GradientOptions, SweepOptions, check_keywords, options_of, taken_stopping
from engine.training.early import REASONS, StopWatch
from engine.training.history import History
from engine.training.loop import Loop, Settings, order_of
from engine.training.run import TrainingLoop, settings_of

_PIECES = Text("invalid number of pieces", "份数无效")
Stack = tuple[Settings, NDArray]  # runs that train together, and where their parameters begin


class _Trained(NamedTuple):
    """Results of a stack: curves, the last epoch of each run, why (its place in `REASONS`), and its parameters then."""

    losses: NDArray
    last: NDArray
    stopped: NDArray
    thetas: NDArray


@dataclass(frozen=True, eq=False)
class Sweep:
    """Results of trainings that ran side by side.

    Attributes
    ----------
    loss : ndarray of shape (runs, epochs)
        As in `History`; NaN after the epoch in which a run diverged or ended.
    epochs : ndarray of shape (runs,)
        The last epoch of each run; one that diverged has gone on all the same.
    """

    loss: NDArray
    epochs: NDArray
    _given: tuple[Network, ...]
    _thetas: tuple[NDArray, ...]
    _settings: tuple[Settings, ...]
    _ended: tuple[str, ...]

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        """The network of each run after the last epoch; one that diverged has gone on all the same."""
        return tuple(given.with_theta(theta) for given, theta in zip(self._given, self._thetas, strict=True))

    @property
    def diverged(self) -> NDArray:
        """First epoch of each run whose loss or parameters were not finite, 0 where there is none."""
        trained = np.arange(self.loss.shape[1]) < self.epochs[:, np.newaxis]
        wrong = ~np.isfinite(self.loss) & trained
        wrong[:, -1] |= [not np.isfinite(theta).all() for theta in self._thetas]
        return np.where(wrong.any(axis=1), wrong.argmax(axis=1) + 1, 0)

    @property
    def stopped(self) -> tuple[str, ...]:
        """Reason for which each run ended before the last epoch, as in `History`."""
        return tuple("diverged" if gone else ended for gone, ended in zip(self.diverged, self._ended, strict=True))

    def history(self, k: int) -> History:
        """Train run k once more, alone, and return its history with every moment of it."""
        return TrainingLoop(self._given[k], self._settings[k]).to_the_end()


def sweep(
    networks: Sequence[Network],
    X: ArrayLike,
    y: ArrayLike,
    loss: str = "quadratic",
    optimizer: str | Sequence[str] = "sgd",
    learning_rate: float | Sequence[float] | NDArray = 0.1,
    epochs: int = 100,
    batch_size: int | None = None,
    *,
    executor: Executor | None = None,
    pieces: int | None = None,
    **options: Unpack[SweepOptions],
) -> Sweep:
    """Train many networks on the same data.

    Those of the same architecture with the same optimizer are trained as one stack of arrays. With an executor each
    stack is cut into pieces that train elsewhere: the answer is the same to the last bit, where NumPy is the same and
    its BLAS has as many threads. It comes when the last piece is done; an error or Ctrl-C cancels those not yet begun.

    Parameters
    ----------
    networks : sequence of Network
        One for each run; they may differ in anything but the numbers of inputs and outputs.
    X, y, loss, epochs, batch_size
        As in `train`, for all runs.
    optimizer : str or sequence of str
        One for all runs, or one for each.
    learning_rate : float or sequence of float
        One for all runs, or one for each.
    executor : concurrent.futures.Executor, optional
        Who trains the pieces: a process pool, or whatever else has `submit`, such as `Client(…).get_executor()` of
        dask. This process trains all unless given.
    pieces : int, optional
        Into how many pieces each stack is cut, at most; one for each processor of this machine unless given. Every
        piece takes the data along.
    **options
        Those of `engine.SweepOptions`: order, seed, schedule, penalty, clipping, when to end …, for all runs.

    Raises
    ------
    InputError
        Where `train` would, and where the numbers of networks, rates and optimizers differ.

    Examples
    --------
    >>> from engine import Network, sweep
    >>> nets = [Network.random((1, 1), ("linear",), seed=seed) for seed in range(3)]
    >>> sweep(nets, [[1.0], [2.0]], [[2.0], [4.0]], learning_rate=[0.1, 0.2, 0.3], epochs=50).loss.shape
    (3, 50)
    """
    check_keywords("sweep", options, SweepOptions)
    given = as_tuple(networks)
    if not given or not all(isinstance(network, Network) for network in given):
        raise InputError(
            Text("no networks to train", "没有可训练的网络"),
            Text("at least one Network", "至少一个 Network"),
            networks,
        )
    methods = _of_each("optimizer", optimizer, len(given))
    rates = _of_each("learning_rate", learning_rate, len(given))
    rest: dict[str, Any] = {**options}
    stopping = taken_stopping(rest)
    beside = options_of(**{name: rest.pop(name) for name in GradientOptions.__annotations__ if name in rest})
    shared: dict[str, Any] = {"options": beside, "stopping": stopping, **rest}
    stacks: dict[Any, list[int]] = {}
    settings: list[Settings] = []
    for k, (network, method, rate) in enumerate(zip(given, methods, rates, strict=True)):
        members = stacks.setdefault((network.architecture, str(method)), [])
        settings.append(
            replace(settings[members[0]], rate=as_rate(rate, network.architecture.dtype))
            if members
            else settings_of(network, X, y, loss, method, rate, batch_size, epochs=epochs, **shared)
        )
        members.append(k)
    count = 1 if executor is None else _as_pieces(pieces)
    parts = [part for members in stacks.values() for part in _cut(members, settings[members[0]], count)]
    stacked = [_stack([given[k] for k in part], [settings[k] for k in part]) for part in parts]
    trained = map(_train, stacked) if executor is None else _elsewhere(executor, stacked)
    return _together(dict(zip(map(tuple, parts), trained, strict=True)), given, settings)


def _together(found: dict[tuple[int, ...], _Trained], given: tuple[Network, ...], settings: list[Settings]) -> Sweep:
    """Return the sweep of stacks that have been trained, each run in its place again."""
    curves = np.empty((len(given), settings[0].epochs))
    last, ended = np.empty(len(given), int), [""] * len(given)
    ends: list[Any] = [None] * len(given)
    for part, trained in found.items():
        curves[list(part)], last[list(part)] = trained.losses, trained.last
        for k, reason, theta in zip(part, REASONS[trained.stopped].tolist(), trained.thetas, strict=True):
            ended[k], ends[k] = reason, theta
    return Sweep(_until_divergence(curves), last, given, tuple(ends), tuple(settings), tuple(ended))


def _of_each(name: str, value: Any, count: int) -> tuple[Any, ...]:
    """Return one value for each run of a sweep."""
    if isinstance(value, str) or not np.iterable(value):
        return (value,) * count
    values = as_tuple(value)
    if len(values) != count:
        problem = Text("the number of {} does not match the number of networks", "{} 与网络数不符").format(name)
        raise InputError(problem, Text("one, or {}", "一个，或 {} 个").format(count), len(values))
    return values


def _as_pieces(pieces: int | None) -> int:
    return (os.cpu_count() or 1) if pieces is None else as_whole(_PIECES, pieces, 1)


def _cut(members: list[int], settings: Settings, pieces: int) -> list[list[int]]:
    """Cut the members of a stack into pieces of nearly one size.

    Networks that lie side by side stay at least in pairs: alone in memory, the same product is another routine of the
    BLAS, which rounds in another order.
    """
    fewest = 2 if order_of(settings.architecture, settings.data.size) == "F" else 1
    count = max(1, min(pieces, len(members) // fewest))
    return [part.tolist() for part in np.array_split(members, count)]


def _stack(networks: Sequence[Network], settings: Sequence[Settings]) -> Stack:
    theta = np.array([network.theta for network in networks])
    rates = np.array([[own.rate] for own in settings], theta.dtype)
    return replace(settings[0], rate=rates, stack=(len(networks),)), theta


def _elsewhere(executor: Executor, stacks: Sequence[Stack]) -> list[_Trained]:
    jobs = [executor.submit(_train, stack) for stack in stacks]
    try:
        return [job.result() for job in jobs]
    finally:
        for job in jobs:
            job.cancel()  # does nothing to one that is done


def _train(stack: Stack) -> _Trained:
    settings, theta = stack
    loop = Loop(settings, theta, settings.optimizer.init(theta[:, : settings.architecture.parameters]))
    losses = np.full((settings.epochs, len(theta)), np.nan)
    ends = _Ends(settings, len(theta))
    with np.errstate(all="ignore"):
        while loop.done < settings.epochs and not ends.all:
            loop.advance()
            losses[loop.done - 1] = np.where(ends.reached, np.nan, loop.loss)
            ends.look(loop)
    return ends.trained(losses.T, loop.theta)


class _Ends:
    """Ends of the runs of a stack, which trains on for the others; each run's parameters are kept as it ended."""

    def __init__(self, settings: Settings, runs: int) -> None:
        self._watch = StopWatch(settings.stopping, runs=runs) if settings.stopping.used else None
        self._last, self._stopped = np.full(runs, settings.epochs), np.zeros(runs, int)
        self._gone = np.zeros(runs, bool)
        self._thetas: dict[int, NDArray] = {}

    @property
    def reached(self) -> NDArray:
        """Whether each run has ended."""
        return self._stopped > 0

    @property
    def all(self) -> bool:
        """Whether all runs have ended."""
        return bool(self._watch) and bool(self.reached.all())

    def look(self, loop: Loop) -> None:
        """Take note of the runs that end in this epoch; one that has diverged goes on."""
        if not self._watch:
            return
        self._gone |= ~(np.isfinite(loop.loss) & np.isfinite(loop.theta).all(axis=1))
        reasons = np.where(self.reached | self._gone, 0, self._watch.reasons(loop.loss, loop.done))
        for k in np.flatnonzero(reasons):
            self._last[k], self._stopped[k], self._thetas[int(k)] = loop.done, reasons[k], loop.theta[k].copy()

    def trained(self, losses: NDArray, thetas: NDArray) -> _Trained:
        """Return the results of the stack."""
        ends = [self._thetas.get(k, theta) for k, theta in enumerate(thetas)]
        return _Trained(losses, self._last, self._stopped, np.array(ends))


def _until_divergence(curves: NDArray) -> NDArray:
    """Blank out the values after the first one that is not finite."""
    over = np.cumsum(~np.isfinite(curves), axis=1) > 1
    curves[over] = np.nan
    return curves
