"""The equation of a step in TeX: with symbols, with the numbers put in, and the shapes.

A rule's TeX is a template: `<name>` stands for a value, and is replaced by its symbol or by its numbers; `{…}` for what
depends on the activation, the loss, the optimizer or the size of the batch.
"""

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine import ACTIVATIONS, Ref, Step, Trace
from engine.rules import ref
from visualizer import palette
from visualizer.symbols import tex, tex_number

_VALUE = re.compile(r"<([a-zA-Z_]+[+-]?)>")
_MOST_ROWS, _MOST_COLUMNS = 6, 5


def template(trace: Trace, step: Step) -> str:
    """Return the TeX template of a step, with all that depends on the network's settings filled in."""
    return _fill(step.rule.tex, trace, step.layer)


def _fill(text: str, trace: Trace, layer: int) -> str:
    loss, m = trace.loss_function, trace.m
    activation = ACTIVATIONS[trace.given.activations[layer - 1]] if layer else None
    if "{vjp:" in text and activation:
        head, inner = text.split("{vjp:", 1)
        upstream = inner.removesuffix("}")
        return head + activation.tex_vjp.replace("{g}", upstream)
    parts = {
        "{sigma}": r"\mathrm{softmax}" if activation and not activation.elementwise else r"\sigma",
        "{mean}": rf"\frac{{1}}{{{m}}}{{\textstyle\sum_x}}\," if m > 1 else "",
        "{over_m}": rf"\frac{{1}}{{{m}}}\," if m > 1 else "",
        "{loss}": loss.tex,
        "{loss_z}": loss.matched.tex_value if loss.matched else "",
        "{delta}": loss.matched.tex_delta if loss.matched else "",
        "{update}": _update_template(trace),
    }
    for part, filled in parts.items():
        text = text.replace(part, filled)
    return text


def _update_template(trace: Trace) -> str:
    if not trace.update:
        return ""
    law = trace.update.optimizer.tex
    return " \\\\ ".join(
        f"<{name}_new> &= {law.replace('<p>', f'<{name}>').replace('<dp>', f'<d{name}>')}" for name in ("W", "b")
    )


def symbolic(trace: Trace, step: Step) -> str:
    """Return the equation with its letters, what is read and what is written in their colours."""
    if step.rule.phase == "update":
        return _aligned(_substitute(template(trace, step), step, 0, lambda name: _letters(name).replace("0", "l")))
    return _substitute(template(trace, step), step, step.layer, _letters)


def _letters(name: Ref) -> str:
    return tex(name)


def numeric(trace: Trace, step: Step, layer: int = 0) -> str:
    """Return the equation with numbers in the place of letters; the update's for `layer`, the last unless given."""

    def numbers(name: Ref) -> str:
        return matrix(trace.value(*name))

    text = template(trace, step)
    if step.rule.phase == "update":
        filled = _substitute(text, step, layer or len(trace.given.layers), numbers)
        return _aligned(filled.replace(r"\eta", tex_number(trace.update.rate) + r"\cdot" if trace.update else r"\eta"))
    return _substitute(text, step, step.layer, numbers)


def _aligned(text: str) -> str:
    return rf"\begin{{aligned}} {text} \end{{aligned}}"


def _substitute(text: str, step: Step, layer: int, write: Callable[[Ref], str]) -> str:
    """Replace every `<name>` by what `write` makes of it, coloured by what the step does with it."""
    written = {name.name for name in step.writes}

    def replace(match: re.Match[str]) -> str:
        name = ref(match[1], layer)
        return coloured(write(name), palette.WRITE if name.name in written and name.layer == layer else palette.READ)

    return _VALUE.sub(replace, text)


def coloured(text: str, colour: str) -> str:
    """Return TeX in a colour."""
    return rf"\textcolor{{{colour}}}{{{text}}}"


def matrix(values: NDArray) -> str:
    """Return numbers as a TeX matrix, its middle left out where it is too large to read."""
    if values.ndim == 0:
        return tex_number(float(values))
    if values.ndim == 3:  # a Jacobian for each sample: the first stands for all
        values = values[:, :, 0]
    rows, columns = _kept(values.shape[0], _MOST_ROWS), _kept(values.shape[1], _MOST_COLUMNS)
    lines = [" & ".join(_entry(values, i, j) for j in columns) for i in rows]
    return r"\begin{bmatrix}" + r" \\ ".join(lines) + r"\end{bmatrix}"


def _kept(count: int, most: int) -> list[int | None]:
    """Return the indices that are written; None stands for those left out."""
    return list(range(count)) if count <= most else [*range(most - 2), None, count - 1]


def _entry(values: NDArray, i: int | None, j: int | None) -> str:
    if i is None or j is None:
        return r"\ddots" if i is j else r"\vdots" if i is None else r"\cdots"
    return tex_number(float(values[i, j]))


def shapes(trace: Trace, step: Step) -> list[tuple[Ref, tuple[int, ...]]]:
    """Return the values of the equation in the order in which they stand in it, each with its shape."""
    layer = step.layer or len(trace.given.layers)
    refs = list(dict.fromkeys(ref(name, layer) for name in _VALUE.findall(template(trace, step))))
    return [(name, np.shape(trace.value(*name))[:2]) for name in refs]
