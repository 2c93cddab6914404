"""A step of a pass, and what the update at its end has done, as plain data."""

from typing import Any, NamedTuple

from numpy.typing import NDArray

from engine.network import Network
from engine.rules import Ref, Rule
from engine.update import Optimizer, State


class Step(NamedTuple):
    """One step of a pass.

    Attributes
    ----------
    rule : Rule
        The equation.
    layer : int
        The layer in which it happens; 0 for what happens everywhere at once, such as the update.
    reads, writes : tuple of Ref
        What goes into it, and what comes out.
    value : ndarray, or tuple of ndarray
        What it wrote; a tuple in the order of `writes` for what happens everywhere at once.
    """

    rule: Rule
    layer: int
    reads: tuple[Ref, ...]
    writes: tuple[Ref, ...]
    value: Any

    @property
    def address(self) -> str:
        """The step's name in a link, such as `bp2.1`; the same in every network that has the layer."""
        return f"{self.rule.key}.{self.layer}" if self.layer and self.rule.phase != "cost" else self.rule.key


class Update(NamedTuple):
    """What an optimizer made of the gradients: `before` is the state it found, `state` what the next one will find."""

    optimizer: Optimizer
    rate: float
    network: Network
    before: State
    state: State

    def vector(self, name: str) -> NDArray | None:
        """Return a vector of the state, laid out like theta; with the ending `_new` as the update left it."""
        slot = name.removesuffix("_new")
        found = (self.before if slot == name else self.state).get(slot)
        return found if found is not None and found.ndim else None
