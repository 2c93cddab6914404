"""The lesson on Mazur's 2-2-2 example."""

from engine import Text
from engine.examples import EXAMPLES
from visualizer.lessons.record import Lesson, Stop

MAZUR = Lesson(
    "mazur",
    Text("The best-known worked example", "最有名的手算例子"),
    EXAMPLES["mazur"].source,
    10,
    (
        Stop(
            {"example": "mazur", "step": "0"},
            Text(
                "Two inputs, two hidden neurons, two outputs; for (0.05, 0.10) the network should answer (0.01, "
                "0.99). The article gives every neuron of a layer the same bias and never trains it, so we leave the "
                "biases alone too.",
                "两个输入、两个隐藏神经元、两个输出；输入 (0.05, 0.10) 时网络应答出 (0.01, 0.99)。"
                "原文让同一层的神经元用相同的偏置，而且从不训练它，所以这里也不动偏置。",
            ),
        ),
        Stop(
            {"step": "a.1"},
            Text(
                "The article calls z “net” and a “out”. Its hidden outputs 0.593269992 and 0.596884378 are right to "
                "the last digit.",
                "原文把 z 叫作 net，把 a 叫作 out。它的隐藏层输出 0.593269992 和 0.596884378 每一位都对。",
            ),
            "a.1.1",
            {"0.593269992": "a.1.1", "0.596884378": "a.1.2"},
        ),
        Stop(
            {"step": "c"},
            Text(
                "The outputs 0.7514 and 0.7729 cost ½(0.7414)² + ½(−0.2171)² = 0.2984. Nearly all of it comes from "
                "the first output.",
                "输出 0.7514 和 0.7729 的代价为 ½(0.7414)² + ½(−0.2171)² = 0.2984，几乎全部来自第一个输出。",
            ),
            "C",
            {
                "0.7514": "a.2.1",
                "0.7729": "a.2.2",
                "0.7414": "grad.2.1",
                "−0.2171": "grad.2.2",
                "0.2984": "C",
            },
        ),
        Stop(
            {"step": "bp1.2.1", "granularity": "neuron"},
            Text(
                "The article finds ∂C/∂w₅ as a product of three partial derivatives. The first two are BP1: 0.7414 · "
                "0.1868 = 0.1385, the error δ²₁.",
                "原文把 ∂C/∂w₅ 写成三个偏导数的乘积，前两个之积就是 BP1：0.7414 · 0.1868 = 0.1385，即误差 δ²₁。",
            ),
            "a.2.1",
            {"0.7414": "grad.2.1", "0.1868": "slope.2.1", "0.1385": "delta.2.1"},
        ),
        Stop(
            {"step": "bp4.2.1.1", "granularity": "weight"},
            Text(
                "The third is the activation that the weight carries: 0.1385 · 0.5933 = 0.0822. Its w₅ is our w²₁₁; "
                "two indices say where a weight leads and where it comes from, which a running number does not.",
                "第三个是这个权重传来的激活值：0.1385 · 0.5933 = 0.0822。原文的 w₅ 就是这里的 w²₁₁："
                "双下标说明权重通向哪里、来自哪里，顺序编号却看不出来。",
            ),
            "W.2.1.1",
            {"0.1385": "delta.2.1", "0.5933": "a.1.1", "0.0822": "dW.2.1.1"},
        ),
        Stop(
            {"step": "bp2.1.1", "granularity": "neuron"},
            Text(
                "The hidden neuron hears from both outputs, through w²₁₁ = 0.40 and w²₂₁ = 0.50: these are the "
                "weights of the forward pass, not the new ones. δ¹₁ = 0.0088, about sixteen times smaller than δ²₁.",
                "隐藏神经元经 w²₁₁ = 0.40 与 w²₂₁ = 0.50 收到两个输出的误差：用的是前向时的权重，不是更新后的。δ¹₁ = "
                "0.0088，约为 δ²₁ 的十六分之一。",
            ),
            "a.1.1",
            {"0.0088": "delta.1.1"},
        ),
        Stop(
            {"step": "update", "granularity": "layer"},
            Text(
                "With η = 0.5 the article's w₅ becomes 0.35891648 and its w₁ becomes 0.149780716; both are right. w₁ "
                "has hardly moved: it carries the small input 0.05 and the small error δ¹₁.",
                "取 η = 0.5，原文的 w₅ 变为 0.35891648，w₁ 变为 0.149780716，都正确。w₁ 几乎没动：它只传小输入 0.05，"
                "通向的误差 δ¹₁ 也小。",
            ),
            "W.2.1.1",
            {"0.35891648": "W_new.2.1.1", "0.149780716": "W_new.1.1.1"},
        ),
        Stop(
            {"step": "c", "iteration": "2"},
            Text(
                "The cost after one round is 0.2910277737; the article prints 0.291027924. That comes out if the "
                "output weights are already new when the hidden errors are computed, although the steps worked by "
                "hand, w₁ among them, use the old ones. Only the seventh decimal tells, for the cost falls all the "
                "same.",
                "一轮之后代价为 0.2910277737，原文印的是 0.291027924。若计算隐藏层误差时输出层权重已经更新，"
                "得到的正是这个数，尽管原文手算的各步（包括 w₁）用的都是旧权重。代价照样下降，"
                "要到小数点后第七位才看得出来。",
            ),
            "C",
            {"0.2910277737": "C"},
        ),
        Stop(
            {"biases": "1"},
            Text(
                "The same round with trained biases brings the cost to 0.2805. A bias is a weight like any other; "
                "there is no reason to leave it out.",
                "若连偏置一起训练，同样一轮之后代价降到 0.2805。偏置和其他权重没有两样，没有理由不训练它。",
            ),
            "b.2.1",
            {"0.2805": "C"},
        ),
        Stop(
            {"biases": "0", "iteration": "10000"},
            Text(
                "After about ten thousand rounds with fixed biases the outputs are 0.0159 and 0.9841, and the cost is "
                "0.000035. One sample learnt by heart is no knowledge yet: the network has seen nothing else.",
                "偏置固定，训练约一万轮之后，输出为 0.0159 和 0.9841，代价 0.000035。把一个样本背下来还不算学会："
                "除此之外，网络什么都没见过。",
            ),
            "",
            {"0.0159": "a.2.1", "0.9841": "a.2.2", "0.000035": "C"},
        ),
    ),
    order=7,
)
