"""Causes of a wrong number in an exercise.

A cause is a function that yields the numbers to which it leads, each with its words. A new way to explain a wrong
number is one more of them.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import numpy as np

from engine import ACTIVATIONS, Text, Trace
from engine.mistakes import MISTAKES
from engine.studies import FED_WITH_Z, Place, mistaken
from visualizer.checking import Known
from visualizer.exercises.adam_causes import by_moments
from visualizer.exercises.generator import Cell, Exercise
from visualizer.writing import parameter

Cause = Callable[[Exercise, Cell], Iterable[Known]]


def _by_transpose(exercise: Exercise, cell: Cell) -> Iterator[Known]:
    """Yield an error that went back along a row of the weights, not along a column."""
    trace, layer = exercise.trace, cell.ref.layer
    if trace.steps[cell.step].rule.key == "bp2" and len({*trace.value("W", layer + 1).shape}) == 1:
        f, z, a = ACTIVATIONS[trace.given.activations[layer - 1]], trace.value("z", layer), trace.value("a", layer)
        made = f.vjp(z, a, trace.value("W", layer + 1) @ trace.value("delta", layer + 1))
        yield _TRANSPOSE, float(made[cell.indices[0], cell.sample or 0])


def _by_whole_step(exercise: Exercise, cell: Cell) -> Iterator[Known]:
    """Yield an update without the learning rate, of an optimizer that remembers nothing."""
    name = parameter(cell.ref.name)
    if cell.ref.name == f"{name}_new" and exercise.model.optimizer == "sgd":
        yield _RATE, cell.beside(exercise.trace, name) - cell.beside(exercise.trace, f"d{name}")


def _by_mistake(exercise: Exercise, cell: Cell) -> Iterator[Known]:
    """Yield the numbers of mistakes in the equation of a cell."""
    for name, of in _IN_AN_EQUATION.items():
        if cell.ref.name == of:
            yield _made(name), cell.of(_mistaken(exercise, name))
    place = Place(cell.ref, cell.indices if cell.sample is None else (*cell.indices, cell.sample))
    for value in FED_WITH_Z.gives("", place, exercise.trace, {}):
        yield _MADE.format(FED_WITH_Z.label, FED_WITH_Z.why), value


def _by_sum(exercise: Exercise, cell: Cell) -> Iterator[Known]:
    """Yield a sum over the samples that stands in place of their mean."""
    if exercise.trace.m > 1 and cell.ref.name in _MEANS:
        yield _made("sum_over_batch"), exercise.trace.m * exercise.value(cell)


def _made(name: str) -> Text:
    return _MADE.format(MISTAKES[name].label, MISTAKES[name].why)


@lru_cache(maxsize=64)
def _mistaken(exercise: Exercise, name: str) -> Trace:
    return mistaken(exercise.model, [MISTAKES[name]])


def _by_factor(exercise: Exercise, cell: Cell) -> Iterator[Known]:
    """Yield numbers with a factor too many."""
    if cell.ref.name.endswith("_new"):
        return
    value = exercise.value(cell)
    if cell.ref.name == "C" and exercise.trace.loss_function.matched:
        yield from ((_LOG10, value / float(np.log(10))), (_LOG2, value / float(np.log(2))))
    if cell.ref.name not in ("z", "a"):  # these have no ½ and no 2 in them
        yield from ((_TWICE, 2 * value), (_HALF, value / 2))
    yield from ((_POINT, 10 * value), (_POINT, value / 10))


def _by_place(exercise: Exercise, cell: Cell) -> Iterator[Known]:
    """Yield the numbers of the other cells of the same table."""
    others = (other for _, cells in exercise.cells() for other in cells if other.ref == cell.ref and other != cell)
    yield from ((_PLACE.format(other.name), exercise.value(other)) for other in others)


CAUSES: tuple[Cause, ...] = (
    _by_transpose,
    _by_whole_step,
    by_moments,
    _by_mistake,
    _by_sum,
    _by_factor,
    _by_place,
)
_IN_AN_EQUATION = {"no_activation": "dW", "slope_twice": "delta"}
_MEANS = ("C", "dW", "db")
_MADE = Text("{}. {}", "{}。{}")
_TWICE = Text("That is twice the value: a ½, or a 2, is in the wrong place.", "这是正确值的两倍：½ 或 2 放错了地方。")
_HALF = Text("That is half the value: a ½, or a 2, is in the wrong place.", "这是正确值的一半：½ 或 2 放错了地方。")
_POINT = Text("The decimal point is off by one place.", "小数点错了一位。")
_LOG10 = Text(
    "This uses the logarithm to base 10 instead of the natural logarithm.",
    "这里用了以 10 为底的对数，应为自然对数。",
)
_LOG2 = Text(
    "This uses the logarithm to base 2 instead of the natural logarithm.",
    "这里用了以 2 为底的对数，应为自然对数。",
)
_PLACE = Text("That is the value of {}.", "这是 {} 的值。")
_TRANSPOSE = Text(
    "W was not transposed: the error comes back along the column of this neuron, not along a row.",
    "W 没有转置：误差沿该神经元对应的列传回，而不是沿行。",
)
_RATE = Text("The gradient was subtracted without multiplying by the learning rate.", "减去梯度时没有乘学习率。")
