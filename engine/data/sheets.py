"""Sheets: tables as spreadsheets and programs write them, in any usual encoding, taken apart into named columns.

What stands around the table is left out and said: a `sep=` line, comments, titles, a count on top, empty columns at
either end, and a column that only counts the rows. A gzip file, or a zip archive of one table, is unpacked.
"""

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from importlib import import_module

from engine.core import InputError, Text, echo, first_few
from engine.data.datasets import MOST_SAMPLES
from engine.data.table import MOST_CHARACTERS, SIZE_CAP, TOO_LARGE
from engine.data.tidying import tidied, without_signs
from engine.untrusted import (
    GZIP,
    MOST_BYTES,
    ZIP,
    as_text,
    gunzipped,
    kind_of,
    read_apart,
    told_by_beginning,
    unzipped,
)

_DELIMITERS = "\t;|,"
_ENCODINGS = ["gb18030", "cp1252", "big5", "cp932", "cp1251"]  # beside Unicode
_SEPARATOR = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
_MARKED_UP = re.compile(r"\ufeff?\s*(?:(?P<xml><\?xml)|\{\s*\"|\[\s*\{)")
_COMMENT = re.compile(r"\s*(#|%|//)")
_COUNTS = ("", "id", "index", "no", "nr", "row", "序号", "编号")
GAPS = frozenset({"", "na", "n/a", "nan", "null", "none", "?", "-", "--", "nil", ".", "#n/a", "missing"})
_SAMPLE, _ABOVE = 50, 10  # lines above the samples, such as a header
_NO_TABLE = Text("this file is not a table", "这个文件不是表格")
_TABLES = Text("CSV, TSV or XLSX: rows that all have the same number of cells", "CSV、TSV 或 XLSX：每行列数相同")
_ENCODED = Text("The text was read as {}.", "文本按 {} 编码读取。")
_COUNTED = Text("The column {} only numbers the rows and was ignored.", "列 {} 只是行号，未读入。")
_IN_ZIP = (".csv", ".tsv", ".txt", ".data", ".xlsx")


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
    lines : tuple of int
        The line of the file in which each row of cells ends.
    """

    names: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    delimiter: str
    classes: tuple[str, ...] = ()
    said: tuple[Text, ...] = ()
    lines: tuple[int, ...] = ()


def read_sheet(data: bytes, name: str = "", gaps: Collection[str] = GAPS, most: int = MOST_SAMPLES) -> Sheet:
    r"""Return the table in a file, of at most so many rows; cells that say one of `gaps` are empty.

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
    text, said = text_of(data, name)
    numbered, delimiter = _parted(text)
    numbered = [(line, row) for line, row in numbered if any(cell.strip() for cell in row)]
    if not numbered:
        raise InputError(_NO_TABLE, _TABLES, kind_of(data).en)
    if len(numbered) > most + _ABOVE:
        raise _too_large(f"{len(numbered):,}")
    tidy = tidied([(line, [_bare(cell, gaps) for cell in row]) for line, row in numbered])
    columns, remarks = without_signs(tidy.names, list(zip(*(cells for _, cells in tidy.rows), strict=True)))
    found = _without_counts(tidy.names, columns, delimiter, tidy.classes, (*said, *tidy.said, *remarks))
    return replace(found, lines=tuple(line for line, _ in tidy.rows))


def text_of(data: bytes, name: str = "") -> tuple[str, tuple[Text, ...]]:
    """Text of the table in a file, that of a workbook parted by tabs, and a remark where it is not in Unicode."""
    if len(data) > MOST_BYTES:
        raise _too_large(f"{len(data):,} B")
    data = _unpacked(data)
    if not (data.startswith(ZIP) and b"xl/" in data):
        return _decoded(data, name)
    held = io.StringIO()
    csv.writer(held, delimiter="\t", lineterminator="\n").writerows(_of_workbook(data))
    return held.getvalue(), ()


def _unpacked(data: bytes) -> bytes:
    """Return a table that is gzipped, or the only one in a zip archive; any other file as it is."""
    try:
        if data.startswith(GZIP):
            return gunzipped(data, error=_too_large)
        if data.startswith(ZIP) and b"xl/" not in data:
            tables = [held for name, held in unzipped(data).items() if name.lower().endswith(_IN_ZIP)]
            return tables[0] if len(tables) == 1 else data
    except InputError as error:
        raise _too_large(error.received) from None
    except (zlib.error, zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, EOFError, ValueError):
        pass  # which is told as what it begins like
    return data


def _too_large(received: object) -> InputError:
    return InputError(TOO_LARGE, SIZE_CAP, received)


def _bare(cell: str, gaps: Collection[str]) -> str:
    bare = cell.strip()
    return "" if bare.lower() in gaps else bare


def _of_workbook(data: bytes) -> list[list[str]]:
    try:
        return read_apart("workbook", data, "openpyxl")[1]["rows"]
    except ImportError:
        install = Text(
            "after “pip install openpyxl”, or the table as CSV", "先执行“pip install openpyxl”，或另存为 CSV"
        )
        raise InputError(
            Text("reading Excel files requires the package openpyxl", "读取 Excel 需要软件包 openpyxl"),
            install,
            ".xlsx",
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
        if told := _MARKED_UP.match(text):
            raise InputError(_NO_TABLE, _TABLES, f"{name}: {'XML' if told['xml'] else 'JSON'}".removeprefix(": "))
        return text.lstrip("\ufeff"), ()
    found = import_module("charset_normalizer").from_bytes(data[:200_000], cp_isolation=_ENCODINGS).best()
    if found is None or b"\0" in data[:1000]:
        raise InputError(_NO_TABLE, _TABLES, kind_of(data).en)
    label = {"gb18030": "GBK", "cp1252": "Latin-1", "cp932": "Shift-JIS"}.get(found.encoding, found.encoding)
    return data.decode(found.encoding, "replace"), (_ENCODED.format(label),)


def _parted(text: str) -> tuple[list[tuple[int, list[str]]], str]:
    """Return the rows of a text with their lines, and the sign between cells: that which parts most lines alike."""
    if len(text) > MOST_CHARACTERS:
        raise _too_large(f"{len(text):,}")
    lines = text.splitlines(keepends=True)
    told = _SEPARATOR.fullmatch(lines[0].rstrip("\r\n")) if lines else None
    lines = ["\n" if _COMMENT.match(line) or (told and not i) else line for i, line in enumerate(lines)]
    plain = [line for line in lines if line.strip()][:_SAMPLE]
    delimiter = told[1] if told else max(_DELIMITERS, key=lambda sign: _alike(plain, sign)) if plain else ","
    if not told and _alike(plain, delimiter) == 0:
        return [(i, line.split()) for i, line in enumerate(lines, 1)], " "
    reader = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=delimiter, skipinitialspace=True)
    try:
        return [(reader.line_num, row) for row in reader], delimiter
    except csv.Error as error:
        raise InputError(_NO_TABLE, _TABLES, error) from None


def _alike(lines: Sequence[str], sign: str) -> float:
    """Share of lines with the most common number of cells, which have to be several, more cells counting more."""
    try:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=sign, skipinitialspace=True))
    except csv.Error:  # a cell is too long, which is told where the rows are read
        return 0.0
    counts.pop(1, None)
    return max((count / len(lines) + n / 1e6 for n, count in counts.items()), default=0)


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
