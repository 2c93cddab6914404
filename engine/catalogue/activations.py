"""Activation functions a = f(z), and the vector-Jacobian products that carry a gradient back through them.

The forward map is `f(z)`. The way back is the vector-Jacobian product `vjp(z, a, g)`: given g = ∂C/∂a it returns
∂C/∂z, so that softmax with its full Jacobian fits the same slot as the element-wise functions. Units stand on axis -2
and samples on axis -1. Constants are PyTorch's defaults.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.core import Equivalents, Text, lookup

LEAKY_SLOPE = 0.01
GELU_SCALE, GELU_CUBIC = (2 / np.pi) ** 0.5, 0.044715


@dataclass(frozen=True)
class Activation:
    """Registry entry of an activation function.

    Attributes
    ----------
    name : str
        The key in `ACTIVATIONS`, in code and in links.
    label : Text
        The name that a reader sees.
    tex, tex_df : str
        a = f(z) and its derivative in TeX.
    why : Text
        One sentence on what it is good for.
    f : callable
        f(z): z of shape (n, m) to a of the same shape.
    vjp : callable
        vjp(z, a, g): ∂C/∂a to ∂C/∂z, all of shape (n, m).
    elementwise : bool
        Whether each output depends on its own input only; False where the Jacobian has entries off its diagonal.
    kink : bool
        Whether the slope jumps at z = 0, where no difference quotient can tell it.
    alias : str
        A second name that code and links may use.
    source : str
        Authors and year of the publication.
    alone : Text or None
        The remark on a layer of a single unit with this activation.
    elsewhere : Equivalents
        A module of `torch.nn` as PyTorch itself writes it, and what `keras.layers.Dense` takes as its activation.
    """

    name: str
    label: Text
    tex: str
    tex_df: str
    why: Text
    f: Callable[[NDArray], NDArray]
    vjp: Callable[[NDArray, NDArray, NDArray], NDArray]
    elementwise: bool = True
    kink: bool = False
    alias: str = ""
    source: str = ""
    alone: Text | None = None
    elsewhere: Equivalents = field(kw_only=True)

    def df(self, z: NDArray) -> NDArray:
        """Return the slopes ∂a_j/∂z_j, which for softmax are the diagonal of the Jacobian.

        Element-wise functions take any shape, softmax (n, m).
        """
        z = np.asarray(z)
        if self.elementwise:
            return self.vjp(z, self.f(z), np.ones_like(z))
        return np.einsum("jjm->jm", self.jacobian(z))

    @property
    def tex_vjp(self) -> str:
        """Vector-Jacobian product in TeX: `{g}` is what arrives, `<slope>` and `<jacobian>` are this layer's."""
        return r"{g} \odot <slope>" if self.elementwise else r"<jacobian>\,{g}"

    def jacobian(self, z: NDArray) -> NDArray:
        """Return ∂a_j/∂z_k at [j, k] for each sample: z of shape (n, m) gives (n, n, m)."""
        rows = np.eye(len(z), dtype=z.dtype)[:, :, None] + np.zeros_like(z)
        return self.vjp(z, self.f(z), rows)


def _logistic(z: NDArray) -> NDArray:
    return 1 / (1 + np.exp(-z))


def _silu_vjp(z: NDArray, _a: NDArray, g: NDArray) -> NDArray:
    s = _logistic(z)
    return g * (s * (1 + z * (1 - s)))


def _gelu_tanh(z: NDArray) -> NDArray:
    return np.tanh(GELU_SCALE * (z + GELU_CUBIC * z * z * z))


def _gelu_vjp(z: NDArray, _a: NDArray, g: NDArray) -> NDArray:
    t = _gelu_tanh(z)
    return g * (0.5 * (1 + t) + 0.5 * z * (1 - t * t) * GELU_SCALE * (1 + 3 * GELU_CUBIC * z * z))


def _softmax(z: NDArray) -> NDArray:
    e = np.exp(z - z.max(axis=-2, keepdims=True))
    return e / e.sum(axis=-2, keepdims=True)


