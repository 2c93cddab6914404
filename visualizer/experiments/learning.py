"""Experiments on how a network learns at all: starts, optimizers, rates, and learning by heart."""

from dataclasses import replace
from typing import Any

from engine import Text
from engine.settings import Task
from visualizer.experiments.record import BCE, XAVIER, Experiment, Figure, moons


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
            "A published program trains XOR with two hidden neurons and seed 1 for 10,000 epochs. For comparison: "
            "the same initial weights with Adam at two learning rates, and the same settings with a third hidden "
            "neuron.",
            "一段已发表的代码用两个隐藏神经元、种子 1 训练 XOR，共 10,000 轮。与它对照的有：同样的初始权重用 Adam，"
            "两种学习率；以及其他设置不变，多一个隐藏神经元。",
        ),
        Text(
            "Two lines are enough to separate the corners of XOR. Which of the four runs will find them?",
            "两条直线就足以分开 XOR 的四个角。四次训练中哪些会找到它们？",
        ),
        Text(
            "Only the third hidden neuron helps: that run ends at {0}. The published run ends at {1}, one of its "
            "four outputs wrong; Adam ends at {2} at both learning rates. From this start both optimizers end in a "
            "trough in which several samples share one answer. It has no lowest point: the weights keep growing, "
            "and the loss only creeps towards 1/6 (three samples share 2/3) or 1/8 (two samples stay at ½). Adam "
            "merely gets there sooner. Another start, or a third hidden neuron, leaves a way around.",
            "只有第三个隐藏神经元管用：损失降到 {0}。已发表的那次停在 {1}，四个输出中有一个错误；Adam 在两种学习率"
            "下都停在 {2}。从这个起点出发，两种优化器都落入一条没有最低点的长谷：几个样本得到同一个输出，权重不断增"
            "大，损失只是缓慢趋近 1/6（三个样本同为 2/3）或 1/8（两个样本停在 ½）。Adam 只是更早到达那里。换一个起"
            "点，或增加一个隐藏神经元，才绕得开。",
        ),
        (
            Task(),
            Task(optimizer="adam", eta=0.1),
            Task(optimizer="adam", eta=0.01),
            Task(hidden=(3,)),
        ),
        (Figure(3, 4), Figure(0, 4), Figure(1, 3)),
        Text("Four points, and yet one of them stays wrong: why?", "只有四个点，却总有一个判错：为什么？"),
    ),
    Experiment(
        "silent",
        Text("Silent bugs", "不报错的错误"),
        Text(
            "The published program of the first experiment transposes one gradient. Here the correct code runs "
            "beside it, and a third version that forgets σ′.",
            "第一个实验的已发表代码把一个梯度转置了。这里让正确的代码与它对照，另有一个漏乘 σ′ 的版本。",
        ),
        Text(
            "Which of the three raises an error, and which curve ends lowest?",
            "三者中哪一个会报错？哪条曲线最后最低？",
        ),
        Text(
            "None raises an error, because the transposed matrix is square, and it even ends lowest, at {0}; the "
            "correct code ends at {1}, forgetting σ′ at {2}. No curve tells which of them is correct; the "
            "gradient check does. The gradient of the first layer would be 3 × 2 and its transpose 2 × 3: "
            "subtracting it from the weights is a shape error. Test code with layers of different sizes.",
            "都不报错，因为被转置的矩阵恰为方阵；它甚至最低，停在 {0}，正确的代码停在 {1}，漏乘 σ′ 的停在 {2}。从"
            "曲线看不出谁对谁错，梯度检验可以。第一层的梯度是 3 × 2，转置后是 2 × 3：从权重中减去它会报形状错误。"
            "测试代码时，各层大小应互不相同。",
        ),
        (Task(), Task().with_options(mistakes=("transposed_gradient",)), Task().with_options(mistakes=("no_slope",))),
        (Figure(1, 4), Figure(0, 4), Figure(2, 4)),
    ),
    Experiment(
        "spiral",
        Text("Two spirals, three optimizers", "双螺旋与三种优化器"),
        Text(
            "Two spirals, three optimizers: plain gradient descent, momentum and Adam, from the same weights and "
            "with the same mini-batches, 400 epochs.",
            "双螺旋，三种优化器：普通梯度下降、动量法和 Adam，初始权重与小批量的顺序都相同，400 轮。",
        ),
        Text(
            "After 100 epochs, which of them will still be on a plateau, and why?",
            "100 轮后，哪一种还停在平坦区上？为什么？",
        ),
        Text(
            "Plain gradient descent: it stands at {0} after 100 epochs, while momentum is at {1} and Adam at {2}. "
            "After 400 epochs it is on its way down, at {3}; the others have finished, at {4} and {5}. They have a "
            "memory: on a plateau the gradients are small but agree, so the velocity adds them up. Adam also "
            "divides each by its typical size, so a small gradient no longer means a small step.",
            "普通梯度下降：100 轮后仍为 {0}，动量法已到 {1}，Adam 到 {2}。400 轮后它才降到 {3}，另外两种早已完成，"
            "分别为 {4} 和 {5}。差别在于记忆：平坦区上的梯度虽小，方向却一致，动量法的速度把它们累积起来；Adam 还把"
            "每个梯度除以它的常见大小，梯度小不再意味着步子小。",
        ),
        (_spiral("sgd", 0.1), _spiral("momentum", 0.05), _spiral("adam", 0.01)),
        (
            Figure(0, 2, epoch=100),
            Figure(1, 2, epoch=100),
            Figure(2, 2, epoch=100),
            Figure(0, 2),
            Figure(1, 4),
            Figure(2, 4),
        ),
    ),
    Experiment(
        "rates",
        Text("Four learning rates, one of which diverges", "四种学习率，其中一种发散"),
        Text(
            "A noisy sine, and four runs that differ only in the learning rate: 0.01, 0.1, 0.8 and 1.5.",
            "带噪声的正弦曲线，四次训练只有学习率不同：0.01、0.1、0.8 和 1.5。",
        ),
        Text(
            "Which one learns best, which one jumps, and which one overflows? Where is the limit?",
            "哪一个学得最好，哪一个来回跳动，哪一个溢出？界限在哪里？",
        ),
        Text(
            "0.01 ends at {0}, 0.1 at {1}. At 0.8 the loss keeps jumping between about 0.1 and 0.4 to the very "
            "end; at 1.5 it overflows at epoch {2}. A step overshoots further and further unless the curvature "
            "of the loss stays below 2/η. At 0.8 that limit is 2.5: whenever a step goes too far, it lands where "
            "the surface is flatter, so the loss keeps jumping but does not run away. At 1.5 the limit is 1.33, "
            "yet along the output bias the curvature of the squared error is 2 everywhere: no place is flat "
            "enough.",
            "0.01 降到 {0}，0.1 降到 {1}；0.8 时损失直到最后都在 0.1 与 0.4 之间跳动；1.5 在第 {2} 轮溢出。要使每"
            "一步不越冲越远，损失的曲率必须小于 2/η。η = 0.8 时这个界限是 2.5：每次冲过头，都会落到较平坦的地方，"
            "所以损失来回跳动却不溢出。η = 1.5 时界限是 1.33，而平方损失沿输出偏置方向的曲率处处等于 2：没有任何"
            "地方足够平坦。",
        ),
        (_sine(0.01), _sine(0.1), _sine(0.8), _sine(1.5)),
        (Figure(0, 2), Figure(1, 3), Figure(3, 0, "diverged")),
        Text("Which of four rates is best, and why do the others fail?", "四种学习率中哪个最好？其他的为何失败？"),
    ),
    Experiment(
        "overfitting",
        Text("Memorizing (overfitting)", "过拟合：死记硬背"),
        Text(
            "Noisy moons, 30 samples for training and 30 for validation: once with 32 hidden neurons, once with 2.",
            "带噪声的双月数据，30 个样本用于训练，30 个用于验证：一次用 32 个隐藏神经元，一次用 2 个。",
        ),
        Text(
            "Which network ends with the lower training loss, and which with the lower validation loss? When "
            "would you stop?",
            "哪个网络的训练损失最后更低？哪个的验证损失更低？你会在何时停止？",
        ),
        Text(
            "With 32 neurons the training loss falls to {0}, but the validation loss is lowest after {1} epochs, "
            "{2}, and ends at {3}. With 2 neurons the training loss stays at {4}, and the validation loss ends "
            "lower, at {5}. Stop at the lowest validation loss; nothing in the training loss marks that moment. "
            "This is early stopping. Its price: the validation samples cannot be used for training.",
            "32 个神经元时，训练损失降到 {0}，但验证损失在第 {1} 轮达到最低 {2}，最后升到 {3}。只用 2 个神经元时，"
            "训练损失停在 {4}，验证损失最后反而更低，为 {5}。在验证损失最低时停止；训练损失上看不出任何迹象。这就是"
            "早停；代价是验证样本不能用于训练。",
        ),
        (moons(32), moons(2)),
        (
            Figure(0, 4),
            Figure(0, 0, "best"),
            Figure(0, 2, "lowest"),
            Figure(0, 2, "validation"),
            Figure(1, 1),
            Figure(1, 2, "validation"),
        ),
        Text("The training loss falls to zero. Is that good?", "训练损失降到了零。这是好事吗？"),
    ),
    Experiment(
        "digits",
        Text("Handwritten digits", "手写数字"),
        Text(
            "1,797 handwritten digits of 8 × 8 pixels, a fifth of them for validation, ten epochs. Four networks: "
            "64-128-128-10 with Adam; the same without hidden layers; with plain gradient descent at 0.1; and "
            "from weights that are not scaled to the layer size. Under Digits you can draw a digit by hand and "
            "see how each network classifies it.",
            "1,797 个 8 × 8 像素的手写数字，五分之一作验证集，训练十轮。四个网络：64-128-128-10 用 Adam；没有隐藏"
            "层；用学习率 0.1 的普通梯度下降；初始权重不按层的大小缩放。在“手写数字”里可以亲手写一个，看每个网络把"
            "它识别成什么。",
        ),
        Text(
            "What share of the validation digits will each classify correctly? And how large is the loss if all "
            "ten digits are equally likely?",
            "每个网络在验证集上的正确率会是多少？若十个数字被认为同样可能，损失应是多少？",
        ),
        Text(
            "The network trained with Adam reaches {0}%, the one without hidden layers {1}%, plain gradient "
            "descent {2}%; unscaled weights start at a loss of {3} and reach {4}%. If all ten digits are equally "
            "likely, the loss is ln 10, about 2.3. A loss far above it means that the network is confident and "
            "wrong: sums over 128 inputs with weights of size 1 are large, and softmax turns a large difference "
            "into certainty.",
            "用 Adam 为 {0}%，没有隐藏层为 {1}%，普通梯度下降为 {2}%；不缩放的权重，损失从 {3} 开始，最后为 {4}%。"
            "十个数字同样可能时，损失为 ln 10，约 2.3。远高于它，说明网络很有把握却错了：128 个输入与大小约为 1 的"
            "权重相乘求和，结果很大，softmax 把大的差距变成确信。",
        ),
        (
            _digits(),
            _digits(hidden=(), activations=("softmax",)),
            _digits(optimizer="sgd", eta=0.1),
            _digits(init="normal"),
        ),
        (
            Figure(0, 1, "accuracy"),
            Figure(1, 1, "accuracy"),
            Figure(2, 1, "accuracy"),
            Figure(3, 0, epoch=0),
            Figure(3, 1, "accuracy"),
        ),
    ),
)
