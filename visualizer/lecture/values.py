"""Numbers of a trace as they are drawn: of a batch, one sample's, or the share of each sample."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import Ref, Trace
from engine.equations import GRADIENTS
from visualizer.lecture.placeholders import Source, are_alike
from visualizer.writing import around, parameter

_MOST_LISTED = 5_000  # single entries of a list are fast to read, but take four times the memory of an array's
ERRORS = ("delta", "delta_hat", "delta_u")
LARGEST = {name: Ref(f"largest {name}", 0) for name in ("weight", "gradient", "error")}  # ends of the colour scales
SHARE = "share of C"  # of each output of a sample in the cost


class Values:
    """Elements of a trace's values; `sample` is the one that is drawn, from 0.

    Beside the values of the trace there are those of `LARGEST`, and `SHARE`. `right` is the same pass without its
    mistakes.
    """

    def __init__(self, trace: Trace, sample: int = 0, right: Trace | None = None) -> None:
        self.trace, self.sample = trace, sample
        self.right = Values(right, sample) if right else None
        self._kept: dict[Ref, Any] = {}

    def of(self, source: Source) -> float:
        """Return the number of a source."""
        return (self.right if source.right and self.right else self).at(source.value, source.indices)

    def at(self, ref: Ref, indices: tuple[int, ...] = ()) -> float:
        """Return one element; where a value has a column for each sample, that of the sample drawn."""
        if ref not in self._kept:
            value = self._value(ref)
            self._kept[ref] = value.tolist() if value.size <= _MOST_LISTED else value
        values = self._kept[ref]
        if not indices:
            return float(values)
        row = values[indices[0]]
        return float(row[indices[1] if len(indices) > 1 else 0 if len(row) == 1 else self.sample])

    def right_of(self, ref: Ref, indices: tuple[int, ...]) -> float | None:
        """Return the correct value of an element that a mistake has changed, else None."""
        if self.right is None:
            return None
        right = self.right.at(ref, indices)
        return None if are_alike(self.at(ref, indices), right) else right

    def _value(self, ref: Ref) -> NDArray:
        if ref.name == SHARE:
            return cost_terms(self.trace)
        found = next((name for name, known in LARGEST.items() if known == ref), None)
        return self._largest(found) if found else self.trace.value(*ref)

    def _largest(self, of: str) -> NDArray:
        """Return the largest size of what has a colour scale in common, or 0 where one is not finite."""
        layers = range(1, len(self.trace.given.sizes))
        places = [Ref(p, l) for l in layers for p in "Wb"]
        written = [ref for step in self.trace.steps for ref in step.writes]
        refs = {
            "weight": places,
            "gradient": [Ref(f"{letter}{p}", l) for letter in gradient_letters(self.trace) for p, l in places],
            "error": [ref for ref in written if ref.name in ERRORS],
        }[of]
        sizes = [np.abs(self.trace.value(*ref)).max() for ref in refs]
        return np.asarray(np.max(sizes) if sizes and np.isfinite(sizes).all() else 0.0)


def gradient_letters(trace: Trace) -> tuple[str, ...]:
    """Return the prefixes of W in the names of its gradients, in the order in which the backward pass writes them."""
    steps = (step for step in trace.steps if step.rule.phase == "backward")
    return tuple(dict.fromkeys(around(ref.name)[0] for step in steps for ref in step.writes if parameter(ref.name)))


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
