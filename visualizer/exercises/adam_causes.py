"""Causes of a wrong number in a step of Adam: what is forgotten or mixed up in its laws."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from engine import Text, Trace
from engine.optimizers import COUNT, OPTIMIZERS
from visualizer.checking import Known
from visualizer.exercises.generator import Cell, Exercise
from visualizer.writing import around, parameter

ADAM = OPTIMIZERS["adam"]
_BETA1, _BETA2, _EPSILON = ADAM.constants.values()


class _Numbers(NamedTuple):
    """Numbers of one parameter in a step of Adam."""

    rate: float
    t: float
    old: float
    g: float
    m_old: float
    v_old: float
    m: float
    v: float
    mhat: float
    vhat: float


def by_moments(exercise: Exercise, cell: Cell) -> Iterator[Known]:
    """Yield the numbers to which slips in the laws of Adam lead."""
    if exercise.model.optimizer == ADAM.name and parameter(cell.ref.name):
        n = _numbers(exercise.trace, cell)
        for words, made in _SLIPS.get(around(cell.ref.name)[0].rstrip("_"), ()):
            yield words, made(n)


def _numbers(trace: Trace, cell: Cell) -> _Numbers:
    assert trace.update
    of = parameter(cell.ref.name)
    names = (of, f"d{of}", f"m_{of}", f"v_{of}", f"m_{of}_new", f"v_{of}_new", f"mhat_{of}", f"vhat_{of}")
    return _Numbers(trace.update.rate, float(trace.update.state[COUNT]), *(cell.beside(trace, name) for name in names))


_SWAPPED = Text("β and 1 − β are the wrong way round.", "β 与 1 − β 写反了。")
_NOT_SQUARED = Text("The gradient is not squared: v averages the squares.", "梯度没有平方：v 是梯度平方的移动平均。")
_TIMES = Text("The correction divides by 1 − βᵗ; it does not multiply.", "偏差修正是除以 1 − βᵗ，不是相乘。")
_NO_ROOT = Text("The square root of v̂ is missing.", "漏了 v̂ 的平方根。")
_UNCORRECTED = Text(
    "The bias correction is missing: m̂ and v̂ are meant, not m and v.", "没有做偏差修正：应当用 m̂ 与 v̂，而不是 m 与 v。"
)
_NO_RATE = Text("The learning rate η is missing.", "漏乘了学习率 η。")
_PLAIN = Text(
    "That is a step of gradient descent, η times the gradient; Adam takes η m̂ / (√v̂ + ε).",
    "这是梯度下降的一步，即 η 乘梯度；Adam 的步长是 η m̂ / (√v̂ + ε)。",
)
_SLIPS: dict[str, tuple[tuple[Text, Callable[[_Numbers], float]], ...]] = {
    "m": ((_SWAPPED, lambda n: (1 - _BETA1) * n.m_old + _BETA1 * n.g),),
    "v": (
        (_SWAPPED, lambda n: (1 - _BETA2) * n.v_old + _BETA2 * n.g**2),
        (_NOT_SQUARED, lambda n: _BETA2 * n.v_old + (1 - _BETA2) * n.g),
    ),
    "mhat": ((_TIMES, lambda n: n.m * (1 - _BETA1**n.t)),),
    "vhat": ((_TIMES, lambda n: n.v * (1 - _BETA2**n.t)),),
    "step": (
        (_UNCORRECTED, lambda n: n.rate * n.m / (n.v**0.5 + _EPSILON)),
        (_NO_ROOT, lambda n: n.rate * n.mhat / (n.vhat + _EPSILON)),
        (_NO_RATE, lambda n: n.mhat / (n.vhat**0.5 + _EPSILON)),
        (_PLAIN, lambda n: n.rate * n.g),
    ),
    "": ((_PLAIN, lambda n: n.old - n.rate * n.g),),
}
