"""Batch normalization and dropout: rules of their own between the weighted input of a layer and the layer after.

A normalized layer goes z → u = γ ẑ + β, and its activation takes u; ∂C/∂u is `delta_u`, and δ stays ∂C/∂z, so that BP3,
BP4 and the BP2 of the layer before read what they always read. Errors are those of each sample, ∂C_x/∂z times as it
were: the mean of BP3 and BP4 stands in dγ and dβ too. A layer with dropout computes h = f(z) and hands on a = r ⊙ h;
the mask r is drawn beforehand, and holds 1 / (1 − p) for every output that is kept. In inference mode running averages
stand in for the batch, and nothing is dropped.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

import numpy as np

from engine.core import Text
from engine.equations.dropout_rules import with_masks
from engine.equations.rules import BP2, JACOBIAN, SLOPE, Operation, Rule
from engine.layers import Architecture

NORM_EPSILON, NORM_MOMENTUM = 1e-5, 0.1  # PyTorch's

MEAN = Operation("mu", ("z", "m"), lambda z, m: z.sum(axis=-1, keepdims=True) / m)
VARIANCE = Operation("var", ("z", "mu", "m"), lambda z, mu, m: np.square(z - mu).sum(axis=-1, keepdims=True) / m)
HAT = Operation("zhat", ("z", "mu", "var"), lambda z, mu, var: (z - mu) / np.sqrt(var + NORM_EPSILON))
SHIFT = Operation("u", ("gamma", "zhat", "beta"), lambda gamma, zhat, beta: gamma * zhat + beta)
RUN_MEAN = Operation("mean_new", ("mean", "mu"), lambda mean, mu: (1 - NORM_MOMENTUM) * mean + NORM_MOMENTUM * mu)
RUN_VARIANCE = Operation(
    "variance_new",
    ("variance", "var", "m"),
    lambda variance, var, m: (1 - NORM_MOMENTUM) * variance + NORM_MOMENTUM * m / (m - 1) * var,
)
D_GAMMA = Operation("dgamma", ("delta_u", "zhat", "m"), lambda d, zhat, m: (d * zhat).sum(axis=-1, keepdims=True) / m)
D_BETA = Operation("dbeta", ("delta_u", "m"), lambda d, m: d.sum(axis=-1, keepdims=True) / m)
DELTA_HAT = Operation("delta_hat", ("gamma", "delta_u"), lambda gamma, d: gamma * d)
DELTA_VAR = Operation(
    "delta_var",
    ("delta_hat", "z", "mu", "var"),
    lambda d, z, mu, var: (d * (z - mu)).sum(axis=-1, keepdims=True) * (-0.5 * (var + NORM_EPSILON) ** -1.5),
)
DELTA_MU = Operation(
    "delta_mu",
    ("delta_hat", "delta_var", "z", "mu", "var", "m"),
    lambda d, d_var, z, mu, var, m: (
        -d.sum(axis=-1, keepdims=True) / np.sqrt(var + NORM_EPSILON)
        - d_var * (2 / m * (z - mu).sum(axis=-1, keepdims=True))
    ),
)
THROUGH = Operation(
    "delta",
    ("delta_hat", "delta_var", "delta_mu", "z", "mu", "var", "m"),
    lambda d, d_var, d_mu, z, mu, var, m: d / np.sqrt(var + NORM_EPSILON) + d_var * (2 / m * (z - mu)) + d_mu / m,
)
COMPACT = Operation(  # what the three of them come to
    "compact_delta",
    ("gamma", "delta_u", "zhat", "var", "m"),
    lambda gamma, d, zhat, var, m: (
        gamma
        / (m * np.sqrt(var + NORM_EPSILON))
        * (m * d - d.sum(axis=-1, keepdims=True) - zhat * (d * zhat).sum(axis=-1, keepdims=True))
    ),
)
SLOPE_OF_U = replace(SLOPE, writes="slope_u")  # what they are called where the activation takes u, or gives h
JACOBIAN_OF_H = replace(JACOBIAN, writes="jacobian_h")
CONSTANTS = {r"\epsilon": NORM_EPSILON, r"\rho": NORM_MOMENTUM}
HAT_RUNNING = replace(HAT, reads=("z", "mean", "variance"))
THROUGH_RUNNING = Operation(
    "delta", ("delta_hat", "variance"), lambda d, variance: d / np.sqrt(variance + NORM_EPSILON)
)
DROP = Operation("a", ("h", "mask"), lambda h, mask: h * mask)


def _rule(name: str, phase: str, tex: str, operations: tuple[Operation, ...], title: Text, why: Text) -> Rule:
    said = dict.fromkeys(re.findall(r"<([^>]+)>", tex))
    writes = tuple(operation.writes for operation in operations)
    reads = tuple(letter for letter in said if letter not in writes)
    return Rule(name, name, phase, tex, reads, writes, operations, title, why)


_ROOT = r"\sqrt{<var> + \epsilon}"
NORM_MEAN = _rule(
    "mu",
    "forward",
    r"<mu> = \frac{1}{m} \sum_x <z>",
    (MEAN,),
    Text("Batch mean of layer {l}", "第 {l} 层的批均值"),
    Text("Each neuron's mean over the batch.", "每个神经元在这一批上的均值。"),
)
NORM_VARIANCE = _rule(
    "var",
    "forward",
    r"<var> = \frac{1}{m} \sum_x (<z> - <mu>)^{\odot 2}",
    (VARIANCE,),
    Text("Batch variance of layer {l}", "第 {l} 层的批方差"),
    Text("How widely each neuron's weighted inputs vary over the batch.", "每个神经元的加权输入在这一批上的分散程度。"),
)
NORM_HAT = _rule(
    "zhat",
    "forward",
    rf"<zhat> = \frac{{<z> - <mu>}}{{{_ROOT}}}",
    (HAT,),
    Text("Layer {l}, normalized", "第 {l} 层归一化"),
    Text(
        "Mean 0 and (apart from ε) variance 1 over the batch, whatever the previous layers do.",
        "无论前面各层如何，在这一批上均值为 0，方差为 1（ε 的影响除外）。",
    ),
)
NORM_HAT_RUNNING = _rule(
    "zhat",
    "forward",
    r"<zhat> = \frac{<z> - <mean>}{\sqrt{<variance> + \epsilon}}",
    (HAT_RUNNING,),
    Text("Layer {l}, normalized by running averages", "第 {l} 层用移动平均归一化"),
    Text(
        "At inference there is no batch: the running averages kept during training are used instead.",
        "推理时没有小批量可用：改用训练时保留的移动平均。",
    ),
)
NORM_SHIFT = _rule(
    "u",
    "forward",
    r"<u> = <gamma> \odot <zhat> + <beta>",
    (SHIFT,),
    Text("Scale and shift in layer {l}", "第 {l} 层的缩放与平移"),
    Text(
        "γ and β are learned: the layer may choose another spread and mean, or undo the normalization.",
        "γ 与 β 由学习得到：该层可以选择别的方差与均值，甚至撤销归一化。",
    ),
)
NORM_RUNNING = _rule(
    "running",
    "forward",
    "<mean_new> = (1-\\rho)\\, <mean> + \\rho\\, <mu>\n"
    r"<variance_new> = (1-\rho)\, <variance> + \rho\, \frac{m}{m-1}\, <var>",
    (RUN_MEAN, RUN_VARIANCE),
    Text("Running averages of layer {l}", "第 {l} 层的移动平均"),
    Text("Kept for inference; no gradient flows through them.", "留给推理使用；梯度不经过它们。"),
)
NORM_GAMMA = _rule(
    "dgamma",
    "backward",
    r"<dgamma> = \frac{1}{m} \sum_x <delta_u> \odot <zhat>",
    (D_GAMMA,),
    Text("Gradient of the scales of layer {l}", "第 {l} 层缩放系数的梯度"),
    Text(
        "The gradient of a scale is the error times the value that it scales, averaged over the batch.",
        "缩放系数的梯度等于误差乘以它所缩放的值，再对这一批取平均。",
    ),
)
NORM_BETA = _rule(
    "dbeta",
    "backward",
    r"<dbeta> = \frac{1}{m} \sum_x <delta_u>",
    (D_BETA,),
    Text("Gradient of the shifts of layer {l}", "第 {l} 层平移量的梯度"),
    Text("A shift is a bias: its gradient is the mean of the errors.", "平移量就是偏置：它的梯度就是误差的平均。"),
)
NORM_DELTA_HAT = _rule(
    "delta_hat",
    "backward",
    r"<delta_hat> = <gamma> \odot <delta_u>",
    (DELTA_HAT,),
    Text("The error of the normalized inputs of layer {l}", "第 {l} 层归一化输入的误差"),
    Text("Back through the scale.", "反向经过缩放。"),
)
NORM_DELTA_VAR = _rule(
    "delta_var",
    "backward",
    r"<delta_var> = -\tfrac12 \left(<var> + \epsilon\right)^{-3/2} \sum_x <delta_hat> \odot (<z> - <mu>)",
    (DELTA_VAR,),
    Text("The error of the variance of layer {l}", "第 {l} 层方差的误差"),
    Text(
        "All samples of the batch share one variance; their errors meet in it.", "同批样本共用一个方差，误差在此汇合。"
    ),
)
NORM_DELTA_MU = _rule(
    "delta_mu",
    "backward",
    rf"<delta_mu> = -\frac{{1}}{{{_ROOT}}} \sum_x <delta_hat> - \frac{{2}}{{m}} <delta_var> \sum_x (<z> - <mu>)",
    (DELTA_MU,),
    Text("The error of the mean of layer {l}", "第 {l} 层均值的误差"),
    Text(
        "The mean acts directly and through the variance; the second sum is zero.",
        "均值直接起作用，也经由方差；第二个和为零。",
    ),
)
NORM_THROUGH = _rule(
    "delta",
    "backward",
    rf"<delta> = \frac{{<delta_hat>}}{{{_ROOT}}} + \frac{{2}}{{m}} <delta_var> \odot (<z> - <mu>)"
    r" + \frac{1}{m} <delta_mu>",
    (THROUGH,),
    Text("The error of layer {l} before normalization", "第 {l} 层归一化之前的误差"),
    Text(
        "A weighted input acts in three ways: by itself, through the variance and through the mean.",
        "加权输入以三种方式起作用：直接、经由方差、经由均值。",
    ),
)
NORM_COMPACT = _rule(
    "delta",
    "backward",
    rf"<compact_delta> = \frac{{<gamma>}}{{m\,{_ROOT}}} \odot \left(m\, <delta_u> - \sum_x <delta_u>"
    r" - <zhat> \odot \sum_x <delta_u> \odot <zhat>\right)",
    (COMPACT,),
    Text("The same in one formula", "合成一个公式"),
    Text("The three paths combined.", "三条路径合并。"),
)
NORM_THROUGH_RUNNING = _rule(
    "delta",
    "backward",
    r"<delta> = \frac{<delta_hat>}{\sqrt{<variance> + \epsilon}}",
    (THROUGH_RUNNING,),
    Text("The error of layer {l} before normalization", "第 {l} 层归一化之前的误差"),
    Text("Running averages are constants: only the direct path is left.", "移动平均是常数：只剩直接的路径。"),
)
DROPOUT = _rule(
    "drop",
    "forward",
    r"<a> = <mask> \odot <h>",
    (DROP,),
    Text("Dropout in layer {l}", "第 {l} 层的 dropout"),
    Text(
        "Outputs are switched off at random; the others are scaled up, so that the expected value stays the same.",
        "随机关闭一些输出；留下的按比例放大，使期望不变。",
    ),
)
BP2_DROPPED = with_masks(BP2)  # as the reference, which lists the rules of this module, has it

_FORWARD = {True: (NORM_MEAN, NORM_VARIANCE, NORM_HAT, NORM_SHIFT, NORM_RUNNING), False: (NORM_HAT_RUNNING, NORM_SHIFT)}
_GRADIENTS = (NORM_GAMMA, NORM_BETA, NORM_DELTA_HAT)
_BACKWARD = {
    True: (*_GRADIENTS, NORM_DELTA_VAR, NORM_DELTA_MU, NORM_THROUGH),
    False: (*_GRADIENTS, NORM_THROUGH_RUNNING),
}


def with_layers(
    rules: Iterable[tuple[Rule, int]], architecture: Architecture, training: bool
) -> Iterator[tuple[Rule, int]]:
    """Yield the rules of a pass and, in their places, those of normalized layers and of layers with dropout."""
    for rule, l in rules:
        normed, dropped = architecture.is_normed(l), training and architecture.dropout(l) > 0
        before = _FORWARD[training] if normed and rule.key == "a" else ()
        yield from ((extra, l) for extra in before)
        yield _in_layer(with_masks(rule) if dropped and rule.key == "bp2" else rule, normed, dropped), l
        if dropped and rule.key == "a":
            yield DROPOUT, l
        if normed and rule.key in ("bp1", "bp2"):
            yield from ((extra, l) for extra in _BACKWARD[training])


def names_in_layer(normed: bool, dropped: bool) -> dict[str, str]:
    """Names of an activation's input, its output and the error of its input in a layer."""
    of_input = {"z": "u", "delta": "delta_u", "slope": "slope_u"} if normed else {}
    return of_input | ({"a": "h", "jacobian": "jacobian_h"} if dropped else {})


@lru_cache(maxsize=256)
def _in_layer(rule: Rule, normed: bool, dropped: bool) -> Rule:
    """Return a rule that reads and writes an activation's values under the names that they have in this layer."""
    names = names_in_layer(normed, dropped) if rule.key in ("a", "c", "bp1", "bp2") else {}
    if not names:
        return rule

    def named(letters: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names.get(letter, letter) for letter in letters)

    operations = (replace(o, reads=named(o.reads), writes=named((o.writes,))[0]) for o in rule.operations)
    tex, element = (
        re.sub(r"(?<=<)[^>:]+", lambda found: names.get(found[0], found[0]), text) for text in (rule.tex, rule.element)
    )
    reads, writes = named(rule.reads), named(rule.writes)
    return replace(rule, tex=tex, reads=reads, writes=writes, operations=tuple(operations), element=element)
