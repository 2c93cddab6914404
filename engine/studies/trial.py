"""Trials, the records of training runs: a task, the changes of settings on the way, and any moment of it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.network import Network
from engine.optimizers import State
from engine.passes import trace
from engine.settings import Task, differences
from engine.training import Divergence, Epoch, History

_AT_ONCE, _IN_PARTS = 4096, 256  # samples in a pass, and in each pass where they are more
LENGTH = ("epochs", "span")  # settings that say how long a training was meant to last
TURN, REST = 0.008, 0.002  # seconds of work after which others get a turn, and how long theirs is at least


@dataclass(frozen=True, eq=False)
class Segment:
    """Segment of a trial in which the settings stayed the same."""

    task: Task
    history: History


@dataclass(frozen=True, eq=False)
class RunRecord:
    """Record of a training run as far as it has come.

    Attributes
    ----------
    segments : tuple of Segment
        One after the other; a change of settings begins a new one.
    """

    segments: tuple[Segment, ...]

    @property
    def task(self) -> Task:
        """Task that the trial began with."""
        return self.segments[0].task

    @property
    def epochs(self) -> int:
        """Number of epochs of the trial."""
        return self.segments[-1].history.epochs

    @cached_property
    def loss(self) -> NDArray:
        """The cost of the whole training set after 0, 1, 2, … epochs, of the set as it was then."""
        return self._with_first(self.segments[0].history.data, [segment.history.loss for segment in self.segments])

    @cached_property
    def held_out_loss(self) -> NDArray | None:
        """The cost of the held-out samples after 0, 1, 2, … epochs; None where nothing is held out."""
        first = self.segments[0].history.held_out
        if first is None:
            return None
        return self._with_first(first, [segment.history.validation_loss for segment in self.segments])

    @cached_property
    def seconds(self) -> NDArray:
        """Seconds of training on this machine up to the end of epoch 0, 1, 2, …; no pause counts."""
        return np.cumsum(np.concatenate([[0.0], *(segment.history.seconds for segment in self.segments)]))

    def _with_first(self, rows: tuple[NDArray, NDArray], parts: list[Any]) -> NDArray:
        return np.concatenate([[_cost(self.network_at(0), *rows, self.task.loss, self.task.options.mistakes)], *parts])

    @property
    def changes(self) -> dict[int, dict[str, object]]:
        """Changed settings with their new values, by the epoch after which; none where it just went on for longer."""
        changed = {}
        for before, after in zip(self.segments, self.segments[1:], strict=False):
            names = differences([before.task, after.task])
            changed[after.history.start] = {name: getattr(after.task, name) for name in names if name not in LENGTH}
        return changed

    @property
    def stopped(self) -> str:
        """Reason for the end of the trial before its last epoch, as in `History`."""
        return self.segments[-1].history.stopped

    @property
    def divergence(self) -> Divergence | None:
        """First epoch and quantity that were not finite, or None."""
        return self.segments[-1].history.divergence

    @property
    def data(self) -> tuple[NDArray, NDArray]:
        """Training rows of x and y of this trial; where points were moved on its way, as they are at its end."""
        return self.segments[-1].history.data

    def data_at(self, epoch: int) -> tuple[NDArray, NDArray]:
        """Return the training rows of x and y with which the step from an epoch to the next is made."""
        return self.segment_at(epoch).history.data

    @property
    def held_out(self) -> tuple[NDArray, NDArray] | None:
        """Rows of x and y that this trial held out, as `data`."""
        return self.segments[-1].history.held_out

    @property
    def class_names(self) -> tuple[str, ...]:
        """Names of the classes, in their order; their numbers from 0 where the data name none."""
        count = max(2, self.data[1].shape[1])
        named = self.task.class_names
        return named if len(named) == count else tuple(map(str, range(count)))

    @property
    def output_names(self) -> tuple[str, ...]:
        """Names of the outputs, in their order; their numbers from 1 where the data name none."""
        count = self.data[1].shape[1]
        named = self.task.class_names if self.task.classes and count > 1 else self.task.target_names
        return named if len(named) == count else tuple(str(i) for i in range(1, count + 1))

    def as_at(self, epoch: int) -> "RunRecord":
        """Return this record as far as the segment of an epoch, whose data are those with which it was trained then."""
        kept = tuple(
            segment for segment in self.segments if segment is self.segments[0] or segment.history.start <= epoch
        )
        return self if len(kept) == len(self.segments) else RunRecord(kept)

    def segment_at(self, epoch: int) -> Segment:
        """Return the segment to which the step from an epoch to the next belongs; the last one at the end."""
        return next(segment for segment in reversed(self.segments) if segment.history.start <= epoch)

    def network_at(self, epoch: int) -> Network:
        """Return the network after an epoch, 0 for the initial one; exact to the last bit."""
        return self.segment_at(epoch).history.network_at(epoch)

    def networks_at(self, epochs: Sequence[int]) -> list[Network]:
        """Return the networks after several epochs in rising order, in less time than one by one."""
        segments = groupby(epochs, self.segment_at)
        return [network for segment, of_segment in segments for network in segment.history.networks_at(of_segment)]

    @property
    def kept(self) -> tuple[int, ...]:
        """Epochs of the trial that have a checkpoint, whose networks need no computing."""
        return tuple(sorted({epoch for segment in self.segments for epoch in segment.history.kept}))

    def state_at(self, epoch: int) -> State:
        """Return the optimizer's state after an epoch, as the next step finds it."""
        return self.segment_at(epoch).history.state_at(epoch)

    def batches(self, epoch: int) -> list[NDArray]:
        """Return the row numbers of the data in each batch of an epoch, from 1; also of one to come."""
        return self.segment_at(epoch - 1).history.batches(epoch)


