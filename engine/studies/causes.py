"""Causes of a number that differs: every common mistake is made in turn, to see which of them lead to it.

A cause is named only where so many digits as the number has would seldom fit by chance. Where no mistake and no slip
fits alone, given numbers that were miscopied are tried, and two mistakes at once, for numbers of six digits or more:
below that, too many of them fit.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import isclose
from typing import NamedTuple

from engine.core import agrees, digits_needed, digits_of, is_coarse
from engine.layers import count_parameters
from engine.mistakes import MISTAKES, Mistake
from engine.settings import Model
from engine.studies.candidates import (
    ALL_SLIPS,
    Cause,
    Try,
    slips,
    tries_of_miscopied,
    tries_of_mistakes,
    tries_of_pairs,
)
from engine.studies.miscopied import one_digit_off
from engine.studies.slips import PEN, Place, Slip

DIGITS_FOR_PAIRS = 6
LONG = 20  # times the work of a search that nobody watches: about a minute
_MOST_WORK = 400_000  # iterations times parameters, with a start for each pass: about three seconds
_PASS, _PAIRS = 1000, 15
_SAME = 1e-9  # relative: fewer digits than anybody writes down tell such numbers apart


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

    @property
    def explanations(self) -> tuple[tuple[Cause, ...], ...]:
        """The causes that are named, those together that lead to one and the same number and cannot be told apart.

        The first of each comes first in the registry of mistakes, where what is more general stands before what is
        more special; slips stand after mistakes.
        """
        groups: list[list[Cause]] = []
        for cause in self.named:
            same = [group for group in groups if isclose(group[0].value, cause.value, rel_tol=_SAME)]
            if same:
                same[0].append(cause)
            else:
                groups.append([cause])
        return tuple(map(tuple, groups))


class SearchProgress(NamedTuple):
    """Progress of a search: the share that is done, and its result at the end."""

    share: float
    search: Search | None = None


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
    >>> from dataclasses import replace
    >>> from engine import Ref
    >>> after = replace(Model.of_example("mazur"), iteration=2)
    >>> [cause.parts[0].name for cause in causes(after, Place(Ref("C", 2)), ".291027924").named]
    ['sequential']
    """
    *_, last = searching(model, place, typed)
    assert last.search is not None  # it is the last
    return last.search


def searching(model: Model, place: Place, typed: str, patience: int = 1) -> Iterator[SearchProgress]:
    """Search for causes as `causes` does, try by try.

    Parameters
    ----------
    model, place, typed
        As those of `causes`.
    patience : int
        How many times the usual work it may take.

    Yields
    ------
    SearchProgress
        One a try; the last holds the `Search`.
    """
    trace = model.trace()
    computed, digits = place.of(trace), digits_of(typed)
    if agrees(typed, computed) or is_coarse(typed, computed):
        plain = Search(agrees(typed, computed), computed, coarse=is_coarse(typed, computed), digits=digits)
        yield SearchProgress(1.0, plain)
        return
    work = model.iteration * (_PASS + count_parameters(model.sizes)) / patience
    if work > _MOST_WORK:
        yield SearchProgress(1.0, Search(False, computed, whole=False))
        return
    found = _Found(typed, len(MISTAKES) + len(ALL_SLIPS))
    yield from found.by(tries_of_mistakes(model, place, computed), 0.0, 0.1)
    changed = [cause for cause in found.candidates if isinstance(cause.parts[0], Mistake)]
    found.candidates += slips(typed, place, model, trace)
    may_go_on = not found.fitting and digits >= DIGITS_FOR_PAIRS
    whole = not may_go_on or work * _PAIRS <= _MOST_WORK
    if may_go_on and whole:
        yield from found.further(model, place, changed, one_digit_off(typed, computed))
    needed = digits_needed(typed, len({cause.value for cause in found.candidates}))
    yield SearchProgress(1.0, Search(False, computed, found.fitting, found.tried, whole, digits=digits, needed=needed))


class _Found:
    """Numbers that have come of a search so far, and those among them that fit."""

    def __init__(self, typed: str, tried: int) -> None:
        self.typed, self.tried = typed, tried
        self.candidates: list[Cause] = []

    @property
    def fitting(self) -> tuple[Cause, ...]:
        """The causes that give the typed number, each once; last those that are wrong in the last digit alone."""
        found = {cause.parts: cause for cause in self.candidates if agrees(self.typed, cause.value)}.values()
        return tuple(sorted(found, key=lambda cause: isinstance(cause.parts[0], Slip) and cause.parts[0] in PEN))

    def by(self, tries: Iterable[Try], start: float, end: float) -> Iterator[SearchProgress]:
        """Make tries one by one, and yield the share of the whole search that is done, from `start` to `end`."""
        listed = list(tries)
        for i, one in enumerate(listed, 1):
            self.candidates += one()
            yield SearchProgress(start + (end - start) * i / len(listed))

    def further(
        self, model: Model, place: Place, changed: list[Cause], in_the_number: bool
    ) -> Iterator[SearchProgress]:
        """Try given numbers that were miscopied and, where none fits, two mistakes at once."""
        before = len(self.candidates)
        if not in_the_number:
            yield from self.by(tries_of_miscopied(model, place), 0.1, 0.5)
        if not self.fitting:
            yield from self.by(tries_of_pairs(model, place, changed), 0.5, 1.0)
        self.tried += len(self.candidates) - before
