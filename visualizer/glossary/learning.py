"""Terms of training and of what may go wrong with it."""

from engine import Text
from visualizer.glossary.term import Term

OF_LEARNING = (
    Term(
        "initial_weights",
        Text("initial weights, random initialization", "初始权重、随机初始化"),
        Text(
            "The weights before the first update, random numbers from a seed.",
            "第一次更新之前的权重，由种子生成的随机数。",
        ),
        ("drawn weights", "this draw", "the draw decides"),
    ),
    Term(
        "learning_rate",
        Text("learning rate η", "学习率 η"),
        Text(
            "How large a step is taken against the gradient. Too small is slow; too large overshoots, and beyond a "
            "limit the cost grows.",
            "逆梯度方向走多大一步。太小则慢；太大会越过最低点，超过一定限度后代价反而上升。",
        ),
    ),
    Term(
        "schedule",
        Text("learning-rate schedule", "学习率调度"),
        Text("How the learning rate changes from epoch to epoch.", "学习率怎样随轮次变化。"),
        ("学习率计划",),
    ),
    Term(
        "epoch",
        Text("epoch, iteration", "轮、迭代"),
        Text(
            "An iteration is one update from one mini-batch; an epoch is one pass through all samples.",
            "一次迭代是用一个小批量做一次更新；一轮则把所有样本过一遍。",
        ),
        (r"(one|a|each|every|per|after|thousand) rounds?", r"rounds"),
    ),
    Term(
        "mini_batch",
        Text("mini-batch, full batch", "小批量、全批量"),
        Text("The samples of one update; the full batch is all of them.", "一次更新所用的样本；全批量就是全部样本。"),
        ("whole batch", "批次", "(?<!小)(?<!全)批大小"),
    ),
    Term(
        "sgd",
        Text("stochastic gradient descent", "随机梯度下降"),
        Text(
            "Gradient descent with the gradient of a mini-batch instead of all samples: cheaper and noisier.",
            "用小批量而不是全部样本的梯度做梯度下降：计算量更小，但噪声更大。",
        ),
    ),
    Term(
        "validation",
        Text("validation set, validation loss", "验证集、验证损失"),
        Text(
            "Samples that are not trained on. Their loss shows how the network does on new data; a test set is used "
            "only once, at the very end.",
            "不参与训练的样本。它们的损失反映网络在新数据上的表现；测试集则只在最后用一次。",
        ),
        (r"held[- ]out", "held back", "留出(?!法)", "验证集损失"),
    ),
    Term(
        "early_stopping",
        Text("early stopping", "早停"),
        Text(
            "Stop when the validation loss has not improved for some epochs, the patience.",
            "验证损失连续若干轮（容忍轮数）不再改善时停止训练。",
        ),
        ("提前停止",),
    ),
    Term(
        "hyperparameter",
        Text("hyperparameter", "超参数"),
        Text(
            "What is chosen and not learned: learning rate, layer sizes, batch size, λ.",
            "由人选择而不是学出来的量：学习率、层的大小、批量大小、λ。",
        ),
    ),
    Term(
        "overfitting",
        Text("overfitting", "过拟合"),
        Text(
            "The loss still falls on the training samples but rises on others: memorizing instead of learning.",
            "训练样本上的损失还在降，其他样本上的却在升：网络在死记样本。",
        ),
        ("over-fitting", "by heart"),
    ),
    Term(
        "regularization",
        Text("regularization", "正则化"),
        Text(
            "Anything that keeps a network from overfitting: a penalty on large weights, dropout, early stopping.",
            "防止过拟合的各种办法：惩罚大权重、dropout、早停。",
        ),
    ),
    Term(
        "penalty",
        Text("penalty λ Σ Ω(w)", "惩罚项 λ Σ Ω(w)"),
        Text(
            "Added to the cost so that large weights become expensive; its gradient draws the weights to zero.",
            "加到代价上，使大权重变得昂贵；它的梯度把权重拉向零。",
        ),
        ("拉力", "套索", "this strength"),
    ),
    Term(
        "weight_decay",
        Text("weight decay", "权重衰减"),
        Text(
            "Every update shrinks each weight by a small factor. With plain gradient descent it is the same as an L2 "
            "penalty; with Adam it is not, hence AdamW.",
            "每次更新都把权重按一个小比例缩小。对普通梯度下降，它等同于 L2 惩罚；对 Adam 则不同，所以有 AdamW。",
        ),
    ),
    Term(
        "dropout",
        Text("dropout", "dropout（丢弃法）"),
        Text(
            "In every update some neurons, chosen at random for each sample, are switched off, so that the network "
            "cannot rely on any single one.",
            "每次更新时，对每个样本随机丢弃一部分神经元，使网络不依赖任何一个神经元。",
        ),
    ),
    Term(
        "batch_norm",
        Text("batch normalization", "批量归一化"),
        Text(
            "Each neuron's z is normalized to mean 0 and variance 1 over the batch, then scaled and shifted by two "
            "learned numbers. Each neuron has its own mean.",
            "把每个神经元的 z 在一批样本上变为均值 0、方差 1，再用两个可学习的数缩放和平移：每个神经元一个均值，"
            "而不是整个矩阵一个。",
        ),
        ("(?<!批量)(?<!小)批归一化", "批规范化"),
    ),
    Term(
        "running_average",
        Text("running average", "移动平均"),
        Text(
            "A mean in which the past counts less and less: of gradients in Adam, of means and variances in batch "
            "normalization.",
            "越早的值权重越小的平均：Adam 用于梯度，批量归一化用于均值和方差。",
        ),
        ("running means?", "滑动平均"),
    ),
    Term(
        "inference",
        Text("inference", "推理"),
        Text(
            "Using a trained network: running averages instead of batch statistics, no dropout.",
            "使用训练好的网络：用移动平均代替小批量的统计量，不做 dropout。",
        ),
        ("推断",),
    ),
    Term(
        "clipping",
        Text("gradient clipping", "梯度裁剪"),
        Text(
            "A threshold for the gradient: for each entry, or for the length of the whole, which keeps its direction.",
            "给梯度设阈值：限制每个分量，或限制整体长度（方向不变）。",
        ),
        ("裁剪上限",),
    ),
    Term(
        "vanishing",
        Text("vanishing and exploding gradients", "梯度消失与爆炸"),
        Text(
            "A product with one factor per layer quickly becomes very small or very large.",
            "每层一个因子，连乘多层之后很快变得极小或极大。",
        ),
    ),
    Term(
        "landscape",
        Text("loss landscape", "损失曲面"),
        Text(
            "The cost over a plane of the parameters, as a surface with valleys and ridges.",
            "代价随参数变化的曲面：参数平面上的山谷与山脊。",
        ),
        ("地形", "代价曲面"),
    ),
    Term(
        "minimum",
        Text("minimum, saddle point, plateau", "极小值点、鞍点、平坦区"),
        Text(
            "Where the gradient is 0, the cost may rise in every direction (minimum) or fall in some (saddle "
            "point). On a plateau the gradient is small over a wide region. In large networks most places where "
            "training slows down are saddle points or plateaus.",
            "梯度为 0 处，代价可能向各个方向上升（极小值点），也可能沿某些方向下降（鞍点）。平坦区则是一大片梯度"
            "很小的区域。大网络中，训练变慢的地方大多是鞍点或平坦区。",
        ),
        ("平台期",),
    ),
    Term(
        "symmetry",
        Text("symmetry breaking", "打破对称"),
        Text(
            "Initial weights must differ, or the neurons of a layer stay copies of each other.",
            "初始权重必须不同，否则同层神经元永远互为副本。",
        ),
    ),
    Term(
        "one_hot",
        Text("one-hot target", "one-hot 目标（独热向量）"),
        Text("A class as a vector: 1 in its place, 0 elsewhere.", "用向量表示类别：对应位置为 1，其余为 0。"),
        ("独热编码",),
    ),
    Term(
        "metrics",
        Text("metrics", "评估指标"),
        Text(
            "Accuracy, precision, recall, F1: how well a network classifies.",
            "准确率、精确率、召回率、F1：网络分类得有多好。",
        ),
        ("评分", "判为", "认对", "认成"),
    ),
    Term(
        "gradient_check",
        Text("gradient check", "梯度检验"),
        Text(
            "Move a parameter by h both ways, divide the difference of the two costs by 2h, and compare with the "
            "gradient: they agree to many digits, or the program is wrong.",
            "把一个参数向两边各移 h，用两处代价之差除以 2h，再与梯度比较：要么许多位都一致，要么程序有错。",
        ),
    ),
)
