"""Sheets: tables as spreadsheets and programs write them, in any usual encoding, taken apart into named columns.

What stands around the table is left out and said: a `sep=` line, comments, titles, a count on top, empty columns at
either end, and a column that only counts the rows. A gzip file, or a zip archive of one table, is unpacked.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from engine.core import InputError, Row, Text, echo, first_few, readings
from engine.data.datasets import MOST_SAMPLES
from engine.data.table import MOST_CHARACTERS
from engine.data.table_texts import no_table, text_of, too_large, too_wide
from engine.data.tidying import tidied, without_signs
from engine.untrusted import MOST_COLUMNS, kind_of, printed_arrays

_DELIMITERS = "\t;|,"
_SEPARATOR = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
_ERRORS = ("#div/0!", "#n/a", "#name?", "#null!", "#num!", "#ref!", "#value!")  # of a spreadsheet
_COMMENT = re.compile(rf"\s*(?:#(?!{'|'.join(re.escape(error[1:]) for error in _ERRORS)})|%|//)+", re.IGNORECASE)
_DRAWN = re.compile(r"(?=.*[-=─═━]{3})[\s+|:┌┬┐└┴┘├┼┤╞╪╡╭╮╰╯─═━=-]*+")  # lines of a printed table
_BARS = str.maketrans("│┆║", "|||")
_PADDED = re.compile(r"\S {2,}\S")
_PRINTED = re.compile(r"\s*(?:[A-Za-z]\w{0,30}\s*=\s*)?(?:[a-z.]{0,12}(?:array|tensor|matrix)\(\s*)?\[\s*\[")
_COUNTS = re.compile(
    r"|unnamed: 0|\w*id|index|s?\.?no\.?|nr\.?|#|row\w*|sample|obs\w*|case|record|序号|编号|样本|行号", re.IGNORECASE
)
GAPS = frozenset({"", "na", "n/a", "nan", "null", "none", "?", "-", "--", "nil", ".", "missing", *_ERRORS})
_SAMPLE, _ABOVE = 50, 10  # lines above the samples, such as a header
_MOST_LINES, _MOST_CELLS = 100_000, 1_000_000  # with the empty ones
_COUNTED = Text("The column {} only numbers the rows and was ignored.", "列 {} 只是行号，未读入。")
_NAMING = Text("The column {} only names the rows and was ignored.", "列 {} 只是行名，未读入。")
_DOTS = {"…", "...", "..", ""}
_SHORTENED = Text("rows were omitted when this table was printed", "打印这个表格时省略了一些行")
_WHOLE = Text("the whole table, as to_csv or write_csv writes it", "完整的表格，如 to_csv 或 write_csv 所写")
_COMMENTED = Text("Lines that begin with {} were ignored: {}.", "以 {} 开头的行未读入：{}。")
_LEAST_COUNTED = 5  # rows of a table without names, before a column that counts them is taken for their numbers


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
    parted = _parted(text)
    if not parted.rows:
        raise no_table(kind_of(data))
    if len(parted.rows) > most + _ABOVE:
        raise too_large(f"{len(parted.rows):,}")
    if (widest := max(len(row) for _, row in parted.rows)) > MOST_COLUMNS:
        raise too_wide(MOST_COLUMNS, f"{widest:,}")
    tidy = tidied([(line, [_bare(cell, gaps) for cell in row]) for line, row in parted.rows])
    columns, remarks = without_signs(tidy.names, list(zip(*(cells for _, cells in tidy.rows), strict=True)))
    said = (*said, *parted.said, *tidy.said, *remarks)
    lines = tuple(line for line, _ in tidy.rows)
    found = Sheet(tuple(tidy.names), tuple(columns), parted.delimiter, tidy.classes, said, lines)
    return _without_counts(found, tidy.named)


class _Parted(NamedTuple):
    """Rows of a text that are not empty, each with its line, the sign between cells, and remarks."""

    rows: list[Row]
    delimiter: str
    said: tuple[Text, ...] = ()


def _bare(cell: str, gaps: Collection[str]) -> str:
    bare = cell.strip()
    return "" if bare.lower() in gaps else bare


def _parted(text: str) -> _Parted:
    """Return the rows of a text, and the sign between cells: that which parts most lines alike."""
    if len(text) > MOST_CHARACTERS:
        raise too_large(f"{len(text):,}")
    lines = text.translate(_BARS).splitlines(keepends=True)
    if len(lines) > _MOST_LINES:
        raise too_large(f"{len(lines):,}")
    if _PRINTED.match(text) and len(found := printed_arrays(text)) == 1 and len(found[0].shape) > 1:
        return _Parted([(i, list(row)) for i, row in enumerate(found[0].rows, 1)], "\t")
    told = _SEPARATOR.fullmatch(lines[0].rstrip("\r\n")) if lines else None
    comments = [i for i, line in enumerate(lines) if _COMMENT.match(line)]
    bare = {*comments, *(i for i, line in enumerate(lines) if _DRAWN.fullmatch(line)), *((0,) if told else ())}
    plain = ["\n" if i in bare else line for i, line in enumerate(lines)]
    delimiter = told[1] if told else _delimiter([line for line in plain if line.strip()][:_SAMPLE])
    rows = [(line, row) for line, row in _rows(plain, delimiter) if any(cell.strip() for cell in row)]
    cut = next((row for _, row in rows if len(row) > 1 and {cell.strip() for cell in row} <= _DOTS), None)
    if cut:
        raise InputError(_SHORTENED, _WHOLE, " ".join(cut))
    above = [i for i in comments if rows and i < rows[0][0]][-1:]
    names = [_cells(_COMMENT.sub("", lines[i], count=1), delimiter) for i in above]
    if names and _are_names(names[0], rows[0][1]):
        rows.insert(0, (above[0] + 1, names[0]))
        comments.remove(above[0])
    left_out = [lines[i].strip() for i in comments]
    signs = ", ".join(dict.fromkeys(_COMMENT.match(line)[0] for line in left_out))  # type: ignore[index]
    return _Parted(rows, delimiter, (_COMMENTED.format(signs, listed(left_out, 2)),) if left_out else ())


def _rows(lines: Sequence[str], delimiter: str) -> list[Row]:
    """Return lines as rows of cells, each with the number of the line in which it ends."""
    if delimiter == " ":
        return [(i, _cells(line, " ")) for i, line in enumerate(lines, 1)]
    return _parsed(io.StringIO("".join(lines), newline=""), delimiter)


def _parsed(lines: Iterable[str], delimiter: str) -> list[Row]:
    """Return lines as rows of cells; a cell that is too long, or a broken quote, makes them no table."""
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    rows: list[Row] = []
    left = _MOST_CELLS
    try:
        for cells in reader:
            left -= len(cells)
            if left < 0:
                raise too_large(f"> {_MOST_CELLS:,}")
            rows.append((reader.line_num, cells))
    except csv.Error as error:
        raise no_table(error) from None
    return rows


def _cells(line: str, delimiter: str) -> list[str]:
    """Return the cells of a single line; blanks and tabs between them, however many, count as one."""
    line = line.replace("\t", " ") if delimiter == " " else line
    return [cell.strip() for _, row in _parsed([line.strip()], delimiter) for cell in row]


def _are_names(cells: Sequence[str], first: Sequence[str]) -> bool:
    """Return whether the cells of a comment name the columns above whose first row it stands."""
    return len(cells) == len(first) and any(map(readings, first)) and not any(map(readings, cells))


def _delimiter(lines: Sequence[str]) -> str:
    """Return the sign between the cells of lines; a blank where cells are set out with blanks."""
    best = max(_DELIMITERS, key=lambda sign: _alike(lines, sign)) if lines else ","
    padded = best == "\t" and all(_PADDED.search(line) for line in lines)
    return " " if padded or _alike(lines, best) == 0 else best


def _alike(lines: Sequence[str], sign: str) -> float:
    """Share of lines with the most common number of cells, which have to be several, more cells counting more."""
    try:
        counts = Counter(len(row) for _, row in _parsed(lines, sign))
    except InputError:  # which is told where the rows are read
        return 0.0
    counts.pop(1, None)
    return max((count / len(lines) + n / 1e6 for n, count in counts.items()), default=0)


def _without_counts(sheet: Sheet, named: bool) -> Sheet:
    """Return the sheet without a first column whose name or place says that it counts or names the rows."""
    name, cells = sheet.names[0], sheet.cells[0]
    known = _COUNTS.fullmatch(name) if named else len(cells) >= _LEAST_COUNTED
    counting = bool(known) and _runs(cells, ("0", "1") if named else ("0",))
    if len(sheet.names) > 2 and len(cells) > 1 and (counting or (named and not name)):
        said = (*sheet.said, (_COUNTED if counting else _NAMING).format(echo(name or "1")))
        return replace(sheet, names=sheet.names[1:], cells=sheet.cells[1:], said=said)
    return replace(sheet, names=(name or "1", *sheet.names[1:]))


def _runs(cells: Sequence[str], starts: Collection[str]) -> bool:
    """Return whether cells count from one of some starts on."""
    start = cells[0]
    return start in starts and list(cells) == [str(int(start) + i) for i in range(len(cells))]


def listed(names: Sequence[str], most: int = 6) -> str:
    """Return the first few names in a row."""
    return ", ".join(first_few(map(echo, names), most))
