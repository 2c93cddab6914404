"""The four equations derived, step by step, from nothing but the chain rule, and what else is often asked for."""

from engine import Text
from visualizer.reference.entry import Derivation, Entry, Formula, Words
from visualizer.reference.more_derivations import MORE

DERIVATIONS = (
    Derivation(
        "bp1",
        Text("BP1: the error of the output layer", "BP1：输出层的误差"),
        (
            (
                Text(
                    "The error of neuron j is defined as how fast the cost changes with its weighted input.",
                    "神经元 j 的误差定义为代价随其加权输入变化的快慢。",
                ),
                r"\delta^{L}_j = \frac{\partial C}{\partial z^{L}_j}",
            ),
            (
                Text(
                    "The cost sees z only through the outputs a, so the chain rule sums over all of them.",
                    "代价只通过输出 a 依赖于 z，因此链式法则对所有输出求和。",
                ),
                r"\delta^{L}_j = \sum_k \frac{\partial C}{\partial a^{L}_k}\,\frac{\partial a^{L}_k}{\partial z^{L}_j}",
            ),
            (
                Text(
                    "Where each output depends on its own z only, one term is left, and the second factor is the "
                    "slope. "
                    "Softmax keeps all terms: the Jacobian.",
                    "若每个输出只依赖自己的 z，就只剩一项，第二个因子就是斜率。softmax 则保留所有项，即雅可比矩阵。",
                ),
                r"\delta^{L}_j = \frac{\partial C}{\partial a^{L}_j}\,\sigma'(z^{L}_j)",
            ),
            (
                Text("All neurons at once, element by element:", "把所有神经元写在一起，逐元素相乘："),
                r"\delta^{L} = \nabla_{\!a} C \odot \sigma'(z^{L})",
            ),
        ),
        "bp1.2",
    ),
    Derivation(
        "bp2",
        Text("BP2: the error of a hidden layer", "BP2：隐藏层的误差"),
        (
            (
                Text(
                    "A change of z in layer l affects the cost through every weighted input of the next layer.",
                    "第 l 层 z 的变化，经由后一层的每个加权输入影响代价。",
                ),
                r"\delta^{l}_j = \frac{\partial C}{\partial z^{l}_j} = \sum_k "
                r"\frac{\partial C}{\partial z^{l+1}_k}\,\frac{\partial z^{l+1}_k}{\partial z^{l}_j}",
            ),
            (
                Text("The first factor is an error that is already known.", "第一个因子是已经算出的误差。"),
                r"\delta^{l}_j = \sum_k \delta^{l+1}_k\,\frac{\partial z^{l+1}_k}{\partial z^{l}_j}",
            ),
            (
                Text("The second follows from the forward pass,", "第二个因子由前向公式得到："),
                r"z^{l+1}_k = \sum_i w^{l+1}_{ki}\,\sigma(z^{l}_i) + b^{l+1}_k \;\Rightarrow\; "
                r"\frac{\partial z^{l+1}_k}{\partial z^{l}_j} = w^{l+1}_{kj}\,\sigma'(z^{l}_j)",
            ),
            (
                Text(
                    "so each error comes back through its weight, and the slope is a common factor.",
                    "于是每个误差沿通向它的权重返回，斜率是公因子。",
                ),
                r"\delta^{l}_j = \Bigl(\sum_k w^{l+1}_{kj}\,\delta^{l+1}_k\Bigr)\,\sigma'(z^{l}_j)",
            ),
            (
                Text(
                    "The sum runs over the first index of w, the rows: in matrices that is the transpose.",
                    "求和对 w 的第一个下标（行）进行：写成矩阵就是转置。",
                ),
                r"\delta^{l} = \bigl((W^{l+1})^{T} \delta^{l+1}\bigr) \odot \sigma'(z^{l})",
            ),
        ),
        "bp2.1",
    ),
    Derivation(
        "bp3",
        Text("BP3: the gradient of the biases", "BP3：偏置的梯度"),
        (
            (
                Text(
                    "The bias of neuron j enters its own weighted input and nothing else.",
                    "神经元 j 的偏置只进入它自己的加权输入。",
                ),
                r"\frac{\partial C}{\partial b^{l}_j} = \frac{\partial C}{\partial z^{l}_j}\,"
                r"\frac{\partial z^{l}_j}{\partial b^{l}_j}",
            ),
            (
                Text("It is simply added, so the second factor is 1.", "它是直接加上去的，所以第二个因子为 1。"),
                r"z^{l}_j = \sum_k w^{l}_{jk}\,a^{l-1}_k + b^{l}_j \;\Rightarrow\; "
                r"\frac{\partial z^{l}_j}{\partial b^{l}_j} = 1",
            ),
            (
                Text("What is left is the error itself.", "剩下的就是误差本身。"),
                r"\frac{\partial C}{\partial b^{l}} = \delta^{l}",
            ),
        ),
        "bp3.2",
    ),
    Derivation(
        "bp4",
        Text("BP4: the gradient of the weights", "BP4：权重的梯度"),
        (
            (
                Text(
                    "The weight from k to j affects only the weighted input of j.",
                    "从 k 到 j 的权重只进入 j 的加权输入。",
                ),
                r"\frac{\partial C}{\partial w^{l}_{jk}} = \frac{\partial C}{\partial z^{l}_j}\,"
                r"\frac{\partial z^{l}_j}{\partial w^{l}_{jk}}",
            ),
            (
                Text("There it is multiplied by what comes in through it.", "在那里，它与流入的激活值相乘。"),
                r"\frac{\partial z^{l}_j}{\partial w^{l}_{jk}} = a^{l-1}_k",
            ),
            (
                Text("Error out times activation in:", "输出端的误差乘以输入端的激活值："),
                r"\frac{\partial C}{\partial w^{l}_{jk}} = \delta^{l}_j\,a^{l-1}_k",
            ),
            (
                Text(
                    "Every δ with every a makes a matrix of the shape of W: an outer product, a column times a row.",
                    "每个 δ 配每个 a，得到与 W 同形的矩阵：外积，即列乘行。",
                ),
                r"\frac{\partial C}{\partial W^{l}} = \delta^{l}\,(a^{l-1})^{T}",
            ),
        ),
        "bp4.2",
    ),
)


def entries() -> tuple[Entry, ...]:
    """Return the derivations, each with the step of a network that shows its equation with numbers."""
    return tuple(
        Entry(
            made.name,
            made.title,
            tuple(block for words, tex in made.steps for block in (Words(words), Formula(tex))),
            made.source,
            {**made.opens, "step": made.step},
        )
        for made in (*DERIVATIONS, *MORE)
    )
