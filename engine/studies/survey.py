"""A survey: one task trained from many seeds at many learning rates, to see what is luck and what is the rate."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.core import InputError, Text, as_number, as_tuple, as_whole
from engine.layers import count_parameters
from engine.network import Network
from engine.optimizers import as_rate
from engine.settings import Task
from engine.studies.trial import REST, TURN
from engine.training import SOLVED, Evaluation, Loop, Settings, classes, constant_loss, settings_of

MOST_SEEDS, MOST_RATES, MOST_KEPT = 256, 8, 400
MOST_WORK = 5 * 10**10  # samples times parameters times epochs times runs: some two minutes
_AN_UPDATE = 200  # what an update costs at least, in the same measure
_AT_ONCE, _MOST_PRODUCTS = 64, 2**20  # networks in a portion, and samples times parameters in a step of all: some ms
_SEEDS, _RATES = Text("invalid seeds", "随机种子无效"), Text("invalid learning rates", "学习率无效")
_MOST_SEED = 2**32 - 1
_TOO_MUCH = Text("this survey would take too long", "这项实验耗时过长")
_FIRST_LOOK = 0.4  # seconds after which there is something to look at, and from one look to the next
Runs = list[tuple[int, float]]


@dataclass(frozen=True, eq=False)
class Survey:
    """Results of one task from many seeds at many learning rates.

    Attributes
    ----------
    task : Task
        The settings that the runs have in common.
    rates, seeds : tuple of float, tuple of int
    epochs : ndarray of shape (kept,)
        The epochs after which losses were stored; the first is 0 and the last one the end.
    losses : ndarray of shape (rates, seeds, kept)
        The cost of the training set; NaN where a run had diverged.
    right : ndarray of bool of shape (rates, seeds), or None
        Whether the outputs end on the correct side of ½ for every sample; None where the targets are no classes.
    solved_below : float
        From where on a loss counts as solved.
    """

    task: Task
    rates: tuple[float, ...]
    seeds: tuple[int, ...]
    epochs: NDArray
    losses: NDArray
    right: NDArray | None
    solved_below: float

    @property
    def final(self) -> NDArray:
        """The loss at the end, of shape (rates, seeds); NaN where a run diverged."""
        return self.losses[..., -1]

    @property
    def diverged(self) -> NDArray:
        """Whether a run left the finite numbers, of shape (rates, seeds)."""
        return np.isnan(self.final)

    @property
    def solved(self) -> NDArray:
        """Share of the seeds whose loss ends below `solved_below`, for each rate."""
        return (self.final < self.solved_below).mean(axis=1)

    @property
    def all_right(self) -> NDArray | None:
        """Share of the seeds whose outputs all end on the correct side of ½, for each rate; None as for `right`."""
        return None if self.right is None else self.right.mean(axis=1)


class Progress(NamedTuple):
    """Progress of a survey, from 0 to 1; the last one brings the survey itself.

    Before that there is `so_far`, as soon as anything is known: at all rates the first seeds up to an epoch that they
    have reached, then those that are done.
    """

    share: float
    survey: Survey | None = None
    so_far: Survey | None = None


def survey(
    task: Task, seeds: Sequence[int], rates: Sequence[float], solved_below: float | None = None
) -> Iterator[Progress]:
    """Train a task from many seeds at many learning rates, a portion of stacked networks after the other.

    Whoever stops asking has cancelled it. Every few milliseconds others get a turn.

    Parameters
    ----------
    task : Task
        Its seed and its rate are replaced; there is no curve of what it holds out, and it is not trained on.
    seeds : sequence of int
        Up to 256 different ones.
    rates : sequence of float
        Up to 8 different ones, above 0.
    solved_below : float, optional
        From where on a loss counts as solved; 4 % of what the best constant answer costs unless given.

    Yields
    ------
    Progress
        Many times a second; the last one holds the `Survey`.

    Raises
    ------
    InputError
        For settings of the task that do not go together, seeds and rates outside these ranges, and where the runs
        would need more than 5·10¹⁰ samples times parameters times epochs.

    Examples
    --------
    >>> from engine.settings.task import Task
    >>> *_, last = survey(Task(epochs=100), range(4), [0.2, 2.0])
    >>> last.survey.final.shape
    (2, 4)
    """
    task.check()
    some_seeds, some_rates = _as_seeds(seeds), _as_rates(rates)
    settings = _settings(task)
    _check_work(task, settings, len(some_seeds) * len(some_rates))
    limit = constant_loss(task.loss, settings.data.y) * SOLVED if solved_below is None else solved_below
    limit = as_number(Text("invalid limit", "这个界限无效"), limit)
    return _survey(task, settings, some_seeds, some_rates, limit)


def _as_seeds(seeds: Sequence[int]) -> tuple[int, ...]:
    found = tuple(as_whole(_SEEDS, seed, 0, _MOST_SEED) for seed in as_tuple(seeds))
    return _as_many(_SEEDS, found, MOST_SEEDS)


def _as_rates(rates: Sequence[float]) -> tuple[float, ...]:
    return _as_many(_RATES, tuple(as_rate(rate) for rate in as_tuple(rates)), MOST_RATES)


def _as_many(problem: Text, values: tuple, most: int) -> tuple:
    if 1 <= len(values) <= most and len(set(values)) == len(values):
        return values
    allowed = Text("1 to {} different ones", "1 到 {} 个互不相同的值").format(most)
    raise InputError(problem, allowed, f"{len(values)}: {values}")


def _settings(task: Task) -> Settings:
    """Training settings of one run; no cost is computed of the held-out samples."""
    (x, y, held), batch = task.parted(), task.batch or None
    method = task.loss, task.optimizer, task.eta
    plan: Any = held, task.schedule, max(task.span, task.epochs), 0, task.options.checked()
    return replace(settings_of(task.network(), x, y, *method, batch, True, task.order, "running", *plan), held_out=None)


def _check_work(task: Task, settings: Settings, runs: int) -> None:
    samples, parameters = len(settings.data.x), count_parameters(settings.architecture.sizes)
    updates = -(-samples // settings.data.size)
    work = runs * task.epochs * (samples * parameters + updates * _AN_UPDATE)
    if work > MOST_WORK:
        runs_at_most = int(runs * MOST_WORK / work)
        allowed = Text("at most {} runs, or fewer epochs", "至多 {} 次训练，或减少轮数").format(runs_at_most)
        raise InputError(_TOO_MUCH, allowed, f"{runs} × {task.epochs}")


def _survey(
    task: Task, settings: Settings, seeds: tuple[int, ...], rates: tuple[float, ...], limit: float
) -> Iterator[Progress]:
    kept = np.unique(np.linspace(0, task.epochs, MOST_KEPT).round().astype(int))
    losses, right = np.empty((len(seeds), len(rates), len(kept))), np.empty((len(seeds), len(rates)), bool)

    def made(seed_count: int, epoch_count: int) -> Survey:
        found = losses[:seed_count, :, :epoch_count].swapaxes(0, 1).copy()
        whole = task.classes and epoch_count == len(kept)
        sides = right[:seed_count].T.copy() if whole else None
        return Survey(task, rates, seeds[:seed_count], kept[:epoch_count], found, sides, limit)

    size, so_far, look = max(1, _portion(settings) // len(rates)), None, time.perf_counter() + _FIRST_LOOK
    for start in range(0, len(seeds), size):
        end = min(start + size, len(seeds))
        runs = list(product(seeds[start:end], rates))
        for count, share in _train(task, settings, runs, kept, losses[start:end], right[start:end]):
            if start == 0 and count > 1 and time.perf_counter() > look:
                so_far, look = made(end, count), time.perf_counter() + _FIRST_LOOK
            yield Progress((start + share * (end - start)) / len(seeds), None, so_far)
        so_far = made(end, len(kept))
    yield Progress(1.0, so_far, so_far)


def _portion(settings: Settings) -> int:
    """The number of networks trained together: as many as leave a step short, so that others get their turn."""
    products = settings.data.size * count_parameters(settings.architecture.sizes)
    return max(1, min(_AT_ONCE, _MOST_PRODUCTS // products))


def _train(
    task: Task, settings: Settings, runs: Runs, kept: NDArray, losses: NDArray, right: NDArray
) -> Iterator[tuple[int, float]]:
    """Train one portion: fill in its losses and correctness; yield how many losses of each are known, and the share."""
    networks = [task.drawn(seed=seed).network() for seed, _ in runs]
    loop = _stack(settings, networks, [rate for _, rate in runs])
    cost = Evaluation(loop, settings.data.x, settings.data.y)
    gone = np.zeros(len(runs), bool)
    for k, epoch in enumerate(kept):
        yield from ((k, share) for share in _advance(loop, epoch, gone, kept[-1]))
        with np.errstate(all="ignore"):
            now = cost()
        gone |= ~(np.isfinite(now) & np.isfinite(loop.theta).all(axis=1))
        losses[..., k] = np.where(gone, np.nan, now).reshape(losses.shape[:-1])
    ends = zip(networks, loop.theta, strict=True)
    right[:] = np.reshape([_is_right(network.with_theta(theta), settings) for network, theta in ends], right.shape)


def _advance(loop: Loop, epoch: int, gone: NDArray, last: int) -> Iterator[float]:
    """Train to an epoch and note the diverged runs; give others a turn on the way, and yield the share done."""
    turn = time.perf_counter() + TURN
    while loop.done < epoch:
        with np.errstate(all="ignore"):
            loop.advance()
        gone |= ~np.isfinite(loop.loss)
        if loop.done == epoch or time.perf_counter() > turn:
            yield loop.done / last
            time.sleep(REST)
            turn = time.perf_counter() + TURN


def _stack(settings: Settings, networks: list[Network], rates: list[float]) -> Loop:
    """Return the loop that trains networks side by side, each at its own rate."""
    theta = np.array([network.theta for network in networks])
    together = replace(settings, rate=np.array(rates)[:, np.newaxis], stack=(len(networks),))
    return Loop(together, theta, settings.optimizer.init(theta[:, : settings.architecture.parameters]))


def _is_right(network: Network, settings: Settings) -> bool:
    """Whether the outputs are on the correct side of ½ for every sample, or the largest at the correct place."""
    with np.errstate(all="ignore"):
        said = network.predict(settings.data.x)
    return bool(np.isfinite(said).all() and (classes(said) == classes(settings.data.y)).all())
