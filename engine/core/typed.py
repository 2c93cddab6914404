"""Typed numbers: the digits of a number as somebody typed or printed it, and whether it is the computed one.

This is the one rule by which numbers of readers and of sources are judged. A number is compared to the last digit that
it has, and to two significant digits at least; one with fewer digits is correct only if it is exact: 1 is not 0.88, and
nothing but a zero is 0. A cause of a wrong number is believed only where so many digits would seldom fit by chance.
"""

import re
from math import floor, isfinite, log10

from engine.core.numbers import parse_number

LEAST_DIGITS = 2
CHANCE = 0.01  # the largest share of numbers that may be explained by accident
MOST_DIGITS = 17  # more no float has, and so many tell any two apart
_EXACT = 12  # the digits to which a fraction is compared: it is meant exactly
_DUST = 1e-12  # below it a value is what rounding has left of a zero
_SAME, _MOST_SLACK = 1e-9, 0.005  # what counts as exact, and how much of a slack a number of one digit gets
_HALF = 0.5000001  # a five behind the last digit may be a little more or less than that in binary


def digits_of(typed: str) -> int:
    """The number of significant digits as typed; a zero has none, a fraction those of both its parts.

    Examples
    --------
    >>> [digits_of(text) for text in ("0.010", "-12,50", "3e-4", "0.00", "1/3")]
    [2, 4, 1, 0, 2]
    """
    parts = (part.partition("e")[0] for part in typed.lower().split("/"))
    return sum(len(re.sub(r"\D", "", part).lstrip("0")) for part in parts)


def last_digit(typed: str) -> float:
    """Return the worth of the last digit of a number as it is typed."""
    if "/" in typed:
        return 10.0 ** (_exponent(parse_number(typed)) + 1 - _EXACT)
    digits, _, exponent = typed.strip().lower().replace("−", "-").replace(",", ".").partition("e")
    return float(f"1e{int(exponent or 0) - len(digits.partition('.')[2])}")


def tolerance(typed: str, computed: float, slack: float = 0.0) -> float:
    """Largest distance of a typed number from the computed one.

    Half a unit of its last digit, and a share `slack` of the computed number for what was rounded on the way, but never
    more than half a unit of the second significant digit of the computed number. A single digit has to be exact.
    """
    if abs(computed) <= _DUST:
        return _DUST
    if digits_of(typed) < LEAST_DIGITS:
        return (_SAME + min(slack, _MOST_SLACK)) * abs(computed)
    enough = _HALF * 10.0 ** (_exponent(computed) + 1 - LEAST_DIGITS)
    return float(min(enough, _HALF * last_digit(typed) + slack * abs(computed)))


def agrees(typed: str, computed: float, slack: float = 0.0) -> bool:
    """Whether a number as it is typed is the computed one.

    Examples
    --------
    >>> [agrees(text, 0.8765) for text in ("0.88", "0.877", "0.878", "1", "0")]
    [True, True, False, False, False]
    """
    return isfinite(computed) and abs(parse_number(typed) - computed) <= tolerance(typed, computed, slack)


def is_coarse(typed: str, computed: float) -> bool:
    """Whether a number would be the computed one if so few digits were enough; a zero is meant as one."""
    said = parse_number(typed)
    rounded = bool(said) and abs(said - computed) <= _HALF * last_digit(typed)
    return digits_of(typed) < LEAST_DIGITS and rounded and not agrees(typed, computed)


def chance(typed: str, candidates: int, slack: float = 0.0, digits: int | None = None) -> float:
    """Share of numbers of this size and so many digits that fit one of some candidates by accident.

    A candidate may be anywhere within a power of ten, every ratio being as likely as every other.
    """
    value = abs(parse_number(typed))
    digits = digits_of(typed) if digits is None else digits
    if not digits:
        return 1.0
    mantissa = 10.0 ** (log10(value) % 1) if value else 1.0
    away = _HALF * 10.0 ** (1 - digits) + slack * mantissa
    return candidates * log10((mantissa + away) / (mantissa - away))


def digits_needed(typed: str, candidates: int, slack: float = 0.0) -> int:
    """The number of significant digits that a number of this size needs to tell some candidates from chance."""
    enough = (n for n in range(LEAST_DIGITS, MOST_DIGITS) if chance(typed, candidates, slack, n) <= CHANCE)
    return next(enough, MOST_DIGITS)


def _exponent(value: float) -> int:
    """Power of ten of the first digit."""
    return floor(log10(abs(value))) if value else 0
