"""The equations and the arithmetic of normalized layers and of dropout; one follows from the other.

In the arithmetic of an element a sum over x is written out, and every value is the one of the element's neuron and
sample.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from engine import Ref, Step, Trace
from engine.equations import CONSTANTS, Rule, layer_rules, names_in_layer
from visualizer.writing import bracketed, exact, factor, long_sum

Write = Callable[[float], str]
STEPS = frozenset(rule.key for rule in vars(layer_rules).values() if isinstance(rule, Rule)) - {"bp2"}
_VALUE = re.compile(r"<(\w+)>")
_FACTOR = r"(?:<\w+>|\(<\w+> - <\w+>\)(?:\^\{\\odot 2\})?)"
_SUM = re.compile(rf"\\sum_x ({_FACTOR}(?: \\odot {_FACTOR})?)")
_SHARE = re.compile(r"\\frac(\{(?:\d|m)\}\{m)")  # such a small fraction stands in the line
_M = re.compile(r"(?<![a-zA-Z\\<_])m(?![a-zA-Z_>])")


def dropped(trace: Trace, layer: int) -> bool:
    """Return whether outputs of a layer are dropped in this pass."""
    return trace.options.training and trace.given.architecture.dropout(layer) > 0


def named(trace: Trace, layer: int, name: str) -> str:
    """Return the name of a plain layer's value in this one, such as u for z where the layer is normalized."""
    normed = trace.given.architecture.is_normed(layer)
    return names_in_layer(normed, dropped(trace, layer)).get(name, name)


def in_layer(trace: Trace, layer: int, text: str) -> str:
    """Return a template of plain layers with the names that the values have in this one."""
    return _VALUE.sub(lambda found: f"<{named(trace, layer, found[1])}>", text)


def with_numbers(text: str, trace: Trace, write: Write) -> str:
    """Put numbers in the place of m and of the constants, and points between factors."""
    text = text.replace(r"\, ", r"\cdot ").replace("} <", r"}\cdot <")
    for letter, value in CONSTANTS.items():
        text = text.replace(letter, write(value))
    return _M.sub(str(trace.m), text)


def work_out(trace: Trace, step: Step, e: Any) -> tuple[str, str]:
    """Write one element of a value that a step writes, with letters and with numbers."""
    lines = dict(line.split(" = ", 1) for line in step.rule.tex.split("\n"))
    text = _SHARE.sub(r"\\tfrac\1", lines[f"<{e.ref.name}>"])

    def letters(part: str, sample: int) -> str:
        text = _VALUE.sub(lambda at: factor(trace, Ref(at[1], e.ref.layer), e.indices[:1], sample)[0], part)
        return _of_elements(text)

    def numbers(part: str, sample: int, place: int = 0) -> str:
        return numbers_in(
            _of_elements(with_numbers(part, trace, exact)),
            lambda name: factor(trace, Ref(name, e.ref.layer), e.indices[:1], sample)[1],
            place,
        )

    def term(body: str, sample: int) -> tuple[str, str]:
        return letters(body, sample), numbers(body, sample)

    sums = [long_sum(range(trace.m), partial(term, body))[1] for body in _SUM.findall(text)]
    head, *pieces = _SUM.sub("¤", text).split("¤")
    worked = numbers(head, e.sample)
    worked += "".join(f"({of}){numbers(piece, e.sample, 1)}" for of, piece in zip(sums, pieces, strict=True))
    return letters(_SUM.sub(r"{\\textstyle\\sum_x}\\, \1", text), e.sample), worked


def numbers_in(text: str, value: Callable[[str], float], place: int = 0) -> str:
    """Put numbers in the place of names; those below 0 in parentheses where they would stand behind a sign."""

    def number(at: re.Match[str]) -> str:
        opened = text[: at.start()].endswith(("(", "{")) or not place + at.start()
        return bracketed(value(at[1]), not opened)

    return _VALUE.sub(number, text)


def _of_elements(text: str) -> str:
    """Return a formula of arrays as one of their elements."""
    return text.replace(r"^{\odot 2}", "^{2}").replace(r"\odot", r"\cdot")
