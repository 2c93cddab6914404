"""Gradient checks by hand: one weight is changed both ways, and the difference of the costs is compared."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from engine import Ref, Text, Trace, trace
from engine.core import agrees, parse_number
from visualizer.checking import Known, likely
from visualizer.exercises.generator import Exercise
from visualizer.exercises.marking import FOLLOWS, FOLLOWS_FROM, RIGHT, SLACK, WRONG, Mark
from visualizer.writing import matrix, number, plain, tex, tex_number

CHECK = Text("Check: change one weight", "检验：改变一个权重")
CHECK_WHY = Text(
    "Add {1} to {0} and compute the cost again, then subtract {1} instead. The difference of the two costs, "
    "divided by {2}, must be ∂C/∂{0}. Keep six significant digits of the costs, because they differ only slightly.",
    "把 {0} 加上 {1} 重新计算代价，再改为减去 {1} 计算一次。两个代价之差除以 {2}，应等于 ∂C/∂{0}。两个代价相差很小"
    "，请保留六位有效数字。",
)
CHECKED = Text("It agrees with ∂C/∂{} = {}: the gradient is correct.", "与 ∂C/∂{} = {} 一致：梯度正确。")
_W, _DIGITS = Ref("W", 1), 6
_PLUS, _MINUS, _QUOTIENT = "check_plus", "check_minus", "check_quotient"
_STEPS = (0.1, 0.05, 0.02, 0.01, 0.001)
_CLOSE = 0.002  # of a gradient: how far a difference may be from it
_SIGN = Text("The sign is wrong: C(w + h) comes first.", "符号反了：C(w + h) 在前。")
_ONE_H = Text("The two weights are 2h apart, not h.", "两个权重相差 2h，不是 h。")
_NOT_DIVIDED = Text(
    "That is the difference of the costs, not yet divided by 2h.", "这只是两个代价之差，还没有除以 2h。"
)
_UNCHANGED = Text("That is the cost with the weight unchanged.", "这是权重没有改变时的代价。")
_OTHER_SIDE = Text("That is the cost with the weight changed the other way.", "这是权重向另一侧改变时的代价。")


class Nudged(NamedTuple):
    """Cell of a check by hand: its key in code, its name in Unicode and in TeX, how it is worked out, and its value."""

    key: str
    name: str
    tex: str
    worked: str
    value: float


class Difference(NamedTuple):
    """Check by hand of the gradient of one weight.

    Attributes
    ----------
    indices : tuple of int
        Of the weight of layer 1, from 0.
    h : float
        By how much it is changed.
    gradient : float
        Its gradient.
    plus, minus : Trace
        The passes with the weight changed up and down.
    """

    indices: tuple[int, int]
    h: float
    gradient: float
    plus: Trace
    minus: Trace

    @property
    def weight(self) -> str:
        """Name of the weight in Unicode."""
        return plain(_W, *self.indices)

    @property
    def quotient(self) -> float:
        """Central difference."""
        return (self.plus.loss - self.minus.loss) / (2 * self.h)

    @property
    def formula(self) -> str:
        """Formula of the check in TeX."""
        letter = tex(_W, *self.indices)
        above = rf"C({letter} + h) - C({letter} - h)"
        slope = tex(Ref("dW", 1), *self.indices)
        return rf"{slope} \approx \frac{{{above}}}{{2h}},\quad h = {tex_number(self.h)}"

    @property
    def cells(self) -> tuple[Nudged, ...]:
        """Cells to fill in: both costs, and what comes of them."""
        letter, h = tex(_W, *self.indices), number(self.h)
        costs = (
            rf"\frac{{{tex_number(self.plus.loss, _DIGITS)} - {tex_number(self.minus.loss, _DIGITS)}}}{{2 \cdot {h}}}"
        )
        return (
            Nudged(_PLUS, f"C({self.weight} + {h})", rf"C({letter} + {h})", self._outputs(self.plus), self.plus.loss),
            Nudged(
                _MINUS, f"C({self.weight} − {h})", rf"C({letter} - {h})", self._outputs(self.minus), self.minus.loss
            ),
            Nudged(_QUOTIENT, "ΔC / 2h", r"\Delta C / 2h", costs, self.quotient),
        )

    def _outputs(self, changed: Trace) -> str:
        """Return the changed weight and the outputs with it, in TeX."""
        last = Ref("a", len(changed.given.layers))
        weight = tex_number(float(changed.value(*_W)[self.indices]))
        return rf"{tex(_W, *self.indices)} = {weight},\quad {tex(last)} = {matrix(changed.value(*last))}"

    def words(self) -> Text:
        """Words of the task."""
        return CHECK_WHY.format(self.weight, number(self.h), number(2 * self.h))


@lru_cache(maxsize=64)
def difference(exercise: Exercise) -> Difference:
    """Return the check by hand of an exercise: of the largest gradient that a difference comes close to."""
    gradients = exercise.trace.value("dW", 1)
    places = sorted(np.ndindex(gradients.shape), key=lambda place: -abs(gradients[place]))
    tried = (_changed(exercise, (j, k), h) for h in _STEPS for j, k in places)
    return next(made for made in tried if abs(made.quotient - made.gradient) <= _CLOSE * abs(made.gradient))


def _changed(exercise: Exercise, place: tuple[int, int], h: float) -> Difference:
    model, done = exercise.model, exercise.trace
    weight, (j, k) = float(done.value("W", 1)[place]), place
    nets = (done.given.with_weight(layer=1, j=j, k=k, value=weight + side * h) for side in (1, -1))
    plus, minus = (trace(net, model.x, model.y, model.loss) for net in nets)
    return Difference(place, h, float(done.value("dW", 1)[place]), plus, minus)


def mark_difference(exercise: Exercise, cell: Nudged, typed: Mapping[str, str]) -> Mark:
    """Return the mark of a cell of the check; the quotient may be of the reader's own costs."""
    made, said = difference(exercise), typed[cell.key]
    if agrees(said, cell.value, SLACK):
        return Mark(RIGHT)
    costs = [each for each in made.cells if each.key != _QUOTIENT]
    if cell.key != _QUOTIENT:
        (other,) = (each for each in costs if each.key != cell.key)
        return Mark(WRONG, likely(said, cell.value, ((_UNCHANGED, exercise.trace.loss), (_OTHER_SIDE, other.value))))
    plus, minus = (parse_number(typed[each.key]) if each.key in typed else each.value for each in costs)
    if agrees(said, (plus - minus) / (2 * made.h), SLACK):
        wrong = [each.name for each in costs if each.key in typed and not agrees(typed[each.key], each.value, SLACK)]
        return Mark(FOLLOWS, FOLLOWS_FROM.format(", ".join(wrong))) if wrong else Mark(RIGHT)
    return Mark(WRONG, likely(said, cell.value, _slips(made)))


def _slips(made: Difference) -> Iterator[Known]:
    """Yield the numbers that common slips make of the quotient."""
    yield _SIGN, -made.quotient
    yield _ONE_H, 2 * made.quotient
    yield _NOT_DIVIDED, 2 * made.h * made.quotient
