"""The lesson on deep networks: why they are hard to train, and what helps."""

from engine import Text
from visualizer.slides import Ask, Lesson, Stop

_DEEP = {"sizes": "4-4-4-4-4-4-4-2", "seed": "1"}
_TANH, _RELU = ("-".join([name] * 6 + ["sigmoid"]) for name in ("tanh", "relu"))

DEPTH = Lesson(
    "depth",
    Text("Why deep networks are hard to train", "深层网络为什么难训练"),
    Text(
        "After Hochreiter 1991, Glorot & Bengio 2010, He et al. 2015",
        "依 Hochreiter 1991，Glorot 与 Bengio 2010，He 等 2015",
    ),
    9,
    (
        Stop(
            _DEEP | {"step": "bp1.7"},
            Text(
                "A deep network: seven layers, all sigmoid, weights from a fixed seed. The larger output error "
                "is 0.145.",
                "一个深层网络：七层，全是 sigmoid，权重由固定种子生成。输出层较大的误差是 0.145。",
            ),
            "",
            {"0.145": "delta.7.max"},
            Ask(
                Text("How much of it reaches the first layer?", "传到第一层还剩多少？"),
                (
                    Text("about a tenth", "约十分之一"),
                    Text("about a thousandth", "约千分之一"),
                    Text("far less", "少得多"),
                ),
                2,
                "delta.1.1",
            ),
        ),
        Stop(
            {"step": "bp2.1"},
            Text(
                "0.000007. Each layer multiplied by σ′ ≤ ¼, and the weights could not make up for it. The error of the "
                "first layer is about twenty thousand times smaller than that of the last: the gradient has vanished.",
                "只剩 0.000007。每一层都乘以 σ′ ≤ ¼，权重也补不回来。与输出层相比，第一层的误差缩小到约两万分之"
                "一：梯度消失了。",
            ),
            "a.1.4",
            {"0.000007": "delta.1.max"},
        ),
        Stop(
            _DEEP | {"activations": _TANH, "step": "bp2.1"},
            Text(
                "The very same weights with tanh in the hidden layers: 0.005, some seven hundred times as much. "
                "The slope of tanh is 1 at zero, so much more gets through.",
                "权重一个不变，隐藏层换成 tanh：0.005，约为刚才的七百倍。tanh 在零点的斜率是 1，所以能传过来的多得多。",
            ),
            "",
            {"0.005": "delta.1.max"},
            Ask(
                Text("And with ReLU, whose slope is exactly 1 where it is on?", "换成 ReLU 呢？它激活时斜率恰好为 1。"),
                (Text("less than tanh", "比 tanh 少"), Text("more", "更多"), Text("the same", "一样")),
                1,
            ),
        ),
        Stop(
            _DEEP | {"activations": _RELU, "init": "he_normal", "step": "bp2.1"},
            Text(
                "ReLU with the initialization made for it (He): 0.048 arrives. Where a neuron is on, its slope "
                "is exactly 1, however many layers there are.",
                "ReLU 加上为它设计的初始化（He）：传到的误差是 0.048。神经元只要激活，斜率就恰好是 1，层数再多也一样。",
            ),
            "a.1.3",
            {"0.048": "delta.1.max"},
        ),
        Stop(
            {"seed": "2"},
            Text(
                "Another seed, and nothing arrives at all, δ¹ = 0: in layer 6 all four neurons are off for this "
                "sample, so the output no longer depends on the input. Narrow ReLU layers run this risk; no "
                "learning rate repairs it. Wider layers, batch normalization and, in very deep networks, skip "
                "connections do.",
                "换一个种子，什么也传不到，δ¹ = 0：第 6 层的四个神经元对这个样本都未激活，输出与输入已经毫无关系。"
                "窄的 ReLU 层有这种风险，调学习率无济于事；更宽的层、批量归一化，以及极深网络中的残差连接才管用。",
            ),
            "a.6.1",
            {"0": "delta.1.max"},
        ),
        Stop(
            {
                "sizes": "784-128-128-10",
                "activations": "relu-relu-softmax",
                "init": "he_normal",
                "seed": "1",
                "step": "z.1",
            },
            Text(
                "With these remedies, real sizes work: 28 × 28 pixels make 784 inputs, flattened into one column. The "
                "picture shows a few neurons of each layer, those that matter most.",
                "有了这些办法，实际规模的网络也能训练：28 × 28 个像素展平成一列，就是 784 个输入。图中每层只画出"
                "影响最大的少数神经元。",
            ),
        ),
        Stop(
            {"step": "bp1.3"},
            Text(
                "A hundred thousand weights, and still the same four equations. Softmax with cross-entropy: δ³ "
                "= a − y, which for the correct class is −0.952 and for every other class its probability.",
                "十万多个权重，还是那四个方程。softmax 配交叉熵：δ³ = a − y，正确类别为 −0.952，"
                "其余类别就是各自的概率。",
            ),
            "a.3.1",
            {"−0.952": "delta.3.1"},
        ),
    ),
    order=7,
    outcome=Text("say why gradients vanish, and which remedies help", "说明梯度为什么消失，以及哪些办法管用"),
)
