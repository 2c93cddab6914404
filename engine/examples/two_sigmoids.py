"""Source D: two sigmoid neurons in a row."""

from engine.core import Text
from engine.examples.published import Example, Stated
from engine.layers import Dense
from engine.network import Network

_WORKED = Text("its worked example", "原文的算例")

TWO_SIGMOIDS = Example(
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
    stated=(
        Stated("a", 1, ("0.73105857863",), where=_WORKED),
        Stated(
            "a",
            2,
            ("0.26894142137",),
            Text("It used σ(−1) instead of σ(−0.7310585786).", "误用 σ(−1)，应为 σ(−0.7310585786)。"),
            where=_WORKED,
        ),
        Stated(
            "C",
            2,
            "0.07610244617",
            Text("Even the printed output gives 0.5344466454.", "即使用所印的输出也应得 0.5344466454。"),
            where=_WORKED,
        ),
        Stated(
            "dW",
            1,
            ("0.25942358493",),
            Text("The formula printed is not the chain rule.", "所印公式不是链式法则。"),
            where=_WORKED,
        ),
        Stated(
            "W_new",
            1,
            ("1.2594",),
            Text(
                "The sign of the update: adding the gradient makes the error grow.",
                "更新的符号错误：加上梯度会使误差增大。",
            ),
            where=_WORKED,
        ),
    ),
    remarks=(
        Text(
            "In one place the loss is written (wx − y)², although the network has two sigmoid layers.",
            "有一处把损失写作 (wx − y)²，但网络有两个 sigmoid 层。",
        ),
        Text(
            "Its formula for ∂E/∂w₁, evaluated with its own numbers, gives −0.195 and not the printed 0.259.",
            "原文 ∂E/∂w₁ 的公式，代入它自己的数得 −0.195，而不是所印的 0.259。",
        ),
        Text(
            "It says that a larger learning rate calms oscillation; it makes oscillation worse.",
            "原文说加大学习率能抑制振荡；其实只会加剧振荡。",
        ),
        Text("The learning rate 1 is implied by the printed update.", "学习率 1 由所印的更新推出。"),
        Text(
            "It writes the update as w + α ∂E/∂w, which climbs at every step.",
            "原文把更新写成 w + α ∂E/∂w：照此计算，每一步都在上升。",
        ),
        Text(
            "It advises a larger learning rate against vanishing gradients: that makes the late layers jump before the "
            "early ones move.",
            "原文建议用更大的学习率对付梯度消失：这只会让后面的层先乱跳，前面的层仍几乎不动。",
        ),
        Text(
            "It calls a neural network ensemble learning; an ensemble is many models that vote, this is one model.",
            "原文称神经网络为“集成学习”；集成是多个模型投票，而这里只有一个模型。",
        ),
    ),
    order=3,
)
