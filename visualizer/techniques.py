"""The equations of the penalty, of its pull and of clipping, which happen in all layers at once."""

import re
from collections.abc import Callable

import numpy as np

from engine import CLIPS, REGULARIZERS, Step, Trace
from engine.gradient_rules import VECTORS, last_gradient
from engine.regularizers import Regularizer

Write = Callable[[float], str]
STEPS = ("penalty", "regularize", "clip")
_PART = re.compile(r"\{(Omega|slope|clip):<(\w+)>\}")
_SIDE_BY_SIDE = re.compile(r"([)}]) (?=[<⟨])")
_LIMIT = re.compile(r"(?<![a-zA-Z\\<])c(?![a-zA-Z])")


def gradient_letter(trace: Trace) -> str:
    """Return what stands before W in the name of the gradient that the update takes its step with."""
    return VECTORS[last_gradient(trace.options)]


def unclipped_letter(trace: Trace) -> str:
    """Return the same for the gradient that clipping starts from."""
    return "g" if trace.options.regularized else "d"


def _regularizer(trace: Trace) -> Regularizer:
    return REGULARIZERS[trace.options.regularizer]


def penalty_of(trace: Trace, weight: str) -> str:
    """Return Ω of a weight, or of a matrix of them."""
    return _with_weight(_regularizer(trace).tex, weight)


def pull_on(trace: Trace, weight: str) -> str:
    """Return Ω′ of a weight, in parentheses where it is a sum."""
    return _enclosed(_with_weight(_regularizer(trace).tex_slope, weight))


def _enclosed(formula: str) -> str:
    return rf"\left({formula}\right)" if " + " in formula else formula


def _with_weight(formula: str, weight: str) -> str:
    enclosed = weight if weight.startswith("(") else f"({weight})"
    return formula.replace("<w>^", f"{enclosed}^").replace("(<w>)", enclosed).replace("<w>", weight)


def clipped(trace: Trace, gradient: str) -> str:
    """Return what clipping makes of a gradient."""
    return CLIPS[trace.options.clip].tex.replace("<dp>", gradient)


def lines(trace: Trace, step: Step) -> list[str]:
    """Return the templates of the equations of a step, for the weights and for the biases of any layer."""
    parts = {"Omega": lambda trace, weight: _enclosed(penalty_of(trace, weight)), "slope": pull_on, "clip": clipped}
    text = _PART.sub(lambda found: parts[found[1]](trace, f"<{found[2]}>"), step.rule.tex).split("\n")
    if step.rule.key == "penalty":
        return [text[0].replace(r"\sum", r"\sum_l \sum"), *text[1:]]
    if step.rule.key == "regularize":
        return [*text, "<gb> = <db>"]
    d = unclipped_letter(trace)
    squares = rf"\sum (<{d}W>)^{{2}}"
    if any(layer.train_bias for layer in trace.given.layers):
        squares = rf"\left({squares} + \sum (<{d}b>)^{{2}}\right)"
    norm = rf"<norm> = \sqrt{{\sum_l {squares}}}"
    return [norm, *text, *(line.replace("W>", "b>") for line in text)]


def lines_with_numbers(trace: Trace, step: Step, write: Write) -> list[str]:
    """Return the same with numbers for all but the values of one layer; of a sum over layers, what each comes to."""
    first, *more = (with_constants(line, trace, step, write) for line in lines(trace, step))
    if step.rule.key == "penalty":
        sums = [float(_regularizer(trace).value(layer.W).sum()) for layer in trace.given.layers]
        first = rf"<penalty> = {write(trace.options.strength)}\cdot ({' + '.join(map(write, sums))})"
    if step.rule.key == "clip":
        first = rf"<norm> = \sqrt{{{' + '.join(map(write, _squares(trace)))}}}"
    return [first, *more]


def with_constants(line: str, trace: Trace, step: Step, write: Write) -> str:
    """Put numbers in the place of λ, of the limit and of the constants."""
    options = trace.options
    record = CLIPS[options.clip] if step.rule.key == "clip" else _regularizer(trace)
    line = line.replace(r"\lambda\,", rf"{write(options.strength)}\cdot ")
    if step.rule.key == "clip":
        line = _LIMIT.sub(lambda _: write(options.clip_at), line)
    for letter, value in record.constants.items():
        line = line.replace(f"{letter} ", rf"{write(value)}\cdot ").replace(letter, write(value))
    return _SIDE_BY_SIDE.sub(r"\1\\cdot ", line)


def _squares(trace: Trace) -> list[float]:
    """Return for each layer the sum of the squares of the gradient that clipping measures."""
    d, layers = unclipped_letter(trace), range(1, len(trace.given.layers) + 1)
    biases = [layer.train_bias for layer in trace.given.layers]
    return [
        float(np.square(trace.value(f"{d}W", l)).sum() + biases[l - 1] * np.square(trace.value(f"{d}b", l)).sum())
        for l in layers
    ]
