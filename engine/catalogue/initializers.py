"""An initializer draws the weights that training starts from; biases start at zero unless it draws them too.

Each registry entry is one expression in a random generator and the fan-in and fan-out of a layer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core import Text

CONSTANT = 0.5


@dataclass(frozen=True)
class Initializer:
    """Registry entry of a way to draw a weight matrix.

    Attributes
    ----------
    name : str
        The key in `INITIALIZERS`, in code and in links.
    label, why : Text
        The name that a reader sees, and one sentence on its use.
    tex : str
        The distribution in TeX.
    draw : callable
        draw(rng, n_out, n_in): an array of shape (n_out, n_in).
    generator : callable
        generator(seed): what draws.
    biases : bool
        Whether a layer's biases are drawn after its weights, as one more column.
    """

    name: str
    label: Text
    tex: str
    why: Text
    draw: Callable[[Any, int, int], NDArray]
    generator: Callable[[int], Any] = np.random.default_rng
    biases: bool = False


def _uniform(rng: np.random.Generator, n_out: int, n_in: int, bound: float) -> NDArray:
    return rng.uniform(-bound, bound, (n_out, n_in))


def _normal(rng: np.random.Generator, n_out: int, n_in: int, deviation: float) -> NDArray:
    return rng.normal(0, deviation, (n_out, n_in))


INITIALIZERS = {
    record.name: record
    for record in (
        Initializer(
            "zeros",
            Text("zeros", "全零"),
            r"w = 0",
            Text(
                "Every neuron of a layer gets the same gradient: the symmetry never breaks.",
                "同层神经元的梯度完全相同：对称性永远无法打破。",
            ),
            lambda rng, n_out, n_in: np.zeros((n_out, n_in)),
        ),
        Initializer(
            "constant",
            Text("constant ½", "常数 ½"),
            r"w = \tfrac12",
            Text(
                "All weights equal: as symmetric as zeros, but errors do flow back.",
                "所有权重相等：与全零一样对称，但误差可以回传。",
            ),
            lambda rng, n_out, n_in: np.full((n_out, n_in), CONSTANT),
        ),
        Initializer(
            "uniform",
            Text("uniform (−1, 1)", "均匀分布 (−1, 1)"),
            r"w \sim \mathcal{U}(-1, 1)",
            Text("Easy to read; too large for wide layers.", "便于阅读；对宽层来说过大。"),
            lambda rng, n_out, n_in: _uniform(rng, n_out, n_in, 1),
        ),
        Initializer(
            "normal",
            Text("normal N(0, 1)", "正态分布 N(0, 1)"),
            r"w \sim \mathcal{N}(0, 1)",
            Text(
                "The first choice in Nielsen's textbook (2015); saturates wide layers.",
                "Nielsen 的教材（2015）最初采用的方法；会使宽层饱和。",
            ),
            lambda rng, n_out, n_in: _normal(rng, n_out, n_in, 1),
        ),
        Initializer(
            "randn",
            Text("NumPy's randn, biases too", "NumPy 的 randn（含偏置）"),
            r"w,\, b \sim \mathcal{N}(0, 1)",
            Text(
                "As in short scripts: RandomState(seed).randn for W¹, b¹, W², b² in turn.",
                "简短脚本的常见做法：用 RandomState(seed).randn 依次生成 W¹、b¹、W²、b²。",
            ),
            lambda rng, n_out, n_in: rng.randn(n_out, n_in),
            lambda seed: np.random.RandomState(seed % 2**32),
            biases=True,
        ),
        Initializer(
            "xavier_uniform",
            Text("Xavier uniform", "Xavier 均匀分布"),
            r"w \sim \mathcal{U}(\pm\sqrt{6/(n_{in}+n_{out})})",
            Text(
                "Keeps the variance of a and δ about the same through tanh-like layers (Glorot & Bengio 2010).",
                "使 a 与 δ 的方差在类 tanh 层间保持一致（Glorot & Bengio 2010）。",
            ),
            lambda rng, n_out, n_in: _uniform(rng, n_out, n_in, (6 / (n_in + n_out)) ** 0.5),
        ),
        Initializer(
            "xavier_normal",
            Text("Xavier normal", "Xavier 正态分布"),
            r"w \sim \mathcal{N}(0, 2/(n_{in}+n_{out}))",
            Text(
                "The same variance from a normal distribution (Glorot & Bengio 2010).",
                "方差相同，取自正态分布（Glorot & Bengio 2010）。",
            ),
            lambda rng, n_out, n_in: _normal(rng, n_out, n_in, (2 / (n_in + n_out)) ** 0.5),
        ),
        Initializer(
            "he_uniform",
            Text("He uniform", "He 均匀分布"),
            r"w \sim \mathcal{U}(\pm\sqrt{6/n_{in}})",
            Text(
                "Doubles the variance for ReLU, which sets about half of its inputs to 0 (He et al. 2015).",
                "为 ReLU 加倍方差，因为它使大约一半的输入归零（He 等，2015）。",
            ),
            lambda rng, n_out, n_in: _uniform(rng, n_out, n_in, (6 / n_in) ** 0.5),
        ),
        Initializer(
            "he_normal",
            Text("He normal", "He 正态分布"),
            r"w \sim \mathcal{N}(0, 2/n_{in})",
            Text(
                "The same variance from a normal distribution (He et al. 2015).",
                "方差相同，取自正态分布（He et al. 2015）。",
            ),
            lambda rng, n_out, n_in: _normal(rng, n_out, n_in, (2 / n_in) ** 0.5),
        ),
    )
}
