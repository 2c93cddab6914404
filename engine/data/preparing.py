"""Preparation of a sheet for a training: classes as columns, and gaps.

The result is a plain table of numbers as text, with the names of columns and classes in its header, so that a link, a
saved run and a reader have the same; and remarks on all that was done.
"""

import csv
import io
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.core import InputError, Text, echo, readings
from engine.data.columns import Column, columns_of, usual_target
from engine.data.sheets import Sheet, listed
from engine.data.table import MOST_COLUMNS
from engine.data.table_texts import too_wide

_FEW, _WIDE = 10, 10.0
_MOST_DROPPED = 0.2  # of the rows, for gaps; beyond it they are filled
_LEFT_OUT = Text("Ignored, because they are neither numbers nor classes: {}.", "既不是数也不是类别，未读入：{}。")
_CLASSES = Text("{}: the classes {} are columns of 0 and 1.", "{}：类别 {} 各成一列 0/1。")
_TWO = Text("{} is 1 for {} and 0 for {}.", "{}：{} 记为 1，{} 记为 0。")
_DROPPED = Text("{} of {} rows have gaps ({}) and were ignored.", "{1} 行中有 {0} 行存在空缺（{2}），未读入。")
_FILLED = Text("Gaps in {} were filled by the median of the column: {}.", "{} 中的空缺以该列中位数填补：{}。")
_NOTHING = Text("this table contains no training data", "表格中没有可用于训练的数据")
_NEEDED = Text("two or more columns of numbers or classes, one a target", "至少两列数或类别，其中一列是目标")


@dataclass(frozen=True)
class Prepared:
    """Table ready for a training.

    Attributes
    ----------
    text : str
        The table of numbers as text, with a header, each row in the line that it had.
    targets : tuple of int
        The numbers of its target columns, from 1.
    said : tuple of Text
        Remarks on what was done.
    differs : bool
        Whether the ranges of the inputs differ so much that they are better standardised.
    output : str
        The activation whose outputs suit the targets.
    classes : tuple of str
        The names of the classes, in their order; none where the targets are amounts.
    chosen : tuple of str
        The columns of the sheet that are targets.
    """

    text: str
    targets: tuple[int, ...]
    said: tuple[Text, ...]
    differs: bool
    output: str
    classes: tuple[str, ...]
    chosen: tuple[str, ...]


class _Part(NamedTuple):
    """Column of the table that is made."""

    name: str
    cells: Sequence[str]
    is_goal: bool


class _Made(NamedTuple):
    """Columns that one column becomes, the classes in it, and a remark."""

    names: list[str]
    block: list[list[str]]
    classes: list[str]
    said: list[Text]


def prepared(sheet: Sheet, targets: Collection[str] = (), left_out: Collection[str] = ()) -> Prepared:
    r"""Return a table for a training.

    Parameters
    ----------
    sheet : Sheet
    targets, left_out : collection of str
        Names of columns; the usual target, and none, unless given.

    Raises
    ------
    InputError
        Where nothing is left to learn from.

    Examples
    --------
    >>> from engine.data.sheets import read_sheet
    >>> made = prepared(read_sheet(b"size,kind\n1,a\n2,b\n3,a\n4,b\n"))
    >>> made.text.splitlines()[:2], made.targets, made.classes
    (['size,kind = b', '1,0'], (2,), ('a', 'b'))
    """
    columns, said = _usable(sheet, left_out)
    chosen = [name for name in targets if name in {column.name for column in columns}] or [usual_target(columns)]
    inputs = [column for column in columns if column.name not in chosen]
    if not inputs or not chosen[0]:
        raise InputError(_NOTHING, _NEEDED, listed(sheet.names))
    cells = dict(zip(sheet.names, sheet.cells, strict=True))
    rows, remarks = _kept(columns, cells, chosen)
    made: dict[str, _Made] = {}
    for column in columns:
        made[column.name] = _made(column, [cells[column.name][i] for i in rows], sheet, chosen)
        if sum(len(each.names) for each in made.values()) > MOST_COLUMNS:
            raise too_wide(MOST_COLUMNS, f"> {MOST_COLUMNS}")
    said += remarks + [words for each in made.values() for words in each.said]
    parts = _parts(made, chosen)
    goals = [part for part in parts if part.is_goal]
    lines = sheet.lines or tuple(range(2, len(sheet.cells[0]) + 2))
    return Prepared(
        _written(parts, sheet.delimiter, [lines[i] for i in rows]),
        tuple(place for place, part in enumerate(parts, 1) if part.is_goal),
        tuple(said),
        _differ(inputs),
        _output([part.cells for part in goals]),
        tuple(made[chosen[0]].classes) if len(chosen) == 1 else (),
        tuple(chosen),
    )


def _usable(sheet: Sheet, left_out: Collection[str]) -> tuple[list[Column], list[Text]]:
    """Return the columns that numbers can be made of, and remarks on the others."""
    columns = [column for column in columns_of(sheet) if column.name not in left_out]
    texts = [column.name for column in columns if column.kind == "text"]
    said = list(sheet.said) + ([_LEFT_OUT.format(listed(texts))] if texts else [])
    return [column for column in columns if column.kind != "text"], said


