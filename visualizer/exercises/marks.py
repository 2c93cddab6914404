"""Marks of a whole exercise: of all its cells, those of the check by hand included, and as a table for a teacher."""

import csv
from collections.abc import Mapping
from io import StringIO

from engine import Text
from visualizer.exercises.differences import Nudged, difference, mark_difference
from visualizer.exercises.generator import Cell, Exercise
from visualizer.exercises.marking import FOLLOWS, RIGHT, WRONG, Mark, Typed, mark

VERDICTS = {
    RIGHT: Text("correct", "正确"),
    FOLLOWS: Text("follows from an earlier mistake", "由前面的错误得出"),
    WRONG: Text("wrong", "错误"),
}
_EMPTY = Text("empty", "未填")
_COLUMNS = (
    Text("exercise type", "题型"),
    Text("exercise number", "练习编号"),
    Text("cell", "空格"),
    Text("answer", "所填"),
    Text("verdict", "判定"),
    Text("likely cause", "可能的原因"),
)


def all_cells(exercise: Exercise) -> dict[str, Cell | Nudged]:
    """Return all cells of an exercise by their keys, in the order in which they are filled in."""
    steps: tuple[Cell | Nudged, ...] = tuple(cell for _, cells in exercise.cells() for cell in cells)
    return {cell.key: cell for cell in (*steps, *difference(exercise).cells)}


def marked(exercise: Exercise, typed: Typed) -> dict[str, Mark]:
    """Return the marks of all cells that are filled in, by their keys."""
    cells = all_cells(exercise)
    return {key: _marked(exercise, cells[key], typed) for key in typed}


def _marked(exercise: Exercise, cell: Cell | Nudged, typed: Typed) -> Mark:
    return mark(exercise, cell, typed) if isinstance(cell, Cell) else mark_difference(exercise, cell, typed)


def marks_csv(exercise: Exercise, typed: Typed, marks: Mapping[str, Mark], lang: str) -> str:
    """CSV text of the marks, a row for each cell, for a teacher who puts those of a class together."""
    rows = [
        (
            exercise.level.label(lang),
            exercise.seed,
            cell.name,
            typed.get(key, ""),
            (VERDICTS[marks[key].verdict] if key in marks else _EMPTY)(lang),
            cause(lang) if key in marks and (cause := marks[key].cause) else "",
        )
        for key, cell in all_cells(exercise).items()
    ]
    written = StringIO()
    written.write("\ufeff")  # a spreadsheet takes Chinese for something else without it
    csv.writer(written, lineterminator="\n").writerows([[title(lang) for title in _COLUMNS], *rows])
    return written.getvalue()
