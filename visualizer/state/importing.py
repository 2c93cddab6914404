"""Import of weights from a file as a state of the stage: the file's contents, and the reader's choices beside them."""

from dataclasses import dataclass, replace

import numpy as np

from engine import FORMATS, InputError, Network, Text, Weights
from engine.catalogue import LOSSES, Loss
from engine.core import echo, first_few
from engine.settings import Model, read_sizes, write_sizes
from engine.weights import LAYOUTS, Readings
from visualizer.state.view import Spec, View

_HIDDEN, _OUTPUT = "relu", "linear"  # proposed where a file does not tell
_MIXED = Text("only some of the layers have biases", "只有部分层有偏置")
_OPEN = Text("it is open how this file is to be read", "这个文件的读法尚未选定")
_MOST_NAMES = 4
COLUMNS = {
    "layer": Text("Layer", "层"),
    "array": Text("Matrix", "矩阵"),
    "shape": Text("Shape in the file", "文件中的形状"),
    "ends": Text("Inputs → neurons", "输入 → 神经元"),
    "bias": Text("Biases", "偏置"),
}


@dataclass(frozen=True, eq=False)
class Import:
    """File of weights that was read, and the choices beside it.

    Attributes
    ----------
    name : str
        The file's name.
    readings : Readings
        All ways to read it.
    chosen : int or None
        The index of the chosen reading; None while the choice is open.
    activations : tuple of str
    loss : str
    """

    name: str
    readings: Readings
    chosen: int | None
    activations: tuple[str, ...]
    loss: str

    @property
    def weights(self) -> Weights | None:
        """The chosen reading."""
        return None if self.chosen is None else self.readings.found[self.chosen]

    @property
    def losses(self) -> dict[str, Loss]:
        """The losses that go with the output."""
        return {n: r for n, r in LOSSES.items() if not r.matched or r.matched.activation == self.activations[-1]}

    def with_activation(self, layer: int, name: str) -> "Import":
        """Return the import with another activation of a layer, from 0; a loss that no longer fits gives way."""
        names = tuple(name if l == layer else old for l, old in enumerate(self.activations))
        changed = replace(self, activations=names)
        if names[-1] == self.activations[-1] and self.loss in changed.losses:
            return changed
        return replace(changed, loss=_suited(names[-1], self.loss if self.loss in changed.losses else "quadratic"))

    def network(self) -> Network:
        """Return the imported network.

        Raises
        ------
        InputError
            While it is open how the file is to be read.
        """
        if self.weights is None:
            raise InputError(_OPEN, Text("one of the ways", "其中一种读法"), self.name)
        return self.weights.network(self.activations)


def proposed(name: str, readings: Readings) -> Import:
    """Return an import with proposals for all that the file leaves open; of several readings none is chosen.

    Raises
    ------
    InputError
        Where the network is larger than the stage can take, or has biases in some layers only.
    """
    weights = readings.found[0]
    read_sizes(write_sizes(weights.sizes))
    if len({part.b is None for part in weights.parts}) > 1:
        raise InputError(
            _MIXED, Text("all or none", "全有或全无"), ", ".join(p.name for p in weights.parts if p.b is None)
        )
    *hidden, output = weights.activations
    names = (*(known or _HIDDEN for known in hidden), output or _OUTPUT)
    chosen = 0 if readings.told == 1 else None
    return Import(name[:80], readings, chosen, names, weights.loss or _suited(names[-1], "quadratic"))


def _suited(output: str, otherwise: str) -> str:
    """Return the loss that is matched with an output activation, or the other one."""
    return next((r.name for r in LOSSES.values() if r.matched and r.matched.activation == output), otherwise)


def from_weights(made: Import, now: Model, lang: str) -> Spec:
    """Return the state of the stage with an import: the samples stay where they fit, else they are drawn.

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


def way(weights: Weights) -> Text:
    """Return a reading in few words: its sizes, the layout of the matrices, the order of the layers."""
    names = first_few(map(echo, weights.order), _MOST_NAMES)
    frame = Text("{}, {}: {}", "{}，{}：{}")
    return frame.format(sizes(weights), LAYOUTS[weights.layout].short, ", ".join(names))


def sizes(weights: Weights) -> str:
    """Return the sizes of a reading, in words."""
    return " → ".join(map(str, weights.sizes))


def rows(weights: Weights, lang: str) -> dict[str, list[str]]:
    """Return the arrays of a reading and their roles, by columns with their names, a row for each layer."""
    shapes = [part.W.shape if weights.layout == "out_in" else part.W.shape[::-1] for part in weights.parts]
    columns = {
        "layer": [str(l) for l in range(1, len(weights.parts) + 1)],
        "array": [echo(name) for name in weights.order],
        "shape": ["{} × {}".format(*shape) for shape in shapes],
        "ends": [f"{part.W.shape[1]} → {part.W.shape[0]}" for part in weights.parts],
        "bias": [echo(part.bias) if part.bias else "–" for part in weights.parts],
    }
    return {COLUMNS[key](lang): values for key, values in columns.items()}


ENDINGS = tuple(ending.rpartition(".")[2] for record in FORMATS.values() for ending in record.endings)