def _parts(made: Mapping[str, _Made], chosen: Collection[str]) -> list[_Part]:
    """Return the columns of the table that is made, the targets last."""
    parts = [
        _Part(column, cells, name in chosen)
        for name, each in made.items()
        for column, cells in zip(each.names, each.block, strict=True)
    ]
    return sorted(parts, key=lambda part: part.is_goal)


def _output(goals: Sequence[Sequence[str]]) -> str:
    """Name of the activation whose outputs reach the targets, and tell classes apart where they are classes."""
    values = {cell for cells in goals for cell in cells}
    if values <= {"0", "1"}:
        return "softmax" if len(goals) > 1 else "sigmoid"
    return "tanh" if values <= {"-1", "1"} else "linear"


def _kept(
    columns: Sequence[Column], cells: dict[str, tuple[str, ...]], goals: Sequence[str]
) -> tuple[list[int], list[Text]]:
    """Return the rows that are kept, and remarks: those with gaps are left out where they are few, else filled."""
    count = len(cells[columns[0].name])
    gappy = [column for column in columns if column.gaps]
    holes = {i for column in gappy for i, cell in enumerate(cells[column.name]) if not cell}
    if not holes:
        return [*range(count)], []
    told = ", ".join(f"{echo(column.name)} {column.gaps}" for column in gappy[:6])
    if len(holes) <= _MOST_DROPPED * count:
        return [i for i in range(count) if i not in holes], [_DROPPED.format(len(holes), count, told)]
    bare = {i for name in goals for i, cell in enumerate(cells[name]) if not cell}
    filled = []
    for column in gappy:
        if column.name not in goals:
            value = _usual(column, cells[column.name])
            cells[column.name] = tuple(cell or value for cell in cells[column.name])
            filled.append(f"{echo(column.name)} = {value}")
    said = [
        _FILLED.format(listed([column.name for column in gappy if column.name not in goals]), ", ".join(filled[:6]))
    ]
    said += [_DROPPED.format(len(bare), count, ", ".join(map(echo, goals)))] if bare else []
    return [i for i in range(count) if i not in bare], said


def _usual(column: Column, cells: Sequence[str]) -> str:
    """Median of a column of numbers, as one of its cells; of classes the most common one."""
    held = [cell for cell in cells if cell]
    if column.kind == "class":
        return Counter(held).most_common(1)[0][0]
    return sorted(held, key=lambda cell: next(iter(readings(cell).values())))[(len(held) - 1) // 2]


def _made(column: Column, cells: Sequence[str], sheet: Sheet, chosen: Collection[str]) -> _Made:
    """Return the columns that one column becomes: itself, one for two classes, or one for each class."""
    is_goal = column.name in chosen
    labels = sheet.classes if is_goal and column.name == sheet.names[-1] else ()
    values = list(column.values) if column.kind == "class" else _labels(cells) if is_goal else []
    if not values or len(set(cells)) < 2:
        return _Made([column.name], [list(cells)], [], [])
    named = [labels[i] if len(labels) == len(values) else value for i, value in enumerate(values)]
    if len(values) == 2:
        return _of_two(column.name, cells, values, named)
    block = [["1" if cell == value else "0" for cell in cells] for value in values]
    said = _CLASSES.format(echo(column.name), listed(named))
    return _Made([f"{column.name} = {name}" for name in named], block, named, [said])


def _of_two(name: str, cells: Sequence[str], values: Sequence[str], named: list[str]) -> _Made:
    """Return the one column that a column with two classes becomes."""
    block = [["1" if cell == values[1] else "0" for cell in cells]]
    if values == named == ["0", "1"]:
        return _Made([name], block, named, [])
    return _Made([f"{name} = {named[1]}"], block, named, [_TWO.format(echo(name), echo(named[1]), echo(named[0]))])


def _labels(cells: Sequence[str]) -> list[str]:
    """Return the classes that a target column of whole numbers has; none where these are amounts."""
    counts = Counter(cells)
    whole = all(cell.lstrip("-").isdecimal() for cell in counts)
    if not whole or not 2 <= len(counts) <= _FEW or min(counts.values()) < 2 or set(counts) == {"-1", "1"}:
        return []
    numbers = sorted(map(int, counts))
    return [str(n) for n in numbers] if numbers[-1] - numbers[0] <= 2 * len(numbers) else []


def _differ(columns: Sequence[Column]) -> bool:
    """Return whether the ranges of columns of numbers differ by more than ten times."""
    ranges = [
        max(column.high - column.low, abs(column.low), abs(column.high))
        for column in columns
        if column.kind == "number"
    ]
    ranges = [width for width in ranges if width > 0]
    return bool(ranges) and (max(ranges) > _WIDE * min(ranges) or max(ranges) > _WIDE**2)


def _written(parts: Sequence[_Part], delimiter: str, lines: Sequence[int]) -> str:
    """Return columns as the text of a table, with the sign between the cells that the file had, row by line."""
    held = io.StringIO()
    writer = csv.writer(held, delimiter=delimiter if delimiter in "\t;," else "\t", lineterminator="\n")
    writer.writerow([" ".join(part.name.split()).replace(",", ".") for part in parts])
    at = 2
    for line, *cells in zip(lines, *(part.cells for part in parts), strict=True):
        held.write("\n" * (line - at))
        writer.writerow(cells)
        at = max(at, line) + 1
    return held.getvalue()
