"""Sheets: tables as spreadsheets and programs write them, in any usual encoding, taken apart into named columns.

What stands around the table is left out and said: a `sep=` line, comments, a count on top, an empty last column, and a
column that only counts the rows.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from engine.core import InputError, Text, echo, first_few, readings
from engine.untrusted import MOST_BYTES, ZIP, as_text, kind_of, read_apart, told_by_beginning, too_large

_DELIMITERS = "\t;|,"
_ENCODINGS = ["gb18030", "cp1252", "big5", "cp932", "cp1251"]  # beside Unicode
_SEPARATOR = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
_COMMENT = re.compile(r"\s*(#|%|//)")
_COUNTS = ("", "id", "index", "no", "nr", "row", "序号", "编号")
_GAPS = {"", "na", "n/a", "nan", "null", "none", "?", "-", "--", "nil", ".", "#n/a", "missing"}
_SAMPLE, _LONGEST = 50, 10_000_000
_NO_TABLE = Text("this file is no table", "这个文件不是表格")
_TABLES = Text("CSV, TSV or XLSX: rows that all have the same number of cells", "CSV、TSV 或 XLSX：每行列数相同")
_ENCODED = Text("The text was read as {}.", "文本按 {} 编码读取。")
_COUNTED = Text("The column {} only counts the rows and was left out.", "列 {} 只是行号，未读入。")
_ON_TOP = Text(
    "The first line says how many rows and columns there are ({}) and was left out.",
    "首行只说明行数与列数（{}），未读入。",
)
_NUMBERED = Text("The first row numbers the columns.", "首行是列的编号。")
_RAGGED = Text("line {} of this table has another number of cells", "表格第 {} 行的列数不同")


@dataclass(frozen=True)
class Sheet:
    """A table of texts.

    Attributes
    ----------
    names : tuple of str
        The names of the columns.
    cells : tuple of tuple of str
        The columns; a gap is an empty text.
    delimiter : str
        The sign between the cells, on which depends what a comma in a number may be.
    classes : tuple of str
        The names of the classes 0, 1, … of the last column, where a line on top has them.
    said : tuple of Text
        Remarks on what was left out, and on the encoding.
    """

    names: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    delimiter: str
    classes: tuple[str, ...] = ()
    said: tuple[Text, ...] = ()


def read_sheet(data: bytes, name: str = "") -> Sheet:
    r"""Return the table in a file.

    Raises
    ------
    InputError
        Where it is none, with what it is instead.

    Examples
    --------
    >>> sheet = read_sheet("sep=;\n;Größe;Art\n0;1,5;a\n1;2,5;b\n".encode("latin-1"))
    >>> sheet.names, sheet.cells
    (('Größe', 'Art'), (('1,5', '2,5'), ('a', 'b')))
    """
    if len(data) > MOST_BYTES:
        raise too_large(f"{len(data):,} B")
    if data.startswith(ZIP) and b"xl/" in data:
        rows, delimiter = _of_workbook(data), "\t"
        said: tuple[Text, ...] = ()
    else:
        text, said = _decoded(data, name)
        rows, delimiter = _parted(text)
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise InputError(_NO_TABLE, _TABLES, kind_of(data).en)
    return _sheet([[_bare(cell) for cell in row] for row in rows], delimiter, said)


def _bare(cell: str) -> str:
    bare = cell.strip()
    return "" if bare.lower() in _GAPS else bare


def _of_workbook(data: bytes) -> list[list[str]]:
    try:
        return read_apart("workbook", data, "openpyxl")[1]["rows"]
    except ImportError:
        install = Text(
            "after “pip install openpyxl”, or the table as CSV", "先执行“pip install openpyxl”，或另存为 CSV"
        )
        raise InputError(
            Text("to read Excel the package openpyxl is needed", "读取 Excel 需要软件包 openpyxl"), install, ".xlsx"
        ) from None
    except InputError:
        raise
    except ValueError as error:
        raise InputError(_NO_TABLE, _TABLES, error) from None


def _decoded(data: bytes, name: str) -> tuple[str, tuple[Text, ...]]:
    """Return bytes as text, and a remark where the encoding is none of Unicode."""
    if told_by_beginning(data):
        raise InputError(_NO_TABLE, _TABLES, f"{name}: {kind_of(data).en}".removeprefix(": "))
    wide = data[1:400:2].count(0) > 100 or (len(data) > 8 and not data[1:8:2].strip(b"\0"))
    text = data.decode("utf-16-le", "replace") if wide and data[:2] != b"\xff\xfe" else as_text(data)
    if text is not None:
        return text.lstrip("\ufeff"), ()
    found = import_module("charset_normalizer").from_bytes(data[:200_000], cp_isolation=_ENCODINGS).best()
    if found is None or b"\0" in data[:1000]:
        raise InputError(_NO_TABLE, _TABLES, kind_of(data).en)
    label = {"gb18030": "GBK", "cp1252": "Latin-1", "cp932": "Shift-JIS"}.get(found.encoding, found.encoding)
    return data.decode(found.encoding, "replace"), (_ENCODED.format(label),)


def _parted(text: str) -> tuple[list[list[str]], str]:
    """Return the rows of a text, and the sign between the cells: that which parts most lines alike."""
    if len(text) > _LONGEST:
        raise too_large(f"{len(text):,}")
    lines = text.splitlines(keepends=True)
    told = _SEPARATOR.fullmatch(lines[0].rstrip("\r\n")) if lines else None
    lines = [line for line in lines[bool(told) :] if not _COMMENT.match(line)]
    plain = [line for line in lines if line.strip()][:_SAMPLE]
    delimiter = told[1] if told else max(_DELIMITERS, key=lambda sign: _alike(plain, sign)) if plain else ","
    if not told and _alike(plain, delimiter) == 0:
        return [line.split() for line in lines], " "
    try:
        return list(
            csv.reader(io.StringIO("".join(lines), newline=""), delimiter=delimiter, skipinitialspace=True)
        ), delimiter
    except csv.Error as error:
        raise InputError(_NO_TABLE, _TABLES, error) from None


def _alike(lines: Sequence[str], sign: str) -> float:
    """Share of lines with the most common number of cells, which have to be several, more cells counting more."""
    counts = Counter(len(row) for row in csv.reader(lines, delimiter=sign, skipinitialspace=True))
    counts.pop(1, None)
    return max((count / len(lines) + n / 1e6 for n, count in counts.items()), default=0)


def _sheet(rows: list[list[str]], delimiter: str, said: tuple[Text, ...]) -> Sheet:
    classes: tuple[str, ...] = ()
    if _is_count(rows):
        said += (_ON_TOP.format(echo(", ".join(rows[0][:2]))),)
        classes = tuple(cell for cell in rows[0][2:] if cell)
        rows = rows[1:]
    width = Counter(map(len, rows)).most_common(1)[0][0]
    if len(rows[0]) == width - 1 and all(len(row) == width for row in rows[1:]):
        rows[0] = ["", *rows[0]]  # R leaves out the name of the row names
    while width > 1 and all(len(row) < width or not row[width - 1] for row in rows):
        width, rows = width - 1, [row[: width - 1] for row in rows]
    for line, row in enumerate(rows, 1):
        if len(row) != width:
            raise InputError(_RAGGED.format(line), Text("{} cells", "{} 列").format(width), len(row))
    numbers = [cell for cell in rows[0] if cell]
    counted = numbers in ([str(i) for i in range(len(numbers))], [str(i) for i in range(1, len(numbers) + 1)])
    counted = counted and width > 2 and len(rows) > 2 and rows[1] != rows[0]
    header = counted or not all(readings(cell) for cell in rows[0] if cell)
    if counted:
        said += (_NUMBERED,)
    names = _distinct(rows[0] if header else [""] * width, header)
    columns = list(zip(*(rows[1:] if header else rows), strict=True))
    return _without_counts(names, columns, delimiter, classes, said)


def _is_count(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row only says how many samples and inputs there are, as scikit-learn's files do."""
    first = rows[0]
    return len(first) > 1 and len(rows) > 2 and first[:2] == [str(len(rows) - 1), str(len(rows[1]) - 1)]


