"""Findings that the curve alone shows: plateaus, ups and downs, over-fitting, an end that is too early or too late."""

from collections.abc import Iterator

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from engine import Text
from visualizer.findings.record import Evidence, Finding, Kind
from visualizer.writing import number, plain

_PLACES = 1001  # at so many places a curve is looked at for stretches
_SHORTEST = 20  # epochs: before that a tenth of a run is no stretch
_STILL = 0.02  # a loss stands still that changes by less than this share in a tenth of the run …
_DROP = 0.3  # … and it was a plateau if it falls by this share afterwards: no slowing descent does, 10 · 0.02 is less
_UPS, _DOWNS = 0.25, 0.25  # the shares of epochs in which the loss goes up, and down: pure noise has halves
_PEAKS = 0.04  # and how often it turns from up to down: once in 25 epochs, twice in a stretch at least
_UP, _VISIBLE = 0.02, 0.01  # how far it goes up on average, of itself; and what a loss is that is worth a word
_RISE, _LEARNS = 1.1, 0.95  # held out above its best by a tenth, which is more than noise; training at least 5 % lower
_STEADY = 0.5  # the last tenth falls at least this much of what the one before did
_NEVER = 0.95  # the share of the best constant's cost that a run must beat to have learned something


def _percent(share: float) -> str:
    return f"{number(100 * share, 2)}%"


