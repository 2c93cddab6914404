"""Exercises to be worked by hand: drawn from a seed, marked cell by cell, and printed."""

from visualizer.exercises.generator import LARGEST_SEED, LEVELS, Cell, Exercise, exercise
from visualizer.exercises.marking import FOLLOWS, RIGHT, TOLERANCE, WRONG, Mark, mark
from visualizer.exercises.picture import picture
from visualizer.exercises.sheet import equation, given, sheet_html

__all__ = [
    "FOLLOWS",
    "LARGEST_SEED",
    "LEVELS",
    "RIGHT",
    "TOLERANCE",
    "WRONG",
    "Cell",
    "Exercise",
    "Mark",
    "equation",
    "exercise",
    "given",
    "mark",
    "picture",
    "sheet_html",
]
