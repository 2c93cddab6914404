"""Rows of a table without what stands around them: titles, rules, a count on top; and signs of units in columns."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from engine.core import InputError, Row, Text, echo, first_few, readings

_RULE = re.compile(r"\s*:?-{3,}:?\s*")
_INFINITE = re.compile(r"[-+]?inf(?:inity)?", re.IGNORECASE)  # a number, though none to learn from
_MOST_NAMING = 4  # rows of a header
_UNITS = "%$€£¥￥"
_ON_TOP = Text(
    "The first line only gives the numbers of rows and columns ({}) and was ignored.",
    "首行只说明行数与列数（{}），未读入。",
)
_TITLE = Text("The lines above the table were ignored: {}.", "表格上方的文字未读入：{}。")
_NUMBERED = Text("The first row numbers the columns.", "首行是列的编号。")
_SEVERAL = Text("The column names take up {} lines.", "列名占 {} 行。")
_SIGNS = Text("The sign {} was ignored in the numbers of {}.", "{1} 中的符号 {0} 未读入。")
_RAGGED = Text("line {} of this table has a different number of cells", "表格第 {} 行的列数不同")
_NO_ROWS = Text("this table has no rows below its header", "表格只有标题行，没有数据")
_ROWS = Text("at least one row of cells", "至少一行数据")


class Tidy(NamedTuple):
    """Rows of a table: the names in its header, if it has one, its rows with their lines, and remarks.

    `classes` are the names of the classes 0, 1, … of the last column, where a line on top has them, and `named` says
    whether there is a header.
    """

    names: list[str]
    rows: list[Row]
    classes: tuple[str, ...]
    said: tuple[Text, ...]
    named: bool


def tidied(rows: list[Row]) -> Tidy:
    """Return rows of one width, parted into header and cells.

    Raises
    ------
    InputError
        Where a row has another number of cells, or none is left.
    """
    said: tuple[Text, ...] = ()
    classes: tuple[str, ...] = ()
    rows = [row for row in rows if not all(_RULE.fullmatch(cell) for cell in row[1] if cell)]
    if rows and _is_count([cells for _, cells in rows]):
        said = (_ON_TOP.format(echo(", ".join(rows[0][1][:2]))),)
        classes = tuple(cell for cell in rows[0][1][2:] if cell)
        rows = rows[1:]
    rows, titles = _without_titles(rows)
    said += (_TITLE.format(", ".join(first_few(map(echo, titles), 3))),) if titles else ()
    rows, width = _of_one_width(rows)
    cells = [cells for _, cells in rows]
    header, numbered = _header(cells)
    count = _lines_of_header(cells) if header and not numbered else int(header)
    names = _joined(cells[:count]) if header else [""] * width
    if len(rows) == count:
        raise InputError(_NO_ROWS, _ROWS, ", ".join(first_few(map(echo, names), 6)))
    said += ((_NUMBERED,) if numbered else ()) + ((_SEVERAL.format(count),) if count > 1 else ())
    return Tidy(_distinct(names, header), rows[count:], classes, said, header)


def _lines_of_header(rows: Sequence[Sequence[str]]) -> int:
    """Return the number of rows that name the columns: the first, and those that have texts where numbers follow."""
    count = 1
    while count < min(_MOST_NAMING, len(rows) - 1) and _names_too(rows[count], rows[count + 1 :]):
        count += 1
    return count


def _names_too(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Return whether a row goes on with a header: texts, none of which comes again, above columns of numbers."""
    if any(map(readings, row)):
        return False
    columns = [[cells[k] for cells in below if cells[k]] for k in range(len(row))]
    again = any(cell in column for cell, column in zip(row, columns, strict=True) if cell)
    numbers = [cell for cell, column in zip(row, columns, strict=True) if column and all(map(readings, column))]
    return not again and sum(map(bool, numbers)) > 1


