"""Numbers as people type them: 0.35, 0,35, 1/3, −2, 1e-3; several in a row; and as tables have them: 1,234.5."""

import re
from math import inf, isfinite

from engine.core.errors import InputError, names
from engine.core.inputs import as_whole
from engine.core.text import Text

_NUMBER = r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d+)?"
_SMALLEST = 5e-324  # the least float above 0
_USUAL = re.compile(  # one reading, and none of the other rules below could refuse it
    r"(?![+-]?[1-9]\d{0,2}[.,]\d{3}\Z)[+-]?\d{1,30}(?:([.,])\d{0,30})?", re.ASCII
)
_TYPED = re.compile(rf"\s*({_NUMBER})\s*(?:/\s*({_NUMBER}))?\s*")
_NO_NUMBER = Text("this is not a number", "这不是一个数")
_NUMBERS = Text("a finite number such as 0.35, 0,35, −2, 1/3 or 1e-3", "有限数，如 0.35、0,35、−2、1/3 或 1e-3")
_TOO_NEAR = Text("this number is so close to 0 that it would be stored as 0", "这个数太接近 0，会被存成 0")
_NOT_SO_NEAR = Text("0, or a number of magnitude at least {}", "0，或绝对值至少为 {}").format(_SMALLEST)
_LONGEST = 64  # more than any float needs, and little enough to be read at once
_BETWEEN = re.compile(r"\s*[;；、，]\s*|,\s+|\s+")
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
        Where it is none, not finite, too long to be one that a person typed, or so near to 0 that it would become 0.

    Examples
    --------
    >>> [parse_number(text) for text in ("1/4", "0,35", "−2", " 1e-3 ")]
    [0.25, 0.35, -2.0, 0.001]
    """
    typed = _TYPED.fullmatch(text.replace("−", "-")) if len(text) <= _LONGEST else None
    if not typed:
        raise _no_number(text)
    above, below = (_decimal(part, text) for part in (typed[1], typed[2] or "1"))
    value = above / below if below else inf
    if not isfinite(value):
        raise _no_number(text)
    if above and not value:
        raise InputError(_TOO_NEAR, _NOT_SO_NEAR, text)
    return value


def _no_number(text: str) -> InputError:
    """Return the error about a text that is no number, or one with thousands parted, which may be two."""
    parted = grouped(text)
    if parted:
        problem = Text("this number contains thousands separators", "这个数带有千位分隔符")
        return InputError(problem, names(map(write_number, parted.values())), text)
    return InputError(_NO_NUMBER, _NUMBERS, text)


def _decimal(part: str, text: str) -> float:
    """Return the float that a part of `text` writes, if it is finite, and 0 only where 0 is written."""
    value = float(part.replace(",", "."))
    if not isfinite(value):
        raise _no_number(text)
    if not value and any(digit.isdecimal() and int(digit) for digit in re.split("[eE]", part)[0]):
        raise InputError(_TOO_NEAR, _NOT_SO_NEAR, text)
    return value


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
        problem = Text("a comma here could be a decimal sign or a separator", "此处的逗号可能是小数点，也可能是分隔符")
        raise InputError(problem, Text("0.5; 2; 8 or 0,5; 2; 8", "0.5; 2; 8 或 0,5; 2; 8"), text)
    return [parse_number(part) for part in parts]


def readings(text: str) -> dict[str, float]:
    """Return the numbers that `text` may be in a table, each by the decimal sign with which it is that number.

    Nothing where it is no number; the same number twice where it has neither sign.

    Examples
    --------
    >>> readings("221,900"), readings("0,35"), readings("1,234.5")
    ({'point': 221900.0, 'comma': 221.9}, {'comma': 0.35}, {'point': 1234.5})
    """
    usual = _USUAL.fullmatch(text)
    if usual:  # most cells of most tables, in a tenth of the time
        value = float(text.replace(",", "."))
        return {name: value for name, sign in DECIMAL_SIGNS.items() if usual[1] in (None, sign)}
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
    return as_whole(Text("not valid here", "此处无效"), typed, low, high)


def parts_of(text: str, sign: str, most: int) -> list[str]:
    """Return the parts of a text between a sign; where they are more than `most`, raise before they are made."""
    count = text.count(sign) + 1
    if count > most:
        raise InputError(
            Text("too many entries in this list", "列表项太多"), Text("at most {}", "至多 {} 个").format(most), count
        )
    return text.split(sign)


def write_number(value: float) -> str:
    """Return the shortest text that reads back as exactly `value`."""
    text = repr(float(value))
    return text.removesuffix(".0")