def _tenth(e: Evidence) -> int:
    return -(-e.last // 10)


def _smooth(curve: NDArray) -> NDArray:
    """Return the means over a hundredth of the run: single epochs of small batches say little."""
    width = max(1, len(curve) // 100)
    padded = np.pad(curve, (width // 2, (width - 1) // 2), "edge")
    return np.convolve(padded, np.full(width, 1 / width), "valid")


def _stretches(holds: NDArray, reach: int = 0) -> list[tuple[int, int]]:
    """Return the first and the last place of each stretch in which a condition holds, the latter `reach` further."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], holds, [False])).astype(int)))
    return [(int(first), int(last) - 1 + reach) for first, last in edges.reshape(-1, 2)]


def _still(e: Evidence) -> list[tuple[int, int]]:
    """Return the stretches in which the loss is flat at a level that is not small, each a tenth of the run."""
    if e.last < _SHORTEST:
        return []
    places = np.unique(np.linspace(0, e.last, _PLACES).round().astype(int))
    width = -(-len(places) // 10)
    windows = sliding_window_view(_smooth(e.loss)[places], width)
    low, high = windows.min(axis=1), windows.max(axis=1)
    still = (high - low <= _STILL * high) & (low >= e.low)
    covered = np.zeros(len(places), bool)
    for first in np.flatnonzero(still):
        covered[first : first + width] = True
    return [(int(places[first]), int(places[last])) for first, last in _stretches(covered)]


def diverged(e: Evidence) -> Iterator[Finding]:
    """Find the divergence of a run, and the epoch from which on the loss went up."""
    found = e.trial.divergence
    if not found:
        return
    name = plain(found.quantity._replace(name=found.quantity.name.removesuffix("_new")))
    quantity = Text("the cost C", "代价 C") if found.quantity.name == "C" else Text(name, name)
    best = int(e.loss.argmin()) if len(e.loss) else 0
    words = Text("At epoch {} {} was no longer finite.", "第 {} 轮时 {} 不再是有限数。").format(found.epoch, quantity)
    if best < e.last:
        since = Text(
            " The loss was lowest after epoch {} and has been higher ever since.",
            "损失在第 {} 轮后最低，此后一直高于该值。",
        )
        words = Text("{}{}", "{}{}").format(words, since.format(best))
    yield Finding("diverged", words, best, found.epoch)


def plateau(e: Evidence) -> Iterator[Finding]:
    """Find plateaus, stretches in which the loss is flat before it falls again."""
    for first, last in _still(e):
        lowest = e.loss[last:].min()
        if lowest < (1 - _DROP) * e.loss[last]:
            words = Text(
                "From epoch {} to {} the loss hardly changes ({} to {}): a plateau. Afterwards it falls to {}.",
                "从第 {} 轮到第 {} 轮，损失几乎不变（{} 到 {}）：这是平台期。之后它降到 {}。",
            )
            numbers = (number(value, 3) for value in (e.loss[first], e.loss[last], lowest))
            yield Finding("plateau", words.format(first, last, *numbers), first, last)


def unlearned(e: Evidence) -> Iterator[Finding]:
    """Find a run that never did better than the best constant answer."""
    if e.end is None or e.last < _SHORTEST or not e.constant or e.loss.min() < _NEVER * e.constant:
        return
    words = Text(
        "In {} epochs the loss never fell clearly below {}, the loss of always giving the best constant answer: "
        "nothing has been learned yet.",
        "{} 轮中，损失从未明显低于 {}，即最佳常数输出的损失：到目前为止什么也没学到。",
    )
    yield Finding("unlearned", words.format(e.last, number(e.constant, 3)), 0, e.last)


def stuck(e: Evidence) -> Iterator[Finding]:
    """Find a run whose loss is flat at the end though the task is not solved."""
    stretches = _still(e)
    if e.end is None or e.solved or not stretches or stretches[-1][1] < e.last or any(unlearned(e)):
        return
    words = Text(
        "Since epoch {} the loss has hardly changed ({} to {}), and the task is not solved{}: a poor region, a "
        "very flat one, or the best that this network can do.",
        "自第 {} 轮起，损失几乎不变（{} 到 {}），任务尚未解决{}：可能是较差的区域、很平坦的区域，或已到这个网络的"
        "极限。",
    )
    wrong = Text("", "")
    if e.wrong:
        wrong = Text(", {} of {} samples in the wrong class", "，{1} 个样本中有 {0} 个分错").format(e.wrong, e.end.m)
    first = stretches[-1][0]
    levels = number(e.loss[first], 3), number(e.loss[-1], 3)
    yield Finding("stuck", words.format(first, *levels, wrong), first, e.last)


def slow(e: Evidence) -> Iterator[Finding]:
    """Find a run whose loss is still falling at the end."""
    if e.end is None or e.solved or e.last < _SHORTEST:
        return
    width, smooth = _tenth(e), _smooth(e.loss)
    before, then, now = smooth[-1 - 2 * width], smooth[-1 - width], smooth[-1]
    steady = then - now >= _STEADY * (before - then) and (np.diff(e.loss[-1 - width :]) > 0).mean() < _UPS
    if not steady or then - now < _STILL * then:
        return
    words = Text(
        "The loss is still falling at the end: by {} in the last tenth of the run, from {} to {}. The run is too "
        "short, or the learning rate too small.",
        "到最后损失仍在下降：最后十分之一的轮数中下降了 {}，从 {} 到 {}。训练太短，或者学习率太小。",
    )
    first = e.last - width
    numbers = number(e.loss[first], 3), number(e.loss[-1], 3)
    yield Finding("slow", words.format(_percent(1 - e.loss[-1] / e.loss[first]), *numbers), first, e.last)


def oscillation(e: Evidence) -> Iterator[Finding]:
    """Find the longest stretch in which the loss goes up and down again and again."""
    if e.last < _SHORTEST:
        return
    steps, wild = _wild(e)
    first, last = max(_stretches(wild, _tenth(e)), key=lambda ends: ends[1] - ends[0], default=(0, 0))
    ups = first + np.flatnonzero(steps[first:last] > 0)
    if not len(ups):
        return
    first, last = int(ups[0]), int(ups[-1]) + 1
    words = Text(
        "Between epochs {} and {} the loss goes up in {} of the epochs, typically by {}: the steps are too large "
        "for this valley, or the mini-batches too small to agree on a direction.",
        "第 {} 轮到第 {} 轮之间，有 {} 的轮次损失反而上升，通常上升 {}：步长相对谷的宽度太大，或小批量太小、方向不"
        "一致。",
    )
    often, far = _percent(len(ups) / (last - first)), _percent(float(np.median(steps[ups])))
    yield Finding("oscillation", words.format(first, last, often, far), first, last)


def _wild(e: Evidence) -> tuple[NDArray, NDArray]:
    """Return each step of the loss as a share of it, and whether each window of a tenth of the run oscillates."""
    until = e.last if e.end else e.loss.argmin()  # on the way to infinity it is no oscillation
    loss, width = np.maximum(e.loss[: until + 1], np.finfo(float).tiny), _tenth(e)
    steps = np.diff(loss) / loss[:-1]
    up = steps > 0
    peaks = np.append(up[:-1] & ~up[1:], False)
    ups, tops, sizes, levels = (_means(v, width) for v in (up, peaks, np.maximum(steps, 0), loss[:-1]))
    back_and_forth = (ups >= _UPS) & (ups <= 1 - _DOWNS) & (tops * width >= max(2, _PEAKS * width))
    return steps, back_and_forth & (sizes >= _UP * ups) & (levels >= _VISIBLE * e.constant)


def _means(values: NDArray, width: int) -> NDArray:
    sums = np.concatenate(([0.0], np.cumsum(values)))
    return (sums[width:] - sums[:-width]) / width


def overfitting(e: Evidence) -> Iterator[Finding]:
    """Find over-fitting: the held-out loss rises while the training loss goes on falling."""
    if e.trial.held_out_loss is None or e.last < _SHORTEST:
        return
    held, seen = _smooth(e.trial.held_out_loss[: e.last + 1]), _smooth(e.loss)
    best = int(held.argmin())
    if e.last - best < _tenth(e) or held[-1] < _RISE * held[best] or seen[-1] > _LEARNS * seen[best]:
        return
    words = Text(
        "Since epoch {} the validation loss has risen from {} to {} while the training loss has fallen from {} to "
        "{}: overfitting, the network memorizes its training samples.",
        "自第 {} 轮起，验证损失从 {} 升到 {}，而训练损失从 {} 降到 {}：这是过拟合，网络在死记训练样本。",
    )
    numbers = (number(value, 3) for value in (held[best], held[-1], seen[best], seen[-1]))
    yield Finding("overfitting", words.format(best, *numbers), best, e.last)


def solved(e: Evidence) -> Iterator[Finding]:
    """Find a solved task, and the epoch since which the loss is small."""
    if e.end is None or not e.last or not e.solved:
        return
    high = np.flatnonzero(e.loss >= e.low)
    first = min(e.last, int(high[-1]) + 1) if len(high) else 0
    parts = []
    if e.wrong == 0:
        parts.append(
            Text("All {} training samples are classified correctly", "全部 {} 个训练样本都分类正确").format(e.end.m)
        )
    if e.loss[-1] < e.low:
        small = Text(
            "since epoch {} the loss has been below {}, i.e. 4 % of the loss of the best constant answer",
            "自第 {} 轮起，损失低于 {}，即最佳常数输出的损失的 4%",
        )
        parts.append(small.format(first, number(e.low, 3)))
    words = Text("{}.", "{}。").format(Text("; ", "；").join(parts))
    yield Finding("solved", Text(words.en[0].upper() + words.en[1:], words.zh), first, e.last)


KINDS = (
    Kind("diverged", diverged, 1),
    Kind("unlearned", unlearned, 5),
    Kind("plateau", plateau, 6),
    Kind("stuck", stuck, 7),
    Kind("slow", slow, 8),
    Kind("oscillation", oscillation, 9),
    Kind("overfitting", overfitting, 10),
    Kind("solved", solved, 11),
)
