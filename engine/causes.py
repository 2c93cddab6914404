"""Why does my number differ? Every common mistake is made in turn, to see which of them lead to it.

Two mistakes at once are tried for numbers of six digits or more: below that, too many pairs fit by chance.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import numpy as np

from engine.architecture import count_parameters
from engine.errors import InputError
from engine.inputs import as_floats
from engine.mistake import Mistake
from engine.mistaken import mistaken
from engine.mistakes import MISTAKES
from engine.model import Model
from engine.numbers import parse_number
from engine.published import agrees, last_digit
from engine.rules import Ref
from engine.steps import Trace
from engine.text import Text

DIGITS_FOR_PAIRS, DIGITS_FOR_OTHERS = 6, 3
_MOST_WORK = 400_000  # iterations times parameters, with a start for each pass: about three seconds
_PASS, _PAIRS = 1000, 15


class Place(NamedTuple):
    """Which number of a trace is meant: a value and the indices of an entry, from 0."""

    ref: Ref
    indices: tuple[int, ...] = ()

    def of(self, trace: Trace) -> float:
        """Return the number; raise `InputError` where there is none."""
        value = trace.value(*self.ref)
        indices = self.indices
        if value.ndim == len(indices) + 1 and value.shape[-1] == 1:
            indices = (*indices, 0)
        fits = len(indices) == value.ndim and all(0 <= i < n for i, n in zip(indices, value.shape, strict=True))
        if not fits:
            written = " ".join(str(i + 1) for i in self.indices)
            problem = Text("this value has no such entry", "这个值没有这个元素")
            shape = "×".join(map(str, value.shape)) or "1"
            raise InputError(problem, Text("entries of {}", "{} 的元素").format(shape), written)
        return float(value[indices])


@dataclass(frozen=True)
class Slip:
    """A right number written down wrongly: `fits(typed, place, trace, before)` says whether it explains one."""

    label: Text
    why: Text
    fits: Callable[[str, Place, Trace, Trace | None], bool]


class Cause(NamedTuple):
    """One explanation: the mistakes or the slip, and the number that comes of it."""

    parts: tuple[Mistake | Slip, ...]
    value: float


class Search(NamedTuple):
    """What a search has found.

    Attributes
    ----------
    right : bool
        Whether the number is right as far as its digits go; nothing is looked for then.
    computed : float
        The right number.
    found : tuple of Cause
        All that reproduce the number, to its last digit.
    tried : int
        How many were tried.
    whole : bool
        Whether all were tried: far away or in a large network it would take too long.
    """

    right: bool
    computed: float
    found: tuple[Cause, ...] = ()
    tried: int = 0
    whole: bool = True


def digits_of(typed: str) -> int:
    """Return how many significant digits a number has as it is typed."""
    return len(re.sub(r"\D", "", typed.lower().partition("e")[0]).lstrip("0"))


def normal(typed: str) -> str:
    """Return a typed number with point and plain minus; a fraction as a decimal. Raise `InputError` for none."""
    value = parse_number(typed)
    if "/" in typed:
        return repr(value)
    return typed.strip().replace("−", "-").replace(",", ".")


@lru_cache(maxsize=256)
def causes(model: Model, place: Place, typed: str) -> Search:
    """Look for what may have led to a typed number.

    Parameters
    ----------
    model : Model
        Its iteration counts: the value after one update is one of iteration 2.
    place : Place
        What the number is meant to be.
    typed : str
        The number; how many digits it has decides what fits.

    Raises
    ------
    InputError
        Where there is no such value, or the text is no number.

    Examples
    --------
    >>> after = replace(Model.of_example("mazur"), iteration=2)
    >>> [cause.parts[0].name for cause in causes(after, Place(Ref("C", 2)), ".291027924").found]
    ['sequential']
    """
    typed, trace = normal(typed), model.trace()
    computed = place.of(trace)
    if agrees(typed, computed):
        return Search(True, computed)
    work = model.iteration * (_PASS + count_parameters(model.sizes))
    if work > _MOST_WORK:
        return Search(False, computed, whole=False)
    slips = [Cause((slip,), computed) for slip in _slips(typed, place, model, trace)]
    singles = [(mistake, _number(model, place, (mistake,))) for mistake in MISTAKES.values()]
    changed = [(mistake, value) for mistake, value in singles if not _same(value, computed)]
    found = [Cause((mistake,), value) for mistake, value in changed if agrees(typed, value)]
    tried = len(MISTAKES) + len(SLIPS)
    wanted = not (found or slips) and digits_of(typed) >= DIGITS_FOR_PAIRS
    whole = not wanted or work * _PAIRS <= _MOST_WORK
    if wanted and whole:
        pairs = list(_pairs(model, place, singles))
        tried += len(pairs)
        found = [cause for cause in pairs if agrees(typed, cause.value)]
    return Search(False, computed, (*slips, *found), tried, whole)


def _number(model: Model, place: Place, mistakes: Iterable[Mistake]) -> float:
    return place.of(mistaken(model, mistakes))


def _same(one: float, other: float) -> bool:
    return bool(np.isclose(one, other, rtol=1e-12, atol=1e-15, equal_nan=True))


def _pairs(model: Model, place: Place, singles: list[tuple[Mistake, float]]) -> Iterator[Cause]:
    """Yield what two mistakes at once come to, where that is more than one of them alone."""
    for (one, alone), (other, single) in combinations(singles, 2):
        if one.excludes(other):
            continue
        value = _number(model, place, (one, other))
        if not _same(value, alone) and not _same(value, single):
            yield Cause((one, other), value)


def _slips(typed: str, place: Place, model: Model, trace: Trace) -> list[Slip]:
    before = replace(model, iteration=model.iteration - 1).trace() if model.iteration > 1 else None
    return [slip for slip in SLIPS if slip.fits(typed, place, trace, before)]


def _cut_off(typed: str, place: Place, trace: Trace, before: Trace | None) -> bool:
    over = abs(place.of(trace)) - abs(float(typed))
    return 0 <= over < last_digit(typed) and float(typed) * place.of(trace) > 0


def _last_place(typed: str, place: Place, trace: Trace, before: Trace | None) -> bool:
    enough = digits_of(typed) >= DIGITS_FOR_OTHERS
    return enough and abs(float(typed) - place.of(trace)) < 1.5 * last_digit(typed)


def _other_sign(typed: str, place: Place, trace: Trace, before: Trace | None) -> bool:
    return agrees(typed, -place.of(trace))


def _other_entry(typed: str, place: Place, trace: Trace, before: Trace | None) -> bool:
    entries = as_floats("value", trace.value(*place.ref)).ravel()
    return digits_of(typed) >= DIGITS_FOR_OTHERS and any(agrees(typed, entry) for entry in entries)


def _too_early(typed: str, place: Place, trace: Trace, before: Trace | None) -> bool:
    return before is not None and digits_of(typed) >= DIGITS_FOR_OTHERS and agrees(typed, place.of(before))


SLIPS = (
    Slip(
        Text("cut off, not rounded", "截断而没有四舍五入"),
        Text("All digits are right; the last one should have been rounded up.", "各位数字都对，只是末位应进一。"),
        _cut_off,
    ),
    Slip(
        Text("rounded on the way", "中间结果舍入"),
        Text(
            "Only the last digit is off, by one: some value was rounded before it was used again.",
            "只有末位差 1：某个中间值在继续使用之前被舍入了。",
        ),
        _last_place,
    ),
    Slip(
        Text("the other sign", "符号相反"),
        Text("The size is right; the sign is the other way round.", "大小正确，符号相反。"),
        _other_sign,
    ),
    Slip(
        Text("another entry of the same value", "同一个量的另一个元素"),
        Text(
            "It stands elsewhere in this vector or matrix: look at the indices.", "它在该向量或矩阵的别处：请检查下标。"
        ),
        _other_entry,
    ),
    Slip(
        Text("the value of the iteration before", "前一次迭代的值"),
        Text("That is what it was before the update.", "这是更新之前的值。"),
        _too_early,
    ),
)
