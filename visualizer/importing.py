"""Weights from a file as a state of the stage: what the file tells, and what the reader says beside it."""

from dataclasses import dataclass, replace

import numpy as np

from engine import FORMATS, InputError, Network, Text, Weights
from engine.losses import LOSSES, Loss
from engine.model import Model
from engine.spec import read_sizes
from visualizer.view import Spec, View

_HIDDEN, _OUTPUT = "relu", "linear"  # proposed where a file does not tell
_MIXED = Text("only some of the layers have biases", "只有部分层有偏置")


@dataclass(frozen=True, eq=False)
class Import:
    """A file that was read, and the choices beside it.

    Attributes
    ----------
    name : str
        The file's name.
    weights : Weights
    activations : tuple of str
    loss : str
    turned : bool
        Whether the matrices are taken the other way round than proposed.
    """

    name: str
    weights: Weights
    activations: tuple[str, ...]
    loss: str
    turned: bool = False

    @property
    def losses(self) -> dict[str, Loss]:
        """The losses that go with the output."""
        return {n: r for n, r in LOSSES.items() if not r.matched or r.matched.activation == self.activations[-1]}

    def with_activation(self, layer: int, name: str) -> "Import":
        """Return it with another activation of a layer, from 0; a loss that no longer fits gives way."""
        names = tuple(name if l == layer else old for l, old in enumerate(self.activations))
        changed = replace(self, activations=names)
        if names[-1] == self.activations[-1] and self.loss in changed.losses:
            return changed
        return replace(changed, loss=_suited(names[-1], self.loss if self.loss in changed.losses else "quadratic"))

    def network(self) -> Network:
        """Return the network."""
        return (self.weights.transposed() if self.turned else self.weights).network(self.activations)


def proposed(name: str, weights: Weights) -> Import:
    """Return a file with what is proposed for all that it does not tell.

    Raises
    ------
    InputError
        Where the network is larger than the stage can take, or has biases in some layers only.
    """
    read_sizes("-".join(map(str, weights.sizes)))
    if len({part.b is None for part in weights.parts}) > 1:
        raise InputError(
            _MIXED, Text("all or none", "全有或全无"), ", ".join(p.name for p in weights.parts if p.b is None)
        )
    *hidden, output = weights.activations
    names = (*(known or _HIDDEN for known in hidden), output or _OUTPUT)
    return Import(name[:80], weights, names, weights.loss or _suited(names[-1], "quadratic"))


def _suited(output: str, otherwise: str) -> str:
    """Return the loss that was made for an output, or the other one."""
    return next((r.name for r in LOSSES.values() if r.matched and r.matched.activation == output), otherwise)


def opened(made: Import, now: Model, lang: str) -> Spec:
    """Return what the stage shows of an import: the samples stay where they fit, else they are drawn.

    Raises
    ------
    InputError
        Where the network is none that the stage can take.
    """
    network = made.network()
    drawn = replace(Model.drawn(network.sizes, network.activations, "xavier_uniform", 1), loss=made.loss)
    trained = all(layer.train_bias for layer in network.layers)
    model = replace(drawn, train_bias=trained).edited(network.astype(np.float64))
    for kept in (replace(model, x=now.x, y=now.y, eta=now.eta), model):
        try:
            kept.check()
        except InputError:
            continue
        return Spec(kept, View(lang=lang))
    model.check()
    return Spec(model, View(lang=lang))


ENDINGS = tuple(ending.rpartition(".")[2] for record in FORMATS.values() for ending in record.endings)
