"""The lesson on Mazur's 2-2-2 example."""

from engine import Text
from engine.examples import EXAMPLES
from visualizer.slides import BEGINNER, Ask, Lesson, Stop

MAZUR = Lesson(
    "mazur",
    Text("The best-known worked example", "最有名的手算算例"),
    EXAMPLES["mazur"].source,
    10,
    (
        Stop(
            {"example": "mazur", "step": "0"},
            Text(
                "Two inputs, two hidden neurons, two outputs; for (0.05, 0.10) the network should output (0.01, "
                "0.99). As in the original article, all neurons of a layer have the same bias, and the biases are "
                "not trained.",
                "两个输入、两个隐藏神经元、两个输出；输入 (0.05, 0.10) 时网络应输出 (0.01, 0.99)。与原文一样，同一"
                "层的神经元偏置相同，而且不训练偏置。",
            ),
            ask=Ask(
                Text(
                    "The weighted sums are 0.35 plus a little. Where will the hidden outputs lie?",
                    "加权和是 0.35 再多一点。隐藏层的输出大约在哪里？",
                ),
                (
                    Text("below 0.5", "0.5 以下"),
                    Text("between 0.5 and 0.7", "0.5 与 0.7 之间"),
                    Text("near 1", "接近 1"),
                ),
                1,
                "a.1.1",
            ),
        ),
        Stop(
            {"step": "a.1"},
            Text(
                "Many texts call z “net” and a “out”. The hidden outputs are 0.593269992 and 0.596884378.",
                "许多文章把 z 叫作 net，把 a 叫作 out。隐藏层的输出是 0.593269992 和 0.596884378。",
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
                "∂C/∂w²₁₁ is a product of three derivatives. The first two are BP1: 0.7414 · 0.1868 = 0.1385, the "
                "error δ²₁.",
                "∂C/∂w²₁₁ 是三个导数的乘积。前两个之积就是 BP1：0.7414 · 0.1868 = 0.1385，即误差 δ²₁。",
            ),
            "a.2.1",
            {"0.7414": "grad.2.1", "0.1868": "slope.2.1", "0.1385": "delta.2.1"},
        ),
        Stop(
            {"step": "bp4.2.1.1", "granularity": "weight"},
            Text(
                "The third is the activation that the weight carries: 0.1385 · 0.5933 = 0.0822. The article calls "
                "this weight w₅; two indices say where a weight goes and where it comes from, which a running "
                "number does not.",
                "第三个是这个权重传来的激活值：0.1385 · 0.5933 = 0.0822。原文把这个权重叫作 w₅；双下标说明权重通向"
                "哪里、来自哪里，顺序编号却看不出来。",
            ),
            "W.2.1.1",
            {"0.1385": "delta.2.1", "0.5933": "a.1.1", "0.0822": "dW.2.1.1"},
            ask=Ask(
                Text(
                    "Hidden neuron 1 feeds both outputs, whose errors are 0.1385 and −0.0381. What is the sign of its "
                    "own error?",
                    "隐藏神经元 1 通向两个输出，它们的误差是 0.1385 与 −0.0381。它自己的误差是什么符号？",
                ),
                (
                    Text("positive", "正"),
                    Text("negative", "负"),
                    Text("zero", "零"),
                ),
                0,
                "delta.1.1",
            ),
        ),
        Stop(
            {"step": "bp2.1.1", "granularity": "neuron"},
            Text(
                "The hidden neuron receives errors from both outputs through w²₁₁ = 0.40 and w²₂₁ = 0.50: the "
                "weights of the forward pass, not the updated ones. δ¹₁ = 0.0088, about a sixteenth of δ²₁.",
                "隐藏神经元经 w²₁₁ = 0.40 与 w²₂₁ = 0.50 收到两个输出的误差：用的是前向时的权重，不是更新后的。δ¹₁ = "
                "0.0088，约为 δ²₁ 的十六分之一。",
            ),
            "a.1.1",
            {"0.0088": "delta.1.1"},
            ask=Ask(
                Text("Now the update. Which weight moves more?", "接着更新。哪个权重移动得多？"),
                (
                    Text("w²₁₁", "w²₁₁"),
                    Text("w¹₁₁", "w¹₁₁"),
                    Text("both alike", "两个一样"),
                ),
                0,
                "W_new.2.1.1",
            ),
        ),
        Stop(
            {"step": "update", "granularity": "layer"},
            Text(
                "With η = 0.5, w²₁₁ becomes 0.35891648 and w¹₁₁ becomes 0.149780716. w¹₁₁ has hardly moved: it "
                "carries the small input 0.05 to the small error δ¹₁.",
                "取 η = 0.5，w²₁₁ 变为 0.35891648，w¹₁₁ 变为 0.149780716。w¹₁₁ 几乎没动：它只传小输入 0.05，通向的"
                "误差 δ¹₁ 也小。",
            ),
            "W.2.1.1",
            {"0.35891648": "W_new.2.1.1", "0.149780716": "W_new.1.1.1"},
        ),
        Stop(
            {"step": "c", "iteration": "2"},
            Text(
                "The cost after one iteration is 0.2910277737; the article prints 0.291027924. That is what you "
                "get if the output weights are updated before the hidden errors are computed. Only the seventh "
                "decimal reveals it, because the cost falls anyway.",
                "一次迭代之后代价为 0.2910277737，原文印的是 0.291027924。若在计算隐藏层误差之前就更新输出层权重，"
                "得到的正是这个数。代价照样下降，要到小数点后第七位才看得出来。",
            ),
            "C",
            {"0.2910277737": "C"},
            ask=Ask(
                Text(
                    "If the biases are trained as well, the cost after one iteration is",
                    "若连偏置一起训练，一次迭代之后代价",
                ),
                (
                    Text("lower", "更低"),
                    Text("the same", "不变"),
                    Text("higher", "更高"),
                ),
                0,
            ),
        ),
        Stop(
            {"biases": "1"},
            Text(
                "The same iteration with trained biases brings the cost to 0.2805. A bias is a weight like any "
                "other; there is no reason to leave it out.",
                "若连偏置一起训练，同样一次迭代之后代价降到 0.2805。偏置和其他权重没有两样，没有理由不训练它。",
            ),
            "b.2.1",
            {"0.2805": "C"},
        ),
        Stop(
            {"biases": "0", "iteration": "10000"},
            Text(
                "After ten thousand iterations with fixed biases the outputs are 0.0159 and 0.9841, and the cost "
                "is 0.000035. But memorizing one sample is not learning: the network has seen nothing else. Now "
                "you: try exercise 1 of “Two layers, sigmoid”.",
                "偏置固定，一万次迭代之后，输出为 0.0159 和 0.9841，代价 0.000035。但背下一个样本不算学会：除此之"
                "外，网络什么都没见过。轮到你了：去做“两层，sigmoid”的第 1 题。",
            ),
            "",
            {"0.0159": "a.2.1", "0.9841": "a.2.2", "0.000035": "C"},
        ),
    ),
    order=2,
    level=BEGINNER,
    outcome=Text("work one iteration of a 2-2-2 network by hand", "手算 2-2-2 网络的一次迭代"),
)
