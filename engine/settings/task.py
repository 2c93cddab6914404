"""A task: all that determines a training, as one immutable value: data, network, loss, optimizer, how long."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.catalogue import SCHEDULES, loss_for
from engine.core import InputError, Text, as_whole, lookup
from engine.data import DATA, DATASETS, MNIST, OWN, Own, Prepared, Rows, drawn_samples, own_samples, shelved_samples
from engine.images import SHELF
from engine.network import Network
from engine.optimizers import OPTIMIZERS, State, as_rate
from engine.options import (
    NEVER,
    PLAIN,
    Optioned,
    Options,
    Stopping,
    takes_options,
)
from engine.settings.layer_checks import check_batches, check_layers
from engine.training import Epochs, as_samples, fit

MOST_EPOCHS, MOST_HELD = 100_000, 90
_EPOCHS = Text("invalid number of epochs", "轮数无效")
_BATCH = Text("invalid batch size", "小批量大小无效")
_HELD = Text("invalid validation split", "验证集比例无效")
_HIDDEN = "tanh"
_FOR_IMAGES: dict[str, Any] = {
    "hidden": (128, 128),
    "activations": ("relu", "relu", "softmax"),
    "init": "he_normal",
    "loss": "cross_entropy",
    "optimizer": "adam",
    "eta": 0.002,
    "batch": 32,
    "epochs": 10,
    "held": 20,
}
_CURVE, _CLASSES = ("linear", "mse"), ("sigmoid", "binary_cross_entropy")  # output and loss that suit a kind of data


@takes_options
@dataclass(frozen=True)
class Task(Optioned):
    """Task of a training.

    The defaults are those of a published demonstration, which does not learn XOR.

    Attributes
    ----------
    data : str
        A name in `DATASETS`, `own`, or `mnist`, the images of which are on `engine.images.SHELF`.
    size, noise : int or None, float or None
        Of the data set; None for what is usual.
    order : int
        The seed of the data, of what is held out and of the order of the batches.
    rows, targets : str, str
        A table of one's own as text, and its target columns, joined by commas; the last one unless given.
    decimal : str
        The decimal sign of numbers in it that can be read in two ways, as `read_table` has it; empty where it shows.
    prepared, left_out : bool, str
        Whether its classes and gaps are prepared, and then the columns that are not read.
    scaled : bool
        Whether its inputs are standardised, by the samples that are trained on.
    images : str
        The key of the reader's own image files; empty for the published ones.
    hidden : tuple of int
        The sizes of the hidden layers; the data decide on inputs and outputs.
    activations : tuple of str
        Those of the hidden layers and of the output.
    init, seed : str, int
        How the weights are drawn.
    net : tuple of float
        All weights and biases to start from, in the order of `Network.theta`; empty where they are drawn.
    loss, optimizer, eta : str, str, float
    batch : int
        The size of a batch; 0 for all samples at once.
    epochs : int
    held : int
        Percent of the samples that are held out.
    schedule, span : str, int
        How η changes, and over how many epochs; never fewer than the training has.
    stopping : Stopping
        When the training ends before its last epoch; each is an attribute and a keyword too.
    options : Options
        What a pass does beside the plain equations, and in which mode; these are attributes and keywords as well.
    batch_norm, dropout : bool, float
        Whether all hidden layers are normalized, and the share of their outputs that training drops.
    """

    data: str = "xor"
    size: int | None = None
    noise: float | None = None
    order: int = 0
    rows: str = ""
    targets: str = ""
    decimal: str = ""
    prepared: bool = False
    left_out: str = ""
    scaled: bool = False
    images: str = ""
    hidden: tuple[int, ...] = (2,)
    activations: tuple[str, ...] = ("sigmoid", "sigmoid")
    init: str = "randn"
    seed: int = 1
    loss: str = "squared_error"
    optimizer: str = "sgd"
    eta: float = 0.2
    batch: int = 0
    epochs: int = 10_000
    held: int = 0
    schedule: str = "constant"
    span: int = 0
    stopping: Stopping = NEVER
    options: Options = PLAIN
    batch_norm: bool = False
    dropout: float = 0.0
    net: tuple[float, ...] = ()

    def samples(self) -> Rows:
        """Return the rows of x and y; a softmax output gets one column of targets for each class.

        Raises
        ------
        InputError
            For a table or settings of a data set that cannot be used.
        """
        if self.data == MNIST:
            return shelved_samples(self.images, self.size, self.noise)
        output = self.activations[-1]
        if self.data == OWN:
            return own_samples(self._own, output, self.order, self.held, self.scaled)
        return drawn_samples(self.data, self.size, self.noise, self.order, output)

    @property
    def _own(self) -> Own:
        return Own(self.rows, self.targets, self.left_out, self.decimal, self.prepared)

    @property
    def ready(self) -> Prepared | None:
        """The table of one's own as it was prepared, with what is said about that."""
        return self._own.ready if self.data == OWN else None

    @property
    def class_names(self) -> tuple[str, ...]:
        """Names of the classes in their order, where the data name them: images, a table, or its target columns."""
        found = SHELF.find(self.images) if self.data == MNIST else None
        return found.names if found else (self.ready.classes if self.ready else ()) or self.target_names

    @property
    def target_names(self) -> tuple[str, ...]:
        """Names of the targets, where a table of one's own has others than the numbers of its columns."""
        return self._own.target_names if self.data == OWN else ()

    @property
    def taken(self) -> Text | None:
        """Decimal sign that was assumed for a table of one's own, in words, where not all of its numbers show it."""
        return self._own.table.taken if self.data == OWN else None

    @property
    def test_set(self) -> Rows | None:
        """The rows of x and y that come with the data and are never trained on."""
        found = SHELF.find(self.images) if self.data == MNIST else None
        return found.test if found else None

    @property
    def picture(self) -> tuple[int, int] | None:
        """Rows and columns of an image, where the inputs are its pixels."""
        found = SHELF.find(self.images) if self.data == MNIST else None
        return found.shape if found else DATASETS[self.data].picture if self.data in DATASETS else None

    def network(self) -> Network:
        """Return the network that training starts from, of the number type of the data."""
        drawn = _drawn(self.sizes, self.activations, self.init, self.seed, self.batch_norm, self.dropout)
        if self.net:
            drawn = drawn.with_theta(np.concatenate((self.net, drawn.theta[len(self.net) :])))
        dtype = self.samples()[0].dtype
        return drawn.astype(dtype) if dtype != drawn.architecture.dtype else drawn

    @property
    def sizes(self) -> tuple[int, ...]:
        """Numbers of inputs and of neurons in each layer; the data decide on the first and the last."""
        x, y = self.samples()
        return (x.shape[1], *self.hidden, y.shape[1])

    def drawn(self, **changes: Any) -> "Task":
        """Return the task with other settings and freshly drawn weights, whatever it started from before."""
        return replace(self, net=(), **changes)

    def rate(self, epoch: int) -> float:
        """Return the learning rate of an epoch, counted from 1; after the last one it stays."""
        last = max(self.span, self.epochs)
        return self.eta * SCHEDULES[self.schedule].factor(min(epoch, last) - 1, last)

    def with_hidden(self, hidden: tuple[int, ...]) -> "Task":
        """Return the task with other hidden layers, which keep their activations as far as there are as many."""
        *named, output = self.activations
        named = [*named, *[named[-1] if named else _HIDDEN] * len(hidden)][: len(hidden)]
        return self.drawn(hidden=hidden, activations=(*named, output))

    def with_data(self, data: str) -> "Task":
        """Return the task on another data set; an output that suits classes only, or curves only, gives way.

        For images all is set as it suits them.
        """
        record = None if data in (OWN, MNIST) else lookup(DATA, DATASETS, data)
        curve = record is not None and not record.classes
        changed = self.drawn(data=data, size=None, noise=None, images="")
        if data == MNIST or (record and record.picture):
            return changed if self.picture else replace(changed, **_FOR_IMAGES)
        if (curve == (self.activations[-1] == _CURVE[0]) or data == OWN) and (curve or not self.picture):
            return changed
        output, loss = _CURVE if curve else _CLASSES
        return replace(changed, activations=(*self.activations[:-1], output), loss=loss)

    @property
    def classes(self) -> bool:
        """Whether the targets are classes: every row zeros and at most a single one."""
        if self.data == MNIST:
            return True
        y = self.samples()[1]
        return bool(np.isin(y, (0.0, 1.0)).all() and (y.sum(axis=1) <= 1).all())

    def fit(self, network: Network, start: int, last: int, state: State | None) -> Epochs:
        """Train a network with these settings from after epoch `start` to epoch `last`, epoch by epoch.

        The schedule is that of the whole training, wherever this part of it ends.
        """
        x, y, held = self.parted()
        batch = self.batch or None
        whole = max(self.span, self.epochs, last) - start
        settings = (self.loss, self.optimizer, self.eta, whole, batch)
        options = self.options.checked()._asdict() | {"schedule": self.schedule, "start": start, "seed": self.order}
        options.pop("training")
        options |= self.stopping.checked()._asdict()
        return fit(network, x, y, *settings, record="full", validation=held, state=state, **options).until(last)

    def parted(self) -> tuple[NDArray, NDArray, Any]:
        """Return rows of x and y, and the held-out ones as `train` takes them: a share, rows of their own, or None.

        Of image files they are the last ones, so that no run needs a copy.
        """
        x, y = self.samples()
        if self.data != MNIST or not self.held:
            return x, y, self.held / 100 or None
        cut = len(x) - self._count_held(len(x))
        return x[:cut], y[:cut], (x[cut:], y[cut:])

    def _count_held(self, samples: int) -> int:
        return min(max(1, round(self.held / 100 * samples)), samples - 1) if self.held else 0

    @property
    def works(self) -> bool:
        """Whether the settings of the task go together."""
        try:
            self.check()
        except InputError:
            return False
        return True

    def check(self) -> None:
        """Raise `InputError` where the settings of the task do not go together."""
        as_whole(_EPOCHS, self.epochs, 1, MOST_EPOCHS)
        as_whole(_BATCH, self.batch, 0)
        as_whole(_HELD, self.held, 0, MOST_HELD)
        lookup(Text("optimizer", "优化器"), OPTIMIZERS, self.optimizer)
        lookup(Text("schedule", "学习率调度"), SCHEDULES, self.schedule)
        as_whole(_EPOCHS, self.span, 0, MOST_EPOCHS)
        as_rate(self.eta)
        self.options.checked()
        self.stopping.checked()
        check_layers(self.sizes, len(self.net))
        loss_for(self.loss, self.activations[-1])
        as_samples(self.network(), *self.samples(), self.loss)
        samples = len(self.samples()[0])
        if self.batch_norm and self.hidden:
            check_batches(samples - self._count_held(samples), self.batch or samples)


@lru_cache(maxsize=8)
def _drawn(
    sizes: tuple[int, ...], activations: tuple[str, ...], init: str, seed: int, batch_norm: bool, dropout: float
) -> Network:
    """Return a drawn network; the runs in a file and their changes ask for the same one again and again."""
    return Network.random(sizes, activations, init, seed, batch_norm=batch_norm, dropout=dropout)
