"""Findings about the data: targets that an output cannot reach, inputs of very different size, classes that overlap."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine import ACTIVATIONS, Text
from engine.settings import OWN
from visualizer.findings.evidence import Evidence
from visualizer.findings.record import Finding, Kind, Try
from visualizer.findings.shape import falls, percent
from visualizer.writing import number

_DIGITS, _SLACK = 6, 0.01  # of the ends of a range; how far beyond them, of the targets' range, is of no account
_FAR = 60.0  # where an activation is as good as at its end
_LARGE = 10.0  # deviations of two columns that differ by more, or a mean of so many deviations
_NEIGHBOURS, _MOST_COLUMNS, _MOST_ROWS, _FEWEST_ROWS = 5, 64, 2000, 20
_OVERLAP = 0.1  # of the samples among neighbours of another class
_LESS, _MORE, _BESIDE = 0.5, 1.6, 0.02  # how many end wrong, in shares of these and beside them
_LINEAR = Text("a linear output", "线性输出")
_EVEN = Text("inputs with mean 0 and standard deviation 1", "输入的均值为 0、标准差为 1")


def out_of_range(e: Evidence) -> Iterator[Finding]:
    """Find targets beyond what the output's activation can give."""
    if e.good:
        return
    name = e.task.activations[-1]
    if not ACTIVATIONS[name].elementwise:
        return
    reached = ACTIVATIONS[name].f(np.linspace(-_FAR, _FAR, 2001))
    low, high = (round(float(end), _DIGITS) for end in (reached.min(), reached.max()))
    low, high = (-np.inf if low <= -_FAR / 2 else low), (np.inf if high >= _FAR / 2 else high)
    y = e.data[1]
    slack = _SLACK * (float(np.ptp(y)) or 1.0)
    beyond = ((y < low) | (y > high)).any(axis=1)
    if y.min() >= low - slack and y.max() <= high + slack:
        return
    words = Text(
        "{} of the targets lie outside the range of the output: {} gives {} to {}, but the targets go from {} to "
        "{}. No training can reach them; an output with a suitable range can, for example a linear one.",
        "{} 的目标超出输出的取值范围：{} 的取值为 {} 到 {}，而目标为 {} 到 {}。怎样训练也达不到；换成取值范围合适的"
        "输出（如线性输出）就可以。",
    )
    ends = [
        Text("−∞", "−∞") if v == -np.inf else Text("∞", "∞") if v == np.inf else Text(number(v, 2), number(v, 2))
        for v in (low, high)
    ]
    said = words.format(
        percent(float(beyond.mean())), name, *ends, number(float(y.min()), 3), number(float(y.max()), 3)
    )
    task = replace(e.task, activations=(*e.task.activations[:-1], "linear"))
    yield Finding("range", said, 0, e.last, cause="range", tries=(Try("range", _LINEAR, task),))


def scale(e: Evidence) -> Iterator[Finding]:
    """Find inputs whose columns differ much in size, or lie far from zero."""
    x = e.data[0]
    if e.good or e.task.picture is not None:
        return
    deviation, mean = x.std(axis=0), np.abs(x.mean(axis=0))
    moving = deviation > 0
    if not moving.any():
        return
    spread = float(deviation[moving].max() / deviation[moving].min())
    off = float((mean[moving] / deviation[moving]).max())
    size = float(deviation[moving].max())
    if max(spread, off, size) < _LARGE:
        return
    words = Text(
        "The inputs differ greatly in scale: their columns have standard deviations from {} to {}, and means of up "
        "to {}. No single learning rate suits them all, and neurons saturate; subtract the mean of each column and "
        "divide by its standard deviation.",
        "各输入的尺度相差悬殊：各列标准差从 {} 到 {}，均值最大为 {}。没有一个学习率适合所有输入，神经元还会饱和；应"
        "逐列减去均值再除以标准差。",
    )
    numbers = (number(float(v), 2) for v in (deviation[moving].min(), deviation.max(), mean.max()))
    able = e.task.data == OWN and not e.task.scaled
    tries = (Try("scale", _EVEN, e.task.drawn(scaled=True)),) if able else ()
    yield Finding("scale", words.format(*numbers), 0, e.last, cause="scale", tries=tries)


def noise(e: Evidence) -> Iterator[Finding]:
    """Find classes that overlap: most samples that end wrong lie among neighbours of another class."""
    if e.good or "penalty" in e.causes or e.misread is None or not _FEWEST_ROWS <= len(e.data[0]) <= _MOST_ROWS:
        return
    if e.data[0].shape[1] > _MOST_COLUMNS:
        return
    among = _among_others(*e.data)
    share, wrong = float(among.mean()), float(e.misread.mean())
    if share < _OVERLAP or not _LESS * share <= wrong <= _MORE * share + _BESIDE or falls(e):
        return
    words = Text(
        "The classes overlap: {} of the samples lie mostly among another class, and {} end up misclassified. The "
        "remaining loss comes from noise in the data, not from a fault of the training; a lower loss would mean "
        "memorizing the noise.",
        "各类互相重叠：{} 的样本周围多数是另一类的样本，最后判错的有 {}。剩下的损失来自数据的噪声，不是训练的毛病；"
        "再往下降就是在死记噪声。",
    )
    yield Finding("noise", words.format(percent(share), percent(wrong)), 0, e.last, cause="noise")


def _among_others(x: NDArray, y: NDArray) -> NDArray:
    """Return whether most of the nearest neighbours of each sample are of another class."""
    label = y.argmax(axis=1) if y.shape[1] > 1 else (y[:, 0] > 0.5).astype(int)
    scaled = x / np.where(x.std(axis=0), x.std(axis=0), 1)
    squares = (scaled**2).sum(axis=1)
    away = squares[:, None] + squares - 2 * scaled @ scaled.T
    np.fill_diagonal(away, np.inf)
    nearest = np.argpartition(away, _NEIGHBOURS, axis=1)[:, :_NEIGHBOURS]
    return (label[nearest] != label[:, None]).mean(axis=1) > 0.5


KINDS = (
    Kind("range", out_of_range, 11),
    Kind("scale", scale, 12),
    Kind("noise", noise, 21),
)
