"""The optimizers, one registry entry each, with PyTorch's conventions and default constants.

Nesterov's method is written with the gradient at the present point, as PyTorch has it. Adam keeps both of its averages
as the paper defines them, and adds ε to the root of the corrected average: θ − η m̂ / (√v̂ + ε).
Fractions, squares and roots are taken element by element.
"""

import numpy as np
from numpy.typing import NDArray

from engine.core import Equivalents, Text
from engine.optimizers.laws import (
    ADAGRAD_EPSILON,
    ALONG_VELOCITY,
    BETA1,
    BETA2,
    EPSILON,
    FIRST,
    FIRST_CORRECTED,
    LOOKING_AHEAD,
    MEAN_SQUARE,
    MOMENTUM,
    OVER_MOMENT,
    OVER_MOMENT_AND_DECAY,
    RMS_DECAY,
    SECOND,
    SECOND_CORRECTED,
    SQUARES,
    VELOCITY,
    WEIGHT_DECAY,
    moved_over_root,
    over_root,
)
from engine.optimizers.update import Optimizer, UpdateRule


def _adam_step(rate: NDArray, m: NDArray, v: NDArray, scale: NDArray, epsilon: NDArray) -> NDArray:
    """Adam's step η m̂ / (√v̂ + ε), expanded by √(1 − β₂ᵗ): the corrections act on two numbers, not on vectors."""
    return rate * scale * (m / (np.sqrt(v) + epsilon))


_ADAM_STEP = r"\frac{\frac{1}{1-\beta_1^{{t}}}\, <m_new>}{\sqrt{\frac{1}{1-\beta_2^{{t}}}\, <v_new>} + \epsilon}"
_ADAM_CONSTANTS = {r"\beta_1": BETA1, r"\beta_2": BETA2, r"\epsilon": EPSILON}
_KERAS_EPSILON = f"{EPSILON} * (1 - {BETA2}**{{t}})**0.5"  # Keras adds ε before the average is corrected
_ADAM_CORRECTIONS = {
    "scale": lambda t: (1 - BETA2**t) ** 0.5 / (1 - BETA1**t),
    "epsilon": lambda t: (1 - BETA2**t) ** 0.5 * EPSILON,
}

