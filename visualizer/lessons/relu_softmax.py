"""The lesson on the 3-4-2 example with ReLU and softmax."""

from engine import Text
from engine.examples import EXAMPLES
from visualizer.slides import Ask, Lesson, Stop

RELU_SOFTMAX = Lesson(
    "relu_softmax",
    Text("ReLU and softmax by hand", "手算 ReLU 与 softmax"),
    EXAMPLES["relu_softmax"].source,
    15,
    (
        Stop(
            {"example": "relu_softmax", "step": "0"},
            Text(
                "Three inputs, four hidden neurons with ReLU, two outputs with softmax. W¹ has four rows of three "
                "weights, W² two rows of four: one row for each neuron, one column for each input.",
                "三个输入，四个 ReLU 隐藏神经元，两个 softmax 输出。W¹ 有四行，每行三个权重；W² 有两行，每行四个："
                "每个神经元一行，每个输入一列。",
            ),
        ),
        Stop(
            {"step": "z.1"},
            Text(
                "Take the third row: 0.3 · 0.5 + 0.2 · 0.1 + 0.1 · 0.2 + 0.3 = 0.49. (The article that this "
                "network is from prints other numbers; Worked examples shows them side by side.)",
                "看第三行：0.3 · 0.5 + 0.2 · 0.1 + 0.1 · 0.2 + 0.3 = 0.49。（这个网络所出的文章印的是别的数；“算例”"
                "页把两者并列。）",
            ),
            "a.1.3",
            {"0.49": "z.1.3"},
        ),
        Stop(
            {"step": "a.1"},
            Text(
                "ReLU lets everything positive through unchanged. All four z are positive, so nothing happens "
                "here, and in the backward pass all four slopes will be 1.",
                "ReLU 让正数原样通过。四个 z 都是正的，所以这里什么都没变；反向时四个斜率也都是 1。",
            ),
            ask=Ask(
                Text(
                    "The output layer uses softmax. If one output rises, the other",
                    "输出层用 softmax。一个输出升高，另一个就",
                ),
                (
                    Text("rises too", "也升高"),
                    Text("falls", "降低"),
                    Text("stays the same", "不变"),
                ),
                1,
                "a.2.1",
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
                "The target is (0, 1), the second class. The network leans that way, but is hardly better than a "
                "coin toss: C = 0.2306.",
                "目标是 (0, 1)，即第二类。网络略微偏向它，但比抛硬币强不了多少：C = 0.2306。",
            ),
            "C",
            {"0.2306": "C"},
            ask=Ask(
                Text(
                    "BP1 needs the slope of softmax. Is it a ⊙ (1 − a)?",
                    "BP1 要用 softmax 的斜率。它是 a ⊙ (1 − a) 吗？",
                ),
                (
                    Text("yes", "是"),
                    Text("no, that is only the diagonal of a matrix", "不是，那只是一个矩阵的对角线"),
                    Text("no, the slope is 1", "不是，斜率为 1"),
                ),
                1,
                "delta.2.1",
            ),
        ),
        Stop(
            {"step": "bp1.2"},
            Text(
                "Since every output depends on every z, the slope becomes a matrix, the Jacobian; the product "
                "with it gives δ² = (0.2398, −0.2398). Its diagonal alone, a ⊙ (1 − a), would halve the error "
                "here.",
                "每个输出都依赖所有的 z，所以斜率变成一个矩阵，即雅可比矩阵；与它相乘得 δ² = (0.2398, −0.2398)。若"
                "只用对角线 a ⊙ (1 − a)，误差在这里会减半。",
            ),
            "a.2.1",
            {"0.2398": "delta.2.1", "−0.2398": "delta.2.2"},
        ),
        Stop(
            {"step": "bp4.2"},
            Text(
                "Two errors times four activations: eight gradients, in the shape of W². The lower row is the "
                "upper one with the opposite sign, because the two errors are opposite.",
                "两个误差乘四个激活值：八个梯度，形状与 W² 相同。下面一行是上面一行的相反数，因为两个误差恰好相反。",
            ),
            "W.2.1.4",
        ),
        Stop(
            {"step": "bp2.1"},
            Text(
                "Column 3 of W² holds the weights out of hidden neuron 3: δ¹₃ = 0.5 · 0.2398 + 0.2 · (−0.2398) = "
                "0.0719.",
                "W² 的第 3 列是从隐藏神经元 3 流出的权重：δ¹₃ = 0.5 · 0.2398 + 0.2 · (−0.2398) = 0.0719。",
            ),
            "a.1.3",
            {"0.2398": "delta.2.1", "−0.2398": "delta.2.2", "0.0719": "delta.1.3"},
        ),
        Stop(
            {"step": "bp4.1"},
            Text(
                "The gradient of Wˡ takes the error of the layer it leads to, δˡ, and the activation of the layer "
                "it comes from, aˡ⁻¹. The first layer comes last, with the input as its activation.",
                "Wˡ 的梯度用的是它通向的那一层的误差 δˡ 和它来自的那一层的激活值 aˡ⁻¹。第一层最后算，它的激活值就"
                "是输入。",
            ),
            "W.1.3.1",
        ),
        Stop(
            {"step": "update"},
            Text(
                "With η = 0.5, w²₁₁ goes from 0.3 to 0.2580, and w²₂₁ by as much the other way, from 0.1 to 0.1420.",
                "取 η = 0.5，w²₁₁ 从 0.3 变为 0.2580，w²₂₁ 则反向移动同样的量，从 0.1 变为 0.1420。",
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
            ask=Ask(
                Text(
                    "Back to the start, with cross-entropy instead. The output errors become",
                    "回到起点，换成交叉熵。输出误差变得",
                ),
                (
                    Text("about half as large", "约为一半"),
                    Text("about twice as large", "约为两倍"),
                    Text("equal to 0", "等于 0"),
                ),
                1,
            ),
        ),
        Stop(
            {"step": "bp1.2", "iteration": "1", "loss": "cross_entropy"},
            Text(
                "Back to the start, now with the loss that belongs to softmax. In −log a₂ the derivative 1/a₂ "
                "meets the Jacobian's factor a₂ and cancels it: δ² = a − y = (0.4803, −0.4803), about twice as "
                "large as before.",
                "回到起点，换成与 softmax 配套的损失。−log a₂ 的导数含 1/a₂，恰好约去雅可比矩阵中的因子 a₂：δ² = "
                "a − y = (0.4803, −0.4803)，约为刚才的两倍。",
            ),
            "a.2.1",
            {"0.4803": "delta.2.1", "−0.4803": "delta.2.2"},
        ),
    ),
    order=5,
    outcome=Text(
        "use ReLU, softmax and cross-entropy in the four equations", "在四个方程中使用 ReLU、softmax 与交叉熵"
    ),
)