def _distinct(names: Sequence[str], header: bool) -> list[str]:
    seen: Counter[str] = Counter()
    made = []
    for place, name in enumerate(names, 1):
        seen[name] += 1
        plain = name if header and name else ("" if header and place == 1 else str(place))
        made.append(f"{plain} {seen[name]}" if seen[name] > 1 and name else plain)
    return made


def _without_counts(
    names: list[str], columns: list[tuple[str, ...]], delimiter: str, classes: tuple[str, ...], said: tuple[Text, ...]
) -> Sheet:
    """Return the sheet without a column whose name or place says that it counts the rows."""
    kept = []
    for place, (name, cells) in enumerate(zip(names, columns, strict=True)):
        counts = name.lower().removeprefix("unnamed: 0") in _COUNTS and place == 0 and len(cells) > 1
        if counts and len(columns) > 2 and (_runs(cells) or not name):
            said += (_COUNTED.format(echo(name or "1")),)
        else:
            kept.append((name or str(place + 1), cells))
    return Sheet(tuple(name for name, _ in kept), tuple(cells for _, cells in kept), delimiter, classes, said)


def _runs(cells: Sequence[str]) -> bool:
    """Return whether cells count from 0 or from 1."""
    start = cells[0]
    return start in ("0", "1") and list(cells) == [str(int(start) + i) for i in range(len(cells))]


def listed(names: Sequence[str]) -> str:
    """Return the first few names in a row."""
    return ", ".join(first_few(map(echo, names), 6))
