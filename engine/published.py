"""A published worked example, and each value that was printed in it, as data."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.network import Network
from engine.rules import Ref
from engine.steps import Trace
from engine.text import Text


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

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape in which it was printed."""
        return self.value.shape

    def computed(self, trace: Trace) -> NDArray:
        """Return the value of a trace, as a vector where a vector was printed."""
        computed = trace.value(self.name, self.layer)
        return computed.reshape(-1) if self.value.ndim == 1 else computed

    def is_right(self, trace: Trace) -> bool:
        """Return whether every printed digit agrees with the computed value, rounded to as many."""
        entries = self.entries(trace)
        return bool(entries) and all(entry.right for entry in entries)

    def entries(self, trace: Trace) -> list["Entry"]:
        """Return each printed number beside the computed one; none where the shapes differ."""
        computed, printed = self.computed(trace), np.array(self.printed)
        if printed.shape != computed.shape:
            return []
        places = [tuple(map(int, indices)) for indices in np.ndindex(printed.shape)]
        return [
            Entry(at, str(printed[at]), float(computed[at]), agrees(str(printed[at]), computed[at])) for at in places
        ]

    def address(self, trace: Trace) -> str:
        """Return the address of the step that writes the value, or, of what was given, of the first that reads it."""
        mine = Ref(self.name, self.layer)
        by_state = mine.name.endswith("_new")  # also of the optimizer's state
        writes = next((s for s in trace.steps if mine in s.writes or (by_state and s.rule.phase == "update")), None)
        return (writes or next(s for s in trace.steps if mine in s.reads)).address


class Entry(NamedTuple):
    """One number of a printed value: where it stands, its digits, what is computed, and whether they agree."""

    indices: tuple[int, ...]
    printed: str
    computed: float
    right: bool


def agrees(printed: str, computed: float) -> bool:
    """Return whether a number as it is printed is the computed one, rounded to as many decimals."""
    return abs(float(printed) - computed) <= 0.5000001 * last_digit(printed)


def last_digit(printed: str) -> float:
    """Return the worth of the last digit of a number as it is printed."""
    digits, _, exponent = printed.lower().partition("e")
    return float(f"1e{int(exponent or 0) - len(digits.partition('.')[2])}")  # infinite where a power would overflow


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
