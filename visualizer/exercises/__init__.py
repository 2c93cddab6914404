"""Exercises to be worked by hand: drawn from a seed, marked cell by cell, and printed."""

from visualizer.exercises.differences import CHECK, CHECKED, Nudged, difference
from visualizer.exercises.generator import LARGEST_SEED, Cell, Exercise, exercise
from visualizer.exercises.hints import STAGES, hint
from visualizer.exercises.levels import IN_CODE, LEVELS
from visualizer.exercises.marking import FOLLOWS, RIGHT, TOLERANCE, WRONG, Mark, mark
from visualizer.exercises.marks import all_cells, marked, marks_csv
from visualizer.exercises.picture import picture
from visualizer.exercises.quick import Quick, quick
from visualizer.exercises.sheet import equation, given, sheet_html, sheets_html

__all__ = [
    "CHECK",
    "CHECKED",
    "FOLLOWS",
    "IN_CODE",
    "LARGEST_SEED",
    "LEVELS",
    "RIGHT",
    "STAGES",
    "TOLERANCE",
    "WRONG",
    "Cell",
    "Exercise",
    "Mark",
    "Nudged",
    "Quick",
    "all_cells",
    "difference",
    "equation",
    "exercise",
    "given",
    "hint",
    "mark",
    "marked",
    "marks_csv",
    "picture",
    "quick",
    "sheet_html",
    "sheets_html",
]
