"""Numbers of a trace as they are drawn: of a batch, one sample's, or the share of each sample."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import Ref, Trace
from engine.equations import GRADIENTS

_MOST_LISTED = 5_000  # single entries of a list are fast to read, but take four times the memory of an array's


class Values:
    """Elements of a trace's values; `sample` is the one that is drawn, from 0."""

    def __init__(self, trace: Trace, sample: int = 0) -> None:
        self.trace, self.sample = trace, sample
        self._kept: dict[Ref, Any] = {}

    def at(self, ref: Ref, indices: tuple[int, ...] = ()) -> float:
        """Return one element; where a value has a column for each sample, that of the sample drawn."""
        if ref not in self._kept:
            value = self.trace.value(*ref)
            self._kept[ref] = value.tolist() if value.size <= _MOST_LISTED else value
        values = self._kept[ref]
        if not indices:
            return float(values)
        row = values[indices[0]]
        return float(row[indices[1] if len(indices) > 1 else 0 if len(row) == 1 else self.sample])


def cost_terms(trace: Trace) -> NDArray:
    """Return the share of each output of each sample in the cost, (n_L, m), by the executed form of the loss."""
    loss, l = trace.loss_function, len(trace.given.layers)
    z, a, y = (trace.value(name, l) for name in ("u" if trace.given.architecture.is_normed(l) else "z", "a", "y"))
    with np.errstate(all="ignore"):  # a diverged pass is said where it is shown
        return loss.matched.value(z, y) if loss.matched else loss.value(a, y)


def by_sample(trace: Trace, ref: Ref, indices: tuple[int, ...]) -> list[float]:
    """Return the gradient by each sample alone; their mean is the gradient of the batch."""
    name, l = ref
    delta, a1 = trace.value("delta", l), trace.value("a|1", l - 1)
    column = indices[1] if name == "dW" else -1
    alone = (GRADIENTS.function(delta[:, x : x + 1], a1[:, x : x + 1], 1) for x in range(trace.m))
    return [float(gradient[indices[0], column]) for gradient in alone]
