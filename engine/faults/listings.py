"""Faults of two published listings, for *Find the mistake*, each in a few lines of our own that do the same.

The effect of a fault is not typed but seen: its lines are run, and so are the mended ones.
"""

from engine.core import Text
from engine.faults.fault import FORWARD_AND_BACK, PRINCIPLE, Fault
from engine.faults.programs import PROGRAMS

_SQUARE = "X = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])\ndelta1 = np.array([[0.1, 0.2], [0.3, -0.1], [0.2, 0.5]])"

FAULTS = {
    record.name: record
    for record in (
        Fault(
            "output_product",
            FORWARD_AND_BACK,
            Text("Compute one output for each of four rows of hidden values.", "由四行隐藏层输出各算一个输出。"),
            "hidden = np.ones((4, 2))\nW2 = np.array([[1.7], [-0.8]])",
            "result = hidden @ W2.T",
            "result = hidden @ W2",
            Text(
                "(4, 2) times (1, 2) is undefined: the inner sizes must agree.",
                "(4, 2) 乘 (1, 2) 没有定义：内侧的大小必须相同。",
            ),
        ),
        Fault(
            "hidden_error",
            FORWARD_AND_BACK,
            Text("Send the output error back to two hidden neurons.", "把输出误差传回两个隐藏神经元。"),
            "delta2 = np.full((4, 1), 0.1)\nW2 = np.array([[1.7], [-0.8]])",
            "result = delta2 @ W2",
            "result = delta2 @ W2.T",
            Text("The backward pass uses the transpose of the forward matrix.", "回传要用前向矩阵的转置。"),
        ),
        Fault(
            "transposed_gradient",
            FORWARD_AND_BACK,
            Text("The gradient of W1, where the forward pass was X @ W1.T.", "前向为 X @ W1.T 时，W1 的梯度。"),
            _SQUARE,
            "result = X.T @ delta1",
            "result = delta1.T @ X",
            Text(
                "This is the transpose of the gradient; because W1 is square, no error is raised. Trained with it, "
                "XOR ends at a loss of 0.1379; without it, at 0.1707.",
                "这是梯度的转置；W1 恰为方阵，所以不报错。用它训练 XOR，损失停在 0.1379；用正确的梯度则停在 0.1707。",
            ),
        ),
        Fault(
            "two_at_once",
            PRINCIPLE,
            Text("Update a weight and a bias.", "更新一个权重与一个偏置。"),
            "w, b, step_w, step_b = 1.0, 0.5, 0.2, 0.1",
            "w, b -= step_w, step_b\nresult = w, b",
            "w -= step_w\nb -= step_b\nresult = w, b",
            Text("Python has no -= for two names at once.", "Python 没有对两个名字同时使用的 -=。"),
        ),
        Fault(
            "not_yet_there",
            PRINCIPLE,
            Text("Collect the activations of all layers.", "收集各层的激活值。"),
            "x, weights = np.ones((1, 2)), [np.ones((2, 3)), np.ones((3, 1))]",
            "for W in weights:\n    layers.append(layers[-1] @ W)\nresult = layers[-1]",
            "layers = [x]\nfor W in weights:\n    layers.append(layers[-1] @ W)\nresult = layers[-1]",
            Text(
                "The list is used before it exists; it begins with the input.", "列表尚未建立就被使用；它应以输入开头。"
            ),
            (3,),
        ),
        Fault(
            "uphill",
            PRINCIPLE,
            Text(
                "One step that should bring the output a = w closer to the target y.",
                "走一步，使输出 a = w 更接近目标 y。",
            ),
            "w, y, rate = 0.2, 1.0, 0.5",
            "error = y - w\nresult = w - rate * error",
            "error = w - y\nresult = w - rate * error",
            Text(
                "With error = y − a the step must be added; subtracting it goes uphill.",
                "若误差取 y − a，更新时应加；减就变成爬坡。",
            ),
            (3,),
        ),
        Fault(
            "no_outer_product",
            PRINCIPLE,
            Text("The gradient of a 3×2 matrix from one row a and one row δ.", "由一行 a 与一行 δ 求 3×2 矩阵的梯度。"),
            "a = np.array([[0.5, 0.1, 0.2]])\ndelta = np.array([[0.2, -0.1]])",
            "result = a * delta",
            "result = a.T @ delta",
            Text(
                "Every input must be multiplied by every error (outer product); * multiplies element by element.",
                "每个输入都要与每个误差相乘，即外积；* 只是逐个配对。",
            ),
        ),
        Fault(
            "no_slope",
            PRINCIPLE,
            Text("The error of a sigmoid output under half the squared error.", "平方损失下 sigmoid 输出的误差。"),
            "a, y = np.array([0.9, 0.6]), np.array([1.0, 0.0])",
            "result = a - y",
            "result = (a - y) * a * (1 - a)",
            Text(
                "σ′(z) = a (1 − a) is forgotten; a − y alone belongs to cross-entropy.",
                "漏了 σ′(z) = a (1 − a)；单独的 a − y 属于交叉熵。",
            ),
        ),
        Fault(
            "own_activation",
            PRINCIPLE,
            Text("The gradient of the 2×3 matrix of layer 2.", "第 2 层 2×3 矩阵的梯度。"),
            "W2 = np.zeros((2, 3))\na1, a2 = np.ones((3, 1)), np.full((2, 1), 0.6)\ndelta2 = np.array([[0.2], [-0.1]])",
            "result = W2 - delta2 @ a2.T",
            "result = W2 - delta2 @ a1.T",
            Text(
                "The gradient of W² uses the activation coming in, a¹; a² is the layer's own output.",
                "W² 的梯度要用流入它的 a¹；a² 是本层算出的结果。",
            ),
        ),
        Fault(
            "one_mean_for_all",
            PRINCIPLE,
            Text(
                "Batch normalization: every neuron gets mean 0 over the batch.",
                "批量归一化：每个神经元在这一批上的均值变为 0。",
            ),
            "z = np.array([[1.0, 10.0], [3.0, 30.0]])",
            "result = (z - z.mean()).mean(axis=0)",
            "result = (z - z.mean(axis=0)).mean(axis=0)",
            Text(
                "One mean over the whole matrix mixes the neurons; each column needs its own.",
                "对整个矩阵取一个均值会把各神经元混在一起；每一列应有自己的均值。",
            ),
        ),
        Fault(
            "batch_norm_back",
            PRINCIPLE,
            Text("The backward pass through batch normalization.", "批量归一化的反向传播。"),
            "z, g = np.array([1.0, 2.0, 4.0]), np.array([1.0, 0.0, 0.0])\nn = (z - z.mean()) / z.std()",
            "result = g / z.std()",
            "result = (g - g.mean() - n * (g * n).mean()) / z.std()",
            Text(
                "The mean and the standard deviation also depend on every z of the batch; without those terms "
                "this is not the derivative.",
                "均值与标准差也依赖批中的每个 z；少了这些项就不是导数。",
            ),
        ),
        Fault(
            "last_matrix_skipped",
            PRINCIPLE,
            Text("Pass the input through all matrices, to one output.", "让输入依次经过所有矩阵，得到一个输出。"),
            "x, weights = np.ones((1, 2)), [np.ones((2, 3)), np.ones((3, 1))]",
            "for W in weights[:-1]:\n    x = x @ W\nresult = x",
            "for W in weights:\n    x = x @ W\nresult = x",
            Text(
                "The slice leaves out the last matrix: the result is the hidden values.",
                "切片漏掉了最后一个矩阵：得到的是隐藏层的值。",
            ),
        ),
        Fault(
            "wrong_axis",
            PRINCIPLE,
            Text(
                "The mean gradient over a batch whose samples are stored in rows.",
                "样本按行排列时，批上的平均梯度。",
            ),
            "a, delta = np.ones((4, 2)), np.full((4, 1), 0.2)",
            "result = a.T @ delta / a.shape[1]",
            "result = a.T @ delta / a.shape[0]",
            Text(
                "shape[1] is the number of features, so the gradient is too large by a factor of samples/features.",
                "shape[1] 是特征数；梯度因此偏大，倍数为样本数除以特征数。",
            ),
        ),
        Fault(
            "samples_with_layers",
            PRINCIPLE,
            Text("The outputs for three samples.", "三个样本的输出。"),
            "X, weights = np.ones((3, 2)), [np.ones((2, 3)), np.ones((3, 1))]",
            "result = [x @ W for x, W in zip(X, weights)]",
            "result = X\nfor W in weights:\n    result = result @ W",
            Text(
                "zip pairs the first sample with the first layer, the second with the second; every sample has to pass "
                "every layer.",
                "zip 把第一个样本配第一层、第二个配第二层；而每个样本都要经过每一层。",
            ),
        ),
        Fault(
            "not_flattened",
            PRINCIPLE,
            Text(
                "Two images of 28×28 pixels for a layer with 784 inputs.", "把两幅 28×28 的图像送入有 784 个输入的层。"
            ),
            "images, W = np.ones((2, 28, 28)), np.full((784, 1), 0.001)",
            "result = images[..., None] @ W",
            "result = images.reshape(len(images), -1) @ W",
            Text(
                "One axis too many, and the pixels were never flattened into a row of 784.",
                "多了一个轴，像素也从未展开成 784 个数的一行。",
            ),
        ),
        Fault(
            "one_error_for_all",
            PRINCIPLE,
            Text("The gradients of two layers.", "两层的梯度。"),
            "inputs = [np.ones((3, 2)), np.full((3, 2), 0.5)]\nerrors = [np.full((3, 2), 0.1), np.full((3, 2), 0.4)]",
            "result = [a.T @ errors[0] for a in inputs]",
            "result = [a.T @ error for a, error in zip(inputs, errors)]",
            Text(
                "Each layer has its own error; errors[0] belongs to only one of them.",
                "每层有自己的误差；errors[0] 只是其中一层的。",
            ),
        ),
        Fault(
            "bias_not_summed",
            PRINCIPLE,
            Text("Update a bias from the errors of four samples.", "用四个样本的误差更新一个偏置。"),
            "b, delta, rate = np.zeros(1), np.array([[0.1], [0.3], [-0.2], [0.2]]), 0.5",
            "result = b - rate * delta",
            "result = b - rate * delta.mean(axis=0)",
            Text(
                "The errors were not averaged over the samples; broadcasting hides this and turns one bias into four.",
                "误差没有对样本取平均；广播机制掩盖了错误，一个偏置变成了四个。",
            ),
        ),
        Fault(
            "last_for_first",
            PRINCIPLE,
            Text("Pass the input through the first layer.", "让输入经过第一层。"),
            "x, weights = np.ones((1, 2)), [np.full((2, 2), 0.1), np.full((2, 2), 0.7)]",
            "i = 0\nresult = x @ weights[i - 1]",
            "i = 0\nresult = x @ weights[i]",
            Text("weights[-1] is the last layer; Python raises no error.", "weights[-1] 是最后一层；Python 不会报错。"),
        ),
        *PROGRAMS,
    )
}
