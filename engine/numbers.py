"""Numbers as people type them: 0.35, 0,35, 1/3, −2, 1e-3; and as tables have them: 1,234.5 or 1.234,5."""

import re
from math import isfinite

from engine.errors import InputError, names
from engine.inputs import as_whole
from engine.text import Text

_NUMBER = r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d+)?"
_TYPED = re.compile(rf"\s*({_NUMBER})\s*(?:/\s*({_NUMBER}))?\s*")
_LONGEST = 64  # more than any float needs, and little enough to be read at once
DECIMAL_SIGNS = {"point": ".", "comma": ","}
_GROUPED = {  # thousands parted by the sign that is not the decimal one
    name: re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:{re.escape(other)}\d{{3}})+(?:{re.escape(sign)}\d*)?")
    for name, sign, other in (("point", ".", ","), ("comma", ",", "."))
}


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
    if parted := grouped(text):
        problem = Text("thousands are parted in this number", "这个数带有千位分隔符")
        raise InputError(problem, names(map(write_number, parted.values())), text)
    raise InputError(
        Text("this is not a number", "这不是一个数"),
        Text("a finite number such as 0.35, 0,35, −2, 1/3 or 1e-3", "有限数，如 0.35、0,35、−2、1/3 或 1e-3"),
        text,
    )


def readings(text: str) -> dict[str, float]:
    """Return the numbers that `text` may be in a table, each by the decimal sign with which it is that number.

    Nothing where it is no number; the same number twice where it has neither sign.

    Examples
    --------
    >>> readings("221,900"), readings("0,35"), readings("1,234.5")
    ({'point': 221900.0, 'comma': 221.9}, {'comma': 0.35}, {'point': 1234.5})
    """
    found = grouped(text)
    if text.count(",") + text.count(".") > 1 and "/" not in text:
        return found
    try:
        value = parse_number(text)
    except InputError:
        return found
    plain = [name for name, sign in DECIMAL_SIGNS.items() if sign in text] or DECIMAL_SIGNS
    return {name: found.get(name, value) for name in DECIMAL_SIGNS if name in plain or name in found}


def grouped(text: str) -> dict[str, float]:
    """Return the numbers that `text` is where its thousands are parted, by the decimal sign."""
    bare = text.strip().replace("−", "-") if len(text) <= _LONGEST else ""
    return {name: with_sign(bare, name) for name in DECIMAL_SIGNS if _GROUPED[name].fullmatch(bare)}


def with_sign(text: str, name: str) -> float:
    """Return the number that `text` is with a decimal sign, the other one parting thousands."""
    return float(text.replace("−", "-").replace("," if name == "point" else ".", "").replace(",", "."))


def parse_whole(text: str, low: int, high: int) -> int:
    """Return the whole number from `low` to `high` that `text` writes, or raise `InputError`."""
    bare = text.strip()  # int() takes fewer signs for blanks than strip()
    typed = int(bare) if re.fullmatch(r"\d{1,12}", bare) else text
    return as_whole(Text("this does not work here", "此处无效"), typed, low, high)


def parts_of(text: str, sign: str, most: int) -> list[str]:
    """Return the parts of a text between a sign; where they are more than `most`, raise before they are made."""
    count = text.count(sign) + 1
    if count > most:
        raise InputError(Text("too many parts", "部分太多"), Text("at most {}", "至多 {} 个").format(most), count)
    return text.split(sign)


def write_number(value: float) -> str:
    """Return the shortest text that reads back as exactly `value`."""
    text = repr(float(value))
    return text.removesuffix(".0")
