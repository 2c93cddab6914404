"""Experiments on how a network learns at all: starts, optimizers, rates, and learning by heart."""

from dataclasses import replace
from typing import Any

from engine import Text
from engine.settings import Task
from visualizer.experiments.record import BCE, XAVIER, Experiment, moons


def _spiral(optimizer: str, eta: float) -> Task:
    layers: dict[str, Any] = {"hidden": (16, 16), "activations": ("tanh", "tanh", "sigmoid"), "init": "he_uniform"}
    return Task("spiral", loss=BCE, optimizer=optimizer, eta=eta, batch=16, epochs=400, **layers)


def _sine(eta: float) -> Task:
    return Task("sine", hidden=(8,), activations=("tanh", "linear"), init=XAVIER, eta=eta, epochs=300)


def _digits(**changes: Any) -> Task:
    return replace(Task().with_data("digits"), **changes)


LEARNING = (
    Experiment(
        "xor",
        Text("XOR that does not learn", "学不会的 XOR"),
        Text(
            "A published program trains XOR with two hidden neurons, seed 1, for 10,000 epochs and ends at "
            "0.1707: one of the four outputs is wrong. Adam does not help: 0.125 at both learning rates. A third "
            "hidden neuron does, with otherwise the same settings: 0.0017.",
            "一段已发表的代码用两个隐藏神经元、种子 1 训练 XOR，10,000 轮后停在 0.1707：四个输出中有一个错误。换"
            "成 Adam 也不行：两种学习率都停在 0.125。其他设置不变，多一个隐藏神经元就行：0.0017。",
        ),
        Text(
            "Two lines are enough to separate the corners of XOR, and two neurons can draw them. Why does Adam "
            "not find them from this start?",
            "两条直线就足以分开 XOR 的四个角，两个神经元也画得出来。为什么从这个起点出发，Adam 找不到它们？",
        ),
        Text(
            "From this start both optimizers end in a trough in which several samples share one answer. It has no "
            "lowest point: the weights keep growing, and the loss only creeps towards 1/6 (three samples share "
            "2/3) or 1/8 (two samples stay at ½). Adam merely gets there sooner. Another start, or a third hidden "
            "neuron, leaves a way around.",
            "从这个起点出发，两种优化器都落入一条没有最低点的长谷：几个样本得到同一个输出，权重不断增大，损失只是"
            "缓慢趋近 1/6（三个样本同为 2/3）或 1/8（两个样本停在 ½）。Adam 只是更早到达那里。换一个起点，或增加一"
            "个隐藏神经元，才绕得开。",
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
        Text("Silent bugs", "不报错的错误"),
        Text(
            "The code of the first experiment transposes one gradient, and because that matrix is square no error "
            "is raised. The loss even ends lower, at 0.1379 (correct code: 0.1707), and still one of the four "
            "outputs is wrong. Forgetting σ′ raises no error either: 0.2437, every output near one half. No curve "
            "tells which of them is correct; the gradient check does.",
            "第一个实验的代码把一个梯度转置了，而该矩阵恰为方阵，所以不会报错。损失甚至更低，停在 0.1379（正确实现"
            "为 0.1707），但四个输出中仍有一个错误。漏乘 σ′ 也不报错：0.2437，所有输出都接近二分之一。从曲线看不出"
            "谁对谁错，梯度检验可以。",
        ),
        Text(
            "With three hidden neurons the transposed gradient would have raised an error. Why?",
            "若有三个隐藏神经元，转置的梯度就会报错。为什么？",
        ),
        Text(
            "The gradient of the first layer would be 3 × 2 and its transpose 2 × 3: subtracting it from the "
            "weights is a shape error. Test code with layers of different sizes.",
            "第一层的梯度是 3 × 2，转置后是 2 × 3：从权重中减去它会报形状错误。测试代码时，各层大小应互不相同。",
        ),
        (Task(), Task().with_options(mistakes=("transposed_gradient",)), Task().with_options(mistakes=("no_slope",))),
    ),
    Experiment(
        "spiral",
        Text("Two spirals, three optimizers", "双螺旋与三种优化器"),
        Text(
            "From the same weights and in the same order of mini-batches: after 100 epochs plain gradient descent "
            "still sits on a plateau at 0.64, while momentum is at 0.26 and Adam at 0.18. After 400 epochs it is "
            "on its way down, at 0.11; the others have finished, at 0.0034 and 0.0019.",
            "初始权重与小批量的顺序都相同：100 轮后，普通梯度下降仍停在 0.64 的平坦区上，动量法已到 0.26，Adam 到 "
            "0.18。400 轮后它才降到 0.11，另外两种早已完成，分别为 0.0034 和 0.0019。",
        ),
        Text(
            "All three start from the same weights. What do momentum and Adam have on the plateau that plain "
            "gradient descent lacks?",
            "三者从相同的权重出发。在平坦区上，动量法和 Adam 有什么是普通梯度下降没有的？",
        ),
        Text(
            "A memory. On a plateau the gradients are small but agree, so the velocity adds them up. Adam also "
            "divides each by its typical size, so a small gradient no longer means a small step.",
            "记忆。平坦区上的梯度虽小，方向却一致，速度把它们累积起来；Adam 还把每个梯度除以它的常见大小，梯度小不"
            "再意味着步子小。",
        ),
        (_spiral("sgd", 0.1), _spiral("momentum", 0.05), _spiral("adam", 0.01)),
    ),
    Experiment(
        "rates",
        Text("Four learning rates, one of which diverges", "四种学习率，其中一种发散"),
        Text(
            "A noisy sine; only the learning rate differs. 0.01 ends at 0.21, 0.1 at 0.075. At 0.8 the loss keeps "
            "jumping between about 0.1 and 0.4 to the very end; at 1.5 it overflows at epoch 115.",
            "带噪声的正弦曲线，只有学习率不同：0.01 降到 0.21，0.1 降到 0.075；0.8 时损失直到最后都在 0.1 与 0.4 "
            "之间跳动；1.5 在第 115 轮溢出。",
        ),
        Text(
            "At 0.8 the loss jumps but does not overflow. What stops it, and why not at 1.5?",
            "学习率为 0.8 时损失跳动，却没有溢出。是什么拦住了它？1.5 时为什么拦不住？",
        ),
        Text(
            "A step overshoots further and further unless the curvature of the loss stays below 2/η. At 0.8 that "
            "limit is 2.5: whenever a step goes too far, it lands where the surface is flatter, so the loss keeps "
            "jumping but does not run away. At 1.5 the limit is 1.33, yet along the output bias the curvature of "
            "the squared error is 2 everywhere: no place is flat enough.",
            "要使每一步不越冲越远，损失的曲率必须小于 2/η。η = 0.8 时这个界限是 2.5：每次冲过头，都会落到较平坦的"
            "地方，所以损失来回跳动却不溢出。η = 1.5 时界限是 1.33，而平方损失沿输出偏置方向的曲率处处等于 2：没有"
            "任何地方足够平坦。",
        ),
        (_sine(0.01), _sine(0.1), _sine(0.8), _sine(1.5)),
    ),
    Experiment(
        "overfitting",
        Text("Memorizing (overfitting)", "过拟合：死记硬背"),
        Text(
            "Noisy moons, 30 samples for training and 30 for validation. With 32 hidden neurons the training loss "
            "falls to 0.0011, but the validation loss is lowest after 20 epochs, 0.39, and ends at 1.12. With 2 "
            "neurons the training loss stays at 0.2, and the validation loss ends lower, at 0.76.",
            "带噪声的双月数据，30 个样本用于训练，30 个用于验证。32 个隐藏神经元时，训练损失降到 0.0011，但验证损"
            "失在第 20 轮达到最低 0.39，最后升到 1.12。只用 2 个神经元时，训练损失停在 0.2，验证损失最后反而更低，"
            "为 0.76。",
        ),
        Text(
            "The training loss keeps falling while the validation loss rises. When would you have stopped, and "
            "what would you have needed to know it?",
            "训练损失一直下降，验证损失却在上升。你会在何时停止？要知道这一点需要什么？",
        ),
        Text(
            "At the lowest validation loss; nothing in the training loss marks that moment. This is early "
            "stopping. Its price: the validation samples cannot be used for training.",
            "在验证损失最低时停止；训练损失上看不出任何迹象。这就是早停；代价是验证样本不能用于训练。",
        ),
        (moons(32), moons(2)),
    ),
    Experiment(
        "digits",
        Text("Handwritten digits", "手写数字"),
        Text(
            "1,797 digits of 8 × 8 pixels, a fifth of them for validation. After ten epochs a 64-128-128-10 "
            "network with Adam classifies 98.1 % of the validation digits correctly; without hidden layers 88.6 "
            "%, with plain gradient descent at 0.1 95.8 %. From weights that are not scaled to the layer size the "
            "loss starts at 243, and 89.7 % are correct. Under Digits you can draw a digit by hand and see how "
            "each network classifies it.",
            "1,797 个 8 × 8 像素的数字，五分之一作验证集。64-128-128-10 的网络用 Adam 训练十轮，验证集上 98.1% 识"
            "别正确；没有隐藏层时为 88.6%，用学习率 0.1 的普通梯度下降为 95.8%。初始权重若不按层的大小缩放，损失"
            "从 243 开始，最后 89.7% 识别正确。在“手写数字”里可以亲手写一个，看每个网络把它识别成什么。",
        ),
        Text(
            "Weights that are not scaled to the layer size make the first loss 243. How large would it be if all "
            "ten digits were equally likely?",
            "权重不按层缩放时，第一轮损失是 243。若十个数字被认为同样可能，损失应是多少？",
        ),
        Text(
            "The logarithm of ten, about 2.3. A loss far above it means that the network is confident and wrong: "
            "sums over 128 inputs with weights of size 1 are large, and softmax turns a large difference into "
            "certainty.",
            "10 的对数，约 2.3。远高于它，说明网络很有把握却错了：128 个输入与大小约为 1 的权重相乘求和，结果很大，"
            "softmax 把大的差距变成确信。",
        ),
        (
            _digits(),
            _digits(hidden=(), activations=("softmax",)),
            _digits(optimizer="sgd", eta=0.1),
            _digits(init="normal"),
        ),
    ),
)
