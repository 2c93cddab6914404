"""Mistakes in a factor of a rule: a slope, an error, an activation or a row that belongs elsewhere; a record each."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.core import Text
from engine.equations import AFFINE, GRADIENTS, HIDDEN_DELTA, MATCHED_DELTA, OUTPUT_DELTA, Operation
from engine.layers import Architecture
from engine.mistakes.expressions import where_square
from engine.mistakes.record import Form, Mistake

_ARRIVING = r"(<W+>)^{T} <delta+>"
_SUM = r"[+:<W+:kj>\,<delta+:k>]"
Slope = Callable[[NDArray], NDArray]


def _where(*names: str) -> Callable[[Architecture, int], bool]:
    return lambda architecture, l: architecture.activations[l - 1] in names


def _where_other(architecture: Architecture, l: int) -> bool:
    """Return whether a layer has an element-wise activation that is bent, and is no sigmoid."""
    return architecture.activations[l - 1] in ("tanh", "relu", "leaky_relu", "elu", "softplus", "silu", "gelu")


def _where_bent_alone(architecture: Architecture, l: int) -> bool:
    """Return whether each neuron of a layer has an activation of its own."""
    return architecture.activations[l - 1] != "softmax"


def _where_last_mixed(architecture: Architecture, l: int) -> bool:
    return l == len(architecture.activations) and architecture.activations[l - 1] == "softmax"


def _where_several_follow(architecture: Architecture, l: int) -> bool:
    return l + 1 < len(architecture.sizes) and architecture.sizes[l + 1] > 1


def _with_slope(at: str, slope: Slope, tex: str, element: str) -> tuple[dict[Operation, Operation], dict[str, Form]]:
    """Return the operations and forms of errors whose slope is another function of z or of a."""
    operations = {
        OUTPUT_DELTA: Operation("delta", ("grad", at), lambda grad, v: grad * slope(v)),
        MATCHED_DELTA: Operation("delta", ("loss", "a", "y", at), lambda loss, a, y, v: loss.grad(a, y) * slope(v)),
        HIDDEN_DELTA: Operation("delta", ("W+", "delta+", at), lambda W, delta, v: (W.mT @ delta) * slope(v)),
    }
    forms = {
        "bp1": Form(rf"<delta> = <grad> \odot {tex}", rf"<grad:j>\cdot {element}"),
        "bp2": Form(rf"<delta> = \left({_ARRIVING}\right) \odot {tex}", rf"({_SUM})\cdot {element}"),
    }
    return operations, forms


def _jacobian_of_z(grad: NDArray, z: NDArray) -> NDArray:
    return z * (grad - (z * grad).sum(axis=-2, keepdims=True))


def _one_error(at: int, letter: str) -> tuple[dict[Operation, Operation], dict[str, Form]]:
    """Return BP2 with the error of one neuron of the layer after alone."""

    def function(f, z, a, W, delta):  # type: ignore[no-untyped-def]
        row, error = (part[..., at : at + 1 or None, :] for part in (W, delta))
        return f.vjp(z, a, row.mT @ error)

    operations = {HIDDEN_DELTA: replace(HIDDEN_DELTA, function=function)}
    tex = rf"<delta> = {{vjp:\left(\left(<W+>\right)_{{{letter}}}^{{T}} \left(<delta+>\right)_{{{letter}}}\right)}}"
    sign = letter if letter == "1" else "n"
    return operations, {"bp2": Form(tex, rf"(<W+:{sign}j>\,<delta+:{sign}>)\cdot <slope:j>")}


def _in_one_layer(
    name: str, label: Text, wrong: tuple[dict[Operation, Operation], dict[str, Form]], activation: str
) -> Iterator[Mistake]:
    """Yield a mistake in the slope as it is made in the output layer alone, and in hidden layers alone."""
    for part, words, rule, made in (
        ("output", Text("{}, in the output layer only", "{}，仅在输出层"), "bp1", (OUTPUT_DELTA, MATCHED_DELTA)),
        ("hidden", Text("{}, in the hidden layers only", "{}，仅在隐藏层"), "bp2", (HIDDEN_DELTA,)),
    ):
        operations, forms = {each: wrong[0][each] for each in made}, {rule: wrong[1][rule]}
        where = _where(activation)
        yield Mistake(f"{name}_{part}", words.format(label), _OF_A, operations, forms=forms, where=where)


_OF_A = Text(
    "The formula uses the activation a, not the weighted input z.",
    "公式里代入的应是激活函数的输出 a，而不是 z。",
)
_VALUE = _with_slope("a", lambda a: a, "<a>", "<a:j>")
_SIGMOID = _with_slope("z", lambda z: z * (1 - z), r"<z> \odot (1 - <z>)", r"<z:j>\,(1 - <z:j>)")
_TANH = _with_slope("z", lambda z: 1 - np.square(z), r"(1 - <z>^{\odot 2})", r"(1 - <z:j>^2)")
_OTHER = _with_slope("a", lambda a: a * (1 - a), r"<a> \odot (1 - <a>)", r"<a:j>\,(1 - <a:j>)")
_FIRST, _LAST = _one_error(0, "1"), _one_error(-1, "n")
_ALL_ERRORS = Text(
    "A hidden neuron affects every neuron of the next layer: BP2 adds up the errors of all of them.",
    "隐藏神经元影响后一层的每个神经元：BP2 要把它们的误差全部加起来。",
)

WRONG_FACTORS = (
    Mistake(
        "z_in_sigmoid",
        Text("z(1 − z) instead of a(1 − a)", "把 a(1 − a) 算成 z(1 − z)"),
        _OF_A,
        _SIGMOID[0],
        forms=_SIGMOID[1],
        where=_where("sigmoid"),
    ),
    Mistake(
        "z_in_tanh",
        Text("1 − z² instead of 1 − a²", "把 1 − a² 算成 1 − z²"),
        _OF_A,
        _TANH[0],
        forms=_TANH[1],
        where=_where("tanh"),
    ),
    *_in_one_layer(
        "z_in_sigmoid", Text("z(1 − z) instead of a(1 − a)", "把 a(1 − a) 算成 z(1 − z)"), _SIGMOID, "sigmoid"
    ),
    *_in_one_layer("z_in_tanh", Text("1 − z² instead of 1 − a²", "把 1 − a² 算成 1 − z²"), _TANH, "tanh"),
    Mistake(
        "value_for_slope",
        Text("the activation itself used as its slope", "把激活值本身当成斜率"),
        Text(
            "The slope is how fast the activation changes with z, not its value; the slope of the identity is 1.",
            "斜率是激活值随 z 变化的快慢，而不是它的值；恒等函数的斜率为 1。",
        ),
        _VALUE[0],
        forms=_VALUE[1],
        where=_where_bent_alone,
    ),
    Mistake(
        "z_in_jacobian",
        Text("z instead of a in the Jacobian", "雅可比矩阵里代入了 z 而不是 a"),
        _OF_A,
        {
            OUTPUT_DELTA: Operation("delta", ("grad", "z"), _jacobian_of_z),
            MATCHED_DELTA: Operation(
                "delta", ("loss", "a", "y", "z"), lambda loss, a, y, z: _jacobian_of_z(loss.grad(a, y), z)
            ),
        },
        forms={
            "bp1": Form(
                r"<delta> = <z> \odot \left(<grad> - \mathbf{1}\,<z>^{T} <grad>\right)",
                r"<z:j>\,(<grad:j> - ([.:<z:k>\,<grad:k>]))",
            )
        },
        where=_where_last_mixed,
    ),
    Mistake(
        "sigmoid_slope",
        Text("a(1 − a) used for another activation function", "对别的激活函数用了 a(1 − a)"),
        Text(
            "a(1 − a) is the slope of the sigmoid alone; every activation function has its own.",
            "a(1 − a) 只是 sigmoid 的导数；每种激活函数有自己的导数。",
        ),
        _OTHER[0],
        forms=_OTHER[1],
        where=_where_other,
    ),
    Mistake(
        "first_error",
        Text("only the first error sent back", "只回传了第一个误差"),
        _ALL_ERRORS,
        _FIRST[0],
        forms=_FIRST[1],
        where=_where_several_follow,
    ),
    Mistake(
        "last_error",
        Text("only the last error sent back", "只回传了最后一个误差"),
        _ALL_ERRORS,
        _LAST[0],
        forms=_LAST[1],
        where=_where_several_follow,
    ),
    Mistake(
        "columns_forward",
        Text("W read column by column in the forward pass", "前向时按列读取 W"),
        Text(
            "Row j of W holds the weights into neuron j: zⱼ is the sum of wⱼₖ aₖ over k.",
            "W 的第 j 行是进入神经元 j 的权重：zⱼ 是 wⱼₖ aₖ 对 k 求和。",
        ),
        {AFFINE: replace(AFFINE, function=lambda Wb, a1: Wb[..., :-1].mT @ a1[..., :-1, :] + Wb[..., -1:])},
        forms={"z": Form(r"<z> = <W>^{T} <a-> + <b>", r"[-:<W:kj>\,<a-:k>] + <b:j>")},
        where=where_square,
    ),
    Mistake(
        "own_activation",
        Text("the layer's own activation in BP4", "BP4 用了本层的激活值"),
        Text(
            "The gradient of a weight uses the activation that comes in through it, that of the previous layer.",
            "权重的梯度要用经它流入的激活值，即前一层的。",
        ),
        {
            GRADIENTS: Operation(
                "dW|db",
                ("delta", "a", "m"),
                lambda delta, a, m: np.concatenate(
                    [(delta / m) @ a.mT, (delta / m).sum(axis=-1, keepdims=True)], axis=-1
                ),
            )
        },
        forms={"bp4": Form(r"<dW> = {over_m}<delta>\,<a>^{T}", r"[x:<delta:j>\,<a:k>]")},
        where=where_square,
    ),
)
