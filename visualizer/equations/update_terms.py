"""The equations and the arithmetic of an update: the optimizer's memory, the step it takes, the new parameters."""

import re
from collections.abc import Callable
from typing import Any

from engine import Step, Trace
from engine.equations import Ref
from engine.mistakes import wrong_law
from engine.optimizers import COUNT, STEP
from visualizer.equations.layer_terms import numbers_in
from visualizer.equations.techniques import gradient_letter
from visualizer.lecture import BEHIND
from visualizer.writing import bracketed, exact, factor, joined, parameter

Write = Callable[[float], str]
_SHARED = re.compile(r"\{\\textstyle\\sum_j\} <([a-zA-Z]+)>")
_VALUE = re.compile(r"<(\w+)>")


def lines(trace: Trace, step: Step, layer: int) -> list[str]:
    """Return the equations of a step for each kind of parameter of a layer; a bias that is not trained stays."""
    return [
        f"<{ref.name}> = {_right(trace, step, parameter(ref.name), layer)}" for ref in step.writes if ref.layer == layer
    ]


def _right(trace: Trace, step: Step, owner: str, layer: int) -> str:
    if _stays(trace, step, owner, layer):
        return f"<{owner}>" if step.rule.key == "update" else "0"
    return law_of(owner, wrong_law(owner, _law(trace, step), trace.mistakes), gradient_letter(trace))


def _law(trace: Trace, step: Step) -> str:
    """Return the law of a step; of an update the executed one, where the steps before it are not explained."""
    if step.rule.key != "update" or not trace.update:
        return step.rule.tex
    optimizer = trace.update.optimizer
    return optimizer.laws[-1].tex if trace.mistakes else optimizer.tex


def shares(trace: Trace, step: Step) -> bool:
    """Return whether a step moves all biases of a layer by the sum of their gradients, by mistake."""
    wrong = wrong_law(BEHIND[0], _law(trace, step), trace.mistakes) if step.rule.key == "update" else ""
    return bool(_SHARED.search(wrong))


def _stays(trace: Trace, step: Step, owner: str, layer: int) -> bool:
    """Return whether a step leaves out a parameter: a bias that is not trained."""
    moves = step.rule.key in ("update", STEP)
    return moves and owner == BEHIND[0] and not trace.moves_bias[layer - 1]


def law_of(owner: str, law: str, d: str = "d") -> str:
    """Return a law for one parameter: of the state `<v>` becomes `<v_W>`, and `<v_new>` becomes `<v_W_new>`.

    `d` is the letter before the gradient that the update takes its step with.
    """
    return re.sub(r"<(p|dp|[a-z]+)(_new)?>", lambda found: _named(owner, d, found[1], found[2] or ""), law)


def _named(owner: str, d: str, letter: str, ending: str) -> str:
    name = {"p": owner, "dp": f"{d}{owner}"}.get(letter, f"{letter}_{owner}")
    return f"<{name}{ending}>"


def with_constants(line: str, trace: Trace, write: Write) -> str:
    """Put the numbers of an update in the place of its letters: the rate, the optimizer's constants, the count."""
    if not trace.update:
        return line
    line = line.replace(r"\eta\,", rf"{write(trace.update.rate)}\cdot ")
    for letter, value in trace.update.optimizer.constants.items():
        line = line.replace(rf"{letter}\,", rf"{write(value)}\cdot ").replace(letter, write(value))
    return line.replace("{t}", f"{{{trace.update.state.get(COUNT, 0):.0f}}}")


def work_out(trace: Trace, step: Step, e: Any) -> tuple[str, str]:
    """Write one element of a value that a step of an update writes, with letters and with numbers."""
    owner, l = parameter(e.ref.name), e.ref.layer
    law = _right(trace, step, owner, l).replace(r"\odot 2", "2")

    def shared(write: Callable[[tuple[str, float]], str]) -> Callable[[re.Match[str]], str]:
        """Return a writer of the sum over a layer, for values that its neurons share by mistake."""
        rows = range(trace.given.sizes[l])
        return lambda at: f"({joined([write(factor(trace, Ref(at[1], l), (j,), 0)) for j in rows])})"

    letters = _SHARED.sub(shared(lambda pair: pair[0]), _grown(law).replace("{t}", "t"))
    letters = _VALUE.sub(lambda at: factor(trace, Ref(at[1], l), e.indices, 0)[0], letters)
    worked = _SHARED.sub(shared(lambda pair: bracketed(pair[1], 0)), with_constants(law, trace, exact))
    return letters, numbers_in(worked, lambda name: factor(trace, Ref(name, l), e.indices, 0)[1])


def _grown(law: str) -> str:
    """Let the parentheses around a gradient grow with its fraction."""
    return re.sub(r"\((<[^>]+>)\)\^", r"\\left(\1\\right)^", law)
