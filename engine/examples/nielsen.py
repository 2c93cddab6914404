"""Source B and the book that it follows: one sigmoid neuron, and what its error says when it is saturated."""

from engine.core import Text
from engine.examples.published import Example, Stated
from engine.layers import Dense
from engine.network import Network

_BOOK = Text(
    "Michael Nielsen, “Neural Networks and Deep Learning”, chapter 3 (2015)",
    "Michael Nielsen《Neural Networks and Deep Learning》第 3 章（2015）",
)
_UPDATES = 300

SATURATED = Example(
    "saturated",
    Text("1-1, a saturated neuron and the demon", "1-1，饱和的神经元与小恶魔"),
    Text(
        "“How the backpropagation algorithm works” (article in Chinese), after Michael Nielsen",
        "《backpropagation算法原理》，依 Michael Nielsen",
    ),
    Network((Dense([[4.0]], [4.0], "sigmoid"),)),
    x=((1.0,),),
    y=((0.0,),),
    remarks=(
        Text(
            "The article says that a neuron with ∂C/∂z near zero is near its optimum. That is false: this one has "
            "δ = 0.000335 although its output is wrong by 0.9997; the small slope σ′(z) hides the error. The "
            "numbers are ours.",
            "原文说 ∂C/∂z 接近零的神经元已接近最优。这不对：这里 δ = 0.000335，输出却差 0.9997；很小的斜率 σ′(z) "
            "掩盖了误差。数值是我们取的。",
        ),
        Text(
            "Its scalar formula of the forward pass omits σ, and elsewhere σ is applied to a, which has already been "
            "through it.",
            "原文的标量前向公式漏了 σ，另一处又把 σ 作用于已经激活过的 a。",
        ),
        Text(
            "It calls bˡⱼ the bias of neuron k (it belongs to neuron j), and a^L the true value (it is the output "
            "of the network; the true value is y).",
            "原文把 bˡⱼ 说成神经元 k 的偏置（应为 j），把 a^L 说成真实值（它是网络的输出，真实值是 y）。",
        ),
        Text(
            "One of its BP4 has the layer l+1 on the left; and multiplying by the transpose moves the error backward, "
            "not forward as it says.",
            "其中一个 BP4 左边的层号写成 l+1；乘以转置是把误差向后传，而不是原文所说的向前。",
        ),
    ),
    order=5,
)


_TEXT = Text("section “The cross-entropy cost function”", "“The cross-entropy cost function”一节")
_AFTER = Text(
    "The book prints the output before training, and says “about 0.09” of the one after it; it shows the others as "
    "animated curves.",
    "书中印出了训练前的输出，训练后的只说“约 0.09”；其余用动画曲线表示。",
)


def _neuron(name: str, label: Text, start: float, bias: float, loss: str, stated: tuple[Stated, ...]) -> Example:
    """The example of one neuron that shall learn to answer 1 with 0, and its values after 300 updates."""
    network = Network((Dense([[start]], [bias], "sigmoid"),))
    rate = 0.15 if loss == "quadratic" else 0.005
    x, y, remarks, order = ((1.0,),), ((0.0,),), (_AFTER,), 5
    return Example(
        name, label, _BOOK, network, x, y, loss, learning_rate=rate, stated=stated, remarks=remarks, order=order
    )


def _outputs(before: Stated, after: str) -> tuple[Stated, ...]:
    return before, Stated("a", 1, (after,), iteration=_UPDATES + 1)


NEURONS = (
    _neuron(
        "nielsen",
        Text("1-1, a neuron that learns (Nielsen)", "1-1，学得快的神经元（Nielsen）"),
        0.6,
        0.9,
        "quadratic",
        (
            *_outputs(Stated("a", 1, ("0.82",), where=_TEXT), "0.0939557"),
            Stated("W", 1, (("-1.2831324",),), iteration=_UPDATES + 1),
            Stated("b", 1, ("-0.9831324",), iteration=_UPDATES + 1),
        ),
    ),
    _neuron(
        "nielsen_slow",
        Text("1-1, a neuron that learns slowly (Nielsen)", "1-1，学得慢的神经元（Nielsen）"),
        2.0,
        2.0,
        "quadratic",
        _outputs(Stated("a", 1, ("0.98",), where=_TEXT), "0.2028484"),
    ),
    _neuron(
        "nielsen_cross_entropy",
        Text("1-1, with cross-entropy (Nielsen)", "1-1，用交叉熵（Nielsen）"),
        0.6,
        0.9,
        "binary_cross_entropy",
        _outputs(Stated("a", 1, ("0.8175745",)), "0.4176793"),
    ),
    _neuron(
        "nielsen_cross_entropy_slow",
        Text("1-1, cross-entropy from a bad start (Nielsen)", "1-1，交叉熵，起点差（Nielsen）"),
        2.0,
        2.0,
        "binary_cross_entropy",
        _outputs(Stated("a", 1, ("0.9820138",)), "0.7795871"),
    ),
)
