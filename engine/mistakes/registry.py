"""Common mistakes: in a rule, in the loss, in the update, or by rounding on the way."""

from engine.core import Text
from engine.mistakes.expressions import (
    in_base,
    of_biases,
    other_biases,
    other_half,
    over_outputs,
    still,
    to_decimals,
    to_digits,
    uphill,
    with_biases,
    without_rate,
)
from engine.mistakes.in_factors import WRONG_FACTORS
from engine.mistakes.in_rules import WRONG_RULES
from engine.mistakes.record import Mistake

_DECIMALS, _DIGITS = r"\mathrm{{round}}_{{10^{{-{}}}}}", r"\mathrm{{round}}_{{{}}}"
_EACH = Text(
    "Every value was rounded before it was used again; keep all digits and round only what you write down.",
    "每个值在继续使用之前就被舍入；应保留全部位数，只在写下时舍入。",
)
_ROUNDED = tuple(
    Mistake(f"{name}_{digits}", label.format(digits), _EACH, after=make(digits), rounds=tex.format(digits))
    for name, label, make, tex in (
        (
            "decimals",
            Text("intermediate results rounded to {} decimals", "中间结果舍入到 {} 位小数"),
            to_decimals,
            _DECIMALS,
        ),
        (
            "digits",
            Text("intermediate results rounded to {} significant digits", "中间结果舍入到 {} 位有效数字"),
            to_digits,
            _DIGITS,
        ),
    )
    for digits in (2, 3, 4)
)

MISTAKES = {
    record.name: record
    for record in (
        *WRONG_RULES,
        *WRONG_FACTORS,
        Mistake(
            "half",
            Text("½ in the loss missing, or wrongly added", "损失中的 ½ 漏写或多写"),
            Text("With ½ the gradient is a − y, without it 2 (a − y).", "有 ½ 时梯度为 a − y，没有时为 2 (a − y)。"),
            loss=other_half,
        ),
        Mistake(
            "over_outputs",
            Text(
                "loss averaged over the outputs instead of summed, or vice versa",
                "对各输出该求和却取平均，或该平均却求和",
            ),
            Text(
                "Whether the squares are added or averaged is part of the loss.",
                "对各平方求和还是平均，是损失定义的一部分。",
            ),
            loss=over_outputs,
        ),
        Mistake(
            "log10",
            Text("logarithm to base 10", "用了以 10 为底的对数"),
            Text("Cross-entropy here takes the natural logarithm.", "这里的交叉熵用自然对数。"),
            loss=in_base(10),
        ),
        Mistake(
            "log2",
            Text("logarithm to base 2", "用了以 2 为底的对数"),
            Text("Cross-entropy here takes the natural logarithm.", "这里的交叉熵用自然对数。"),
            loss=in_base(2),
        ),
        Mistake(
            "uphill",
            Text("wrong sign in the update", "更新的符号反了"),
            Text("The step goes against the gradient: w − η ∂C/∂w.", "应逆着梯度走：w − η ∂C/∂w。"),
            gradient=lambda architecture, gradient: -gradient,
            law=uphill,
        ),
        Mistake(
            "no_rate",
            Text("η forgotten in the update", "更新时漏乘 η"),
            Text("The step is η times the gradient: w − η ∂C/∂w.", "步长是 η 乘以梯度：w − η ∂C/∂w。"),
            rate=without_rate,
            law=lambda _parameter, law: law.replace(r"\eta\, <dp>", "<dp>"),
        ),
        Mistake(
            "bias_training",
            Text("biases wrongly trained, or wrongly left fixed", "该训练的偏置没有训练，或不该训练的训练了"),
            Text("Whether the biases move is part of the exercise.", "偏置是否更新由题目规定。"),
            moved=other_biases,
            gradient=still,
        ),
        Mistake(
            "shared_bias",
            Text("one bias for the whole layer", "整层共用一个偏置"),
            Text("Each neuron has its own bias and its own gradient.", "每个神经元有自己的偏置和梯度。"),
            moved=with_biases,
            gradient=lambda architecture, gradient: of_biases(
                architecture, gradient, lambda column: column.sum(axis=-1, keepdims=True)
            ),
            law=lambda parameter, law: law.replace("<dp>", r"{\textstyle\sum_j} <dp>") if parameter == "b" else law,
        ),
        *_ROUNDED,
    )
}
