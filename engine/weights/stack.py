"""A stack of dense layers from elsewhere, as it is handed on: matrices with their neurons in rows, and biases."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.core import InputError, Text
from engine.layers import Dense
from engine.network import Network


class Part(NamedTuple):
    """Dense layer: its name, W of shape (n_out, n_in), b of shape (n_out,), and its activation if that is known.

    The name is that of the matrix in the file, `bias` that of the biases; a layer without biases has None for b.
    """

    name: str
    W: NDArray
    b: NDArray | None
    activation: str | None = None
    bias: str = ""


@dataclass(frozen=True, eq=False)
class Weights:
    """The dense layers of a network from elsewhere.

    Attributes
    ----------
    parts : tuple of Part
        In the order in which they follow each other.
    loss : str or None
        The loss it was trained with, where that is known.
    layout : str
        The layout of the matrices in the file, one of `LAYOUTS`; nothing for a model in memory.
    said : tuple of Text
        Where the order of the layers and the layout come from, a sentence each.
    left_out : tuple of str
        The names of what stands beside the layers in the file.
    """

    parts: tuple[Part, ...]
    loss: str | None = None
    layout: str = ""
    said: tuple[Text, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def sizes(self) -> tuple[int, ...]:
        """Numbers of inputs and of neurons in each layer of the stack."""
        return (self.parts[0].W.shape[1], *(len(part.W) for part in self.parts))

    @property
    def order(self) -> tuple[str, ...]:
        """The names of the layers."""
        return tuple(part.name for part in self.parts)

    @property
    def activations(self) -> tuple[str | None, ...]:
        """Names of the activations, None where one is not known."""
        return tuple(part.activation for part in self.parts)

    def network(self, activations: Sequence[str] | None = None) -> Network:
        """Return the network; `activations` has one name for each layer and goes before those of the source.

        A layer without biases gets zeros that no update moves. float32 stays float32.

        Raises
        ------
        InputError
            Where an activation is neither in the source nor an argument, or is unknown.
        """
        named = self.activations if activations is None else tuple(activations)
        if len(named) != len(self.parts) or None in named:
            raise InputError(
                Text("the file does not specify the activations", "权重文件没有说明激活函数"),
                Text("one name for each of the {} layers", "{} 层各一个名称").format(len(self.parts)),
                "-".join(str(name) for name in named),
            )
        return Network(tuple(_dense(part, str(name)) for part, name in zip(self.parts, named, strict=True)))


def _dense(part: Part, activation: str) -> Dense:
    biased = part.b is not None
    return Dense(part.W, part.b if biased else np.zeros(len(part.W), part.W.dtype), activation, biased)  # type: ignore[arg-type]
