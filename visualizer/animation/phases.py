"""The animation of a step, phase by phase: numbers that travel along the edges, and the notes where they meet.

Forward rules travel left to right, backward rules right to left. A picture is complete without its phases: they only
tell how the numbers in it came about.
"""

from collections.abc import Callable, Iterable

import numpy as np

from engine import ACTIVATIONS, Ref, Trace
from visualizer.animation.context import AnimationContext, AnimationPhase, Move
from visualizer.animation.layers import LAYER_ANIMATIONS, animate_update, factor_of_dropout
from visualizer.drawing import DENSE, Edge, Node
from visualizer.equations import mistake_terms, takes_mean
from visualizer.lecture import SHARE, Placeholder, Source, Words

_MOST_AT_ONCE = 300  # numbers that travel in one phase; beyond, the eye sees a flicker and no flow
_TURN = 0.5  # where on its way a value meets the weight and becomes their product
_CLOSE = 1e-9  # a sum that is as near to 1 is 1
_MEET = 0.44  # how far two values come that meet on an edge, each from its end


def animation_phases(context: AnimationContext) -> list[AnimationPhase]:
    """Return the animation phases of the step; none before the first step."""
    step = context.access.step
    if step is None:
        return []
    told = step.rule.phase == "update" and step.rule.key != "update"
    play = (
        animate_update if told else _PLAYS.get(step.rule.key, animate_update)
    )  # what has no play of its own says what it reads
    if step.rule.element:
        return _without_numbers(play(context))
    played = play(context)
    if any(sum(len(move.texts) for move in beat.moves) > _MOST_AT_ONCE for beat in played):
        return []
    return [_without_words(beat) for beat in played] if context.drawing.detail == DENSE else played


def _without_numbers(played: list[AnimationPhase]) -> list[AnimationPhase]:
    """Return the animation of a step with a mistake in it, without the numbers of the correct equation."""
    return [_without_words(beat) for beat in played]


def _without_words(beat: AnimationPhase) -> AnimationPhase:
    return AnimationPhase(tuple(Move(start, stop, dict.fromkeys(texts, "")) for start, stop, texts in beat.moves), {})


def _bias_edge(node: Node) -> str:
    """Return the id of the edge between a neuron, or its bias, and the other one."""
    l, j = node.ref.layer, node.indices[0] + 1
    return f"b.{l}.{j}>a.{l}.{j}"


def _output_line(target: Node) -> str:
    return f"a.{target.ref.layer}.{target.indices[0] + 1}>{target.id}"


def _weighted_input(context: AnimationContext) -> list[AnimationPhase]:
    l, nodes = context.layer, context.written("z")
    edges = context.weights(l, 0, nodes)
    inputs = {edge.id: context.text("a", l - 1, edge.indices[1]) for edge in edges}
    products = {edge.id: context.product(edge, "a", edge.indices[1]) for edge in edges}
    biases = {_bias_edge(node): context.text("b", l, *node.indices) for node in nodes}
    return [
        AnimationPhase((Move(0, _TURN, inputs),), {}),
        AnimationPhase((Move(_TURN, 1, products), Move(0, 1, biases)), {}),
        AnimationPhase((), {node.id: "Σ" for node in nodes}),
    ]


def _output(context: AnimationContext) -> list[AnimationPhase]:
    l, given, made = context.layer, context.named("z"), context.named("a")
    f = "σ(" if ACTIVATIONS[context.trace.given.activations[l - 1]].elementwise else "softmax ("
    said = {node.id: context.text(given, l, *node.indices, before=f, after=")") for node in context.written(made)}
    return [AnimationPhase((), said)]


def _cost(context: AnimationContext) -> list[AnimationPhase]:
    targets = context.kinds("target")
    outputs = {_output_line(t): context.text("a", context.layer, *t.indices) for t in targets}
    parts = {f"{t.id}>C": context.text(SHARE, context.layer, *t.indices) for t in targets}
    return [
        AnimationPhase((Move(0, 1, outputs),), {}),
        AnimationPhase((Move(0, 1, parts),), {}),
        AnimationPhase((), {"C": _over_samples(context) or "Σ"}),
    ]


def _output_delta(context: AnimationContext) -> list[AnimationPhase]:
    """Animation of BP1: ∇C comes back from the cost and meets the slope; of a matched pair, the target the output."""
    l, nodes = context.layer, context.written(context.named("delta"))
    units = {node.indices[0] for node in nodes}
    targets = [t for t in context.kinds("target") if t.indices[0] in units]
    if context.trace.loss_function.matched:
        back = {_output_line(t): context.text("y", l, *t.indices) for t in targets}
        return [
            AnimationPhase((Move(1, 0, back),), {}),
            AnimationPhase((), {node.id: _difference(context) for node in nodes}),
        ]
    nabla = {t.id: context.text("grad", l, *t.indices) for t in targets}
    return [
        AnimationPhase((Move(1, 0, {f"{name}>C": text for name, text in nabla.items()}),), {}),
        AnimationPhase((Move(1, 0, {_output_line(t): nabla[t.id] for t in targets}),), {}),
        AnimationPhase((), {node.id: _times_slope(context, node, "∇C") for node in nodes}),
    ]


