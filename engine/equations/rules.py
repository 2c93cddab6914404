"""The equations of backpropagation: their TeX, the function that is executed, what it reads and what it writes.

An `Operation` is one NumPy expression on whole arrays; a program is a list of them. A `Rule` is what a reader sees, one
numbered equation of the book (Nielsen 2015, chapter 2), and names the operations that carry it out. The names of the
values are the book's letters; a suffix `-` means the layer before and `+` the layer after. The bias is the weight of an
input that always says 1: `W|b` has b as its last column and `a|1` a last row of ones, so that W a + b is one product,
and so are BP3 and BP4 together. It is the one place where the form shown and the form executed differ.

In TeX, `<name>` stands for a value and is replaced by its symbol or by its numbers; `{…}` for the part that depends on
the activation, the loss, the optimizer or the size of the batch.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from engine.catalogue import Loss
from engine.core import Text

VALUE = re.compile(r"<([a-zA-Z_]+[+-]?)>")


class Ref(NamedTuple):
    """Name of one value of a pass: its letter and its layer, as in Ref("delta", 2)."""

    name: str
    layer: int


@dataclass(frozen=True)
class Operation:
    """Executable expression: `function` of the values `reads` gives the value `writes`.

    Beside values it may read `f`, the layer's activation; `loss`; and `m`, the number of samples. One that is not
    `plain` is no expression that can be repeated in place, and has to be called as it is.
    """

    writes: str
    reads: tuple[str, ...]
    function: Callable[..., Any]
    plain: bool = True


AFFINE = Operation("z", ("W|b", "a|1-"), lambda Wb, a1: Wb @ a1)
ACTIVATE = Operation("a", ("f", "z"), lambda f, z: f.f(z))
MEAN_LOSS = Operation("C", ("loss", "a", "y", "m"), lambda loss, a, y, m: loss.value(a, y).sum(axis=(-2, -1)) / m)
MATCHED_LOSS = Operation(
    "C", ("loss", "z", "y", "m"), lambda loss, z, y, m: loss.matched.value(z, y).sum(axis=(-2, -1)) / m
)
NABLA = Operation("grad", ("loss", "a", "y"), lambda loss, a, y: loss.grad(a, y))
OUTPUT_DELTA = Operation("delta", ("f", "z", "a", "grad"), lambda f, z, a, grad: f.vjp(z, a, grad))
MATCHED_DELTA = Operation("delta", ("loss", "a", "y"), lambda loss, a, y: loss.matched.delta(a, y))
HIDDEN_DELTA = Operation("delta", ("f", "z", "a", "W+", "delta+"), lambda f, z, a, W, delta: f.vjp(z, a, W.mT @ delta))
GRADIENTS = Operation("dW|db", ("delta", "a|1-", "m"), lambda delta, a1, m: (delta / m) @ a1.mT)

SLOPE = Operation("slope", ("f", "z"), lambda f, z: f.df(z))
JACOBIAN = Operation("jacobian", ("f", "z"), lambda f, z: f.jacobian(z))
LONG_DELTA = replace(OUTPUT_DELTA, writes="long_delta")  # what BP1 comes to without the short form of a matched pair
ON_DEMAND = {operation.writes: operation for operation in (NABLA, SLOPE, JACOBIAN, LONG_DELTA)}
# BP2 once more, to where no neuron bends anything: how fast the cost changes with each input, of every sample by itself
INPUT_GRADIENT = Operation("grad_x", ("W+", "delta+"), lambda W, delta: W.mT @ delta)
INPUT_GRADIENT_SOURCE = "Simonyan, Vedaldi & Zisserman 2013, arXiv:1312.6034"


@dataclass(frozen=True)
class Rule:
    """Equation as a reader sees it, with the operations that carry it out.

    Attributes
    ----------
    key, name : str
        The first part of a step's address (`bp2`), and the equation's name (`BP2`).
    phase : str
        One of `PHASES`.
    tex : str
        The equation; see the head of this file.
    reads, writes : tuple of str
        Names of values; those of the update stand for every layer.
    operations : tuple of Operation
        The executed operations; one that another rule of the same layer has just executed is not repeated.
    title, why : Text
        The title in a few words, and the reason in one sentence; `{l}` is the layer.
    element : str
        The arithmetic of one element, as `Form.element`, where a mistake has made it another one; else empty.
    """

    key: str
    name: str
    phase: str
    tex: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    operations: tuple[Operation, ...]
    title: Text
    why: Text
    element: str = ""


PHASES = {
    "forward": Text("forward", "前向"),
    "cost": Text("cost", "代价"),
    "backward": Text("backward", "反向"),
    "update": Text("update", "更新"),
}

WEIGHTED_INPUT = Rule(
    "z",
    "z",
    "forward",
    r"<z> = <W>\,<a-> + <b>",
    ("W", "a-", "b"),
    ("z",),
    (AFFINE,),
    Text("Weighted input of layer {l}", "第 {l} 层的加权输入"),
    Text(
        "Each neuron multiplies its inputs by their weights, adds up the products, and adds its bias.",
        "每个神经元把各输入乘以权重后相加，再加上偏置。",
    ),
)
OUTPUT = Rule(
    "a",
    "a",
    "forward",
    r"<a> = {sigma}(<z>)",
    ("z",),
    ("a",),
    (ACTIVATE,),
    Text("Activation of layer {l}", "第 {l} 层的激活值"),
    Text(
        "The activation function is nonlinear; without it all layers would collapse into one.",
        "激活函数带来非线性；没有它，多层网络等价于一层。",
    ),
)
_COST = Text("Cost", "代价")
_COST_WHY = Text(
    "One number that measures how far the outputs are from the targets; everything that follows serves to make it "
    "smaller.",
    "用一个数表示输出与目标的差距；之后的一切都是为了让它变小。",
)
COST = Rule("c", "C", "cost", r"<C> = {mean}{loss}", ("a", "y"), ("C",), (MEAN_LOSS,), _COST, _COST_WHY)
COST_MATCHED = Rule(
    "c",
    "C",
    "cost",
    "<C> = {mean}{loss}\n = {mean}{loss_z}",
    ("z", "a", "y"),
    ("C",),
    (MATCHED_LOSS,),
    _COST,
    _COST_WHY,
)
_BP1 = Text("The error of the output layer", "输出层的误差")
BP1 = Rule(
    "bp1",
    "BP1",
    "backward",
    r"<delta> = {vjp:<grad>}",
    ("a", "y", "z"),
    ("delta",),
    (NABLA, OUTPUT_DELTA),
    _BP1,
    Text(
        "How fast a sample's cost changes with each output, times how fast that output changes with its weighted "
        "input.",
        "样本的损失对每个输出的变化率，乘以该输出对其加权输入的变化率。",
    ),
)
BP1_MATCHED = Rule(
    "bp1",
    "BP1",
    "backward",
    r"<delta> = {delta}",
    ("a", "y"),
    ("delta",),
    (MATCHED_DELTA,),
    _BP1,
    Text(
        "Loss and output activation are matched: the slope cancels, and output minus target is left (with "
        "softmax, where the targets sum to 1).",
        "损失与激活函数恰好匹配：斜率被约去，只剩输出减目标（softmax 时要求目标之和为 1）。",
    ),
)
BP2 = Rule(
    "bp2",
    "BP2",
    "backward",
    r"<delta> = {vjp:\left((<W+>)^{T} <delta+>\right)}",
    ("W+", "delta+", "z"),
    ("delta",),
    (HIDDEN_DELTA,),
    Text("The error flows back to layer {l}", "误差传回第 {l} 层"),
    Text(
        "The same weights that carried a forward now carry the errors back, each times the slope of its neuron.",
        "前向时传递 a 的同一组权重，现在把误差传回，再乘以各神经元的斜率。",
    ),
)
BP3 = Rule(
    "bp3",
    "BP3",
    "backward",
    r"<db> = {mean}<delta>",
    ("delta",),
    ("db",),
    (GRADIENTS,),
    Text("Gradient of the biases of layer {l}", "第 {l} 层偏置的梯度"),
    Text(
        "A bias is the weight of an input that is always 1, so its gradient is the error of its neuron; for a "
        "batch, the mean of these errors.",
        "偏置相当于输入恒为 1 的权重，所以它的梯度就是神经元的误差；一批样本则取这些误差的平均。",
    ),
)
BP4 = Rule(
    "bp4",
    "BP4",
    "backward",
    r"<dW> = {over_m}<delta>\,(<a->)^{T}",
    ("delta", "a-"),
    ("dW",),
    (GRADIENTS,),
    Text("Gradient of the weights of layer {l}", "第 {l} 层权重的梯度"),
    Text(
        "Gradient of a weight = activation coming in × error of the neuron it leads to: a in × δ out; for a "
        "batch, the mean of these products.",
        "权重的梯度 = 流入的激活值 × 它通向的神经元的误差：a（入）× δ（出）；一批样本则取这些乘积的平均。",
    ),
)
UPDATE = Rule(
    "update",
    "update",
    "update",
    "{update}",
    ("W", "dW", "b", "db"),
    ("W_new", "b_new"),
    (),
    Text("The parameters take a step", "参数更新一步"),
    Text(
        "All trained parameters take their step at once, with gradients computed at the old weights.",
        "所有参与训练的参数同时迈出一步，用的都是旧权重算出的梯度。",
    ),
)


def pass_rules(layers: int, loss: Loss) -> Iterator[tuple[Rule, int]]:
    """Yield the rules of one pass with their layer, in the order in which they happen; without the update."""
    yield from forward_rules(layers)
    yield (COST_MATCHED if loss.matched else COST), layers
    yield (BP1_MATCHED if loss.matched else BP1), layers
    for l in range(layers, 0, -1):
        yield BP3, l
        yield BP4, l
        if l > 1:
            yield BP2, l - 1


def forward_rules(layers: int) -> Iterator[tuple[Rule, int]]:
    """Yield the rules that lead from the input to the output."""
    for l in range(1, layers + 1):
        yield WEIGHTED_INPUT, l
        yield OUTPUT, l


def ref(name: str, layer: int) -> Ref:
    """Return the reference that `name`, with its suffix, is when read in `layer`."""
    offset = {"-": -1, "+": 1}.get(name[-1], 0)
    return Ref(name[:-1] if offset else name, layer + offset)
