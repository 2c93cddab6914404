"""The animation of a step as data: its phases, what travels, and the nodes and edges that take part."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from engine import ACTIVATIONS, Ref
from visualizer.animation.curve import Curve
from visualizer.drawing import Drawing, Edge, Node
from visualizer.equations import Access, named, parts
from visualizer.lecture import At, Placeholder, Source, Words, filled
from visualizer.writing import parameter

MEET = None  # where on an edge two numbers meet, which the drawing knows


class Move(NamedTuple):
    """Motion of numbers along edges, from one share of the way to another, by the edge's id; "" is a dot."""

    start: float | None
    stop: float | None
    texts: Mapping[str, Words]


class AnimationPhase(NamedTuple):
    """Animation phase: the numbers that travel at the same time, and the notes at nodes and edges, by their id.

    Attributes
    ----------
    moves : tuple of Move
    notes : mapping of (str, Words)
    arrive : tuple of str
        The nodes and edges whose new number is there at its end.
    pace : float
        How long it lasts, beside a usual one.
    side : int
        Which edges play together: 0 those that lead to one neuron, 1 those that come from one.
    curves : mapping of (str, Curve)
        The curves of activations that are seen in neurons.
    lights : tuple of int
        The values of the equation with letters that it plays, by their place in it.
    """

    moves: tuple[Move, ...] = ()
    notes: Mapping[str, Words] = MappingProxyType({})
    arrive: tuple[str, ...] = ()
    pace: float = 1.0
    side: int = 0
    curves: Mapping[str, Curve] = MappingProxyType({})
    lights: tuple[int, ...] = ()


def resolved(phase: AnimationPhase, at: At) -> AnimationPhase:
    """Return an animation phase with its numbers filled in."""
    moves = tuple(move._replace(texts=_filled(move.texts, at)) for move in phase.moves)
    return phase._replace(moves=moves, notes=_filled(phase.notes, at))


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

    @cached_property
    def weights_read(self) -> Ref:
        """The weights that the step reads."""
        return next(ref for ref in self.reads if parameter(ref.name) == "W")

    def lights(self, *names: str) -> tuple[int, ...]:
        """Return the places in the equation of values with these names, or that stand for these parameters."""
        return tuple(i for i, ref in enumerate(self._parts) if ref.name in names)

    @cached_property
    def _parts(self) -> list[Ref]:
        return parts(self.trace, self.access.step) if self.access.step else []

    def curve(self, node: Node) -> dict[str, Curve]:
        """Return the curve of a neuron's activation, by the neuron; nothing where it has none of its own."""
        name = self.trace.given.activations[node.ref.layer - 1]
        if not ACTIVATIONS[name].elementwise:
            return {}
        return {node.id: Curve(name, Source(Ref(self.named("z"), node.ref.layer), node.indices))}

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
