"""Named arrays as a stack of dense layers: which go together, in which order, and which way round they stand.

A matrix of shape (n_out, n_in) has its neurons in rows, as PyTorch and this engine have them; Keras, scikit-learn and
many a listing keep the transpose. The lengths of the biases and of the neighbouring layers tell which it is.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.errors import InputError
from engine.layers import Dense
from engine.network import Network
from engine.text import Text

_LIST = 8  # so many layers are named in a complaint
_NAME = re.compile(r"(?P<before>(?:.*[./ ])?)(?P<role>[A-Za-z]+)_?(?P<after>[._/]?\d*)", re.ASCII)
_WEIGHTS, _BIASES = {"weight", "weights", "w", "kernel", "coefs"}, {"bias", "biases", "b", "intercepts"}
_DENSE = Text("dense layers only: a matrix and a vector of biases each", "仅限全连接层：每层一个矩阵与一个偏置向量")


class Part(NamedTuple):
    """One dense layer: its name, W of shape (n_out, n_in), b of shape (n_out,), and its activation if that is known.

    A layer without biases has None for b.
    """

    name: str
    W: NDArray
    b: NDArray | None
    activation: str | None = None


@dataclass(frozen=True, eq=False)
class Weights:
    """The dense layers of a network from elsewhere.

    Attributes
    ----------
    parts : tuple of Part
    loss : str or None
        The loss it was trained with, where that is known.
    either_way : bool
        Whether the matrices would also fit transposed, so that nothing in the file tells which way round they stand.
    """

    parts: tuple[Part, ...]
    loss: str | None = None
    either_way: bool = False

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of inputs, then of neurons in each layer."""
        return (self.parts[0].W.shape[1], *(len(part.W) for part in self.parts))

    @property
    def activations(self) -> tuple[str | None, ...]:
        """Those that are known."""
        return tuple(part.activation for part in self.parts)

    def transposed(self) -> "Weights":
        """Return the same with every matrix the other way round.

        Raises
        ------
        InputError
            Where they would not fit so.
        """
        turned = tuple(part._replace(W=part.W.T) for part in self.parts)
        if not _fits(turned):
            allowed = Text("matrices as they stand", "矩阵保持原样")
            raise InputError(Text("transposed they do not fit", "转置后不匹配"), allowed, _shapes(self.parts))
        return replace(self, parts=turned)

    def network(self, activations: Sequence[str] | None = None) -> Network:
        """Return the network; `activations` has one name for each layer and goes before what the source tells.

        A layer without biases gets zeros that no update moves. float32 stays float32.

        Raises
        ------
        InputError
            Where an activation is neither told nor given, or is unknown.
        """
        named = self.activations if activations is None else tuple(activations)
        if len(named) != len(self.parts) or None in named:
            raise InputError(
                Text("the weights do not tell the activations", "权重文件没有说明激活函数"),
                Text("one name for each of the {} layers", "{} 层各一个名称").format(len(self.parts)),
                "-".join(str(name) for name in named),
            )
        return Network(tuple(_dense(part, str(name)) for part, name in zip(self.parts, named, strict=True)))


def _dense(part: Part, activation: str) -> Dense:
    biased = part.b is not None
    return Dense(part.W, part.b if biased else np.zeros(len(part.W), part.W.dtype), activation, biased)  # type: ignore[arg-type]


def stack(arrays: Mapping[str, NDArray], *, in_order: bool, rows_are_outputs: bool = True) -> Weights:
    """Return named arrays as dense layers.

    Parameters
    ----------
    arrays : mapping of str to ndarray
        `0.weight` and `0.bias`, `W1` and `b1`, `fc.kernel` and `fc.bias` and the like; arrays none of which has such a
        name are taken in their order.
    in_order : bool
        Whether they stand in the order of the layers; else names decide, 2 before 10.
    rows_are_outputs : bool
        Which way round matrices stand that fit both ways.

    Raises
    ------
    InputError
        Naming every layer that is not dense, or where the layers do not fit each other.
    """
    found = _by_role(arrays) or _by_place(arrays)
    if not found:
        raise InputError(Text("there are no weights in it", "其中没有权重"), _DENSE, _told(arrays))
    names = list(found) if in_order else sorted(found, key=_natural)
    wrong = [_described(name, found[name]) for name in names if not _is_dense(found[name])]
    if wrong:
        raise not_dense(wrong)
    parts = [Part(name, found[name]["weight"], found[name].get("bias")) for name in names]
    return _chained(parts, rows_are_outputs)


