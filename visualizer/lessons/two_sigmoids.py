"""The lesson on a 1-1-1 network whose published numbers are wrong."""

from engine import Text
from engine.examples import EXAMPLES
from visualizer.slides import BEGINNER, Ask, Lesson, Stop

TWO_SIGMOIDS = Lesson(
    "two_sigmoids",
    Text("Find the four errors", "找出四处错误"),
    EXAMPLES["two_sigmoids"].source,
    12,
    (
        Stop(
            {"example": "two_sigmoids", "step": "0"},
            Text(
                "The smallest network with a hidden layer: one input, one hidden neuron, one output. w¹ = 1, w² = "
                "−1, both biases 0; the input is 1 and the target is 1.",
                "有隐藏层的最小网络：一个输入、一个隐藏神经元、一个输出。w¹ = 1，w² = −1，偏置都是 0；输入为 1，"
                "目标也是 1。",
            ),
        ),
        Stop(
            {"step": "a.1"},
            Text(
                "σ(1) = 0.7310585786, as printed in the article that this example is from. So far, so good. What "
                "follows has four errors: find them.",
                "σ(1) = 0.7310585786，与这个算例所出的文章一致。到这里都没问题。下面有四处错误：请找出来。",
            ),
            "a.1.1",
            {"0.7310585786": "a.1.1"},
        ),
        Stop(
            {"step": "z.2"},
            Text(
                "What goes into the second neuron is the activation of the first, not the input: z² = −1 · 0.7311. "
                "Keep an eye on this number.",
                "进入第二个神经元的是第一个神经元的激活值，不是输入：z² = −1 · 0.7311。请记住这个数。",
            ),
            "a.2.1",
            {"0.7311": "a.1.1"},
            Ask(
                Text("Printed: a² = 0.2689. Is that correct?", "印出的 a² = 0.2689，对吗？"),
                (
                    Text("yes", "对"),
                    Text("no, that is σ(−1)", "不对，那是 σ(−1)"),
                    Text("no, that is σ(1)", "不对，那是 σ(1)"),
                ),
                1,
                "a.2.1",
            ),
        ),
        Stop(
            {"step": "a.2"},
            Text(
                "The article prints 0.2689, which is σ(−1): it used w² instead of z². The correct value is "
                "σ(−0.7311) = 0.3250.",
                "原文印的是 0.2689，那是 σ(−1)：代进去的是 w² 而不是 z²。正确的是 σ(−0.7311) = 0.3250。",
            ),
            "a.2.1",
            {"−0.7311": "z.2.1", "0.3250": "a.2.1"},
            Ask(
                Text("Printed: C = 0.0761. Plausible?", "印出的 C = 0.0761，可信吗？"),
                (Text("yes", "可信"), Text("far too small", "太小了"), Text("far too large", "太大了")),
                1,
                "C",
            ),
        ),
        Stop(
            {"step": "c"},
            Text(
                "C = (1 − 0.3250)² = 0.4557. The article prints 0.0761, which does not even follow from its own "
                "output. A quick estimate would have caught it: an output near 0.3 with target 1 costs about one "
                "half.",
                "C = (1 − 0.3250)² = 0.4557。原文印的 0.0761，连用它自己的输出也得不出来。估一下就能发现：目标为 1 "
                "而输出约 0.3，代价应在一半左右。",
            ),
            "C",
            {"0.3250": "a.2.1", "0.4557": "C", "0.3": "a.2.1"},
        ),
        Stop(
            {"step": "bp1.2"},
            Text(
                "This cost has no ½, so the first factor is 2(a − y) = −1.3501; the slope is 0.2194. δ² = −0.2962 is "
                "negative: the output should go up.",
                "这个代价没有 ½，所以第一个因子是 2(a − y) = −1.3501；斜率为 0.2194。δ² = −0.2962 为负：输出应当升高。",
            ),
            "a.2.1",
            {"−1.3501": "grad.2.1", "0.2194": "slope.2.1", "−0.2962": "delta.2.1"},
        ),
        Stop(
            {"step": "bp2.1"},
            Text(
                "The error passes back through w² = −1, which changes its sign: δ¹ = (−1) · (−0.2962) · 0.1966 = "
                "0.0582. To raise the output, the hidden activation has to fall.",
                "误差回传时经过 w² = −1，符号反转：δ¹ = (−1) · (−0.2962) · 0.1966 = 0.0582。要让输出升高，"
                "隐藏层的激活值就得降低。",
            ),
            "a.1.1",
            {"−0.2962": "delta.2.1", "0.1966": "slope.1.1", "0.0582": "delta.1.1"},
            Ask(
                Text("Printed: ∂C/∂w¹ = 0.2594, with x = 1. Correct?", "印出的 ∂C/∂w¹ = 0.2594，而 x = 1，对吗？"),
                (
                    Text("yes", "对"),
                    Text("no, it must be δ¹", "不对，应是 δ¹"),
                    Text("no, it must be δ²", "不对，应是 δ²"),
                ),
                1,
                "dW.1.1.1",
            ),
        ),
        Stop(
            {"step": "bp4.1"},
            Text(
                "Since x = 1, ∂C/∂w¹ is δ¹ itself, 0.0582. The article prints 0.2594, more than four times as much: "
                "its formula is not the chain rule. A difference quotient would have revealed it at once.",
                "因为 x = 1，∂C/∂w¹ 就是 δ¹，即 0.0582。原文印的是 0.2594，是它的四倍多：所用公式不是链式法则。"
                "算一次差商立刻就能发现。",
            ),
            "W.1.1.1",
            {"0.0582": "dW.1.1.1"},
            Ask(
                Text("Printed: the new w¹ is 1.2594. Correct?", "印出的新 w¹ 是 1.2594，对吗？"),
                (
                    Text("yes", "对"),
                    Text("no, the sign is wrong", "不对，符号错了"),
                    Text("no, η is missing", "不对，漏了 η"),
                ),
                1,
                "W_new.1.1.1",
            ),
        ),
        Stop(
            {"step": "update"},
            Text(
                "Against the gradient: w¹ goes from 1 down to 0.9418. The printed update adds and arrives at 1.2594.",
                "逆着梯度走：w¹ 从 1 降到 0.9418。印出的更新却做了加法，得到 1.2594。",
            ),
            "W.1.1.1",
            {"0.9418": "W_new.1.1.1"},
        ),
        Stop(
            {"step": "c", "net": "1.25942358493_0_-1_0"},
            Text(
                "Here is the printed w¹, everything else as before. The cost has risen, from 0.4557 to 0.4698: "
                "with a plus sign, gradient descent climbs.",
                "换上印出的 w¹，其余不变：代价从 0.4557 升到了 0.4698。把减号写成加号，梯度下降就成了爬坡。",
            ),
            "W.1.1.1",
            {"0.4698": "C"},
        ),
        Stop(
            {"example": "two_sigmoids", "step": "c", "iteration": "2"},
            Text(
                "With all four parameters moved the right way, the cost falls to 0.3183.",
                "四个参数都朝正确方向走一步，代价降到 0.3183。",
            ),
            "C",
            {"0.3183": "C"},
        ),
        Stop(
            {"sizes": "1-1-1-1-1-1-1", "x": "1", "y": "1", "net": "_".join(["1_0"] * 6), "step": "bp2.1"},
            Text(
                "The article also mentions vanishing gradients; here they are. With w = 1 each layer multiplies "
                "the error by a slope of at most ¼: of δ⁶ = −0.0766 only −0.00004 is left in layer 1. The article "
                "advises a larger η, but that enlarges the steps of all layers alike, so the first stays just as "
                "far behind.",
                "原文也讲梯度消失，这里就看得到。w = 1 时，每过一层，误差就乘上一个不超过 ¼ 的斜率：δ⁶ = −0.0766 "
                "传到第 1 层只剩 −0.00004。原文建议加大 η，但那会把各层的步长同样放大，第一层照样落在后面。",
            ),
            "a.1.1",
            {"−0.0766": "delta.6.1", "−0.00004": "delta.1.1"},
        ),
    ),
    order=4,
    level=BEGINNER,
    outcome=Text("find a wrong number in a printed calculation", "在印出的计算中找出错误的数"),
)
