"""The animation of a step, phase by phase: numbers that travel along the edges, and the notes where they meet.

Forward rules travel left to right, backward rules right to left; neuron after neuron, the first to be read and the
others as its repetitions. A picture is complete without its phases: they only tell how the numbers in it came about.
"""

from collections.abc import Iterable

import numpy as np

from engine import ACTIVATIONS, Ref, Trace
from visualizer.animation.changes import changed, clipped
from visualizer.animation.context import MEET, AnimationContext, AnimationPhase, Move
from visualizer.animation.layers import LAYER_ANIMATIONS, animate_update, factor_of_dropout
from visualizer.animation.mistaken import mistaken
from visualizer.animation.staging import arriving, by_neuron, staged
from visualizer.animation.sums import sum_phases, terms_of
from visualizer.drawing import DENSE, Edge, Node
from visualizer.equations import mistake_terms, takes_mean
from visualizer.lecture import SHARE, Placeholder, Source, Words

_MOST_AT_ONCE = 300  # numbers that travel in one phase; beyond, the eye sees a flicker and no flow
_CLOSE = 1e-9  # a sum that is as near to 1 is 1
_FLOW = 2.0  # how long dots flow, in usual phases
_CENTRE = 0.44  # how far two dots come that meet on an edge, each from its end


def animation_phases(context: AnimationContext) -> list[AnimationPhase]:
    """Return the animation phases of the step; none before the first step."""
    step = context.access.step
    if step is None:
        return []
    if context.drawing.detail == DENSE and step.rule.key in _FLOWS:
        return _flows(context, *_FLOWS[step.rule.key])
    told = step.rule.phase == "update" and step.rule.key != "update"
    play = (
        animate_update if told else _PLAYS.get(step.rule.key, animate_update)
    )  # what has no play of its own says what it reads
    played = mistaken(context) if step.rule.element else play(context)
    if not played:
        played = [_without_words(phase) for phase in play(context)]  # its numbers are those of the correct equation
    if any(sum(len(move.texts) for move in phase.moves) > _MOST_AT_ONCE for phase in played):
        return []
    return [_without_words(phase) for phase in played] if context.drawing.detail == DENSE else played


def _without_words(phase: AnimationPhase) -> AnimationPhase:
    moves = tuple(move._replace(texts=dict.fromkeys(move.texts, "")) for move in phase.moves)
    return phase._replace(moves=moves, notes={}, curves={})


def _flows(context: AnimationContext, written: str, ways: tuple[tuple[float, float], ...]) -> list[AnimationPhase]:
    """Animation of all edges of a crowded layer at once, by dots."""
    if written == "W":
        edges = [item for item in context.written_parameters("d{}") if isinstance(item, Edge)]
    else:
        side = int(written == "delta")
        edges = context.weights(context.layer + side, side, context.written(context.named(written)))
    ways = ways if len(ways) * len(edges) <= _MOST_AT_ONCE else ways[:1]
    if len(edges) > _MOST_AT_ONCE:
        return []
    moves = tuple(Move(start, stop, {edge.id: "" for edge in edges}) for start, stop in ways)
    return [AnimationPhase(moves, pace=_FLOW)]


_FLOWS = {"z": ("z", ((0, 1),)), "bp2": ("delta", ((1, 0),)), "bp4": ("W", ((0, _CENTRE), (1, 1 - _CENTRE)))}


def _bias_edge(node: Node) -> str:
    """Return the id of the edge between a neuron, or its bias, and the other one."""
    l, j = node.ref.layer, node.indices[0] + 1
    return f"b.{l}.{j}>a.{l}.{j}"


def _output_line(target: Node) -> str:
    return f"a.{target.ref.layer}.{target.indices[0] + 1}>{target.id}"


def _weighted_input(context: AnimationContext) -> list[AnimationPhase]:
    """Animation of z: inputs meet their weights, the products add up, and the bias comes last."""

    def play(node: Node, lead: bool) -> list[AnimationPhase]:
        bias = _bias_edge(node), Source(Ref("b", context.layer), node.indices)
        phases, whole = sum_phases(context, node, terms_of(context, node, "a", 0), lead, bias)
        made = whole._replace(before="Σ ")
        return [*phases, AnimationPhase((), {node.id: made}, (node.id,), lights=context.lights("z"))]

    return staged(context.written("z"), play)