def not_dense(layers: Sequence[str]) -> InputError:
    """Return the complaint that names, one by one, the layers that cannot be represented."""
    more = f" … (+{len(layers) - _LIST})" if len(layers) > _LIST else ""
    listed = Text("; ".join(layers[:_LIST]) + more, "；".join(layers[:_LIST]) + more)
    problem = Text("these layers cannot be represented: {}", "无法表示这些层：{}").format(listed)
    return InputError(problem, _DENSE, len(layers))


def _by_role(arrays: Mapping[str, NDArray]) -> dict[str, dict[str, NDArray]]:
    """Return the arrays of each layer by what they are; empty where no name tells. What is neither is kept as it is."""
    groups: dict[str, dict[str, NDArray]] = {}
    told = False
    for name, array in arrays.items():
        found = _NAME.fullmatch(name)
        word = found["role"].lower() if found else ""
        role = "weight" if word in _WEIGHTS else "bias" if word in _BIASES else ""
        told = told or role == "weight"
        layer = (found["before"] + found["after"]).strip("._/") if found and role else name.rpartition(".")[0] or name
        groups.setdefault(layer or "1", {})[role or name] = array
    return groups if told else {}


def _by_place(arrays: Mapping[str, NDArray]) -> dict[str, dict[str, NDArray]]:
    """Return matrices in their order, each with the vector behind it as its biases."""
    groups: dict[str, dict[str, NDArray]] = {}
    last: dict[str, NDArray] = {}
    for name, array in arrays.items():
        if array.ndim == 1 and last.keys() == {"weight"}:
            last["bias"] = array
        else:
            last = groups[name] = {"weight": array}
    return groups


def _is_dense(group: Mapping[str, NDArray]) -> bool:
    weight, bias = group.get("weight"), group.get("bias")
    fits = weight is not None and weight.ndim == 2 and weight.size > 0
    if bias is not None and weight is not None:
        fits = fits and bias.ndim in (1, 2) and bias.size == max(bias.shape) and bias.size in weight.shape
    return fits and group.keys() <= {"weight", "bias"}


def _described(name: str, group: Mapping[str, NDArray]) -> str:
    arrays = (f"{role.rpartition('.')[2]} {'×'.join(map(str, array.shape)) or '1'}" for role, array in group.items())
    return f"{name[:40]} ({', '.join(list(arrays)[:6])})"


def _natural(name: str) -> list[tuple[int, int, str]]:
    pieces = re.split(r"(\d{1,18})", name)
    return [(0, int(piece), "") if piece.isdecimal() and piece.isascii() else (1, 0, piece) for piece in pieces]


def _chained(parts: Sequence[Part], rows_are_outputs: bool) -> Weights:
    """Return the layers the way round, and if need be in the order, in which each takes what the one before gives."""
    parts = [part._replace(b=None if part.b is None else part.b.ravel()) for part in parts]
    turned = [part._replace(W=part.W.T) for part in parts]
    usual, other = (parts, turned) if rows_are_outputs else (turned, parts)
    if _fits(usual):
        return Weights(tuple(usual), either_way=_fits(other))
    for way in (other, _ordered(usual), _ordered(other)):
        if way and _fits(way):
            return Weights(tuple(way))
    allowed = Text("each takes as many inputs as the one before has neurons", "每层的输入数等于前一层的神经元数")
    raise InputError(Text("the layers do not fit each other", "各层互不匹配"), allowed, _shapes(usual))


def _fits(parts: Sequence[Part]) -> bool:
    chained = all(after.W.shape[1] == len(before.W) for before, after in pairwise(parts))
    return chained and all(part.b is None or len(part.b) == len(part.W) for part in parts)


def _ordered(parts: Sequence[Part]) -> list[Part]:
    """Return the layers in the one order in which they fit; empty where sizes come twice and so do not tell."""
    by_inputs = {part.W.shape[1]: part for part in parts}
    outputs = {len(part.W) for part in parts}
    first = [part for part in parts if part.W.shape[1] not in outputs]
    if len(by_inputs) != len(parts) or len(outputs) != len(parts) or len(first) != 1:
        return []
    ordered = first
    while len(ordered[-1].W) in by_inputs:
        ordered.append(by_inputs[len(ordered[-1].W)])
    return ordered if len(ordered) == len(parts) else []


def _shapes(parts: Iterable[Part]) -> str:
    return ", ".join(f"{part.name} {len(part.W)}×{part.W.shape[1]}" for part in parts)


def _told(arrays: Mapping[str, NDArray]) -> str:
    return ", ".join(arrays)
