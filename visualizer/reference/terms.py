"""The technical terms, each in one or two sentences."""

from engine import Text
from visualizer.reference.entry import Term

TERMS = {
    term.name: term
    for term in (
        Term(
            "neuron",
            Text("neuron, unit", "神经元（单元）"),
            Text(
                "Adds up its inputs, each times a weight, and its bias, and bends the sum by an activation function.",
                "把各输入乘以权重求和，再加偏置，最后经过激活函数。",
            ),
        ),
        Term(
            "layer",
            Text("layer", "层"),
            Text(
                "Neurons that hear the same and do not hear each other. Layer 0 is the input, layer L the output; "
                "those between are hidden.",
                "输入相同、彼此不相连的一组神经元。第 0 层是输入，第 L 层是输出，中间的称为隐藏层。",
            ),
        ),
        Term(
            "weight",
            Text("weight w", "权重 w"),
            Text(
                "How strongly one neuron hears another; a negative weight turns what it hears round.",
                "一个神经元听另一个的强弱；权重为负时，听到的正好相反。",
            ),
        ),
        Term(
            "bias",
            Text("bias b", "偏置 b"),
            Text(
                "What a neuron adds whatever comes in; the weight of an input that always says 1.",
                "无论输入如何都要加上的数；相当于输入恒为 1 的权重。",
            ),
        ),
        Term(
            "weighted_input",
            Text("weighted input z", "加权输入 z"),
            Text(
                "The sum before the activation function; also called net input or pre-activation, and in the "
                "output layer logit.",
                "激活函数之前的和；又称净输入、净活性值、预激活值，在输出层又称 logit。",
            ),
        ),
        Term(
            "activation",
            Text("activation a", "激活值 a"),
            Text("What a neuron passes on: a = σ(z).", "神经元输出的值：a = σ(z)。"),
        ),
        Term(
            "cost",
            Text("cost, loss, error function C", "代价、损失、误差函数 C"),
            Text(
                "The loss says how far the outputs of one sample are from its targets; the cost C is the mean "
                "over the samples. The four equations assume that it depends on the network only through its "
                "outputs; a penalty on the weights adds a term of its own to the gradient.",
                "损失表示一个样本的输出与目标值相差多少；代价 C 是各样本损失的平均。四个方程假设代价只通过输出依赖"
                "于网络；对权重的惩罚项会在梯度中另加一项。",
            ),
        ),
        Term(
            "gradient",
            Text("gradient", "梯度"),
            Text(
                "All partial derivatives of the cost together. It points uphill, so that training goes against it.",
                "代价的全部偏导数。它指向上升的方向，所以训练要逆着它走。",
            ),
        ),
        Term(
            "delta",
            Text("error δ", "误差 δ"),
            Text(
                "∂C/∂z of a neuron: what a small push at its weighted input would do to the cost. It is not target "
                "minus output, though it comes to output minus target for matched pairs.",
                "神经元的 ∂C/∂z：在加权输入处轻推一下，代价会变多少。它不是“目标减输出”，"
                "只有在匹配的组合里才等于“输出减目标”。",
            ),
        ),
        Term(
            "demon",
            Text("the demon", "小恶魔"),
            Text(
                "A picture for δ: somebody adds Δz to one neuron, and the cost changes by about δ · Δz. Where δ is "
                "near "
                "0 it can do nothing.",
                "理解 δ 的比喻：有谁给一个神经元加上 Δz，代价约改变 δ · Δz；δ 接近 0 处，它无能为力。",
            ),
        ),
        Term(
            "chain_rule",
            Text("chain rule", "链式法则"),
            Text(
                "The rate of change along a path is the product of the rates of its parts; where several paths lead to "
                "the same place, they add up.",
                "沿一条路径的变化率等于各段变化率之积；多条路径通向同一处时，再相加。",
            ),
        ),
        Term(
            "jacobian",
            Text("Jacobian", "雅可比矩阵"),
            Text(
                "All slopes $\\partial a_j/\\partial z_k$ of a layer. It is diagonal for functions of single "
                "elements, and full for "
                "softmax.",
                "一层的全部斜率 $\\partial a_j/\\partial z_k$。逐元素函数的雅可比矩阵是对角的，softmax 的则是满的。",
            ),
        ),
        Term(
            "vjp",
            Text("vector-Jacobian product", "向量–雅可比积"),
            Text(
                "What the way back does at each layer: ∂C/∂a comes in, ∂C/∂z goes out, without the Jacobian being "
                "built.",
                "反向经过一层时做的事：输入 ∂C/∂a，输出 ∂C/∂z，而不必写出雅可比矩阵。",
            ),
        ),
        Term(
            "hadamard",
            Text("Hadamard product ⊙", "哈达玛积 ⊙"),
            Text(
                "Element by element: both factors have the same shape, and so has the result.",
                "逐元素相乘：两个因子形状相同，结果也相同。",
            ),
        ),
        Term(
            "outer",
            Text("outer product", "外积"),
            Text(
                "A column times a row: every element of one with every element of the other. BP4 is one.",
                "列乘行：一个的每个元素配另一个的每个元素。BP4 就是外积。",
            ),
        ),
        Term(
            "learning_rate",
            Text("learning rate η", "学习率 η"),
            Text(
                "How large a step is taken against the gradient. Too small is slow; too large overshoots, and "
                "beyond a limit the cost grows.",
                "逆梯度方向走多大一步。太小则慢；太大会越过最低点，超过一定限度后代价反而上升。",
            ),
        ),
        Term(
            "epoch",
            Text("epoch, iteration, batch", "轮次、迭代与批"),
            Text(
                "An iteration is one update, made from one batch of samples; an epoch has gone through all samples "
                "once.",
                "一次迭代是用一批样本做一次更新；一轮则把所有样本过一遍。",
            ),
        ),
        Term(
            "saturation",
            Text("saturation", "饱和"),
            Text(
                "A neuron so far out on its curve that its slope is nearly 0: it hardly learns.",
                "神经元处在曲线的平坦段，斜率接近 0，几乎学不动。",
            ),
        ),
        Term(
            "dead_unit",
            Text("dead unit", "死亡单元"),
            Text(
                "A ReLU whose z is not above 0 for any sample: no output, no error, no learning.",
                "对所有样本 z 都不大于 0 的 ReLU：没有输出，没有误差，也不学习。",
            ),
        ),
        Term(
            "kink",
            Text("kink", "不可导点"),
            Text(
                "A point at which the slope jumps, as that of ReLU at 0. No difference quotient across it gives "
                "the gradient. By convention the slope there is that of the left side, and 0 for the L1 penalty.",
                "斜率发生跳变的点，如 ReLU 在 0 处。跨过它的差商求不出梯度；约定该处取左侧的斜率，L1 惩罚则取 0。",
            ),
        ),
        Term(
            "vanishing",
            Text("vanishing and exploding gradients", "梯度消失与爆炸"),
            Text(
                "A product of many factors, one for each layer, is soon very small or very large.",
                "每层一个因子，连乘多层之后很快变得极小或极大。",
            ),
        ),
        Term(
            "clipping",
            Text("gradient clipping", "梯度裁剪"),
            Text(
                "A limit on the gradient: on each entry, or on the length of the whole, which keeps its direction.",
                "给梯度设上限：限制每个分量，或限制整体长度（方向不变）。",
            ),
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
            Text("one-hot target", "独热编码"),
            Text("A class as a vector: 1 in its place, 0 elsewhere.", "用向量表示类别：对应位置为 1，其余为 0。"),
        ),
        Term(
            "overfitting",
            Text("overfitting", "过拟合"),
            Text(
                "The cost still falls on the samples trained on, and rises on others: learnt by heart.",
                "训练样本上的代价还在降，其他样本上却在升：死记硬背。",
            ),
        ),
        Term(
            "regularization",
            Text("regularization", "正则化"),
            Text(
                "Whatever keeps a network from learning by heart: a penalty on large weights, dropout, stopping early.",
                "防止死记硬背的各种办法：惩罚大权重、dropout、提前停止。",
            ),
        ),
        Term(
            "dropout",
            Text("dropout", "dropout（随机失活）"),
            Text(
                "In every update some neurons, chosen at random for each sample, are switched off, so that the "
                "network cannot rely on any single one.",
                "每次更新时，对每个样本随机丢弃一部分神经元，使网络不依赖任何一个神经元。",
            ),
        ),
        Term(
            "batch_norm",
            Text("batch normalization", "批归一化"),
            Text(
                "Each unit's z is brought to mean 0 and variance 1 over the batch, then scaled and shifted by two "
                "numbers "
                "that are learnt: one mean for each unit, not one for the whole matrix.",
                "把每个单元的 z 在一批样本上变为均值 0、方差 1，再用两个可学习的数缩放和平移：每个单元一个均值，"
                "而不是整个矩阵一个。",
            ),
        ),
        Term(
            "gradient_check",
            Text("gradient check", "梯度检验"),
            Text(
                "Move a parameter by h both ways, divide the difference of the two costs by 2h, and compare with "
                "the gradient: they agree to many digits, or the program is wrong.",
                "把一个参数向两边各移 h，用两处代价之差除以 2h，再与梯度比较：要么许多位都一致，要么程序有错。",
            ),
        ),
    )
}