_IN_LAYER = Text("Layer {}: {}", "第 {} 层：{}")
ACTIVATIONS = {
    record.name: record
    for record in (
        Activation(
            "linear",
            Text("linear (identity)", "线性（恒等）"),
            r"z",
            r"1",
            Text(
                "The neuron passes its weighted input on; the usual output for regression.",
                "神经元原样输出加权输入；常用作回归任务的输出层。",
            ),
            source="Widrow & Hoff 1960",
            f=lambda z: z,
            vjp=lambda z, a, g: g,
            alias="identity",
            elsewhere=Equivalents("Identity()", '"linear"'),
        ),
        Activation(
            "sigmoid",
            Text("sigmoid", "sigmoid（Logistic 函数）"),
            r"\frac{1}{1+e^{-z}}",
            r"\sigma(z)\,(1-\sigma(z))",
            Text(
                "Squeezes z into (0, 1); its slope is at most ¼ and vanishes where the neuron saturates.",
                "把 z 压缩到 (0, 1)；斜率最大为 ¼，神经元饱和时趋于 0。",
            ),
            source="Verhulst 1845; Rumelhart, Hinton & Williams 1986",
            f=_logistic,
            vjp=lambda z, a, g: g * (a * (1 - a)),
            elsewhere=Equivalents("Sigmoid()", '"sigmoid"'),
        ),
        Activation(
            "tanh",
            Text("tanh", "tanh（双曲正切）"),
            r"\tanh z",
            r"1-\tanh^2 z",
            Text(
                "Squeezes z into (−1, 1), centered on zero; it saturates like sigmoid.",
                "把 z 压缩到 (−1, 1)，以零为中心；同 sigmoid 一样会饱和。",
            ),
            source="LeCun et al. 1998",
            f=np.tanh,
            vjp=lambda z, a, g: g * (1 - a * a),
            elsewhere=Equivalents("Tanh()", '"tanh"'),
        ),
        Activation(
            "relu",
            Text("ReLU", "ReLU（修正线性单元）"),
            r"\max(0, z)",
            r"[z>0]",
            Text(
                "Passes positive values with slope 1; where z ≤ 0 the neuron is off: its output is 0 and no error "
                "flows back.",
                "正值以斜率 1 通过；z ≤ 0 时神经元不激活：输出为 0，误差也无法回传。",
            ),
            source="Fukushima 1969; Nair & Hinton 2010",
            f=lambda z: np.maximum(z, 0),
            vjp=lambda z, a, g: g * (z > 0),
            kink=True,
            elsewhere=Equivalents("ReLU()", '"relu"'),
        ),
        Activation(
            "leaky_relu",
            Text("leaky ReLU", "带泄露的 ReLU（leaky ReLU）"),
            r"\max(0.01\,z, z)",
            r"1\text{ if }z>0\text{ else }0.01",
            Text(
                "A ReLU that keeps a slope of 0.01 for negative z, so that no neuron dies.",
                "负半轴保留 0.01 的斜率，神经元不会死亡。",
            ),
            source="Maas, Hannun & Ng 2013",
            f=lambda z: np.maximum(z, LEAKY_SLOPE * z),
            vjp=lambda z, a, g: g * np.maximum(np.heaviside(z, 0), LEAKY_SLOPE),
            kink=True,
            elsewhere=Equivalents(
                f"LeakyReLU(negative_slope={LEAKY_SLOPE})", f"lambda z: keras.ops.leaky_relu(z, {LEAKY_SLOPE})"
            ),
        ),
        Activation(
            "elu",
            Text("ELU", "ELU（指数线性单元）"),
            r"\max(0,z)+\min(0,e^{z}-1)",
            r"e^{\min(0,z)}",
            Text(
                "A ReLU that bends smoothly towards −1 on the negative side (α = 1).",
                "负半轴平滑地趋于 −1 的 ReLU（α = 1）。",
            ),
            source="Clevert, Unterthiner & Hochreiter 2016",
            f=lambda z: np.maximum(z, 0) + np.expm1(np.minimum(z, 0)),
            vjp=lambda z, a, g: g * np.exp(np.minimum(z, 0)),
            elsewhere=Equivalents("ELU(alpha=1.0)", '"elu"'),
        ),
        Activation(
            "softplus",
            Text("softplus", "softplus"),
            r"\ln(1+e^{z})",
            r"\sigma(z)",
            Text("A smooth ReLU whose slope is the sigmoid (β = 1).", "平滑的 ReLU，其斜率正是 sigmoid（β = 1）。"),
            source="Dugas et al. 2001",
            f=lambda z: np.logaddexp(z, 0),
            vjp=lambda z, a, g: g * _logistic(z),
            elsewhere=Equivalents("Softplus(beta=1.0, threshold=100.0)", '"softplus"'),
        ),
        Activation(
            "silu",
            Text("SiLU (swish)", "SiLU（swish）"),
            r"z\,\sigma(z)",
            r"\sigma(z)\,(1+z\,(1-\sigma(z)))",
            Text(
                "z weighted by its own sigmoid: smooth, and slightly negative just below zero.",
                "用自身的 sigmoid 加权 z：光滑，在零点左侧略为负。",
            ),
            source="Hendrycks & Gimpel 2016; Elfwing, Uchibe & Doya 2018",
            f=lambda z: z * _logistic(z),
            vjp=_silu_vjp,
            elsewhere=Equivalents("SiLU()", '"silu"'),
        ),
        Activation(
            "gelu",
            Text("GELU (tanh form)", "GELU（tanh 近似）"),
            r"\tfrac12 z\,(1+\tanh(\sqrt{2/\pi}\,(z+0.044715\,z^3)))",
            r"\tfrac12(1+t)+\tfrac12 z\,(1-t^2)\sqrt{2/\pi}\,(1+0.134145\,z^2),\ t=\tanh(\ldots)",
            Text(
                "z weighted by the share of a normal distribution below it, in the usual tanh approximation.",
                "用正态分布函数加权 z，采用常见的 tanh 近似。",
            ),
            source="Hendrycks & Gimpel 2016",
            f=lambda z: 0.5 * z * (1 + _gelu_tanh(z)),
            vjp=_gelu_vjp,
            elsewhere=Equivalents("GELU(approximate='tanh')", "lambda z: keras.ops.gelu(z, approximate=True)"),
        ),
        Activation(
            "softmax",
            Text("softmax", "softmax（归一化指数）"),
            r"\frac{e^{z_j}}{\sum_k e^{z_k}}",
            r"a_j([j=k]-a_k)",
            Text(
                "Turns a layer into probabilities that sum to 1; every output depends on every z.",
                "把一层变成和为 1 的概率；每个输出都依赖所有 z。",
            ),
            source="Bridle 1990",
            f=_softmax,
            vjp=lambda z, a, g: a * (g - (a * g).sum(axis=-2, keepdims=True)),
            elementwise=False,
            alone=Text(
                "Softmax of a single neuron is always 1: its weights change nothing, and no error flows back "
                "through it. For one output between 0 and 1 use the sigmoid.",
                "只有一个神经元的 softmax 恒为 1：它的权重不起作用，误差也无法经它回传。单个 0 到 1 之间的输出应使"
                "用 sigmoid。",
            ),
            elsewhere=Equivalents("Softmax(dim=1)", '"softmax"'),
        ),
    )
}

_BY_ANY_NAME = ACTIVATIONS | {record.alias: record for record in ACTIVATIONS.values() if record.alias}


def remarks(units: Iterable[int], names: Iterable[str]) -> tuple[Text, ...]:
    """Remarks on layers with so many units and these activations, as far as both sequences go."""
    layers = enumerate(zip(units, names, strict=False), 1)
    said = ((l, activation(name).alone) for l, (count, name) in layers if count == 1)
    return tuple(_IN_LAYER.format(l, words) for l, words in said if words)


def activation(name: object) -> Activation:
    """Return the activation called `name`, or raise `InputError` with the names there are."""
    return lookup(Text("activation", "激活函数"), _BY_ANY_NAME, name)
