"""The equation of a step in TeX: with letters, with the numbers put in, and the shapes.

A rule's TeX is a template: `<name>` stands for a value, and is replaced by its letter or by its numbers; `{…}` for what
depends on the activation, the loss, the optimizer or the size of the batch.
"""

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

import numpy as np

from engine import ACTIVATIONS, Ref, Step, Trace
from engine.equations import VALUE, ref
from engine.options import EVERYWHERE
from visualizer.equations import layer_terms, techniques, update_terms
from visualizer.equations.reads_writes import AT_ACTIVATION
from visualizer.writing import (
    DIGITS,
    MOST_COLUMNS,
    Write,
    before_update,
    matrix,
    palette,
    places,
    tex,
    tex_general,
    tex_number,
    width_of,
)

_POWER = re.compile(r"\((<[^>]+>)\)\^")
_OPEN, _CLOSE = re.compile(r"(?<!\\left)(\(|\\lVert)"), re.compile(r"(?<!\\right)(\)|\\rVert)")
_FEWEST_COLUMNS = 3
_BACK = re.compile(r"(.* = )\{vjp(_a)?:(.*)\}")
_BACK_AT_A = {True: r"{g} \odot \sigma'(<a>)", False: r"\mathrm{J}(<a>)\,{g}"}  # the slope, or Jacobian, taken at a
_MEANS = re.compile(r"\{mean\}|\{over_m\}")
_MOST_DIGITS = 8  # of new parameters; the arithmetic of one has as many as it takes
_PANEL = 44  # characters of a matrix that fit into the panel side by side, at \small


def template(trace: Trace, step: Step, layer: int) -> list[str]:
    """Return the equations of a step in `layer`, with all that depends on the network's settings filled in."""
    text, loss, m = step.rule.tex, trace.loss_function, trace.m
    if step.rule.key in techniques.STEPS:
        return techniques.lines(trace, step, layer)
    if step.rule.phase == "update":
        return [_rounded(trace, line) for line in update_terms.lines(trace, step, layer)]
    activation = ACTIVATIONS[trace.given.activations[layer - 1]]
    if found := _BACK.fullmatch(text):
        head, at_a, upstream = found.groups()
        back = _BACK_AT_A[activation.elementwise] if at_a else activation.tex_vjp
        line = layer_terms.in_layer(trace, layer, head + back.replace("{g}", upstream))
        return [_rounded(trace, line)]
    parts = {
        "{sigma}": r"\sigma" if activation.elementwise else r"\mathrm{softmax}",
        "{mean}": rf"\frac{{1}}{{{m}}}{{\textstyle\sum_x}}\," if m > 1 else "",
        "{sum}": r"{\textstyle\sum_x}\," if m > 1 else "",
        "{over_m}": rf"\frac{{1}}{{{m}}}\," if m > 1 else "",
        "{loss}": loss.tex,
        "{loss_z}": loss.matched.tex_value if loss.matched else "",
        "{delta}": loss.matched.tex_delta_of(trace.value("y")) if loss.matched else "",
    }
    for part, filled in parts.items():
        text = text.replace(part, filled)
    lines = text.split("\n")
    if step.rule.key in AT_ACTIVATION:
        lines = [layer_terms.in_layer(trace, layer, line) for line in lines]
    return [_rounded(trace, line) for line in lines]


def takes_mean(step: Step) -> bool:
    """Return whether a step takes the mean over the samples; by mistake it may take their sum."""
    return bool(_MEANS.search(step.rule.tex))


def _rounded(trace: Trace, line: str) -> str:
    """Write the rounding into an equation, where a mistake rounds its value."""
    for mistake in trace.mistakes:
        if mistake.rounds:
            left, right = line.split(" = ", 1)
            line = rf"{left} = {mistake.rounds}\left({right}\right)"
    return line


def symbolic(trace: Trace, step: Step) -> str:
    """Return the equation with its letters, reads and writes in their colours."""
    layer, write = (step.layer, tex) if step.layer else (_richest(trace), tex_general)
    lines = template(trace, step, layer)
    return aligned(_substitute(line.replace("{t}", "t"), step, layer, write) for line in lines)


def parts(trace: Trace, step: Step) -> list[Ref]:
    """Return the values of the equation with letters, in the order in which they stand in it."""
    layer = step.layer or _richest(trace)
    return [_place(name, layer) for line in template(trace, step, layer) for name in VALUE.findall(line)]


def _richest(trace: Trace) -> int:
    """Return a layer that has every kind of parameter: the last normalized one, or the last."""
    normed = [l for l in range(1, len(trace.given.layers) + 1) if trace.given.architecture.is_normed(l)]
    return normed[-1] if normed else len(trace.given.layers)


class Matrix(NamedTuple):
    """Matrix as it is written: its value, its rows and its columns; None stands for those left out."""

    ref: Ref
    rows: list[int | None]
    columns: list[int | None]


Known = Callable[[Ref, tuple[int, ...]], bool]


def numeric(
    trace: Trace, step: Step, layer: int = 0, known: Known = lambda _name, _indices: True, digits: int = DIGITS
) -> str:
    """Return the equation with numbers in the place of letters.

    Where both sides do not fit beside each other, the result stands below; where one does not fit, the middle columns
    of its matrices are left out.

    Parameters
    ----------
    trace, step : Trace, Step
    layer : int
        The layer for which the update is shown; the last unless given.
    known : callable
        Whether an element of a value has been computed yet; one that has not is a question mark.
    digits : int
        To how many significant digits the numbers are rounded.
    """
    return _written(trace, step, layer, known, partial(tex_number, digits=digits))[0]


