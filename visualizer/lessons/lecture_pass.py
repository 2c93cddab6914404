"""The first half of the lecture: one pass through a small network, and what comes of repeating it."""

from engine import Text
from visualizer.lessons.record import Stop

_NETWORK = {"example": "mazur", "biases": "1"}
_NUDGED = "0.15_0.2_0.35_0.25_0.3_0.35_0.41_0.45_0.6_0.5_0.55_0.6"

ONE_PASS = (
    Stop(
        _NETWORK | {"step": "0"},
        Text(
            "What is a neural network computing? A function: two numbers go in on the left, two come out, and twelve "
            "weights and biases decide which function it is. For (0.05, 0.10) we want (0.01, 0.99). Learning means "
            "finding weights that do it.",
            "神经网络在算什么？一个函数：左边进两个数，右边出两个数，12 个权重和偏置决定它是哪一个函数。我们希望输入 "
            "(0.05, 0.10) 时输出 (0.01, 0.99)。所谓学习，就是找到做得到这一点的权重。",
        ),
    ),
    Stop(
        {"step": "z.1.1", "granularity": "neuron"},
        Text(
            "A neuron first adds up: every input times its weight, plus the bias. 0.15 · 0.05 + 0.20 · 0.10 + 0.35 = "
            "0.3775, the weighted input z.",
            "神经元先求和：每个输入乘以权重，再加偏置。0.15 · 0.05 + 0.20 · 0.10 + 0.35 = 0.3775，这就是加权输入 z。",
        ),
        "a.1.1",
        {"0.3775": "z.1.1"},
    ),
    Stop(
        {"step": "a.1.1"},
        Text(
            "Then it bends: a = σ(z) squeezes the sum into the range from 0 to 1, here to 0.5933. Without the bend "
            "two layers could do no more than one, because a linear function of a linear function is linear.",
            "然后弯一下：a = σ(z) 把这个和压到 0 与 1 之间，这里得 0.5933。没有这一弯，两层并不比一层强，"
            "因为线性函数套线性函数还是线性的。",
        ),
        "a.1.1",
        {"0.5933": "a.1.1"},
    ),
    Stop(
        {"step": "a.2", "granularity": "layer"},
        Text(
            "The second layer does the same with what the first has said. Out come 0.7514 and 0.7729, where 0.01 and "
            "0.99 were wanted: the first far too large, the second too small.",
            "第二层拿第一层的输出再做一遍。结果是 0.7514 和 0.7729，而我们要的是 0.01 和 0.99：第一个大得多，"
            "第二个偏小。",
        ),
        "",
        {"0.7514": "a.2.1", "0.7729": "a.2.2"},
    ),
    Stop(
        {"step": "c"},
        Text(
            "One number says how wrong that is: C = ½‖a − y‖² = 0.2984. From here on everything serves to make it "
            "smaller. Input and target are given; only weights and biases may move.",
            "错了多少，用一个数来说：C = ½‖a − y‖² = 0.2984。此后的一切都是为了让它变小。输入和目标是给定的，"
            "能动的只有权重和偏置。",
        ),
        "C",
        {"0.2984": "C"},
    ),
    Stop(
        {"step": "c", "net": _NUDGED},
        Text(
            "What is a gradient for? Try it by hand: w²₁₁ was 0.40 and is now 0.41, and C rose by 0.00082. That is "
            "0.082 per unit of weight, so this weight should go down. Twelve parameters take twelve such trials, a "
            "million take a million; backpropagation finds all the slopes in one sweep.",
            "梯度有什么用？先动手试：w²₁₁ 原来是 0.40，现在是 0.41，C 上升了 0.00082，相当于每单位权重 0.082，"
            "所以这个权重应当减小。12 个参数要试 12 次，一百万个要试一百万次；反向传播一趟就求出全部斜率。",
        ),
        "W.2.1.1",
        {"0.00082": "change", "0.082": "change/0.01"},
    ),
    Stop(
        _NETWORK | {"step": "bp1.2.1", "granularity": "neuron"},
        Text(
            "The way back begins at the output, with two factors. How strongly does C depend on this output: a − y = "
            "0.7414. How strongly does the output depend on its z: the slope σ′(z) = 0.1868. Their product is δ²₁ = "
            "0.1385.",
            "往回走从输出开始，有两个因子。C 对这个输出有多敏感：a − y = 0.7414。输出对它的 z 有多敏感：斜率 σ′(z) = "
            "0.1868。两者相乘，δ²₁ = 0.1385。",
        ),
        "a.2.1",
        {"0.7414": "grad.2.1", "0.1868": "slope.2.1", "0.1385": "delta.2.1"},
    ),
    Stop(
        {"step": "bp1.2.2"},
        Text(
            "The second output is too small, so a − y is negative, and with it δ²₂ = −0.0381. The sign tells which "
            "way z should move: this one up, the first one down. BP1 says both at once.",
            "第二个输出偏小，a − y 为负，所以 δ²₂ = −0.0381。符号说明 z 该往哪边动：这个升，第一个降。BP1 "
            "把两者一并写出。",
        ),
        "a.2.2",
        {"−0.0381": "delta.2.2"},
    ),
    Stop(
        {"step": "bp3.2", "granularity": "layer"},
        Text(
            "BP3 costs nothing. A bias enters z with the factor 1, so its gradient is the error itself.",
            "BP3 不费力气：偏置进入 z 的系数是 1，它的梯度就是误差本身。",
        ),
        "b.2.1",
    ),
    Stop(
        {"step": "bp4.2.1.1", "granularity": "weight"},
        Text(
            "BP4: a weight enters z times the activation it carries, so its gradient is a in × δ out, 0.5933 · 0.1385 "
            "= 0.0822. It is the slope that we measured by hand, this time without a trial.",
            "BP4：权重进入 z 时要乘上它传来的激活值，所以梯度是“a 入 × δ 出”，0.5933 · 0.1385 = 0.0822。"
            "这正是刚才动手量出来的斜率，而这次一次也没有试。",
        ),
        "W.2.1.1",
        {"0.5933": "a.1.1", "0.1385": "delta.2.1", "0.0822": "dW.2.1.1"},
    ),
    Stop(
        {"step": "bp4.2", "granularity": "layer"},
        Text(
            "All four at once: the column δ² times the row (a¹)ᵀ is a 2 × 2 matrix, in the shape of W². A gradient "
            "always has the shape of what it belongs to; when your code complains, check the shapes first.",
            "四个一起算：列 δ² 乘行 (a¹)ᵀ 得到 2 × 2 矩阵，形状与 W² 相同。梯度的形状总和它所属的参数一样；"
            "代码报错时，先查形状。",
        ),
        "W.2.2.1",
    ),
    Stop(
        {"step": "bp2.1.1", "granularity": "neuron"},
        Text(
            "A hidden neuron has no target. Whom has it misled? It collects the errors of those it talks to, 0.40 · "
            "0.1385 + 0.50 · (−0.0381), and multiplies by its own slope 0.2413: δ¹₁ = 0.0088.",
            "隐藏神经元没有目标值，它的责任从哪里来？它影响过谁，就从谁那里把误差收回来：0.40 · 0.1385 + 0.50 · "
            "(−0.0381)，再乘以它自己的斜率 0.2413，得 δ¹₁ = 0.0088。",
        ),
        "a.1.1",
        {"0.1385": "delta.2.1", "−0.0381": "delta.2.2", "0.2413": "slope.1.1", "0.0088": "delta.1.1"},
    ),
    Stop(
        {"step": "bp2.1", "granularity": "layer"},
        Text(
            "Forward, row j of W² collects what flows into neuron j. Backward, column k collects what neuron k has "
            "sent out. Rows and columns change places, and that is all the transpose in (W²)ᵀδ² means.",
            "前向时，W² 的第 j 行收集流入神经元 j 的东西；反向时，第 k 列收集神经元 k 送出的东西。行列互换，(W²)ᵀδ² "
            "里的转置就是这个意思。",
        ),
        "a.1.2",
    ),
    Stop(
        {"step": "bp4.1"},
        Text(
            "With δ¹ known, BP3 and BP4 hold again, word for word, however many layers there are. ∂C/∂w¹₁₁ = 0.05 · "
            "0.0088 = 0.00044 is small: little came in, and the error had passed two slopes.",
            "有了 δ¹，BP3 和 BP4 原样再用一次，有多少层都一样。∂C/∂w¹₁₁ = 0.05 · 0.0088 = 0.00044，很小："
            "输入本来就小，误差又经过了两次斜率衰减。",
        ),
        "W.1.1.1",
        {"0.0088": "delta.1.1", "0.00044": "dW.1.1.1"},
    ),
    Stop(
        {"step": "update"},
        Text(
            "Only now do the weights move, all at once, each by η = 0.5 times its gradient, downhill: w²₁₁ goes from "
            "0.40 to 0.3589. BP2 needed the old W², so nothing may move before everything is computed.",
            "到这时权重才动，而且一起动，各自朝下坡方向走 η = 0.5 乘以自己的梯度：w²₁₁ 从 0.40 变为 0.3589。BP2 "
            "要用旧的 W²，所以没算完之前谁都不能动。",
        ),
        "W.2.1.1",
        {"0.3589": "W_new.2.1.1"},
    ),
    Stop(
        {"step": "c", "iteration": "2"},
        Text(
            "Same input, same target, new weights: the cost is 0.2805, before it was 0.2984. That is one iteration of "
            "gradient descent, and there is nothing else to it.",
            "输入不变，目标不变，权重是新的：代价从 0.2984 降到 0.2805。这就是梯度下降的一次迭代，再没有别的奥妙。",
        ),
        "C",
        {"0.2805": "C"},
    ),
    Stop(
        {"step": "c", "iteration": "1001"},
        Text(
            "A thousand updates later the outputs are 0.0267 and 0.9738, and C = 0.0003. Nobody told the network how; "
            "it is the same four equations, a thousand times.",
            "更新一千次之后，输出为 0.0267 和 0.9738，C = 0.0003。没有人教它怎么做，只是同样的四个方程用了一千遍。",
        ),
        "",
        {"0.0267": "a.2.1", "0.9738": "a.2.2", "0.0003": "C"},
    ),
)
