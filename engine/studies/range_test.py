"""Range test of the learning rate: one short training in which it grows from step to step, until the loss runs away."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from engine.passes import trace
from engine.settings import Task
from engine.studies.stability import gains_of, sharpness, stable_below
from engine.training import History

_STEPS, _LOWEST, _HIGHEST = 120, 1e-6, 1e2  # of which the first that does anything and the last that works lie within
_AWAY = 4.0  # times the lowest loss: then it has run away
_DECADE = 15  # steps
_KEEP = 0.8  # of the mean of the losses so far: single batches say little
_MOST_ROWS, _MANY = 256, 4096


@dataclass(frozen=True, eq=False)
class RangeTest:
    """Result of a range test.

    Attributes
    ----------
    rates, losses : ndarray of shape (steps,)
        The rate of each step, and the mean of the losses before it, recent ones counting most; as far as these are
        finite. All are those of the same rows, at most 256.
    steepest : float
        The rate in the middle of the decade in which the loss falls fastest: a good one to begin with.
    lowest : float
        The rate at which the loss is lowest: beyond it steps do harm.
    stable : float
        The rate up to which steps from the first network are stable, by the largest curvature there.
    """

    rates: NDArray
    losses: NDArray
    steepest: float
    lowest: float
    stable: float


def range_test(task: Task) -> RangeTest:
    """Train for some steps, each with a larger rate than the last, and return its losses with the rates that they tell.

    Raises
    ------
    InputError
        Where the settings do not go together.

    Examples
    --------
    >>> found = range_test(Task("moons", hidden=(4,), activations=("tanh", "sigmoid"), loss="binary_cross_entropy"))
    >>> found.rates[0] < found.steepest <= found.lowest
    True
    """
    task.check()
    rates = np.geomspace(_LOWEST, _HIGHEST, _STEPS)
    losses = np.array(list(_losses(task, rates)))
    mean = _smoothed(losses)
    lowest = int(mean.argmin())
    steepest = _steepest(mean[: lowest + 1])
    return RangeTest(rates[: len(mean)], mean, float(rates[steepest]), float(rates[lowest]), _stable(task))


def _losses(task: Task, rates: NDArray) -> Iterator[float]:
    """Yield the loss before each step, until one is not finite or far above the lowest.

    It is always that of the same rows, with the same units dropped: batches differ by more than a small step does.
    """
    history = _quick(task).fit(task.network(), 0, task.epochs, None).history
    (x, y), options = history.data, task.options._asdict() | {"training": True}
    same = slice(None, None, -(-len(x) // _MOST_ROWS))
    network, state, lowest, batches = task.network(), None, np.inf, _batches(history)
    for step, rate in enumerate(rates):
        rows: Any = next(batches)
        with np.errstate(all="ignore"):
            loss = trace(network, x[same], y[same], task.loss, mask_seed=(0, 0), **options).loss
            kept = trace(
                network, x[rows], y[rows], task.loss, task.optimizer, float(rate), state, mask_seed=(0, step), **options
            )
        lowest = min(lowest, loss)
        if not np.isfinite(loss) or loss > _AWAY * lowest + np.finfo(float).tiny:
            return
        yield loss
        network, state = kept.network, kept.state


def _quick(task: Task) -> Task:
    """Return the task with batches where a step would else go through very many samples."""
    return replace(task, batch=_MOST_ROWS) if not task.batch and len(task.samples()[0]) > _MANY else task


def _batches(history: History) -> Iterator[NDArray]:
    """Yield the rows of one batch after the other, epoch after epoch, without end."""
    epoch = 0
    while True:
        epoch += 1
        yield from history.batches(epoch)


def _smoothed(losses: NDArray) -> NDArray:
    mean, kept = 0.0, []
    for k, loss in enumerate(losses, 1):
        mean = _KEEP * mean + (1 - _KEEP) * loss
        kept.append(mean / (1 - _KEEP**k))
    return np.array(kept)


def _steepest(mean: NDArray) -> int:
    """Middle of the decade along which a straight line falls most; in one step alone, batches go up and down."""
    width = min(_DECADE, len(mean))
    slopes = sliding_window_view(mean, width) @ (np.arange(width) - (width - 1) / 2)
    return int(slopes.argmin()) + width // 2


def _stable(task: Task) -> float:
    """Return the limit of a stable rate at the first network, for an optimizer without a memory yet."""
    history = task.fit(task.network(), 0, task.epochs, None).history
    x, y = (rows[:: -(-len(rows) // _MOST_ROWS)] for rows in history.data)
    first = trace(task.network(), x, y, task.loss, task.optimizer, 0.0, training=True)
    gains = gains_of(task.optimizer, first.state or {})
    with np.errstate(all="ignore"):
        curvature = sharpness(task.network(), x, y, task.loss, gains, task.options)
        return float(stable_below(task.optimizer) / np.float64(max(curvature, 0.0)))
