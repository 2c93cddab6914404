"""Gradient clipping makes a gradient that is too large smaller before an update takes a step with it.

Clipping comes after BP3 and BP4 and the pull of a regularizer, and before the optimizer: `clipped(g, c, norm)` of the
gradient of all parameters, the limit c and the length of the gradient.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.core import NOWHERE, Equivalents, Text

NORM_EPSILON = 1e-6


@dataclass(frozen=True)
class Clip:
    """Registry entry of a way to clip gradients.

    Attributes
    ----------
    name : str
        The key in `CLIPS`, in code and in links.
    label, why : Text
        The name that a reader sees, and one sentence on what it does.
    source : str
        Authors and year of the publication.
    tex : str
        The clipped gradient of one parameter in TeX: `<dp>` is the gradient before, `<norm>` the length of all.
    clipped : callable
        clipped(g, c, norm): g of shape (..., P) and norm of shape (..., 1) to an array like g.
    constants : dict
        The numbers that letters in the TeX stand for; c is the limit, which a training is given.
    elsewhere : Equivalents
        PyTorch: a call between the gradients of all `{parameters}` and the step, or one for each `{gradient}`;
        `{clip_at}` is c. Keras: a setting of the optimizer.
    """

    name: str
    label: Text
    why: Text
    source: str
    tex: str
    clipped: Callable[[NDArray, float, NDArray], NDArray]
    constants: dict[str, float] = field(default_factory=dict)
    elsewhere: Equivalents = field(kw_only=True)


CLIPS = {
    record.name: record
    for record in (
        Clip(
            "none",
            Text("none", "不裁剪"),
            Text("Gradients are used unchanged, however large.", "梯度不论多大，都原样使用。"),
            "",
            "<dp>",
            lambda g, c, norm: g,
            elsewhere=NOWHERE,
        ),
        Clip(
            "value",
            Text("by value", "按值裁剪"),
            Text(
                "Each entry is limited to ±c separately; the direction of the step may change.",
                "每个分量各自限制在 ±c 之内；更新的方向可能改变。",
            ),
            "Mikolov 2012",
            r"\max(-c, \min(c, <dp>))",
            lambda g, c, norm: g.clip(-c, c),
            elsewhere=Equivalents("nn.utils.clip_grad_value_({parameters}, {clip_at})", "clipvalue={clip_at}"),
        ),
        Clip(
            "norm",
            Text("by global norm", "按全局范数裁剪"),
            Text(
                "A gradient longer than c is scaled down to length c; its direction stays the same.",
                "长度超过 c 的梯度被缩短到 c，所有参数按同一比例：方向不变。",
            ),
            "Pascanu, Mikolov & Bengio 2013",
            r"\min\left(1, \frac{c}{<norm> + \epsilon}\right) <dp>",
            lambda g, c, norm: g * np.minimum(c / (norm + NORM_EPSILON), 1),
            {r"\epsilon": NORM_EPSILON},
            elsewhere=Equivalents("nn.utils.clip_grad_norm_({parameters}, {clip_at})", "global_clipnorm={clip_at}"),
        ),
    )
}
