"""A file of weights as somebody brings it: what writes it, and what comes of it.

A file is one record: how it is written, and what comes of it, the network (3-4-2, tanh and linear unless it says
something else), or a sentence that names what is there and a way out.
"""

import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from engine import Dense, Network

os.environ.setdefault("KERAS_BACKEND", "torch")
rng = np.random.default_rng(11)
NET = Network(
    (
        Dense(rng.normal(size=(4, 3)), rng.normal(size=4), "tanh"),
        Dense(rng.normal(size=(2, 4)), rng.normal(size=2), "linear"),
    )
)
(W1, b1), (W2, b2) = ((layer.W, layer.b[:, 0]) for layer in NET.layers)
PLAIN = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@dataclass(frozen=True)
class File:
    """A file: its name, what writes it, the packages for that, and what comes of it.

    `refused` are the words of the refusal, `left_out` the names that are left out, `digits` how exactly the numbers
    are kept, `activations` those that stand in it, and `net` the network.
    """

    name: str
    write: Callable[[], bytes]
    needs: tuple[str, ...] = ()
    refused: str = ""
    left_out: tuple[str, ...] = ()
    digits: float = 1e-12
    activations: tuple[str, ...] = ()
    net: Network | Callable[[], Network] = NET
    layout: str = ""


def torch_() -> Any:
    return import_module("torch")


def sequential(*layers):
    """A `torch.nn.Sequential` with the numbers of the network in its first two linear layers."""
    nn = torch_().nn
    made = nn.Sequential(*(layers or (nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2)))).double()
    linear = [layer for layer in made.modules() if isinstance(layer, nn.Linear)]
    with torch_().no_grad():
        for layer, (W, b) in zip(linear, ((W1, b1), (W2, b2)), strict=True):
            layer.weight.copy_(torch_().tensor(W))
            layer.bias.copy_(torch_().tensor(b))
    return made


def npz(**arrays) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def printed(write: Callable[[], str]) -> Callable[[], bytes]:
    def made() -> bytes:
        with np.printoptions(precision=17, threshold=10**6):
            return write().encode()

    return made


ONE = Network((Dense(W1, np.zeros(4), "linear", train_bias=False),))
