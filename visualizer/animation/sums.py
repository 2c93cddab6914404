"""A sum of products at a neuron: values meet their weights on the edges, become products, and add up term by term."""

from collections.abc import Sequence
from typing import NamedTuple

from engine import Ref
from visualizer.animation.context import MEET, AnimationContext, AnimationPhase, Move
from visualizer.drawing import Edge, Node
from visualizer.lecture import Placeholder, Source, Words


class Terms(NamedTuple):
    """Terms of a sum: the edges, what each carries, and to which side of the drawing they go: 0 right, 1 left."""

    edges: Sequence[Edge]
    carried: Sequence[Source]
    side: int


def terms_of(context: AnimationContext, node: Node, name: str, side: int) -> Terms:
    """Return the terms that meet at a neuron, each a weight times a value of this name at the edge's other end."""
    layer = node.ref.layer + side
    edges = context.weights(layer, side, [node])
    of = Ref(name, layer if side else layer - 1)
    return Terms(edges, [Source(of, (edge.indices[1 - side],)) for edge in edges], side)


def sum_phases(
    context: AnimationContext, node: Node, terms: Terms, lead: bool, bias: tuple[str, Source] | None = None
) -> tuple[list[AnimationPhase], Placeholder]:
    """Return the phases of a sum, and its place; `bias` is a last term that comes along an edge of its own."""
    weights, side = context.weights_read, terms.side
    begin, end = float(side), 1.0 - side
    pairs = [(Source(weights, edge.indices), value) for edge, value in zip(terms.edges, terms.carried, strict=True)]
    ids = [edge.id for edge in terms.edges]
    carried = {name: Placeholder("number", (value,)) for name, (_, value) in zip(ids, pairs, strict=True)}
    meeting: dict[str, Words] = {
        name: (Placeholder("number", (weight,)), " × ", carried[name])
        for name, (weight, _) in zip(ids, pairs, strict=True)
    }
    products = {name: Placeholder("product", pair) for name, pair in zip(ids, pairs, strict=True)}
    flat = [source for pair in pairs for source in pair]
    whole = Placeholder("sum", (*flat, bias[1]) if bias else tuple(flat))
    lit = context.lights(weights.name, *(value.value.name for value in terms.carried[:1]))
    phases = [
        AnimationPhase((Move(begin, MEET, carried),), side=side, lights=lit),
        AnimationPhase((), meeting, side=side, lights=lit),
        AnimationPhase((), products, side=side, lights=lit),
    ]
    if not lead:
        return phases[1:], whole
    for i, name in enumerate(ids):
        waiting: dict[str, Words] = {other: products[other] for other in ids[i + 1 :]}
        so_far = {node.id: Placeholder("sum", tuple(flat[: 2 * i]), "Σ ")} if i else {}
        move = Move(MEET, end, {name: products[name]})
        phases.append(AnimationPhase((move,), waiting | so_far, side=side, lights=lit))
    if bias:
        move = Move(0.0, 1.0, {bias[0]: Placeholder("number", bias[1:])})
        so_far = {node.id: Placeholder("sum", tuple(flat), "Σ ")}
        phases.append(AnimationPhase((move,), so_far, side=side, lights=context.lights(bias[1].value.name)))
    return phases, whole
