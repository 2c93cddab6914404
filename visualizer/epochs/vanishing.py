"""Vanishing gradients: the share that reaches the first layer of a deep network before training begins, as a table."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from engine import Text
from engine.passes import trace
from engine.settings import Task
from visualizer.epochs.epoch_figures import gradient_norm
from visualizer.writing import number

DEPTHS = (2, 4, 6, 8, 10)
SEEDS = 11
_WIDTH, _LOSS = 8, "binary_cross_entropy"
_DIGITS = 2
WHY_VANISHING = Text(
    "Length of the first layer's gradient divided by the last layer's, before training: {} neurons in every "
    "hidden layer, one sigmoid output, two moons; the median over {} random initializations. At 1 both layers "
    "learn equally fast; the smaller the ratio, the weaker the error that reaches the first layer.",
    "训练开始之前，第一层梯度长度与最后一层之比：每个隐藏层 {} 个神经元，输出为一个 sigmoid，双月数据；"
    "取 {} 次随机初始化的中位数。等于 1 时两层学得一样快；越小，第一层得到的误差信号越弱。",
).format(_WIDTH, SEEDS)
_NETWORK, _LAYERS = Text("hidden layers", "隐藏层"), Text("{} layers", "{} 层")


class Kind(NamedTuple):
    """Kind of hidden layers: its words, activation and initializer, and whether they are normalized."""

    label: Text
    activation: str
    init: str
    batch_norm: bool = False


KINDS = {
    "sigmoid": Kind(Text("sigmoid with Xavier", "sigmoid 配 Xavier 初始化"), "sigmoid", "xavier_uniform"),
    "relu": Kind(Text("ReLU with He", "ReLU 配 He 初始化"), "relu", "he_normal"),
    "tanh": Kind(Text("tanh with Xavier", "tanh 配 Xavier 初始化"), "tanh", "xavier_uniform"),
    "batch_norm": Kind(
        Text("sigmoid, batch normalization", "sigmoid 加批量归一化"), "sigmoid", "xavier_uniform", batch_norm=True
    ),
}


def deep(kind: str, layers: int, **settings: Any) -> Task:
    """Return the task of a network of so many layers, the output included."""
    chosen, hidden = KINDS[kind], layers - 1
    activations = (*(chosen.activation,) * hidden, "sigmoid")
    network: dict[str, Any] = {"hidden": (_WIDTH,) * hidden, "activations": activations, "init": chosen.init}
    return Task("moons", loss=_LOSS, batch_norm=chosen.batch_norm, **network, **settings)


@lru_cache
def ratio(kind: str, layers: int) -> float:
    """Return the first layer's gradient norm divided by the last one's at the start, the median over the seeds."""
    return float(np.median([_ratio(deep(kind, layers, seed=seed)) for seed in range(SEEDS)]))


def _ratio(task: Task) -> float:
    start = trace(task.network(), *task.samples(), task.loss)
    return gradient_norm(start, 1) / gradient_norm(start, len(start.given.layers))


def rows(lang: str) -> list[dict[str, str]]:
    """Return the table: a row for each kind of hidden layers, a column for each depth."""
    return [
        {_NETWORK(lang): kind.label(lang)}
        | {_LAYERS.format(layers)(lang): number(ratio(name, layers), _DIGITS) for layers in DEPTHS}
        for name, kind in KINDS.items()
    ]
