"""Section F: the optimizer Adam by hand, on a network that is one number."""

from engine.core import Text
from engine.examples.published import Example, Stated
from engine.layers import Dense
from engine.network import Network

ADAM = Example(
    "adam",
    Text("θ², Adam by hand", "θ²，手算 Adam"),
    Text(
        "Adam by hand: minimize θ² from θ = 5 (after Kingma & Ba, 2015)",
        "手算 Adam：从 θ = 5 开始最小化 θ²（依 Kingma 与 Ba，2015）",
    ),
    Network((Dense([[5.0]], [0.0], "linear", train_bias=False),)),
    x=((1.0,),),
    y=((0.0,),),
    loss="squared_error",
    optimizer="adam",
    learning_rate=0.1,
    stated=(
        Stated("dW", 1, (("10",),)),
        Stated("m_W_new", 1, (("1",),)),
        Stated("v_W_new", 1, (("0.1",),)),
        Stated("W_new", 1, (("4.9",),)),
        Stated("W_new", 1, (("4.8000577569",),), iteration=2),
        Stated("W_new", 1, (("4.7002132913",),), iteration=3),
    ),
    remarks=(
        Text(
            "A single weight with input 1 and target 0 is θ itself: the cost is θ², its gradient 2θ.",
            "输入为 1、目标为 0 的单个权重就是 θ 本身：代价为 θ²，梯度为 2θ。",
        ),
        Text(
            "After bias correction the averages of the first step are 10 and 100, so the step is as long as the "
            "learning rate, whatever the gradient.",
            "第一步修正后的平均为 10 与 100，因此无论梯度多大，步长都等于学习率。",
        ),
    ),
    order=9,
)
