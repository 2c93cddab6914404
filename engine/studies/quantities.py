"""Slips by which a number is the right one of something else: of another quantity, iteration, sample or scale."""

from collections.abc import Iterator

from numpy.typing import NDArray

from engine.core import Text
from engine.passes import Trace
from engine.studies.slips import Near, Place, Slip

_MOST_SAMPLES = 64


def _known(trace: Trace, name: str, l: int) -> NDArray | None:
    """Return a value of a trace, or None where it has none of this name."""
    try:
        return trace.value(name, l)
    except ValueError:
        return None


def _factor(_typed: str, place: Place, trace: Trace, _near: Near) -> Iterator[float]:
    right = place.of(trace)
    yield from (2 * right, right / 2)


def _of_parameters(_typed: str, place: Place, trace: Trace, _near: Near) -> Iterator[float]:
    """Yield the parameter, its gradient, its step and its new value, of which one was asked for."""
    name, l = place.ref
    letter = {"dW": "W", "W_new": "W", "W": "W", "db": "b", "b_new": "b", "b": "b"}.get(name)
    if letter is None:
        return
    old, gradient, new = (_known(trace, each, l) for each in (letter, f"d{letter}", f"{letter}_new"))
    for value in (old, gradient, new, *((old - new, new - old) if old is not None and new is not None else ())):
        if value is not None:
            yield place.within(value)


def _of_neurons(_typed: str, place: Place, trace: Trace, _near: Near) -> Iterator[float]:
    """Yield the other quantities of a neuron: z, a, ∂C/∂a and δ."""
    name, l = place.ref
    if name not in ("z", "a", "delta") or not l:
        return
    last = l == len(trace.given.layers)
    arriving = _known(trace, "grad", l) if last else trace.value("W", l + 1).T @ trace.value("delta", l + 1)
    for value in (*(_known(trace, each, l) for each in ("z", "a", "delta")), arriving):
        if value is not None:
            yield place.within(value)


def _of_one(_typed: str, place: Place, trace: Trace, _near: Near) -> Iterator[float]:
    """Yield the cost of single outputs and of single samples, and the gradients of single samples."""
    (name, l), m = place.ref, min(trace.m, _MOST_SAMPLES)
    if name == "C":
        terms = trace.loss_function.value(trace.value("a", l), trace.value("y"))
        if terms.size > 1:
            yield from map(float, (*terms.ravel()[:_MOST_SAMPLES], *terms.sum(axis=0), *terms.mean(axis=1)))
    elif name in ("dW", "db") and m > 1:
        delta, a = trace.value("delta", l), trace.value("a", l - 1)
        for x in range(m):
            yield place.within(delta[:, [x]] @ a[:, [x]].T if name == "dW" else delta[:, [x]])


def _input_for_activation(_typed: str, place: Place, trace: Trace, _near: Near) -> Iterator[float]:
    (name, l), x = place.ref, trace.value("a", 0)
    if name == "dW" and l > 1 and place.indices[1] < len(x):
        yield float(trace.value("delta", l)[place.indices[0]] @ x[place.indices[1]] / trace.m)


def _times_bias(_typed: str, place: Place, trace: Trace, _near: Near) -> Iterator[float]:
    if place.ref.name == "db":
        yield place.of(trace) * place.within(trace.value("b", place.ref.layer))


def _shared(_typed: str, place: Place, trace: Trace, _near: Near) -> Iterator[float]:
    """Yield the gradients of weights that two layers would share, which are those of both together."""
    name, l = place.ref
    if name not in ("dW", "W_new"):
        return
    gradient = trace.value("dW", l)
    for other in range(1, len(trace.given.layers) + 1):
        if other == l or trace.value("dW", other).shape != gradient.shape:
            continue
        if name == "dW":
            yield place.within(gradient + trace.value("dW", other))
        else:
            yield place.within(trace.value("W_new", l) - trace.value("W", other) + trace.value("W_new", other))


def _later(_typed: str, place: Place, _trace: Trace, near: Near) -> Iterator[float]:
    if "after" in near:
        yield place.of(near["after"])


_SAME_PLACE = Text(
    "The number is correct, but it is a different quantity at the same place.",
    "这个数本身没错，但它是同一位置的另一个量。",
)
QUANTITIES = (
    Slip(
        Text("twice or half the number", "正确值的两倍或一半"),
        Text(
            "A factor of 2 or ½ is missing or superfluous, for example the ½ in the loss.",
            "漏了或多了因子 2 或 ½，例如损失里的 ½。",
        ),
        _factor,
    ),
    Slip(
        Text("the weight, its gradient, its step or its new value", "权重、梯度、步长、新权重弄混了"),
        _SAME_PLACE,
        _of_parameters,
    ),
    Slip(Text("another quantity of this neuron", "该神经元的另一个量"), _SAME_PLACE, _of_neurons),
    Slip(
        Text("only one output or one sample", "只算了一个输出或一个样本"),
        Text(
            "The cost adds up all outputs, and cost and gradient are means over all samples.",
            "代价要把所有输出相加，代价与梯度要对所有样本取平均。",
        ),
        _of_one,
    ),
    Slip(
        Text("the input instead of the activation", "用输入代替了激活值"),
        Text(
            "The gradient uses the activation of the previous layer, not the input of the network.",
            "梯度要用前一层的激活值，而不是网络的输入。",
        ),
        _input_for_activation,
    ),
    Slip(
        Text("gradient of a bias times the bias", "偏置的梯度又乘了偏置"),
        Text("The gradient of a bias is δ alone.", "偏置的梯度就是 δ。"),
        _times_bias,
    ),
    Slip(
        Text("weights shared by two layers", "两层共用了权重"),
        Text(
            "Each layer has its own weights; here the gradients of two layers were added up.",
            "每层有自己的权重；这里把两层的梯度加在了一起。",
        ),
        _shared,
    ),
    Slip(
        Text("the value of the next iteration", "后一次迭代的值"),
        Text("That is what it becomes after the update.", "这是更新之后的值。"),
        _later,
    ),
)
