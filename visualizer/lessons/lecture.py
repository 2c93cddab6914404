"""The lecture of forty minutes: why, one pass in full, what it is for, and what can go wrong."""

from engine import Text
from visualizer.slides import (
    BACKWARD,
    BEGINNER,
    CHAIN,
    LEARNING,
    NETWORK,
    READER,
    THREE,
    TROUBLE,
    ZERO,
    Ask,
    Lesson,
    Stop,
)

_NUDGED = "0.15_0.2_0.35_0.25_0.3_0.35_0.41_0.45_0.6_0.5_0.55_0.6"


def _digit(right: int) -> str:
    return "_".join(str(int(digit == right)) for digit in range(10))


_WHY = (
    Stop(
        READER | {"x": THREE, "y": _digit(3), "step": "a.2", "granularity": "layer"},
        Text(
            "A network reads handwriting: 64 pixels go in, ten outputs come out, one for each digit. This 3 it has "
            "never seen before, and output 3 is 0.9999. Nobody wrote a rule for that; 610 weights and biases do it.",
            "一个网络在识别手写数字：输入 64 个像素，输出十个数，每个数字一个。它从未见过这个 3，而“3”的输出是 "
            "0.9999。没有人写过规则，全靠 610 个权重和偏置。",
        ),
        "a.2.4",
        {"0.9999": "a.2.4"},
        part=Text("1 Forward", "1 前向"),
        equation=False,
    ),
    Stop(
        {"x": ZERO, "y": _digit(0)},
        Text(
            "This is a 0, and the network calls it a 6, with 0.985: confident and wrong. Which of the 610 numbers are "
            "responsible? In which direction should each change, and by how much? In half an hour you can compute it "
            "by hand.",
            "这是 0，网络却认为是 6，输出 0.985：很有把握，却错了。610 个数中是哪些造成的？每个该往哪个方向改，改多少？"
            "半小时之后，你就能亲手算出来。",
        ),
        "a.2.7",
        {"0.985": "a.2.7"},
        name="fails",
        equation=False,
    ),
    Stop(
        NETWORK | {"step": "0"},
        Text(
            "The same thing, small enough for paper: two inputs, two outputs, twelve weights and biases. For (0.05, "
            "0.10) we want (0.01, 0.99). A neuron first adds up its inputs, each times its weight, and its bias.",
            "缩小到纸上能算的规模：两个输入，两个输出，12 个权重和偏置。输入 (0.05, 0.10) 时，希望输出 (0.01, 0.99)。"
            "神经元先把每个输入乘以权重，相加，再加偏置。",
        ),
        ask=Ask(
            Text("The sum of hidden neuron 1: what is z¹₁?", "隐藏神经元 1 的和 z¹₁ 是多少？"),
            (Text("0.0275", "0.0275"), Text("0.3775", "0.3775"), Text("0.5275", "0.5275"), Text("0.7", "0.7")),
            1,
            "z.1.1",
        ),
        name="function",
    ),
    Stop(
        {"step": "z.1.1", "granularity": "neuron"},
        Text(
            "0.15 · 0.05 + 0.20 · 0.10 + 0.35 = 0.3775, the weighted input z.",
            "0.15 · 0.05 + 0.20 · 0.10 + 0.35 = 0.3775，这就是加权输入 z。",
        ),
        "a.1.1",
        {"0.3775": "z.1.1"},
        name="2",
    ),
    Stop(
        {"step": "a.1.1"},
        Text(
            "Then the activation function: a = σ(z) squeezes the sum into the range 0 to 1, here 0.5933. Without this "
            "nonlinearity two layers could do no more than one, because a linear function of a linear function is "
            "linear.",
            "然后经过激活函数：a = σ(z) 把这个和压到 0 与 1 之间，这里得 0.5933。没有这个非线性，两层并不比一层强，"
            "因为线性函数的复合仍是线性的。",
        ),
        "a.1.1",
        {"0.5933": "a.1.1"},
        name="3",
    ),
    Stop(
        {"step": "a.2", "granularity": "layer"},
        Text(
            "The second layer does the same with the outputs of the first. We get 0.7514 and 0.7729; we wanted 0.01 "
            "and 0.99.",
            "第二层对第一层的输出做同样的事。得到 0.7514 和 0.7729，而我们要的是 0.01 和 0.99。",
        ),
        "",
        {"0.7514": "a.2.1", "0.7729": "a.2.2"},
        Ask(
            Text(
                "C = ½‖a − y‖² adds up the squares. Which output causes most of it?",
                "C = ½‖a − y‖² 把平方加起来。哪个输出占大部分？",
            ),
            (Text("the first", "第一个"), Text("the second", "第二个"), Text("both alike", "两个差不多")),
            0,
            "C",
        ),
        "4",
    ),
    Stop(
        {"step": "c"},
        Text(
            "C = 0.2984, almost all from the first output. From here on everything serves to make this number smaller. "
            "Input and target are given; only weights and biases may change.",
            "C = 0.2984，几乎全部来自第一个输出。此后的一切都是为了让这个数变小。输入和目标是给定的，"
            "能改的只有权重和偏置。",
        ),
        "C",
        {"0.2984": "C"},
        Ask(
            Text("Raise w²₁₁ from 0.40 to 0.41: what will C do?", "把 w²₁₁ 从 0.40 升到 0.41，C 会怎样？"),
            (Text("rise", "上升"), Text("fall", "下降"), Text("stay the same", "不变")),
            0,
        ),
        "5",
    ),
    Stop(
        {"step": "c", "net": _NUDGED},
        Text(
            "C rises by 0.00082. That is 0.082 per unit of weight: a gradient, measured by hand. Twelve "
            "parameters take thirteen forward passes, 610 take 611. Backpropagation finds all of them in one "
            "forward and one backward pass.",
            "C 上升了 0.00082，相当于每单位权重 0.082：这就是动手量出来的梯度。12 个参数要做 13 次前向传播，610 "
            "个要 611 次。反向传播只要一次前向、一次反向，就求出全部。",
        ),
        "W.2.1.1",
        {"0.00082": "change", "0.082": "change/0.01"},
        name="6",
    ),
)

LECTURE = Lesson(
    "lecture",
    Text("Backpropagation in forty minutes", "四十分钟讲完反向传播"),
    Text("A lecture of forty minutes", "四十分钟的一堂课"),
    40,
    (*_WHY, *CHAIN, *BACKWARD, *LEARNING, *TROUBLE),
    order=1,
    level=BEGINNER,
    outcome=Text(
        "compute every gradient of a small network by hand, and say why deep ones are hard to train",
        "手算小网络的全部梯度，并说明深层网络为什么难训练",
    ),
    moved={"25": "two_sigmoids.4", "26": "mazur.8"},
)
