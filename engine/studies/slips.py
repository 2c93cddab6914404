"""Slips: a number of a pass, and its value where somebody slips at that number alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.catalogue import ACTIVATIONS
from engine.core import InputError, Text, as_floats, last_digit
from engine.equations import Ref
from engine.passes import Trace

Near = Mapping[str, Trace]  # the passes of the iterations before and after, as far as there are any


class Place(NamedTuple):
    """Place of a number in a trace: a value and the indices of an entry, from 0."""

    ref: Ref
    indices: tuple[int, ...] = ()

    def of(self, trace: Trace) -> float:
        """Return the number of a trace at this place, or raise `InputError` where there is none."""
        return self.within(trace.value(*self.ref))

    def within(self, value: NDArray) -> float:
        """Return the number at this place of another value of the same shape."""
        indices = self.indices
        if value.ndim == len(indices) + 1 and value.shape[-1] == 1:
            indices = (*indices, 0)
        fits = len(indices) == value.ndim and all(0 <= i < n for i, n in zip(indices, value.shape, strict=True))
        if not fits:
            written = " ".join(str(i + 1) for i in self.indices)
            problem = Text("this quantity has no such entry", "这个值没有这个元素")
            shape = "×".join(map(str, value.shape)) or "1"
            raise InputError(problem, Text("entries of {}", "{} 的元素").format(shape), written)
        return float(value[indices])


@dataclass(frozen=True)
class Slip:
    """Slip at one number alone: `gives(typed, place, trace, near)` are the numbers that it leads to."""

    label: Text
    why: Text
    gives: Callable[[str, Place, Trace, Near], Iterable[float]]


def _cut_off(typed: str, place: Place, trace: Trace, _near: Near) -> Iterator[float]:
    if unit := last_digit(typed):
        yield float(np.trunc(place.of(trace) / unit)) * unit


def _last_place(typed: str, place: Place, trace: Trace, _near: Near) -> Iterator[float]:
    if unit := last_digit(typed):
        yield from ((float(np.rint(place.of(trace) / unit)) + off) * unit for off in (-1, 1))


def _other_sign(_typed: str, place: Place, trace: Trace, _near: Near) -> Iterator[float]:
    yield -place.of(trace)


def _other_entry(_typed: str, place: Place, trace: Trace, _near: Near) -> Iterable[float]:
    return map(float, np.unique(as_floats("value", trace.value(*place.ref))))


def _fed_with_z(_typed: str, place: Place, trace: Trace, _near: Near) -> Iterator[float]:
    """Yield an error whose slope is worked out as if z stood in its formula, where that has a in it."""
    name, l = place.ref
    if name == "delta" and not (trace.given.architecture.is_normed(l) or trace.given.architecture.dropout(l)):
        f, z = ACTIVATIONS[trace.given.activations[l - 1]], trace.value("z", l)
        last = l == len(trace.given.layers)
        arriving = trace.value("grad") if last else trace.value("W", l + 1).T @ trace.value("delta", l + 1)
        yield place.within(f.vjp(z, z, arriving))


def _too_early(_typed: str, place: Place, _trace: Trace, near: Near) -> Iterator[float]:
    if "before" in near:
        yield place.of(near["before"])


FED_WITH_Z = Slip(
    Text("z used in the formula of the slope", "斜率公式里代入了 z"),
    Text(
        "In a(1 − a), 1 − a² and the Jacobian of softmax, a is the output of the activation function, not z.",
        "a(1 − a)、1 − a² 与 softmax 的雅可比矩阵里的 a 是激活函数的输出，不是 z。",
    ),
    _fed_with_z,
)
SLIPS = (
    Slip(
        Text("truncated instead of rounded", "截断而没有四舍五入"),
        Text(
            "All digits are correct, except that the last one should have been rounded up.",
            "各位数字都对，只是末位应进一。",
        ),
        _cut_off,
    ),
    Slip(
        Text("an intermediate result rounded too early", "中间结果过早舍入"),
        Text(
            "Only the last digit is off by one: an intermediate value was rounded.",
            "只有末位差 1：某个中间值在继续使用之前被舍入了。",
        ),
        _last_place,
    ),
    Slip(
        Text("wrong sign", "符号相反"),
        Text("The magnitude is right, but the sign is wrong.", "大小正确，符号相反。"),
        _other_sign,
    ),
    Slip(
        Text("a different entry of the same quantity", "同一个量的另一个分量"),
        Text(
            "This number belongs to another position in the vector or matrix: check the indices.",
            "它在该向量或矩阵的别处：请检查下标。",
        ),
        _other_entry,
    ),
    Slip(
        Text("the value of the previous iteration", "前一次迭代的值"),
        Text("That is what it was before the update.", "这是更新之前的值。"),
        _too_early,
    ),
)
PEN = SLIPS[:2]  # what is wrong in the last digit alone
