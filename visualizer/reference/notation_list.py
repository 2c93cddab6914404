r"""Five notations of the same equations, one registry entry each.

A notation is letters for values. Its equations are templates, as the rules of the engine are; `<name>` is replaced by
the notation's letter, and by the number or the matrix that the notation means by it. `\,` stands for a product.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine import Text, Trace
from engine.examples import EXAMPLES
from visualizer.lessons import LESSONS

Value = float | NDArray


@dataclass(frozen=True)
class Notation:
    """Registry entry of a notation.

    Attributes
    ----------
    name, title, remark, source
        The key and the name, a warning, and who writes like this.
    letters : mapping
        Names of values to TeX.
    values : callable
        The numbers that the same names stand for, made from a pass.
    lines : mapping
        By the key of a quantity, a template.
    """

    name: str
    title: Text
    remark: Text
    source: Text
    letters: Mapping[str, str]
    values: Callable[[Trace], Mapping[str, Value]]
    lines: Mapping[str, str]


def _columns(t: Trace) -> dict[str, Value]:
    names = {"W2": ("W", 2), "b2": ("b", 2), "a1": ("a", 1), "z2": ("z", 2), "d2": ("delta", 2), "d1": ("delta", 1)}
    names |= {"n": ("grad", 2), "s2": ("slope", 2), "s1": ("slope", 1), "gb": ("db", 2), "gW": ("dW", 2)}
    return {name: t.value(*place) for name, place in names.items()}


def _rows(t: Trace) -> dict[str, Value]:
    return {name: np.asarray(value).T for name, value in _columns(t).items()}


def _elements(t: Trace) -> dict[str, Value]:
    c = {name: np.asarray(value) for name, value in _columns(t).items()}
    one: dict[str, Value] = {name: float(c[name][0, 0]) for name in ("z2", "b2", "n", "s2", "s1", "gb", "gW")}
    one |= {"d2": float(c["d2"][0, 0]), "e2": float(c["d2"][1, 0]), "d1": float(c["d1"][0, 0])}
    one |= {"h1": float(c["a1"][0, 0]), "h2": float(c["a1"][1, 0])}
    one |= {f"w{j + 1}{k + 1}": float(c["W2"][j, k]) for j in range(2) for k in range(2)}
    return one | {"o": float(t.value("a", 2)[0, 0]), "y": float(t.value("y", 2)[0, 0])}


_MATRICES = {
    "z": r"<z2> = <W2>\,<a1> + <b2>",
    "bp1": r"<d2> = <n> \odot <s2>",
    "bp2": r"<d1> = (<W2>)^{T}\,<d2> \odot <s1>",
    "bp3": r"<gb> = <d2>",
    "bp4": r"<gW> = <d2>\,(<a1>)^{T}",
}
_SCALARS = {
    "z": r"<z2> = <w11>\,<h1> + <w12>\,<h2> + <b2>",
    "bp1": r"<d2> = <n>\,<s2>",
    "bp2": r"<d1> = (<w11>\,<d2> + <w21>\,<e2>)\,<s1>",
    "bp3": r"<gb> = <d2>",
    "bp4": r"<gW> = <d2>\,<h1>",
}


def _matrix_letters(layer: str, cost: str, f: str) -> dict[str, str]:
    """Return the letters of a notation in matrices; `layer` is the mark of a layer, as in ^{{{}}}."""
    at1, at2 = layer.format(1), layer.format(2)
    plain = {"W2": f"W{at2}", "b2": f"b{at2}", "a1": f"a{at1}", "z2": f"z{at2}"}
    errors = {"d2": rf"\delta{at2}", "d1": rf"\delta{at1}", "n": rf"\nabla_{{\!a}} {cost}"}
    slopes = {"s2": rf"{f}'(z{at2})", "s1": rf"{f}'(z{at1})"}
    return plain | errors | slopes | {"gb": _partial(cost, f"b{at2}"), "gW": _partial(cost, f"W{at2}")}


def _partial(cost: str, of: str) -> str:
    return rf"\frac{{\partial {cost}}}{{\partial {of}}}"


NOTATIONS = (
    Notation(
        "book",
        Text("Columns, layer above: this program", "列向量，层号在右上角：本程序"),
        Text(
            "$w^l_{jk}$ goes from neuron k to neuron j: the destination comes first, so z = Wa + b needs no "
            "transpose. Only the backward pass has one.",
            "$w^l_{jk}$ 从神经元 k 到神经元 j：第一个下标是终点，第二个是起点，所以 z = Wa + b 不需要转置，只有反"
            "向时才有。",
        ),
        LESSONS["four_equations"].source,
        _matrix_letters("^{{{}}}", "C", r"\sigma"),
        _columns,
        _MATRICES,
    ),
    Notation(
        "elements",
        Text("The same, element by element", "同上，逐元素书写"),
        Text(
            "The form used when computing by hand: the first neuron of each layer.",
            "手算时用的形式：每层的第一个神经元。",
        ),
        LESSONS["four_equations"].source,
        {
            **{f"w{j}{k}": rf"w^{{2}}_{{{j}{k}}}" for j in (1, 2) for k in (1, 2)},
            "z2": "z^{2}_1",
            "b2": "b^{2}_1",
            "h1": "a^{1}_1",
            "h2": "a^{1}_2",
            "d2": r"\delta^{2}_1",
            "e2": r"\delta^{2}_2",
            "d1": r"\delta^{1}_1",
            "n": _partial("C", "a^{2}_1"),
            "s2": r"\sigma'(z^{2}_1)",
            "s1": r"\sigma'(z^{1}_1)",
            "gb": _partial("C", "b^{2}_1"),
            "gW": _partial("C", "w^{2}_{11}"),
        },
        _elements,
        _SCALARS,
    ),
    Notation(
        "parentheses",
        Text("Columns, layer in parentheses", "列向量，层号加括号"),
        Text(
            "The parentheses keep a layer apart from a power; the cost is J. The article itself changes its index "
            "halfway and writes δ of layer l+1 where, by its own definition of W, that of layer l belongs.",
            "括号使层号不会与幂混淆；代价记作 J。原文中途改变了下标：按它自己对 W 的定义，应写第 l 层的 δ，"
            "却写成了第 l+1 层的。",
        ),
        EXAMPLES["relu_softmax"].source,
        _matrix_letters("^{{({})}}", "J", r"\sigma"),
        _columns,
        _MATRICES,
    ),
    Notation(
        "rows",
        Text("Rows: x @ W + b", "行向量：x @ W + b"),
        Text(
            "A sample is a row, W is the transpose of ours (inputs × outputs), and every product is reversed. "
            "Keras stores weights like this; PyTorch stores them like ours and multiplies by the transpose.",
            "一个样本是一行，W 是我们的转置，形状为（输入, 输出），每个乘积的次序都反过来。Keras 这样存放权重；"
            "PyTorch 按我们的形状存放，计算时再转置。",
        ),
        LESSONS["row_vectors"].source,
        _matrix_letters("_{{{}}}", "L", "f"),
        _rows,
        {
            "z": r"<z2> = <a1>\,<W2> + <b2>",
            "bp1": r"<d2> = <n> \odot <s2>",
            "bp2": r"<d1> = <d2>\,(<W2>)^{T} \odot <s1>",
            "bp3": r"<gb> = <d2>",
            "bp4": r"<gW> = (<a1>)^{T}\,<d2>",
        },
    ),
    Notation(
        "scalars",
        Text("Scalars: net, ŷ and wᵢⱼ", "标量形式：net、ŷ 与 wᵢⱼ"),
        Text(
            "No layer numbers and no matrices: ŷ is the output, net is the input of f. In $w_{ij}$ the source "
            "comes first; in its chapter 4 the article swaps the indices.",
            "没有层号，也没有矩阵：ŷ 是输出，net 是 f 之前的值。$w_{ij}$ 里先写来处；原文到第 4 章又把下标倒了过来。",
        ),
        EXAMPLES["xor"].source,
        {
            **{f"w{j}{k}": f"w_{{{k}{j}}}" for j in (1, 2) for k in (1, 2)},
            "z2": r"\mathrm{net}_1",
            "b2": "b_1",
            "h1": "h_1",
            "h2": "h_2",
            "o": r"\hat{y}_1",
            "y": "y_1",
            "d2": r"\delta_1",
            "e2": r"\delta_2",
            "d1": r"\delta_{h_1}",
            "s2": r"f'(\mathrm{net}_1)",
            "s1": r"f'(\mathrm{net}_{h_1})",
            "gb": _partial("L", "b_1"),
            "gW": _partial("L", "w_{11}"),
        },
        _elements,
        _SCALARS | {"bp1": r"<d2> = (<o> - <y>)\,<s2>"},
    ),
)
