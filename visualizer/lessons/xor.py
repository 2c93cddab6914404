"""The lesson on one neuron, networks with one output, and XOR."""

from engine import Text
from engine.examples import EXAMPLES
from visualizer.slides import Ask, Lesson, Stop

_NEURON = {"sizes": "2-1", "x": "1_0.5", "y": "1", "net": "0.4_-0.6_0.2"}
_LINEAR = {"sizes": "2-2-1", "activations": "sigmoid-linear", "x": "1_0.5", "y": "1"}
_LINEAR_NET = "0.4_-0.6_0.2_-0.3_0.8_-0.1_0.5_-0.4_0.1"
_SAMPLES = {"x": "0_0~0_1~1_0~1_1", "y": "0~1~1~0", "activations": "tanh-sigmoid", "eta": "2"}
_TRAINED = _SAMPLES | {"iteration": "2000", "step": "a.2"}

XOR = Lesson(
    "xor",
    Text("From one neuron to XOR", "从一个神经元到异或"),
    EXAMPLES["xor"].source,
    15,
    (
        Stop(
            _NEURON | {"step": "z.1"},
            Text(
                "One neuron: 0.4 · 1 + (−0.6) · 0.5 + 0.2 = 0.3, and then the activation function.",
                "一个神经元：0.4 · 1 + (−0.6) · 0.5 + 0.2 = 0.3，再通过激活函数。",
            ),
            "a.1.1",
            {"0.3": "z.1.1"},
        ),
        Stop(
            {"step": "bp4.1.1.2", "granularity": "weight"},
            Text(
                "All of learning is already here: δ = (ŷ − y) f′(z) = −0.1040, and ∂C/∂w₂ = δ · x₂ = −0.0520. Both "
                "weights have negative gradients, so both go up, the first by twice as much.",
                "学习的全部内容已经在这里：δ = (ŷ − y) f′(z) = −0.1040，∂C/∂w₂ = δ · x₂ = −0.0520。"
                "两个权重的梯度都为负，所以都要增大，第一个增大的量是第二个的两倍。",
            ),
            "W.1.1.2",
            {"−0.1040": "delta.1.1", "−0.0520": "dW.1.1.2"},
        ),
        Stop(
            _LINEAR | {"net": _LINEAR_NET, "step": "bp1.2"},
            Text(
                "Now with hidden neurons: sigmoid in the hidden layer, a linear output. There f′ = 1, so BP1 is "
                "plain: δ² = ŷ − y = −0.8128.",
                "加上隐藏神经元：隐藏层用 sigmoid，输出层是线性的。输出处 f′ = 1，BP1 就很简单：δ² = ŷ − y = −0.8128。",
            ),
            "a.2.1",
            {"−0.8128": "delta.2.1"},
        ),
        Stop(
            {"step": "bp2.1"},
            Text(
                "With one output the sum of BP2 has one term: δⱼ = δ wⱼ f′(zⱼ). The two errors have opposite signs, "
                "−0.0993 and 0.0813, because the output weights, 0.5 and −0.4, do.",
                "只有一个输出时，BP2 的求和只剩一项：δⱼ = δ wⱼ f′(zⱼ)。两个误差 −0.0993 与 0.0813 符号相反，"
                "因为输出权重 0.5 与 −0.4 符号相反。",
            ),
            "a.1.1",
            {"−0.0993": "delta.1.1", "0.0813": "delta.1.2"},
        ),
        Stop(
            {"example": "xor", "step": "0"},
            Text(
                "Exclusive or: 1 where exactly one input is 1. No single neuron can do it, because no straight "
                "line separates the two classes; with two hidden neurons it is possible. Four samples, and the "
                "initial weights of NumPy's seed 1.",
                "异或：恰有一个输入为 1 时输出 1。单个神经元做不到，因为没有一条直线能把两类分开；有两个隐藏神经元"
                "就有可能。四个样本，初始权重用 NumPy 的种子 1。",
            ),
            ask=Ask(
                Text("Before training, how much do the four outputs differ?", "训练之前，四个输出相差多少？"),
                (
                    Text("hardly at all", "几乎不差"),
                    Text("as XOR demands", "恰如异或所要求"),
                    Text("they are all equal", "完全相同"),
                ),
                0,
                "a.2.1",
            ),
        ),
        Stop(
            {"step": "a.2"},
            Text(
                "Before training all four outputs lie between 0.78 and 0.87: the network does not tell the samples "
                "apart yet.",
                "训练之前，四个输出都在 0.78 到 0.87 之间：网络还分不清这些样本。",
            ),
            "a.2.1",
            {"0.78": "a.2.1.2", "0.87": "a.2.1.3"},
        ),
        Stop(
            {"step": "bp4.1"},
            Text(
                "A silent bug lurks here: add the transpose of this matrix, and 0.0024 and −0.0005 change places. "
                "W¹ is square, so NumPy raises no error, and the network learns something else. Test code with a "
                "layer that is not square.",
                "这里潜伏着一种不报错的错误：若加上的是这个矩阵的转置，0.0024 与 −0.0005 就对调了位置。W¹ 是方阵，"
                "NumPy 不会报错，网络却学成了别的东西。检查代码时，请用不是方阵的层。",
            ),
            "W.1.1.2",
            {"0.0024": "dW.1.1.2", "−0.0005": "dW.1.2.1"},
        ),
        Stop(
            {"step": "update"},
            Text(
                "The cost here is the mean of the squares. With η = 0.2, w²₁₁ goes from 1.7448 to 1.7307. (With "
                "half the sum of the squares, 0.1 would be the same step.)",
                "这里的代价是平方的平均值。取 η = 0.2，w²₁₁ 从 1.7448 变为 1.7307。（若用平方和的一半，取 0.1 是同"
                "样的一步。）",
            ),
            "W.2.1.1",
            {"1.7448": "W.2.1.1", "1.7307": "W_new.2.1.1"},
            ask=Ask(
                Text("C was 0.3670. After a thousand updates it is about", "C 原来是 0.3670。更新一千次之后约为"),
                (
                    Text("0.25", "0.25"),
                    Text("0.05", "0.05"),
                    Text("0.0003", "0.0003"),
                ),
                0,
            ),
        ),
        Stop(
            {"step": "c", "iteration": "1001"},
            Text(
                "After a thousand updates C has come down from 0.3670 to 0.2453. A network that always answers ½ "
                "would have a quarter.",
                "更新一千次后，C 从 0.3670 降到 0.2453。而一个永远回答 ½ 的网络，代价是四分之一。",
            ),
            "C",
            {"0.3670": "C@1", "0.2453": "C"},
        ),
        Stop(
            {"step": "c", "iteration": "10000"},
            Text(
                "After ten thousand iterations C = 0.1707: (0, 0) is learned, but the other three samples get "
                "almost the same output, 0.66 to 0.67. A published demonstration ends here; gradient descent is "
                "creeping along a flat trough towards 1/6. Why 1/6? If three samples share one output, 2/3 is the "
                "best.",
                "一万次迭代之后，C = 0.1707：(0, 0) 学会了，另外三个样本的输出却几乎相同，0.66 到 0.67。一个已发表"
                "的演示就停在这里；梯度下降正沿一条平坦的长谷缓慢趋向 1/6。为什么是 1/6？三个样本共用一个输出时，"
                "最好取 2/3。",
            ),
            "C",
            {"0.1707": "C", "0.66": "a.2.1.2", "0.67": "a.2.1.4"},
            ask=Ask(
                Text("Are two hidden neurons too few?", "是不是两个隐藏神经元太少？"),
                (
                    Text("yes, it takes three", "是，需要三个"),
                    Text("no, another start can do it", "不是，换个起点就能学会"),
                    Text("no, but XOR takes a hundred thousand iterations", "不是，但需要十万次迭代"),
                ),
                1,
            ),
        ),
        Stop(
            {"sizes": "2-2-1", "seed": "1"} | _TRAINED,
            Text(
                "Same size, different start: tanh in the hidden layer, new random weights, a larger step. The "
                "four outputs are now 0.02, 0.97, 0.98 and 0.02.",
                "大小不变，换个起点：隐藏层用 tanh，另抽一组初值，步子大一些。四个输出变成 0.02、0.97、0.98、0.02。",
            ),
            "a.2.1",
            {"0.02": "a.2.1.1", "0.97": "a.2.1.2", "0.98": "a.2.1.3"},
            ask=Ask(
                Text("Only the seed changes now. Does the network learn again?", "现在只换种子。网络还学得会吗？"),
                (
                    Text("yes, with any seed", "会，任何种子都行"),
                    Text("no, it gets stuck", "不会，它卡住了"),
                    Text("no, the cost overflows", "不会，代价溢出"),
                ),
                1,
            ),
        ),
        Stop(
            {"seed": "2"},
            Text(
                "Only the seed has changed, and the network is stuck again: 0.50 for two of the samples. Where "
                "training ends depends on where it began.",
                "只换了种子，网络又卡住了：有两个样本的输出是 0.50。训练停在哪里，取决于从哪里出发。",
            ),
            "a.2.1",
            {"0.50": "a.2.1.2"},
            ask=Ask(
                Text("The same seed, with a third hidden neuron:", "同一个种子，加一个隐藏神经元："),
                (
                    Text("stuck as before", "照样卡住"),
                    Text("it learns XOR", "学会了异或"),
                    Text("worse than before", "比原来更差"),
                ),
                1,
            ),
        ),
        Stop(
            {"sizes": "2-3-1", "seed": "2"} | _TRAINED,
            Text(
                "The same seed with three hidden neurons succeeds: 0.01, 0.98, 0.98 and 0.02. More neurons leave "
                "more ways out. But try other seeds, learning rates and sizes before you trust that.",
                "同一个种子，三个隐藏神经元就成功了：0.01、0.98、0.98、0.02。神经元多，出路就多。不过，先换几个种子、"
                "学习率和大小试试，再下结论。",
            ),
            "a.2.1",
            {"0.01": "a.2.1.1", "0.98": "a.2.1.2", "0.02": "a.2.1.4"},
        ),
    ),
    order=8,
    outcome=Text(
        "say why XOR needs a hidden layer, and what the initial weights decide",
        "说明 XOR 为什么需要隐藏层，初始权重又决定什么",
    ),
)
