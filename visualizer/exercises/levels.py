"""Levels of exercises, one record each, in the order in which they are best done."""

from dataclasses import dataclass
from typing import Any

from engine import Text

HALVES = (-2.0, -1.0, -0.5, 0.5, 1.0, 2.0)
TENTHS = tuple(round(sign * i / 10, 1) for i in range(1, 10) for sign in (1, -1))


IN_CODE = "code"  # stands in links in the place of a level: mistakes to be found in listings, by their number


@dataclass(frozen=True)
class Level:
    """Level of exercises, the settings that one kind has in common.

    Attributes
    ----------
    name : str
        The key in `LEVELS`, and in links.
    stream : int
        What its numbers are drawn from, beside the seed of an exercise: its own, so that other levels do not move it.
    label, why : Text
        The name that a reader sees, and what it practises.
    networks : tuple of (sizes, activations)
        From which one is drawn.
    loss : str
    weights, biases, inputs, targets : tuple of float
        From which the numbers are drawn; no targets means one of the classes.
    rates : tuple of float
        From which the learning rate is drawn.
    samples : int
        The number of samples, over which the gradients are averaged.
    optimizer : str
    iterations : tuple of int
        From which the iteration that is worked out is drawn; what the optimizer remembers before it is given.
    """

    name: str
    stream: int
    label: Text
    why: Text
    networks: tuple[tuple[tuple[int, ...], tuple[str, ...]], ...]
    loss: str = "quadratic"
    weights: tuple[float, ...] = HALVES
    biases: tuple[float, ...] = (-1.0, -0.5, 0.0, 0.5, 1.0)
    inputs: tuple[float, ...] = (-1.0, 1.0, 2.0)
    targets: tuple[float, ...] = (-1.0, 0.0, 1.0, 2.0)
    rates: tuple[float, ...] = (0.1,)
    samples: int = 1
    optimizer: str = "sgd"
    iterations: tuple[int, ...] = (1,)


_CALCULATOR: dict[str, Any] = {
    "weights": TENTHS,
    "biases": TENTHS,
    "inputs": (-1.0, -0.5, 0.5, 1.0),
    "rates": (0.5, 1.0),
}
LEVELS = {
    level.name: level
    for level in (
        Level(
            "neuron",
            0,
            Text("One neuron", "一个神经元"),
            Text(
                "One layer, no calculator: weighted input, cost, error, gradients, update.",
                "只有一层，不用计算器：加权输入、代价、误差、梯度、更新。",
            ),
            (((2, 1), ("linear",)), ((2, 1), ("relu",)), ((3, 1), ("linear",))),
        ),
        Level(
            "relu",
            1,
            Text("Two layers, ReLU", "两层，ReLU"),
            Text(
                "The error flows back through the weights; no calculator needed, since every slope is 0 or 1. A "
                "neuron may be off.",
                "误差经由权重传回；斜率只有 0 或 1，不用计算器。可能有未激活的神经元。",
            ),
            (((2, 2, 1), ("relu", "linear")), ((1, 2, 1), ("relu", "linear")), ((2, 2, 2), ("relu", "linear"))),
        ),
        Level(
            "sigmoid",
            2,
            Text("Two layers, sigmoid", "两层，sigmoid"),
            Text("With a calculator: the slopes a(1 − a) must be computed.", "需要计算器：要算斜率 a(1 − a)。"),
            (((2, 2, 1), ("sigmoid", "sigmoid")), ((1, 2, 1), ("sigmoid", "sigmoid"))),
            **_CALCULATOR,
            targets=(0.0, 1.0),
        ),
        Level(
            "softmax",
            3,
            Text("Two classes, softmax", "两个类别，softmax"),
            Text(
                "ReLU, softmax and cross-entropy: the error of the output layer is output minus target.",
                "ReLU、softmax 与交叉熵：输出层误差就是输出减目标。",
            ),
            (((2, 2, 2), ("relu", "softmax")), ((1, 2, 2), ("relu", "softmax"))),
            "cross_entropy",
            **_CALCULATOR,
            targets=(),
        ),
        Level(
            "chain",
            4,
            Text("Three layers, a chain", "三层，链式"),
            Text(
                "One neuron per layer: the same product again and again, and the error shrinks.",
                "每层一个神经元：同样的乘积一再出现，误差越来越小。",
            ),
            (((1, 1, 1, 1), ("sigmoid", "sigmoid", "sigmoid")), ((1, 1, 1, 1), ("tanh", "tanh", "linear"))),
            **(_CALCULATOR | {"weights": HALVES, "rates": (1.0,)}),
            targets=(0.0, 1.0),
        ),
        Level(
            "bce",
            5,
            Text("Sigmoid and cross-entropy", "sigmoid 与交叉熵"),
            Text(
                "Binary cross-entropy: σ′ of the output cancels, and δ is output minus target.",
                "二元交叉熵：输出层的 σ′ 被约去，δ 就是输出减目标。",
            ),
            (((2, 2, 1), ("relu", "sigmoid")), ((1, 2, 1), ("relu", "sigmoid"))),
            "binary_cross_entropy",
            **_CALCULATOR,
            targets=(0.0, 1.0),
        ),
        Level(
            "batch",
            6,
            Text("Two samples", "两个样本"),
            Text(
                "A batch: every sample has its own z, a and δ; cost and gradients are means over the samples. ⁽²⁾ "
                "marks the second sample. No calculator needed.",
                "一个批量：每个样本有自己的 z、a 和 δ；代价与梯度取各样本的平均。⁽²⁾ 表示第二个样本。不用计算器。",
            ),
            (((2, 1), ("linear",)), ((1, 2, 1), ("relu", "linear"))),
            samples=2,
        ),
        Level(
            "adam",
            7,
            Text("One step of Adam", "Adam 的一步"),
            Text(
                "One linear neuron: both moments, their bias correction, the step. In the first iteration every "
                "parameter moves by η, whatever the size of its gradient; in the second it no longer does.",
                "一个线性神经元：两个矩、偏差修正、步长。第一次迭代中，不论梯度大小，每个参数都移动 η；"
                "第二次就不再如此。",
            ),
            (((2, 1), ("linear",)),),
            optimizer="adam",
            iterations=(1, 2),
        ),
    )
}
