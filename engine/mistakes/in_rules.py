"""Mistakes in a rule: each a registry entry that replaces operations of the equations, or what these read."""

from collections.abc import Callable
from dataclasses import replace

from numpy.typing import NDArray

from engine.core import Text
from engine.equations import (
    AFFINE,
    GRADIENTS,
    HIDDEN_DELTA,
    MATCHED_DELTA,
    MATCHED_LOSS,
    MEAN_LOSS,
    OUTPUT_DELTA,
    Operation,
)
from engine.mistakes.expressions import (
    after_the_first,
    diagonal,
    elementwise,
    of_errors,
    transposed,
    untransposed,
    weight_gradients,
    where_mixed,
    where_next_square,
    where_square,
)
from engine.mistakes.record import Form, Mistake


def _delta(*reads: str, function: Callable[..., NDArray]) -> Operation:
    return Operation("delta", reads, function)


_HIDDEN = ("f", "z", "a", "W+", "delta+")
_FLAT_OUTPUT = _delta("grad", function=lambda grad: grad)
_FLAT_MATCHED = _delta("loss", "a", "y", function=lambda loss, a, y: loss.grad(a, y))
_FLAT_HIDDEN = _delta("W+", "delta+", function=lambda W, delta: W.mT @ delta)
_ARRIVING = r"(<W+>)^{T} <delta+>"
_SUM = r"[+:<W+:kj>\,<delta+:k>]"
_FLAT_BP1 = {"bp1": Form("<delta> = <grad>", "<grad:j>")}
_FLAT_BP2 = {"bp2": Form(f"<delta> = {_ARRIVING}", _SUM)}


