"""The lesson on rows against columns, deeper networks and vanishing gradients."""

from engine import Text
from visualizer.lessons.record import Lesson, Stop

_BATCH = {"sizes": "4-3-2", "seed": "1", "x": "1_0_0.5_-1~0.5_1_-0.5_0~-1_0.5_1_0.5", "y": "1_0~0_1~1_0"}
_DEEP = {"sizes": "4-4-4-4-4-4-4-2", "seed": "1"}
_TANH, _RELU = ("-".join([name] * 6 + ["sigmoid"]) for name in ("tanh", "relu"))

ROW_VECTORS = Lesson(
    "row_vectors",
    Text("Rows or columns, and deeper networks", "行还是列，以及更深的网络"),
    Text(
        "“The principle of backpropagation in deep learning” (article in Chinese)",
        "《深度学习中的反向传播原理》",
    ),
    18,
    (
        Stop(
            _BATCH | {"step": "z.1"},
            Text(
                "The article writes `x @ W + b`: samples are rows, and W has 4 rows and 3 columns. Here samples are "
                "columns, z = Wa + b, and W¹ is 3 × 4. It is the same calculation, transposed: (xW)ᵀ = Wᵀxᵀ.",
                "原文写作 `x @ W + b`：样本是行，W 为 4 行 3 列。这里样本是列，z = Wa + b，W¹ 为 3 × 4。"
                "两者是同一个计算，只是转置了：(xW)ᵀ = Wᵀxᵀ。",
            ),
            "a.1.1",
        ),
        Stop(
            {"step": "a.2"},
            Text(
                "Three samples, three columns of outputs; for sample 1 they are 0.5005 and 0.3613. The article's "
                "second program skips the last weight matrix on the way forward and counts the batch along the wrong "
                "axis. Writing the shape beside every line finds both.",
                "三个样本，输出就有三列；样本 1 的输出是 0.5005 和 0.3613。"
                "原文的第二个程序前向时漏乘了最后一个权重矩阵，批量大小也取错了轴。每一行旁边写上形状，"
                "这两处都能发现。",
            ),
            "a.2.1",
            {"0.5005": "a.2.1", "0.3613": "a.2.2"},
        ),
        Stop(
            {"step": "bp1.2"},
            Text(
                "For sample 1 the first output has a − y = −0.4995; times its slope this is δ²₁ = −0.1249. The "
                "article takes y − a and then subtracts: it climbs. Either a − y and subtract, or y − a and add. Its "
                "second program forgets the slope as well.",
                "样本 1 的第一个输出：a − y = −0.4995，乘以斜率得 δ²₁ = −0.1249。原文取的是 y − a，更新时又做减法，"
                "结果是在爬坡。要么 a − y 配减法，要么 y − a 配加法。它的第二个程序还漏了斜率。",
            ),
            "a.2.1",
            {"−0.4995": "grad.2.1", "−0.1249": "delta.2.1"},
        ),
        Stop(
            {"step": "bp2.1"},
            Text(
                "In rows BP2 reads `delta @ W.T`, in columns (W²)ᵀδ². There is a transpose in both, because the way "
                "back runs through the same weights in the other direction.",
                "按行写，BP2 是 `delta @ W.T`；按列写，是 (W²)ᵀδ²。两种写法都有转置，因为误差沿同一组权重反方向走。",
            ),
            "a.1.1",
        ),
        Stop(
            {"step": "bp4.1"},
            Text(
                "The gradient of W¹ needs every error with every input: an outer product of shape 3 × 4, here "
                "averaged over three samples. The article multiplies element by element, `layers[-i] * "
                "layer_errors[0]`, and never gets a matrix of that shape.",
                "W¹ 的梯度要让每个误差与每个输入相乘：这是外积，形状 3 × 4，并对三个样本取平均。原文写的是逐元素相乘 "
                "`layers[-i] * layer_errors[0]`，得不到这样形状的矩阵。",
            ),
            "W.1.1.1",
        ),
        Stop(
            {"step": "update"},
            Text(
                "The article's `weights[i], biases[i] -= …` is not Python: an augmented assignment takes one target. "
                "As two lines it would be right, with all gradients computed before the first weight moves.",
                "原文的 `weights[i], biases[i] -= …` 不是合法的 Python：增量赋值只能有一个目标。拆成两行即可，"
                "但要先算完全部梯度，再动第一个权重。",
            ),
            "W.2.1.1",
        ),
        Stop(
            {"step": "c", "iteration": "2"},
            Text(
                "One update later the mean cost is 0.2142; it was 0.2172. With the sign of the article it would have "
                "risen.",
                "更新一次后，平均代价由 0.2172 降到 0.2142。若照原文的符号，它会上升。",
            ),
            "C",
            {"0.2172": "C@1", "0.2142": "C"},
        ),
        Stop(
            _DEEP | {"step": "bp1.7"},
            Text(
                "Now a deep one: seven layers, all sigmoid, weights from a fixed seed. At the output the larger error "
                "is 0.145; let us see how much of it arrives at the front.",
                "换一个深的：七层，全是 sigmoid，权重由固定种子生成。输出层较大的误差是 0.145；"
                "看看传到最前面还剩多少。",
            ),
            "",
            {"0.145": "delta.7.max"},
        ),
        Stop(
            {"step": "bp2.1"},
            Text(
                "0.000007. At every layer σ′, at most ¼, has taken its share, and the weights could not make up for "
                "it. The error of the first layer is some twenty thousand times smaller than that of the last: the "
                "gradient has vanished.",
                "只剩 0.000007。每一层的 σ′ 最多 ¼，层层衰减，权重也补不回来。与输出层相比，"
                "第一层的误差缩小到约两万分之一：梯度消失了。",
            ),
            "",
            {"0.000007": "delta.1.max"},
        ),
        Stop(
            _DEEP | {"activations": _TANH, "step": "bp2.1"},
            Text(
                "The very same weights with tanh in the hidden layers: 0.005, some seven hundred times as much. The "
                "slope of tanh is 1 at zero, so much more gets through.",
                "权重一个不变，隐藏层换成 tanh：0.005，约为刚才的七百倍。tanh 在零点的斜率是 1，所以能传过来的多得多。",
            ),
            "",
            {"0.005": "delta.1.max"},
        ),
        Stop(
            _DEEP | {"activations": _RELU, "init": "he_normal", "step": "bp2.1"},
            Text(
                "ReLU with weights drawn for it (He): 0.048 arrives. Where a neuron is on, its slope is exactly 1, "
                "however many layers there are.",
                "ReLU 加上为它设计的初始化（He）：传到的误差是 0.048。神经元只要导通，斜率就恰好是 1，层数再多也一样。",
            ),
            "",
            {"0.048": "delta.1.max"},
        ),
        Stop(
            {"seed": "2"},
            Text(
                "Another seed, and nothing arrives at all, δ¹ = 0: in layer 6 all four neurons are dead, so the "
                "output no longer depends on the input. Narrow ReLU layers run this risk; no learning rate repairs it.",
                "换一个种子，什么也传不到，δ¹ = 0：第 6 层的四个神经元全部“死亡”，输出与输入已经毫无关系。窄的 ReLU "
                "层有这种风险，调学习率无济于事。",
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
                "A network for handwritten digits: 28 × 28 pixels make 784 inputs. The article gives its images an "
                "extra axis and never flattens them, so its first layer refuses them. This picture shows a few units "
                "of each layer, those that matter most.",
                "识别手写数字的网络：28 × 28 个像素就是 784 个输入。原文给图像多加了一个轴，又没有展平，"
                "第一层拒绝接收。图中每层只画出影响最大的少数单元。",
            ),
        ),
        Stop(
            {"step": "bp1.3"},
            Text(
                "A hundred thousand weights, and still the same four equations. Softmax with cross-entropy: δ³ = a − "
                "y, which for the right class is −0.952 and for every other class its probability.",
                "十万多个权重，还是那四个方程。softmax 配交叉熵：δ³ = a − y，正确类别为 −0.952，"
                "其余类别就是各自的概率。",
            ),
            "a.3.1",
            {"−0.952": "delta.3.1"},
        ),
    ),
    order=6,
)
