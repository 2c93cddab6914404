"""Evidence for the findings about a run: its curve, the passes of its networks, and what is measured in them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine import Network, Text, Trace
from engine.passes import trace
from engine.settings import Task
from engine.studies import RunRecord, limits_at
from engine.training import classes, constant_loss
from visualizer.epochs import looked_at
from visualizer.findings.curve_evidence import CurveEvidence
from visualizer.findings.record import Finding

_LOOKS = 4  # moments at which a run is looked at to say since when something is so
_MOST_WORK, _AN_UPDATE = 10**9, 5000  # beyond this many samples times parameters times epochs it is not: a second
_MOST_ROWS = 256  # of the data in which the curvature is measured
_WELL, _CLOSE = 0.97, 0.15  # so many in the right class, and this share of the constant's loss: all is well
_MOSTLY, _PART = 0.9, 0.25  # the same for a run that has learned, if not all


def _epoch(place: int) -> Text:
    return Text("epoch {}", "第 {} 轮").format(place)


@dataclass(frozen=True, eq=False)
class Evidence:
    """Evidence for the findings about a run; nothing is computed that no finding asks for.

    Attributes
    ----------
    trial : RunRecord
    found : list of Finding
        What has been found so far.
    """

    trial: RunRecord
    found: list[Finding] = field(default_factory=list)

    @property
    def task(self) -> Task:
        """Task that the run ended with."""
        return self.trial.segments[-1].task

    @property
    def causes(self) -> set[str]:
        """Causes that have been found so far."""
        return {finding.cause for finding in self.found} - {""}

    @cached_property
    def curve(self) -> CurveEvidence:
        """Evidence of the curve alone."""
        held = self.trial.held_out_loss
        at = None if held is None else np.arange(len(held))
        constant = constant_loss(self.task.loss, self.trial.data[1])
        return CurveEvidence(self.trial.loss, constant, _epoch, held, at, self.found)

    @property
    def loss(self) -> NDArray:
        """Losses of the run up to the first that is not finite."""
        return self.curve.loss

    @property
    def last(self) -> int:
        """Last epoch with a finite loss."""
        return self.curve.last

    @property
    def place(self) -> Callable[[int], Text]:
        """Words for an epoch."""
        return self.curve.place

    @property
    def held_out(self) -> NDArray | None:
        """Loss of held-out samples after each epoch."""
        return self.curve.held_out

    @property
    def held_at(self) -> NDArray | None:
        """Epoch of each of these."""
        return self.curve.held_at

    @property
    def constant(self) -> float:
        """Cost of the best constant answer."""
        return self.curve.constant

    @cached_property
    def data(self) -> tuple[NDArray, NDArray]:
        """Rows of x and y to look into: the training set, and of a very large one an even part."""
        return looked_at(self.trial.data)

    @cached_property
    def few(self) -> tuple[NDArray, NDArray]:
        """Rows of x and y in which the curvature is measured: an even part of those that are many."""
        x, y = self.data
        step = -(-len(x) // _MOST_ROWS)
        return x[::step], y[::step]

    @property
    def diverged(self) -> bool:
        """Whether the run left the finite numbers."""
        return self.trial.stopped == "diverged"

    @cached_property
    def start(self) -> Trace:
        """Pass of the first network over `data`."""
        return self.passed(0)

    @cached_property
    def end(self) -> Trace | None:
        """Pass of the last network over `data`; None where the run diverged."""
        return None if self.diverged else self.passed(self.trial.epochs)

    def passed(self, epoch: int) -> Trace:
        """Return the pass of an epoch's network over `data`, with the penalty and clipping of the run."""
        task = self.task
        beside = {"regularizer": task.regularizer, "strength": task.strength} if task.options.regularized else {}
        return trace(self.trial.network_at(epoch), *self.data, task.loss, training=False, **beside)

    @cached_property
    def wrong(self) -> int | None:
        """Number of samples of `data` that end in the wrong class; None where there are no classes or no end."""
        found = self.misread
        return None if found is None else int(found.sum())

    @cached_property
    def misread(self) -> NDArray | None:
        """Whether each sample of `data` ends in the wrong class; None where there are no classes or no end."""
        if self.end is None or not self.task.classes:
            return None
        said = self.end.value("a", len(self.end.given.layers)).T
        return classes(said) != classes(self.data[1]) if np.isfinite(said).all() else np.ones(len(said), bool)

    @property
    def right(self) -> float | None:
        """Share of `data` that ends in the right class."""
        return None if self.wrong is None else 1 - self.wrong / len(self.data[0])

    @property
    def low(self) -> float:
        """Loss below which the task counts as solved."""
        return self.curve.low

    @property
    def level(self) -> float:
        """Loss at the end as a share of what the best constant answer costs."""
        return float(self.loss[-1] / self.constant) if self.constant and len(self.loss) else np.inf

    @property
    def solved(self) -> bool:
        """Whether the task ends as solved: by its loss, or by every sample in its class and none only just."""
        return self.end is not None and (self.end.loss < self.low or (self.wrong == 0 and self.level < _MOSTLY))

    @property
    def good(self) -> bool:
        """Whether there is nothing to explain: the loss is small, or nearly so with nearly every sample right."""
        well = self.right is not None and self.right >= _WELL and self.level < _CLOSE
        return self.end is not None and (self.loss[-1] < self.low or well)

    @property
    def learned(self) -> bool:
        """Whether most has been learned."""
        return self.end is not None and ((self.right or 0) >= _MOSTLY or self.level < _PART)

    @cached_property
    def rates(self) -> NDArray:
        """Learning rate of each epoch, from 1."""
        epochs = range(1, self.trial.epochs + 1)
        return np.array([self.trial.segment_at(epoch - 1).task.rate(epoch) for epoch in epochs])

    def stable_rate(self, epoch: int) -> float:
        """Return the learning rate beyond which the optimizer would swing ever further at an epoch's network."""
        return limits_at(self.trial, epoch)[1]

    @cached_property
    def room(self) -> float:
        """Factor by which the rate could have been larger at the end, by the curvature there."""
        return self.stable_rate(self.last) / max(self.rates[max(0, self.last - 1)], np.finfo(float).tiny)

    def since(self, holds: Callable[[Network], bool]) -> int:
        """Return an epoch from which on something holds that holds at the end: 0, or one that is found at low cost."""
        network, n = self.trial.network_at(0), self.trial.epochs
        if holds(network):
            return 0
        samples = len(self.trial.data[0])
        updates = -(-samples // (self.task.batch or samples))
        if n * (samples * network.theta.size + updates * _AN_UPDATE) > _MOST_WORK:
            return n
        low, high = 0, n
        for _ in range(_LOOKS):
            middle = (low + high) // 2
            if holds(self.trial.network_at(middle)):
                high = middle
            else:
                low = middle
        return high
