"""The lesson on Nielsen's notation, the four equations and the demon."""

from engine import Text
from visualizer.lessons.record import Lesson, Stop

_SMALL = {"sizes": "3-2-2", "x": "1_0.5_-1", "y": "1_0"}
_NET = "0.2_-0.4_0.6_0.1_0.5_0.1_-0.3_{}_0.7_-0.5_{}_-0.6_0.4_0.3"  # open: the biases b¹₂ and b²₁
_PLAIN = _SMALL | {"net": _NET.format("-0.2", "0.2")}
_SATURATED = {"sizes": "1-1", "x": "1", "y": "0", "net": "2_2", "eta": "0.15"}

FOUR_EQUATIONS = Lesson(
    "four_equations",
    Text("Four equations and a demon", "四个方程与一个小恶魔"),
    Text(
        "“How the backpropagation algorithm works” (article in Chinese), after Michael Nielsen",
        "《backpropagation算法原理》，依 Michael Nielsen",
    ),
    16,
    (
        Stop(
            _PLAIN | {"step": "0"},
            Text(
                "w¹₁₃ leads to neuron 1 of layer 1, from number 3 of the layer before: where it goes comes first, "
                "where it comes from second. That looks the wrong way round, and it is what makes z = Wa + b work "
                "without a transpose.",
                "w¹₁₃ 通向第 1 层的神经元 1，来自前一层的第 3 个：先写去处，后写来处。看上去反了，但正因为这样，z = "
                "Wa + b 里才不需要转置。",
            ),
            "W.1.1.3",
        ),
        Stop(
            {"step": "z.1"},
            Text(
                "Row j of W¹ holds everything that flows into neuron j; z¹ = (−0.5, 0.65). z is what stands before σ, "
                "a what comes after it; the article once forgets σ, and once applies it to a.",
                "W¹ 的第 j 行是流入神经元 j 的全部权重；z¹ = (−0.5, 0.65)。z 在 σ 之前，a 在 σ 之后；原文有一处漏了 "
                "σ，还有一处对 a 又用了 σ。",
            ),
            "a.1.1",
            {"−0.5": "z.1.1", "0.65": "z.1.2"},
        ),
        Stop(
            {"step": "a.2"},
            Text(
                "σ acts on each element by itself: a² = (0.5339, 0.5833). The article calls a^L the true value; it is "
                "what the network answers, and the true value is y.",
                "σ 对每个元素分别作用：a² = (0.5339, 0.5833)。原文称 a^L 为真实值；其实它是网络的回答，真实值是 y。",
            ),
            "",
            {"0.5339": "a.2.1", "0.5833": "a.2.2"},
        ),
        Stop(
            {"step": "c"},
            Text(
                "Two assumptions about the cost: it is an average over the samples, so one sample at a time will do, "
                "and it depends on the network through the outputs only, so the way back can begin there. Here there "
                "is one sample, and C = 0.2787.",
                "对代价有两条假设：它是各样本代价的平均，所以可以一个样本一个样本地算；它只通过输出依赖于网络，"
                "所以可以从输出开始往回走。这里只有一个样本，C = 0.2787。",
            ),
            "C",
            {"0.2787": "C"},
        ),
        Stop(
            {"step": "bp1.2"},
            Text(
                "BP1: ⊙ multiplies element by element, (−0.4661, 0.5833) ⊙ (0.2489, 0.2431) = (−0.1160, 0.1418). The "
                "first output should rise and the second fall, and the signs of δ² say so.",
                "BP1：⊙ 是逐元素相乘，(−0.4661, 0.5833) ⊙ (0.2489, 0.2431) = (−0.1160, 0.1418)。第一个输出应升高，"
                "第二个应降低，δ² 的符号正是这个意思。",
            ),
            "a.2.1",
            {
                "−0.4661": "grad.2.1",
                "0.5833": "grad.2.2",
                "0.2489": "slope.2.1",
                "0.2431": "slope.2.2",
                "−0.1160": "delta.2.1",
                "0.1418": "delta.2.2",
            },
        ),
        Stop(
            {"step": "c", "net": _NET.format("-0.2", "0.3")},
            Text(
                "Nielsen's demon sits in output neuron 1 and adds Δz = 0.1; we play the demon by raising b²₁ from "
                "0.2 to 0.3. δ²₁ = −0.1160 predicts a change of about δ²₁ · Δz = −0.0116, and C has changed by "
                "−0.0112. That is why δ is called the error: it measures how much the demon can do.",
                "Nielsen 的小恶魔坐在输出神经元 1 里，给 z 加上 Δz = 0.1；我们把 b²₁ 从 0.2 调到 0.3，就是扮演它。"
                "δ²₁ = −0.1160 预言变化约为 δ²₁ · Δz = −0.0116，而 C 实际变化了 −0.0112。δ 之所以叫误差，就在于它"
                "衡量小恶魔能做多少。",
            ),
            "b.2.1",
            {"−0.0116": "before.delta.2.1*0.1", "−0.0112": "change"},
        ),
        Stop(
            _PLAIN | {"step": "bp2.1"},
            Text(
                "BP2: the transpose carries the errors one layer back, and σ′(z¹) multiplies them: δ¹ = (−0.0391, "
                "0.0258). The article says that it moves the error forward; it goes backward, against the arrows "
                "of the network.",
                "BP2：转置矩阵把误差往回传一层，再乘以 σ′(z¹)：δ¹ = (−0.0391, 0.0258)。原文说误差“向前”传，其实是"
                "向后，与前向的方向相反。",
            ),
            "a.1.1",
            {"−0.0391": "delta.1.1", "0.0258": "delta.1.2"},
        ),
        Stop(
            {"step": "c", "net": _NET.format("-0.1", "0.2")},
            Text(
                "The demon in a hidden neuron: b¹₂ is −0.1 instead of −0.2, so again Δz = 0.1. C grows by 0.0025, "
                "close to δ¹₂ · Δz = 0.0258 · 0.1 = 0.0026. Hidden neurons have no target, yet a well-defined "
                "error.",
                "小恶魔换到隐藏神经元里：b¹₂ 由 −0.2 变为 −0.1，仍是 Δz = 0.1。C 增加了 0.0025，与 δ¹₂ · Δz = "
                "0.0258 · 0.1 = 0.0026 相近。隐藏神经元没有目标值，却有明确的误差。",
            ),
            "b.1.2",
            {"0.0026": "before.delta.1.2*0.1", "0.0025": "change"},
        ),
        Stop(
            _PLAIN | {"step": "bp3.1"},
            Text(
                "BP3 is what the demon just did: to move the bias is to move z, so ∂C/∂b¹ⱼ = δ¹ⱼ. And b¹ⱼ is the bias "
                "of neuron j, not of k as the article has it.",
                "BP3 正是小恶魔刚才做的事：动偏置就是动 z，所以 ∂C/∂b¹ⱼ = δ¹ⱼ。另外，b¹ⱼ 是神经元 j 的偏置，"
                "不是原文说的 k。",
            ),
            "b.1.1",
        ),
        Stop(
            {"step": "bp4.1.1.3", "granularity": "weight"},
            Text(
                "BP4, “a in × δ out”: the input is −1 and the error −0.0391, so ∂C/∂w¹₁₃ = 0.0391. Where little flows "
                "in, a weight learns slowly, however large the error. The a comes from the layer before, the δ from "
                "the weight's own layer.",
                "BP4，“a 入 × δ 出”：输入为 −1，误差为 −0.0391，所以 ∂C/∂w¹₁₃ = 0.0391。流入的 a 小，误差再大，"
                "权重也学得慢。a 取自前一层，δ 取自权重所在的层。",
            ),
            "W.1.1.3",
            {"−0.0391": "delta.1.1", "0.0391": "dW.1.1.3"},
        ),
        Stop(
            _SATURATED | {"step": "bp1.1"},
            Text(
                "The article says that where δ is near zero, the neuron is near its optimum. Look here: 0 is wanted, "
                "the neuron says 0.9820, and still δ = 0.0173. The slope 0.0177 hides the error: the neuron is "
                "saturated, not good.",
                "原文说，δ 接近零，神经元就已接近最优。看这里：目标是 0，神经元输出 0.9820，δ 却只有 0.0173。是斜率 "
                "0.0177 把误差藏了起来：神经元是饱和了，不是学好了。",
            ),
            "a.1.1",
            {"0.9820": "a.1.1", "0.0173": "delta.1.1", "0.0177": "slope.1.1"},
        ),
        Stop(
            {"step": "c", "iteration": "301"},
            Text(
                "Three hundred updates later it says 0.2028: it has learnt after all. But half way it still stood at "
                "0.9334; all that time went by on the flat part of σ.",
                "更新三百次之后输出 0.2028：终究学会了一些。可是走到一半时它还停在 0.9334，前一半时间都耗在 σ "
                "平坦的那一段上。",
            ),
            "a.1.1",
            {"0.2028": "a.1.1", "0.9334": "a.1.1@151"},
        ),
        Stop(
            {"step": "bp1.1", "iteration": "1", "loss": "binary_cross_entropy"},
            Text(
                "The same saturated neuron with the cross-entropy: σ′ cancels, and δ = a − y = 0.9820. A large "
                "mistake is a large error again.",
                "同一个饱和的神经元，换成交叉熵：σ′ 被约去，δ = a − y = 0.9820。错得多，误差就大，这才合理。",
            ),
            "a.1.1",
            {"0.9820": "delta.1.1"},
        ),
    ),
    order=3,
)
