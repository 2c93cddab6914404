"""A published worked example, and each value that was printed in it, as data."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.network import Network
from engine.text import Text
from engine.trace import Trace


@dataclass(frozen=True)
class Published:
    """One printed value.

    Attributes
    ----------
    name, layer : str, int
        Which value it is, as for `Trace.value`.
    printed : nested tuple of str
        The digits as printed, in the shape in which they were.
    why : Text or None
        Why it is wrong, where it is.
    iteration : int
        At which iteration the value is seen; 2 is after one update.
    """

    name: str
    layer: int
    printed: Any
    why: Text | None = None
    iteration: int = 1

    @property
    def value(self) -> NDArray:
        """The printed numbers."""
        return np.array(self.printed, dtype=float)

    def is_right(self, trace: Trace) -> bool:
        """Return whether every printed digit agrees with the computed value, rounded to as many."""
        computed = trace.value(self.name, self.layer)
        if self.value.ndim == 1:
            computed = computed.reshape(-1)
        if self.value.shape != computed.shape:
            return False
        half_a_digit = 0.5000001 * 10.0 ** -np.vectorize(_decimals, otypes=[int])(np.array(self.printed))
        return bool((np.abs(self.value - computed) <= half_a_digit).all())


def _decimals(printed: str) -> int:
    return len(printed.partition(".")[2])


@dataclass(frozen=True)
class Example:
    """One worked example.

    Attributes
    ----------
    name : str
        The key in `EXAMPLES`, in code and in links.
    label, source : Text
        The name that a reader sees, and where it was published.
    network : Network
    x, y : nested tuple of float
        The samples in rows.
    loss, optimizer, learning_rate : str, str, float
    published : tuple of Published
    remarks : tuple of Text
        What else is wrong in the source, or worth knowing about it.
    """

    name: str
    label: Text
    source: Text
    network: Network
    x: tuple[tuple[float, ...], ...]
    y: tuple[tuple[float, ...], ...]
    loss: str = "quadratic"
    optimizer: str = "sgd"
    learning_rate: float = 0.5
    published: tuple[Published, ...] = ()
    remarks: tuple[Text, ...] = ()
