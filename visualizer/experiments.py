"""Prepared openings: trainings to lay over each other, and what they tell; the tests repeat every figure."""

from dataclasses import dataclass, replace
from typing import Any

from engine import Text
from engine.task import Task
from visualizer.vanishing import deep

_BCE, _XAVIER = "binary_cross_entropy", "xavier_uniform"


@dataclass(frozen=True)
class Experiment:
    """A prepared comparison.

    Attributes
    ----------
    name : str
        The key in `EXPERIMENTS`, in code and in links.
    label, story : Text
        What a reader sees, and two or three sentences on what there is to see.
    tasks : tuple of Task
    """

    name: str
    label: Text
    story: Text
    tasks: tuple[Task, ...]


def _spiral(optimizer: str, eta: float) -> Task:
    layers = {"hidden": (16, 16), "activations": ("tanh", "tanh", "sigmoid"), "init": "he_uniform"}
    return Task("spiral", loss=_BCE, optimizer=optimizer, eta=eta, batch=16, epochs=400, **layers)


def _sine(eta: float) -> Task:
    return Task("sine", hidden=(8,), activations=("tanh", "linear"), init=_XAVIER, eta=eta, epochs=300)


def _moons(units: int, **techniques: Any) -> Task:
    settings = techniques | {"loss": _BCE, "optimizer": "adam", "eta": 0.02, "held": 50, "epochs": 1000}
    return Task("moons", 60, 0.35, hidden=(units,), activations=("tanh", "sigmoid"), init=_XAVIER, **settings)


def _circle(init: str) -> Task:
    return Task("circle", hidden=(4,), activations=("tanh", "sigmoid"), loss=_BCE, init=init, eta=0.5, epochs=1000)


def _deep(activation: str, init: str) -> Task:
    layers = {"hidden": (8,) * 4, "activations": (activation,) * 4 + ("sigmoid",), "init": init}
    return Task("moons", loss=_BCE, eta=0.3, epochs=1000, **layers)


def _ten_layers(kind: str) -> Task:
    return deep(kind, 10, eta=0.02, epochs=600, seed=1)


def _large(init: str, **techniques: Any) -> Task:
    layers = {"hidden": (16,) * 3, "activations": ("relu",) * 3 + ("linear",), "init": init}
    return Task("sine", loss="mse", eta=0.01, epochs=400, **layers, **techniques)


def _digits(**changes: Any) -> Task:
    return replace(Task().with_data("digits"), **changes)


