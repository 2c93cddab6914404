"""Experiments on the troubles of deep networks, and on the remedies."""

from typing import Any

from engine import Text
from engine.settings import Task
from visualizer.epochs import deep
from visualizer.experiments.record import BCE, XAVIER, Experiment, Figure, moons


def _circle(init: str) -> Task:
    return Task("circle", hidden=(4,), activations=("tanh", "sigmoid"), loss=BCE, init=init, eta=0.5, epochs=1000)


def _deep(activation: str, init: str) -> Task:
    layers: dict[str, Any] = {"hidden": (8,) * 4, "activations": (activation,) * 4 + ("sigmoid",), "init": init}
    return Task("moons", loss=BCE, eta=0.3, epochs=1000, **layers)


def _ten_layers(kind: str) -> Task:
    return deep(kind, 10, eta=0.02, epochs=600, seed=1)


def _large(init: str, **techniques: Any) -> Task:
    layers: dict[str, Any] = {"hidden": (16,) * 3, "activations": ("relu",) * 3 + ("linear",), "init": init}
    return Task("sine", loss="mse", eta=0.01, epochs=400, **layers, **techniques)


TECHNIQUES = (
    Experiment(
        "symmetry",
        Text("Neurons that stay identical", "始终相同的神经元（对称性未打破）"),
        Text(
            "Four hidden neurons for a circle inside a ring, from three kinds of initial weights: all zero, all "
            "equal, and random.",
            "用四个隐藏神经元区分圆与环，三种初始权重：全为零、全相等、随机。",
        ),
        Text(
            "Which of the three will learn the task? Which will learn a little, and which nothing at all?",
            "三者中哪一个能学会？哪一个只学到一点，哪一个什么也学不到？",
        ),
        Text(
            "From zeros, no weight of the hidden neurons ever gets a gradient, and the loss stays at {0}. From "
            "equal weights they stay equal, in effect a single neuron, and end at {1}. From random weights they "
            "differ, and the same network ends at {2}. With all weights zero every hidden output is tanh 0 = 0, "
            "so by BP4 the output weights get no gradient; and (W²)ᵀδ² is zero too, so no error reaches the "
            "hidden layer. Equal weights avoid both zeros, but equal neurons get equal gradients forever.",
            "从全零出发，隐藏神经元的权重得不到任何梯度，损失停在 {0}；从相同的权重出发，它们始终相同，等于只有一"
            "个神经元，停在 {1}；从随机权重出发，它们各不相同，同一个网络降到 {2}。权重全为零时，隐藏层输出为 "
            "tanh 0 = 0，BP4 使输出权重得不到梯度；(W²)ᵀδ² 也为零，误差到不了隐藏层。相同的权重没有这两个零，但相"
            "同的神经元永远得到相同的梯度。",
        ),
        (_circle("zeros"), _circle("constant"), _circle(XAVIER)),
        (Figure(0, 3), Figure(1, 2), Figure(2, 3)),
    ),
    Experiment(
        "depth",
        Text("Four hidden layers of sigmoids", "四层 sigmoid 隐藏层"),
        Text(
            "Four hidden layers of eight neurons: with sigmoid, with tanh, and with ReLU, 1,000 epochs.",
            "四个隐藏层，每层八个神经元：分别用 sigmoid、tanh 和 ReLU，训练 1,000 轮。",
        ),
        Text(
            "Each sigmoid multiplies the error by a slope of at most ¼. What will that do to the curve?",
            "每过一层 sigmoid，误差都要乘以不超过 ¼ 的斜率。曲线会因此怎样？",
        ),
        Text(
            "With sigmoids the loss stays on a plateau at {0} for some 700 epochs and ends at {1}. With tanh and "
            "ReLU it ends near {2} and {3}. The gradient of each layer is multiplied by the weights of the layers "
            "after it. While these are small, all gradients are small; once the last layers have grown, more error "
            "gets through, they grow faster, and so on.",
            "用 sigmoid 时，在 {0} 的平坦区上停留约 700 轮，最后为 {1}。换成 tanh 或 ReLU，则降到 {2} 和 {3} 左右。"
            "每层的梯度都要乘以其后各层的权重。权重小时，各层的梯度都很小；最后几层的权重一旦变大，传回的误差就更多"
            "，权重又长得更快，如此循环。",
        ),
        (_deep("sigmoid", XAVIER), _deep("tanh", XAVIER), _deep("relu", "he_uniform")),
        (Figure(0, 2, epoch=400), Figure(0, 2), Figure(1, 3), Figure(2, 4)),
    ),
    Experiment(
        "vanishing",
        Text("Ten layers: the gradient vanishes", "十层网络：梯度消失"),
        Text(
            "Ten layers: sigmoids; ReLU with He initialization; and the same sigmoids with batch normalization, "
            "600 epochs each.",
            "十层网络：sigmoid；ReLU 配 He 初始化；同样的 sigmoid 加上批量归一化。各训练 600 轮。",
        ),
        Text(
            "Which of the three will learn? What does batch normalization change about the slopes? See Vanishing "
            "gradients.",
            "三者中哪些学得会？批量归一化改变了斜率的什么？见“梯度消失”。",
        ),
        Text(
            "The sigmoids learn nothing at all: the loss stays at {0}, because hardly any error reaches the "
            "first layers. ReLU comes down to {1}, the normalized sigmoids to {2}. Normalized inputs have mean 0 "
            "and variance 1, where a sigmoid is steepest, so no layer saturates; and dividing by σ enlarges the "
            "error again where the signal was small. Open an epoch in Step through and look at γ/σ in the "
            "backward pass.",
            "sigmoid 什么也没学到：损失停在 {0}，因为误差几乎传不到前几层。ReLU 降到 {1}，加批量归一化的 sigmoid "
            "降到 {2}。归一化后输入的均值为 0、方差为 1，正是 sigmoid 最陡之处，没有一层会饱和；而且信号小的地方"
            "除以 σ，误差又被放大。在“逐步演示”中打开某一轮，看反向传播中的 γ/σ。",
        ),
        tuple(map(_ten_layers, ("sigmoid", "relu", "batch_norm"))),
        (Figure(0, 3), Figure(1, 2), Figure(2, 2)),
    ),
    Experiment(
        "exploding",
        Text("Large weights: the gradient explodes", "大权重：梯度爆炸"),
        Text(
            "Three hidden layers of ReLU whose initial weights are too large; the same with the gradient clipped "
            "to length 0.5; and with He initialization.",
            "三个 ReLU 隐藏层，初始权重过大；同样的起点，但把梯度的长度裁剪到 0.5；以及改用 He 初始化。",
        ),
        Text(
            "Which run overflows, and after how many epochs? What would clipping by value change instead of "
            "clipping by norm?",
            "哪一次训练会溢出，在第几轮？若按值而不是按范数裁剪，会改变什么？",
        ),
        Text(
            "The first one overflows at epoch {0}: every layer enlarges the error. Clipped, the same start ends at "
            "{1}. With He initialization, which suits the layers, nothing needs clipping: {2}. Clipping by value "
            "would also change the direction: entries above the threshold are cut and the others are not, so all "
            "large ones become equal. It stops the explosion too, but the step no longer follows the gradient. Try "
            "it: the threshold is in the settings.",
            "第一次训练在第 {0} 轮溢出：每一层都把误差放大。裁剪之后，同样的起点降到 {1}。He 初始化适合各层，无需裁"
            "剪：{2}。按值裁剪还会改变方向：超过阈值的分量被截断，其余不变，于是大的分量都变得相等。它同样能阻止爆"
            "炸，但步子不再沿着梯度。试一试：阈值在设置中。",
        ),
        (_large("randn"), _large("randn", clip="norm", clip_at=0.5), _large("he_normal")),
        (Figure(0, 0, "diverged"), Figure(1, 3), Figure(2, 3)),
    ),
    Experiment(
        "regularized",
        Text("Overfitting and regularization", "过拟合与正则化"),
        Text(
            "The 32 hidden neurons that memorized 30 noisy samples, and three ways to regularize them: dropping "
            "half of them at random, an L1 penalty on the weights, an L2 penalty.",
            "32 个隐藏神经元曾把 30 个带噪声的样本背了下来。三种约束办法：随机丢弃一半神经元，对权重加 L1 惩罚，加 "
            "L2 惩罚。",
        ),
        Text(
            "Which one lowers the validation loss most? Which one draws many weights to zero, and how could you "
            "see it?",
            "哪一种使验证损失降得最多？哪一种会把许多权重拉到零附近？怎样看出来？",
        ),
        Text(
            "Without any regularization the validation loss ends at {0}; with dropout at {1}, with L1 at {2}, with "
            "L2 at {3}. The price is a training loss that no longer goes to zero. L1 draws many weights to zero: "
            "it pulls every weight by the same amount, however small, so small weights end up near zero and "
            "oscillate around it; L2 shrinks a weight the less the smaller it is. Look at the thin edges in "
            "Network, or at the gradient of the penalty in Step through.",
            "不加约束时，验证损失最后为 {0}；dropout 为 {1}，L1 为 {2}，L2 为 {3}。付出的是训练损失不再趋于零。把许"
            "多权重拉到零附近的是 L1：无论权重多小，收缩的量都一样，小权重会在零附近来回摆动；L2 的收缩则随权重一起"
            "变小。看“网络”中变细的边，或“逐步演示”中惩罚项的梯度。",
        ),
        (
            moons(32),
            moons(32, dropout=0.5),
            moons(32, regularizer="l1"),
            moons(32, regularizer="l2"),
        ),
        (
            Figure(0, 2, "validation"),
            Figure(1, 2, "validation"),
            Figure(2, 1, "validation"),
            Figure(3, 2, "validation"),
        ),
    ),
)
