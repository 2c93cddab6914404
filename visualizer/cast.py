"""What a step that plays is made of: beats, numbers that travel, and who takes part."""

from collections.abc import Iterable
from typing import NamedTuple

from engine import Ref
from visualizer.graph import Drawing, Line, Spot
from visualizer.layer_terms import named
from visualizer.symbols import number, parameter
from visualizer.touched import Touched
from visualizer.values import Values


class Move(NamedTuple):
    """Numbers that travel along lines, from one share of the way to another, by the line's id; "" is a dot."""

    start: float
    stop: float
    texts: dict[str, str]


class Beat(NamedTuple):
    """What happens at the same time: numbers that travel, and what is said at spots and lines, by their id."""

    moves: tuple[Move, ...]
    notes: dict[str, str]


class Cast:
    """Who plays in a step: the drawing, what the step touches in it, and the numbers."""

    def __init__(self, drawing: Drawing, touched: Touched, values: Values) -> None:
        self.drawing, self.touched, self.values = drawing, touched, values
        self.layer = touched.step.layer if touched.step else 0

    def text(self, name: str, layer: int, *indices: int) -> str:
        """Return a number as it travels."""
        return number(self.values.at(Ref(name, layer), indices), 3)

    def product(self, line: Line, name: str, unit: int) -> str:
        """Return a weight, the one that the step reads, times what it carries."""
        weights = next(ref for ref in self.reads if parameter(ref.name) == "W")
        layer = (line.ref or weights).layer - (name == "a")
        return number(self.values.at(weights, line.indices) * self.values.at(Ref(name, layer), (unit,)), 3)

    @property
    def reads(self) -> tuple[Ref, ...]:
        """What the step reads."""
        return self.touched.step.reads if self.touched.step else ()

    def kinds(self, kind: str) -> list[Spot]:
        """Return all spots of a kind."""
        return [spot for spot in self.drawing.spots.values() if spot.kind == kind]

    def written(self, name: str, kind: str = "neuron") -> list[Spot]:
        """Return the spots of which the step has just written the value called `name`."""
        spots = [spot for spot in self.kinds(kind) if spot.ref.layer == self.layer]
        return [spot for spot in spots if self._writes(Ref(name, self.layer), spot.indices)]

    def weights(self, layer: int, side: int, spots: Iterable[Spot]) -> list[Line]:
        """Return the edges of a layer that lead to some neurons (`side` 0) or come from them (1)."""
        units = {spot.indices[0] for spot in spots}
        return [line for line in self.drawing.lines if line.ref == Ref("W", layer) and line.indices[side] in units]

    def written_parameters(self, suffix: str) -> list[Line | Spot]:
        """Return the edges and biases of which the step has just written the new value or the gradient."""
        parameters: list[Line | Spot] = [
            *(line for line in self.drawing.lines if line.ref),
            *self.kinds("bias"),
            *self.kinds("norm"),
        ]
        return [p for p in parameters if p.ref and self._writes(Ref(suffix.format(p.ref.name), p.ref.layer), p.indices)]

    def named(self, name: str) -> str:
        """Return what a value of a plain layer is called in the layer of the step."""
        return named(self.values.trace, self.layer, name)

    def _writes(self, value: Ref, indices: tuple[int, ...]) -> bool:
        return self.touched.state((value,), indices) == "write"
