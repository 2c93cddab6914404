"""The decimal sign of a table: `221,900` alone may be 221900 or 221.9, and is never guessed."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain

from engine.core.errors import InputError, echo
from engine.core.numbers import DECIMAL_SIGNS, grouped, readings, write_number
from engine.core.text import Text

Row = tuple[int, list[str]]  # the number of its line, and its cells
Place = tuple[str, int]  # a cell, and the number of its line
Shown = dict[str, Place]  # by the decimal signs that cells show
_ALL = -1  # where a whole table is meant, and no column
ONE_SIGN = re.compile(r"\s*[+−-]?[1-9]\d{0,2}[.,]\d{3}\s*")
_TWO = Text("line {}, column {}: this number can be read in two ways", "第 {} 行，列 {}：这个数有两种读法")
_WHICH = Text(
    "{} with a decimal point (decimal=point) or {} with a decimal comma (decimal=comma)",
    "{}（以“.”为小数点，decimal=point）或 {}（以“,”为小数点，decimal=comma）",
)
_TAKEN = Text(
    "{0} was read as {1}, because {2} in line {3} shows that “{4}” is the decimal sign.",
    "{0} 读作 {1}，因为第 {3} 行的 {2} 表明小数点是“{4}”。",
)


class AmbiguousError(InputError):
    """A number that can be read in two ways, and nothing in the table says which.

    Attributes
    ----------
    readings : dict of str to float
        The number with either decimal sign, by the names in `DECIMAL_SIGNS`.
    """

    def __init__(self, cell: str, line: int, column: str) -> None:
        self.readings = readings(cell)
        written = [write_number(self.readings[name]) for name in DECIMAL_SIGNS]
        super().__init__(_TWO.format(line, echo(column)), _WHICH.format(*written), cell)


def signs_of(
    rows: Sequence[Row], columns: Sequence[str], delimiter: str, told: str | None
) -> tuple[list[str | None], Text | None]:
    """Return the decimal sign of every column, and a remark on a sign that was assumed.

    A number with parted thousands, such as 1,234.5, shows the sign of the whole table; any other, such as 0,35, shows
    that of its column, and of all columns for whose numbers the same sign is the question. None for a column in which
    every number has one reading.

    Parameters
    ----------
    rows : sequence of (int, list of str)
        All of the same length.
    delimiter : str
        The delimiter of the cells. With a comma, a point is no question unless a number has a comma too.
    told : str or None
        A name in `DECIMAL_SIGNS`, which decides then.

    Raises
    ------
    AmbiguousError
        For the first number with two readings about which nothing is shown, or different things.
    """
    if told:
        return [told] * len(columns), None
    signs: list[str | None] = [None] * len(columns)
    unclear, words = _unclear(rows, delimiter), None
    shown = _shown(rows) if unclear else {}
    for k, (cell, line) in unclear.items():
        evidence = shown[_ALL] | shown[k] or _same_sign(cell, shown)
        if len(evidence) != 1:
            raise AmbiguousError(cell, line, columns[k])
        ((sign, place),) = evidence.items()
        signs[k] = sign
        words = words or _TAKEN.format(cell, write_number(readings(cell)[sign]), *place, DECIMAL_SIGNS[sign])
    return signs, words


def _unclear(rows: Sequence[Row], delimiter: str) -> dict[int, Place]:
    """Return the first number with two readings of every column that has one."""
    every = chain.from_iterable(cells for _, cells in rows)
    if delimiter == "," and not any("," in cell or cell.count(".") > 1 for cell in every):
        return {}
    found: dict[int, Place] = {}
    for line, cells in rows:
        for k, cell in enumerate(cells):
            if k not in found and ONE_SIGN.fullmatch(cell):
                found[k] = cell, line
    return found


def _shown(rows: Sequence[Row]) -> dict[int, Shown]:
    """Places of numbers that show their decimal sign: by column, and for the whole table by parted thousands."""
    shown: dict[int, Shown] = defaultdict(dict)
    for line, cells in rows:
        for k, cell in enumerate(cells):
            comma, point = cell.rfind(","), cell.rfind(".")
            known = shown[_ALL if comma >= 0 <= point else k]
            if comma == point or ("comma" if comma > point else "point") in known:
                continue  # as nearly always in a long table
            found = readings(cell)
            for sign in found if len(found) == 1 else ():
                shown[_ALL if sign in grouped(cell) else k].setdefault(sign, (cell, line))
    return shown


def _same_sign(cell: str, shown: Mapping[int, Shown]) -> Shown:
    """Places that show the sign in a cell to be the decimal one, if no other is in the whole table."""
    everywhere = {sign: place for each in shown.values() for sign, place in each.items()}
    return everywhere if all(DECIMAL_SIGNS[sign] in cell for sign in everywhere) else {}
