"""Marks what was typed into a cell, and says the likely cause where it is wrong.

A cause is a function; those in `CAUSES` are asked in turn, and the first that knows is believed. A new way to explain a
wrong number is one more of them.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine import ACTIVATIONS, Ref, Text, Trace
from engine.rules import COST, COST_MATCHED, Operation, ref
from visualizer.arithmetic import Element
from visualizer.exercises.generator import ABSOLUTE, RELATIVE, Cell, Exercise, entry, tolerance
from visualizer.predict import Question, slips

TOLERANCE = Text(
    "Right is what lies within {} or {:g} % of the value, whichever is more: four decimals along the way are enough.",
    "与正确值相差不超过 {} 或其 {:g} %（取较大者）即算对：中间结果保留四位小数就够了。",
).format(ABSOLUTE, 100 * RELATIVE)
RIGHT, FOLLOWS, WRONG = "right", "follows", "wrong"
Typed = Mapping[str, float]
Cause = Callable[[Exercise, Cell, Typed], Text | None]


class Mark(NamedTuple):
    """`right`, `follows`, where an earlier number is wrong and this one is right for it, or `wrong`; and why."""

    verdict: str
    cause: Text | None = None


def mark(exercise: Exercise, cell: Cell, typed: Typed) -> Mark:
    """Return the mark of a cell; `typed` has the numbers of all cells filled in so far, by their keys."""
    if agrees(typed[cell.key], exercise.value(cell)):
        return Mark(RIGHT)
    if earlier := _follows(exercise, cell, typed):
        return Mark(FOLLOWS, _FOLLOWS.format(earlier))
    found = (cause(exercise, cell, typed) for cause in CAUSES)
    return Mark(WRONG, next(filter(None, found), None))


def agrees(said: float, value: float) -> bool:
    """Return whether a number is as good as right."""
    return abs(said - value) <= tolerance(value) * (1 + 1e-9)


def _follows(exercise: Exercise, cell: Cell, typed: Typed) -> str:
    """Return the wrong earlier cells from which a number follows rightly, by name; nothing where it does not."""
    needed = _needed(exercise, cell)
    wrong = [
        other
        for _, cells in exercise.cells()[: cell.step]
        for other in cells
        if other.ref in needed and other.key in typed and not agrees(typed[other.key], exercise.value(other))
    ]
    if not wrong or not agrees(typed[cell.key], recomputed(exercise, cell, typed)):
        return ""
    return ", ".join(other.name for other in wrong)


def _needed(exercise: Exercise, cell: Cell) -> tuple[Ref, ...]:
    """Return what a cell is worked out from."""
    step = exercise.trace.steps[cell.step]
    return step.reads if step.layer else (Ref(f"d{cell.ref.name.removesuffix('_new')}", cell.ref.layer),)


def recomputed(exercise: Exercise, cell: Cell, typed: Typed) -> float:
    """Return what the equation of a cell gives with the reader's own numbers in it."""
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
    """Return the values of a pass with what was typed in their place."""
    values: dict[Ref, NDArray] = {}
    for _, cells in exercise.cells():
        for cell in cells:
            if cell.key in typed:
                value = values.setdefault(cell.ref, np.array(exercise.trace.value(*cell.ref), dtype=float))
                value[(*cell.indices, 0)[: value.ndim]] = typed[cell.key]
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
    place = (*cell.indices, 0)[:2]
    return float(trace.value(name, layer)[place] - trace.update.rate * slope[place])


def _by_slip(exercise: Exercise, cell: Cell, typed: Typed) -> Text | None:
    """Name the slip that gives exactly this number: of sign, a missing bias or slope, an update uphill."""
    trace = exercise.trace
    asked = Question(trace.steps[cell.step], Element(cell.ref, cell.indices), exercise.value(cell))
    return _first(typed[cell.key], slips(trace, asked))


def _by_factor(exercise: Exercise, cell: Cell, typed: Typed) -> Text | None:
    """Name a factor by which a number is off."""
    if cell.ref.name.endswith("_new"):
        return None
    value = exercise.value(cell)
    logarithms = (
        ((_LOG10, value / np.log(10)), (_LOG2, value / np.log(2))) if exercise.trace.loss_function.matched else ()
    )
    factors = ((_TWICE, 2 * value), (_HALF, value / 2), (_POINT, 10 * value), (_POINT, value / 10))
    return _first(typed[cell.key], (*(logarithms if cell.ref.name == "C" else ()), *factors))


def _by_place(exercise: Exercise, cell: Cell, typed: Typed) -> Text | None:
    """Name the cell of the same table into which the number belongs."""
    others = (other for _, cells in exercise.cells() for other in cells if other.ref == cell.ref and other != cell)
    return _first(typed[cell.key], ((_PLACE.format(other.name), exercise.value(other)) for other in others))


def _by_transpose(exercise: Exercise, cell: Cell, typed: Typed) -> Text | None:
    """Recognise an error that went back along a row of the weights, not along a column."""
    trace, layer = exercise.trace, cell.ref.layer
    if trace.steps[cell.step].rule.key != "bp2" or len({*trace.value("W", layer + 1).shape}) > 1:
        return None
    f, z, a = ACTIVATIONS[trace.given.activations[layer - 1]], trace.value("z", layer), trace.value("a", layer)
    made = f.vjp(z, a, trace.value("W", layer + 1) @ trace.value("delta", layer + 1))
    return _first(typed[cell.key], [(_TRANSPOSE, float(made[cell.indices[0], 0]))])


def _by_whole_step(exercise: Exercise, cell: Cell, typed: Typed) -> Text | None:
    """Recognise an update without the learning rate."""
    name = cell.ref.name.removesuffix("_new")
    if name == cell.ref.name:
        return None
    old, slope = (entry(exercise.trace, Ref(n, cell.ref.layer), cell.indices) for n in (name, f"d{name}"))
    return _first(typed[cell.key], [(_RATE, old - slope)])


def _by_rounding(exercise: Exercise, cell: Cell, typed: Typed) -> Text | None:
    """Call a number that is nearly right rounded too early."""
    value = exercise.value(cell)
    return _ROUNDED if abs(typed[cell.key] - value) <= max(0.01, 0.05 * abs(value)) else None


def _first(said: float, known: Any) -> Text | None:
    """Return the words of the first number that is the one said, unless that is 0, which says nothing."""
    return next((words for words, value in known if agrees(said, value) and abs(value) > ABSOLUTE), None)


CAUSES: tuple[Cause, ...] = (_by_slip, _by_transpose, _by_whole_step, _by_factor, _by_place, _by_rounding)
_FOLLOWS = Text("Right for your own {}: the mistake is there.", "按你自己的 {} 算是对的：错在那里。")
_TWICE = Text("That is twice the value: a ½, or a 2, is in the wrong place.", "这是正确值的两倍：½ 或 2 放错了地方。")
_HALF = Text("That is half the value: a ½, or a 2, is in the wrong place.", "这是正确值的一半：½ 或 2 放错了地方。")
_POINT = Text("The decimal point is one place off.", "小数点错了一位。")
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
_RATE = Text("The gradient was taken off without the learning rate.", "减去梯度时没有乘学习率。")
_ROUNDED = Text("Close: probably rounded too early.", "很接近：可能过早舍入了。")
