"""The laws of optimizers, their update rules: what they keep of the gradients, and the step that they take from it."""

import numpy as np

from engine.core import Text
from engine.optimizers.update import UpdateRule, explained_step

MOMENTUM = 0.9
ADAGRAD_EPSILON = 1e-10
RMS_DECAY = 0.99
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8
WEIGHT_DECAY = 0.01

VELOCITY = UpdateRule(
    "v",
    ("v", "g"),
    r"\mu\, <v> + <dp>",
    lambda v, g: MOMENTUM * v + g,
    Text("The velocity of every parameter", "每个参数的速度"),
    Text(
        "It keeps nine tenths of what it was and adds the gradient: a steady slope speeds up, a zigzag cancels.",
        "保留原速度的十分之九，再加上梯度：方向一致则加速，来回摆动则抵消。",
    ),
)
SQUARES = UpdateRule(
    "s",
    ("s", "g"),
    r"<s> + (<dp>)^{\odot 2}",
    lambda s, g: s + g * g,
    Text("Running sum of squared gradients", "梯度平方的累积和"),
    Text(
        "It only grows: the larger the past gradients, the shorter the steps to come.",
        "它只增不减：以往梯度越大，之后的步子越小。",
    ),
)
MEAN_SQUARE = UpdateRule(
    "s",
    ("s", "g"),
    r"\rho\, <s> + (1-\rho)\, (<dp>)^{\odot 2}",
    lambda s, g: RMS_DECAY * s + (1 - RMS_DECAY) * g * g,
    Text("Running average of squared gradients", "梯度平方的移动平均"),
    Text(
        "A running average of squared gradients: how large this gradient usually is, with the distant past forgotten.",
        "平方的移动平均：反映这个梯度通常有多大，早期的影响逐渐消失。",
    ),
)
FIRST = UpdateRule(
    "m",
    ("m", "g"),
    r"\beta_1\, <m> + (1-\beta_1)\, <dp>",
    lambda m, g: BETA1 * m + (1 - BETA1) * g,
    Text("First moment: running average of the gradients", "一阶矩：梯度的移动平均"),
    Text(
        "Where the gradients point on average; one noisy batch changes little.",
        "梯度平均指向何方；单个含噪小批量影响很小。",
    ),
)
SECOND = UpdateRule(
    "v",
    ("v", "g"),
    r"\beta_2\, <v> + (1-\beta_2)\, (<dp>)^{\odot 2}",
    lambda v, g: BETA2 * v + (1 - BETA2) * g * g,
    Text("Second moment: the running average of the squares", "二阶矩：梯度平方的移动平均"),
    Text("How large this gradient usually is, whatever its sign.", "不论符号，这个梯度通常有多大。"),
)
FIRST_CORRECTED = UpdateRule(
    "mhat",
    ("m", "t"),
    r"\frac{1}{1-\beta_1^{{t}}}\, <m_new>",
    lambda m, t: m / (1 - BETA1**t),
    Text("First moment, bias-corrected", "一阶矩的偏差修正"),
    Text(
        "It starts at zero and is too small at first; dividing by the total weight of the gradients seen so far "
        "corrects this.",
        "它从零开始，起初偏小；除以至今各梯度的权重之和加以修正。",
    ),
)
SECOND_CORRECTED = UpdateRule(
    "vhat",
    ("v", "t"),
    r"\frac{1}{1-\beta_2^{{t}}}\, <v_new>",
    lambda v, t: v / (1 - BETA2**t),
    Text("Second moment, bias-corrected", "二阶矩的偏差修正"),
    Text(
        "It too starts at zero and takes thousands of updates to fill up; without the correction the first steps "
        "would be far too large.",
        "它同样从零开始，要几千次更新才接近真实的均方；不修正的话，最初几步会过大。",
    ),
)
ADAPTED_WHY = Text(
    "Each parameter has its own learning rate: η divided by the usual size of its gradient.",
    "每个参数有自己的学习率：η 除以其梯度的常见大小。",
)
ALONG_VELOCITY = explained_step(
    ("rate", "v"),
    r"\eta\, <v_new>",
    lambda rate, v: rate * v,
    Text("The step follows the velocity instead of the gradient.", "沿速度而不是沿梯度移动。"),
)
LOOKING_AHEAD = explained_step(
    ("rate", "g", "v"),
    r"\eta\, \left(<dp> + \mu\, <v_new>\right)",
    lambda rate, g, v: rate * (g + MOMENTUM * v),
    Text(
        "The velocity that the next update would have if the gradient stayed the same: one step ahead.",
        "若梯度不变，这就是下一次更新的速度：相当于提前看一步。",
    ),
)


def moved_over_root(epsilon: float) -> UpdateRule:
    """Update by the gradient over the root of its sum, or mean, of squares."""
    return UpdateRule(
        "theta",
        ("theta", "g", "s", "rate"),
        r"<p> - \eta\, \frac{<dp>}{\sqrt{<s_new>} + \epsilon}",
        lambda theta, g, s, rate: theta - rate * g / (np.sqrt(s) + epsilon),
    )


def over_root(epsilon: float) -> UpdateRule:
    """Step of that update, as it is shown by itself."""
    return explained_step(
        ("rate", "g", "s"),
        r"\eta\, \frac{<dp>}{\sqrt{<s_new>} + \epsilon}",
        lambda rate, g, s: rate * g / (np.sqrt(s) + epsilon),
        ADAPTED_WHY,
    )


OVER_MOMENT = explained_step(
    ("rate", "mhat", "vhat"),
    r"\eta\, \frac{<mhat>}{\sqrt{<vhat>} + \epsilon}",
    lambda rate, m, v: rate * m / (np.sqrt(v) + EPSILON),
    ADAPTED_WHY,
)
OVER_MOMENT_AND_DECAY = explained_step(
    ("rate", "theta", "mhat", "vhat"),
    r"\eta\, \left(\lambda\, <p> + \frac{<mhat>}{\sqrt{<vhat>} + \epsilon}\right)",
    lambda rate, theta, m, v: rate * (WEIGHT_DECAY * theta + m / (np.sqrt(v) + EPSILON)),
    Text(
        "Adam's step plus a fraction of the parameter itself: weight decay that does not enter the moments.",
        "Adam 的一步，再加上参数本身的一部分：不进入矩估计的权重衰减。",
    ),
)
