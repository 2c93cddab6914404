"""The equations of the penalty, of its pull and of clipping, which happen in all layers at once."""

import re
from collections.abc import Callable, Iterable

import numpy as np

from engine import CLIPS, REGULARIZERS, Ref, Step, Trace
from engine.catalogue import Regularizer
from engine.options import OPTIONS, TRANSFORMS, VECTORS, last_gradient
from visualizer.lecture import BEHIND

Write = Callable[[float], str]
STEPS = ("penalty", "regularize", "clip")
_PART = re.compile(r"\{(Omega|slope|clip):<(\w+)>\}")
_SIDE_BY_SIDE = re.compile(r"([)}]) (?=[<⟨])")


def gradient_letter(trace: Trace) -> str:
    """Return the prefix of W in the name of the gradient that the update takes its step with."""
    return VECTORS[last_gradient(trace.options)]


def unclipped_letter(trace: Trace) -> str:
    """Return the prefix of W in the name of the gradient that clipping starts from."""
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
    """Return the TeX of a gradient after clipping."""
    return CLIPS[trace.options.clip].tex.replace("<dp>", gradient)


def _beside_weights(trace: Trace, layers: Iterable[int]) -> tuple[str, ...]:
    """Return the parameters beside weights in some layers: biases, and γ and β where one is normalized."""
    return BEHIND if any(trace.given.architecture.is_normed(l) for l in layers) else BEHIND[:1]


def lines(trace: Trace, step: Step, layer: int = 1) -> list[str]:
    """Return the templates of the equations of a step, for the weights and the other parameters of a layer."""
    parts = {"Omega": lambda trace, weight: _enclosed(penalty_of(trace, weight)), "slope": pull_on, "clip": clipped}
    text = _PART.sub(lambda found: parts[found[1]](trace, f"<{found[2]}>"), step.rule.tex).split("\n")
    if step.rule.key == "penalty":
        return [text[0].replace(r"\sum", r"\sum_l \sum"), *text[1:]]
    if step.rule.key == "regularize":
        return [*text, *(f"<g{p}> = <d{p}>" for p in _beside_weights(trace, [layer]))]
    others = [line.replace("W>", f"{p}>") for p in _beside_weights(trace, [layer]) for line in text]
    measured = rf"\sum_l {_sum_of_squares(trace)}"
    return [rf"<norm> = \sqrt{{{measured}}}", *text, *others]


def _sum_of_squares(trace: Trace) -> str:
    """Return the template of a layer's share in the square of the gradient's length."""
    parts = [
        p for p in _beside_weights(trace, range(1, len(trace.given.layers) + 1)) if p != "b" or _moves_biases(trace)
    ]
    squares = [rf"\sum (<{unclipped_letter(trace)}{p}>)^{{2}}" for p in ("W", *parts)]
    return rf"\left({' + '.join(squares)}\right)" if parts else squares[0]


def _moves_biases(trace: Trace) -> bool:
    return any(layer.train_bias for layer in trace.given.layers)


def lines_with_numbers(trace: Trace, step: Step, write: Write, layer: int = 1) -> list[str]:
    """Return the equations of a step with numbers for all but one layer's values; sums over layers worked out."""
    first, *more = (with_constants(line, trace, step, write) for line in lines(trace, step, layer))
    if step.rule.key == "penalty":
        sums = [float(_regularizer(trace).value(layer.W).sum()) for layer in trace.given.layers]
        first = rf"<penalty> = {write(trace.options.strength)}\cdot ({' + '.join(map(write, sums))})"
    if step.rule.key == "clip":
        first = rf"<norm> = \sqrt{{{' + '.join(map(write, _squares(trace)))}}}"
    return [first, *more]


def with_amounts(line: str, trace: Trace, step: Step, write: Write) -> str:
    """Put numbers in the place of the letters of the settings that a step happens for."""
    asked = {transform.setting for transform in TRANSFORMS if transform.rule.key == step.rule.key}
    for name, field in OPTIONS.items():
        if field.letter and not asked.isdisjoint((name, field.of)):
            number = write(getattr(trace.options, name)).replace("\\", r"\\")
            letter = rf"(?<![a-zA-Z\\<]){re.escape(field.letter)}(?![a-zA-Z])"
            line = re.sub(letter, number, re.sub(rf"{letter}\\,", rf"{number}\\cdot", line))
    return line


def with_constants(line: str, trace: Trace, step: Step, write: Write) -> str:
    """Put numbers in the place of λ, of the limit and of the constants."""
    options = trace.options
    record = CLIPS[options.clip] if step.rule.key == "clip" else _regularizer(trace)
    line = line.replace(r"\lambda\,", rf"{write(options.strength)}\cdot ")
    if step.rule.key == "clip":
        line = with_amounts(line, trace, step, write)
    for letter, value in record.constants.items():
        line = line.replace(f"{letter} ", rf"{write(value)}\cdot ").replace(letter, write(value))
    return _SIDE_BY_SIDE.sub(r"\1\\cdot ", line)


def measured(trace: Trace, layer: int) -> list[Ref]:
    """Return the parts of the gradient of a layer that count in the length that clipping measures."""
    d, moves = unclipped_letter(trace), trace.given.layers[layer - 1].train_bias
    parts = [p for p in _beside_weights(trace, [layer]) if p != "b" or moves]
    return [Ref(f"{d}{p}", layer) for p in ("W", *parts)]


def _squares(trace: Trace) -> list[float]:
    """Return for each layer the sum of the squares of the gradient that clipping measures."""
    layers = range(1, len(trace.given.layers) + 1)
    return [sum(float(np.square(trace.value(*ref)).sum()) for ref in measured(trace, l)) for l in layers]
