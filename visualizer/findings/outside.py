"""Findings about the end of a curve from outside: falling, level, or fallen; what only a run tells is left open."""

from collections.abc import Iterator

from engine import Text
from visualizer.findings.curve_evidence import CurveEvidence
from visualizer.findings.record import NOTE, OUTSIDE, Finding, Kind
from visualizer.findings.shape import A_FEW, falls, flat_since, percent, rises, signed, tenth
from visualizer.writing import number

_LONGER = Text(
    "Try more epochs or a larger learning rate to see how much further it can fall.",
    "多训练几轮或加大学习率，就知道还能降多少。",
)
_UNKNOWN = Text(
    "The curve does not show whether this is as low as the task allows. To find out, compare it with the loss of "
    "the best constant answer, look at the share of correctly classified samples, and try a larger learning rate.",
    "曲线本身看不出这是否已是任务所能达到的最低值：与最佳常数输出的损失比较，看判对的样本比例，再加大学习率试试，就"
    "能分辨。",
)


def ending(e: CurveEvidence) -> Iterator[Finding]:
    """Find a curve that was ended while it was falling."""
    if e.good or not falls(e):
        return
    first = e.last - tenth(e)
    words = Text(
        "The curve is still falling where it ends: by {} in its last tenth, from {} to {}.",
        "曲线结束时仍在下降：最后十分之一中下降了 {}，从 {} 到 {}。",
    )
    numbers = percent(float(1 - e.loss[-1] / e.loss[first])), number(e.loss[first], 3), number(e.loss[-1], 3)
    yield Finding("ending", words.format(*numbers), first, e.last, NOTE, apart=_LONGER)


def level(e: CurveEvidence) -> Iterator[Finding]:
    """Find a curve that is level at its end."""
    first = flat_since(e)
    if e.diverged or e.good or first is None:
        return
    words = Text("Since {} the loss has hardly changed, {} to {}.", "自{}起，损失几乎不动（{} 到 {}）。")
    said = words.format(e.place(first), number(e.loss[first], 3), number(e.loss[-1], 3))
    yield Finding("level", said, first, e.last, NOTE, apart=_UNKNOWN)


def fallen(e: CurveEvidence) -> Iterator[Finding]:
    """Find the way that a curve has come."""
    if e.diverged or e.last < A_FEW or rises(e) or signed(e) or e.loss[-1] >= e.loss[0]:
        return
    words = Text(
        "From {} to {} the loss fell from {} to {}, {} of its initial value.",
        "从{}到{}，损失由 {} 降到 {}，为开始时的 {}。",
    )
    numbers = number(e.loss[0], 3), number(e.loss[-1], 3), percent(float(e.loss[-1] / e.loss[0]))
    yield Finding("fallen", words.format(e.place(0), e.place(e.last), *numbers), 0, e.last, NOTE)


KINDS = (
    Kind("ending", ending, 42, (OUTSIDE,)),
    Kind("level", level, 43, (OUTSIDE,)),
    Kind("fallen", fallen, 44, (OUTSIDE,)),
)
