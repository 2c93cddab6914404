"""Questions with answers, those that students ask included: each opens a stage from which its numbers are computed."""

from collections.abc import Mapping
from functools import cache

from engine import Text, Trace
from engine.settings import model_from_query
from visualizer.lessons import LESSONS
from visualizer.reference.entry import Entry, Question, Words
from visualizer.reference.question_list import QUESTIONS
from visualizer.writing import DIGITS, number

_B, _D = LESSONS["four_equations"].source, LESSONS["two_sigmoids"].source
_ONE = {"sizes": "1-1", "x": "1", "y": "0", "net": "2_2"}

COMMON = (
    Question(
        "elementwise",
        Text("What does ⊙ mean, and what is a function of a vector?", "⊙ 是什么意思？函数作用于向量又是什么？"),
        Text(
            "Both go entry by entry: (1, 2) ⊙ (3, 4) = (3, 8), and with f(x) = x², f((2, 3)) = (4, 9). In BP2 every "
            "neuron multiplies the error that arrives by its own slope and no other; here σ′(z¹₁) = {} gives δ¹₁ = {}.",
            "两者都逐个元素进行：(1, 2) ⊙ (3, 4) = (3, 8)；若 f(x) = x²，则 f((2, 3)) = (4, 9)。BP2 中，每个神经元只用"
            "自己的斜率乘传来的误差；这里 σ′(z¹₁) = {}，得 δ¹₁ = {}。",
        ),
        {"example": "mazur", "step": "bp2.1"},
        ("slope.1.1", "delta.1.1"),
        _B,
    ),
    Question(
        "autograd",
        Text("What does loss.backward() do, and why zero_grad()?", "loss.backward() 做什么？为什么要 zero_grad()？"),
        Text(
            "Automatic differentiation notes every operation of the forward pass and applies the chain rule to "
            "them in reverse; for a network of layers that is backpropagation. backward() adds each gradient to "
            "what is already in .grad, so that several losses can be summed; zero_grad() clears it before the next "
            "batch. Here it would write {} for w²₁₁, and {} if it were called twice without clearing.",
            "自动微分记下前向的每一步运算，再反着逐步使用链式法则；对分层的网络，这就是反向传播。backward() 把梯度"
            "加到 .grad 里已有的数上，以便累加多个损失；zero_grad() 在下一批之前清零。这里 w²₁₁ 的梯度是 {}；若调用"
            "两次而不清零，就成了 {}。",
        ),
        {"example": "mazur", "step": "bp4.2"},
        ("dW.2.1.1", "dW.2.1.1*2"),
    ),
    Question(
        "relu_at_zero",
        Text("What is the derivative of ReLU at 0?", "ReLU 在 0 处的导数是什么？"),
        Text(
            "There is none: the slope is 0 on the left and 1 on the right. Any number between would do; here, as in "
            "PyTorch, it is {}. It hardly matters, because a sum of weighted inputs is almost never exactly 0. It does "
            "matter where all biases and weights begin at 0.",
            "没有导数：左边斜率为 0，右边为 1。取两者之间任何数都可以；这里与 PyTorch 一样取 {}。这几乎没有影响，因为"
            "加权输入几乎不会恰好为 0；只有权重和偏置全从 0 开始时才有影响。",
        ),
        {"sizes": "1-1", "activations": "relu", "net": "1_-1", "x": "1", "y": "1", "step": "bp1.1"},
        ("slope.1.1",),
    ),
    Question(
        "which_loss",
        Text("Which loss belongs to which output?", "哪种输出配哪种损失？"),
        Text(
            "A number: linear output, quadratic loss. Yes or no: sigmoid, binary cross-entropy. One of several "
            "classes: softmax, cross-entropy. In all three the slope cancels and δ = a − y; here {} − 0. Other pairs "
            "are possible, but saturated outputs then learn slowly.",
            "预测数值：线性输出配平方损失。是或否：sigmoid 配二元交叉熵。多个类别之一：softmax 配交叉熵。三种情形中斜"
            "率都被约去，δ = a − y，这里是 {} − 0。换别的搭配也可以，但输出饱和时会学得很慢。",
        ),
        _ONE | {"loss": "binary_cross_entropy", "step": "bp1.1"},
        ("a.1.1",),
    ),
    Question(
        "scale_inputs",
        Text("Why are inputs scaled?", "为什么要缩放输入？"),
        Text(
            "The gradient of a weight is proportional to its input. Inputs of 100 and 1 give gradients of {} and {}: a "
            "learning rate that suits the one is far too large or too small for the other. With mean 0 and variance 1 "
            "for every input, one rate suits all.",
            "权重的梯度与它的输入成正比。输入为 100 和 1 时，梯度是 {} 和 {}：适合一个的学习率，对另一个就太大或太小。"
            "每个输入都化为均值 0、方差 1，一个学习率才适合所有权重。",
        ),
        {"sizes": "2-1", "activations": "linear", "x": "100_1", "y": "0", "net": "0.01_1_0", "step": "bp4.1"},
        ("dW.1.1.1", "dW.1.1.2"),
    ),
    Question(
        "one_hot",
        Text("Why one output for each class, and one-hot targets?", "为什么每个类别一个输出、目标用 one-hot 向量？"),
        Text(
            "Written as the numbers 0, 1 and 2, classes would have an order: calling a 0 a 2 would be a larger error "
            "than calling it a 1. One-hot targets treat all classes alike. With softmax the errors add up to 0, here "
            "{} and {}: what one class gains the others lose.",
            "若把类别写成 0、1、2，类别就有了大小：把 0 识别成 2 比识别成 1 错得更多。one-hot 向量对各类别一视同仁。配"
            "合 softmax，各误差之和为 0，这里是 {} 和 {}：一个类别所得正是其余所失。",
        ),
        {"example": "relu_softmax", "loss": "cross_entropy", "step": "bp1.2"},
        ("delta.2.1", "delta.2.2"),
    ),
    Question(
        "training_accuracy",
        Text("Why does perfect training accuracy mean little?", "为什么训练集上全对说明不了什么？"),
        Text(
            "Because a large enough network can memorize its samples. This one has seen a single sample ten thousand "
            "times; its cost is {}, and it has learned nothing about any other input. What counts is the accuracy on "
            "samples that were not trained on.",
            "因为足够大的网络可以把样本背下来。这个网络把同一个样本看了一万次，代价为 {}，但对别的输入一无所知。要看的"
            "是未参与训练的样本上的正确率。",
        ),
        {"example": "mazur", "iteration": "10000", "step": "c"},
        ("C",),
    ),
    Question(
        "rate_and_batch",
        Text("How are learning rate and batch size chosen?", "学习率和批量大小怎么选？"),
        Text(
            "By trial, on a logarithmic scale: 1, 0.1, 0.01, 0.001. Take the largest rate at which the loss still "
            "falls steadily, or a third of it. Adam usually works with 0.001 to 0.01, gradient descent with 0.01 "
            "to 1. Mini-batches of 16 to 128 are common; a larger one is less noisy and allows a larger rate. The "
            "Train page searches for a learning rate.",
            "靠试，按对数取：1、0.1、0.01、0.001。取损失仍能平稳下降的最大学习率，或它的三分之一。Adam 通常取 0.001"
            " 到 0.01，梯度下降取 0.01 到 1。小批量常取 16 到 128；批量大，噪声小，学习率也可以大些。“训练”页可以搜"
            "索学习率。",
        ),
        {"example": "xor", "step": "update"},
    ),
    Question(
        "biological",
        Text("What does such a neuron have in common with a nerve cell?", "这种神经元与神经细胞有什么相同之处？"),
        Text(
            "The picture it was named after: a nerve cell adds up signals from many others and fires once the sum is "
            "large enough; z adds up weighted inputs, here to {}, and σ answers with {}. The likeness ends there. "
            "Nerve cells fire in pulses, and nothing in the brain is known to carry errors back through the same "
            "synapses.",
            "只是名称的由来：神经细胞汇总许多其他细胞的信号，总和足够大时放电；z 把加权输入相加，这里为 {}，σ 给出 {}。"
            "相似仅止于此。神经细胞以脉冲放电，而且没有发现大脑会让误差沿同样的突触传回。",
        ),
        {"example": "two_sigmoids", "step": "a.1"},
        ("z.1.1", "a.1.1"),
        _D,
    ),
    Question(
        "other_networks",
        Text("Do the equations hold for convolutional and other networks?", "这些方程对卷积网络等也成立吗？"),
        Text(
            "Yes. A convolutional layer is a dense layer in which many weights are 0 and many others are the same "
            "number; the gradient of a shared number is the sum over all its places. Recurrent networks share weights "
            "over time, transformers over positions. What changes is the forward pass; the chain rule does the rest, "
            "in every library: PyTorch, JAX and TensorFlow.",
            "成立。卷积层就是许多权重为 0、许多权重共用同一个数的全连接层；共用的数，其梯度是各处梯度之和。循环网络在"
            "时间上共用权重，Transformer 在位置上共用。变的只是前向计算，其余都由链式法则完成，PyTorch、JAX、"
            "TensorFlow 都是如此。",
        ),
        {"sizes": "16-4-2", "step": "bp4.1"},
    ),
)
ALL = (*QUESTIONS, *COMMON)


