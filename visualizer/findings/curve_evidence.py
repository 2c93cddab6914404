"""Evidence of a curve alone, whoever has trained it: what the findings that need no network look at."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine import Text
from engine.data import EPOCH
from engine.training import SOLVED
from visualizer.findings.record import Finding
from visualizer.outside import OutsideCurve
from visualizer.writing import number

_PLACES = {True: Text("epoch {}", "第 {} 轮"), False: Text("update {}", "第 {} 次更新")}


@dataclass(frozen=True, eq=False)
class CurveEvidence:
    """Evidence of a curve alone.

    Attributes
    ----------
    whole : ndarray
        The loss at each place.
    constant : float
        The cost of the best constant answer; where nobody knows it, the loss that the curve begins with.
    place : callable
        place(i): the words for a place, as "epoch 3".
    held_out : ndarray or None
        The loss of held-out samples.
    held_at : ndarray or None
        The place at which each of these was measured.
    found : list of Finding
        What has been found so far.
    """

    whole: NDArray
    constant: float
    place: Callable[[int], Text]
    held_out: NDArray | None = None
    held_at: NDArray | None = None
    found: list[Finding] = field(default_factory=list)

    @cached_property
    def loss(self) -> NDArray:
        """Loss curve as far as it is finite."""
        wrong = ~np.isfinite(self.whole)
        return self.whole[: wrong.argmax()] if wrong.any() else self.whole

    @property
    def last(self) -> int:
        """Last place with a finite loss."""
        return max(0, len(self.loss) - 1)

    @property
    def diverged(self) -> bool:
        """Whether the curve left the finite numbers."""
        return len(self.loss) < len(self.whole)

    @property
    def low(self) -> float:
        """Limit below which a loss counts as small."""
        return SOLVED * self.constant

    @property
    def good(self) -> bool:
        """Whether there is nothing to explain."""
        return not self.diverged and bool(self.loss[-1] < self.low)


def evidence_of(curve: OutsideCurve) -> CurveEvidence:
    """Return the evidence of a curve from outside, told by epochs or updates as its log counts them."""
    places, values = curve.train.along(curve.axis), np.array(curve.train.values)
    words, finite = _PLACES[curve.axis == EPOCH], values[np.isfinite(values)]
    held = at = None
    if curve.held and curve.held.along(curve.axis):
        held = np.array(curve.held.values)
        at = np.searchsorted(places, curve.held.along(curve.axis), "right") - 1
        held, at = held[at >= 0], at[at >= 0]
    begun = float(finite[0]) if len(finite) else 0.0
    return CurveEvidence(values, begun, lambda i: words.format(number(places[i], 7)), held, at)
