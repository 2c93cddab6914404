"""Hints for a cell in three stages: which equation and why, the numbers put in, the value."""

from engine import Text
from visualizer.equations import Element, arithmetic, why
from visualizer.exercises.generator import Cell, Exercise

STAGES = (
    Text("Which equation?", "用哪个方程？"),
    Text("With numbers", "代入数值"),
    Text("The value", "数值"),
)


def hint(exercise: Exercise, cell: Cell, stage: int) -> tuple[Text, str]:
    """Return the words and the formula, in TeX, of a stage from 1 to 3; only the last gives the value away."""
    trace, step = exercise.trace, exercise.trace.steps[cell.step]
    worked = arithmetic(trace, step, Element(cell.ref, cell.indices))
    if stage == len(STAGES):
        return why(trace, step), worked.to_tex()
    lines = [worked.letters, worked.numbers][:stage]
    return why(trace, step), rf"\begin{{aligned}} {worked.name} &= " + r" \\ &= ".join(filter(None, lines)) + (
        r" \end{aligned}" if any(lines) else r" {?} \end{aligned}"
    )
