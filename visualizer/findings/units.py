"""Findings about units: dead, saturated, all alike; and about errors that vanish on their way to the first layer."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from engine import ACTIVATIONS, LOSSES, Network, Text, Trace
from engine.passes import trace
from visualizer.epochs import gradient_norm
from visualizer.findings.evidence import Evidence
from visualizer.findings.record import ALARM, NOTE, Finding, Kind, Try
from visualizer.findings.shape import percent
from visualizer.writing import number

_FLAT = 0.05  # a slope below this share of the activation's steepest: twenty steps do the work of one
_NEARLY_ALL = 0.9  # of the samples; a unit with a slope for some of them still learns from those
_FAR = 30.0  # where a bounded activation is flat on both sides
_MANY = 0.5  # of a layer: then its units are to blame, and not a few among others
_FAINT, _DEEP, _NEVER = 1e-2, 3, 0.9  # what is left of the gradient in the first of so many layers, and learned of it
_WRONG_ENDS = 0.1  # of the samples, whose output is flat on the wrong side
_SAME = 1e-9  # of the largest weight: what rounding may do to units that began equal

Units = Callable[[Trace, int], NDArray]


def _dead(kept: Trace, layer: int) -> NDArray:
    """Mask of the units that put out 0 and have no slope, for every sample."""
    record, z = ACTIVATIONS[kept.given.activations[layer - 1]], kept.value("z", layer)
    silent = (kept.value("a", layer) == 0).all(axis=1)
    return silent & (record.df(z) == 0).all(axis=1) if record.elementwise and silent.any() else np.zeros(len(z), bool)


def _saturated(kept: Trace, layer: int) -> NDArray:
    """Mask of the units that have next to no slope for nearly all samples."""
    name, z = kept.given.activations[layer - 1], kept.value("z", layer)
    matched = LOSSES[kept.loss_name].matched
    if not _steepest(name) or (layer == len(kept.given.layers) and matched):  # there the slope is cancelled
        return np.zeros(len(z), bool)
    flat = np.abs(ACTIVATIONS[name].df(z)) < _FLAT * _steepest(name)
    return flat.mean(axis=1) >= _NEARLY_ALL


@cache
def _steepest(name: str) -> float:
    """Return the largest slope of an activation that is flat on both sides, 0 for any other."""
    record = ACTIVATIONS[name]
    if not record.elementwise or np.abs(record.df(np.array([-_FAR, _FAR]))).max() > 1e-6:
        return 0.0
    return float(np.abs(record.df(np.linspace(-_FAR, _FAR, 2001))).max())


def dead(e: Evidence) -> Iterator[Finding]:
    """Find layers with dead units, which put out 0 for every sample."""
    words = Text(
        "Dead neurons in layer {}: {} of {}{}. They output 0 for every sample, so no error flows back through "
        "them and they stop learning.",
        "第 {} 层有 {} 个神经元（共 {} 个）已“死亡”{}。它们对所有样本都输出 0，误差无法经它们回传，也就不再学习。",
    )
    return _in_each_layer(e, "dead", _dead, words)


def saturated(e: Evidence) -> Iterator[Finding]:
    """Find layers with units on the flat ends of their activation; a task that is solved may have them."""
    if e.solved:
        return iter(())
    words = Text(
        "Saturated neurons in layer {}: {} of {}{}. For nearly every sample their slope is below 5% of its "
        "maximum, which slows down all learning through them.",
        "第 {} 层有 {} 个神经元（共 {} 个）已饱和{}。几乎对所有样本，其斜率不到最大值的 5%，学习因此变慢。",
    )
    return _in_each_layer(e, "saturated", _saturated, words)


def _in_each_layer(e: Evidence, kind: str, units: Units, words: Text) -> Iterator[Finding]:
    """Yield a finding for each layer with such units at the end, and the epoch since which it has as many.

    They are to blame where they are many; those that were many at the start and have come free are told too.
    """
    if e.end is None:
        return
    for layer in range(1, len(e.end.given.layers) + 1):
        found, before = units(e.end, layer), units(e.start, layer)
        if found.any():
            first = e.since(partial(_holds, e, units, layer, found))
            when = Text(", from the beginning", "（从一开始就如此）")
            if first:
                when = Text(", since epoch {} at the latest", "（最迟从第 {} 轮起）").format(first)
            cause = kind if found.mean() >= _MANY and not e.good else ""
            said = words.format(layer, found.sum(), len(found), when)
            yield Finding(kind, said, first, e.last, ALARM if cause else NOTE, cause, tries=_afresh(e, kind))
        elif before.mean() >= _MANY and not e.good:
            when = Text(" at the start", "（在开始时）")
            said = words.format(layer, before.sum(), len(before), when)
            yield Finding(kind, said, 0, e.last, ALARM, kind, tries=_afresh(e, kind))


def _holds(e: Evidence, units: Units, layer: int, found: NDArray, network: Network) -> bool:
    """Whether the network of another epoch has these units in that state too."""
    return bool(units(trace(network, *e.data, e.task.loss), layer)[found].all())


def _afresh(e: Evidence, cause: str) -> tuple[Try, ...]:
    """Return a training from weights that suit the layers, and one with a rate that throws no unit off."""
    tries = [
        Try(cause, Text("one eighth of the learning rate", "学习率降为八分之一"), replace(e.task, eta=e.task.eta / 8))
    ]
    if e.task.net or e.task.init != "xavier_uniform":
        words = Text("weights scaled to the layer sizes (Xavier)", "按层的大小缩放的初始权重（Xavier）")
        tries.append(Try(cause, words, e.task.drawn(init="xavier_uniform")))
    return tuple(tries)


def alike(e: Evidence) -> Iterator[Finding]:
    """Find hidden layers whose units are all equal: they began equal and get equal gradients."""
    if e.end is None:
        return
    for l, layer in enumerate(e.end.given.layers[:-1], 1):
        rows = np.hstack((layer.W, layer.b))
        if len(rows) > 1 and np.ptp(rows, axis=0).max() <= _SAME * np.abs(rows).max():
            words = Text(
                "All {} neurons of layer {} have identical weights: they started equal, receive equal gradients "
                "and stay equal, so the layer is no better than one neuron.",
                "第 {1} 层的 {0} 个神经元权重完全相同：它们从相同的值出发，梯度也相同，整层只相当于一个神经元。",
            )
            drawn = e.task.drawn(init="xavier_uniform")
            tries = (Try("alike", Text("random initial weights", "随机初始权重"), drawn),)
            cause = "" if e.good else "alike"
            yield Finding("alike", words.format(number(len(rows)), l), 0, e.last, cause=cause, tries=tries)


def vanishing(e: Evidence) -> Iterator[Finding]:
    """Find errors that vanish on their way back through many layers."""
    if (
        e.end is None
        or e.good
        or len(e.end.given.layers) < _DEEP
        or e.level < _NEVER
        or e.causes & {"alike", "mistake"}
    ):
        return
    last = len(e.end.given.layers)
    ends = gradient_norm(e.start, 1), gradient_norm(e.start, last)
    if not ends[1] or ends[0] > _FAINT * ends[1]:
        return
    words = Text(
        "The error vanishes as it flows back: at the start the gradient of layer 1 is {} times as long as that of "
        "layer {}, each layer multiplying by slopes and weights below 1. The first layers learn next to nothing.",
        "误差在回传途中消失：开始时，第 1 层梯度的长度是第 {1} 层的 {0} 倍，因为每一层都乘以小于 1 的斜率与权重。"
        "前几层几乎学不到东西。",
    )
    task = e.task
    steep = replace(task.drawn(init="he_uniform"), activations=("relu",) * len(task.hidden) + task.activations[-1:])
    tries = (Try("vanishing", Text("ReLU with He initialization", "ReLU 配 He 初始化"), steep),)
    said = words.format(number(ends[0] / ends[1], 2), last)
    yield Finding("vanishing", said, 0, e.last, cause="vanishing", tries=tries)


def flat_output(e: Evidence) -> Iterator[Finding]:
    """Find outputs that are flat on the wrong side, under a loss that lets their slope stand in the gradient."""
    if e.end is None or e.good or not e.task.classes or LOSSES[e.task.loss].matched or "mistake" in e.causes:
        return
    name, suited = (
        e.task.activations[-1],
        [r for r in LOSSES.values() if r.matched and r.matched.activation == e.task.activations[-1]],
    )
    if not _steepest(name) or not suited:
        return
    z, a, y = e.end.value("z"), e.end.value("a"), e.data[1].T
    flat = np.abs(ACTIVATIONS[name].df(z)) < _FLAT * _steepest(name)
    share = float((flat & (np.abs(a - y) > 0.5)).any(axis=0).mean())
    if share < _WRONG_ENDS:
        return
    words = Text(
        "{} of the samples end on the wrong side where the output is flat: with {} the slope f′(z) of the output is a "
        "factor of BP1, and nearly 0 there. With {} it cancels, and such samples have the largest error of all.",
        "{} 的样本停在错误的一侧，而那里输出是平的：用{}时，输出的斜率 f′(z) 是 BP1 的因子，在那里几乎为 0。"
        "用{}则相互抵消，这样的样本误差最大。",
    )
    tries = (Try("wrong_loss", suited[0].label, replace(e.task, loss=suited[0].name)),)
    said = words.format(percent(share), LOSSES[e.task.loss].label, suited[0].label)
    yield Finding("wrong_loss", said, 0, e.last, cause="wrong_loss", tries=tries)


KINDS = (
    Kind("alike", alike, 10),
    Kind("vanishing", vanishing, 13),
    Kind("wrong_loss", flat_output, 14),
    Kind("dead", dead, 15),
    Kind("saturated", saturated, 16),
)
