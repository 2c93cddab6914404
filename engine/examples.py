"""Published worked examples: the network, the data, what was printed, and why some of it is wrong.

What was printed stands here as printed, digits included; whether it is right is computed, never typed.
"""

from engine.layers import Dense
from engine.network import Network
from engine.published import Example, Published
from engine.text import Text

_COPIED = Text(
    "W² was copied with wrong entries, and then multiplied wrongly.",
    "W² 的元素抄错，随后的乘法也有误。",
)
_SEQUENTIAL = Text(
    "It comes out if the output weights are updated before the hidden errors are computed; all must step together.",
    "若先更新输出层权重再计算隐藏层误差，就会得到这个数；所有权重必须同时更新。",
)

EXAMPLES = {
    record.name: record
    for record in (
        Example(
            "relu_softmax",
            Text("3-4-2, ReLU and softmax", "3-4-2，ReLU 与 softmax"),
            Text("“Backpropagation: principle and code” (article in Chinese)", "《Backpropagation原理与代码实例讲解》"),
            Network(
                (
                    Dense(
                        [[0.1, 0.4, 0.3], [0.2, 0.1, 0.5], [0.3, 0.2, 0.1], [0.4, 0.3, 0.2]],
                        [0.2, 0.1, 0.3, 0.4],
                        "relu",
                    ),
                    Dense([[0.3, 0.2, 0.5, 0.1], [0.1, 0.4, 0.2, 0.3]], [0.1, 0.2], "softmax"),
                )
            ),
            x=((0.5, 0.1, 0.2),),
            y=((0.0, 1.0),),
            published=(
                Published(
                    "W",
                    2,
                    (("0.3", "0.1"), ("0.2", "0.4"), ("0.5", "0.2"), ("0.1", "0.3")),
                    Text(
                        "Printed as 4×2 and multiplied from the left onto a vector of 4: that product does not exist; "
                        "the transpose, 2×4, is meant.",
                        "印成 4×2 却从左边乘以 4 维向量：这个乘积不存在；应为其转置 2×4。",
                    ),
                ),
                Published(
                    "z",
                    1,
                    ("0.37", "0.32", "0.23", "0.43"),
                    Text(
                        "Arithmetic: W¹x + b¹ gives other sums in all four rows.",
                        "算术错误：W¹x + b¹ 的四行结果都不同。",
                    ),
                ),
                Published(
                    "a",
                    1,
                    ("0.37", "0.32", "0.23", "0.43"),
                    Text(
                        "Follows from the wrong z¹; ReLU itself is applied rightly.",
                        "由错误的 z¹ 得来；ReLU 本身用对了。",
                    ),
                ),
                Published(
                    "z",
                    2,
                    ("0.441", "0.526"),
                    Text(
                        "Follows from the wrong a¹, and even that one gives (0.433, 0.540).",
                        "由错误的 a¹ 得来，而且即使用它也应得 (0.433, 0.540)。",
                    ),
                ),
                Published(
                    "a",
                    2,
                    ("0.393", "0.607"),
                    Text(
                        "Not the softmax of the printed z² either, which is (0.478763, 0.521237).",
                        "也不是所印 z² 的 softmax，后者为 (0.478763, 0.521237)。",
                    ),
                ),
                Published(
                    "delta",
                    2,
                    ("0.238", "-0.238"),
                    Text(
                        "The softmax Jacobian was cut down to a ⊙ (1 − a), which on the printed numbers gives "
                        "(0.0938, −0.0938); the printed value is near the right one by luck.",
                        "softmax 的雅可比矩阵被简化为 a ⊙ (1 − a)，用所印数值会得 (0.0938, −0.0938)；"
                        "印出的值接近正确值纯属巧合。",
                    ),
                ),
                Published("delta", 1, ("-0.071", "0.024", "0.119", "-0.071"), _COPIED),
            ),
            remarks=(
                Text("The source gives no learning rate; 0.5 is ours.", "原文没有给出学习率；0.5 是我们取的。"),
                Text(
                    "It writes ∂C/∂W⁽ˡ⁾ as δ⁽ˡ⁺¹⁾(a⁽ˡ⁾)ᵀ: the index convention changes half way; for W⁽ˡ⁾ as defined "
                    "there it is δ⁽ˡ⁾(a⁽ˡ⁻¹⁾)ᵀ.",
                    "原文把 ∂C/∂W⁽ˡ⁾ 写成 δ⁽ˡ⁺¹⁾(a⁽ˡ⁾)ᵀ：下标约定中途改变；按其定义应为 δ⁽ˡ⁾(a⁽ˡ⁻¹⁾)ᵀ。",
                ),
                Text(
                    "Its loop over the hidden layers, l = L−1 … 2, never reaches δ¹.",
                    "其隐藏层循环 l = L−1 … 2 永远到不了 δ¹。",
                ),
            ),
        ),
        Example(
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
            published=(
                Published("a", 1, ("0.593269992", "0.596884378")),
                Published("a", 2, ("0.75136507", "0.772928465")),
                Published("C", 2, "0.298371109"),
                Published("W_new", 2, (("0.35891648", "0.408666186"), ("0.511301270", "0.561370121"))),
                Published("W_new", 1, (("0.149780716", "0.19956143"), ("0.24975114", "0.29950229"))),
                Published("C", 2, "0.291027924", _SEQUENTIAL, iteration=2),
                Published("a", 2, ("0.015912196", "0.984065734"), _SEQUENTIAL, iteration=10_001),
            ),
            remarks=(
                Text(
                    "The biases are not trained in the source; trained, they bring C to 0.280471 after one round.",
                    "原文不训练偏置；若训练，一轮后 C 为 0.280471。",
                ),
            ),
        ),
        Example(
            "two_sigmoids",
            Text("1-1-1, sigmoid", "1-1-1，sigmoid"),
            Text(
                "“Backpropagation” by Zen and the Art of Programming (article in Chinese)",
                "《反向传播》，禅与计算机程序设计艺术",
            ),
            Network((Dense([[1.0]], [0.0], "sigmoid"), Dense([[-1.0]], [0.0], "sigmoid"))),
            x=((1.0,),),
            y=((1.0,),),
            loss="squared_error",
            learning_rate=1.0,
            published=(
                Published("a", 1, ("0.73105857863",)),
                Published(
                    "a",
                    2,
                    ("0.26894142137",),
                    Text("σ(−1) was taken where σ(−0.7310585786) is meant.", "误用 σ(−1)，应为 σ(−0.7310585786)。"),
                ),
                Published(
                    "C",
                    2,
                    "0.07610244617",
                    Text("Even the printed output gives 0.5344466454.", "即使用所印的输出也应得 0.5344466454。"),
                ),
                Published(
                    "dW",
                    1,
                    ("0.25942358493",),
                    Text("The formula printed is not the chain rule.", "所印公式不是链式法则。"),
                ),
                Published(
                    "W_new",
                    1,
                    ("1.25942358493",),
                    Text(
                        "The sign of the update: adding the gradient makes the error grow.",
                        "更新的符号错误：加上梯度会使误差增大。",
                    ),
                ),
            ),
            remarks=(
                Text(
                    "The loss is once written (wx − y)², though the network has two sigmoid layers.",
                    "损失曾写作 (wx − y)²，但网络有两个 sigmoid 层。",
                ),
                Text("The learning rate 1 is implied by the printed update.", "学习率 1 由所印的更新推出。"),
            ),
        ),
        Example(
            "xor",
            Text("XOR, 2-2-1, sigmoid", "异或 XOR，2-2-1，sigmoid"),
            Text(
                "“What are forward and back propagation in neural networks” (article in Chinese)",
                "《什么是神经网络中的前向传播与反向传播》",
            ),
            Network.random((2, 2, 1), ("sigmoid", "sigmoid"), "randn", seed=1),
            x=((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)),
            y=((0.0,), (1.0,), (1.0,), (0.0,)),
            loss="squared_error",
            learning_rate=0.2,
            remarks=(
                Text(
                    "The published listing does not run; with its shapes mended it ends in a poor minimum, loss 0.17: "
                    "this draw does not learn XOR.",
                    "原文代码无法运行；修正形状后停在较差的极小值，损失约 0.17：这组初值学不会 XOR。",
                ),
                Text(
                    "Its rate 0.1 on the sum of half the squares is 0.2 on our mean of the squares.",
                    "原文对平方和之半取 0.1 的学习率，相当于对均方取 0.2。",
                ),
            ),
        ),
    )
}