def _output(context: AnimationContext) -> list[AnimationPhase]:
    """Animation of a: the point on the curve of the neuron; of softmax its name alone."""
    l, given, made = context.layer, context.named("z"), context.named("a")
    f = "σ(" if ACTIVATIONS[context.trace.given.activations[l - 1]].elementwise else "softmax ("
    nodes = context.written(made)

    def play(nodes: list[Node], _lead: bool) -> list[AnimationPhase]:
        said = {node.id: context.text(given, l, *node.indices, before=f, after=")") for node in nodes}
        points = {name: curve for node in nodes for name, curve in context.curve(node).items()}
        return [AnimationPhase((), said, tuple(said), curves=points, lights=context.lights(given))]

    return staged([group for group in (nodes[:1], nodes[1:]) if group], play)


def _cost(context: AnimationContext) -> list[AnimationPhase]:
    """Animation of C: every output meets its target, and what each costs adds up."""
    l, targets = context.layer, context.kinds("target")
    outputs = {_output_line(t): context.text("a", l, *t.indices) for t in targets}
    said: dict[str, Words] = {
        t.id: ("C (", context.text("a", l, *t.indices), ", ", context.text("y", l, *t.indices), ")") for t in targets
    }
    lit = context.lights("a", "y", "z")
    phases = [AnimationPhase((Move(0, 1, outputs),), lights=lit), AnimationPhase((), said, lights=lit)]
    shares = [Source(Ref(SHARE, l), target.indices) for target in targets]
    costs: dict[str, Words] = {t.id: Placeholder("number", (share,)) for t, share in zip(targets, shares, strict=True)}
    phases.append(AnimationPhase((), costs, lights=lit))
    for i, (target, share) in enumerate(zip(targets, shares, strict=True)):
        waiting = {other.id: costs[other.id] for other in targets[i + 1 :]}
        so_far = {"C": Placeholder("total", tuple(shares[:i]), "Σ ")} if i else {}
        move = Move(0, 1, {f"{target.id}>C": Placeholder("number", (share,))})
        phases.append(AnimationPhase((move,), waiting | so_far, lights=lit))
    whole: Words = _over_samples(context) or Placeholder("total", tuple(shares), "Σ ")
    return [*phases, AnimationPhase((), {"C": whole}, ("C",), lights=context.lights("C"))]


def _output_delta(context: AnimationContext) -> list[AnimationPhase]:
    """Animation of BP1: ∇C comes back from the cost and meets the slope; of a matched pair, the target the output."""
    l, name = context.layer, context.named("delta")
    targets = {t.indices[0]: t for t in context.kinds("target")}

    def matched(node: Node, _lead: bool) -> list[AnimationPhase]:
        back = {_output_line(targets[node.indices[0]]): context.text("y", l, *node.indices)}
        return [
            AnimationPhase((Move(1, 0, back),), lights=context.lights("y")),
            AnimationPhase(
                (), {node.id: _difference(context, node)}, (node.id,), lights=context.lights("a", "y", name)
            ),
        ]

    def general(node: Node, _lead: bool) -> list[AnimationPhase]:
        target, nabla = targets[node.indices[0]], context.text("grad", l, *node.indices)
        lit = context.lights("grad")
        return [
            AnimationPhase((Move(1, 0, {f"{target.id}>C": nabla}),), lights=lit),
            AnimationPhase((Move(1, 0, {_output_line(target): nabla}),), lights=lit),
            *_times_slope(context, node, nabla),
        ]

    return staged(context.written(name), matched if context.trace.loss_function.matched else general)


def _difference(context: AnimationContext, node: Node) -> Words:
    """Note on the error of a matched pair; a softmax whose targets do not sum to 1 keeps their sum as a factor."""
    matched = context.trace.loss_function.matched
    if mistake_terms.factor_of_loss(context.trace):
        return "k (a − y)"
    if sums_to_one(context.trace) or matched is None or matched.activation != "softmax":
        a, y = (context.text(name, context.layer, *node.indices) for name in ("a", "y"))
        return a, " − ", y
    return "a · Σy − y"


def sums_to_one(trace: Trace) -> bool:
    """Return whether the targets of every sample come to 1, which shortens what is said of a softmax."""
    return np.allclose(trace.value("y").sum(axis=0), 1, rtol=_CLOSE, atol=0)