def untrained(task: Task) -> RunRecord:
    """Return the record of a training before its first epoch: the data, the network, and the loss after epoch 0.

    Examples
    --------
    >>> untrained(Task()).loss.round(6).tolist()
    [0.366976]
    """
    return RunRecord((Segment(task, task.fit(task.network(), 0, task.epochs, None).history),))


def _cost(network: Network, x: NDArray, y: NDArray, loss: str, mistakes: tuple[str, ...]) -> float:
    """Return the cost over some rows; many of them in parts, because a pass keeps all its values."""
    size = len(x) if len(x) <= _AT_ONCE else _IN_PARTS
    parts = [slice(i, i + size) for i in range(0, len(x), size)]
    costs = [trace(network, x[part], y[part], loss, training=False, mistakes=mistakes).loss for part in parts]
    return costs[0] if len(parts) == 1 else float(np.average(costs, weights=[len(x[part]) for part in parts]))


class RunDriver:
    """Driver of a training run: work in small portions, settings that can be changed in between.

    It is for one owner: two threads at once would spoil it, whatever they call. Where several may come, as in a page,
    its owner has a lock. What `trial` returns is finished, and for anybody.

    Attributes
    ----------
    plan : tuple of (int, Task)
        After which epochs which task goes on; the first is after 0.
    """

    _latest: Epoch | None

    def __init__(self, task: Task, *changes: tuple[int, Task]) -> None:
        self.plan = ((0, task), *changes)
        self.ended = False
        self._segments: list[Segment] = []
        self._latest = None
        self._seen: tuple[tuple[int, int], RunRecord | None] = ((0, 0), None)
        self._begin(0, task.network(), None)

    def _begin(self, at: int, network: Network, state: State | None) -> None:
        """Begin a segment of the plan."""
        self._at, (start, task) = at, self.plan[at]
        last = self.plan[at + 1][0] if at + 1 < len(self.plan) else task.epochs
        self._running = task.fit(network, start, last, state) if last > start else None

    @property
    def task(self) -> Task:
        """Task that is being trained."""
        return self.plan[self._at][1]

    @property
    def epochs(self) -> int:
        """Number of epochs that are done."""
        if self._latest:
            return self._latest.number
        return self._segments[-1].history.epochs if self._segments else 0

    def advance(self, seconds: float, most: int | None = None) -> bool:
        """Train for so many seconds, or epochs; return whether something is left to train.

        An epoch of several batches that takes longer is gone on with by the next call, and does not count until then.
        """
        now, count = time.perf_counter(), 0
        end = now + seconds
        while now < end and count != most and not self.ended:
            if self._running is None or self._running.over:
                self._go_on()
            elif epoch := self._running.within(end):
                self._latest, count = epoch, count + 1
            now = time.perf_counter()
        return not self.ended

    def _go_on(self) -> None:
        """Begin the next segment of the plan, or end."""
        last = self._close()
        if self._at + 1 == len(self.plan) or (last and last.history.stopped):
            self.ended = True
        else:
            self._begin_after(last)

    def _close(self) -> Segment | None:
        if self._latest is not None:
            self._segments.append(Segment(self.task, self._latest.history))
            self._latest = None
        return self._segments[-1] if self._segments else None

    def _begin_after(self, last: Segment | None) -> None:
        """Begin the next segment where the last one has ended; another optimizer begins with an empty state."""
        task = self.plan[self._at + 1][1]
        if last is None:
            self._begin(self._at + 1, task.network(), None)
        else:
            same = last.task.optimizer == task.optimizer
            self._begin(self._at + 1, last.history.network, last.history.state if same else None)

    def change(self, task: Task) -> None:
        """Continue from here with other settings; those with which no epoch has been trained are forgotten."""
        epochs, last = self.epochs, self._close()
        done = [part for part in self.plan[: self._at + 1] if part[0] < epochs]
        self.plan, self._at = (*done, (epochs, task)), len(done) - 1
        self.ended = False
        self._begin_after(last)

    @property
    def trial(self) -> RunRecord | None:
        """Record of the run so far, the same one until it has come further; None before the first epoch."""
        place = (self.epochs, len(self._segments))
        if self._seen[0] != place:
            running = () if self._latest is None else (Segment(self.task, self._latest.history),)
            self._seen = place, RunRecord((*self._segments, *running))
        return self._seen[1]
