"""Numbers as people type them: 0.35, 0,35, 1/3, −2, 1e-3."""

import re
from math import isfinite

from engine.errors import InputError
from engine.text import Text

_NUMBER = r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d+)?"
_TYPED = re.compile(rf"\s*({_NUMBER})\s*(?:/\s*({_NUMBER}))?\s*")
_LONGEST = 64


def parse_number(text: str) -> float:
    """Return the number that `text` writes: a decimal with point or comma, or a fraction of two.

    Raises
    ------
    InputError
        Where it is none, or not finite.

    Examples
    --------
    >>> [parse_number(text) for text in ("1/4", "0,35", "−2", " 1e-3 ")]
    [0.25, 0.35, -2.0, 0.001]
    """
    typed = _TYPED.fullmatch(str(text)[:_LONGEST].replace("−", "-"))
    if typed:
        above, below = (float(part.replace(",", ".")) for part in (typed[1], typed[2] or "1"))
        if below and isfinite(above / below):
            return above / below
    raise InputError(
        Text("this is not a number", "这不是一个数"),
        Text("a finite number such as 0.35, 0,35, −2, 1/3 or 1e-3", "有限数，如 0.35、0,35、−2、1/3 或 1e-3"),
        text,
    )


def parse_whole(text: str, low: int, high: int) -> int:
    """Return the whole number from `low` to `high` that `text` writes, or raise `InputError`."""
    if re.fullmatch(r"\d{1,12}", str(text).strip()) and low <= int(text) <= high:
        return int(text)
    raise InputError(
        Text("this does not work here", "此处无效"),
        Text("a whole number from {} to {}", "{} 到 {} 的整数").format(low, high),
        text,
    )


def write_number(value: float) -> str:
    """Return the shortest text that reads back as exactly `value`."""
    text = repr(float(value))
    return text.removesuffix(".0")
