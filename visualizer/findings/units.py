"""Findings about the units of a network: dead ones, saturated ones, and such as never became different."""

from collections.abc import Callable, Iterator
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from engine import ACTIVATIONS, LOSSES, Network, Text, Trace
from engine.passes import trace
from visualizer.findings.record import Evidence, Finding, Kind
from visualizer.writing import number

_FLAT = 0.05  # a slope below this share of the activation's steepest: twenty steps do the work of one
_NEARLY_ALL = 0.9  # of the samples; a unit with a slope for some of them still learns from those
_FAR = 30.0  # where a bounded activation is flat on both sides
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
        "Saturated neurons in layer {}: {} of {}{}. For nearly every sample their slope is below 5 % of its "
        "maximum, which slows down all learning through them.",
        "第 {} 层有 {} 个神经元（共 {} 个）已饱和{}。几乎对所有样本，其斜率不到最大值的 5%，学习因此变慢。",
    )
    return _in_each_layer(e, "saturated", _saturated, words)


def _in_each_layer(e: Evidence, kind: str, units: Units, words: Text) -> Iterator[Finding]:
    """Yield a finding for each layer with such units at the end, and the epoch since which it has as many."""
    if e.end is None:
        return
    for layer in range(1, len(e.end.given.layers) + 1):
        found = units(e.end, layer)
        if found.any():
            first = e.since(partial(_holds, e, units, layer, found))
            when = Text(", from the beginning", "（从一开始就如此）")
            if first:
                when = Text(", since epoch {} at the latest", "（最迟从第 {} 轮起）").format(first)
            yield Finding(kind, words.format(layer, found.sum(), len(found), when), first, e.last)


def _holds(e: Evidence, units: Units, layer: int, found: NDArray, network: Network) -> bool:
    """Whether the network of another epoch has these units in that state too."""
    return bool(units(trace(network, *e.data, e.task.loss), layer)[found].all())


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
            yield Finding("alike", words.format(number(len(rows)), l), 0, e.last)


KINDS = (
    Kind("dead", dead, 2),
    Kind("saturated", saturated, 3),
    Kind("alike", alike, 4),
)
