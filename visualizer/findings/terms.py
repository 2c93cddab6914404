"""Findings about what acts beside the data: mistakes on purpose, a penalty, clipping, a schedule."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine import Network, Text, Trace
from engine.catalogue import CLIPS, REGULARIZERS
from engine.mistakes import MISTAKES
from engine.passes import trace
from visualizer.findings.evidence import Evidence
from visualizer.findings.record import NOTE, Finding, Kind, Try
from visualizer.findings.shape import percent
from visualizer.writing import number

_OPPOSED, _AS_LONG = 0.6, 0.3  # the cosine between the data's gradient and the pull; how long that is beside it
_SWING, _TINY = 10, 1e-9  # steps of a weight within which it is at the kink; beside it
_PRESSED = 0.2  # what is left of the length of all weights
_CUT, _LOOKS = 0.5, 5  # a gradient that is cut to half; moments at which that is looked at
_FADED, _WOULD = 0.2, 0.02  # what a schedule leaves of the rate; how far the loss falls while η adds up to a tenth
_RIGHT = Text("the same without the mistake", "同样的训练，但不犯这个错误")
_FREE = Text("no penalty", "不加惩罚")
_UNCUT = Text("no clipping", "不裁剪")
_CONSTANT = Text("a constant learning rate", "恒定的学习率")


def mistake(e: Evidence) -> Iterator[Finding]:
    """Find a mistake made on purpose, and how far the gradient is off because of it."""
    made = e.task.options.mistakes
    if not made:
        return
    network, rows = e.trial.network_at(0), e.few
    right, wrong = (trace(network, *rows, e.task.loss, mistakes=names).wrong_gradient for names in ((), made))
    lengths = np.linalg.norm(right), np.linalg.norm(wrong)
    cosine = float(right @ wrong / np.prod(lengths)) if np.prod(lengths) else 1.0
    words = Text(
        "There is a deliberate mistake: {}. In the first step the gradient points {}° away from the correct one and is "
        "{} times as long.",
        "有一处故意的错误：{}。第一步的梯度与正确的梯度相差 {}°，长度是它的 {} 倍。",
    )
    degrees = number(float(np.degrees(np.arccos(np.clip(cosine, -1, 1)))), 3)
    times = number(float(lengths[1] / lengths[0]), 3) if lengths[0] else "∞"
    labels = Text("; ", "；").join([MISTAKES[name].label for name in made])
    tries = (Try("mistake", _RIGHT, e.task.with_options(mistakes=())),)
    yield Finding("mistake", words.format(labels, degrees, times), 0, e.last, cause="mistake", tries=tries)


def penalty(e: Evidence) -> Iterator[Finding]:
    """Find a penalty that holds the loss up: at the end its pull and the gradient of the data cancel."""
    if e.end is None or not e.task.options.regularized or e.loss[-1] < e.low:
        return
    pull, data = _pull_and_data(e)
    lengths = np.linalg.norm(pull), np.linalg.norm(data)
    cosine = -float(pull @ data / np.prod(lengths)) if np.prod(lengths) else 0.0
    if _weights(e.end) < _PRESSED * _weights(e.start):
        yield _pressed(e)
        return
    if cosine < _OPPOSED or lengths[0] < _AS_LONG * lengths[1]:
        return
    share = (e.end.cost - e.end.loss) / e.end.cost if e.end.cost else 0.0
    words = Text(
        "The penalty ({}) keeps the loss high: at the end its gradient is {} times as long as that of the data and "
        "points against it (cosine {}). The penalty is {} of the total cost J = C + λΩ.",
        "惩罚项（{}）使损失降不下去：最后它的梯度是数据梯度长度的 {} 倍，方向与之相反（余弦 {}）。惩罚占总代价 J = "
        "C + λΩ 的 {}。",
    )
    ratio = number(float(lengths[0] / lengths[1]), 2)
    label = REGULARIZERS[e.task.regularizer].label
    said = words.format(label, ratio, number(-cosine, 2), percent(share))
    tries = (Try("penalty", _FREE, e.task.with_options(regularizer="none")),)
    yield Finding("penalty", said, 0, e.last, NOTE, "penalty", tries=tries)


def _pull_and_data(e: Evidence) -> tuple[NDArray, NDArray]:
    """Return the pull of the penalty on all weights, and the gradient of the data.

    At a kink of the penalty the pull is any one up to the largest; a weight that swings about it is at it.
    """
    assert e.end
    layers = range(1, len(e.end.given.layers) + 1)
    data, whole = (np.concatenate([e.end.value(name, l).ravel() for l in layers]) for name in ("dW", "gW"))
    pull, record = whole - data, REGULARIZERS[e.task.regularizer]
    if record.kink:
        w, before = (_all_weights(e.trial.network_at(epoch)) for epoch in (e.last, max(0, e.last - 1)))
        at = np.abs(w) <= _SWING * np.abs(w - before)
        largest = np.abs(e.task.strength * record.slope(np.where(w < 0, -_TINY, _TINY)))
        pull = np.where(at, -np.clip(data, -largest, largest), pull)
    return pull, data


def _all_weights(network: Network) -> NDArray:
    return np.concatenate([layer.W.ravel() for layer in network.layers])


def _weights(kept: Trace) -> float:
    """Length of all weights of a network."""
    return float(np.linalg.norm(_all_weights(kept.given)))


def _pressed(e: Evidence) -> Finding:
    """Return the finding of a penalty that has pressed the weights down to next to nothing."""
    assert e.end
    words = Text(
        "The penalty ({}) has shrunk the weights to {} of their initial length: they are too small to solve the task.",
        "惩罚项（{}）把权重缩小到开始时长度的 {}：这样小的权重解决不了这个任务。",
    )
    said = words.format(REGULARIZERS[e.task.regularizer].label, percent(_weights(e.end) / _weights(e.start)))
    tries = (Try("penalty", _FREE, e.task.with_options(regularizer="none")),)
    return Finding("penalty", said, 0, e.last, cause="penalty", tries=tries)


def clip(e: Evidence) -> Iterator[Finding]:
    """Find clipping that makes nearly every step shorter than it would be."""
    options = e.task.options
    if e.end is None or e.good or not options.clipped:
        return
    shares = []
    for epoch in np.linspace(0, e.last, _LOOKS).round().astype(int):
        g = e.passed(int(epoch)).gradient
        norm = np.linalg.norm(g)
        cut = CLIPS[options.clip].clipped(g, options.clip_at, np.array([norm]))
        shares.append(float(np.linalg.norm(cut) / norm) if norm else 1.0)
    kept = float(np.median(shares))
    if kept > _CUT:
        return
    words = Text(
        "Clipping at {} leaves {} of the length of a typical gradient: nearly every step is shortened, as if the "
        "learning rate were smaller by that factor.",
        "在 {} 处裁剪，使典型梯度只剩下 {} 的长度：几乎每一步都被缩短，相当于学习率缩小了同样的倍数。",
    )
    tries = (Try("clip", _UNCUT, e.task.with_options(clip="none")),)
    yield Finding("clip", words.format(number(options.clip_at, 3), percent(kept)), 0, e.last, cause="clip", tries=tries)


def schedule(e: Evidence) -> Iterator[Finding]:
    """Find a schedule that has ended the training: per unit of η the loss is still falling."""
    if e.end is None or e.loss[-1] < e.low or e.task.schedule == "constant" or not e.last:
        return
    left = float(e.rates[e.last - 1] / e.rates.max())
    walked = np.cumsum(e.rates[: e.last])
    first = int(np.searchsorted(walked, 0.9 * walked[-1]))
    if left > _FADED or not 0 < first < e.last or 1 - e.loss[-1] / e.loss[first] < _WOULD:
        return
    words = Text(
        "The schedule has lowered the learning rate from {} to {}. During the last tenth of the sum of all η, "
        "since epoch {}, the loss was still falling, by {}: the schedule ended this training, not a minimum.",
        "学习率调度已把学习率从 {} 降到 {}。在全部 η 之和的最后十分之一里（自第 {} 轮起），损失仍下降了 {}：结束这"
        "次训练的是调度，而不是极小值。",
    )
    numbers = number(float(e.rates.max()), 3), number(float(e.rates[e.last - 1]), 2), first
    fell = percent(float(1 - e.loss[-1] / e.loss[first]))
    tries = (Try("schedule", _CONSTANT, replace(e.task, schedule="constant")),)
    yield Finding("schedule", words.format(*numbers, fell), first, e.last, tone=NOTE, cause="schedule", tries=tries)


KINDS = (
    Kind("mistake", mistake, 1),
    Kind("penalty", penalty, 18),
    Kind("clip", clip, 19),
    Kind("schedule", schedule, 20),
)
