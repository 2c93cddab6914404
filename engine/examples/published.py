"""A worked example, and each value that is stated of it, as data: printed in its source, or a reference value."""

from dataclasses import dataclass
from math import inf
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.core import Text, agrees
from engine.equations import Ref
from engine.network import Network
from engine.passes import Trace


@dataclass(frozen=True)
class Stated:
    """Registry entry of one stated value.

    Attributes
    ----------
    name, layer : str, int
        The name and the layer of the value, as for `Trace.value`.
    digits : nested tuple of str
        The digits, as printed where they were, in their shape.
    why : Text or None
        Why it is wrong, where it is.
    iteration : int
        At which iteration the value is seen; 2 is after one update.
    where : Text or None
        Part of the source in which it was printed. None makes it a reference value: computed apart from this engine,
        and not, or not that anybody could check, printed in the source.
    """

    name: str
    layer: int
    digits: Any
    why: Text | None = None
    iteration: int = 1
    where: Text | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape in which the value is stated."""
        return np.shape(self.digits)

    def computed(self, trace: Trace) -> NDArray:
        """Return the value of a trace, as a vector where a vector is stated."""
        computed = trace.value(self.name, self.layer)
        return computed.reshape(-1) if len(self.shape) == 1 else computed

    def is_right(self, trace: Trace) -> bool:
        """Return whether every number agrees with the computed one, to its last digit."""
        entries = self.entries(trace)
        return bool(entries) and all(entry.right for entry in entries)

    def entries(self, trace: Trace) -> list["Entry"]:
        """Return each stated number beside the computed one; none where the shapes differ."""
        computed, stated = self.computed(trace), np.array(self.digits)
        if stated.shape != computed.shape:
            return []
        places = [tuple(map(int, indices)) for indices in np.ndindex(stated.shape)]
        return [Entry(at, str(stated[at]), float(computed[at]), agrees(str(stated[at]), computed[at])) for at in places]

    def address(self, trace: Trace) -> str:
        """Address of the step that writes the value, or, of an input or parameter, of the first that reads it."""
        mine = Ref(self.name, self.layer)
        by_state = mine.name.endswith("_new")  # also of the optimizer's state
        writes = next((s for s in trace.steps if mine in s.writes or (by_state and s.rule.phase == "update")), None)
        return (writes or next(s for s in trace.steps if mine in s.reads)).address


class Entry(NamedTuple):
    """Number of a stated value: its indices, its digits, the computed value, and whether they agree."""

    indices: tuple[int, ...]
    digits: str
    computed: float
    right: bool


@dataclass(frozen=True)
class Example:
    """Registry entry of a worked example.

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
    stated : tuple of Stated
    remarks : tuple of Text
        Further faults of the source, and other remarks on it.
    order : float
        The rank among the others; without one the entry comes last.
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
    stated: tuple[Stated, ...] = ()
    remarks: tuple[Text, ...] = ()
    order: float = inf
