"""The lesson on Nielsen's notation, the four equations and the demon."""

from engine import Text
from visualizer.slides import Ask, Lesson, Stop

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
                "w¹₁₃ goes to neuron 1 of layer 1 from neuron 3 of the layer before: destination first, source "
                "second. That looks backwards, but it is what makes z = Wa + b work without a transpose.",
                "w¹₁₃ 从前一层的神经元 3 通向第 1 层的神经元 1：先写终点，后写起点。看上去反了，但正因为这样，z = "
                "Wa + b 里才不需要转置。",
            ),
            "W.1.1.3",
        ),
        Stop(
            {"step": "z.1"},
            Text(
                "Row j of W¹ holds the weights into neuron j; z¹ = (−0.5, 0.65). z is the sum before σ, a the "
                "value after it: two names for two numbers, and mixing them up is a frequent mistake.",
                "W¹ 的第 j 行是流入神经元 j 的全部权重；z¹ = (−0.5, 0.65)。z 在 σ 之前，a 在 σ 之后：两个名称，两"
                "个数，混淆它们是常见的错误。",
            ),
            "a.1.1",
            {"−0.5": "z.1.1", "0.65": "z.1.2"},
        ),
        Stop(
            {"step": "a.2"},
            Text(
                "σ acts on each element separately: a² = (0.5339, 0.5833). This is the network's output; the true "
                "value is y.",
                "σ 对每个元素分别作用：a² = (0.5339, 0.5833)。这是网络的输出，真实值是 y。",
            ),
            "",
            {"0.5339": "a.2.1", "0.5833": "a.2.2"},
        ),
        Stop(
            {"step": "c"},
            Text(
                "Two assumptions about the cost: it is an average over the samples, so we can work with one "
                "sample at a time; and it depends on the network through the outputs only, so the backward pass "
                "can begin there. Here there is one sample, and C = 0.2787.",
                "对代价有两条假设：它是各样本的平均，所以可以逐个样本计算；它只通过输出依赖于网络，所以反向可以从"
                "输出开始。这里只有一个样本，C = 0.2787。",
            ),
            "C",
            {"0.2787": "C"},
            ask=Ask(
                Text(
                    "The target is (1, 0). Which signs will the two errors have?",
                    "目标是 (1, 0)。两个误差各是什么符号？",
                ),
                (
                    Text("both positive", "都为正"),
                    Text("positive and negative", "一正一负"),
                    Text("negative and positive", "一负一正"),
                ),
                2,
                "delta.2.1",
            ),
        ),
        Stop(
            {"step": "bp1.2"},
            Text(
                "BP1: ⊙ multiplies element by element, (−0.4661, 0.5833) ⊙ (0.2489, 0.2431) = (−0.1160, 0.1418). "
                "The first output should rise and the second fall: against the signs of δ².",
                "BP1：⊙ 是逐元素相乘，(−0.4661, 0.5833) ⊙ (0.2489, 0.2431) = (−0.1160, 0.1418)。第一个输出应升高，"
                "第二个应降低：与 δ² 的符号相反。",
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
            ask=Ask(
                Text(
                    "A hidden neuron has no target. Where does its error come from?",
                    "隐藏神经元没有目标值。它的误差从哪里来？",
                ),
                (
                    Text("from its inputs", "从它的输入来"),
                    Text("from the neurons that it feeds", "从它所通向的神经元来"),
                    Text("it has none", "它没有误差"),
                ),
                1,
                "delta.1.1",
            ),
        ),
        Stop(
            _PLAIN | {"step": "bp2.1"},
            Text(
                "BP2: the error of hidden neuron k is a sum over the neurons j that it feeds, Σⱼ wⱼₖ δⱼ, times "
                "its own slope. For all k at once this is (W²)ᵀδ² ⊙ σ′(z¹): δ¹ = (−0.0391, 0.0258). The "
                "derivation is in the Reference.",
                "BP2：隐藏神经元 k 的误差，是对它所通向的神经元 j 求和 Σⱼ wⱼₖ δⱼ，再乘以自己的斜率。对所有 k 一起"
                "写，就是 (W²)ᵀδ² ⊙ σ′(z¹)：δ¹ = (−0.0391, 0.0258)。推导见“参考”页。",
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
            ask=Ask(
                Text(
                    "We moved z by moving the bias. So what is ∂C/∂b¹ⱼ?",
                    "我们是靠移动偏置来移动 z 的。那么 ∂C/∂b¹ⱼ 是什么？",
                ),
                (
                    Text("δ¹ⱼ", "δ¹ⱼ"),
                    Text("δ¹ⱼ times the input", "δ¹ⱼ 乘以输入"),
                    Text("b¹ⱼ δ¹ⱼ", "b¹ⱼ δ¹ⱼ"),
                ),
                0,
            ),
        ),
        Stop(
            _PLAIN | {"step": "bp3.1"},
            Text(
                "BP3 is what the demon just did: to move the bias is to move z, so ∂C/∂b¹ⱼ = δ¹ⱼ.",
                "BP3 正是小恶魔刚才做的事：动偏置就是动 z，所以 ∂C/∂b¹ⱼ = δ¹ⱼ。",
            ),
            "b.1.1",
        ),
        Stop(
            {"step": "bp4.1.1.3", "granularity": "weight"},
            Text(
                "BP4, “a in × δ out”: the input is −1 and the error −0.0391, so ∂C/∂w¹₁₃ = 0.0391. Where the "
                "incoming a is small, a weight learns slowly, however large the error.",
                "BP4，“a 入 × δ 出”：输入为 −1，误差为 −0.0391，所以 ∂C/∂w¹₁₃ = 0.0391。流入的 a 小，误差再大，权"
                "重也学得慢。",
            ),
            "W.1.1.3",
            {"−0.0391": "delta.1.1", "0.0391": "dW.1.1.3"},
        ),
        Stop(
            _SATURATED | {"step": "bp1.1"},
            Text(
                "Does a small δ mean that a neuron is near its optimum? Not always. Here the target is 0, the "
                "output 0.9820, and still δ = 0.0173. The slope 0.0177 hides the error: the neuron is saturated, "
                "not good.",
                "δ 小就说明神经元接近最优吗？不一定。这里目标是 0，输出 0.9820，δ 却只有 0.0173。是斜率 0.0177 把"
                "误差藏了起来：神经元是饱和了，不是学好了。",
            ),
            "a.1.1",
            {"0.9820": "a.1.1", "0.0173": "delta.1.1", "0.0177": "slope.1.1"},
            ask=Ask(
                Text(
                    "η = 0.15. After three hundred updates the output is about", "取 η = 0.15，更新三百次之后输出约为"
                ),
                (
                    Text("0.98", "0.98"),
                    Text("0.5", "0.5"),
                    Text("0.2", "0.2"),
                ),
                2,
            ),
        ),
        Stop(
            {"step": "c", "iteration": "301"},
            Text(
                "After three hundred updates the output is 0.2028: it has learned after all. But halfway through "
                "it was still 0.9334; half of the time was spent on the flat part of σ.",
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
    outcome=Text("state BP1 to BP4 and say what δ means", "写出 BP1 到 BP4，并说明 δ 的含义"),
)
