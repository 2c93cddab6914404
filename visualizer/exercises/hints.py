"""Hints for a cell in three stages: which equation and why, the numbers put in, the value."""

from dataclasses import replace

from engine import Text
from visualizer.equations import Arithmetic, Element, arithmetic, why
from visualizer.exercises.differences import Nudged, difference
from visualizer.exercises.generator import Cell, Exercise
from visualizer.writing import tex_number

STAGES = (
    Text("Which equation?", "用哪个方程？"),
    Text("With numbers", "代入数值"),
    Text("The value", "数值"),
)
_DIGITS = 6


def hint(exercise: Exercise, cell: Cell | Nudged, stage: int) -> tuple[Text, str]:
    """Return the words and the formula, in TeX, of a stage from 1 to 3; only the last gives the value away."""
    return _of_step(exercise, cell, stage) if isinstance(cell, Cell) else _of_check(exercise, cell, stage)


def worked(exercise: Exercise, cell: Cell) -> str:
    """Return the arithmetic of a cell in TeX."""
    return _arithmetic(exercise, cell).to_tex()


def _arithmetic(exercise: Exercise, cell: Cell) -> Arithmetic:
    element = Element(cell.ref, cell.indices, cell.sample or 0)
    return replace(arithmetic(exercise.trace, exercise.trace.steps[cell.step], element), name=cell.tex)


def _of_step(exercise: Exercise, cell: Cell, stage: int) -> tuple[Text, str]:
    made, reason = _arithmetic(exercise, cell), why(exercise.trace, exercise.trace.steps[cell.step])
    if stage == len(STAGES):
        return reason, made.to_tex()
    lines = [made.letters, made.numbers][:stage]
    return reason, rf"\begin{{aligned}} {made.name} &= " + r" \\ &= ".join(filter(None, lines)) + (
        r" \end{aligned}" if any(lines) else r" {?} \end{aligned}"
    )


def _of_check(exercise: Exercise, cell: Nudged, stage: int) -> tuple[Text, str]:
    check = difference(exercise)
    value = rf"{cell.tex} = {tex_number(cell.value, _DIGITS)}"
    return check.words(), (check.formula, cell.worked, value)[stage - 1]
