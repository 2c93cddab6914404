"""Findings and their evidence: a run, its curve and the pass of its last network."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine import Network, Text, Trace
from engine.passes import trace
from engine.settings import Task
from engine.studies import RunRecord
from engine.training import SOLVED, classes, constant_loss
from visualizer.runs import looked_at

_LOOKS = 4  # moments at which a run is looked at to say since when something is so
_MOST_WORK, _AN_UPDATE = 10**9, 5000  # beyond this many samples times parameters times epochs it is not: a second


class Finding(NamedTuple):
    """Finding: an explanation of a curve.

    Attributes
    ----------
    kind : str
        A key of `FINDINGS`.
    words : Text
        The finding in plain sentences, with its numbers.
    first, last : int
        The epochs between which it shows.
    """

    kind: str
    words: Text
    first: int
    last: int


class Kind(NamedTuple):
    """Registry entry of a kind of finding.

    Attributes
    ----------
    name : str
        The key in `FINDINGS`.
    find : callable
        find(evidence): the findings of this kind.
    order : float
        When it is looked for and said; without one it comes last.
    """

    name: str
    find: Callable[["Evidence"], Iterator[Finding]]
    order: float = inf


@dataclass(frozen=True, eq=False)
class Evidence:
    """Evidence for the findings about a run; nothing is computed that no finding asks for."""

    trial: RunRecord

    @property
    def task(self) -> Task:
        """Task that the run ended with."""
        return self.trial.legs[-1].task

    @cached_property
    def loss(self) -> NDArray:
        """Loss curve as far as it is finite."""
        wrong = ~np.isfinite(self.trial.loss)
        return self.trial.loss[: wrong.argmax()] if wrong.any() else self.trial.loss

    @property
    def last(self) -> int:
        """Last epoch with a finite loss."""
        return max(0, len(self.loss) - 1)

    @cached_property
    def constant(self) -> float:
        """Cost of the best constant answer."""
        return constant_loss(self.task.loss, self.trial.data[1])

    @cached_property
    def data(self) -> tuple[NDArray, NDArray]:
        """Rows of x and y to look into: the training set, and of a very large one an even part."""
        return looked_at(self.trial.data)

    @cached_property
    def end(self) -> Trace | None:
        """Pass of the last network over `data`; None where the run diverged."""
        if self.trial.stopped == "diverged":
            return None
        return trace(self.trial.network_at(self.trial.epochs), *self.data, self.task.loss)

    @cached_property
    def wrong(self) -> int | None:
        """Number of samples of `data` that end in the wrong class; None where there are no classes or no end."""
        if self.end is None or not self.task.classes:
            return None
        said = classes(self.end.value("a", len(self.end.given.layers)).T)
        return int((said != classes(self.data[1])).sum())

    @property
    def low(self) -> float:
        """Limit below which a loss counts as small."""
        return SOLVED * self.constant

    @property
    def solved(self) -> bool:
        """Whether the task ends as solved: by its loss, or by every sample in its class."""
        return self.end is not None and (self.end.loss < self.low or self.wrong == 0)

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
