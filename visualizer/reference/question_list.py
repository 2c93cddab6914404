"""The questions and their answers, one registry entry each."""

from engine import Text
from visualizer.lessons import LESSONS
from visualizer.reference.entry import Question

_E = Text("{} (our own answer)", "{}，由我们作答").format(LESSONS["row_vectors"].source)
_B = Text("{} (corrected)", "{}，已更正").format(LESSONS["four_equations"].source)
_NIELSEN = Text("Nielsen 2015, ch. 3", "Nielsen 2015 第 3 章")
_ONE = {"sizes": "1-1", "x": "1", "y": "0", "net": "2_2", "eta": "0.15"}
_DEEP = {"sizes": "1-1-1-1-1-1", "x": "1", "y": "0", "net": "1_0_1_0_1_0_1_0_1_0"}
_RELU = {"sizes": "2-2-1", "activations": "relu-relu", "x": "1.2_0.5", "y": "1", "eta": "0.1"}


QUESTIONS = (
    Question(
        "what",
        Text("What is backpropagation?", "什么是反向传播？"),
        Text(
            "The chain rule, carried out in the order that saves work: from the cost backwards, so that every "
            "error is computed once and used by all weights that need it. One forward and one backward pass give "
            "every gradient. Backpropagation is not the learning itself: the optimizer decides what to do with "
            "the gradients. Here the first error of the backward pass is {}.",
            "按省力的次序使用链式法则：从代价往回算，每个误差只算一次，供所有需要它的权重使用。前向、反向各一遍，"
            "就得到全部梯度。它本身并不是学习：怎样使用梯度由优化器决定。这里反向的第一个误差是 {}。",
        ),
        {"example": "mazur", "step": "bp1.2"},
        ("delta.2.1",),
        _E,
    ),
    Question(
        "each_gradient",
        Text("How is the gradient of a single weight computed?", "每个梯度是怎样算出来的？"),
        Text(
            "Activation in times error out. The weight from hidden neuron 1 to output 1 carries a = {} and leads "
            "to a neuron with error δ = {}; its gradient is the product, {}. The gradient of a bias is the error "
            "itself. The slope inside an error is that of the neuron itself, not of the output layer.",
            "流入的激活值乘以输出端的误差。从隐藏神经元 1 到输出 1 的权重传递 a = {}，通向误差 δ = {}，"
            "梯度就是两者之积 {}。"
            "偏置的梯度就是误差本身。误差里乘的斜率是该神经元自己的，不是输出层的。",
        ),
        {"example": "mazur", "step": "bp4.2.1.1", "granularity": "weight"},
        ("a.1.1", "delta.2.1", "dW.2.1.1"),
        _E,
    ),
    Question(
        "techniques",
        Text("Which techniques improve training?", "有哪些改进训练的技术？"),
        Text(
            "Those that change the step: momentum; a learning rate for each parameter, as in AdaGrad, RMSprop and "
            "Adam; and schedules that lower the learning rate. Those that change the network: batch "
            "normalization, dropout, better initial weights. Those that change the cost: penalties on large "
            "weights. All of them use the same chain rule; normalization and dropout add steps to the pass. Here "
            "Adam takes its first step: each weight moves by about the learning rate 0.01, whatever its gradient; "
            "w²₁₁ goes from 0.4 to {}.",
            "改变步长的：动量法，AdaGrad、RMSprop、Adam 那样为每个参数单独设定学习率，以及逐渐减小学习率的调度。改"
            "变网络的：批量归一化、dropout、更好的初始权重。改变代价的：对大权重的惩罚。链式法则不变；批量归一化"
            "与 dropout 会在前向和反向过程中增加步骤。这里是 Adam 的第一步：无论梯度多大，每个权重都移动约 0.01，"
            "即学习率；w²₁₁ 从 0.4 变为 {}。",
        ),
        {"example": "mazur", "optimizer": "adam", "eta": "0.01", "step": "update"},
        ("W_new.2.1.1",),
        _E,
    ),
    Question(
        "transpose",
        Text("Why is W transposed in the backward pass?", "为什么反向时 W 要转置？"),
        Text(
            "Forward, a neuron collects along its row of W: everything that flows into it. Backward it collects "
            "along its column: every neuron it has flowed into. These are the same weights, read the other way: "
            "the transpose. Moving an error by the transpose takes it one layer back, not forward. Here δ¹₁ "
            "gathers both output errors, {} and {}, and comes to {}.",
            "前向时，神经元沿 W 的一行收集流入它的一切；反向时沿一列收集它流向的每个神经元的误差。同一组权重，换个"
            "方向读，就是转置。乘以转置使误差后退一层，而不是前进。这里 δ¹₁ 汇集两个输出误差 {} 和 {}，得 {}。",
        ),
        {"example": "relu_softmax", "step": "bp2.1"},
        ("delta.2.1", "delta.2.2", "delta.1.1"),
        _B,
    ),
    Question(
        "saturation",
        Text("Why does a badly wrong neuron learn slowly?", "为什么错得厉害的神经元反而学得慢？"),
        Text(
            "Because its error is multiplied by its slope, and a saturated sigmoid is flat. This neuron outputs "
            "{} where the target is 0, almost the worst possible; its slope is {}, and what remains of the error "
            "is {}.",
            "因为误差要乘以斜率，而饱和的 sigmoid 几乎是平的。这个神经元的目标是 0，输出却是 {}，错得几乎不能再错；"
            "它的斜率为 {}，误差只剩 {}。",
        ),
        _ONE | {"step": "bp1.1"},
        ("a.1.1", "slope.1.1", "delta.1.1"),
        _NIELSEN,
    ),
    Question(
        "cross_entropy",
        Text("How does cross-entropy help?", "交叉熵有什么帮助？"),
        Text(
            "Its gradient has the slope in the denominator, so that it cancels: δ is output minus target. The "
            "same saturated neuron now has δ = {} instead of about a fiftieth of it, and learns fastest where it "
            "is most wrong.",
            "它的梯度把斜率放在分母上，恰好约去：δ 等于输出减目标。同一个饱和的神经元，现在 δ = {}，"
            "而不是大约它的五十分之一，"
            "错得越多学得越快。",
        ),
        _ONE | {"loss": "binary_cross_entropy", "step": "bp1.1"},
        ("delta.1.1",),
        _NIELSEN,
    ),
    Question(
        "near_zero",
        Text("Does a small δ mean that a neuron is near its optimum?", "δ 很小，就说明神经元接近最优了吗？"),
        Text(
            "No. δ is small where the cost hardly depends on z: because the output is good, or because the "
            "activation function is flat there. Here the output is {}, the cost {}, close to the largest "
            "possible, and yet δ is only {}.",
            "不是。δ 小只说明代价几乎不随 z 变化：可能是输出已经很好，也可能是激活函数在此处平坦。这里输出 {}，代"
            "价 {}，几乎是最大值，δ 却只有 {}。",
        ),
        _ONE | {"net": "3_3", "step": "bp1.1"},
        ("a.1.1", "C", "delta.1.1"),
        _B,
    ),
    Question(
        "dead",
        Text("What is a dead ReLU?", "什么是“死亡”的 ReLU？"),
        Text(
            "A ReLU whose z is at most 0 for every sample: its output is always 0, and because its slope is 0 no "
            "error comes back through it, however large. Here there is one sample: z¹₂ = {}, so δ¹₂ = {}, and "
            "none of its weights moves. Its own gradient stays 0; only changes elsewhere, in the layers before it "
            "or by a penalty on the weights, can revive it.",
            "对所有样本都有 z ≤ 0 的 ReLU：输出恒为 0，而且斜率为 0，误差再大也传不回来。这里只有一个样本：z¹₂ = "
            "{}，所以 δ¹₂ = {}，它的权重都不动。它自己的梯度从此为 0，只有别处的变化（前面各层的更新，或权重的惩罚"
            "项）才可能使它恢复。",
        ),
        _RELU | {"net": "0.6_0.8_0.2_0.3_0.4_-1_0.6_-0.2_0.1", "step": "bp2.1"},
        ("z.1.2", "delta.1.2"),
    ),
    Question(
        "symmetry",
        Text("Why not start with equal weights?", "为什么不能让初始权重都相等？"),
        Text(
            "Equal neurons get the same input, give the same output and receive the same error: here both hidden "
            "errors are {}. They take the same step and stay equal forever, so two are no better than one. With "
            "all weights 0, no error reaches them at all.",
            "相同的神经元输入相同、输出相同、误差也相同：这里两个隐藏神经元的误差都是 {}。它们走同样的一步，永远相"
            "同，两个不比一个强。若权重全为 0，连误差都传不过来。",
        ),
        {"sizes": "2-2-1", "init": "constant", "x": "1_0.5", "y": "1", "step": "bp2.1"},
        ("delta.1.1",),
    ),
    Question(
        "vanishing",
        Text("Why do gradients vanish in deep networks?", "为什么深层网络里梯度会消失？"),
        Text(
            "Every layer multiplies the error by a weight and a slope, and the slope of a sigmoid is at most ¼. "
            "Five layers with weights of 1: δ⁵ = {}, δ³ = {}, δ¹ = {}. A larger learning rate is no remedy, "
            "because the last layers would overshoot first. What helps is ReLU, a suitable initialization, "
            "normalization and, in very deep networks, skip connections.",
            "每过一层，误差都要乘以一个权重和一个斜率，而 sigmoid 的斜率至多 ¼。五层、权重都为 1 时：δ⁵ = {}，δ³ "
            "= {}，δ¹ = {}。加大学习率不是办法，后面的层会先冲过头；有效的是 ReLU、合适的初始化和归一化，极深的网"
            "络还要靠残差连接。",
        ),
        _DEEP | {"step": "bp2.1"},
        ("delta.5.1", "delta.3.1", "delta.1.1"),
    ),
    Question(
        "exploding",
        Text("And when do they explode?", "梯度又在什么时候会爆炸？"),
        Text(
            "Where the product of weights and slopes grows from layer to layer, for example because weight times "
            "slope is above 1 in most of them. Five linear layers with weights of 3: δ⁵ = {}, and δ¹ = {}. "
            "Clipping the gradient treats the symptom; smaller initial weights remove the cause.",
            "各层权重与斜率的乘积逐层增大时，例如多数层的权重乘斜率都大于 1。五个线性层、权重都为 3：δ⁵ = {}，δ¹ "
            "= {}。梯度裁剪只治标，减小初始权重才治本。",
        ),
        _DEEP | {"activations": "linear-linear-linear-linear-linear", "net": "3_0_3_0_3_0_3_0_3_0", "step": "bp2.1"},
        ("delta.5.1", "delta.1.1"),
    ),
    Question(
        "rate",
        Text("What happens if the learning rate is too large?", "学习率太大会怎样？"),
        Text(
            "Each step goes past the lowest point, and lands higher on the other side. One linear neuron with η = 1.2: "
            "the cost goes {}, {}, {}.",
            "每一步都越过最低点，落到对面更高处。一个线性神经元，η = 1.2：代价依次为 {}、{}、{}。",
        ),
        {
            "sizes": "1-1",
            "activations": "linear",
            "net": "1_0",
            "x": "1",
            "y": "0",
            "eta": "1.2",
            "iteration": "3",
            "step": "c",
        },
        ("C@1", "C@2", "C@3"),
    ),
    Question(
        "together",
        Text("Why must all layers be updated together?", "为什么所有层必须同时更新？"),
        Text(
            "Every gradient is that of the cost at the old weights. If the output weights move first, the hidden "
            "errors belong to a network that never ran forward. The damage is small and therefore hard to see: "
            "Mazur's article prints 0.291027924 for the cost after one update; the correct value is {}.",
            "每个梯度都是代价在旧权重处的梯度。若输出层权重先动，隐藏层误差就属于一个从未做过前向传播的网络。差别"
            "很小，所以很难发现：Mazur 的文章印的一次更新后的代价是 0.291027924，正确的是 {}。",
        ),
        {"example": "mazur", "iteration": "2", "step": "c", "digits": "10"},
        ("C@2",),
    ),
    Question(
        "bias",
        Text("What is a bias for, and what is its gradient?", "偏置有什么用，它的梯度是什么？"),
        Text(
            "It shifts the point at which a neuron switches on. It is the weight of an input that is always 1, so "
            "its gradient is the error times 1: {}.",
            "它移动神经元“开启”的位置。它相当于输入恒为 1 的权重，所以梯度就是误差乘以 1：{}。",
        ),
        {"example": "relu_softmax", "step": "bp3.2"},
        ("db.2.1",),
    ),
    Question(
        "batch",
        Text("What changes with a batch of samples?", "换成一批样本，有什么变化？"),
        Text(
            "Each sample has its own z, a and δ, independent of the others (except with batch normalization). Only "
            "the gradients join them, as the mean over the samples. A sum would have the same direction and act "
            "like a learning rate multiplied by the number of samples. Here four samples together give ∂C/∂b²₁ = "
            "{}.",
            "每个样本有自己的 z、a 和 δ，互不相干（批量归一化除外）；只有梯度把它们合在一起，取各样本的平均。若改为"
            "求和，方向不变，只相当于学习率放大了样本数倍。这里四个样本合起来得 ∂C/∂b²₁ = {}。",
        ),
        {"example": "xor", "step": "bp3.2"},
        ("db.2.1",),
    ),
    Question(
        "jacobian",
        Text("Why is a ⊙ (1 − a) wrong for softmax?", "softmax 为什么不能用 a ⊙ (1 − a)？"),
        Text(
            "That is only the diagonal. Each output of softmax depends on every z: if one probability rises, the "
            "others fall. The full Jacobian gives δ²₁ = {}; its diagonal alone, with two outputs, half of that.",
            "那只是对角线。softmax 的每个输出依赖所有的 z：一个概率上升，其余就下降。整个雅可比矩阵给出 δ²₁ = {}；"
            "只取对角线，两个输出时就只有一半。",
        ),
        {"example": "relu_softmax", "step": "bp1.2"},
        ("delta.2.1",),
    ),
    Question(
        "nonlinear",
        Text("Why must an activation function be nonlinear?", "激活函数为什么必须是非线性的？"),
        Text(
            "Because a linear function of a linear function is linear: any number of linear layers is one layer. Here "
            "two linear layers with weights 3 and {} do no more than one with weight {}.",
            "因为线性函数的复合仍是线性的：再多的线性层也只相当于一层。这里两个线性层，权重为 3 和 {}，只相当于"
            "一个权重为 {} 的层。",
        ),
        {"sizes": "1-1-1", "activations": "linear-linear", "net": "3_0_2_0", "x": "1", "y": "0", "step": "a.2"},
        ("W.2.1.1", "a.2.1"),
    ),
    Question(
        "backward",
        Text("Why backward, and not forward?", "为什么要反向，而不是前向？"),
        Text(
            "Forward, a change of each weight has to be carried to the cost separately: with n weights, n + 1 forward "
            "passes. Backward, one cost is carried to all weights at once: one forward pass and one backward pass, "
            "together about three times the work of one. Here the twelve parameters would take thirteen passes. The "
            "largest gradient, found in one, is {}.",
            "前向时，每个权重的变化都要单独传到代价：n 个权重要 n + 1 次前向传播。反向时，一个代价同时传给所有权"
            "重：一次前向加一次反向，总共约为一次前向的三倍。这里 12 个参数要 13 次前向；一次反向就得到全部，其"
            "中最大的梯度是 {}。",
        ),
        {"example": "mazur", "step": "bp4.2", "biases": "1"},
        ("db.2.1",),
    ),
    Question(
        "minimum",
        Text(
            "The loss does not fall any more: minimum, saddle point or plateau?",
            "损失不再下降：极小值点、鞍点还是平坦区？",
        ),
        Text(
            "The curve cannot tell. In a minimum no direction leads down; at a saddle point some do; on a "
            "plateau the gradient is small over a wide region. In networks true poor minima are rare. This XOR "
            "network has been trained for five thousand iterations and stands at C = {}: it creeps along a "
            "trough, its loss still falls, and one more hidden neuron leads out.",
            "只看曲线无法区分。极小值点处没有下降的方向；鞍点处有；平坦区则是一大片梯度很小的区域。神经网络中真"
            "正很差的极小值点并不多见。这个 XOR 网络训练了五千次，C = {}：它沿一条长谷缓慢爬行，损失仍在下降，多"
            "一个隐藏神经元就能走出来。",
        ),
        {"example": "xor", "iteration": "5001", "step": "c"},
        ("C",),
    ),
)