def _joined(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the names of columns in the rows of a header; above the last one a name holds for the gaps behind it."""
    *upper, last = rows
    spread = []
    for row in upper:
        filled = list(row)
        for k in range(1, len(filled)):
            filled[k] = filled[k] or filled[k - 1]
        spread.append(filled)
    return [" ".join(dict.fromkeys(filter(None, names))) for names in zip(*spread, last, strict=True)]


def _is_count(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row only says how many samples and inputs there are, as scikit-learn's files do."""
    first = rows[0]
    return len(first) > 1 and len(rows) > 2 and first[:2] == [str(len(rows) - 1), str(len(rows[1]) - 1)]


def _without_titles(rows: list[Row]) -> tuple[list[Row], list[str]]:
    """Return the rows from the first with several cells on, and the texts above it."""
    start = next((i for i, (_, cells) in enumerate(rows) if sum(map(bool, cells)) > 1), 0)
    titles = [next(filter(None, cells), "") for _, cells in rows[:start]]
    return (rows, []) if any(map(readings, titles)) else (rows[start:], titles)


def _of_one_width(rows: list[Row]) -> tuple[list[Row], int]:
    """Return the rows without empty columns at either end, and the number of cells that all of them have."""
    if not rows:
        raise InputError(_NO_ROWS, _ROWS, "0")
    width = Counter(len(cells) for _, cells in rows).most_common(1)[0][0]
    (line, first), *others = rows
    longer = others and all(len(cells) == width for _, cells in others) and any(cells[-1] for _, cells in others)
    if len(first) == width - 1 and longer:
        rows = [(line, ["", *first]), *others]  # R leaves out the name of the row names
    used = max(_used(cells) for _, cells in rows)
    if 0 < used < width:
        width, rows = used, [(line, cells[:used]) for line, cells in rows]
    for line, cells in rows:
        if len(cells) != width:
            raise InputError(_RAGGED.format(line), Text("{} cells", "{} 列").format(width), len(cells))
    start = next((k for k in range(width) if any(cells[k] for _, cells in rows)), 0)
    return [(line, cells[start:]) for line, cells in rows], width - start


def _used(cells: Sequence[str]) -> int:
    """Return the number of cells up to the last that is not empty."""
    return next((k + 1 for k in reversed(range(len(cells))) if cells[k]), 0)


def _header(rows: Sequence[Sequence[str]]) -> tuple[bool, bool]:
    """Return whether the first row names the columns, and whether it numbers them.

    It names them where a cell of it is no number, unless each such cell stands again below and others are numbers.
    """
    first, below = rows[0], rows[1:]
    numbers = [cell for cell in first if cell]
    numbered = numbers in ([str(i) for i in range(len(numbers))], [str(i) for i in range(1, len(numbers) + 1)])
    numbered = numbered and len(first) > 2 and len(rows) > 2 and rows[1] != first
    texts = [k for k, cell in enumerate(first) if cell and not readings(cell) and not _INFINITE.fullmatch(cell)]
    repeated = bool(below) and all(any(row[k] == first[k] for row in below) for k in texts)
    return numbered or (bool(texts) and not (repeated and len(texts) < len(numbers))), numbered


def _distinct(names: Sequence[str], header: bool) -> list[str]:
    seen: Counter[str] = Counter()
    made = []
    for place, name in enumerate(names, 1):
        seen[name] += 1
        plain = name if header and name else ("" if header and place == 1 else str(place))
        made.append(f"{plain} {seen[name]}" if seen[name] > 1 and name else plain)
    return made


def without_signs(names: Sequence[str], columns: list[tuple[str, ...]]) -> tuple[list[tuple[str, ...]], list[Text]]:
    """Return columns of numbers without the sign of a unit that all of their cells have, and remarks."""
    made, said = [], []
    for name, cells in zip(names, columns, strict=True):
        held = [cell for cell in cells if cell]
        sign = next((sign for sign in _UNITS if held and all(sign in (cell[0], cell[-1]) for cell in held)), "")
        bare = tuple(cell.strip(sign).strip() for cell in cells) if sign else cells
        usable = sign and all(readings(cell) for cell in bare if cell)
        made.append(bare if usable else cells)
        said += [_SIGNS.format(sign, echo(name))] if usable else []
    return made, said
