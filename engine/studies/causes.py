"""Causes of a number that differs: every common mistake is made in turn, to see which of them lead to it.

A cause is named only where so many digits as the number has would seldom fit by chance. Where no mistake and no slip
fits alone, given numbers that were miscopied are tried, and two mistakes at once, for numbers of six digits or more:
below that, too many of them fit.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import numpy as np

from engine.core import InputError, agrees, digits_needed, digits_of, is_coarse
from engine.layers import count_parameters
from engine.mistakes import MISTAKES, Mistake
from engine.passes import Trace
from engine.settings import Model
from engine.studies.effects import mistaken
from engine.studies.miscopied import is_small, one_digit_off, variants
from engine.studies.quantities import QUANTITIES
from engine.studies.slips import PEN, SLIPS, Place, Slip

DIGITS_FOR_PAIRS = 6
_MOST_WORK = 400_000  # iterations times parameters, with a start for each pass: about three seconds
_PASS, _PAIRS = 1000, 15
ALL_SLIPS = (*SLIPS, *QUANTITIES)


class Cause(NamedTuple):
    """Explanation of a number: the mistakes or the slip, and the number that comes of it."""

    parts: tuple[Mistake | Slip, ...]
    value: float


class Search(NamedTuple):
    """Result of a search for the causes of a number.

    Attributes
    ----------
    right : bool
        Whether the number is correct, to its last digit; no cause is sought then.
    computed : float
        The correct number.
    found : tuple of Cause
        All that give the number, to its last digit.
    tried : int
        The number of causes that were tried.
    whole : bool
        Whether all were tried: far away or in a large network it would take too long.
    coarse : bool
        Whether the number has too few digits to be judged correct or wrong.
    digits, needed : int
        The significant digits of the number, and those that it needs to tell a cause from chance.
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
    """Search for the mistakes and slips that lead to a typed number.

    Parameters
    ----------
    model : Model
        Its iteration counts: the value after one update is one of iteration 2.
    place : Place
        The place of the number in the trace.
    typed : str
        The number as typed; its digits decide which causes fit.

    Raises
    ------
    InputError
        Where there is no such value, or the text is no number.

    Examples
    --------
    >>> from engine import Ref
    >>> after = replace(Model.of_example("mazur"), iteration=2)
    >>> [cause.parts[0].name for cause in causes(after, Place(Ref("C", 2)), ".291027924").named]
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
    candidates = [*changed, *_slips(typed, place, model, trace)]
    found, tried, whole = _fitting(typed, candidates), len(MISTAKES) + len(ALL_SLIPS), True
    if not found and digits >= DIGITS_FOR_PAIRS:
        whole = work * _PAIRS <= _MOST_WORK
        ways = (_pairs,) if one_digit_off(typed, computed) else (_miscopied, _pairs)
        for more in ways if whole else ():
            if not found:
                further = list(more(model, place, changed))
                candidates += further
                tried += len(further)
                found = _fitting(typed, further)
    needed = digits_needed(typed, len({cause.value for cause in candidates}))
    return Search(False, computed, found, tried, whole, digits=digits, needed=needed)


def _fitting(typed: str, candidates: Iterable[Cause]) -> tuple[Cause, ...]:
    """Return the causes that give a typed number, each once: first those that give it exactly as it is typed."""
    found = {cause.parts: cause for cause in candidates if agrees(typed, cause.value)}.values()
    return tuple(sorted(found, key=lambda cause: isinstance(cause.parts[0], Slip) and cause.parts[0] in PEN))


def _number(model: Model, place: Place, mistakes: Iterable[Mistake]) -> float:
    return place.of(mistaken(model, mistakes))


def _same(one: float, other: float) -> bool:
    return bool(np.isclose(one, other, rtol=1e-12, atol=1e-15, equal_nan=True))


def _miscopied(model: Model, place: Place, _changed: Iterable[Cause]) -> Iterator[Cause]:
    """Yield the causes of a given number that was miscopied; none of a network with too many of them."""
    if is_small(model):
        for variant in variants(model):
            try:
                yield Cause((variant.slip,), place.of(variant.model.trace()))
            except InputError:
                continue


def _pairs(model: Model, place: Place, changed: Iterable[Cause]) -> Iterator[Cause]:
    """Yield the causes of two mistakes at once, where their number differs from that of either alone."""
    made = [cause for cause in changed if isinstance(cause.parts[0], Mistake)]
    for one, other in combinations(made, 2):
        both = (*one.parts, *other.parts)
        if both[0].excludes(both[1]):  # type: ignore[union-attr, arg-type]
            continue
        value = _number(model, place, both)  # type: ignore[arg-type]
        if not _same(value, one.value) and not _same(value, other.value):
            yield Cause(both, value)


def _slips(typed: str, place: Place, model: Model, trace: Trace) -> Iterator[Cause]:
    """Yield the numbers that come of the slips, where they differ from the correct one."""
    near = {"before": replace(model, iteration=model.iteration - 1).trace()} if model.iteration > 1 else {}
    if model.iteration < model.most_iterations:
        near["after"] = replace(model, iteration=model.iteration + 1).trace()
    for slip in ALL_SLIPS:
        values = slip.gives(typed, place, trace, near)
        yield from (Cause((slip,), value) for value in values if not _same(value, place.of(trace)))
