"""Numbers as they are read: rounded to digits, fitted into a room, told apart; and the width of a line by its number.

The browser writes the numbers of the stage itself (`visualizer/stage/scene/numbers.js`) by the same rules: `RULES` is
the one table of them, which travels with the keyframes.
"""

from collections.abc import Callable, Sequence
from math import isfinite, isnan
from typing import Any

from engine.core import MOST_DIGITS
from visualizer.writing import palette

DIGITS = 4
CHARACTERS = 8  # of a number in the picture, on an edge, a bias or in a circle
_FEWEST = 3  # digits of a number on a label, where it has room for them
RULES: dict[str, Any] = {
    "minus": "−",
    "infinite": "∞",
    "not_a_number": "NaN",
    "smallest": 1e-4,  # and from `largest` on, numbers have an exponent
    "largest": 1e6,
    "room": CHARACTERS,
    "fewest": _FEWEST,
    "most": MOST_DIGITS,
    "up": "↑",
    "down": "↓",
    "thin": 1.4,  # the width of a line whose number is 0
} | palette.DIVERGING


def number(value: float, digits: int = DIGITS) -> str:
    """Return a number for reading, rounded to significant digits, with a true minus sign."""
    if not isfinite(value):
        return RULES["not_a_number"] if isnan(value) else ("" if value > 0 else RULES["minus"]) + RULES["infinite"]
    size = abs(value)
    if value and not RULES["smallest"] <= size < RULES["largest"]:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        text = f"{_trim(mantissa)}e{int(exponent)}"
    else:
        decimals = digits - 1 - int(f"{size:.{MOST_DIGITS - 1}e}".partition("e")[2])
        text = _trim(f"{value:.{max(0, decimals)}f}")
    return text.replace("-", RULES["minus"]) if text != "-0" else "0"


def _trim(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def signed(value: float, digits: int = DIGITS) -> str:
    """Return a number that always shows its sign."""
    text = number(value, digits)
    return text if text.startswith(RULES["minus"]) or not value > 0 else f"+{text}"


def fitting(value: float, room: int, most: int = _FEWEST, write: Callable[[float, int], str] = number) -> str:
    """Return a number with as many digits, up to `most`, as there is room for; with one digit where there is none."""
    texts = (write(value, digits) for digits in range(most, 0, -1))
    return next((text for text in texts if len(text) <= room), write(value, 1))


def apart(
    one: float, other: float, write: Callable[[float, int], str] = number, fewest: int = _FEWEST
) -> tuple[str, str]:
    """Return two numbers with as few digits as tell them apart, but not fewer than `fewest`; equal ones with those."""
    some = MOST_DIGITS if one != other else fewest
    pairs = ((write(one, digits), write(other, digits)) for digits in range(fewest, some + 1))
    return next((pair for pair in pairs if pair[0] != pair[1]), (write(one, some), write(other, some)))


def moved(new: float, old: float, room: int) -> str:
    """Return a new number with digits that tell it from the old one; an arrow where there is no room for so many."""
    before = {number(old, digits) for digits in range(1, MOST_DIGITS + 1)}  # zeros at an end are not written
    texts = (number(new, digits) for digits in range(_FEWEST, MOST_DIGITS + 1))
    text = next((text for text in texts if text not in before), "")
    if text and len(text) <= room:
        return text
    return fitting(new, room - 1) + (RULES["up"] if new > old else RULES["down"])


def combined(how: str, values: Sequence[float]) -> float:
    """Return the number that some values make: the first itself, their `product`, or their `difference`.

    A `sum` is that of the products of two each, and of what is left over; a `total` that of all values.
    """
    if how == "product":
        return values[0] * values[1]
    if how == "sum":
        pairs = sum(one * other for one, other in zip(values[::2], values[1::2], strict=False))
        return pairs + (values[-1] if len(values) % 2 else 0.0)
    if how == "total":
        return sum(values)
    return values[0] - values[1] if how == "difference" else values[0]


def stroke_width(value: float, largest: float, thick: float) -> float:
    """Return the width of a line for a number: `thick` for the largest, and for what is not finite."""
    share = min(1.0, abs(value) / largest) if largest > 0 else 0.0
    return round(RULES["thin"] + (thick - RULES["thin"]) * share, 2)
