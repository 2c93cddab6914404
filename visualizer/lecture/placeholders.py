"""Placeholders: which values of a pass stand at a place of a picture, and how they are written there.

Pictures are made of them, so that a picture depends on the network's shape and not on its numbers. Python fills them in
here, the browser in `visualizer/stage/scene/numbers.js`; both by the rows of `WAYS`.
"""

from collections.abc import Callable
from math import isfinite, isnan
from typing import Any, NamedTuple

from engine import Ref
from visualizer.writing import CHARACTERS, DIGITS, apart, combined, fitting, moved, number, signed

WRONG, RIGHT = "✗", "✓"
ALIKE, NOTHING = 1e-9, 1e-14  # numbers that differ by less are the same


class Source(NamedTuple):
    """Source of a number: an element of a value of the pass, or of the same pass without mistakes."""

    value: Ref
    indices: tuple[int, ...] = ()
    right: bool = False


class Way(NamedTuple):
    """Way of writing a number: of what it is made, to how many digits, with its sign, and whether it has to fit."""

    of: str = "value"
    digits: int = 3
    signed: bool = False
    fits: bool = False
    moves: bool = False  # it is a new value, and the second one the old
    alone: bool = False  # the room is the number's alone; and where it is wrong, it has all digits that tell it apart


WAYS = {
    "circle": Way(digits=DIGITS, fits=True, alone=True),
    "label": Way(fits=True),
    "gradient": Way(signed=True, fits=True),
    "moved": Way(fits=True, moves=True),
    "number": Way(),
    "product": Way(of="product"),
    "sum": Way(of="sum"),
    "total": Way(of="total"),
    "change": Way(of="difference", digits=2, signed=True),
}
At = Callable[[Source], float]


class Placeholder(NamedTuple):
    """Placeholder of a number in a picture: a way of writing it, its sources, and what stands before and after it."""

    way: str
    sources: tuple[Source, ...]
    before: str = ""
    after: str = ""


Words = str | Placeholder | tuple[str | Placeholder, ...]  # the last are written one behind the other


def filled(words: Words, at: At) -> str:
    """Return words with their numbers filled in."""
    if isinstance(words, str):
        return words
    return _filled(words, at, CHARACTERS) if isinstance(words, Placeholder) else "".join(filled(w, at) for w in words)


def _filled(place: Placeholder, at: At, room: int) -> str:
    way, values = WAYS[place.way], [at(source) for source in place.sources]
    write = signed if way.signed else number
    value, left = combined(way.of, values), room - (0 if way.alone else len(place.before))
    if way.moves and values[0] != values[1]:
        text = moved(value, values[1], left)
    else:
        text = fitting(value, left, way.digits, write) if way.fits else write(value, way.digits)
    return f"{place.before}{text}{place.after}"


def beside(place: Placeholder, right: Source, at: At) -> tuple[str, str] | None:
    """Return a number that a mistake has changed, marked as wrong, and the correct one; None where it has not."""
    way, wrong, meant = WAYS[place.way], at(place.sources[0]), at(right)
    if are_alike(wrong, meant):
        return None
    text, told = apart(wrong, meant, signed if way.signed else number)
    text = place.before + text
    return WRONG + (text if way.alone or len(text) < CHARACTERS else _filled(place, at, CHARACTERS - 1)), told


def are_alike(one: float, right: float) -> bool:
    """Return whether a number is the correct one, but for rounding."""
    if one == right or (isnan(one) and isnan(right)):
        return True
    return isfinite(one) and isfinite(right) and abs(one - right) <= NOTHING + ALIKE * abs(right)


def as_rules() -> dict[str, Any]:
    """Return the ways of writing, and what else a placeholder is filled in by, as plain data for the browser."""
    ways = {name: way._asdict() for name, way in WAYS.items()}
    return {"ways": ways, "wrong": WRONG, "right": RIGHT, "alike": ALIKE, "nothing": NOTHING}
