"""The lesson on batch normalization: forward by hand, and back through mean and variance."""

from engine import Text
from visualizer.slides import Ask, Lesson, Stop

_BATCH = {
    "sizes": "1-1-1",
    "x": "0~2~4~6",
    "y": "0~0~1~1",
    "net": "1_0_1_0",
    "eta": "1",
    "batch_norm": "1",
    "sample": "4",
}

BATCH_NORM = Lesson(
    "batch_norm",
    Text("Batch normalization by hand", "手算批量归一化"),
    Text("After Ioffe & Szegedy 2015", "依 Ioffe 与 Szegedy 2015"),
    13,
    (
        Stop(
            _BATCH | {"step": "z.1"},
            Text(
                "One hidden neuron and four samples; with w = 1 and b = 0 its weighted inputs are 0, 2, 4 and 6. At 6 "
                "the sigmoid is nearly flat, so the last sample would teach its weight next to nothing.",
                "一个隐藏神经元，四个样本；w = 1、b = 0，加权输入为 0、2、4、6。sigmoid 在 6 处几乎是平的，最后一个样本"
                "几乎教不了这个权重什么。",
            ),
            "a.1.1",
            ask=Ask(
                Text(
                    "Batch normalization divides the squares by the number of samples. The variance of 0, 2, 4, 6 is",
                    "批量归一化中，方差是平方和除以样本数。0、2、4、6 的方差是",
                ),
                (Text("3", "3"), Text("5", "5"), Text("6.67", "6.67")),
                1,
                "var.1.1",
            ),
        ),
        Stop(
            {"step": "var.1"},
            Text(
                "The mean is 3. The deviations are −3, −1, 1 and 3, their squares 9, 1, 1 and 9: the variance is 20/4 "
                "= 5. Both numbers belong to this batch; another batch has others.",
                "均值为 3。偏差是 −3、−1、1、3，平方是 9、1、1、9，方差为 20/4 = 5。这两个数只属于这一批；换一批，"
                "就是别的数。",
            ),
            "a.1.1",
        ),
        Stop(
            {"step": "zhat.1"},
            Text(
                "Each z minus the mean, divided by √5: the last one, 3/√5, becomes 1.342. (An ε in the root keeps it "
                "from dividing by zero.) The batch now has mean 0 and variance 1, where the sigmoid is steepest.",
                "每个 z 减去均值，再除以 √5：最后一个 3/√5 变为 1.342（根号里的 ε 防止除以零）。现在这一批的均值为 0，"
                "方差为 1，正在 sigmoid 最陡的地方。",
            ),
            "a.1.1",
            {"1.342": "zhat.1.1.4"},
            Ask(
                Text("Add 100 to the bias. How does ẑ change?", "把偏置加上 100，ẑ 怎样变？"),
                (Text("by 100", "增加 100"), Text("by 100/√5", "增加 100/√5"), Text("not at all", "不变")),
                2,
            ),
        ),
        Stop(
            {"net": "1_100_1_0"},
            Text(
                "Not at all: the mean has grown by 100, too, and is subtracted. A bias before a batch normalization "
                "has no effect; the shift β takes its place. Even w hardly matters: doubling it doubles √var as well.",
                "完全不变：均值也增加了 100，又被减去。批量归一化之前的偏置毫无作用，平移 β 取而代之。连 w 的大小也几乎"
                "无关：w 加倍，√var 也加倍。",
            ),
            "a.1.1",
        ),
        Stop(
            {"net": "1_0_1_0", "step": "u.1"},
            Text(
                "u = γ ẑ + β, with γ = 1 and β = 0 at the start. Both are learned, so that the network can choose "
                "another mean and spread where they serve it better, even those it had before.",
                "u = γ ẑ + β，开始时 γ = 1、β = 0。两者都由学习得到：若别的均值和方差更好，网络可以自己选择，甚至选回"
                "原来的。",
            ),
            "a.1.1",
        ),
        Stop(
            {"step": "c"},
            Text(
                "Then all is as usual: sigmoid, output neuron, cost 0.1101. One thing is new. Each ẑ depends on all "
                "four samples, through mean and variance.",
                "之后一切照旧：sigmoid、输出神经元，代价 0.1101。只有一点是新的：每个 ẑ 都经由均值和方差依赖全部四个"
                "样本。",
            ),
            "C",
            {"0.1101": "C"},
            Ask(
                Text(
                    "Backward: is δ of a sample its own error divided by √var?",
                    "反向：样本的 δ 就是它自己的误差除以 √var 吗？",
                ),
                (
                    Text("yes", "是"),
                    Text("no, mean and variance carry error too", "不是，均值和方差也传回误差"),
                    Text("no, it is 0", "不是，它为 0"),
                ),
                1,
            ),
        ),
        Stop(
            {"step": "bp2.1"},
            Text(
                "The error arrives at u as always: weights times error times slope, here −0.011 for the last sample. "
                "Three paths lead back from there: straight, through the variance, and through the mean.",
                "误差照常传到 u：权重乘误差乘斜率，最后一个样本为 −0.011。由此往回有三条路：直接回去、经过方差、"
                "经过均值。",
            ),
            "a.1.1",
            {"−0.011": "delta_u.1.1.4"},
        ),
        Stop(
            {"step": "dbeta.1"},
            Text(
                "The new parameters are easy: β gets the mean of the errors, 0.0066, like a bias; γ gets the mean of "
                "error times ẑ, −0.0172, like a weight.",
                "新参数的梯度很简单：β 像偏置，得到误差的平均 0.0066；γ 像权重，得到误差乘 ẑ 的平均 −0.0172。",
            ),
            "a.1.1",
            {"0.0066": "dbeta.1.1", "−0.0172": "dgamma.1.1"},
            Ask(
                Text("Add up the four δ before the normalization. Their sum is", "归一化之前的四个 δ 相加，和为"),
                (Text("0", "0"), Text("1", "1"), Text("it depends on γ", "取决于 γ")),
                0,
                "delta.1.1",
            ),
        ),
        Stop(
            {"step": "delta.1"},
            Text(
                "0: the paths through mean and variance take away exactly what all samples have in common. The last "
                "sample even changes its sign, from −0.011 to 0.0024. Dividing by √var alone is a common mistake.",
                "和为 0：经过均值和方差的两条路，恰好减去了各样本共有的部分。最后一个样本连符号都变了，从 −0.011 变为 "
                "0.0024。只除以 √var 是常见的错误。",
            ),
            "a.1.1",
            {"0.0024": "delta.1.1.4"},
        ),
        Stop(
            {"step": "running.1", "iteration": "51"},
            Text(
                "A single image has no mean of a batch. So training keeps running averages, and inference uses them. "
                "Each update moves them a tenth of the way; after fifty the mean has come from 0 to 2.985.",
                "推理时只有一个样本，没有“一批的均值”。所以训练时保留移动平均，推理时使用它们。每次更新移动十分之一，"
                "五十次之后均值从 0 到了 2.985。",
            ),
            "a.1.1",
            {"2.985": "mean.1.1"},
            Ask(
                Text(
                    "A program stays in training mode at inference. Its answer for one image depends on",
                    "程序推理时忘了切换，仍处于训练模式。它对一幅图像的回答取决于",
                ),
                (
                    Text("that image alone", "仅这一幅图像"),
                    Text("the other images of the batch", "同一批的其他图像"),
                    Text("the learning rate", "学习率"),
                ),
                1,
            ),
        ),
        Stop(
            {"mode": "inference", "iteration": "1", "step": "zhat.1"},
            Text(
                "On the other images, which is why every library has model.eval(). Here is that mode, before any "
                "update: mean 0 and variance 1, so ẑ is z. Take home: normalize, scale, shift; back along three "
                "paths; and switch the mode.",
                "取决于同一批的其他图像，所以各个库都有 model.eval()。这里就是推理模式，还没有更新过：均值 0、方差 1，"
                "ẑ 就是 z。记住：归一化、缩放、平移；反向有三条路；别忘了切换模式。",
            ),
            "a.1.1",
        ),
    ),
    order=10,
    outcome=Text("compute a batch normalization and its backward pass by hand", "手算批量归一化的前向与反向"),
)