OPTIMIZERS = {
    record.name: record
    for record in (
        Optimizer(
            "sgd",
            Text("gradient descent", "梯度下降"),
            Text(
                "Every parameter moves against its gradient, by the learning rate times the gradient.",
                "每个参数逆着梯度移动，步长为学习率乘以梯度。",
            ),
            "Cauchy 1847; Robbins & Monro 1951",
            0.1,
            (
                UpdateRule(
                    "theta", ("theta", "g", "rate"), r"<p> - \eta\, <dp>", lambda theta, g, rate: theta - rate * g
                ),
            ),
            elsewhere=Equivalents("torch.optim.SGD(parameters, lr={rate})", "keras.optimizers.SGD({rate})"),
        ),
        Optimizer(
            "momentum",
            Text("momentum", "动量法"),
            Text(
                "A velocity adds up the gradients and loses a tenth at each step: steady slopes speed up, "
                "zigzags cancel.",
                "速度累积梯度，每步衰减十分之一：方向一致时加速，来回摆动时相互抵消。",
            ),
            "Polyak 1964",
            0.05,
            (
                VELOCITY,
                UpdateRule(
                    "theta", ("theta", "v", "rate"), r"<p> - \eta\, <v_new>", lambda theta, v, rate: theta - rate * v
                ),
            ),
            {r"\mu": MOMENTUM},
            explained=(ALONG_VELOCITY,),
            elsewhere=Equivalents(
                f"torch.optim.SGD(parameters, lr={{rate}}, momentum={MOMENTUM})",
                f"keras.optimizers.SGD({{rate}}, momentum={MOMENTUM})",
                ("momentum_buffer",),
                "-{rate} * ",
            ),
        ),
        Optimizer(
            "nesterov",
            Text("Nesterov momentum", "Nesterov 动量"),
            Text(
                "Momentum that looks ahead: the step uses the velocity expected one update later.",
                "“向前看”的动量法：用预计的下一步速度来更新。",
            ),
            "Nesterov 1983; Sutskever et al. 2013",
            0.05,
            (
                VELOCITY,
                UpdateRule(
                    "theta",
                    ("theta", "g", "v", "rate"),
                    r"<p> - \eta\, \left(<dp> + \mu\, <v_new>\right)",
                    lambda theta, g, v, rate: theta - rate * (g + MOMENTUM * v),
                ),
            ),
            {r"\mu": MOMENTUM},
            explained=(LOOKING_AHEAD,),
            elsewhere=Equivalents(
                f"torch.optim.SGD(parameters, lr={{rate}}, momentum={MOMENTUM}, nesterov=True)",
                f"keras.optimizers.SGD({{rate}}, momentum={MOMENTUM}, nesterov=True)",
                ("momentum_buffer",),
                "-{rate} * ",
            ),
        ),
        Optimizer(
            "adagrad",
            Text("AdaGrad", "AdaGrad（自适应梯度）"),
            Text(
                "Each parameter has its own learning rate, which shrinks as its squared gradients add up.",
                "每个参数有自己的学习率，随它见过的全部梯度而减小。",
            ),
            "Duchi, Hazan & Singer 2011",
            0.1,
            (
                SQUARES,
                moved_over_root(ADAGRAD_EPSILON),
            ),
            {r"\epsilon": ADAGRAD_EPSILON},
            explained=(over_root(ADAGRAD_EPSILON),),
            elsewhere=Equivalents(
                f"torch.optim.Adagrad(parameters, lr={{rate}}, eps={ADAGRAD_EPSILON})",
                f"keras.optimizers.Adagrad({{rate}}, 0.0, epsilon={ADAGRAD_EPSILON}**2)",
                ("sum",),
            ),
        ),
        Optimizer(
            "rmsprop",
            Text("RMSprop", "RMSprop（均方根）"),
            Text(
                "Divides each gradient by its typical size: the root of a running average of its squares.",
                "用每个梯度的常见大小（其平方的移动平均的平方根）去除它。",
            ),
            "Tieleman & Hinton 2012",
            0.01,
            (
                MEAN_SQUARE,
                moved_over_root(EPSILON),
            ),
            {r"\rho": RMS_DECAY, r"\epsilon": EPSILON},
            explained=(over_root(EPSILON),),
            elsewhere=Equivalents(
                f"torch.optim.RMSprop(parameters, lr={{rate}}, alpha={RMS_DECAY}, eps={EPSILON})",
                f"keras.optimizers.RMSprop({{rate}}, rho={RMS_DECAY}, epsilon={EPSILON}**2)",
                ("square_avg",),
            ),
        ),
        Optimizer(
            "adam",
            Text("Adam", "Adam（自适应矩估计）"),
            Text(
                "Momentum divided by the usual size of the gradient; both averages are corrected for starting at zero. "
                "ε is added outside the corrected root.",
                "动量除以梯度的常见大小；两个移动平均都做偏差修正，ε 加在修正后的根号之外。",
            ),
            "Kingma & Ba 2015",
            0.01,
            (
                FIRST,
                SECOND,
                UpdateRule(
                    "theta",
                    ("theta", "rate", "m", "v", "scale", "epsilon"),
                    rf"<p> - \eta\, {_ADAM_STEP}",
                    lambda theta, *step: theta - _adam_step(*step),
                ),
            ),
            _ADAM_CONSTANTS,
            _ADAM_CORRECTIONS,
            (FIRST_CORRECTED, SECOND_CORRECTED, OVER_MOMENT),
            elsewhere=Equivalents(
                f"torch.optim.Adam(parameters, lr={{rate}}, betas=({BETA1}, {BETA2}), eps={EPSILON})",
                f"keras.optimizers.Adam({{rate}}, {BETA1}, {BETA2}, epsilon={_KERAS_EPSILON})",
                ("exp_avg", "exp_avg_sq"),
            ),
        ),
        Optimizer(
            "adamw",
            Text("AdamW", "AdamW（解耦权重衰减）"),
            Text(
                "Adam with decoupled weight decay: every parameter also shrinks a little, outside the moment "
                "estimates.",
                "在 Adam 之外，每个参数再略微缩小：权重衰减不进入两个平均。",
            ),
            "Loshchilov & Hutter 2019",
            0.01,
            (
                FIRST,
                SECOND,
                UpdateRule(
                    "theta",
                    ("theta", "rate", "m", "v", "scale", "epsilon"),
                    rf"<p> - \eta\, \left(\lambda\, <p> + {_ADAM_STEP}\right)",
                    lambda theta, rate, *step: theta - rate * WEIGHT_DECAY * theta - _adam_step(rate, *step),
                ),
            ),
            _ADAM_CONSTANTS | {r"\lambda": WEIGHT_DECAY},
            _ADAM_CORRECTIONS,
            (FIRST_CORRECTED, SECOND_CORRECTED, OVER_MOMENT_AND_DECAY),
            elsewhere=Equivalents(
                f"torch.optim.AdamW(parameters, lr={{rate}}, betas=({BETA1}, {BETA2}), eps={EPSILON}, "
                f"weight_decay={WEIGHT_DECAY})",
                f"keras.optimizers.AdamW({{rate}}, {WEIGHT_DECAY}, {BETA1}, {BETA2}, epsilon={_KERAS_EPSILON})",
                ("exp_avg", "exp_avg_sq"),
            ),
        ),
    )
}
