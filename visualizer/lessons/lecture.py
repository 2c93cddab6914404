"""The lecture of forty minutes: one pass in full, then what helps, what goes wrong and what to try."""

from engine import Text
from visualizer.lessons.lecture_pass import ONE_PASS
from visualizer.lessons.record import Lesson, Stop

_DEAD = {"sizes": "2-2-1", "activations": "relu-relu", "x": "1.2_0.5", "y": "1", "eta": "0.1"}
_DEAD_NET = "0.6_0.8_0.2_0.3_0.4_-1_0.6_-0.2_0.1"
_DEEP = {"sizes": "4-4-4-4-4-4-4-2", "seed": "1", "step": "bp2.1"}
_TANH = "-".join(["tanh"] * 6 + ["sigmoid"])

_BEYOND = (
    Stop(
        _DEAD | {"net": _DEAD_NET, "step": "z.1"},
        Text(
            "A different network, this time with ReLU. The second hidden neuron has z = −0.44, so its output is "
            "0: for this input it is off. What will BP2 do with it?",
            "换一个网络，这次用 ReLU。第二个隐藏神经元的 z = −0.44，输出为 0：对这个输入，它没有激活。BP2 会怎样处"
            "理它？",
        ),
        "a.1.2",
        {"−0.44": "z.1.2"},
    ),
    Stop(
        {"step": "bp2.1"},
        Text(
            "The output error is −0.108, but the slope of ReLU is 0 there, so δ¹₂ = 0. None of the weights into "
            "this neuron will move. If that happens for every sample, the neuron is dead: only changes in other "
            "layers can revive it.",
            "输出层的误差是 −0.108，可那里 ReLU 的斜率是 0，所以 δ¹₂ = 0。通向它的权重一个也不会动；如果对每个样本"
            "都这样，它就“死亡”了，只有其他层的变化才可能使它恢复。",
        ),
        "a.1.2",
        {"−0.108": "delta.2.1", "0": "delta.1.2"},
    ),
    Stop(
        {"example": "relu_softmax", "step": "bp1.2"},
        Text(
            "Softmax turns sums into probabilities, here 0.4803 and 0.5197. Every output depends on every z, so the "
            "slope is a whole matrix, the Jacobian. With the quadratic cost the errors are ±0.2398.",
            "softmax 把加权输入变成概率，这里是 0.4803 和 0.5197。每个输出都依赖所有的 z，所以斜率是一整个矩阵，"
            "即雅可比矩阵。用二次代价时，误差为 ±0.2398。",
        ),
        "a.2.1",
        {"0.4803": "a.2.1", "0.5197": "a.2.2", "0.2398": "delta.2.1"},
    ),
    Stop(
        {"loss": "cross_entropy"},
        Text(
            "Same network, cross-entropy as the cost: the Jacobian cancels and δ² = a − y is left, ±0.4803. It is "
            "simpler, about twice as strong here, and it does not fade where softmax saturates. Choose cost and "
            "output together.",
            "网络不变，代价换成交叉熵：雅可比矩阵被约去，只剩 δ² = a − y，即 ±0.4803。式子更简单，"
            "误差在这里约为刚才的两倍，softmax 饱和时也不会消失。代价和输出层要配着选。",
        ),
        "a.2.1",
        {"0.4803": "delta.2.1"},
    ),
    Stop(
        {"example": "xor", "step": "bp3.2"},
        Text(
            "Four samples at once: the XOR table. Each has its own error, 0.2463, −0.0744, −0.0300 and 0.2068, "
            "and the gradient is their average, 0.0872. That is all there is to a batch: compute each sample by "
            "itself, then average. (Batch normalization is the exception: it couples the samples.)",
            "四个样本一起算：异或的真值表。每个样本有自己的误差，0.2463、−0.0744、−0.0300、0.2068，梯度是它们的平"
            "均值 0.0872。所谓批量，就是分别计算，再取平均（批量归一化除外，它把各样本联系在一起）。",
        ),
        "b.2.1",
        {
            "0.2463": "delta.2.1.1",
            "−0.0744": "delta.2.1.2",
            "−0.0300": "delta.2.1.3",
            "0.2068": "delta.2.1.4",
            "0.0872": "db.2.1",
        },
    ),
    Stop(
        _DEEP,
        Text(
            "Seven sigmoid layers. The largest output error is 0.145; in the first layer 0.000007 of it is left. "
            "Every layer multiplies by a slope of at most ¼: the gradient vanishes.",
            "七层 sigmoid。输出层最大的误差是 0.145，到第一层只剩 0.000007。每过一层都要乘上一个不超过 ¼ 的斜率："
            "梯度消失。",
        ),
        "",
        {"0.145": "delta.7.max", "0.000007": "delta.1.max"},
    ),
    Stop(
        _DEEP | {"activations": _TANH},
        Text(
            "The same weights with tanh, whose slope is 1 at zero: 0.005 arrives, hundreds of times more. This is "
            "one reason why deep networks moved to tanh and later to ReLU.",
            "权重不变，换成 tanh，它在零点的斜率是 1：传到第一层的有 0.005，大了几百倍。深层网络先改用 tanh，后来"
            "改用 ReLU，这是原因之一。",
        ),
        "",
        {"0.005": "delta.1.max"},
    ),
    Stop(
        {"example": "two_sigmoids", "step": "a.2"},
        Text(
            "Can printed numbers be trusted? This article prints 0.2689 for the output. It computed σ(−1), where "
            "σ(−0.7311) was meant: 0.3250 is right, and everything it prints after that is wrong.",
            "印出来的数可信吗？这篇文章印的输出是 0.2689。它算的是 σ(−1)，本应是 σ(−0.7311)：正确的是 0.3250，"
            "此后它印出的数也都错了。",
        ),
        "a.2.1",
        {"−0.7311": "z.2.1", "0.3250": "a.2.1"},
    ),
    Stop(
        {"example": "mazur", "step": "c", "iteration": "2"},
        Text(
            "Our first network as its author has it, with fixed biases: after one update he prints C = 0.291027924, "
            "right is 0.2910277737. His number comes out if the output weights move before the hidden errors are "
            "computed. The cost falls all the same, so a mistake like this is easily missed.",
            "回到第一个网络，按原作者的设定不训练偏置：更新一次后他印的是 C = 0.291027924，正确的是 0.2910277737。"
            "若先更新输出层权重、再算隐藏层误差，得到的正是他的数。代价照样下降，这种错误很容易漏掉。",
        ),
        "C",
        {"0.2910277737": "C"},
    ),
    Stop(
        {"example": "xor", "step": "c", "iteration": "5001"},
        Text(
            "What to try next: this network has practised XOR five thousand times and still has C = 0.1783. Would "
            "another seed help, another η, a third hidden neuron? Click a weight, type a number, and see what the "
            "four equations make of it.",
            "接下来试什么？这个网络把异或练了五千遍，C 还有 0.1783。换种子、换 η、加一个隐藏神经元，哪样有用？"
            "点一个权重，输入一个数，看看四个方程怎么回应。",
        ),
        "C",
        {"0.1783": "C"},
    ),
)

LECTURE = Lesson(
    "lecture",
    Text("Backpropagation in forty minutes", "四十分钟讲完反向传播"),
    Text("A lecture of forty minutes", "四十分钟的一堂课"),
    40,
    ONE_PASS + _BEYOND,
    order=1,
)
