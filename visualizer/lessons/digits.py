"""The lesson on digits: from the pixels of an image that is read wrongly to the gradient of every weight."""

from engine import Text
from visualizer.slides import BEGINNER, READER, THREE, ZERO, Ask, Lesson, Stop


def _digit(right: int) -> str:
    return "_".join(str(int(digit == right)) for digit in range(10))


DIGITS = Lesson(
    "digits",
    Text("Digits: from pixels to δ", "手写数字：从像素到 δ"),
    Text(
        "scikit-learn's handwritten digits (UCI, Alpaydin & Kaynak 1998)",
        "scikit-learn 的手写数字（UCI，Alpaydin 与 Kaynak 1998）",
    ),
    11,
    (
        Stop(
            READER | {"x": THREE, "y": _digit(3), "step": "z.1", "granularity": "layer", "eta": "0.01"},
            Text(
                "An image of 8 × 8 pixels is a column of 64 numbers, from 0 (paper) to 1 (ink). Every hidden neuron "
                "weighs all of them and adds up: this one comes to z = 5.33.",
                "一幅 8 × 8 像素的图像就是 64 个数排成的一列，从 0（纸）到 1（墨）。每个隐藏神经元给它们各乘一个权重再"
                "相加，这里的和是 z = 5.33。",
            ),
            "a.1.2",
            {"5.33": "z.1.2"},
            Ask(
                Text("It goes through tanh. What is a?", "再经过 tanh，a 是多少？"),
                (Text("5.33", "5.33"), Text("nearly 1", "接近 1"), Text("0.5", "0.5")),
                1,
                "a.1.2",
            ),
        ),
        Stop(
            {"step": "a.2"},
            Text(
                "Nearly 1: it is saturated. Eight such numbers are all that the output layer sees of the image. "
                "Softmax turns its ten sums into probabilities: 0.9999 for the 3.",
                "接近 1：它饱和了。输出层看到的，只有这样的八个数。softmax 把输出层的十个和变为概率：“3”是 0.9999。",
            ),
            "a.2.4",
            {"0.9999": "a.2.4"},
        ),
        Stop(
            {"x": ZERO, "y": _digit(0)},
            Text(
                "Another image, a 0. The network says 6, with probability 0.985; for the 0 it leaves 0.0145.",
                "另一幅图像是 0。网络却说是 6，概率为 0.985；留给“0”的只有 0.0145。",
            ),
            "a.2.7",
            {"0.985": "a.2.7", "0.0145": "a.2.1"},
            Ask(
                Text(
                    "Cross-entropy is −ln of the probability of the true class. C is about",
                    "交叉熵是正确类别概率的 −ln。C 约为",
                ),
                (Text("0.0145", "0.0145"), Text("0.985", "0.985"), Text("4.2", "4.2")),
                2,
                "C",
            ),
        ),
        Stop(
            {"step": "c"},
            Text(
                "C = −ln 0.0145 = 4.23. A network that only guesses, a tenth for each digit, would pay ln 10, about "
                "half as much: being sure and wrong is expensive.",
                "C = −ln 0.0145 = 4.23。只会瞎猜的网络给每个数字十分之一，代价是 ln 10，约为它的一半：有把握地出错，"
                "代价很高。",
            ),
            "C",
            {"4.23": "C"},
            Ask(
                Text("δ² = a − y. How many of its ten entries are large?", "δ² = a − y。十个分量中有几个很大？"),
                (Text("1", "1"), Text("2", "2"), Text("10", "10")),
                1,
                "delta.2.1",
            ),
        ),
        Stop(
            {"step": "bp1.2"},
            Text(
                "Two: −0.985 for the 0, which should rise, and 0.985 for the 6, which should fall. The other eight "
                "outputs are right already; their errors are their tiny probabilities.",
                "两个：“0”应上升，为 −0.985；“6”应下降，为 0.985。其余八个输出本来就对，误差就是各自微小的概率。",
            ),
            "a.2.1",
            {"−0.985": "delta.2.1", "0.985": "delta.2.7"},
        ),
        Stop(
            {"step": "bp2.1"},
            Text(
                "Back to the hidden layer. Neuron 5 gets the largest error, −6.64: its output −0.125 is near 0, so its "
                "slope 0.984 lets nearly all of the error through. Neuron 4 is saturated, and hardly any arrives.",
                "传回隐藏层。误差最大的是神经元 5，为 −6.64：它的输出 −0.125 接近 0，斜率 0.984 几乎让误差全部通过。"
                "神经元 4 已饱和，几乎什么也传不到。",
            ),
            "a.1.5",
            {"−6.64": "delta.1.5", "−0.125": "a.1.5", "0.984": "slope.1.5"},
            Ask(
                Text(
                    "A pixel is blank, 0. What is the gradient of its weight to neuron 5?",
                    "某个像素是空白，值为 0。它到神经元 5 的权重，梯度是多少？",
                ),
                (Text("−6.64", "−6.64"), Text("0", "0"), Text("it depends on the weight", "取决于权重")),
                1,
                "dW.1.5.1",
            ),
        ),
        Stop(
            {"step": "bp4.1"},
            Text(
                "0: activation in times error out. Pixel 1 is blank, so its weight learns nothing from this image; "
                "pixel 4 is full ink, and its weight gets the whole error, −6.64. The gradient of a hidden neuron is "
                "the image itself, times δ.",
                "0：输入端的激活值乘以输出端的误差。像素 1 空白，它的权重从这幅图像学不到什么；像素 4 全黑，它的权重得"
                "到整个误差 −6.64。一个隐藏神经元的梯度就是图像本身乘以 δ。",
            ),
            "W.1.5.4",
            {"−6.64": "dW.1.5.4"},
            Ask(
                Text(
                    "All 610 numbers take one step with η = 0.01. C goes from 4.23 to",
                    "610 个数各走一步，η = 0.01。C 从 4.23 变为",
                ),
                (Text("4.2", "4.2"), Text("2", "2"), Text("0.06", "0.06")),
                2,
            ),
        ),
        Stop(
            {"step": "c", "iteration": "2"},
            Text(
                "0.06, and the 0 now has 0.94. A small step, but 610 numbers make it together.",
                "0.06，“0”现在是 0.94。每个数只走一小步，但 610 个数一起走。",
            ),
            "C",
            {"0.06": "C", "0.94": "a.2.1"},
            equation=False,
        ),
        Stop(
            {"x": f"{THREE}~{ZERO}", "y": f"{_digit(3)}~{_digit(0)}", "iteration": "2", "sample": "1"},
            Text(
                "But does it still know the 3? Trained on both, it does: 0.9999 as before. Real training averages over "
                "many images, so that no single one decides. Do it for all 1,797 on the Train page, and draw a digit "
                "yourself.",
                "那它还认得 3 吗？两幅一起训练，仍然认得，还是 0.9999。真正的训练对许多图像取平均，不由任何一幅决定。"
                "到“训练”页用全部 1,797 幅试试，再亲手写一个数字。",
            ),
            "a.2.4",
            {"0.9999": "a.2.4"},
            page={"page": "train", "data": "digits"},
            equation=False,
        ),
    ),
    order=11,
    level=BEGINNER,
    outcome=Text("follow an error from a wrong answer back to the pixels", "把误差从错误的回答一路追到像素"),
)