def _difference(context: AnimationContext) -> str:
    """Note on the error of a matched pair; a softmax whose targets do not sum to 1 keeps their sum as a factor."""
    matched = context.trace.loss_function.matched
    whole = sums_to_one(context.trace) or matched is None or matched.activation != "softmax"
    return "k (a − y)" if mistake_terms.factor_of_loss(context.trace) else "a − y" if whole else "a · Σy − y"


def sums_to_one(trace: Trace) -> bool:
    """Return whether the targets of every sample come to 1, which shortens what is said of a softmax."""
    return np.allclose(trace.value("y").sum(axis=0), 1, rtol=_CLOSE, atol=0)


def _times_slope(context: AnimationContext, node: Node, *arrived: str | Placeholder) -> Words:
    """Note on the gradient at a neuron times its slope; softmax has a whole Jacobian there."""
    if not ACTIVATIONS[context.trace.given.activations[context.layer - 1]].elementwise:
        return "J · ", *arrived
    return *arrived, context.text(context.named("slope"), context.layer, *node.indices, before=" · ")


def _hidden_delta(context: AnimationContext) -> list[AnimationPhase]:
    """Animation of BP2: the errors go back along the same weights, the other way."""
    l, nodes = context.layer, context.written(context.named("delta"))
    edges = context.weights(l + 1, 1, nodes)
    errors = {edge.id: context.text("delta", l + 1, edge.indices[0]) for edge in edges}
    products = {edge.id: context.product(edge, "delta", edge.indices[0]) for edge in edges}
    return [
        AnimationPhase((Move(1, _TURN, errors),), {}),
        AnimationPhase((Move(_TURN, 0, products),), {}),
        AnimationPhase(
            (), {node.id: _times_slope(context, node, *factor_of_dropout(context, node), "Σ") for node in nodes}
        ),
    ]


def _bias_gradient(context: AnimationContext) -> list[AnimationPhase]:
    biases = context.written("db", "bias")
    errors = {_bias_edge(node): context.text("delta", context.layer, *node.indices) for node in biases}
    return [AnimationPhase((Move(1, 0, errors),), {}), *_averaged(context, biases)]


def _weight_gradient(context: AnimationContext) -> list[AnimationPhase]:
    """Animation of BP4: a from one end and δ from the other meet on the edge."""
    l, edges = context.layer, context.written_parameters("d{}")
    inputs = {edge.id: context.text("a", l - 1, edge.indices[1]) for edge in edges}
    errors = {edge.id: context.text("delta", l, edge.indices[0]) for edge in edges}
    meeting = AnimationPhase((Move(0, _MEET, inputs), Move(1, 1 - _MEET, errors)), {})
    return [meeting, AnimationPhase((), {edge.id: "a · δ" for edge in edges}), *_averaged(context, edges)]


def _averaged(context: AnimationContext, items: Iterable[Edge | Node]) -> list[AnimationPhase]:
    """Animation phase of the mean over a batch, or by mistake of the sum."""
    said = _over_samples(context)
    return [AnimationPhase((), {item.id: said for item in items})] if said else []


def _over_samples(context: AnimationContext) -> str:
    """Symbol of a step's reduction over the batch, mean or sum; empty for a single sample."""
    if context.trace.m == 1 or context.access.step is None:
        return ""
    return "Σ / m" if takes_mean(context.access.step) else "Σ"


def _penalty(_cast: AnimationContext) -> list[AnimationPhase]:
    return [AnimationPhase((), {"C": "C + P"})]


def _changed(old: str, new: str) -> Callable[[AnimationContext], list[AnimationPhase]]:
    """Return the animation of a step that changes each parameter: by how much it is more or less."""

    def change(item: Edge | Node) -> Placeholder:
        name, layer = item.ref or Ref("", 0)  # an edge without a value is not written
        sources = (Source(Ref(pattern.format(name), layer), item.indices) for pattern in (new, old))
        return Placeholder("change", tuple(sources))

    return lambda context: [AnimationPhase((), {item.id: change(item) for item in context.written_parameters(new)})]


def _clip(context: AnimationContext) -> list[AnimationPhase]:
    return _changed("g{}" if context.trace.options.regularized else "d{}", "c{}")(context)


_PLAYS = {
    "z": _weighted_input,
    "a": _output,
    "c": _cost,
    "bp1": _output_delta,
    "bp2": _hidden_delta,
    "bp3": _bias_gradient,
    "bp4": _weight_gradient,
    **LAYER_ANIMATIONS,
    "penalty": _penalty,
    "regularize": _changed("d{}", "g{}"),
    "clip": _clip,
    "update": _changed("{}", "{}_new"),
}
