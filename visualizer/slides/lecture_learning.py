"""The second half of the lecture: what the gradients are for, what may go wrong, and the same number elsewhere."""

from engine import Text
from visualizer.slides.lecture_pass import NETWORK
from visualizer.slides.record import Ask, Stop

_BOWL = {"sizes": "1-1", "activations": "linear", "x": "1", "y": "0", "net": "1_0", "eta": "1.2"}
_OFF = {"sizes": "2-2-1", "activations": "relu-relu", "x": "1.2_0.5", "y": "1", "eta": "0.1"}
_OFF_NET = "0.6_0.8_0.2_0.3_0.4_-1_0.6_-0.2_0.1"
_DEEP = {"sizes": "4-4-4-4-4-4-4-2", "seed": "1", "step": "bp2.1"}
_TANH = "-".join(["tanh"] * 6 + ["sigmoid"])
TORCH = """\
import torch

x = torch.tensor([0.05, 0.10])
y = torch.tensor([0.01, 0.99])
W1 = torch.tensor([[0.15, 0.20], [0.25, 0.30]])
W2 = torch.tensor([[0.40, 0.45], [0.50, 0.55]])
W1.requires_grad = W2.requires_grad = True

a1 = torch.sigmoid(W1 @ x + 0.35)
a2 = torch.sigmoid(W2 @ a1 + 0.60)
C = 0.5 * ((a2 - y) ** 2).sum()
C.backward()

print(W2.grad[0, 0])  # tensor(0.0822)
"""

