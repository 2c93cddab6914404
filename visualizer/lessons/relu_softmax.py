"""The lesson on the 3-4-2 example with ReLU and softmax."""

from engine import Text
from engine.examples import EXAMPLES
from visualizer.lessons.record import Lesson, Stop

RELU_SOFTMAX = Lesson(
    "relu_softmax",
    Text("ReLU and softmax by hand", "手算 ReLU 与 softmax"),
    EXAMPLES["relu_softmax"].source,
    15,
    (
        Stop(
            {"example": "relu_softmax", "step": "0"},
            Text(
                "Three inputs, four hidden neurons, two outputs. The article prints W² with four rows and two "
                "columns; to be multiplied from the left onto four activations it needs two rows and four columns, "
                "the transpose.",
                "三个输入、四个隐藏神经元、两个输出。原文把 W² 印成四行两列；要从左边乘四个激活值，它必须是两行四列，"
                "也就是所印矩阵的转置。",
            ),
        ),
        Stop(
            {"step": "z.1"},
            Text(
                "Take the third row: 0.3 · 0.5 + 0.2 · 0.1 + 0.1 · 0.2 + 0.3 = 0.49. The article has 0.23 there, and "
                "the other three rows differ as well. Everything printed after this rests on these four numbers.",
                "看第三行：0.3 · 0.5 + 0.2 · 0.1 + 0.1 · 0.2 + 0.3 = 0.49。原文印的是 0.23，另外三行也不对。"
                "后面印出的一切都建立在这四个数上。",
            ),
            "a.1.3",
            {"0.49": "z.1.3"},
        ),
        Stop(
            {"step": "a.1"},
            Text(
                "ReLU lets everything positive through unchanged. All four z are positive, so nothing happens here, "
                "and on the way back all four slopes will be 1.",
                "ReLU 让正数原样通过。四个 z 都是正的，所以这里什么都没变；反向时四个斜率也都是 1。",
            ),
        ),
        Stop(
            {"step": "a.2"},
            Text(
                "Softmax turns z² = (0.579, 0.658) into probabilities, 0.4803 and 0.5197. They sum to 1: if one "
                "output rises, the other has to fall, although the neurons are not connected.",
                "softmax 把 z² = (0.579, 0.658) 变成概率 0.4803 和 0.5197。两者之和为 1：一个升高，另一个必然降低，"
                "尽管两个神经元之间并没有连线。",
            ),
            "",
            {"0.579": "z.2.1", "0.658": "z.2.2", "0.4803": "a.2.1", "0.5197": "a.2.2"},
        ),
        Stop(
            {"step": "c"},
            Text(
                "The target is (0, 1), the second class. The network leans that way, but hardly more than a coin: C = "
                "0.2306.",
                "目标是 (0, 1)，即第二类。网络略微偏向它，但比抛硬币强不了多少：C = 0.2306。",
            ),
            "C",
            {"0.2306": "C"},
        ),
        Stop(
            {"step": "bp1.2"},
            Text(
                "Since every output depends on every z, the slope becomes a matrix, the Jacobian. The article keeps "
                "its diagonal only, a ⊙ (1 − a), which would halve the error here. The full product gives δ² = "
                "(0.2398, −0.2398).",
                "每个输出都依赖所有的 z，所以斜率变成一个矩阵，即雅可比矩阵。原文只保留对角线 a ⊙ (1 − a)，"
                "在这里会使误差减半。完整的乘积给出 δ² = (0.2398, −0.2398)。",
            ),
            "a.2.1",
            {"0.2398": "delta.2.1", "−0.2398": "delta.2.2"},
        ),
        Stop(
            {"step": "bp4.2"},
            Text(
                "Two errors times four activations: eight gradients, in the shape of W². The lower row is the upper "
                "one with the sign turned, because the two errors are opposite.",
                "两个误差乘四个激活值：八个梯度，形状与 W² 相同。下面一行是上面一行的相反数，因为两个误差恰好相反。",
            ),
            "W.2.1.4",
        ),
        Stop(
            {"step": "bp2.1"},
            Text(
                "Column 3 of W² holds what hidden neuron 3 sent out: δ¹₃ = 0.5 · 0.2398 + 0.2 · (−0.2398) = 0.0719. "
                "The article copied W² with wrong entries and prints 0.119 instead.",
                "W² 的第 3 列是隐藏神经元 3 送出去的权重：δ¹₃ = 0.5 · 0.2398 + 0.2 · (−0.2398) = 0.0719。原文抄错了 "
                "W² 的元素，印成 0.119。",
            ),
            "a.1.3",
            {"0.2398": "delta.2.1", "−0.2398": "delta.2.2", "0.0719": "delta.1.3"},
        ),
        Stop(
            {"step": "bp4.1"},
            Text(
                "The gradient of W⁽ˡ⁾ takes the error of the layer it leads to and the activation of the layer it "
                "comes from. The article's indices slip by one at this point, and its loop down to l = 2 never gets "
                "to this layer.",
                "W⁽ˡ⁾ 的梯度用的是它通向的那一层的误差和它来自的那一层的激活值。原文的下标在这里错了一位，"
                "而且它的循环只到 l = 2，永远到不了这一层。",
            ),
            "W.1.3.1",
        ),
        Stop(
            {"step": "update"},
            Text(
                "The article names no learning rate and stops before the update; we take η = 0.5. w²₁₁ goes from 0.3 "
                "to 0.2580, and w²₂₁ by as much the other way, from 0.1 to 0.1420.",
                "原文没有给出学习率，也没有写到更新；这里取 η = 0.5。w²₁₁ 从 0.3 变为 0.2580，w²₂₁ "
                "则反向移动同样的量，从 0.1 变为 0.1420。",
            ),
            "W.2.1.1",
            {"0.2580": "W_new.2.1.1", "0.1420": "W_new.2.2.1"},
        ),
        Stop(
            {"step": "c", "iteration": "2"},
            Text(
                "After one update the second class has probability 0.6384, and the cost is down to 0.1308.",
                "更新一次之后，第二类的概率升到 0.6384，代价降到 0.1308。",
            ),
            "C",
            {"0.6384": "a.2.2", "0.1308": "C"},
        ),
        Stop(
            {"step": "bp1.2", "iteration": "1", "loss": "cross_entropy"},
            Text(
                "The start once more, now with the cost that belongs to softmax. Cross-entropy and Jacobian cancel to "
                "δ² = a − y = (0.4803, −0.4803): simpler, and about twice as large as before.",
                "回到起点，换成与 softmax 配套的代价。交叉熵与雅可比矩阵相消，只剩 δ² = a − y = (0.4803, −0.4803)："
                "更简单，而且约为刚才的两倍。",
            ),
            "a.2.1",
            {"0.4803": "delta.2.1", "−0.4803": "delta.2.2"},
        ),
    ),
    order=2,
)
