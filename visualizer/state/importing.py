"""Import of weights from a file as a state of the stage: the file's contents, and the reader's choices beside them."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine import FORMATS, InputError, Network, Text, Weights
from engine.catalogue import LOSSES, Loss
from engine.core import echo, first_few
from engine.formats import Contents
from engine.settings import Model, read_sizes, write_sizes
from engine.weights import LAYOUTS, Readings, read_contents, readings_in
from visualizer.state.samples import given_beside
from visualizer.state.view import Spec, View
from visualizer.teaching import FORMAT as LESSON

_HIDDEN, _OUTPUT = "relu", "linear"  # proposed where a file does not tell
_OPEN = Text("this file can be read in more than one way", "这个文件的读法尚未选定")
_MOST_NAMES, _MOST_ROWS, _LONGEST_NAME = 4, 200, 80
_SAVED = b'"backprop-stage'  # in a saved state, which is JSON as lists of weights are
_MIXED = Text(
    "Layers without biases in the file get zeros as biases, which are trained like the others.",
    "文件中没有偏置的层以 0 为偏置，并与其他偏置一起训练。",
)
COLUMNS = {
    "array": Text("Array", "数组"),
    "shape": Text("Shape in the file", "文件中的形状"),
    "place": Text("Place in the network", "在网络中的位置"),
}
_PLACES = {
    "W": Text("weights of layer {}, {} → {}", "第 {} 层的权重，{} → {}"),
    "b": Text("biases of layer {}", "第 {} 层的偏置"),
    "x": Text("inputs of the samples", "样本的输入"),
    "y": Text("targets of the samples", "样本的目标"),
    "eta": Text("learning rate", "学习率"),
    "out": Text("ignored", "不读入"),
    "open": Text("open", "未定"),
}


@dataclass(frozen=True, eq=False)
class Import:
    """File of weights that was read, and the choices beside it.

    Attributes
    ----------
    name : str
        The file's name.
    contents : Contents
        Its arrays.
    readings : Readings or None
        All ways to read it; None where its arrays make no network.
    chosen : int or None
        The index of the chosen reading; None while the choice is open.
    activations : tuple of str
    loss : str
    dropped : tuple of str
        The names of the arrays that the reader leaves out.
    problem : InputError or None
        Why the arrays make no network.
    """

    name: str
    contents: Contents
    readings: Readings | None
    chosen: int | None
    activations: tuple[str, ...]
    loss: str
    dropped: tuple[str, ...] = ()
    problem: InputError | None = None

    @property
    def weights(self) -> Weights | None:
        """The chosen reading."""
        return None if self.chosen is None or self.readings is None else self.readings.found[self.chosen]

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

    @property
    def given(self) -> dict[str, tuple[str, Any]]:
        """Samples and rate that stand beside the layers, as `given_beside` has them."""
        weights = self.weights
        if weights is None:
            return {}
        beside = {name: array for name, array in self.contents.arrays.items() if name in weights.left_out}
        kept = {name: array for name, array in beside.items() if name not in self.dropped}
        return given_beside(kept, weights.sizes[0], weights.sizes[-1])

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

    def with_reading(self, chosen: int | None) -> "Import":
        """Return the import with another reading; where its layers are others, their activations are proposed anew."""
        found = self.readings.found[chosen] if self.readings and chosen is not None else None
        if found is None or len(found.parts) == len(self.activations):
            return replace(self, chosen=chosen)
        return replace(self, chosen=chosen, activations=_proposed(found))

    def without(self, names: tuple[str, ...]) -> "Import":
        """Return the import without some arrays."""
        return proposed(self.name, self.contents, names)


def is_lesson(data: bytes) -> bool:
    """Return whether bytes are a lesson that was saved here."""
    return is_saved_state(data) and f'"{LESSON}"'.encode() in data


def is_saved_state(data: bytes) -> bool:
    """Return whether bytes are a state that was saved here, and not weights."""
    return data.lstrip()[:1] == b"{" and _SAVED in data


def opened(name: str, data: bytes) -> Import:
    """Return an import of the bytes of a file, or of a text; raise `InputError` where nothing in it can be read."""
    return proposed(name, read_contents(data, name))


def proposed(name: str, contents: Contents, dropped: tuple[str, ...] = ()) -> Import:
    """Return an import with proposals for all that the file leaves open; of several readings none is chosen.

    Where its arrays make no network that the stage can take, the import says why, so that some can be left out.
    """
    name = name[:_LONGEST_NAME]
    try:
        readings = readings_in(contents, dropped=dropped)
        weights = readings.found[0]
        read_sizes(write_sizes(weights.sizes))
    except InputError as problem:
        return Import(name, contents, None, None, (), "quadratic", dropped, problem)
    names = _proposed(weights)
    chosen = 0 if readings.told == 1 else None
    loss = weights.loss if weights.loss and _goes_with(weights.loss, names[-1]) else _suited(names[-1], "quadratic")
    return Import(name, contents, readings, chosen, names, loss, dropped)


def _proposed(weights: Weights) -> tuple[str, ...]:
    """Return the activations that a file tells, and usual ones for the rest."""
    *hidden, output = weights.activations
    return (*(known or _HIDDEN for known in hidden), output or _OUTPUT)


def _goes_with(loss: str, output: str) -> bool:
    matched = LOSSES[loss].matched
    return not matched or matched.activation == output


def _suited(output: str, otherwise: str) -> str:
    """Return the loss that is matched with an output activation, or the other one."""
    return next((r.name for r in LOSSES.values() if r.matched and r.matched.activation == output), otherwise)


def from_weights(made: Import, now: Model, lang: str) -> Spec:
    """Return the state of the stage with an import and its samples; else these stay where they fit, or are drawn.

    Raises
    ------
    InputError
        Where the network is none that the stage can take.
    """
    network = made.network()
    drawn = replace(Model.drawn(network.sizes, network.activations, "xavier_uniform", 1), loss=made.loss)
    trained = any(layer.train_bias for layer in network.layers)
    model = replace(drawn, train_bias=trained).edited(network.astype(np.float64))
    given = {field: value for field, (_, value) in made.given.items()}
    present: dict[str, Any] = {"x": now.x, "y": now.y, "eta": now.eta}
    for kept in (replace(model, **present | given), replace(model, **given), replace(model, **present), model):
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


def remarks(weights: Weights) -> tuple[Text, ...]:
    """Remarks on a reading: where order and layout come from, and what was done to the numbers."""
    without = [part.b is None for part in weights.parts]
    return (*weights.said, *((_MIXED,) if any(without) and not all(without) else ()))


def rows(made: Import, lang: str) -> dict[str, list[str]]:
    """Return the arrays of a file and the place that each takes, by columns with their names."""
    weights, places = made.weights, {}
    for l, part in enumerate(weights.parts if weights else (), 1):
        places[part.name] = _PLACES["W"].format(l, part.W.shape[1], part.W.shape[0])
        if part.bias in made.contents.arrays:
            places[part.bias] = _PLACES["b"].format(l)
    places |= {name: _PLACES[field] for field, (name, _) in made.given.items()}
    rest = _PLACES["out" if weights else "open"]
    listed = list(made.contents.arrays.items())[:_MOST_ROWS]
    shapes = ["\u2009×\u2009".join(map(str, array.shape)) or "1" for _, array in listed]
    stands = [_PLACES["out"] if name in made.dropped else places.get(name, rest) for name, _ in listed]
    beside = [name for name in made.contents.left_out if name not in made.contents.arrays]
    columns = {
        "array": [echo(name) for name in (*(name for name, _ in listed), *beside)],
        "shape": [*shapes, *("–" for _ in beside)],
        "place": [words(lang) for words in (*stands, *(_PLACES["out"] for _ in beside))],
    }
    return {COLUMNS[key](lang): values for key, values in columns.items()}


ENDINGS = tuple(ending.rpartition(".")[2] for record in FORMATS.values() for ending in record.endings)