WRONG_RULES = (
    Mistake(
        "sequential",
        Text("output weights updated first", "先更新了输出层权重"),
        Text(
            "The hidden errors were computed with output weights that had already been updated; all weights have "
            "to step together, from the old ones.",
            "隐藏层误差用的是已更新的输出层权重；所有权重应由旧值同时更新。",
        ),
        reads={"W+": "W_new+"},
    ),
    Mistake(
        "no_slope",
        Text("σ′ forgotten everywhere", "处处漏乘 σ′"),
        Text("Each error has to be multiplied by the slope of its own neuron.", "每个误差都要乘以本神经元的斜率。"),
        {OUTPUT_DELTA: _FLAT_OUTPUT, MATCHED_DELTA: _FLAT_MATCHED, HIDDEN_DELTA: _FLAT_HIDDEN},
        forms=_FLAT_BP1 | _FLAT_BP2,
    ),
    Mistake(
        "no_output_slope",
        Text("σ′ forgotten in the output layer", "输出层漏乘 σ′"),
        Text("BP1 is ∇C times the slope of the output neuron.", "BP1 是 ∇C 乘以输出神经元的斜率。"),
        {OUTPUT_DELTA: _FLAT_OUTPUT, MATCHED_DELTA: _FLAT_MATCHED},
        forms=_FLAT_BP1,
    ),
    Mistake(
        "no_hidden_slope",
        Text("σ′ forgotten in the hidden layers", "隐藏层漏乘 σ′"),
        Text("BP2 ends with the slope of the hidden neuron.", "BP2 最后要乘以隐藏神经元的斜率。"),
        {HIDDEN_DELTA: _FLAT_HIDDEN},
        forms=_FLAT_BP2,
    ),
    Mistake(
        "slope_of_a",
        Text("σ′(a) instead of σ′(z)", "把 σ′(z) 算成 σ′(a)"),
        Text(
            "The slope is taken at the weighted input z, not at the activation σ(z).",
            "斜率应在加权输入 z 处取，而不是在激活值 σ(z) 处。",
        ),
        {
            OUTPUT_DELTA: _delta("f", "a", "grad", function=lambda f, a, g: f.vjp(a, f.f(a), g)),
            HIDDEN_DELTA: _delta(
                "f", "a", "W+", "delta+", function=lambda f, a, W, delta: f.vjp(a, f.f(a), W.mT @ delta)
            ),
        },
        forms={
            "bp1": Form("<delta> = {vjp_a:<grad>}", r"<grad:j>\cdot \sigma'(<a:j>)"),
            "bp2": Form(rf"<delta> = {{vjp_a:\left({_ARRIVING}\right)}}", rf"({_SUM})\cdot \sigma'(<a:j>)"),
        },
    ),
    Mistake(
        "slope_twice",
        Text("σ′ multiplied in although the loss has cancelled it", "损失已约去 σ′，却又乘了一次"),
        Text(
            "With this loss and this output the slope cancels: δ = a − y, without a further slope.",
            "这种损失与输出配对时斜率被约去：δ = a − y，不再乘斜率。",
        ),
        {
            MATCHED_DELTA: _delta(
                "loss", "f", "z", "a", "y", function=lambda loss, f, z, a, y: f.df(z) * loss.matched.delta(a, y)
            )
        },
        forms={"bp1": Form(r"<delta> = \left({delta}\right) \odot <slope>", r"([right])\cdot <slope:j>")},
    ),
    Mistake(
        "gradient_for_error",
        Text("∂C/∂w sent back instead of δ", "回传了 ∂C/∂w 而不是 δ"),
        Text(
            "What flows back is δ; the gradient of the weights has been multiplied by the activation already.",
            "回传的是 δ；权重的梯度已经乘过激活值了。",
        ),
        {HIDDEN_DELTA: _delta("f", "z", "a", "W+", "dW+", function=weight_gradients)},
        forms={
            "bp2": Form(
                r"<delta> = {vjp:\left((<W+> \odot <dW+>)^{T} \mathbf{1}\right)}",
                r"([+:<W+:kj>\,<dW+:kj>])\cdot <slope:j>",
            )
        },
    ),
    Mistake(
        "not_transposed",
        Text("W not transposed in BP2", "BP2 中 W 没有转置"),
        Text(
            "An error goes back along the same edges: row and column change places.",
            "误差沿同样的边回传：行与列互换。",
        ),
        {HIDDEN_DELTA: Operation("delta", _HIDDEN, untransposed)},
        forms={"bp2": Form(r"<delta> = {vjp:\left(<W+> <delta+>\right)}", r"([+:<W+:jk>\,<delta+:k>])\cdot <slope:j>")},
        where=where_next_square,
    ),
    Mistake(
        "elementwise",
        Text("element-wise product in BP4", "BP4 用了逐元素乘积"),
        Text(
            "Every δ is multiplied by every activation of the previous layer: δ aᵀ is an outer product.",
            "每个 δ 都与前一层的每个激活值相乘：δ aᵀ 是外积。",
        ),
        {GRADIENTS: replace(GRADIENTS, function=elementwise)},
        forms={"bp4": Form(r"<dW> = {over_m}\left(<delta> \odot <a->\right) \mathbf{1}^{T}", r"[x:<delta:j>\,<a-:j>]")},
        where=where_square,
    ),
    Mistake(
        "diagonal",
        Text("only the diagonal of the softmax Jacobian", "softmax 的雅可比矩阵只取了对角线"),
        Text(
            "Each softmax output depends on every z; a (1 − a) is only the diagonal.",
            "每个 softmax 输出都依赖所有 z；a (1 − a) 只是对角线。",
        ),
        {
            OUTPUT_DELTA: _delta("f", "z", "grad", function=diagonal),
            MATCHED_DELTA: _delta(
                "loss", "f", "z", "a", "y", function=lambda loss, f, z, a, y: f.df(z) * loss.grad(a, y)
            ),
            HIDDEN_DELTA: _delta(
                "f", "z", "W+", "delta+", function=lambda f, z, W, delta: diagonal(f, z, W.mT @ delta)
            ),
        },
        forms={
            "bp1": Form(r"<delta> = <grad> \odot <slope>", r"<grad:j>\cdot <slope:j>"),
            "bp2": Form(rf"<delta> = \left({_ARRIVING}\right) \odot <slope>", rf"({_SUM})\cdot <slope:j>"),
        },
        where=where_mixed,
    ),
    Mistake(
        "transposed_gradient",
        Text("gradient of a square W transposed", "方阵 W 的梯度被转置"),
        Text(
            "Row j, column k is δⱼ aₖ; in a square matrix the transpose goes unnoticed.",
            "第 j 行第 k 列是 δⱼ aₖ；在方阵中转置了也不报错。",
        ),
        {GRADIENTS: replace(GRADIENTS, function=transposed)},
        forms={"bp4": Form(r"<dW> = {over_m}\left(<delta>\,(<a->)^{T}\right)^{T}", r"[x:<delta:k>\,<a-:j>]")},
        where=where_square,
    ),
    Mistake(
        "no_activation",
        Text("∂C/∂w = δ: activation forgotten", "∂C/∂w = δ：漏乘了激活值"),
        Text(
            "The gradient of a weight is δ times the activation that comes in through it.",
            "权重的梯度是 δ 乘以流入它的激活值。",
        ),
        {GRADIENTS: replace(GRADIENTS, function=of_errors)},
        forms={"bp4": Form(r"<dW> = {mean}<delta>\,\mathbf{1}^{T}", "[x:<delta:j>]")},
    ),
    Mistake(
        "sum_over_batch",
        Text("sum over the batch instead of the mean", "对小批量求和而未取平均"),
        Text("Cost and gradient are means over the samples here.", "这里的代价与梯度是对样本的平均。"),
        {
            MEAN_LOSS: replace(MEAN_LOSS, function=lambda loss, a, y, m: MEAN_LOSS.function(loss, a, y, 1)),
            MATCHED_LOSS: replace(MATCHED_LOSS, function=lambda loss, z, y, m: MATCHED_LOSS.function(loss, z, y, 1)),
            GRADIENTS: replace(GRADIENTS, function=lambda delta, a1, m: GRADIENTS.function(delta, a1, 1)),
        },
        forms={
            "c": Form("<C> = {sum}{loss}", ""),
            "bp3": Form("<db> = {sum}<delta>", ""),
            "bp4": Form(r"<dW> = <delta>\,(<a->)^{T}", ""),
        },
    ),
    Mistake(
        "no_bias",
        Text("biases forgotten", "忘了加偏置"),
        Text("z is the sum of weight times input, plus the bias.", "z 是权重乘输入之和，再加偏置。"),
        {AFFINE: replace(AFFINE, function=lambda Wb, a1: Wb[..., :-1] @ a1[..., :-1, :])},
        forms={"z": Form(r"<z> = <W>\,<a->", r"[-:<W:jk>\,<a-:k>]")},
    ),
    Mistake(
        "z_passed_on",
        Text("z passed on instead of a", "把 z 而不是 a 传给下一层"),
        Text("The next layer receives a = σ(z).", "下一层的输入应为 a = σ(z)。"),
        {AFFINE: Operation("z", ("W|b", "z-"), lambda Wb, z: Wb[..., :-1] @ z + Wb[..., -1:])},
        forms={"z": Form(r"<z> = <W>\,<z-> + <b>", r"[-:<W:jk>\,<z-:k>] + <b:j>")},
        where=after_the_first,
    ),
)
