"""The animations of the steps of normalized layers, of dropout and of an optimizer's laws."""

from collections.abc import Callable

from engine import Ref
from visualizer.animation.context import AnimationContext, AnimationPhase, Move
from visualizer.animation.staging import by_neuron, staged
from visualizer.drawing import Edge, Node
from visualizer.equations import dropped
from visualizer.lecture import Placeholder, Words
from visualizer.writing import around, parameter, plain

_RUNNING = {"mu": "mean", "var": "variance", "delta_var": "variance"}  # what stands in for the batch outside training
_RUN_WORDS = {"gamma": "0.9 μ̄ + 0.1 μ", "beta": "0.9 σ̄² + 0.1 σ²"}


def factor_of_dropout(context: AnimationContext, node: Node) -> tuple[Placeholder, ...]:
    """Factor of dropout for a neuron's output and for its error, where there is one."""
    drops = dropped(context.trace, node.ref.layer)
    return (context.text("mask", node.ref.layer, *node.indices, after=" · "),) if drops else ()


def _drop(context: AnimationContext) -> list[AnimationPhase]:
    """Animation of dropout: the factor that enlarges each output, or that it is switched off."""
    return [AnimationPhase((), {node.id: (*factor_of_dropout(context, node), "h") for node in context.written("a")})]


def _ties(context: AnimationContext, name: str, carried: str) -> dict[str, Words]:
    """Numbers that travel between the neurons of a normalized layer and their γ or β, by the edges between."""
    nodes = [node for node in context.kinds("norm") if node.ref == Ref(name, context.layer)]
    return {
        f"{node.id}>a.{context.layer}.{node.indices[0] + 1}": context.text(carried, context.layer, *node.indices)
        for node in nodes
        if context.access.unit in ((), node.indices)
    }


def _gathers(name: str, carried: str, said: str) -> Callable[[AnimationContext], list[AnimationPhase]]:
    """Animation of a batch sum: numbers travel from the neurons to the γ or β satellite."""

    def play(context: AnimationContext) -> list[AnimationPhase]:
        arriving = _ties(context, name, carried)
        return [
            AnimationPhase((Move(1, 0, arriving),), {}),
            AnimationPhase((), {edge.partition(">")[0]: said for edge in arriving}),
        ]

    return play


def _spreads(carried: dict[str, str], said: str) -> Callable[[AnimationContext], list[AnimationPhase]]:
    """Animation of the use of batch statistics: they travel to the neurons from their γ and β."""

    def play(context: AnimationContext) -> list[AnimationPhase]:
        training = context.trace.options.training
        names = {at: _RUNNING.get(name, name) if not training else name for at, name in carried.items()}
        there = {name for name in names.values() if any(name == ref.name for ref in context.access.reads)}
        moves = [Move(0, 1, _ties(context, at, name)) for at, name in names.items() if name in there]
        nodes = context.written(context.access.step.writes[0].name) if context.access.step else []
        return [AnimationPhase(tuple(moves), {}), AnimationPhase((), {node.id: said for node in nodes})]

    return play


def _running(context: AnimationContext) -> list[AnimationPhase]:
    nodes = [node for node in context.kinds("norm") if node.ref.layer == context.layer]
    return [
        AnimationPhase(
            (), {node.id: _RUN_WORDS[node.ref.name] for node in nodes if context.access.unit in ((), node.indices)}
        )
    ]


def animate_update(context: AnimationContext) -> list[AnimationPhase]:
    """Animation of one law of an optimizer: on every edge, one after the other, the values that it reads there."""
    items = [item for name in _written_names(context) for item in context.written_parameters(name)]

    def play(group: list[Edge | Node], _lead: bool) -> list[AnimationPhase]:
        read = {item: [ref for ref in sorted(context.access.reads) if _is_beside(ref, item)] for item in group}
        most = max(map(len, read.values()))
        told = [
            {item.id: _said(context, refs[i], item.indices) for item, refs in read.items() if i < len(refs)}
            for i in range(most)
        ]
        arrive = tuple(item.id for item in group)
        return [AnimationPhase((), said, arrive if said is told[-1] else ()) for said in told]

    return staged(by_neuron(items), play)


def _is_beside(ref: Ref, item: Edge | Node) -> bool:
    return (ref.layer, parameter(ref.name)) == (item.ref.layer, item.ref.name) if item.ref else False


def _said(context: AnimationContext, ref: Ref, indices: tuple[int, ...]) -> Placeholder:
    mark = plain(ref).partition(" ")
    return context.text(ref.name, ref.layer, *indices, before=f"{mark[0]} " * bool(mark[1] and ref.name[0] != "c"))


def _written_names(context: AnimationContext) -> list[str]:
    """Names of the values that the step writes, with a place for that of the parameter."""
    names = (ref.name for ref in context.access.step.writes) if context.access.step else ()
    return list(dict.fromkeys(f"{before}{{}}{after}" for before, after in map(around, names)))


LAYER_ANIMATIONS = {
    "mu": _gathers("gamma", "z", "Σ / m"),
    "var": _gathers("beta", "z", "Σ (z−μ)² / m"),
    "zhat": _spreads({"gamma": "mu", "beta": "var"}, "(z−μ) / σ"),
    "u": _spreads({"gamma": "gamma", "beta": "beta"}, "γ · ẑ + β"),
    "running": _running,
    "drop": _drop,
    "dgamma": _gathers("gamma", "delta_u", "Σ δ · ẑ / m"),
    "dbeta": _gathers("beta", "delta_u", "Σ δ / m"),
    "delta_hat": _spreads({"gamma": "gamma"}, "γ · δ"),
    "delta_var": _gathers("beta", "delta_hat", "Σ δ · (z−μ)"),
    "delta_mu": _gathers("gamma", "delta_hat", "−Σ δ / σ"),
    "delta": _spreads({"gamma": "delta_mu", "beta": "delta_var"}, "δ / σ + …"),
}
