"""The animation of a step as data: its phases, what travels, and the nodes and edges that take part."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from engine import Ref
from visualizer.drawing import Drawing, Edge, Node
from visualizer.equations import Access, named
from visualizer.lecture import At, Placeholder, Source, Words, filled
from visualizer.writing import parameter


class Move(NamedTuple):
    """Motion of numbers along edges, from one share of the way to another, by the edge's id; "" is a dot."""

    start: float
    stop: float
    texts: Mapping[str, Words]


class AnimationPhase(NamedTuple):
    """Animation phase: the numbers that travel at the same time, and the notes at nodes and edges, by their id."""

    moves: tuple[Move, ...]
    notes: Mapping[str, Words]


def resolved(phase: AnimationPhase, at: At) -> AnimationPhase:
    """Return an animation phase with its numbers filled in."""
    moves = tuple(move._replace(texts=_filled(move.texts, at)) for move in phase.moves)
    return AnimationPhase(moves, _filled(phase.notes, at))


def _filled(texts: Mapping[str, Words], at: At) -> dict[str, Words]:
    return {name: filled(words, at) for name, words in texts.items()}


class AnimationContext:
    """Context of a step's animation: the drawing, and the reads and writes in it."""

    def __init__(self, drawing: Drawing, access: Access) -> None:
        self.drawing, self.access, self.trace = drawing, access, access.lecture.trace
        self.layer = access.step.layer if access.step else 0

    def text(self, name: str, layer: int, *indices: int, before: str = "", after: str = "") -> Placeholder:
        """Return the place of a number as it travels, with words around it."""
        return Placeholder("number", (Source(Ref(name, layer), indices),), before, after)

    def product(self, edge: Edge, name: str, unit: int) -> Placeholder:
        """Return the place of a weight, the one that the step reads, times what it carries."""
        weights = next(ref for ref in self.reads if parameter(ref.name) == "W")
        layer = (edge.ref or weights).layer - (name == "a")
        return Placeholder("product", (Source(weights, edge.indices), Source(Ref(name, layer), (unit,))))

    @property
    def reads(self) -> tuple[Ref, ...]:
        """Values that the step reads."""
        return self.access.step.reads if self.access.step else ()

    def kinds(self, kind: str) -> list[Node]:
        """Return all nodes of a kind."""
        return [node for node in self.drawing.nodes.values() if node.kind == kind]

    def written(self, name: str, kind: str = "neuron") -> list[Node]:
        """Return the nodes of which the step has just written the value called `name`."""
        nodes = [node for node in self.kinds(kind) if node.ref.layer == self.layer]
        return [node for node in nodes if self._writes(Ref(name, self.layer), node.indices)]

    def weights(self, layer: int, side: int, nodes: Iterable[Node]) -> list[Edge]:
        """Return the edges of a layer that lead to some neurons (`side` 0) or come from them (1)."""
        units = {node.indices[0] for node in nodes}
        return [edge for edge in self.drawing.edges if edge.ref == Ref("W", layer) and edge.indices[side] in units]

    def written_parameters(self, suffix: str) -> list[Edge | Node]:
        """Return the edges and biases of which the step has just written the new value or the gradient."""
        parameters: list[Edge | Node] = [
            *(edge for edge in self.drawing.edges if edge.ref),
            *self.kinds("bias"),
            *self.kinds("norm"),
        ]
        return [p for p in parameters if p.ref and self._writes(Ref(suffix.format(p.ref.name), p.ref.layer), p.indices)]

    def named(self, name: str) -> str:
        """Return the name of a plain layer's value in the layer of the step."""
        return named(self.trace, self.layer, name)

    def _writes(self, value: Ref, indices: tuple[int, ...]) -> bool:
        return self.access.state((value,), indices) == "write"
