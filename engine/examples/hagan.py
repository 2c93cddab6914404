"""Section F: a network that learns a sine, from a textbook."""

from math import pi, sin

from engine.core import Text
from engine.examples.published import Example, Stated
from engine.layers import Dense
from engine.network import Network

HAGAN = Example(
    "hagan",
    Text("1-2-1, function approximation (Hagan)", "1-2-1，函数逼近（Hagan）"),
    Text(
        "Hagan, Demuth & Beale, “Neural Network Design”, chapter on backpropagation (1996)",
        "Hagan、Demuth、Beale《Neural Network Design》反向传播一章（1996）",
    ),
    Network((Dense([[-0.27], [-0.41]], [-0.48, -0.13], "sigmoid"), Dense([[0.09, -0.17]], [0.48], "linear"))),
    x=((1.0,),),
    y=((1 + sin(pi / 4),),),
    loss="squared_error",
    learning_rate=0.1,
    stated=(
        Stated("a", 1, ("0.3208213", "0.3681876")),
        Stated("a", 2, ("0.4462820",)),
        Stated("delta", 2, ("-2.5216495",)),
        Stated("delta", 1, ("-0.0494509", "0.0997220")),
        Stated("W_new", 2, (("0.1708999", "-0.0771560"),)),
        Stated("b_new", 2, ("0.7321650",)),
        Stated("W_new", 1, (("-0.2650549",), ("-0.4199722",))),
        Stated("b_new", 1, ("-0.4750549", "-0.1399722")),
    ),
    remarks=(
        Text(
            "The book writes s for δ and a for the outputs; its squared error has no ½, hence the 2 in δ².",
            "书中用 s 表示 δ；平方误差没有 ½，所以 δ² 中有因子 2。",
        ),
        Text(
            "The numbers printed in the book could not be checked, so reference values are used for comparison.",
            "书中印出的数值无从核对，因此这里比较的是参考值。",
        ),
        Text("The target is 1 + sin(π/4) = 1.7071068.", "目标为 1 + sin(π/4) = 1.7071068。"),
    ),
    order=8,
)
