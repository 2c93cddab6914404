"""The lesson on rows against columns: `x @ W + b` and z = Wa + b, and the shapes of a batch."""

from engine import Text
from visualizer.slides import Ask, Lesson, Stop

_BATCH = {"sizes": "4-3-2", "seed": "1", "x": "1_0_0.5_-1~0.5_1_-0.5_0~-1_0.5_1_0.5", "y": "1_0~0_1~1_0"}

ROW_VECTORS = Lesson(
    "row_vectors",
    Text("Rows or columns: x @ W + b", "行还是列：x @ W + b"),
    Text(
        "“The principle of backpropagation in deep learning” (article in Chinese)",
        "《深度学习中的反向传播原理》",
    ),
    8,
    (
        Stop(
            _BATCH | {"step": "z.1"},
            Text(
                "In code one often reads `x @ W + b`: samples are rows, and W has 4 rows and 3 columns. Here "
                "samples are columns, z = Wa + b, and W¹ is 3 × 4. It is the same calculation, transposed: "
                "(xW)ᵀ = Wᵀxᵀ.",
                "代码中常写 `x @ W + b`：样本是行，W 为 4 行 3 列。这里样本是列，z = Wa + b，W¹ 为 3 × 4。"
                "两者是同一个计算，只是转置了：(xW)ᵀ = Wᵀxᵀ。",
            ),
            "a.1.1",
        ),
        Stop(
            {"step": "a.2"},
            Text(
                "Three samples, three columns of outputs; for sample 1 they are 0.5005 and 0.3613. Write the "
                "shape beside every line of code: it tells which axis counts the samples.",
                "三个样本，输出就有三列；样本 1 的输出是 0.5005 和 0.3613。在每一行代码旁边写上形状，就不会弄错"
                "哪个轴是样本。",
            ),
            "a.2.1",
            {"0.5005": "a.2.1", "0.3613": "a.2.2"},
        ),
        Stop(
            {"step": "bp1.2"},
            Text(
                "For sample 1 the first output has a − y = −0.4995; times its slope this is δ²₁ = −0.1249. With a "
                "− y the update subtracts; with y − a it must add. Mixing the two goes uphill.",
                "样本 1 的第一个输出：a − y = −0.4995，乘以斜率得 δ²₁ = −0.1249。用 a − y 时更新要减；用 y − a "
                "时则要加。两者混用就成了爬坡。",
            ),
            "a.2.1",
            {"−0.4995": "grad.2.1", "−0.1249": "delta.2.1"},
            Ask(
                Text("In rows, how does BP2 read?", "按行写，BP2 是哪一个？"),
                (
                    Text("`W @ delta`", "`W @ delta`"),
                    Text("`delta @ W`", "`delta @ W`"),
                    Text("`delta @ W.T`", "`delta @ W.T`"),
                ),
                2,
            ),
        ),
        Stop(
            {"step": "bp2.1"},
            Text(
                "In rows BP2 reads `delta @ W.T`, in columns (W²)ᵀδ². There is a transpose in both, because the "
                "backward pass runs through the same weights in the other direction.",
                "按行写，BP2 是 `delta @ W.T`；按列写，是 (W²)ᵀδ²。两种写法都有转置，因为误差沿同一组权重反方向走。",
            ),
            "a.1.1",
            ask=Ask(
                Text("The shape of ∂C/∂W¹ here?", "这里 ∂C/∂W¹ 的形状是？"),
                (Text("3 × 4", "3 × 4"), Text("4 × 3", "4 × 3"), Text("3 × 3", "3 × 3")),
                0,
                "dW.1.1.1",
            ),
        ),
        Stop(
            {"step": "bp4.1"},
            Text(
                "3 × 4, the shape of W¹. Every error meets every input, an outer product, averaged over three "
                "samples; in rows it is `x.T @ delta / m`. An element-wise `*` can never give this shape.",
                "3 × 4，与 W¹ 相同。每个误差与每个输入相乘，即外积，再对三个样本取平均；按行写是 `x.T @ delta / m`。"
                "逐元素的 `*` 得不到这样的形状。",
            ),
            "W.1.1.1",
        ),
        Stop(
            {"step": "update"},
            Text(
                "All gradients are computed before the first weight moves. The gradient of a bias is the mean "
                "of the errors over the samples: `delta.mean(axis=0)` in rows. Without the mean, broadcasting "
                "hides the mistake.",
                "先算完全部梯度，再动第一个权重。偏置的梯度是误差对各样本的平均，按行写是 `delta.mean(axis=0)`；"
                "漏了平均，广播机制会把错误掩盖起来。",
            ),
            "b.2.1",
        ),
        Stop(
            {"step": "c", "iteration": "2"},
            Text(
                "One update later the mean cost is 0.2142; it was 0.2172. Rows or columns, the numbers are the same.",
                "更新一次后，平均代价由 0.2172 降到 0.2142。按行还是按列，数值都一样。",
            ),
            "C",
            {"0.2172": "C@1", "0.2142": "C"},
        ),
    ),
    order=6,
    outcome=Text(
        "translate between x @ W + b and Wa + b, and check shapes", "在 x @ W + b 与 Wa + b 之间转换，并检查形状"
    ),
    moved={str(number): f"depth.{number - 7}" for number in range(8, 15)},
)
