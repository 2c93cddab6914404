"""Marks of cells: whether a typed number is correct, and the likely cause where it is wrong.

Behind the slips of the stage's questions the causes in `CAUSES` are asked in turn, and the first that gives what was
typed is believed.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine import ACTIVATIONS, Ref, Text, Trace
from engine.core import LEAST_DIGITS, agrees, parse_number
from engine.equations import COST, COST_MATCHED, Operation, ref
from engine.optimizers import COUNT
from visualizer.equations import Element
from visualizer.exercises.causes import CAUSES
from visualizer.exercises.generator import Cell, Exercise
from visualizer.state import Question, grade
from visualizer.writing import around, parameter

SLACK = 0.005
TOLERANCE = Text(
    "An answer counts as correct if it agrees with the value to its last digit (within {:g}%, to allow for "
    "rounding in intermediate results) and has at least {} significant digits; fewer only if exact. Keep four "
    "significant digits in intermediate results.",
    "所填的数要与正确值一致到末位（因中间舍入可相差 {:g}%），且至少有 {} 位有效数字；位数更少时须完全相等。"
    "中间结果请保留四位有效数字。",
).format(100 * SLACK, LEAST_DIGITS)
RIGHT, FOLLOWS, WRONG = "right", "follows", "wrong"
Typed = Mapping[str, str]


class Mark(NamedTuple):
    """Mark of a cell: `right`, `follows` (correct for an earlier number that is wrong) or `wrong`; and the cause."""

    verdict: str
    cause: Text | None = None


def mark(exercise: Exercise, cell: Cell, typed: Typed) -> Mark:
    """Return the mark of a cell; `typed` has the numbers of all cells filled in so far, as typed, by their keys."""
    said, value = typed[cell.key], exercise.value(cell)
    asked = Question(exercise.trace.steps[cell.step], Element(cell.ref, cell.indices, cell.sample or 0), value)
    known = (pair for cause in CAUSES for pair in cause(exercise, cell))
    right, why = grade(exercise.trace, asked, said, SLACK, known)
    if right:
        return Mark(RIGHT)
    if not agrees(said, value, SLACK) and agrees(said, recomputed(exercise, cell, typed), SLACK):
        wrong = ", ".join(other.name for other in _wrong_before(exercise, cell, typed))
        return Mark(FOLLOWS, FOLLOWS_FROM.format(wrong) if wrong else _TOO_ROUND)
    return Mark(WRONG, why or _nearly(value, said))


def _wrong_before(exercise: Exercise, cell: Cell, typed: Typed) -> Iterator[Cell]:
    """Yield the wrong earlier cells from which a cell is worked out."""
    step = exercise.trace.steps[cell.step]
    for _, cells in exercise.cells()[: cell.step]:
        for other in cells:
            filled = other.ref in step.reads and other.key in typed and _is_needed(cell, other, step.layer == 0)
            if filled and not agrees(typed[other.key], exercise.value(other), SLACK):
                yield other


def _is_needed(cell: Cell, other: Cell, updates: bool) -> bool:
    """Whether a number that a step reads is one from which a cell of it is worked out."""
    if updates:  # parameter by parameter
        places = ((each.ref.layer, parameter(each.ref.name), each.indices) for each in (cell, other))
        return len({*places}) == 1
    return None in (cell.sample, other.sample) or cell.sample == other.sample


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
    return float(result[_place(cell)[: result.ndim]])


def _place(cell: Cell) -> tuple[int, ...]:
    """Return the indices of a cell in a value with two axes."""
    return (*cell.indices, cell.sample or 0)[:2]


def _overlaid(exercise: Exercise, typed: Typed) -> dict[Ref, NDArray]:
    """Return the values of a pass with the typed numbers in their places."""
    values: dict[Ref, NDArray] = {}
    for _, cells in exercise.cells():
        for cell in cells:
            if cell.key in typed:
                value = values.setdefault(cell.ref, np.array(exercise.trace.value(*cell.ref), dtype=float))
                value[_place(cell)[: value.ndim]] = parse_number(typed[cell.key])
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
    """Return a number of the update from the reader's own gradient, and from what else the law of it reads."""
    assert trace.update
    of, _ = around(cell.ref.name)
    optimizer, writes = trace.update.optimizer, of.rstrip("_") or "theta"
    if writes == "theta" and optimizer.explained:
        return float(_read(trace, cell, "theta", values) - _read(trace, cell, "step", values))
    (law,) = (law for law in (*optimizer.laws, *optimizer.explained) if law.writes == writes)
    with np.errstate(all="ignore"):  # a reader's number may have no root
        return float(law.function(*(_read(trace, cell, name, values, name == law.writes) for name in law.reads)))


def _read(trace: Trace, cell: Cell, name: str, values: Mapping[Ref, NDArray], before: bool = False) -> Any:
    """Return the number that the law of an update reads, at the place of a cell."""
    assert trace.update
    given = {"rate": trace.update.rate, COUNT: float(trace.update.state.get(COUNT, 0))}
    if name in given:
        return given[name]
    of = parameter(cell.ref.name)
    kept = "" if before or name not in trace.update.optimizer.slots else "_new"
    ref = Ref({"theta": of, "g": f"d{of}"}.get(name, f"{name}_{of}{kept}"), cell.ref.layer)
    return values.get(ref, trace.value(*ref))[_place(cell)]


def _nearly(value: float, said: str) -> Text | None:
    """Return words for a number that is nearly correct."""
    return _ROUNDED if value and abs(parse_number(said) - value) <= _NEAR * abs(value) else None


_NEAR = 0.05
FOLLOWS_FROM = Text("Correct for your own {}: the mistake is there.", "按你自己的 {} 算是对的：错在那里。")
_TOO_ROUND = Text(
    "It follows from your own numbers, but they are rounded too much: keep more digits in intermediate results.",
    "按你自己的数算是对的，但中间结果舍入太多：请多保留几位。",
)
_ROUNDED = Text(
    "Within {:g} % of the value: keep more digits in intermediate results.",
    "与正确值相差不到 {:g}%：中间结果请多保留几位。",
).format(100 * _NEAR)
