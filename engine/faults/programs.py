"""Faults of the formulas and of the two programs at the end of one article, in a few lines of our own each."""

from engine.core import Text
from engine.faults.fault import PRINCIPLE, Fault

PROGRAMS = (
    Fault(
        "weights_from_the_front",
        PRINCIPLE,
        Text(
            "Send the error back through the layers, the last one (l = 1) first.",
            "把误差逐层传回，从最后一层（l = 1）开始。",
        ),
        "weights = [np.full((2, 2), 0.1), np.full((2, 2), 0.7)]\ndelta = np.array([[0.2, -0.1]])\nl = 1",
        "result = delta @ weights[-l + 1].T",
        "result = delta @ weights[-l].T",
        Text(
            "For l = 1 the index −l + 1 is 0, the first layer. Both matrices are 2×2, so Python raises no error.",
            "l = 1 时，下标 −l + 1 等于 0，即第一层。两个矩阵都是 2×2，所以 Python 不会报错。",
        ),
    ),
    Fault(
        "errors_as_activations",
        PRINCIPLE,
        Text("Compute the gradient of W2 from the activations of layer 1.", "由第 1 层的激活值计算 W2 的梯度。"),
        "x, W1, W2 = np.ones((1, 2)), np.array([[0.5, 0.1], [0.3, -0.4]]), np.array([[0.6], [-0.2]])\n"
        "a1 = np.tanh(x @ W1)\ndelta2 = a1 @ W2 - 1",
        "activations = [x, delta2 @ W2.T]\nresult = activations[1].T @ delta2",
        "activations = [x, a1]\nresult = activations[1].T @ delta2",
        Text(
            "The list is called activations but was filled with errors; they have the same shape.",
            "列表名为 activations，放进去的却是误差；两者形状相同。",
        ),
    ),
    Fault(
        "statistics_trained",
        PRINCIPLE,
        Text("Batch normalization: subtract the mean after an update.", "批量归一化：更新之后减去均值。"),
        "z = np.array([[0.0], [2.0], [4.0]])\nmean, gradient, rate = z.mean(axis=0), np.array([0.3]), 0.5",
        "mean = mean - rate * gradient\nresult = z - mean",
        "mean = z.mean(axis=0)\nresult = z - mean",
        Text(
            "Mean and variance are computed from the batch; they are not parameters. Only γ and β are trained.",
            "均值与方差由这一批样本算出，不是参数；要训练的只有 γ 与 β。",
        ),
    ),
    Fault(
        "weights_of_the_layer_before",
        PRINCIPLE,
        Text("The forward pass, layer by layer.", "逐层做前向传播。"),
        "W = {1: np.full((2, 3), 0.1), 2: np.full((3, 1), 0.5)}\na = {0: np.ones((1, 2))}",
        "for l in (1, 2):\n    a[l] = a[l - 1] @ W[l - 1]\nresult = a[2]",
        "for l in (1, 2):\n    a[l] = a[l - 1] @ W[l]\nresult = a[2]",
        Text(
            "W¹ leads to layer 1. The formulas of the article write Wˡ⁻¹ for the weights of layer l; there is no W⁰.",
            "W¹ 通向第 1 层。原文公式把第 l 层的权重写成 Wˡ⁻¹；而 W⁰ 并不存在。",
        ),
    ),
)
