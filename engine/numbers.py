"""Numbers as people type them: 0.35, 0,35, 1/3, −2, 1e-3; and several of them in a row."""

import re
from math import isfinite

from engine.errors import InputError
from engine.inputs import as_whole
from engine.text import Text

_NUMBER = r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d+)?"
_TYPED = re.compile(rf"\s*({_NUMBER})\s*(?:/\s*({_NUMBER}))?\s*")
_LONGEST = 64  # more than any float needs, and little enough to be read at once
_BETWEEN = re.compile(r"\s*[;；、，]\s*|,\s+|\s+")


def parse_number(text: str) -> float:
    """Return the number that `text` writes: a decimal with point or comma, or a fraction of two.

    Raises
    ------
    InputError
        Where it is none, not finite, or too long to be one that a person typed.

    Examples
    --------
    >>> [parse_number(text) for text in ("1/4", "0,35", "−2", " 1e-3 ")]
    [0.25, 0.35, -2.0, 0.001]
    """
    typed = _TYPED.fullmatch(text.replace("−", "-")) if len(text) <= _LONGEST else None
    if typed:
        above, below = (float(part.replace(",", ".")) for part in (typed[1], typed[2] or "1"))
        if below and isfinite(above / below):
            return above / below
    raise InputError(
        Text("this is not a number", "这不是一个数"),
        Text("a finite number such as 0.35, 0,35, −2, 1/3 or 1e-3", "有限数，如 0.35、0,35、−2、1/3 或 1e-3"),
        text,
    )


def parse_numbers(text: str) -> list[float]:
    """Return the numbers that stand in a row, with blanks, semicolons, or commas between them.

    A comma with no blank behind it is one between numbers where these have points, else that of a decimal. Where
    nothing but such commas tells the numbers apart, both would do, and neither is guessed; only 0,5 is one number.

    Raises
    ------
    InputError
        Where one of them is none, or a comma could be either.

    Examples
    --------
    >>> [parse_numbers(text) for text in ("0.5, 2, 8", "0,5; 2; 8", "0.5,2", "1/2 8")]
    [[0.5, 2.0, 8.0], [0.5, 2.0, 8.0], [0.5, 2.0], [0.5, 8.0]]
    """
    whole = re.sub(r"\s*/\s*", "/", text.strip().removesuffix(","))
    parts = [part for part in _BETWEEN.split(whole) if part]
    if "." in text:
        parts = [number for part in parts for number in part.split(",") if number]
    elif len(parts) == 1 and "," in parts[0] and not re.fullmatch(r"0,\d+", parts[0]):
        problem = Text("a comma here could stand in a number or between two", "此处的逗号可能是小数点，也可能是分隔符")
        raise InputError(problem, Text("0.5; 2; 8 or 0,5; 2; 8", "0.5; 2; 8 或 0,5; 2; 8"), text)
    return [parse_number(part) for part in parts]


def parse_whole(text: str, low: int, high: int) -> int:
    """Return the whole number from `low` to `high` that `text` writes, or raise `InputError`."""
    bare = text.strip()  # int() takes fewer signs for blanks than strip()
    typed = int(bare) if re.fullmatch(r"\d{1,12}", bare) else text
    return as_whole(Text("this does not work here", "此处无效"), typed, low, high)


def write_number(value: float) -> str:
    """Return the shortest text that reads back as exactly `value`."""
    text = repr(float(value))
    return text.removesuffix(".0")