def _times_slope(context: AnimationContext, node: Node, *arrived: str | Placeholder) -> list[AnimationPhase]:
    """Animation of the gradient at a neuron times its slope, which comes out of its curve; softmax has a Jacobian."""
    name = context.named("delta")
    made = context.lights(name)
    points = context.curve(node)
    if not points:
        return [AnimationPhase((), {node.id: ("J · ", *arrived)}, (node.id,), lights=made)]
    slope = context.text(context.named("slope"), context.layer, *node.indices)
    lit = context.lights("z", "slope", context.named("slope"), context.named("z"))
    return [
        AnimationPhase((), {node.id: slope._replace(before="σ′ ")}, curves=points, lights=lit),
        AnimationPhase((), {node.id: (*arrived, " × ", slope)}, (node.id,), lights=made),
    ]


def _hidden_delta(context: AnimationContext) -> list[AnimationPhase]:
    """Animation of BP2: the errors go back along the same weights, the other way, and meet the slope."""

    def play(node: Node, lead: bool) -> list[AnimationPhase]:
        phases, whole = sum_phases(context, node, terms_of(context, node, "delta", 1), lead)
        return [*phases, *_times_slope(context, node, *factor_of_dropout(context, node), whole)]

    return staged(context.written(context.named("delta")), play)


def _bias_gradient(context: AnimationContext) -> list[AnimationPhase]:
    """Animation of BP3: the error of the neuron comes to its bias, the weight of an input that is always 1."""
    biases, lit = context.written("db", "bias"), context.lights("delta")

    def play(group: list[Node], _lead: bool) -> list[AnimationPhase]:
        errors = {node.id: context.text("delta", context.layer, *node.indices) for node in group}
        coming = Move(1, 0, {_bias_edge(node): errors[node.id] for node in group})
        at_neuron: dict[str, Words] = {
            f"a.{context.layer}.{node.indices[0] + 1}": errors[node.id]._replace(before="δ ") for node in group
        }
        product: dict[str, Words] = {name: ("1 × ", error) for name, error in errors.items()}
        phases = [
            AnimationPhase((), at_neuron, lights=lit),
            AnimationPhase((coming,), lights=lit),
            AnimationPhase((), product, lights=lit),
            *_averaged(context, group),
        ]
        return arriving(group, phases)

    return staged([group for group in (biases[:1], biases[1:]) if group], play)


def _weight_gradient(context: AnimationContext) -> list[AnimationPhase]:
    """Animation of BP4: the a of one end comes to the δ of the other, and both become their product on the edge."""
    l, lit = context.layer, context.lights("delta", "a")

    def play(edges: list[Edge], _lead: bool) -> list[AnimationPhase]:
        ends = {
            edge.id: (Source(Ref("a", l - 1), edge.indices[1:]), Source(Ref("delta", l), edge.indices[:1]))
            for edge in edges
        }
        inputs = {name: Placeholder("number", (a,)) for name, (a, _) in ends.items()}
        errors = {name: Placeholder("number", (delta,)) for name, (_, delta) in ends.items()}
        meeting: dict[str, Words] = {name: (inputs[name], " × ", errors[name]) for name in ends}
        products = {name: Placeholder("product", pair) for name, pair in ends.items()}
        own = f"a.{l}.{edges[0].indices[0] + 1}"
        delta = {own: errors[edges[0].id]._replace(before="δ ")}
        phases = [
            AnimationPhase((Move(0, MEET, inputs),), delta, lights=lit),
            AnimationPhase((), meeting, lights=lit),
            AnimationPhase((), products, lights=context.lights("dW")),
            *_averaged(context, edges),
        ]
        return arriving(edges, phases)

    return staged(by_neuron(context.written_parameters("d{}")), play)


def _averaged(context: AnimationContext, items: Iterable[Edge | Node]) -> list[AnimationPhase]:
    """Animation phase of the mean over a batch, or by mistake of the sum."""
    said = _over_samples(context)
    return [AnimationPhase((), {item.id: said for item in items})] if said else []


def _over_samples(context: AnimationContext) -> str:
    """Symbol of a step's reduction over the batch, mean or sum; empty for a single sample."""
    if context.trace.m == 1 or context.access.step is None:
        return ""
    return "Σ / m" if takes_mean(context.access.step) else "Σ"


def _penalty(_context: AnimationContext) -> list[AnimationPhase]:
    return [AnimationPhase((), {"C": "C + P"}, ("C",))]


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
    "regularize": changed("d{}", "g{}"),
    "clip": clipped,
    "update": changed("{}", "{}_new"),
}
