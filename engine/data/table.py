"""Tables of one's own: CSV text or pasted rows, checked cell by cell."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from engine.core import (
    DECIMAL_SIGNS,
    ONE_SIGN,
    InputError,
    Row,
    Text,
    as_tuple,
    echo,
    first_few,
    is_whole,
    lookup,
    names,
    parse_number,
    readings,
    signs_of,
    with_sign,
)
from engine.data.datasets import MOST_SAMPLES

MOST_COLUMNS = 100
MOST_CHARACTERS = 5_000_000
SIZE_CAP = Text(
    f"at most {MOST_SAMPLES:,} rows, {MOST_COLUMNS} columns and {MOST_CHARACTERS:,} characters",
    f"至多 {MOST_SAMPLES:,} 行、{MOST_COLUMNS} 列、{MOST_CHARACTERS:,} 个字符",
)
_MOST_LINES = 10 * MOST_SAMPLES  # with the empty ones
_MOST_LISTED = 20  # columns in a complaint
_DELIMITERS = "\t;,"
_PLAIN = set("0123456789.,eE+-")
DECIMAL_SIGN = Text("decimal sign", "小数点")
_NO_TABLE = Text("not a table", "这不是表格")
TOO_LARGE = Text("the table is too large", "表格太大")
_AT_LEAST = Text("at least one row and two columns, one of them a target", "至少一行两列，其中一列是目标")


@dataclass(frozen=True, eq=False)
class Table:
    """A table of numbers, parted into inputs and targets.

    Attributes
    ----------
    x, y : ndarray of shape (m, n_0) and (m, n_L)
    inputs, targets : tuple of str
        The names of their columns.
    taken : Text or None
        A remark on the decimal sign, where numbers in it have two readings and others show which is meant.
    """

    x: NDArray
    y: NDArray
    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    taken: Text | None = None


def read_table(
    text: str, targets: Sequence[str | int] | None = None, header: bool | None = None, decimal: str | None = None
) -> Table:
    r"""Read a table from CSV text.

    Cells are parted by tabs, semicolons, commas or blanks, whichever the first row has. Numbers may have decimal
    commas, and commas or points between their thousands.

    Parameters
    ----------
    text : str
        At most 10,000 rows, 100 columns and 5,000,000 characters. Empty rows are left out.
    targets : sequence of str or int, optional
        Names of columns, or their numbers from 1; the last column unless given.
    header : bool, optional
        Whether the first row names the columns; unless given, it does where one of its cells is no number.
    decimal : {"point", "comma"}, optional
        The decimal sign of numbers that can be read in two ways: 221,900 is 221900 with a point, 221.9 with a comma.
        Needed only where no other number shows it.

    Raises
    ------
    AmbiguousError
        For a number that can be read in two ways, where nothing tells which is meant.
    InputError
        For an empty, ragged or too large table, a cell that is no number (with its row and column), or a target that
        is no column.

    Examples
    --------
    >>> table = read_table("a,b,label\n0,0.5,1\n1,2,0")
    >>> table.inputs, table.targets, table.y.ravel().tolist()
    (('a', 'b'), ('label',), [1.0, 0.0])
    """
    if decimal is not None:
        lookup(DECIMAL_SIGN, DECIMAL_SIGNS, decimal)
    rows, delimiter = _rows(text)
    (_, first), *_ = rows
    if header is None:
        header = not all(map(readings, first))
    columns = tuple(cell.strip() or str(k) for k, cell in enumerate(first, 1)) if header else _numbered(len(first))
    values, taken = _values(rows[1:] if header else rows, columns, delimiter, decimal)
    chosen = _chosen(columns, targets)
    others = [k for k in range(len(columns)) if k not in chosen]
    if not others or not len(values):
        problem = Text("this table contains no training data", "表格中没有可用于训练的数据")
        raise InputError(problem, _AT_LEAST, f"{len(values)} × {len(columns)}")
    inputs, outputs = (tuple(columns[k] for k in part) for part in (others, chosen))
    return Table(values[:, others], values[:, chosen], inputs, outputs, taken)


def _rows(text: str) -> tuple[list[Row], str]:
    """Return the rows that are not empty, each with the number of its line, and the delimiter of their cells."""
    if not isinstance(text, str):
        raise InputError(_NO_TABLE, _AT_LEAST, text)
    if len(text) > MOST_CHARACTERS:
        received = Text("{:,} characters", "{:,} 个字符").format(len(text)).en
        raise InputError(TOO_LARGE, SIZE_CAP, received)
    text = text.lstrip("\ufeff")
    first = next((line for line in islice(io.StringIO(text, newline=None), _MOST_LINES) if line.strip()), "")
    delimiter = next((sign for sign in _DELIMITERS if sign in first), " ")
    blanks = delimiter == " "
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    rows = []
    try:
        for cells in reader:
            kept = [cell for cell in cells if cell] if blanks else cells
            if any(cell.strip() for cell in kept):
                rows.append((reader.line_num, kept))
            if len(rows) > MOST_SAMPLES + 1 or len(kept) > MOST_COLUMNS or reader.line_num > _MOST_LINES:
                raise InputError(TOO_LARGE, SIZE_CAP, f"line {reader.line_num}")
    except csv.Error as error:
        problem = Text("line {} cannot be read", "第 {} 行无法读取").format(reader.line_num)
        raise InputError(problem, Text("plain rows of numbers", "普通的数字行"), error) from None
    if not rows:
        raise InputError(_NO_TABLE, _AT_LEAST, text)
    return rows, delimiter


def _numbered(count: int) -> tuple[str, ...]:
    return tuple(str(k) for k in range(1, count + 1))


def _values(
    rows: list[Row], columns: tuple[str, ...], delimiter: str, decimal: str | None
) -> tuple[NDArray, Text | None]:
    """Return the numbers of a table, and a remark on a decimal sign that was assumed."""
    if len(rows) > MOST_SAMPLES:
        raise InputError(TOO_LARGE, SIZE_CAP, f"{len(rows)}")
    for line, cells in rows:
        if len(cells) != len(columns):
            problem = Text("line {} has a different number of cells", "第 {} 行的列数不同").format(line)
            raise InputError(problem, Text("{} cells", "{} 列").format(len(columns)), len(cells))
    signs, taken = signs_of(rows, columns, delimiter, decimal)
    values = np.empty((len(rows), len(columns)))
    for i, (line, cells) in enumerate(rows):
        for k, cell in enumerate(cells):
            values[i, k] = _number(cell, line, columns[k], signs[k])
    return values, taken


def _number(cell: str, line: int, column: str, sign: str | None) -> float:
    """Return the number in a cell, by the decimal sign of its column, or raise `InputError` where it is none."""
    if sign and ONE_SIGN.fullmatch(cell):
        return with_sign(cell, sign)
    try:
        if _PLAIN.issuperset(cell) and isfinite(value := float(cell.replace(",", "."))):
            return value  # far quicker than to read all that people type
    except ValueError:
        pass
    for value in readings(cell).values():
        return value
    try:
        return parse_number(cell)
    except InputError as error:
        where = Text("line {}, column {}", "第 {} 行，列 {}").format(line, echo(column))
        raise InputError(Text("{}: {}", "{}：{}").format(where, error.problem), error.allowed, cell) from None


def _chosen(columns: tuple[str, ...], targets: Sequence[str | int] | None) -> list[int]:
    """Return the column numbers of the targets, in the order of the table."""
    if targets is None:
        return [len(columns) - 1]
    found = column_places(columns, (targets,) if isinstance(targets, str) else as_tuple(targets))
    if not found:
        raise InputError(Text("no target column is chosen", "没有选择目标列"), _listed(columns), targets)
    return found


def column_places(columns: Sequence[str], chosen: Iterable[object]) -> list[int]:
    """Places of columns by name, or by number from 1, in the order of the table; `InputError` for what is none."""
    return sorted({_place(columns, one) for one in chosen})


def _listed(columns: Sequence[str]) -> Text:
    """Return the names of columns; of many only the first."""
    return names(first_few(map(echo, columns), _MOST_LISTED))


def _place(columns: Sequence[str], target: object) -> int:
    if isinstance(target, str) and target in columns:
        return list(columns).index(target)
    if is_whole(target) and 1 <= target <= len(columns):
        return int(target) - 1
    raise InputError(Text("there is no such column", "没有这一列"), _listed(columns), target)
