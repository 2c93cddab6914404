"""Marks of cells: whether a typed number is correct, and the likely cause where it is wrong.

A cause is a function that yields the numbers to which it leads, each with its words. Behind the slips of the stage's
questions those in `CAUSES` are asked in turn, and the first that gives what was typed is believed. A new way to explain
a wrong number is one more of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine import ACTIVATIONS, Ref, Text, Trace
from engine.core import LEAST_DIGITS, agrees, parse_number
from engine.equations import COST, COST_MATCHED, Operation, ref
from engine.mistakes import MISTAKES
from engine.studies import FED_WITH_Z, Place, mistaken
from visualizer.checking import Known
from visualizer.equations import Element
from visualizer.exercises.generator import Cell, Exercise, entry
from visualizer.state import Question, grade

SLACK = 0.005
TOLERANCE = Text(
    "An answer counts as correct if it agrees with the value to its last digit (within {:g} %, to allow for "
    "rounding in intermediate results) and has at least {} significant digits; fewer only if exact. Keep four "
    "significant digits in intermediate results.",
    "所填的数要与正确值一致到末位（因中间舍入可相差 {:g}%），且至少有 {} 位有效数字；位数更少时须完全相等。"
    "中间结果请保留四位有效数字。",
).format(100 * SLACK, LEAST_DIGITS)
RIGHT, FOLLOWS, WRONG = "right", "follows", "wrong"
Typed = Mapping[str, str]
Cause = Callable[[Exercise, Cell], Iterable[Known]]


class Mark(NamedTuple):
    """Mark of a cell: `right`, `follows` (correct for an earlier number that is wrong) or `wrong`; and the cause."""

    verdict: str
    cause: Text | None = None


def mark(exercise: Exercise, cell: Cell, typed: Typed) -> Mark:
    """Return the mark of a cell; `typed` has the numbers of all cells filled in so far, as typed, by their keys."""
    said, value = typed[cell.key], exercise.value(cell)
    asked = Question(exercise.trace.steps[cell.step], Element(cell.ref, cell.indices), value)
    known = (pair for cause in CAUSES for pair in cause(exercise, cell))
    right, why = grade(exercise.trace, asked, said, SLACK, known)
    if right:
        return Mark(RIGHT)
    if not agrees(said, value, SLACK) and agrees(said, recomputed(exercise, cell, typed), SLACK):
        wrong = ", ".join(other.name for other in _wrong_before(exercise, cell, typed))
        return Mark(FOLLOWS, _FOLLOWS.format(wrong) if wrong else _TOO_ROUND)
    return Mark(WRONG, why or _nearly(value, said))


def _wrong_before(exercise: Exercise, cell: Cell, typed: Typed) -> Iterator[Cell]:
    """Yield the wrong earlier cells from which a cell is worked out."""
    needed = _needed(exercise, cell)
    for _, cells in exercise.cells()[: cell.step]:
        for other in cells:
            filled = other.ref in needed and other.key in typed
            if filled and not agrees(typed[other.key], exercise.value(other), SLACK):
                yield other


def _needed(exercise: Exercise, cell: Cell) -> tuple[Ref, ...]:
    """Return the values from which a cell is worked out."""
    step = exercise.trace.steps[cell.step]
    return step.reads if step.layer else (Ref(f"d{cell.ref.name.removesuffix('_new')}", cell.ref.layer),)


def recomputed(exercise: Exercise, cell: Cell, typed: Typed) -> float:
    """Return the result of a cell's equation with the reader's own numbers in it."""
    trace, step = exercise.trace, exercise.trace.steps[cell.step]
    values = _overlaid(exercise, typed)
    if not step.rule.operations:
        return _updated(trace, cell, values)
    made: dict[str, Any] = {}
    with np.errstate(all="ignore"):  # a reader's number may have no logarithm
        for operation in COST.operations if step.rule is COST_MATCHED else step.rule.operations:
            made[operation.writes] = operation.function(*_operands(trace, operation, step.layer, values, made))
    if "dW|db" in made:
        made |= {"dW": made["dW|db"][:, :-1], "db": made["dW|db"][:, -1:]}
    result = np.asarray(made[cell.ref.name])
    return float(result[cell.indices if len(cell.indices) > 1 else (*cell.indices, 0)] if result.ndim else result)


def _overlaid(exercise: Exercise, typed: Typed) -> dict[Ref, NDArray]:
    """Return the values of a pass with the typed numbers in their places."""
    values: dict[Ref, NDArray] = {}
    for _, cells in exercise.cells():
        for cell in cells:
            if cell.key in typed:
                value = values.setdefault(cell.ref, np.array(exercise.trace.value(*cell.ref), dtype=float))
                value[(*cell.indices, 0)[: value.ndim]] = parse_number(typed[cell.key])
    return values


def _operands(
    trace: Trace, operation: Operation, layer: int, values: Mapping[Ref, NDArray], made: Mapping[str, Any]
) -> Iterator[Any]:
    def value(name: str) -> NDArray:
        place = ref(name, layer)
        return values.get(place, trace.value(*place))

    settings = {"f": ACTIVATIONS[trace.given.activations[layer - 1]], "loss": trace.loss_function, "m": trace.m}
    for name in operation.reads:
        if name in settings or name in made:
            yield (settings | dict(made))[name]
        elif name == "W|b":
            yield np.hstack([value("W"), value("b")])
        elif name == "a|1-":
            yield np.vstack([value("a-"), np.ones((1, trace.m))])
        else:
            yield value(name)


def _updated(trace: Trace, cell: Cell, values: Mapping[Ref, NDArray]) -> float:
    """Return a new parameter by gradient descent, from the reader's own gradient."""
    name, layer = cell.ref.name.removesuffix("_new"), cell.ref.layer
    slope = values.get(Ref(f"d{name}", layer), trace.value(f"d{name}", layer))
    place, rate = (*cell.indices, 0)[:2], trace.update.rate if trace.update else 0.0
    return float(trace.value(name, layer)[place] - rate * slope[place])


