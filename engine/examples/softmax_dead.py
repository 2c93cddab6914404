"""Section F: softmax behind a dead unit, for which a public tool prints a wrong number."""

from engine.core import Text
from engine.examples.published import Example, Stated
from engine.layers import Dense
from engine.network import Network

SOFTMAX_DEAD = Example(
    "softmax_dead",
    Text("2-2-2, softmax with a ReLU that is off", "2-2-2，softmax 与未激活的 ReLU"),
    Text("A public calculator of backpropagation, for row vectors", "网上的反向传播计算工具（行向量记法）"),
    Network(
        (
            Dense([[0.2, -0.1], [0.1, 0.3]], [0.1, -0.1], "relu"),
            Dense([[0.4, 0.1], [-0.2, 0.3]], [0.05, 0.02], "softmax"),
        )
    ),
    x=((0.5, -0.3),),
    y=((1.0, 0.0),),
    loss="cross_entropy",
    stated=(
        Stated("z", 1, ("0.23", "-0.14")),
        Stated(
            "z",
            2,
            ("0.142", "0.043"),
            Text(
                "The second sum results if the output 0 of the hidden neuron that is off is replaced by the 0.23 "
                "of its neighbor.",
                "若把未激活的隐藏神经元的输出 0 换成相邻神经元的 0.23，第二个和就会得到这个数。",
            ),
            where=Text("the output of the tool", "该工具的输出"),
        ),
        Stated("a", 2, ("0.5419015", "0.4580985")),
        Stated("C", 2, "0.6126710"),
    ),
    remarks=(
        Text(
            "The source multiplies rows from the left, x W + b; its matrices are transposed here.",
            "原文用行向量左乘 x W + b；此处的矩阵是它们的转置。",
        ),
    ),
    order=7,
)
