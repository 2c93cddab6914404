"""The first half of the lecture: the chain rule on the smallest network, and one pass through a small one."""

from engine import Text
from visualizer.slides.record import Ask, Stop

NETWORK = {"example": "mazur", "biases": "1"}
_NUDGED_BIAS = "0.15_0.2_0.36_0.25_0.3_0.35_0.4_0.45_0.6_0.5_0.55_0.6"


_CHAIN = {"sizes": "1-1-1", "x": "1", "y": "1", "net": "1_0_-1_0", "loss": "squared_error", "eta": "0.5"}


CHAIN = (
    Stop(
        _CHAIN | {"step": "c"},
        Text(
            "The smallest case: one neuron per layer, w¹ = 1, w² = −1. C depends on a², a² on z², z² on a¹, a¹ on "
            "z¹, and z¹ on w¹. The output is 0.3250, the target 1.",
            "最小的情形：每层一个神经元，w¹ = 1，w² = −1。C 取决于 a²，a² 取决于 z²，z² 取决于 a¹，a¹ 取决于 z¹，"
            "z¹ 取决于 w¹。输出是 0.3250，目标是 1。",
        ),
        "W.1.1.1",
        ask=Ask(
            Text("The output should rise. What should w¹ do?", "输出应当升高。w¹ 应当怎样？"),
            (Text("grow", "增大"), Text("shrink", "减小"), Text("stay", "不变")),
            1,
            "dW.1.1.1",
        ),
        claims={"0.3250": "a.2.1"},
        name="chain",
        part=Text("2 Backward", "2 反向"),
    ),
    Stop(
        {"step": "bp4.1"},
        Text(
            "The chain rule multiplies the slopes along the path, from C back to w¹: 2(a² − y) · σ′(z²) · w² · "
            "σ′(z¹) · x = −1.3501 · 0.2194 · (−1) · 0.1966 · 1 = 0.0582. It is positive, so w¹ should shrink. "
            "The first two factors together are called the error δ² = −0.2962.",
            "链式法则：从 C 沿路径往回，把各段的斜率相乘：2(a² − y) · σ′(z²) · w² · σ′(z¹) · x = −1.3501 · 0.2194 · "
            "(−1) · 0.1966 · 1 = 0.0582。结果为正，所以 w¹ 应减小。前两个因子之积称为误差 δ² = −0.2962。",
        ),
        "W.1.1.1",
        {
            "−1.3501": "grad.2.1",
            "0.2194": "slope.2.1",
            "0.1966": "slope.1.1",
            "0.0582": "dW.1.1.1",
            "−0.2962": "delta.2.1",
        },
        name="product",
    ),
    Stop(
        NETWORK | {"step": "bp1.2", "granularity": "layer"},
        Text(
            "Back to our network. Hidden neuron 1 feeds both outputs, so it reaches C by two paths. Upper path: 0.40 · "
            "0.1385 = 0.0554. Lower path: 0.50 · (−0.0381) = −0.0190.",
            "回到我们的网络。隐藏神经元 1 通向两个输出，有两条路径到达 C。上面一条：0.40 · 0.1385 = 0.0554；下面"
            "一条：0.50 · (−0.0381) = −0.0190。",
        ),
        "a.1.1",
        {"0.1385": "delta.2.1", "−0.0381": "delta.2.2", "0.0554": "delta.2.1*0.4", "−0.0190": "delta.2.2*0.5"},
        Ask(
            Text("How do two paths combine?", "两条路径怎样合并？"),
            (Text("multiply", "相乘"), Text("add", "相加"), Text("the larger one counts", "取较大的")),
            1,
        ),
        "paths",
    ),
    Stop(
        NETWORK | {"step": "c", "net": _NUDGED_BIAS},
        Text(
            "They add: 0.0364. Times the neuron's own slope 0.2413, that is 0.0088. Check it with a nudge: b¹₁ up by "
            "0.01, and C rises by 0.000088, the same 0.0088 per unit. Multiply along a path, add over paths: that is "
            "all of backpropagation.",
            "相加：0.0364。再乘以神经元自己的斜率 0.2413，得 0.0088。动手验证：b¹₁ 增加 0.01，C 上升 0.000088，"
            "每单位也是 0.0088。沿路径相乘，对各路径相加：反向传播就是这些。",
        ),
        "b.1.1",
        {
            "0.0364": "before.delta.2.1*0.4+before.delta.2.2*0.5",
            "0.2413": "before.slope.1.1",
            "0.0088": "change/0.01",
            "0.000088": "change",
        },
        name="add",
    ),
)
BACKWARD = (
    Stop(
        NETWORK | {"step": "bp1.2.1", "granularity": "neuron"},
        Text(
            "Now in order. The backward pass begins at the output, with two factors: how much C changes with this "
            "output, a − y = 0.7414, and how much the output changes with its z, the slope σ′(z) = 0.1868. Their "
            "product is the error δ²₁ = 0.1385.",
            "现在按次序来。反向从输出开始，有两个因子：C 随这个输出变化多少，a − y = 0.7414；输出随它的 z 变化多少，"
            "斜率 σ′(z) = 0.1868。两者之积就是误差 δ²₁ = 0.1385。",
        ),
        "a.2.1",
        {"0.7414": "grad.2.1", "0.1868": "slope.2.1", "0.1385": "delta.2.1"},
        Ask(
            Text("The second output is too small. The sign of δ²₂?", "第二个输出偏小。δ²₂ 的符号是？"),
            (Text("positive", "正"), Text("negative", "负"), Text("zero", "零")),
            1,
            "delta.2.2",
        ),
        "7",
    ),
    Stop(
        {"step": "bp1.2.2"},
        Text(
            "The second output is too small, so a − y is negative, and so is δ²₂ = −0.0381. The step goes against the "
            "sign of δ: this z up, the first one down. BP1 writes both at once.",
            "第二个输出偏小，a − y 为负，所以 δ²₂ = −0.0381。更新的方向与 δ 的符号相反：这个 z 升，第一个降。"
            "BP1 把两者一并写出。",
        ),
        "a.2.2",
        {"−0.0381": "delta.2.2"},
        name="8",
    ),
    Stop(
        {"step": "bp3.2", "granularity": "layer"},
        Text(
            "BP3 is free: a bias enters z with factor 1, so its gradient is the error itself. A weight enters z times "
            "the activation it carries; w²₁₁ carries 0.5933 to the error 0.1385.",
            "BP3 不用算：偏置进入 z 的系数是 1，它的梯度就是误差本身。权重进入 z 时要乘上它传来的激活值；w²₁₁ 传来 "
            "0.5933，通向误差 0.1385。",
        ),
        "b.2.1",
        {"0.5933": "a.1.1", "0.1385": "delta.2.1"},
        Ask(
            Text("∂C/∂w²₁₁ = ?", "∂C/∂w²₁₁ = ？"),
            (Text("0.0822", "0.0822"), Text("0.1385", "0.1385"), Text("0.4548", "0.4548"), Text("0.7318", "0.7318")),
            0,
            "dW.2.1.1",
        ),
        "9",
    ),
    Stop(
        {"step": "bp4.2.1.1", "granularity": "weight"},
        Text(
            "BP4: a in × δ out, 0.5933 · 0.1385 = 0.0822. It is the slope that we measured by hand, this time "
            "without a trial.",
            "BP4：“a 入 × δ 出”，0.5933 · 0.1385 = 0.0822。这正是刚才动手量出来的斜率，而这次一次也没有试。",
        ),
        "W.2.1.1",
        {"0.5933": "a.1.1", "0.1385": "delta.2.1", "0.0822": "dW.2.1.1"},
        Ask(
            Text("Which gradient of W² has the largest magnitude?", "W² 的哪个梯度绝对值最大？"),
            tuple(Text(name, name) for name in ("w²₁₁", "w²₁₂", "w²₂₁", "w²₂₂")),
            1,
            "dW.2.1.2",
        ),
        "10",
    ),
    Stop(
        {"step": "bp4.2", "granularity": "layer"},
        Text(
            "w²₁₂, by a hair: same error, larger activation. All four at once: the column δ² times the row "
            "(a¹)ᵀ is a 2 × 2 matrix, in the shape of W². A gradient always has the shape of what it belongs "
            "to; when your code complains, check the shapes first.",
            "是 w²₁₂，略大一点：误差相同，激活值更大。四个一起算：列 δ² 乘行 (a¹)ᵀ 得到 2 × 2 矩阵，形状与 W² 相同。"
            "梯度的形状总和它所属的参数一样；代码报错时，先查形状。",
        ),
        "W.2.1.2",
        name="11",
    ),
    Stop(
        {"step": "bp2.1.1", "granularity": "neuron"},
        Text(
            "A hidden neuron has no target, but we know its error already: it collects the errors of the neurons it "
            "feeds, 0.40 · 0.1385 + 0.50 · (−0.0381), and multiplies by its own slope 0.2413: δ¹₁ = 0.0088. These are "
            "the two paths.",
            "隐藏神经元没有目标值，但它的误差我们已经会算：收集它所通向的神经元的误差，0.40 · 0.1385 + 0.50 · "
            "(−0.0381)，再乘以它自己的斜率 0.2413：δ¹₁ = 0.0088。正是刚才的两条路径。",
        ),
        "a.1.1",
        {"0.1385": "delta.2.1", "−0.0381": "delta.2.2", "0.2413": "slope.1.1", "0.0088": "delta.1.1"},
        name="12",
    ),
    Stop(
        {"step": "bp2.1", "granularity": "layer"},
        Text(
            "Forward, row j of W² holds the weights into neuron j. Backward, column k holds the weights out of neuron "
            "k. Rows and columns change places, and that is all the transpose in (W²)ᵀδ² means.",
            "前向时，W² 的第 j 行是流入神经元 j 的权重；反向时，第 k 列是从神经元 k 流出的权重。行列互换，(W²)ᵀδ² "
            "里的转置就是这个意思。",
        ),
        "a.1.2",
        ask=Ask(
            Text("∂C/∂w²₁₁ was 0.0822. How large is ∂C/∂w¹₁₁?", "∂C/∂w²₁₁ 是 0.0822。∂C/∂w¹₁₁ 有多大？"),
            (Text("larger", "更大"), Text("about the same", "差不多"), Text("much smaller", "小得多")),
            2,
            "dW.1.1.1",
        ),
        name="13",
    ),
    Stop(
        {"step": "bp4.1"},
        Text(
            "Now that δ¹ is known, BP3 and BP4 apply again unchanged, however many layers there are. ∂C/∂w¹₁₁ = 0.05 · "
            "0.0088 = 0.00044 is small: the input was small, and the error has passed through two slopes.",
            "有了 δ¹，BP3 和 BP4 原样再用一次，有多少层都一样。∂C/∂w¹₁₁ = 0.05 · 0.0088 = 0.00044，很小："
            "输入本来就小，误差又乘过两次斜率。",
        ),
        "W.1.1.1",
        {"0.0088": "delta.1.1", "0.00044": "dW.1.1.1"},
        name="14",
    ),
)
