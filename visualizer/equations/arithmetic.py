"""The arithmetic of one number: every product, the sum, the factor, the result.

An element is written three times: with its letters, with the numbers in their place, and as its value. Sums that are
too long to read keep their first and last terms and say how many stand between.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isclose

from engine import ACTIVATIONS, Ref, Step, Trace
from visualizer.equations import layer_terms, mistake_terms, technique_terms, update_terms
from visualizer.equations.equation import coloured, takes_mean
from visualizer.lecture import cost_terms
from visualizer.writing import (
    DIGITS,
    Factor,
    apart,
    before_update,
    bracketed,
    exact,
    factor,
    joined,
    number_at,
    palette,
    rounded,
    sum_of,
    tex,
    tex_number,
)

_AS_RIGHT = "[right]"
_RESULT_DIGITS = 6
_PANEL = 46  # characters that fit into a line of the panel
_COMMAND = re.compile(r"\\[a-zA-Z]+|[{}_^]")


@dataclass(frozen=True)
class Element:
    """Element of a value that a step writes: the value, the indices, counted from 0, and the sample."""

    ref: Ref
    indices: tuple[int, ...]
    sample: int = 0


@dataclass(frozen=True)
class Arithmetic:
    """Arithmetic of one element.

    Attributes
    ----------
    name : str
        The element in TeX.
    letters, numbers : str
        The right-hand side with letters, and with numbers; empty where a rule has none of its own.
    value : float
        The result.
    digits : int
        To how many significant digits the numbers are rounded; the result has two more.
    old : float or None
        The old value of a new parameter; the result has as many digits as tell it from that.
    """

    name: str
    letters: str
    numbers: str
    value: float
    digits: int = DIGITS
    old: float | None = None

    def to_tex(self) -> str:
        """Return the three lines as one aligned display."""
        lines = [rf"&= {coloured(self.letters, palette.READ)}"] if self.letters else []
        first, *more = _wrapped(self.numbers)
        lines += [rf"&= {first}", *(rf"&\quad {line}" for line in more)] if self.numbers else []
        result, _ = apart(self.value, self.value if self.old is None else self.old, tex_number, _RESULT_DIGITS)
        lines += [rf"&= {coloured(result, palette.WRITE)}"]
        return rf"\begin{{aligned}} {coloured(self.name, palette.WRITE)} " + r" \\ ".join(lines) + r" \end{aligned}"


def _wrapped(formula: str) -> list[str]:
    """Break a long sum before a plus or minus, so that it fits into the panel; never inside a group."""
    lines = [""]
    for piece in re.split(r"(?= [+-] )", formula):
        inside = piece.count(")") > piece.count("(")  # the end of parentheses
        if lines[-1] and not inside and _closed(lines[-1]) and len(_COMMAND.sub("", lines[-1] + piece)) > _PANEL:
            lines.append("")
        lines[-1] += piece
    return lines


def _closed(formula: str) -> bool:
    """Return whether every group and every growing bracket in a formula ends in it."""
    return formula.count("{") == formula.count("}") and formula.count(r"\left") == formula.count(r"\right")


def arithmetic(trace: Trace, step: Step, element: Element, digits: int = DIGITS) -> Arithmetic:
    """Return the arithmetic of an element that `step` writes, its numbers rounded to significant digits."""
    letters, numbers = _rounded(trace, _written(trace, step, element))
    value = trace.value(*element.ref)
    at = number_at(trace, element.ref, element.indices, element.sample)
    name, result = tex(element.ref, *element.indices), at if value.ndim else float(value)
    old = number_at(trace, before, element.indices, 0) if (before := before_update(element.ref)) else None
    return Arithmetic(name, rounded(letters, digits), rounded(numbers, digits), result, digits, old)


def _written(trace: Trace, step: Step, e: Element) -> tuple[str, str]:
    """Write the right-hand side with letters and with numbers, with the mistake that is made in it."""
    if not step.rule.element:
        write = update_terms.work_out if step.rule.phase == "update" else WRITERS.get(step.rule.key)
        return write(trace, step, e) if write else ("", "")
    letters, numbers = mistake_terms.write(trace, step, e.indices, e.sample)
    if _AS_RIGHT not in letters:
        return letters, numbers
    right = WRITERS[step.rule.key](trace, step, e)
    return letters.replace(_AS_RIGHT, right[0]), numbers.replace(_AS_RIGHT, right[1])


def _rounded(trace: Trace, pair: tuple[str, str]) -> tuple[str, str]:
    """Write the rounding of an element, where a mistake rounds it."""
    for mistake in trace.mistakes:
        if mistake.rounds:
            letters, numbers = pair
            pair = rf"{mistake.rounds}\left({letters}\right)", rf"{mistake.rounds}\left({numbers}\right)"
    return pair


def _weighted_input(trace: Trace, step: Step, e: Element) -> tuple[str, str]:
    l, (j,) = step.layer, e.indices
    inputs = range(trace.given.sizes[l - 1])
    products = [
        (factor(trace, Ref("W", l), (j, k), e.sample), factor(trace, Ref("a", l - 1), (k,), e.sample)) for k in inputs
    ]
    return sum_of([*products, (factor(trace, Ref("b", l), (j,), e.sample),)])


def _output(trace: Trace, step: Step, e: Element) -> tuple[str, str]:
    l, (j,) = step.layer, e.indices
    activation = ACTIVATIONS[trace.given.activations[l - 1]]
    z = factor(trace, step.reads[0], (j,), e.sample)
    if activation.elementwise:
        return rf"\sigma({z[0]}) = {_of(activation.tex, z[0])}", rf"\sigma({exact(z[1])})"
    others = [factor(trace, step.reads[0], (k,), e.sample) for k in range(trace.given.sizes[l])]
    below = joined([rf"e^{{{name}}}" for name, _ in others])
    values = joined([rf"e^{{{exact(value)}}}" for _, value in others])
    return rf"\frac{{e^{{{z[0]}}}}}{{{below}}}", rf"\frac{{e^{{{exact(z[1])}}}}}{{{values}}}"


def _of(formula: str, argument: str) -> str:
    """Put an argument into a formula in z; braces keep a superscript together."""
    return "".join(f"{{{argument}}}" if piece == "z" else piece for piece in _letters_alone(formula))


def _letters_alone(formula: str) -> list[str]:
    """Split a formula so that each letter z that is no part of a command stands alone."""
    pieces, in_command = [""], False
    for character in formula:
        in_command = character == "\\" or (in_command and character.isalpha())
        if character == "z" and not in_command:
            pieces += ["z", ""]
        else:
            pieces[-1] += character
    return pieces


def _cost(trace: Trace, step: Step, _e: Element) -> tuple[str, str]:
    l = step.layer
    if trace.m > 1:
        costs = cost_terms(trace).sum(axis=0)
        return _mean(trace, step, lambda x: [("C_x", float(costs[x]))])
    terms = [
        (factor(trace, Ref("a", l), (k,), 0), factor(trace, Ref("y", l), (k,), 0)) for k in range(trace.given.sizes[l])
    ]
    formula = trace.loss_function.tex_term.replace("n_L", str(len(terms)))
    letters = [formula.replace("<a>", a[0]).replace("<y>", y[0]) for a, y in terms]
    numbers = [formula.replace("<a>", exact(a[1])).replace("<y>", bracketed(y[1], 1)) for a, y in terms]
    return joined(letters), joined(numbers)


def _output_delta(trace: Trace, step: Step, e: Element) -> tuple[str, str]:
    l, (j,), loss = step.layer, e.indices, trace.loss_function
    if loss.matched:
        a, y = (factor(trace, Ref(name, l), (j,), e.sample) for name in ("a", "y"))
        share = float(trace.value("y", l)[:, e.sample].sum()) if loss.matched.activation == "softmax" else 1.0
        times = "" if isclose(share, 1) else rf"\cdot {exact(share)}"
        letters, numbers = rf"{a[0]}{times} - {y[0]}", rf"{exact(a[1])}{times} - {bracketed(y[1], 1)}"
        wrong = mistake_terms.factor_of_loss(trace) if trace.mistakes else ""
        return (rf"{wrong}\left({letters}\right)", rf"{wrong}\left({numbers}\right)") if wrong else (letters, numbers)
    return _through_activation(
        trace, l, j, e.sample, lambda i: sum_of([(factor(trace, Ref("grad", l), (i,), e.sample),)])
    )


def _hidden_delta(trace: Trace, step: Step, e: Element) -> tuple[str, str]:
    l, (j,) = step.layer, e.indices

    def arriving(i: int) -> tuple[str, str]:
        weights, deltas = next(ref for ref in step.reads if ref.name in ("W", "W_new")), Ref("delta", l + 1)
        terms = [
            (factor(trace, weights, (k, i), e.sample), factor(trace, deltas, (k,), e.sample))
            for k in range(trace.given.sizes[l + 1])
        ]
        letters, numbers = sum_of(terms)
        if not layer_terms.dropped(trace, l):
            return letters, numbers
        name, mask = factor(trace, Ref("mask", l), (i,), e.sample)
        return rf"{name}\,({letters})", rf"{exact(mask)}\cdot ({numbers})"

    return _through_activation(trace, l, j, e.sample, arriving)


def _through_activation(
    trace: Trace, l: int, j: int, sample: int, arriving: Callable[[int], tuple[str, str]]
) -> tuple[str, str]:
    """Write the gradient at a neuron times its slope; of softmax, the row of its Jacobian times all gradients."""
    if ACTIVATIONS[trace.given.activations[l - 1]].elementwise:
        name, slope = factor(trace, Ref(layer_terms.named(trace, l, "slope"), l), (j,), sample)
        up, value = arriving(j)
        return rf"{_enclosed(up)}\cdot {name}", rf"({value})\cdot {bracketed(slope, 1)}"
    row = trace.value("jacobian", l)[j, :, sample]
    arrived = [arriving(k) for k in range(trace.given.sizes[l])]
    letters = [rf"J_{{{j + 1}{k + 1}}}\,{_enclosed(up)}" for k, (up, _) in enumerate(arrived)]
    numbers = [rf"{exact(float(slope))}\cdot ({up})" for slope, (_, up) in zip(row, arrived, strict=True)]
    return joined(letters), joined(numbers)


def _enclosed(letters: str) -> str:
    """Put letters in parentheses, which grow around a fraction."""
    return rf"\left({letters}\right)" if r"\frac" in letters else f"({letters})"


def _mean(trace: Trace, step: Step, terms: Callable[[int], Sequence[Factor]]) -> tuple[str, str]:
    """Write the mean over the samples of one product each, or their sum where a mistake takes that."""
    letters, numbers = sum_of([terms(x) for x in range(trace.m)])
    if trace.m == 1:
        return letters, numbers
    own = r"\,".join(name for name, _ in terms(0))
    share = rf"\tfrac{{1}}{{{trace.m}}}" if takes_mean(step) else ""
    return rf"{share}{{\textstyle\sum_x}}\, {own}", rf"{share}\,({numbers})"


def _bias_gradient(trace: Trace, step: Step, e: Element) -> tuple[str, str]:
    return _mean(trace, step, lambda x: [factor(trace, Ref("delta", step.layer), e.indices[:1], x)])


def _weight_gradient(trace: Trace, step: Step, e: Element) -> tuple[str, str]:
    l, (j, k) = step.layer, e.indices
    return _mean(
        trace, step, lambda x: [factor(trace, Ref("delta", l), (j,), x), factor(trace, Ref("a", l - 1), (k,), x)]
    )


WRITERS = {
    "z": _weighted_input,
    "a": _output,
    "c": _cost,
    "bp1": _output_delta,
    "bp2": _hidden_delta,
    "bp3": _bias_gradient,
    "bp4": _weight_gradient,
    **technique_terms.WRITERS,
    **dict.fromkeys(layer_terms.STEPS, layer_terms.work_out),
}
