"""Miscopied numbers: a pass in which one given number has another digit, two digits swapped, or the other sign.

Also two given numbers of a row that have changed places. Numbers with more digits than people copy by hand keep them.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from engine.core import Text, digits_of, parse_number, write_number
from engine.settings import Model
from engine.studies.slips import Slip

MOST_DIGITS, MOST_VARIANTS = 6, 1500
_CHANGED = Text("{} miscopied: {} for {}", "{0} 抄错：把 {2} 抄成了 {1}")
_SWAPPED = Text("{} and {} swapped", "{} 与 {} 对调了")
_WHY = Text("One given number was miscopied; everything else is correct.", "有一个已知数抄错了，其余都正确。")
_ORDER = Text("Two given numbers were swapped; everything else is correct.", "两个已知数对调了位置，其余都正确。")


class Variant(NamedTuple):
    """Model with one slip in what is given, and words about it."""

    model: Model
    slip: Slip


def variants(model: Model) -> Iterator[Variant]:
    """Yield the models in which given numbers are miscopied: inputs, targets, rate, weights and biases.

    Examples
    --------
    >>> len({variant.slip.label.en for variant in variants(Model.of_example("mazur"))}) > 100
    True
    """
    for letter in ("x", "y"):
        rows = getattr(model, letter)
        for i, row in enumerate(rows):
            for changed, label, why in _rows(row, [_name(letter, i, j, len(rows)) for j in range(len(row))]):
                given: Any = {letter: (*rows[:i], changed, *rows[i + 1 :])}
                yield _variant(replace(model, **given), label, why)
    for text in _misread(model.eta):
        yield _variant(
            replace(model, eta=text), _CHANGED.format("η", write_number(text), write_number(model.eta)), _WHY
        )
    yield from _parameters(model)


def _parameters(model: Model) -> Iterator[Variant]:
    network, layers = model.network(), model.network().layers
    for l, layer in enumerate(layers, 1):
        for j in range(len(layer.W)):
            row = (*map(float, layer.W[j]), float(layer.b[j, 0]))
            names = [*(_name("w", l, j, 9, k) for k in range(layer.W.shape[1])), _name("b", l, j, 9)]
            for changed, label, why in _rows(row, names):
                made = network
                for k, value in enumerate(changed):
                    if value != row[k]:
                        bias = k == len(row) - 1
                        made = made.with_bias(l, j, value) if bias else made.with_weight(l, j, k, value)
                yield _variant(replace(model, net=tuple(made.theta.tolist()), example=model.example), label, why)


def _variant(model: Model, label: Text, why: Text) -> Variant:
    return Variant(model, Slip(label, why, lambda *_: ()))


def _name(letter: str, at: int, j: int, rows: int, k: int | None = None) -> str:
    up, down = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"
    if letter in ("x", "y"):
        return f"{letter}{_digits(j + 1, down)}" + (f" ({at + 1})" if rows > 1 else "")
    return f"{letter}{_digits(at, up)}{_digits(j + 1, down)}" + ("" if k is None else _digits(k + 1, down))


def _digits(number: int, signs: str) -> str:
    return "".join(signs[int(digit)] for digit in str(number))


def _rows(row: tuple[float, ...], names: list[str]) -> Iterator[tuple[tuple[float, ...], Text, Text]]:
    """Yield a row with one number miscopied, and with two neighbours swapped."""
    for j, value in enumerate(row):
        for other in _misread(value):
            label = _CHANGED.format(names[j], write_number(other), write_number(value))
            yield (*row[:j], other, *row[j + 1 :]), label, _WHY
    for j, (one, other) in enumerate(pairwise(row)):
        if one != other:
            swapped = (*row[:j], other, one, *row[j + 2 :])
            yield swapped, _SWAPPED.format(names[j], names[j + 1]), _ORDER


def _misread(value: float) -> Iterator[float]:
    """Yield the numbers that a number becomes by one other digit, two digits swapped, or the other sign."""
    if value:
        yield -value
    text = write_number(value)
    digits = [i for i, sign in enumerate(text) if sign.isdecimal()]
    if "e" in text or len(text.replace(".", "").strip("-0")) > MOST_DIGITS:
        return
    made = {text[:i] + other + text[i + 1 :] for i in digits for other in "0123456789" if other != text[i]}
    for i, j in pairwise(digits):
        signs = list(text)
        signs[i], signs[j] = signs[j], signs[i]
        made.add("".join(signs))
    yield from sorted({float(each) for each in made} - {value, -value})


def is_small(model: Model) -> bool:
    """Return whether the given numbers are few enough to try what each may have been miscopied as."""
    given = np.size(model.x) + np.size(model.y) + model.network().theta.size
    return given * 4 * 10 <= MOST_VARIANTS


def one_digit_off(typed: str, computed: float) -> bool:
    """Return whether a number has one digit other than the computed one, which is then a slip in the number itself.

    A given number with another digit explains it too often: a bias changes z by the same digit.

    Examples
    --------
    >>> one_digit_off("0.3575", 0.15752), one_digit_off("0.3571", 0.15752)
    (True, False)
    """
    digits = digits_of(typed)
    if not digits or not computed or "/" in typed:
        return False
    mine, right = (f"{value:.{digits - 1}e}" for value in (parse_number(typed), computed))
    return len(mine) == len(right) and sum(a != b for a, b in zip(mine, right, strict=True)) == 1
