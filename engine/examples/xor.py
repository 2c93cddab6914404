"""Source C: the exclusive or, by a listing that does not run."""

from engine.core import Text
from engine.examples.published import Example
from engine.network import Network

XOR = Example(
    "xor",
    Text("XOR, 2-2-1, sigmoid", "异或 XOR，2-2-1，sigmoid"),
    Text(
        "“What are forward and back propagation in neural networks” (article in Chinese)",
        "《什么是神经网络中的前向传播与反向传播》",
    ),
    Network.random((2, 2, 1), ("sigmoid", "sigmoid"), "randn", seed=1),
    x=((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)),
    y=((0.0,), (1.0,), (1.0,), (0.0,)),
    loss="squared_error",
    learning_rate=0.2,
    remarks=(
        Text(
            "The published code does not run. With its shapes corrected it gets stuck near a loss of 0.17 and "
            "creeps towards 1/6: from these initial weights it does not learn XOR.",
            "原文代码无法运行；修正形状后，损失停留在 0.17 附近，缓慢趋近 1/6：从这组初始权重出发学不会 XOR。",
        ),
        Text(
            "Of the seeds 0–255, 166 learn XOR with plain gradient descent and fewer with Adam: the initial "
            "weights decide.",
            "种子 0 到 255 中，普通梯度下降有 166 个学会 XOR，Adam 反而更少：起决定作用的是初值。",
        ),
        Text(
            "Its rate 0.1 on the sum of half the squares is 0.2 on our mean of the squares.",
            "原文对平方和之半取 0.1 的学习率，相当于对均方取 0.2。",
        ),
        Text(
            "Its formulas update each layer inside the backward loop, so that the hidden errors are computed with "
            "output weights that have already moved.",
            "其公式在反向循环内逐层更新，于是隐藏层误差用的是已经移动过的输出权重。",
        ),
        Text(
            "Its listing prints the outputs from before the last update: 0.061684 for (0, 0), where the trained "
            "network gives 0.061679.",
            "原文代码印出的是最后一次更新之前的输出：(0, 0) 处为 0.061684，而训练后的网络给出 0.061679。",
        ),
        Text(
            "The index order switches between w_ij and w_ji; the loss shown is the mean square, but the gradient "
            "is that of half the sum of squares.",
            "下标次序在 w_ij 与 w_ji 之间变来变去；显示的损失是均方，梯度却是平方和之半的梯度。",
        ),
    ),
    order=4,
)
