"""Exercises to be worked by hand: drawn from a seed, marked cell by cell, and printed."""

from visualizer.exercises.generator import LARGEST_SEED, LEVELS, Cell, Exercise, exercise
from visualizer.exercises.hints import STAGES, hint
from visualizer.exercises.marking import FOLLOWS, RIGHT, TOLERANCE, WRONG, Mark, mark
from visualizer.exercises.picture import picture
from visualizer.exercises.quick import Quick, quick
from visualizer.exercises.sheet import equation, given, sheet_html, sheets_html

__all__ = [
    "FOLLOWS",
    "LARGEST_SEED",
    "LEVELS",
    "RIGHT",
    "STAGES",
    "TOLERANCE",
    "WRONG",
    "Cell",
    "Exercise",
    "Mark",
    "Quick",
    "equation",
    "exercise",
    "given",
    "hint",
    "mark",
    "picture",
    "quick",
    "sheet_html",
    "sheets_html",
]
