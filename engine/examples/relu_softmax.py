"""Source A: three inputs, ReLU, softmax; nearly every number in it is wrong."""

from engine.core import Text
from engine.examples.published import Example, Stated
from engine.layers import Dense
from engine.network import Network

_COPIED = Text(
    "W² was copied with wrong entries, and then multiplied wrongly.",
    "W² 的元素抄错，随后的乘法也有误。",
)
_WORKED = Text("its worked example", "原文的算例")

RELU_SOFTMAX = Example(
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
    stated=(
        Stated(
            "W",
            2,
            (("0.3", "0.1"), ("0.2", "0.4"), ("0.5", "0.2"), ("0.1", "0.3")),
            Text(
                "Printed as 4×2, which cannot be multiplied by a vector with 4 entries; it should be the "
                "transpose, 2×4.",
                "印成 4×2，无法与 4 维向量相乘；应为其转置 2×4。",
            ),
            where=_WORKED,
        ),
        Stated(
            "z",
            1,
            ("0.37", "0.32", "0.23", "0.43"),
            Text("Arithmetic: W¹x + b¹ gives other sums in all four rows.", "算术错误：W¹x + b¹ 的四行结果都不同。"),
            where=_WORKED,
        ),
        Stated(
            "a",
            1,
            ("0.37", "0.32", "0.23", "0.43"),
            Text("Follows from the wrong z¹; ReLU itself is applied correctly.", "由错误的 z¹ 得来；ReLU 本身用对了。"),
            where=_WORKED,
        ),
        Stated(
            "z",
            2,
            ("0.441", "0.526"),
            Text(
                "Follows from the wrong a¹, and even that one gives (0.433, 0.540).",
                "由错误的 a¹ 得来，而且即使用它也应得 (0.433, 0.540)。",
            ),
            where=_WORKED,
        ),
        Stated(
            "a",
            2,
            ("0.393", "0.607"),
            Text(
                "Not the softmax of the printed z² either, which is (0.478763, 0.521237).",
                "也不是原文所印 z² 的 softmax，后者为 (0.478763, 0.521237)。",
            ),
            where=_WORKED,
        ),
        Stated(
            "delta",
            2,
            ("0.238", "-0.238"),
            Text(
                "The softmax Jacobian was cut down to a ⊙ (1 − a), which on the printed numbers gives (0.0938, "
                "−0.0938); the printed value is close to the correct one by luck.",
                "softmax 的雅可比矩阵被简化为 a ⊙ (1 − a)，用所印数值会得 (0.0938, −0.0938)；"
                "印出的值接近正确值纯属巧合。",
            ),
            where=_WORKED,
        ),
        Stated("delta", 1, ("-0.071", "0.024", "0.119", "-0.071"), _COPIED, where=_WORKED),
    ),
    remarks=(
        Text("The article breaks off in the middle of dW².", "原文在计算 dW² 的中途中断。"),
        Text("The source gives no learning rate; 0.5 is ours.", "原文没有给出学习率；0.5 是我们取的。"),
        Text(
            "It writes ∂C/∂W⁽ˡ⁾ as δ⁽ˡ⁺¹⁾(a⁽ˡ⁾)ᵀ: the index convention changes halfway; for W⁽ˡ⁾ as defined there "
            "it is δ⁽ˡ⁾(a⁽ˡ⁻¹⁾)ᵀ.",
            "原文把 ∂C/∂W⁽ˡ⁾ 写成 δ⁽ˡ⁺¹⁾(a⁽ˡ⁾)ᵀ：下标约定中途改变；按其定义应为 δ⁽ˡ⁾(a⁽ˡ⁻¹⁾)ᵀ。",
        ),
        Text(
            "Its loop over the hidden layers, l = L−1 … 2, never reaches δ¹.",
            "其隐藏层循环 l = L−1 … 2 永远到不了 δ¹。",
        ),
    ),
    order=1,
)