def matrices(trace: Trace, step: Step, layer: int = 0, digits: int = DIGITS) -> list[Matrix]:
    """Return the matrices in the equation with numbers, in the order in which they stand there."""
    return _written(trace, step, layer, lambda _name, _indices: True, partial(tex_number, digits=digits))[1]


def _written(trace: Trace, step: Step, layer: int, known: Known, write: Write) -> tuple[str, list[Matrix]]:
    layer = _layer(trace, step, layer)
    lines = _with_numbers(trace, step, layer)
    found: list[Matrix] = []
    parts = [line for equation in lines for line in _numbers(trace, step, layer, equation, known, write, found)]
    return aligned(parts), found


def _with_numbers(trace: Trace, step: Step, layer: int) -> list[str]:
    """Return the equations of a step with numbers for all but the values of the layer."""
    if step.rule.key in techniques.STEPS:
        return techniques.lines_with_numbers(trace, step, tex_number, layer)
    fill = layer_terms.with_numbers if step.rule.key in layer_terms.STEPS else update_terms.with_constants
    lines = (fill(line, trace, tex_number) for line in template(trace, step, layer))
    return [techniques.with_amounts(line, trace, step, tex_number) for line in lines]


def _numbers(
    trace: Trace, step: Step, layer: int, equation: str, known: Known, write: Write, found: list[Matrix]
) -> list[str]:
    def put(text: str, most: int) -> str:
        def numbers(name: Ref) -> str:
            values = trace.value(*name)
            if values.ndim:
                found.append(Matrix(name, *places(values, most)))
            return matrix(values, most, partial(known, name), _telling(trace, name, write))

        return _substitute(_stretched(text), step, layer, numbers)

    def width(text: str, most: int) -> int:
        names = (_place(name, layer) for name in VALUE.findall(text))
        return sum(width_of(trace.value(*name), most, _telling(trace, name, write)) for name in names)

    def folded(text: str) -> str:
        most = next((n for n in range(MOST_COLUMNS, _FEWEST_COLUMNS, -1) if width(text, n) <= _PANEL), _FEWEST_COLUMNS)
        return (r"\scriptsize " if width(text, most) > _PANEL else "") + put(text, most)

    left, right = equation.split(" = ", 1)
    if width(equation, MOST_COLUMNS) <= _PANEL:
        return [put(equation, MOST_COLUMNS)]
    return [f"{_substitute(left, step, layer, tex)} = {folded(right)}", f" = {folded(left)}"]


def _telling(trace: Trace, name: Ref, write: Write) -> Write:
    """Return a writer of a value's numbers: new parameters with the digits that differ from the old one's."""
    before = before_update(name)
    if before is None:
        return write
    values = trace.value(*name)
    shown = np.ix_(*([i for i in part if i is not None] for part in places(values, MOST_COLUMNS)))
    new, old = (value[shown].ravel().tolist() for value in (values, trace.value(*before)))
    alike = [pair for pair in zip(new, old, strict=True) if pair[0] != pair[1] and write(pair[0]) == write(pair[1])]
    tell = (n for n in range(DIGITS, _MOST_DIGITS) if all(tex_number(a, n) != tex_number(b, n) for a, b in alike))
    return partial(tex_number, digits=next(tell, _MOST_DIGITS)) if alike else write


def _stretched(text: str) -> str:
    """Let brackets around numbers grow with them; a matrix needs none beside its own brackets."""
    return _OPEN.sub(r"\\left\1", _CLOSE.sub(r"\\right\1", _POWER.sub(r"\1^", text)))


def aligned(lines: Iterable[str]) -> str:
    """Return equations as one display, aligned at their equals signs."""
    lines = list(lines)
    if len(lines) == 1:
        return lines[0]
    body = r" \\ ".join(line.replace("= ", "&= ", 1) for line in lines)
    return rf"\begin{{aligned}} {body} \end{{aligned}}"


def _substitute(text: str, step: Step, layer: int, write: Callable[[Ref], str]) -> str:
    """Replace every `<name>` by its symbol or numbers, coloured by whether the step reads or writes it."""

    def replace(match: re.Match[str]) -> str:
        name = _place(match[1], layer)
        return coloured(write(name), palette.WRITE if name in step.writes else palette.READ)

    return VALUE.sub(replace, text)


def _layer(trace: Trace, step: Step, layer: int) -> int:
    """Return the layer that is shown: the step's own, else the one asked for; costs are those of the last."""
    return step.layer or (layer if step.rule.phase != "cost" else 0) or len(trace.given.layers)


def _place(name: str, layer: int) -> Ref:
    """Return the reference of a name in a layer, or in the whole pass."""
    return Ref(name, 0) if name in EVERYWHERE else ref(name, layer)


def coloured(text: str, colour: str) -> str:
    """Return TeX in a colour."""
    return rf"\textcolor{{{colour}}}{{{text}}}"


def shapes(trace: Trace, step: Step, layer: int = 0) -> list[tuple[Ref, tuple[int, ...]]]:
    """Return the values of the equation with numbers in the order in which they stand in it, each with its shape."""
    layer = _layer(trace, step, layer)
    found = (_place(name, layer) for line in _with_numbers(trace, step, layer) for name in VALUE.findall(line))
    return [(name, np.shape(trace.value(*name))[:2]) for name in dict.fromkeys(found)]
