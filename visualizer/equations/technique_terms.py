"""The arithmetic of the penalty, of its pull and of clipping."""

from typing import Any

import numpy as np

from engine import Ref, Step, Trace
from visualizer.equations.techniques import clipped, measured, penalty_of, pull_on, unclipped_letter, with_constants
from visualizer.writing import bracketed, exact, factor, long_sum, tex

Entry = tuple[Ref, tuple[int, ...]]


def _penalty(trace: Trace, step: Step, e: Any) -> tuple[str, str]:
    """Write λ times the sum over all weights; of J, the sum of the two costs."""
    if e.ref.name == "J":
        cost, penalty = (factor(trace, ref, (), 0) for ref in (Ref("C", len(trace.given.layers)), Ref("penalty", 0)))
        return f"{cost[0]} + {penalty[0]}", f"{exact(cost[1])} + {exact(penalty[1])}"

    def term(entry: Entry) -> tuple[str, str]:
        name, value = factor(trace, *entry, 0)
        omega = with_constants(penalty_of(trace, exact(value)), trace, step, exact)
        return penalty_of(trace, name), omega

    letters, numbers = long_sum(_weights(trace), term)
    return rf"\lambda\,({letters})", rf"{exact(trace.options.strength)}\cdot ({numbers})"


def _pull(trace: Trace, step: Step, e: Any) -> tuple[str, str]:
    """Write the gradient of C and the pull of the penalty on a weight; a bias is not pulled."""
    l = e.ref.layer
    if e.ref.name != "gW":
        name, value = factor(trace, Ref(f"d{e.ref.name[1:]}", l), e.indices, 0)
        return name, exact(value)
    slope, weight = (factor(trace, Ref(name, l), e.indices, 0) for name in ("dW", "W"))
    pull = with_constants(rf"\lambda\,{pull_on(trace, bracketed(weight[1], 1))}", trace, step, exact)
    return rf"{slope[0]} + \lambda\,{pull_on(trace, weight[0])}", f"{exact(slope[1])} + {pull}"


def _clip(trace: Trace, step: Step, e: Any) -> tuple[str, str]:
    """Write the length of the gradient, or what clipping leaves of one entry."""
    if e.ref.name == "norm":

        def square(entry: Entry) -> tuple[str, str]:
            name, value = factor(trace, *entry, 0)
            return rf"\left({name}\right)^{{2}}", f"({exact(value)})^{{2}}"

        letters, numbers = long_sum(_measured(trace), square)
        return rf"\sqrt{{{letters}}}", rf"\sqrt{{{numbers}}}"
    before = Ref(f"{unclipped_letter(trace)}{e.ref.name[1:]}", e.ref.layer)
    name, value = factor(trace, before, e.indices, 0)
    norm = Ref("norm", 0)
    letters = clipped(trace, name).replace("<norm>", tex(norm))
    numbers = with_constants(clipped(trace, "<dp>"), trace, step, exact)
    place = numbers.find("<dp>")
    numbers = numbers.replace("<dp>", bracketed(value, place)).replace("<norm>", exact(float(trace.value(*norm))))
    return letters, numbers


def _weights(trace: Trace) -> list[tuple[Ref, tuple[int, ...]]]:
    """Return every weight: its value and its indices."""
    return [
        (Ref("W", l), (j, k)) for l, layer in enumerate(trace.given.layers, 1) for j, k in np.ndindex(*layer.W.shape)
    ]


def _measured(trace: Trace) -> list[tuple[Ref, tuple[int, ...]]]:
    """Return every entry of the gradient that counts in its length."""
    found: list[tuple[Ref, tuple[int, ...]]] = []
    for l, layer in enumerate(trace.given.layers, 1):
        weights, *others = measured(trace, l)
        for j in range(len(layer.W)):
            found += [(weights, (j, k)) for k in range(layer.W.shape[1])] + [(ref, (j,)) for ref in others]
    return found


WRITERS = {"penalty": _penalty, "regularize": _pull, "clip": _clip}
