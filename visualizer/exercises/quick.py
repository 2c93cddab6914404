"""Quick questions about an exercise, answered without a number: equations, shapes, signs, the largest gradient.

They are made from the pass of the exercise, so that every seed has its own; of what is a tie nothing is asked.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from engine import Ref, Text, Trace
from visualizer.exercises.generator import Exercise
from visualizer.writing import number, plain

_WHY_MEAN = Text(
    "Activation in times error out, averaged over the samples: the largest mean wins, not the largest weight.",
    "输入端的激活值乘以输出端的误差，再对样本取平均：平均值最大的边，而不是权重最大的边。",
)
_WHY_NOT = Text(
    "Activation in times error out: |{0}| · |{2}| = {1} · {3} = {4} is the largest product. Another edge has the "
    "largest weight; the size of a weight does not matter to its own gradient.",
    "输入端的激活值乘以输出端的误差：|{0}| · |{2}| = {1} · {3} = {4} 是最大的乘积。权重最大的是另一条边；"
    "权重本身的大小与它的梯度无关。",
)
_WHY_ALSO = Text(
    "Activation in times error out: |{0}| · |{2}| = {1} · {3} = {4} is the largest product. That its weight is "
    "also the largest is a coincidence.",
    "输入端的激活值乘以输出端的误差：|{0}| · |{2}| = {1} · {3} = {4} 是最大的乘积。它的权重也最大，只是巧合。",
)
_CLEAR = 1.02  # how much larger the largest gradient has to be than the next


class Quick(NamedTuple):
    """Quick question: its name in code, its words, the choices, the number of the correct one, and why it is that."""

    name: str
    ask: Text
    choices: tuple[Text, ...]
    right: int
    why: Text


def quick(exercise: Exercise) -> tuple[Quick, ...]:
    """Return the quick questions of an exercise."""
    return tuple(question for kind in _KINDS for question in kind(exercise))


def _shapes(exercise: Exercise) -> Iterator[Quick]:
    """Yield the question for the shape of the first gradient that is no square matrix."""
    for l in range(1, len(exercise.trace.given.sizes)):
        rows, columns = exercise.trace.value("dW", l).shape
        if rows != columns:
            shapes = sorted({(rows, columns), (columns, rows), (rows, rows), (columns, columns)})
            choices = tuple(Text(f"{a} × {b}", f"{a} × {b}") for a, b in shapes)
            yield Quick(
                "shape",
                Text("What is the shape of ∂C/∂W{}?", "∂C/∂W{} 的形状是？").format(_layer(l)),
                choices,
                shapes.index((rows, columns)),
                Text(
                    "A gradient has the shape of what it belongs to: a row for each neuron, a column for each input.",
                    "梯度的形状与它所属的参数相同：每个神经元一行，每个输入一列。",
                ),
            )
            return


def _signs(exercise: Exercise) -> Iterator[Quick]:
    """Yield the question for the sign of the first error of the output layer."""
    last = len(exercise.trace.given.sizes) - 1
    error = float(exercise.trace.value("delta", last)[0, 0])
    yield Quick(
        "sign",
        Text("What is the sign of {}?", "{} 的符号是？").format(plain(Ref("delta", last), 0)),
        (Text("positive", "正"), Text("negative", "负"), Text("zero", "零")),
        2 if error == 0 else int(error < 0),
        Text(
            "An output that is too large has a positive error, one that is too small a negative one; where the "
            "slope is 0, the error is 0.",
            "输出偏大，误差为正；偏小，误差为负；斜率为 0 处，误差为 0。",
        ),
    )


def _largest(exercise: Exercise) -> Iterator[Quick]:
    """Yield the question for the edge with the largest gradient of the first layer that has several."""
    for l in range(len(exercise.trace.given.sizes) - 1, 0, -1):
        size = np.abs(exercise.trace.value("dW", l))
        ranked = np.sort(size.ravel())[::-1]
        if len(ranked) > 1 and ranked[0] > _CLEAR * ranked[1]:
            places = list(np.ndindex(size.shape))
            names = tuple(plain(Ref("W", l), *place) for place in places)
            yield Quick(
                "largest",
                Text(
                    "Which edge of layer {} has the gradient of largest magnitude?",
                    "第 {} 层哪条边的梯度绝对值最大？",
                ).format(l),
                tuple(Text(name, name) for name in names),
                int(size.argmax()),
                _why_largest(exercise.trace, l, places[int(size.argmax())]),
            )
            return


def _why_largest(trace: Trace, l: int, place: tuple[int, ...]) -> Text:
    """Words for the largest gradient: its two factors, and how large its weight is among the others."""
    if trace.m > 1:
        return _WHY_MEAN
    (j, k), weights = place, np.abs(trace.value("W", l))
    a, error = (float(trace.value(name, at)[i, 0]) for name, at, i in (("a", l - 1, k), ("delta", l, j)))
    product = number(abs(a * error))
    words = _WHY_ALSO if weights[place] == weights.max() else _WHY_NOT
    return words.format(
        plain(Ref("a", l - 1), k), number(abs(a)), plain(Ref("delta", l), j), number(abs(error)), product
    )


def _equation(exercise: Exercise) -> Iterator[Quick]:
    """Yield the question for the equation that gives a gradient or an error, another one in each exercise."""
    last = len(exercise.trace.given.sizes) - 1
    asked = [("delta", last), ("db", 1), ("dW", last), ("delta", last - 1)][: 4 if last > 1 else 3]
    ref = Ref(*asked[exercise.seed % len(asked)])
    steps = {step.rule.name: step for step in exercise.trace.steps if step.rule.name.startswith("BP")}
    names = sorted(steps)
    (step,) = (step for step in exercise.trace.steps if ref in step.writes)
    yield Quick(
        "equation",
        Text("Which equation gives {}?", "{} 由哪个方程给出？").format(plain(ref)),
        tuple(Text(name, name) for name in names),
        names.index(step.rule.name),
        step.rule.why.format(l=step.layer),
    )


def _layer(l: int) -> str:
    return "⁰¹²³⁴⁵⁶⁷⁸⁹"[l]


_KINDS: tuple[Callable[[Exercise], Iterator[Quick]], ...] = (_equation, _shapes, _signs, _largest)
