"""Derivations beside the four equations: the slope of sigmoid, matched losses, batch normalization, weight decay."""

from engine import Text
from visualizer.reference.entry import Derivation

_XOR_NORM = {"example": "xor", "batch_norm": "1"}
MORE = (
    Derivation(
        "sigmoid_slope",
        Text("σ′ = a(1 − a): the slope of sigmoid", "σ′ = a(1 − a)：sigmoid 的导数"),
        (
            (
                Text("The quotient rule, for the reciprocal:", "对倒数求导："),
                r"\sigma(z) = \frac{1}{1 + e^{-z}}, \qquad \sigma'(z) = \frac{e^{-z}}{(1 + e^{-z})^2}",
            ),
            (
                Text("Split the fraction into two factors.", "把分式拆成两个因子。"),
                r"\sigma'(z) = \frac{1}{1 + e^{-z}} \cdot \frac{e^{-z}}{1 + e^{-z}}",
            ),
            (
                Text(
                    "The first is a, the second 1 − a. The product is largest, ¼, at a = ½.",
                    "第一个是 a，第二个是 1 − a。a = ½ 时乘积最大，为 ¼。",
                ),
                r"\sigma'(z) = a\,(1 - a)",
            ),
        ),
        "bp1.2",
        source=Text("calculus", "微积分"),
    ),
    Derivation(
        "sigmoid_bce",
        Text("δ = a − y: sigmoid with binary cross-entropy", "δ = a − y：sigmoid 配二元交叉熵"),
        (
            (
                Text("The derivative of the loss with respect to the output:", "损失对输出的导数："),
                r"C = -y \ln a - (1-y) \ln(1-a), \qquad \frac{\partial C}{\partial a} = \frac{a - y}{a\,(1 - a)}",
            ),
            (
                Text("BP1 multiplies it by the slope a(1 − a), which cancels.", "BP1 再乘以斜率 a(1 − a)，恰好约去。"),
                r"\delta = \frac{a - y}{a\,(1-a)} \cdot a\,(1-a) = a - y",
            ),
        ),
        "bp1.1",
        {"sizes": "1-1", "x": "1", "y": "0", "net": "2_2", "loss": "binary_cross_entropy"},
        Text("Nielsen 2015, ch. 3", "Nielsen 2015 第 3 章"),
    ),
    Derivation(
        "softmax_cross_entropy",
        Text("δ = a − y: softmax with cross-entropy", "δ = a − y：softmax 配交叉熵"),
        (
            (
                Text(
                    "Each output depends on every z. For k = j and for k ≠ j:",
                    "每个输出都依赖所有的 z。分 k = j 与 k ≠ j 两种情形：",
                ),
                r"a_k = \frac{e^{z_k}}{\sum_i e^{z_i}}, \qquad "
                r"\frac{\partial a_k}{\partial z_j} = a_k\,(\delta_{kj} - a_j)",
            ),
            (
                Text(
                    "The derivatives of the loss contain the reciprocals of the outputs.",
                    "损失对输出的导数是输出的倒数。",
                ),
                r"C = -\sum_k y_k \ln a_k, \qquad \frac{\partial C}{\partial a_k} = -\frac{y_k}{a_k}",
            ),
            (
                Text(
                    "The chain rule sums over all outputs; a cancels in each term.",
                    "链式法则对所有输出求和；每一项里的 a 都约去。",
                ),
                r"\delta_j = \sum_k -\frac{y_k}{a_k}\, a_k\,(\delta_{kj} - a_j) = -y_j + a_j \sum_k y_k",
            ),
            (
                Text("The targets sum to 1.", "目标之和为 1。"),
                r"\delta_j = a_j - y_j",
            ),
        ),
        "bp1.2",
        {"example": "relu_softmax", "loss": "cross_entropy"},
        Text("Bridle 1990", "Bridle 1990"),
    ),
    Derivation(
        "batch_norm",
        Text("The error that passes batch normalization", "误差如何反向经过批量归一化"),
        (
            (
                Text(
                    "A weighted input z affects the cost along three paths: its own normalized value, the variance "
                    "and the mean. The paths add up.",
                    "一个加权输入 z 通过三条路径影响代价：它自己的归一化值、方差、均值。各路径相加。",
                ),
                r"\frac{\partial C}{\partial z_x} = \frac{\partial C}{\partial \hat z_x}\,\frac{1}{s} + "
                r"\frac{\partial C}{\partial \sigma^2}\,\frac{2\,(z_x - \mu)}{m} + "
                r"\frac{\partial C}{\partial \mu}\,\frac{1}{m}, \qquad s = \sqrt{\sigma^2 + \epsilon}",
            ),
            (
                Text(
                    "All samples share the variance and the mean, so their errors are summed.",
                    "所有样本共用方差和均值，所以误差要求和。",
                ),
                r"\frac{\partial C}{\partial \sigma^2} = -\frac{1}{2 s^3} \sum_x \frac{\partial C}{\partial \hat z_x}\,"
                r"(z_x - \mu), \qquad \frac{\partial C}{\partial \mu} = -\frac{1}{s} \sum_x "
                r"\frac{\partial C}{\partial \hat z_x}",
            ),
            (
                Text(
                    "With the error after the scale, ∂C/∂ẑ = γ δᵘ, and (z − μ)/s = ẑ, the three paths combine.",
                    "代入缩放之后的误差 ∂C/∂ẑ = γ δᵘ 与 (z − μ)/s = ẑ，三条路径合并。",
                ),
                r"\delta_x = \frac{\gamma}{m\,s} \left( m\,\delta^u_x - \sum_{x'} \delta^u_{x'} - \hat z_x \sum_{x'} "
                r"\delta^u_{x'}\,\hat z_{x'} \right)",
            ),
        ),
        "bp2.1",
        _XOR_NORM,
        Text("Ioffe & Szegedy 2015", "Ioffe 与 Szegedy 2015"),
    ),
    Derivation(
        "weight_decay",
        Text("Weight decay: what an L2 penalty does to a step", "权重衰减：L2 惩罚对一步更新的作用"),
        (
            (
                Text("The penalty adds λw to the gradient.", "惩罚项给梯度加上 λw。"),
                r"J = C + \tfrac{\lambda}{2} \sum w^2, \qquad \frac{\partial J}{\partial w} = "
                r"\frac{\partial C}{\partial w} + \lambda w",
            ),
            (
                Text(
                    "A step of gradient descent therefore first shrinks the weight by a constant factor.",
                    "所以梯度下降的一步，先把权重按一个常数比例缩小。",
                ),
                r"w \leftarrow (1 - \eta\lambda)\, w - \eta\, \frac{\partial C}{\partial w}",
            ),
        ),
        "update",
        {"example": "mazur", "regularizer": "l2", "strength": "0.1"},
        Text("Krogh & Hertz 1992", "Krogh 与 Hertz 1992"),
    ),
)
