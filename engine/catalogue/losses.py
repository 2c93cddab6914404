"""A loss says how far the outputs a are from the targets y, and in which direction each output should move.

`value(a, y)` gives one term per output and sample; their sum over the outputs is the cost C_x of a sample, and the mean
over the samples the cost C. `grad(a, y)` is ∂C_x/∂a. Three losses are logarithms of probabilities and go with one
output activation only. For such a pair both are executed in the form in which the logarithm has met the exponential of
the activation (`Matched`), because that one stays exact and finite at any z.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.core import Equivalents, InputError, Text, lookup

_LOSS = Text("loss", "损失函数")
Function = Callable[[NDArray, NDArray], NDArray]


@dataclass(frozen=True)
class Matched:
    """Fused form of a loss and the one output activation it goes with.

    Attributes
    ----------
    activation : str
        The output activation.
    value : callable
        value(z, y): the terms of the loss, from the weighted inputs.
    delta : callable
        delta(a, y): ∂C_x/∂z of the output layer.
    tex_value, tex_delta : str
        Both in TeX; `<z>`, `<a>` and `<y>` stand for the values.
    tex_share : str
        The factor in `tex_delta` that is 1 where the targets of a sample sum to 1, as one-hot ones do.
    """

    activation: str
    value: Function
    delta: Function
    tex_value: str
    tex_delta: str
    tex_share: str = ""

    def tex_delta_of(self, y: NDArray) -> str:
        """Return `tex_delta` for targets, without the factor that they make 1."""
        whole = np.allclose(y.sum(axis=-2), 1, rtol=0, atol=1e-12)
        return self.tex_delta.replace(self.tex_share, "") if whole else self.tex_delta


@dataclass(frozen=True)
class Loss:
    """Registry entry of a loss function.

    Attributes
    ----------
    name : str
        The key in `LOSSES`, in code and in links.
    label, why : Text
        The name that a reader sees, and one sentence on its use.
    tex, tex_term, tex_grad : str
        C_x, the term of one output in it, and ∇_a C_x in TeX; `<a>` and `<y>` stand for the values.
    value, grad : callable
        value(a, y) and grad(a, y): arrays of shape (n, m) to (n, m).
    low, high : float
        The range in which targets have a meaning.
    matched : Matched or None
        The pairing with an output activation; None where any activation will do.
    source : str
        Authors and year of the publication.
    elsewhere : Equivalents
        The cost of rows a and y, or z where the loss is matched: PyTorch's of all, Keras' of each sample.
    """

    name: str
    label: Text
    tex: str
    tex_term: str
    tex_grad: str
    why: Text
    value: Function
    grad: Function
    low: float = -np.inf
    high: float = np.inf
    matched: Matched | None = None
    source: str = ""
    elsewhere: Equivalents = field(kw_only=True)

    def check_targets(self, y: NDArray) -> None:
        """Raise `InputError` where a target lies outside the range of this loss."""
        if self.matched and not (y.min() >= self.low and y.max() <= self.high):
            wrong = y[~((y >= self.low) & (y <= self.high))][0]  # NaN is wrong too
            raise InputError(
                Text("{} cannot use this target", "{}无法使用这个目标值").format(self.label),
                Text("numbers from {:g} to {:g}", "{:g} 到 {:g} 的数").format(self.low, self.high),
                float(wrong),
            )


def _xlogx(y: NDArray) -> NDArray:
    """Value of y ln y, with its limit 0 at y = 0."""
    return y * np.log(y + (y == 0))


def _log_sum_exp(z: NDArray) -> NDArray:
    top = z.max(axis=-2, keepdims=True)
    return top + np.log(np.exp(z - top).sum(axis=-2, keepdims=True))


_SHARE = r"\,{\textstyle\sum} y"
_SOFTMAX_DELTA = rf"<a>{_SHARE} - <y>"

LOSSES = {
    record.name: record
    for record in (
        Loss(
            "quadratic",
            Text("quadratic ½‖a−y‖²", "平方损失 ½‖a−y‖²"),
            r"\tfrac12\lVert <a>-<y> \rVert^2",
            r"\tfrac12(<a>-<y>)^2",
            r"<a>-<y>",
            Text("Half the squared distance; the ½ cancels in the gradient.", "距离平方的一半；½ 在求导时约去。"),
            source="Legendre 1805; Rumelhart, Hinton & Williams 1986",
            value=lambda a, y: 0.5 * np.square(a - y),
            grad=lambda a, y: a - y,
            elsewhere=Equivalents(
                '0.5 * F.mse_loss(a, y, reduction="sum") / len(y)', "0.5 * ops.sum(ops.square(a - y), axis=-1)"
            ),
        ),
        Loss(
            "squared_error",
            Text("squared error ‖a−y‖²", "平方误差 ‖a−y‖²"),
            r"\lVert <a>-<y> \rVert^2",
            r"(<a>-<y>)^2",
            r"2(<a>-<y>)",
            Text("The squared distance without the ½: every gradient doubles.", "不带 ½ 的距离平方：每个梯度都加倍。"),
            source="Legendre 1805",
            value=lambda a, y: np.square(a - y),
            grad=lambda a, y: 2 * (a - y),
            elsewhere=Equivalents('F.mse_loss(a, y, reduction="sum") / len(y)', "ops.sum(ops.square(a - y), axis=-1)"),
        ),
        Loss(
            "mse",
            Text("mean squared error", "均方误差"),
            r"\tfrac{1}{n_L}\lVert <a>-<y> \rVert^2",
            r"\tfrac{1}{n_L}(<a>-<y>)^2",
            r"\tfrac{2}{n_L}(<a>-<y>)",
            Text("The squared distance averaged over the outputs.", "对各输出取平均的距离平方。"),
            source="Gauss 1809",
            value=lambda a, y: np.square(a - y) / a.shape[-2],
            grad=lambda a, y: 2 * (a - y) / a.shape[-2],
            elsewhere=Equivalents("F.mse_loss(a, y)", "ops.mean(ops.square(a - y), axis=-1)"),
        ),
        Loss(
            "binary_cross_entropy",
            Text("binary cross-entropy", "二元交叉熵"),
            r"-{\textstyle\sum} \left[ <y> \odot \ln <a> + (1-<y>) \odot \ln(1-<a>) \right]",
            r"-\left[<y>\ln <a> + (1-<y>)\ln(1-<a>)\right]",
            r"\frac{<a>-<y>}{<a>(1-<a>)}",
            Text(
                "Each sigmoid output is a separate probability; σ′ cancels, so a saturated neuron still learns.",
                "每个 sigmoid 输出都是独立的概率；σ′ 被约去，饱和的神经元仍能学习。",
            ),
            source="Solla, Levin & Fleisher 1988; Nielsen 2015, ch. 3",
            value=lambda a, y: -(y * np.log(a) + (1 - y) * np.log(1 - a)),
            grad=lambda a, y: (a - y) / (a * (1 - a)),
            low=0,
            high=1,
            matched=Matched(
                "sigmoid",
                value=lambda z, y: np.logaddexp(z, 0) - y * z,
                delta=lambda a, y: a - y,
                tex_value=r"{\textstyle\sum} \left[ \ln(1+e^{<z>}) - <y> \odot <z> \right]",
                tex_delta=r"<a> - <y>",
            ),
            elsewhere=Equivalents(
                'F.binary_cross_entropy_with_logits(z, y, reduction="sum") / len(y)',
                "ops.sum(ops.binary_crossentropy(y, z, from_logits=True), axis=-1)",
            ),
        ),
        Loss(
            "cross_entropy",
            Text("cross-entropy", "交叉熵"),
            r"-{\textstyle\sum}\, <y> \odot \ln <a>",
            r"-<y>\ln <a>",
            r"-<y> \oslash <a>",
            Text(
                "The negative log of the probability that softmax gives to the correct class (natural logarithm).",
                "softmax 赋予正确类别的概率的负对数（自然对数）。",
            ),
            source="Bridle 1990",
            value=lambda a, y: -y * np.log(a),
            grad=lambda a, y: -y / a,
            low=0,
            matched=Matched(
                "softmax",
                value=lambda z, y: y * (_log_sum_exp(z) - z),
                delta=lambda a, y: a * y.sum(axis=-2, keepdims=True) - y,
                tex_value=r"{\textstyle\sum}\, <y> \odot \left(\ln {\textstyle\sum} e^{<z>} - <z>\right)",
                tex_delta=_SOFTMAX_DELTA,
                tex_share=_SHARE,
            ),
            elsewhere=Equivalents("F.cross_entropy(z, y)", "ops.categorical_crossentropy(y, z, from_logits=True)"),
        ),
        Loss(
            "kl_divergence",
            Text("Kullback–Leibler divergence", "KL 散度"),
            r"{\textstyle\sum}\, <y> \odot \left(\ln <y> - \ln <a>\right)",
            r"<y>\left(\ln <y> - \ln <a>\right)",
            r"-<y> \oslash <a>",
            Text(
                "Cross-entropy less the entropy of the targets: zero when the two distributions agree.",
                "交叉熵减去目标分布的熵：两个分布一致时为零。",
            ),
            source="Kullback & Leibler 1951",
            value=lambda a, y: _xlogx(y) - y * np.log(a),
            grad=lambda a, y: -y / a,
            low=0,
            matched=Matched(
                "softmax",
                value=lambda z, y: _xlogx(y) + y * (_log_sum_exp(z) - z),
                delta=lambda a, y: a * y.sum(axis=-2, keepdims=True) - y,
                tex_value=r"{\textstyle\sum}\, <y> \odot \left(\ln <y> + \ln {\textstyle\sum} e^{<z>} - <z>\right)",
                tex_delta=_SOFTMAX_DELTA,
                tex_share=_SHARE,
            ),
            elsewhere=Equivalents(
                'F.kl_div(F.log_softmax(z, dim=1), y, reduction="batchmean")',
                "ops.sum(y * (ops.log(ops.where(y > 0, y, 1)) - ops.log_softmax(z)), axis=-1)",
            ),
        ),
    )
}


def loss_for(name: object, output_activation: str) -> Loss:
    """Return the loss called `name`, or raise `InputError` where it does not go with `output_activation`."""
    loss = lookup(_LOSS, LOSSES, name)
    if loss.matched and loss.matched.activation != output_activation:
        raise InputError(
            Text(
                "{0} takes the logarithm of a probability, so the output layer has to produce probabilities",
                "{0}要对概率取对数，输出层必须给出概率",
            ).format(loss.label),
            Text("{0} in the output layer", "输出层用 {0}").format(loss.matched.activation),
            output_activation,
        )
    return loss
