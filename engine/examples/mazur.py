"""Section F: the most-cited worked example on the web."""

from engine.core import Text
from engine.examples.published import Example, Stated
from engine.layers import Dense
from engine.network import Network

_SEQUENTIAL = Text(
    "This number results if the output weights are updated before the hidden errors are computed; all weights "
    "must be updated together.",
    "若先更新输出层权重再计算隐藏层误差，就会得到这个数；所有权重必须同时更新。",
)
_FORWARD = Text("“The Forward Pass”", "“The Forward Pass”一节")
_BACKWARD = Text("“The Backwards Pass”", "“The Backwards Pass”一节")

MAZUR = Example(
    "mazur",
    Text("2-2-2, sigmoid (Mazur)", "2-2-2，sigmoid（Mazur）"),
    Text(
        "Matt Mazur, “A Step by Step Backpropagation Example” (2015)",
        "Matt Mazur《A Step by Step Backpropagation Example》（2015）",
    ),
    Network(
        (
            Dense([[0.15, 0.20], [0.25, 0.30]], [0.35, 0.35], "sigmoid", train_bias=False),
            Dense([[0.40, 0.45], [0.50, 0.55]], [0.60, 0.60], "sigmoid", train_bias=False),
        )
    ),
    x=((0.05, 0.10),),
    y=((0.01, 0.99),),
    stated=(
        Stated("a", 1, ("0.593269992", "0.596884378"), where=_FORWARD),
        Stated("a", 2, ("0.75136507", "0.772928465"), where=_FORWARD),
        Stated("C", 2, "0.298371109", where=_FORWARD),
        Stated("W_new", 2, (("0.35891648", "0.408666186"), ("0.511301270", "0.561370121")), where=_BACKWARD),
        Stated("W_new", 1, (("0.149780716", "0.19956143"), ("0.24975114", "0.29950229")), where=_BACKWARD),
        Stated("C", 2, "0.291027924", _SEQUENTIAL, iteration=2, where=_BACKWARD),
        Stated("a", 2, ("0.015912196", "0.984065734"), _SEQUENTIAL, iteration=10_001, where=_BACKWARD),
    ),
    remarks=(
        Text(
            "The source does not train the biases; if they are trained, C is 0.280471 after one iteration.",
            "原文不训练偏置；若训练，一次迭代后 C 为 0.280471。",
        ),
    ),
    order=2,
)