EXPERIMENTS = {
    experiment.name: experiment
    for experiment in (
        Experiment(
            "xor",
            Text("XOR that does not learn", "学不会的 XOR"),
            Text(
                "A published listing trains XOR with two hidden units, seed 1, for 10,000 epochs and ends at 0.1707: "
                "one of the four outputs is on the wrong side. Adam does not rescue it: 0.125 at both rates. A third "
                "hidden unit does, with the same settings: 0.0017.",
                "一段公开发表的代码用两个隐藏单元、种子 1 训练 XOR，10,000 轮后停在 0.1707：四个输出中有一个判错。"
                "Adam 也救不了它：两种学习率都停在 0.125。其他设置不变，多一个隐藏单元就行：0.0017。",
            ),
            (
                Task(),
                Task(optimizer="adam", eta=0.1),
                Task(optimizer="adam", eta=0.01),
                Task(hidden=(3,)),
            ),
        ),
        Experiment(
            "silent",
            Text("Mistakes that nothing complains of", "悄无声息的错误"),
            Text(
                "The listing of the first experiment transposes one gradient, and because that matrix is square "
                "nothing complains. It even ends lower, at 0.1379 beside 0.1707, and still answers one of four wrong. "
                "Forgetting σ′ is as silent: 0.2437, every output near one half. No curve tells which of them is "
                "right; the gradient check does.",
                "第一个实验的代码把一个梯度转置了，而该矩阵恰为方阵，所以毫无报错。损失甚至更低：0.1379，正确的是 "
                "0.1707，但四个输出中仍有一个判错。漏乘 σ′ 同样悄无声息：0.2437，所有输出都接近二分之一。"
                "曲线看不出谁对谁错，梯度检验可以。",
            ),
            (Task(), Task(mistakes=("transposed_gradient",)), Task(mistakes=("no_slope",))),
        ),
        Experiment(
            "spiral",
            Text("Two spirals, three optimizers", "双螺旋与三种优化器"),
            Text(
                "From the same weights and in the same order of batches: after 100 epochs plain descent still sits on "
                "a plateau at 0.64, while momentum is at 0.26 and Adam at 0.18. After 400 epochs it is on its way "
                "down, at 0.11; the others have finished, at 0.0034 and 0.0019.",
                "权重与批的顺序都相同：100 轮后，普通梯度下降仍停在 0.64 的平台上，动量法已到 0.26，Adam 到 0.18。"
                "400 轮后它才降到 0.11，另外两种早已完成，分别为 0.0034 和 0.0019。",
            ),
            (_spiral("sgd", 0.1), _spiral("momentum", 0.05), _spiral("adam", 0.01)),
        ),
        Experiment(
            "rates",
            Text("Four learning rates, one of which diverges", "四种学习率，其中一种发散"),
            Text(
                "A noisy sine, and nothing but the learning rate is different. 0.01 ends at 0.21, 0.1 at 0.075; at "
                "0.8 the loss jumps up and down and ends at 0.34; 1.5 leaves the finite numbers at epoch 115.",
                "带噪声的正弦曲线，只有学习率不同：0.01 降到 0.21，0.1 降到 0.075；0.8 时损失上下跳动，停在 0.34；"
                "1.5 在第 115 轮溢出，发散了。",
            ),
            (_sine(0.01), _sine(0.1), _sine(0.8), _sine(1.5)),
        ),
        Experiment(
            "overfitting",
            Text("Learned by heart", "死记硬背"),
            Text(
                "Noisy moons, 30 samples to learn from and 30 held out. With 32 hidden units the training loss falls "
                "to 0.0011, but the held-out loss is best after 20 epochs, 0.39, and ends at 1.12. With 2 units the "
                "training loss stays at 0.2, and the held-out loss ends lower, at 0.76.",
                "带噪声的双月数据，30 个样本用于训练，另外 30 个留出。32 个隐藏单元时，训练损失降到 0.0011，"
                "但留出集损失在第 20 轮达到最低 0.39，最后升到 1.12。只用 2 个单元时，训练损失停在 0.2，"
                "留出集损失最后反而更低，为 0.76。",
            ),
            (_moons(32), _moons(2)),
        ),
        Experiment(
            "symmetry",
            Text("Units that never part", "永远相同的单元"),
            Text(
                "Four hidden units for a circle in a ring. From zeros no weight of theirs ever gets a gradient, and "
                "the loss stays at 0.693; from equal weights they stay equal, one unit in truth, and end at 0.61. "
                "From drawn weights they part, and the same network ends at 0.052.",
                "用四个隐藏单元区分圆与环。从全零出发，它们的权重得不到任何梯度，损失停在 0.693；"
                "从相同的权重出发，它们始终相同，等于只有一个单元，停在 0.61。随机取权重，它们各不相同，"
                "同一个网络降到 0.052。",
            ),
            (_circle("zeros"), _circle("constant"), _circle(_XAVIER)),
        ),
        Experiment(
            "depth",
            Text("Four hidden layers of sigmoids", "四层 sigmoid 隐藏层"),
            Text(
                "Each sigmoid passes back at most a quarter of the error, so four layers of them learn next to "
                "nothing at first: a plateau at 0.69 for some 700 epochs, 0.37 in the end. Tanh and ReLU in their "
                "place end at 0.0018 and 0.0009.",
                "每层 sigmoid 至多把误差的四分之一往回传，四层叠起来，开头几乎学不动：在 0.69 的平台上停留约 700 轮，"
                "最后为 0.37。换成 tanh 或 ReLU，则降到 0.0018 和 0.0009。",
            ),
            (_deep("sigmoid", _XAVIER), _deep("tanh", _XAVIER), _deep("relu", "he_uniform")),
        ),
        Experiment(
            "digits",
            Text("Handwritten digits", "手写数字"),
            Text(
                "1,797 digits of 8 × 8 pixels, a fifth of them held out. After ten epochs a network of 64-128-128-10 "
                "with Adam reads 98.1 of 100 held-out digits; without hidden layers 88.6, with plain descent at 0.1 "
                "95.8. From weights drawn without regard to the layer the loss begins at 243, and 89.7 are read. "
                "Under Digits you can draw one by hand, and see what each network takes it for.",
                "1,797 个 8 × 8 像素的数字，留出五分之一。64-128-128-10 的网络用 Adam 训练十轮，"
                "每 100 个留出的数字认对 98.1 个；没有隐藏层时 88.6 个，用 0.1 的普通梯度下降 95.8 个。"
                "若初始权重不顾层的大小，损失从 243 开始，"
                "最后认对 89.7 个。在“数字”里可以亲手写一个，看每个网络把它认成什么。",
            ),
            (
                _digits(),
                _digits(hidden=(), activations=("softmax",)),
                _digits(optimizer="sgd", eta=0.1),
                _digits(init="normal"),
            ),
        ),
        Experiment(
            "vanishing",
            Text("Ten layers: the gradient vanishes", "十层网络：梯度消失"),
            Text(
                "Ten layers of sigmoids learn nothing at all in 600 epochs: the loss stays at 0.693, for hardly any "
                "error reaches the first layers. ReLU with He's weights comes down to 0.11; the same sigmoids with "
                "batch normalization, to 0.15. By how much does the error shrink on its way? See Vanishing gradients.",
                "十层 sigmoid 训练 600 轮什么也没学到：损失停在 0.693，因为误差几乎传不到前几层。"
                "换成 ReLU 配 He 初始化，降到 0.11；同样的 sigmoid 加上批归一化，降到 0.15。"
                "误差在途中缩小了多少？见“梯度消失”。",
            ),
            tuple(map(_ten_layers, ("sigmoid", "relu", "batch_norm"))),
        ),
        Experiment(
            "exploding",
            Text("Large weights: the gradient explodes", "大权重：梯度爆炸"),
            Text(
                "Weights drawn too large: every layer enlarges the error, and at epoch 5 the numbers are no longer "
                "finite. With the gradient clipped to the length 0.5, the same start ends at 0.069. Of He's weights, "
                "which suit the layers, nothing needs to be clipped: 0.053.",
                "初始权重过大：每一层都把误差放大，第 5 轮数值就溢出了。把梯度的长度裁剪到 0.5，同样的起点降到 0.069。"
                "改用适合各层的 He 初始化，则无需裁剪：0.053。",
            ),
            (_large("randn"), _large("randn", clip="norm", clip_at=0.5), _large("he_normal")),
        ),
        Experiment(
            "regularized",
            Text("Learned by heart, and held back", "死记硬背与约束"),
            Text(
                "The 32 hidden units that learned 30 noisy samples by heart: their held-out loss ends at 1.12. To drop "
                "half of them at random brings it to 0.56, an L1 penalty on the weights to 0.6, an L2 penalty to 0.48. "
                "What each of them costs is a training loss that no longer goes to zero.",
                "32 个隐藏单元把 30 个带噪声的样本背了下来，留出集损失最后为 1.12。随机关闭一半单元，降到 0.56；"
                "对权重加 L1 惩罚，降到 0.6；加 L2 惩罚，降到 0.48。代价是训练损失不再趋于零。",
            ),
            (
                _moons(32),
                _moons(32, dropout=0.5),
                _moons(32, regularizer="l1"),
                _moons(32, regularizer="l2"),
            ),
        ),
    )
}
