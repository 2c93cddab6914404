"""Terms of networks and of a pass through them."""

from engine import Text
from visualizer.glossary.term import Term

OF_NETWORKS = (
    Term(
        "neuron",
        Text("neuron", "神经元"),
        Text(
            "Multiplies each input by a weight, adds them up with its bias, and passes the sum through an activation "
            "function. Also called a unit.",
            "把各输入乘以权重求和，再加偏置，最后经过激活函数。也称单元。",
        ),
        (r"(hidden|output|input|dead|saturated|sigmoid|ReLU|tanh) units?", "(?<!线性)(?<!也称)单元(?!格)"),
    ),
    Term(
        "layer",
        Text("layer", "层"),
        Text(
            "Neurons that receive the same inputs and are not connected to each other. Layer 0 is the input, layer L "
            "the output; those in between are hidden.",
            "接收相同输入、彼此不相连的一组神经元。第 0 层是输入，第 L 层是输出，其余称为隐藏层。",
        ),
        ("隐含层", "隐层"),
    ),
    Term(
        "weight",
        Text("weight w", "权重 w"),
        Text(
            "How strongly one neuron influences the next; a negative weight inhibits.",
            "前一个神经元对后一个神经元影响的强弱；权重为负表示抑制。",
        ),
        ("权值",),
    ),
    Term(
        "bias",
        Text("bias b", "偏置 b"),
        Text(
            "A constant added to the weighted sum; the weight of an input that is always 1.",
            "加在加权和上的常数；相当于输入恒为 1 的权重。",
        ),
        (r"always says 1",),
    ),
    Term(
        "weighted_input",
        Text("weighted input z", "加权输入 z"),
        Text(
            "The sum before the activation function; also called net input or pre-activation, and in the output layer "
            "logit.",
            "激活函数之前的和；又称净输入、净活性值、预激活值，在输出层又称 logit。",
        ),
    ),
    Term(
        "activation",
        Text("activation a", "激活值（活性值）a"),
        Text("The output of a neuron: a = σ(z).", "神经元输出的值：a = σ(z)。"),
    ),
    Term(
        "cost",
        Text("loss, and cost C", "损失、代价 C"),
        Text(
            "The loss says how far the outputs of one sample are from its targets; the cost C is the mean over the "
            "samples. The curve of the cost during training is called the training loss. The four equations assume "
            "that the cost depends on the network only through its outputs; a penalty on the weights adds its own "
            "term to the gradient.",
            "损失表示一个样本的输出与目标值相差多少；代价 C 是各样本损失的平均。训练过程中代价的曲线称为训练损失。"
            "四个方程假设代价只通过输出依赖于网络；对权重的惩罚项会在梯度中另加一项。",
        ),
        ("二次代价", "成本函数"),
    ),
    Term(
        "forward",
        Text("forward pass", "前向传播"),
        Text("Layer by layer from the input to the cost.", "从输入到代价，逐层计算。"),
        ("way there",),
    ),
    Term(
        "backward",
        Text("backward pass", "反向传播（过程）"),
        Text(
            "Layer by layer from the cost to the first layer: the errors δ, and from them all gradients.",
            "从代价到第一层，逐层计算误差项 δ，并由此得到全部梯度。",
        ),
        ("way back", "往回走"),
    ),
    Term(
        "gradient",
        Text("gradient", "梯度"),
        Text(
            "All partial derivatives of the cost together. It points uphill, so training goes against it.",
            "代价的全部偏导数。它指向上升最快的方向，所以训练要逆着它走。",
        ),
    ),
    Term(
        "delta",
        Text("error δ", "误差项 δ"),
        Text(
            "∂C/∂z of a neuron: how much a small change of its weighted input changes the cost; also called "
            "sensitivity. It is not “target minus output”, although for matched loss and output layer it equals "
            "output minus target.",
            "神经元的 ∂C/∂z：加权输入变化一点，代价变化多少；又称灵敏度。它不是“目标减输出”，"
            "只有损失与输出层匹配时才等于“输出减目标”。",
        ),
    ),
    Term(
        "demon",
        Text("Nielsen's demon", "Nielsen 的小恶魔"),
        Text(
            "Michael Nielsen's picture for δ: a demon adds Δz to the weighted input of one neuron, and the cost "
            "changes by about δ · Δz. Where δ is near 0, it can do nothing.",
            "Michael Nielsen 对 δ 的比喻：小恶魔给一个神经元的加权输入加上 Δz，代价约改变 δ · Δz；δ 接近 0 时，"
            "它无能为力。",
        ),
        ("小妖",),
    ),
    Term(
        "chain_rule",
        Text("chain rule", "链式法则"),
        Text(
            "The derivative along a path is the product of the derivatives of its parts; where several paths lead to "
            "the same place, they add up.",
            "沿一条路径的导数等于各段导数之积；有多条路径时相加。",
        ),
        ("链锁法则", "连锁法则"),
    ),
    Term(
        "graph",
        Text("computational graph", "计算图"),
        Text(
            "All operations of a pass as nodes, and what each needs as edges. Backpropagation walks through it from "
            "the cost to the parameters.",
            "把一次计算的全部运算画成节点，把它们的依赖关系画成边。反向传播就是从代价到参数走一遍这张图。",
        ),
    ),
    Term(
        "autodiff",
        Text("automatic differentiation", "自动微分"),
        Text(
            "The chain rule carried out by a program on its own computational graph; backpropagation is its reverse "
            "mode. `loss.backward()` of PyTorch does it.",
            "由程序沿自己的计算图执行链式法则；反向传播就是它的反向模式。PyTorch 的 `loss.backward()` 做的正是这件事。",
        ),
    ),
    Term(
        "jacobian",
        Text("Jacobian", "雅可比矩阵"),
        Text(
            "All the derivatives $\\partial a_j/\\partial z_k$ of a layer. It is diagonal for element-wise functions "
            "and full for softmax.",
            "一层的全部偏导数 $\\partial a_j/\\partial z_k$。逐元素函数的雅可比矩阵是对角阵，softmax 的则不是。",
        ),
    ),
    Term(
        "vjp",
        Text("vector-Jacobian product", "向量–雅可比积"),
        Text(
            "What the backward pass does at each layer: ∂C/∂a goes in, ∂C/∂z comes out, without building the Jacobian.",
            "反向经过一层时做的事：输入 ∂C/∂a，输出 ∂C/∂z，而不必写出雅可比矩阵。",
        ),
    ),
    Term(
        "hadamard",
        Text("Hadamard product ⊙", "逐元素积（Hadamard 积）⊙"),
        Text(
            "Element by element: both factors have the same shape, and so has the result.",
            "逐元素相乘：两个因子形状相同，结果也相同。",
        ),
        ("哈达玛积",),
    ),
    Term(
        "outer",
        Text("outer product", "外积"),
        Text(
            "A column times a row: every element of one with every element of the other. BP4 is one.",
            "列乘行：一个的每个元素乘另一个的每个元素。BP4 就是外积。",
        ),
    ),
    Term(
        "kink",
        Text("kink", "不可导点"),
        Text(
            "A point at which the slope jumps, as that of ReLU at 0. No difference quotient across it gives the "
            "gradient. By convention the slope there is that of the left side, and 0 for the L1 penalty.",
            "斜率发生跳变的点，如 ReLU 在 0 处。跨过它的差商求不出梯度；约定该处取左侧的斜率，L1 惩罚则取 0。",
        ),
        ("拐点", "折点"),
    ),
    Term(
        "off",
        Text("ReLU that is off", "未激活的 ReLU"),
        Text(
            "For a sample with z ≤ 0 a ReLU outputs 0 and passes no error back. That is normal: about half of them "
            "are off at any time.",
            "对某个样本 z ≤ 0 时，ReLU 输出 0，也不回传误差。这很正常：任何时候大约都有一半处于这种状态。",
        ),
    ),
    Term(
        "dead_unit",
        Text("dead neuron", "死亡神经元（死亡 ReLU）"),
        Text(
            "A ReLU that is off for every sample: no output, no error, no learning.",
            "对所有样本都未激活的 ReLU：没有输出，没有误差，也不学习。",
        ),
    ),
    Term(
        "saturation",
        Text("saturation", "饱和"),
        Text(
            "A neuron on the flat part of its curve, where the slope is nearly 0: it hardly learns.",
            "神经元处在曲线的平坦段，斜率接近 0，几乎学不动。",
        ),
    ),
    Term(
        "skip",
        Text("skip connection", "残差连接"),
        Text(
            "A layer's input added to its output. The error gets a path with slope 1, so that very deep networks can "
            "be trained.",
            "把一层的输入加到它的输出上。误差因此有一条斜率为 1 的路径，极深的网络才训练得动。",
        ),
    ),
    Term(
        "fan_in",
        Text("fan-in", "扇入"),
        Text(
            "The number of inputs of a neuron. Initializers divide by it, so that z is neither tiny nor huge.",
            "一个神经元的输入个数。初始化方法用它来缩放权重，使 z 既不太小也不太大。",
        ),
    ),
)
