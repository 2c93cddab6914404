"""Why does my number differ? Every common mistake is made in turn, to see which of them lead to it.

A cause is named only where so many digits as the number has would seldom fit by chance. Two mistakes at once are tried
for numbers of six digits or more: below that, too many pairs do.
"""

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
from engine.rules import Ref
from engine.steps import Trace
from engine.text import Text
from engine.typed import agrees, digits_needed, digits_of, is_coarse, last_digit

DIGITS_FOR_PAIRS = 6
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
    """A right number written down wrongly: `gives(typed, place, trace, before)` are the numbers that come of it."""

    label: Text
    why: Text
    gives: Callable[[str, Place, Trace, Trace | None], Iterable[float]]


class Cause(NamedTuple):
    """One explanation: the mistakes or the slip, and the number that comes of it."""

    parts: tuple[Mistake | Slip, ...]
    value: float


class Search(NamedTuple):
    """What a search has found.

    Attributes
    ----------
    right : bool
        Whether the number is right, to its last digit; nothing is looked for then.
    computed : float
        The right number.
    found : tuple of Cause
        All that give the number, to its last digit.
    tried : int
        How many were tried.
    whole : bool
        Whether all were tried: far away or in a large network it would take too long.
    coarse : bool
        Whether the number has too few digits to be right or wrong.
    digits, needed : int
        How many significant digits the number has, and how many it needs to tell a cause from chance.
    """

    right: bool
    computed: float
    found: tuple[Cause, ...] = ()
    tried: int = 0
    whole: bool = True
    coarse: bool = False
    digits: int = 0
    needed: int = 0

    @property
    def named(self) -> tuple[Cause, ...]:
        """The causes that explain more digits than chance would."""
        return self.found if self.digits >= self.needed else ()


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
    trace = model.trace()
    computed, digits = place.of(trace), digits_of(typed)
    if agrees(typed, computed) or is_coarse(typed, computed):
        return Search(agrees(typed, computed), computed, coarse=is_coarse(typed, computed), digits=digits)
    work = model.iteration * (_PASS + count_parameters(model.sizes))
    if work > _MOST_WORK:
        return Search(False, computed, whole=False)
    singles = [(mistake, _number(model, place, (mistake,))) for mistake in MISTAKES.values()]
    changed = [Cause((mistake,), value) for mistake, value in singles if not _same(value, computed)]
    candidates = [*_slips(typed, place, model, trace), *changed]
    found = _fitting(typed, candidates)
    tried = len(MISTAKES) + len(SLIPS)
    wanted = not found and digits >= DIGITS_FOR_PAIRS
    whole = not wanted or work * _PAIRS <= _MOST_WORK
    if wanted and whole:
        pairs = list(_pairs(model, place, singles))
        tried += len(pairs)
        candidates += pairs
        found = _fitting(typed, pairs)
    needed = digits_needed(typed, len({cause.value for cause in candidates}))
    return Search(False, computed, found, tried, whole, digits=digits, needed=needed)


def _fitting(typed: str, candidates: Iterable[Cause]) -> tuple[Cause, ...]:
    """Return the causes that give a typed number, each once."""
    return tuple({cause.parts: cause for cause in candidates if agrees(typed, cause.value)}.values())


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


def _slips(typed: str, place: Place, model: Model, trace: Trace) -> Iterator[Cause]:
    """Yield the numbers that come of the slips, where they are others than the right one."""
    before = replace(model, iteration=model.iteration - 1).trace() if model.iteration > 1 else None
    for slip in SLIPS:
        values = slip.gives(typed, place, trace, before)
        yield from (Cause((slip,), value) for value in values if not _same(value, place.of(trace)))


def _cut_off(typed: str, place: Place, trace: Trace, before: Trace | None) -> Iterator[float]:
    if unit := last_digit(typed):
        yield float(np.trunc(place.of(trace) / unit)) * unit


def _last_place(typed: str, place: Place, trace: Trace, before: Trace | None) -> Iterator[float]:
    if unit := last_digit(typed):
        yield from ((float(np.rint(place.of(trace) / unit)) + off) * unit for off in (-1, 1))


def _other_sign(typed: str, place: Place, trace: Trace, before: Trace | None) -> Iterator[float]:
    yield -place.of(trace)


def _other_entry(typed: str, place: Place, trace: Trace, before: Trace | None) -> Iterable[float]:
    return map(float, np.unique(as_floats("value", trace.value(*place.ref))))


def _too_early(typed: str, place: Place, trace: Trace, before: Trace | None) -> Iterator[float]:
    if before is not None:
        yield place.of(before)


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