LEARNING = (
    Stop(
        NETWORK | {"step": "update", "granularity": "layer"},
        Text(
            "Only now do the weights change, all at once, each by η = 0.5 times its gradient, downhill: w²₁₁ goes from "
            "0.40 to 0.3589. BP2 needed the old W², so nothing may move before everything is computed.",
            "到这时权重才改变，而且一起改变，各自朝下坡方向走 η = 0.5 乘以自己的梯度：w²₁₁ 从 0.40 变为 0.3589。BP2 "
            "要用旧的 W²，所以没算完之前谁都不能动。",
        ),
        "W.2.1.1",
        {"0.3589": "W_new.2.1.1"},
        Ask(
            Text("C was 0.2984. After this one step it is about", "C 原来是 0.2984。走这一步之后约为"),
            (Text("0.2805", "0.2805"), Text("0.1492", "0.1492"), Text("0", "0")),
            0,
        ),
        "15",
        Text("3 Learning", "3 学习"),
    ),
    Stop(
        {"step": "c", "iteration": "2"},
        Text(
            "Same input, same target, new weights: the cost fell from 0.2984 to 0.2805. That is one iteration of "
            "gradient descent; everything else is a refinement.",
            "输入不变，目标不变，权重是新的：代价从 0.2984 降到 0.2805。这就是梯度下降的一次迭代，其余都是改进。",
        ),
        "C",
        {"0.2805": "C"},
        name="16",
    ),
    Stop(
        {"eta": "0.05"},
        Text(
            "How large should η be? Ten times smaller, and the cost only falls to 0.2966: safe, but ten times as many "
            "steps. So why not ten times larger? To see that, take a single linear neuron with w = 1 and target 0.",
            "η 应取多大？小到十分之一，代价只降到 0.2966：安全，但步数要多十倍。那为什么不大十倍？看最简单的情形："
            "一个线性神经元，w = 1，目标为 0。",
        ),
        "C",
        {"0.2966": "C"},
        Ask(
            Text("Its cost is a bowl. With η = 1.2, C goes from 0.5 to", "它的代价像一只碗。取 η = 1.2，C 从 0.5 变为"),
            (Text("0.02", "0.02"), Text("0.25", "0.25"), Text("0.98", "0.98")),
            2,
        ),
        "small",
    ),
    Stop(
        _BOWL | {"step": "c", "iteration": "2"},
        Text(
            "0.98, then 1.92, then worse: every step goes past the lowest point and lands higher on the other "
            "side. Too small crawls, too large climbs. The limit is 2 divided by the curvature of the bowl, "
            "here 1.",
            "变为 0.98，然后 1.92，越来越糟：每一步都越过最低点，落到对面更高处。太小则爬行，太大则爬坡。界限是 "
            "2 除以碗的曲率，这里为 1。",
        ),
        "C",
        {"0.98": "C", "1.92": "C@3"},
        name="large",
    ),
    Stop(
        NETWORK | {"step": "update", "iteration": "1"},
        Text(
            "With more weights the bowl becomes a landscape; the gradient is the slope under our feet. Open it "
            "for w²₁₁ and w²₁₂: the step just taken goes straight down, across the contours.",
            "权重多了，碗就成了一片曲面，而梯度只是脚下的坡度。打开 w²₁₁ 与 w²₁₂ 的损失曲面：刚才那一步正沿着最陡的方向"
            "下降，与等高线垂直。",
        ),
        "W.2.1.1",
        ask=Ask(
            Text("After a thousand such steps, C is about", "这样走一千步之后，C 约为"),
            (Text("0.1", "0.1"), Text("0.0003", "0.0003"), Text("exactly 0", "恰好为 0")),
            1,
        ),
        name="landscape",
        page={"page": "landscape", "plane": "weights", "first": "w2.1.1", "second": "w2.1.2"},
    ),
    Stop(
        {"step": "c", "iteration": "1001"},
        Text(
            "C = 0.0003, with outputs 0.0267 and 0.9738. Nobody told the network how: four lines, a thousand "
            "times. BP1 δᴸ = ∇C ⊙ σ′(zᴸ) · BP2 δˡ = (Wˡ⁺¹)ᵀδˡ⁺¹ ⊙ σ′(zˡ) · BP3 ∂C/∂b = δ · BP4 ∂C/∂W = δ aᵀ.",
            "C = 0.0003，输出为 0.0267 和 0.9738。没有人教它怎么做，只是同样的四行用了一千遍。BP1 δᴸ = ∇C ⊙ "
            "σ′(zᴸ) · BP2 δˡ = (Wˡ⁺¹)ᵀδˡ⁺¹ ⊙ σ′(zˡ) · BP3 ∂C/∂b = δ · BP4 ∂C/∂W = δ aᵀ。",
        ),
        "",
        {"0.0267": "a.2.1", "0.9738": "a.2.2", "0.0003": "C"},
        name="17",
    ),
)
TROUBLE = (
    Stop(
        _OFF | {"net": _OFF_NET, "step": "z.1"},
        Text(
            "A different network, this time with ReLU. The second hidden neuron has z = −0.44, so its output is 0: for "
            "this input it is off.",
            "换一个网络，这次用 ReLU。第二个隐藏神经元的 z = −0.44，输出为 0：对这个输入，它没有激活。",
        ),
        "a.1.2",
        {"−0.44": "z.1.2"},
        Ask(
            Text("What will its error δ¹₂ be?", "它的误差 δ¹₂ 会是多少？"),
            (Text("large", "很大"), Text("exactly 0", "恰好为 0"), Text("negative", "负")),
            1,
            "delta.1.2",
        ),
        "18",
        Text("4 What can go wrong", "4 会出什么问题"),
    ),
    Stop(
        {"step": "bp2.1"},
        Text(
            "The output error is −0.108, but the slope of ReLU is 0 there, so δ¹₂ = 0. None of the weights into this "
            "neuron will move. If that happens for every sample, the neuron is dead: only changes in other layers can "
            "revive it.",
            "输出层的误差是 −0.108，可那里 ReLU 的斜率是 0，所以 δ¹₂ = 0。通向它的权重一个也不会动；如果对每个样"
            "本都这样，它就“死亡”了，只有其他层的变化才可能使它恢复。",
        ),
        "a.1.2",
        {"−0.108": "delta.2.1", "0": "delta.1.2"},
        name="19",
    ),
    Stop(
        {"example": "relu_softmax", "step": "bp1.2.1", "granularity": "neuron"},
        Text(
            "Softmax turns sums into probabilities, here 0.4803 and 0.5197. Every output depends on every z, so the "
            "slope is a whole matrix, the Jacobian. With the squared loss the errors are ±0.2398.",
            "softmax 把加权输入变成概率，这里是 0.4803 和 0.5197。每个输出都依赖所有的 z，所以斜率是一整个矩阵，"
            "即雅可比矩阵。用平方损失时，误差为 ±0.2398。",
        ),
        "a.2.1",
        {"0.4803": "a.2.1", "0.5197": "a.2.2", "0.2398": "delta.2.1"},
        Ask(
            Text("With cross-entropy instead, the errors become", "换成交叉熵，误差变得"),
            (Text("about twice as large", "约为两倍"), Text("half as large", "一半"), Text("zero", "为零")),
            0,
        ),
        "20",
    ),
    Stop(
        {"loss": "cross_entropy"},
        Text(
            "Same network, now with cross-entropy: the Jacobian cancels and δ² = a − y = ±0.4803 is left. It is "
            "simpler, here about twice as large, and does not vanish where softmax saturates. Choose loss and "
            "output layer together.",
            "网络不变，换成交叉熵：雅可比矩阵被约去，只剩 δ² = a − y = ±0.4803。式子更简单，误差在这里约为刚才的两倍，"
            "softmax 饱和时也不会消失。损失和输出层要配着选。",
        ),
        "a.2.1",
        {"0.4803": "delta.2.1"},
        name="21",
        equation=False,
    ),
    Stop(
        {"example": "xor", "step": "bp3.2"},
        Text(
            "Four samples at once: the XOR table. Each has its own error, 0.2463, −0.0744, −0.0300 and 0.2068, and the "
            "gradient is their average, 0.0872. That is all there is to a batch: compute each sample by itself, then "
            "average. (Batch normalization is the exception.)",
            "四个样本一起算：异或的真值表。每个样本有自己的误差，0.2463、−0.0744、−0.0300、0.2068，梯度是它们的平均值 "
            "0.0872。所谓批量，就是分别计算，再取平均（批量归一化除外）。",
        ),
        "b.2.1",
        {
            "0.2463": "delta.2.1.1",
            "−0.0744": "delta.2.1.2",
            "−0.0300": "delta.2.1.3",
            "0.2068": "delta.2.1.4",
            "0.0872": "db.2.1",
        },
        name="22",
        equation=False,
    ),
    Stop(
        _DEEP,
        Text(
            "Seven sigmoid layers. The largest output error is 0.145; in the first layer 0.000007 of it is left. Every "
            "layer multiplies by a slope of at most ¼: the gradient vanishes.",
            "七层 sigmoid。输出层最大的误差是 0.145，到第一层只剩 0.000007。每过一层都要乘上一个不超过 ¼ 的斜率："
            "梯度消失。",
        ),
        "",
        {"0.145": "delta.7.max", "0.000007": "delta.1.max"},
        Ask(
            Text(
                "The same weights with tanh, whose slope reaches 1: how much more arrives?",
                "权重不变，换成斜率可达 1 的 tanh：传到的误差大多少？",
            ),
            (Text("about 4 times", "约 4 倍"), Text("hundreds of times", "几百倍"), Text("nothing more", "没有变化")),
            1,
        ),
        "23",
    ),
    Stop(
        _DEEP | {"activations": _TANH},
        Text(
            "0.005 arrives, hundreds of times more: six layers, each with a slope several times larger. This is one "
            "reason why deep networks moved to tanh and later to ReLU.",
            "传到第一层的有 0.005，大了几百倍：六层，每层的斜率都大了几倍。深层网络先改用 tanh，后来改用 ReLU，"
            "这是原因之一。",
        ),
        "",
        {"0.005": "delta.1.max"},
        name="24",
        equation=False,
    ),
    Stop(
        {"sizes": "2-2-1", "init": "constant", "x": "1_0.5", "y": "1", "step": "bp1.2"},
        Text(
            "Why not start with all weights equal? Here every weight is 0.5. Both hidden neurons get the same "
            "input and give the same output, 0.6792.",
            "为什么初始权重不能都相等？这里每个权重都是 0.5。两个隐藏神经元输入相同，输出也相同，都是 0.6792。",
        ),
        "a.1.1",
        {"0.6792": "a.1.1", "0.5": "W.1.1.1"},
        Ask(
            Text("And their errors δ¹₁ and δ¹₂?", "它们的误差 δ¹₁ 与 δ¹₂ 呢？"),
            (Text("opposite", "相反"), Text("different", "不同"), Text("equal", "相等")),
            2,
            "delta.1.1",
        ),
        "equal",
    ),
    Stop(
        {"step": "bp2.1"},
        Text(
            "Equal, both −0.0082, so they take the same step and stay equal forever: two neurons, no better than one. "
            "Random initial weights break the symmetry. With zeros it is worse: no error gets through at all.",
            "相等，都是 −0.0082，所以走同样的一步，永远相等：两个神经元，不比一个强。随机初始权重打破这种对称。"
            "若全取零则更糟：误差根本传不过来。",
        ),
        "a.1.2",
        {"−0.0082": "delta.1.1"},
        name="symmetry",
    ),
    Stop(
        {"example": "xor", "step": "c", "iteration": "5001"},
        Text(
            "To take home: one pass forward, one back; a in × δ out; slopes keep or kill the gradient; check "
            "the shapes, then the gradient. And try things: this network has trained on XOR for five thousand "
            "iterations and still has C = 0.1783. Another seed? A third hidden neuron?",
            "带走四句话：前向一次，反向一次；a 入 × δ 出；斜率决定梯度的去留；先查形状，再查梯度。然后多试：这个"
            "网络在异或上训练了五千次，C 还有 0.1783。换个种子？加一个隐藏神经元？",
        ),
        "C",
        {"0.1783": "C"},
        Ask(
            Text(
                "Our first network in PyTorch: what will W2.grad[0, 0] print?",
                "用 PyTorch 写第一个网络：W2.grad[0, 0] 会印出什么？",
            ),
            (Text("0.0822", "0.0822"), Text("0.3589", "0.3589"), Text("0.1385", "0.1385")),
            0,
        ),
        "27",
    ),
    Stop(
        NETWORK | {"step": "bp4.2.1.1", "granularity": "weight"},
        Text(
            "0.0822, the number that you can now compute by hand. `C.backward()` does exactly what we did: it records "
            "the forward pass and walks it back, layer by layer. The digits network needs nothing else.",
            "0.0822，正是你现在能亲手算出的数。`C.backward()` 做的和我们完全一样：记录前向传播，再逐层往回计算。"
            "开头的数字网络也不需要别的。",
        ),
        "W.2.1.1",
        {"0.0822": "dW.2.1.1"},
        name="torch",
        code=TORCH,
    ),
)
