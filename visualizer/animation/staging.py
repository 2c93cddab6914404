"""Staging: the parts of a step one after the other, the first to be read and the others as its repetitions."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from visualizer.animation.context import AnimationPhase
from visualizer.drawing import Edge, Node

_OTHERS = 4.0  # usual phases that all but the first part take together at most
_BRISK = 0.5  # the longest pace of a phase in them


def staged(parts: Sequence[Any], play: Callable[[Any, bool], list[AnimationPhase]]) -> list[AnimationPhase]:
    """Return the phases of all parts, of which `play` gives those of one; whether it is the first is told to it."""
    if not parts:
        return []
    first, *others = parts
    rest = [phase for part in others for phase in play(part, False)]
    pace = min(_BRISK, _OTHERS / len(rest)) if rest else 1.0
    return [*play(first, True), *(phase._replace(pace=pace * phase.pace) for phase in rest)]


def by_neuron(items: Iterable[Edge | Node]) -> list[list[Edge | Node]]:
    """Return parameters by the neuron to which they belong, in the order of these."""
    groups: dict[tuple[int, int], list[Edge | Node]] = {}
    for item in items:
        layer = item.ref.layer if item.ref else 0
        groups.setdefault((layer, item.indices[0]), []).append(item)
    return [groups[key] for key in sorted(groups)]


def arriving(items: Iterable[Edge | Node], phases: list[AnimationPhase]) -> list[AnimationPhase]:
    """Let the new numbers of nodes and edges be there at the end of these phases."""
    *before, last = phases
    return [*before, last._replace(arrive=tuple(item.id for item in items))]