def _by_transpose(exercise: Exercise, cell: Cell) -> Iterator[Known]:
    """Yield an error that went back along a row of the weights, not along a column."""
    trace, layer = exercise.trace, cell.ref.layer
    if trace.steps[cell.step].rule.key == "bp2" and len({*trace.value("W", layer + 1).shape}) == 1:
        f, z, a = ACTIVATIONS[trace.given.activations[layer - 1]], trace.value("z", layer), trace.value("a", layer)
        made = f.vjp(z, a, trace.value("W", layer + 1) @ trace.value("delta", layer + 1))
        yield _TRANSPOSE, float(made[cell.indices[0], 0])


def _by_whole_step(exercise: Exercise, cell: Cell) -> Iterator[Known]:
    """Yield an update without the learning rate."""
    name = cell.ref.name.removesuffix("_new")
    if name != cell.ref.name:
        old, slope = (entry(exercise.trace, Ref(n, cell.ref.layer), cell.indices) for n in (name, f"d{name}"))
        yield _RATE, old - slope


def _by_mistake(exercise: Exercise, cell: Cell) -> Iterator[Known]:
    """Yield the numbers of mistakes in the equation of a cell."""
    for name, of in _IN_AN_EQUATION.items():
        if cell.ref.name == of:
            mistake = MISTAKES[name]
            yield _MADE.format(mistake.label, mistake.why), entry(_mistaken(exercise, name), cell.ref, cell.indices)
    for value in FED_WITH_Z.gives("", Place(cell.ref, cell.indices), exercise.trace, {}):
        yield _MADE.format(FED_WITH_Z.label, FED_WITH_Z.why), value


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


def _nearly(value: float, said: str) -> Text | None:
    """Return words for a number that is nearly correct."""
    return _ROUNDED if value and abs(parse_number(said) - value) <= _NEAR * abs(value) else None


CAUSES: tuple[Cause, ...] = (_by_transpose, _by_whole_step, _by_mistake, _by_factor, _by_place)
_IN_AN_EQUATION = {"no_activation": "dW", "slope_twice": "delta"}
_MADE = Text("{}. {}", "{}。{}")
_NEAR = 0.05
_FOLLOWS = Text("Correct for your own {}: the mistake is there.", "按你自己的 {} 算是对的：错在那里。")
_TOO_ROUND = Text(
    "It follows from your own numbers, but these are rounded too much: keep more digits in intermediate results.",
    "按你自己的数算是对的，但中间结果舍入太多：请多保留几位。",
)
_TWICE = Text("That is twice the value: a ½, or a 2, is in the wrong place.", "这是正确值的两倍：½ 或 2 放错了地方。")
_HALF = Text("That is half the value: a ½, or a 2, is in the wrong place.", "这是正确值的一半：½ 或 2 放错了地方。")
_POINT = Text("The decimal point is off by one place.", "小数点错了一位。")
_LOG10 = Text(
    "That is with the logarithm to base 10; the natural one is meant.", "这里用了以 10 为底的对数，应为自然对数。"
)
_LOG2 = Text(
    "That is with the logarithm to base 2; the natural one is meant.", "这里用了以 2 为底的对数，应为自然对数。"
)
_PLACE = Text("That is the value of {}.", "这是 {} 的值。")
_TRANSPOSE = Text(
    "W was not transposed: the error comes back along the column of this neuron, not along a row.",
    "W 没有转置：误差沿该神经元对应的列传回，而不是沿行。",
)
_RATE = Text("The gradient was subtracted without multiplying by the learning rate.", "减去梯度时没有乘学习率。")
_ROUNDED = Text(
    "Within {:g} % of the value: keep more digits in intermediate results.",
    "与正确值相差不到 {:g}%：中间结果请多保留几位。",
).format(100 * _NEAR)
