"""Candidates for the cause of a wrong number: mistakes, slips, miscopied numbers and pairs of mistakes, try by try."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import combinations
from typing import NamedTuple

import numpy as np

from engine.core import InputError
from engine.mistakes import MISTAKES, Mistake
from engine.passes import Trace
from engine.settings import Model
from engine.studies.effects import mistaken
from engine.studies.miscopied import Variant, is_small, variants
from engine.studies.quantities import QUANTITIES
from engine.studies.slips import SLIPS, Place, Slip

ALL_SLIPS = (*SLIPS, *QUANTITIES)


class Cause(NamedTuple):
    """Explanation of a number: the mistakes or the slip, and the number that comes of it."""

    parts: tuple[Mistake | Slip, ...]
    value: float


Try = Callable[[], Iterable[Cause]]


def same_number(one: float, other: float) -> bool:
    """Return whether two numbers differ by no more than rounding does."""
    return bool(np.isclose(one, other, rtol=1e-12, atol=1e-15, equal_nan=True))


def tries_of_mistakes(model: Model, place: Place, computed: float) -> Iterator[Try]:
    """Yield a try for each mistake."""
    return (partial(_made, model, place, (mistake,), (computed,)) for mistake in MISTAKES.values())


def tries_of_miscopied(model: Model, place: Place) -> Iterator[Try]:
    """Yield a try for each given number that may have been miscopied; none of a network with too many of them."""
    return (partial(_copied, place, variant) for variant in (variants(model) if is_small(model) else ()))


def tries_of_pairs(model: Model, place: Place, made: Iterable[Cause]) -> Iterator[Try]:
    """Yield a try for each two of the mistakes that change the number, where they can be made together."""
    for one, other in combinations(made, 2):
        both = (*one.parts, *other.parts)
        if not both[0].excludes(both[1]):  # type: ignore[union-attr, arg-type]
            yield partial(_made, model, place, both, (one.value, other.value))  # type: ignore[arg-type]


def _made(model: Model, place: Place, mistakes: tuple[Mistake, ...], known: Iterable[float]) -> Iterator[Cause]:
    """Yield the cause that mistakes are, where their number is none of the known ones."""
    value = place.of(mistaken(model, mistakes))
    if not any(same_number(value, other) for other in known):
        yield Cause(mistakes, value)


def _copied(place: Place, variant: Variant) -> Iterator[Cause]:
    try:
        yield Cause((variant.slip,), place.of(variant.model.trace()))
    except InputError:
        return


def slips(typed: str, place: Place, model: Model, trace: Trace) -> Iterator[Cause]:
    """Yield the numbers that come of the slips, where they differ from the correct one."""
    near = {"before": replace(model, iteration=model.iteration - 1).trace()} if model.iteration > 1 else {}
    if model.iteration < model.most_iterations:
        near["after"] = replace(model, iteration=model.iteration + 1).trace()
    for slip in ALL_SLIPS:
        values = slip.gives(typed, place, trace, near)
        yield from (Cause((slip,), value) for value in values if not same_number(value, place.of(trace)))
