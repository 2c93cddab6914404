"""A regularizer adds a price on large weights to the cost, and so a pull towards zero to the gradient of each weight.

The penalty is a term of its own: J = C + λ Σ Ω(w), over all weights and no bias. What is shown as the loss stays C,
what the data say. `value(w)` is Ω and `slope(w)` its derivative, both element by element.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.core import NOWHERE, Equivalents, Text

SHARE = 0.5


@dataclass(frozen=True)
class Regularizer:
    """Registry entry of a regularizer.

    Attributes
    ----------
    name : str
        The key in `REGULARIZERS`, in code and in links.
    label, why : Text
        The name that a reader sees, and one sentence on what it does.
    source : str
        Authors and year of the publication.
    tex, tex_slope : str
        Ω and its derivative in TeX; `<w>` stands for the weight.
    value, slope : callable
        value(w) and slope(w): arrays of one shape.
    kink : bool
        Whether the slope jumps at w = 0, where no difference quotient can tell it.
    constants : dict
        The numbers that letters in the TeX stand for; λ is the strength, which a training is given.
    elsewhere : Equivalents
        PyTorch: the sum of Ω over a matrix w. Keras: what a kernel takes; `{strength}` is λ.
    """

    name: str
    label: Text
    why: Text
    source: str
    tex: str
    tex_slope: str
    value: Callable[[NDArray], NDArray]
    slope: Callable[[NDArray], NDArray]
    kink: bool = False
    constants: dict[str, float] = field(default_factory=dict)
    elsewhere: Equivalents = field(kw_only=True)


REGULARIZERS = {
    record.name: record
    for record in (
        Regularizer(
            "none",
            Text("none", "无"),
            Text("The cost depends on the data alone.", "代价只由数据决定。"),
            "",
            "0",
            "0",
            lambda w: 0 * w,
            lambda w: 0 * w,
            elsewhere=NOWHERE,
        ),
        Regularizer(
            "l1",
            Text("L1 (lasso)", "L1（LASSO）"),
            Text(
                "Pulls every weight towards zero by the same amount, however small it is: weights that the data do "
                "not need end up near zero, and with gradient steps they oscillate around it.",
                "对每个权重施加同样大小的收缩，不论其大小：数据不需要的权重会被拉到零附近，按梯度更新时会在零附近来"
                "回摆动。",
            ),
            "Tibshirani 1996",
            r"\lvert <w> \rvert",
            r"\operatorname{sign}(<w>)",
            np.abs,
            np.sign,
            kink=True,
            elsewhere=Equivalents("w.abs().sum()", "keras.regularizers.L1({strength})"),
        ),
        Regularizer(
            "l2",
            Text("L2 (ridge)", "L2（岭回归 / 权重衰减）"),
            Text(
                "Shrinks each weight in proportion to its size: large weights shrink most, and none becomes "
                "exactly zero.",
                "收缩力与权重成正比：大权重收缩最多，但不会恰好变为零。",
            ),
            "Hoerl & Kennard 1970; Krogh & Hertz 1992",
            r"\tfrac12 <w>^{2}",
            r"<w>",
            lambda w: 0.5 * np.square(w),
            lambda w: w,
            elsewhere=Equivalents("0.5 * w.square().sum()", "keras.regularizers.L2({strength} / 2)"),
        ),
        Regularizer(
            "elastic",
            Text("elastic net", "弹性网络"),
            Text(
                "Half L1, half L2: small weights are drawn to zero, large ones are kept small.",
                "L1 与 L2 各占一半：小权重被拉向零，大权重受到抑制。",
            ),
            "Zou & Hastie 2005",
            r"\alpha \lvert <w> \rvert + \tfrac{1-\alpha}{2} <w>^{2}",
            r"\alpha \operatorname{sign}(<w>) + (1-\alpha) <w>",
            lambda w: SHARE * np.abs(w) + (1 - SHARE) / 2 * np.square(w),
            lambda w: SHARE * np.sign(w) + (1 - SHARE) * w,
            kink=True,
            constants={r"\alpha": SHARE},
            elsewhere=Equivalents(
                f"{SHARE} * w.abs().sum() + {(1 - SHARE) / 2} * w.square().sum()",
                f"keras.regularizers.L1L2({{strength}} * {SHARE}, {{strength}} * {(1 - SHARE) / 2})",
            ),
        ),
    )
}
