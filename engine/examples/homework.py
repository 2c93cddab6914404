"""Section F: an exercise sheet with ReLU, and what becomes of it when a unit dies."""

from dataclasses import replace

from engine.core import Text
from engine.examples.published import Example, Stated
from engine.layers import Dense
from engine.network import Network

_SHEET = Text("Exercise sheet with ReLU everywhere", "处处使用 ReLU 的练习题")

HOMEWORK = Example(
    "homework",
    Text("2-2-1, ReLU homework", "2-2-1，ReLU 作业"),
    _SHEET,
    Network((Dense([[0.6, 0.8], [0.3, 0.4]], [0.2, 0.1], "relu"), Dense([[0.6, -0.2]], [0.1], "relu"))),
    x=((1.2, 0.5),),
    y=((1.0,),),
    learning_rate=0.1,
    stated=(
        Stated("a", 1, ("1.32", "0.66")),
        Stated("a", 2, ("0.76",)),
        Stated("C", 2, "0.0288"),
        Stated("dW", 2, (("-0.3168", "-0.1584"),)),
        Stated("db", 2, ("-0.24",)),
        Stated("dW", 1, (("-0.1728", "-0.072"), ("0.0576", "0.024"))),
        Stated("db", 1, ("-0.144", "0.048")),
        Stated("a", 2, ("0.8631186",), iteration=2),
        Stated("C", 2, "0.0093683", iteration=2),
    ),
    order=6,
)
HOMEWORK_DEAD_HIDDEN = replace(
    HOMEWORK,
    name="homework_dead_hidden",
    label=Text("2-2-1, ReLU homework, a dead hidden neuron", "2-2-1，ReLU 作业，隐藏神经元死亡"),
    network=HOMEWORK.network.with_bias(1, 1, -1.0),
    stated=(),
    remarks=(
        Text(
            "With the bias −1 the second hidden neuron is off: its z is −0.44, its output 0, and no error reaches "
            "its weights.",
            "偏置取 −1 时第二个隐藏神经元不激活：z 为 −0.44，输出为 0，误差也到不了它的权重。",
        ),
    ),
)
HOMEWORK_DEAD_OUTPUT = replace(
    HOMEWORK,
    name="homework_dead_output",
    label=Text("2-2-1, ReLU homework, a dead output", "2-2-1，ReLU 作业，输出死亡"),
    network=HOMEWORK.network.with_weight(2, 0, 0, -0.6),
    stated=(),
    remarks=(
        Text(
            "With the first output weight −0.6 the output itself is off, and as this is the only sample it is "
            "dead: the cost is ½, yet every gradient is 0 and nothing will ever be learned.",
            "第一个输出权重取 −0.6 时输出神经元不激活；样本只有这一个，所以它已死亡：代价为 ½，但所有梯度都是 0，"
            "永远学不到东西。",
        ),
    ),
)