def entries() -> tuple[Entry, ...]:
    """Return the questions, the numbers of their answers filled in."""
    return tuple(Entry(asked.name, asked.ask, (Words(answered(asked)),), asked.source, asked.opens) for asked in ALL)


def answered(asked: Question) -> Text:
    """Return an answer with its numbers."""
    digits = int(asked.opens.get("digits", DIGITS))
    return asked.answer.format(*(number(value_at(asked.opens, what), digits) for what in asked.values))


def value_at(query: Mapping[str, str], what: str) -> float:
    """Return a number of the stage that a link opens.

    Parameters
    ----------
    query : mapping
        The names and values of the link.
    what : str
        `delta.2.1` is δ²₁ of the first sample, `dW.2.1.3` one gradient, `C` the cost; `C@2` is that of iteration 2,
        `dW.2.1.3*2` twice the gradient.
    """
    what, _, times = what.partition("*")
    if times:
        return float(times) * value_at(query, what)
    what, _, iteration = what.partition("@")
    name, *place = what.split(".")
    trace = _trace(tuple(sorted(({**query, "iteration": iteration} if iteration else query).items())))
    if not place:
        return float(trace.value(name))
    layer, row, *column = (int(part) for part in place)
    return float(trace.value(name, layer)[row - 1, column[0] - 1 if column else 0])


@cache
def _trace(query: tuple[tuple[str, str], ...]) -> Trace:
    return model_from_query(dict(query))[0].trace()
