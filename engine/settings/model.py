"""The model: all that determines what is computed, as one immutable value, and the only key of a cache."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import count
from typing import Any

import numpy as np

from engine.catalogue import loss_for
from engine.core import InputError, Text, as_numbers, as_rows, digest
from engine.examples import EXAMPLES
from engine.layers import NORM_VALUES, as_share, count_parameters
from engine.network import Network
from engine.optimizers import COUNT, OPTIMIZERS, State, as_rate
from engine.options import PLAIN, Optioned, Options, is_drawn, takes_options
from engine.passes import Trace, trace
from engine.program import ALONE
from engine.settings.iterations import replayed
from engine.settings.model_cache import cached_by_model
from engine.training import History, train

MOST_SAMPLES = 64
MOST_ITERATIONS, MOST_UPDATES = 10_000, 20_000_000  # the second bounds iterations times parameters

FIRST_MASKS = (0, 1, 0)
_SAMPLES = 4  # that a batch gets which is to be normalized and has but one

Rows = tuple[tuple[float, ...], ...]


@takes_options
@dataclass(frozen=True, eq=False)
class Model(Optioned):
    """Model of a network with all settings of a pass: a value, equal to another by its digest.

    Attributes
    ----------
    example : str or None
        The example that the network and the defaults of everything else come from; None for a drawn network.
    sizes, activations, init, seed : tuple of int, tuple of str, str, int
        The network to draw; those of an example describe it.
    loss, optimizer, eta : str, str, float
    x, y : tuple of tuple of float
        The samples in rows.
    train_bias : bool
        Whether updates move the biases.
    net : tuple of float or None
        All parameters, in the order of `Network.theta`, where they were edited.
    iteration : int
        From 1: how often the network has been updated, plus one.
    state : tuple of (str, tuple of float), or None
        The optimizer's state before the first iteration, where it is not that of the very first update.
    options : Options
        What a pass does beside the plain equations, and in which mode; each is an attribute and a keyword too.
    batch_norm, dropout : bool, float
        Whether all hidden layers are normalized, and the share of their outputs that training drops.
    masks : tuple of int
        What the masks of iteration 1 are drawn from: a seed, an epoch and the number of a batch; each iteration is
        another epoch.
    """

    example: str | None
    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    init: str
    seed: int
    loss: str
    optimizer: str
    eta: float
    x: Rows
    y: Rows
    train_bias: bool = True
    net: tuple[float, ...] | None = None
    iteration: int = 1
    state: tuple[tuple[str, tuple[float, ...]], ...] | None = None
    options: Options = PLAIN
    batch_norm: bool = False
    dropout: float = 0.0
    masks: tuple[int, int, int] = FIRST_MASKS

    @cached_property
    def digest(self) -> str:
        """Digest of all fields, computed once: the cache key of the model."""
        return digest(getattr(self, field.name) for field in fields(self))

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Model) and self.digest == other.digest)

    def __hash__(self) -> int:
        return hash(self.digest)

    @classmethod
    def of_example(cls, name: str) -> "Model":
        """Return the model of a published example."""
        e = EXAMPLES[name]
        trained = all(layer.train_bias for layer in e.network.layers)
        network = e.network
        settings = (network.sizes, network.activations, "xavier_uniform", 1, e.loss, e.optimizer, e.learning_rate)
        return cls(name, *settings, e.x, e.y, trained)

    @classmethod
    def drawn(cls, sizes: tuple[int, ...], activations: tuple[str, ...], init: str, seed: int) -> "Model":
        """Return the model of a drawn network: its sample is drawn from the same seed, its target is the first class.

        Raises
        ------
        InputError
            Where the sizes and activations do not go together.
        """
        if len(activations) != len(sizes) - 1:
            raise InputError(
                Text("each layer needs one activation", "每层需要一个激活函数"),
                Text("{} for these sizes", "对应这些大小需 {} 个").format(len(sizes) - 1),
                "-".join(activations),
            )
        x = np.random.default_rng(seed).uniform(-1, 1, sizes[0]).round(2).tolist()
        y = [1.0] + [0.0] * (sizes[-1] - 1)
        loss = "cross_entropy" if activations[-1] == "softmax" else "quadratic"
        return cls(None, sizes, activations, init, seed, loss, "sgd", 0.5, (tuple(x),), (tuple(y),))

    def network(self) -> Network:
        """Return the network of iteration 1."""
        return _network(self.base, self.net, self.train_bias, self.batch_norm, self.dropout)

    @property
    def base(self) -> "Model":
        """The model without any change to it: the defaults of its example or of its drawn network."""
        if self.example:
            return Model.of_example(self.example)
        return Model.drawn(self.sizes, self.activations, self.init, self.seed)

    @property
    def most_iterations(self) -> int:
        """The last iteration that can be asked for."""
        return max(1, min(MOST_ITERATIONS, MOST_UPDATES // count_parameters(self.sizes)))

    @property
    def first_state(self) -> State | None:
        """The optimizer's state before iteration 1."""
        if self.state is None:
            return None
        return {slot: np.array(numbers if slot != COUNT else numbers[0]) for slot, numbers in self.state}

    def trace(self) -> Trace:
        """Return the pass of the present iteration, with its update."""
        network, state, _ = _start(self)
        return self._trace(network, state, self.iteration)

    def passes(self) -> Iterator[Trace]:
        """Yield the passes of all iterations of the model, from the first, without end."""
        network, state = self.network(), self.first_state
        for iteration in count(1):
            done = self._trace(network, state, iteration)
            yield done
            network, state = done.network, done.state

    def trained(self, epochs: int) -> History:
        """Return the training that goes through the passes in full batches, in order."""
        options = self.options._asdict()
        del options["training"]
        settings = (self.loss, self.optimizer, self.eta, epochs)
        first = self.network()
        return train(first, self.x, self.y, *settings, shuffle=False, state=self.first_state, **options)

    def _trace(self, network: Network, state: State | None, iteration: int) -> Trace:
        beside = self.beside(iteration)
        return trace(network, self.x, self.y, self.loss, self.optimizer, self.eta, state, **beside)

    def beside(self, iteration: int) -> dict[str, Any]:
        """Return the keyword options of `trace` for an iteration, the seed of its masks included."""
        seed, epoch, batch = self.masks
        return self.options.checked()._asdict() | {"mask_seed": (seed, epoch + iteration - 1, batch)}

    @property
    def right(self) -> "Model":
        """Model without mistakes, else with the same settings."""
        return self.with_options(mistakes=()) if self.options.mistakes else self

    def with_settings(self, **changes: Any) -> "Model":
        """Return the model with other settings, and with whatever follows from them.

        Normalized layers have more numbers than others, and in training they need a batch.
        """
        changed = replace(self, **changes)
        if changed.batch_norm != self.batch_norm:
            plain = None if changed.net is None else changed.net[: count_parameters(changed.sizes)]
            changed = replace(changed, net=plain, state=None, iteration=1)
        if changed.batch_norm and changed.options.training and len(changed.x) == 1 and len(changed.sizes) > 2:
            return changed._with_batch()  # noqa: SLF001  # its own
        return changed

    def _with_batch(self) -> "Model":
        """Return the model with more samples behind its only one: inputs drawn from the seed, and class after class."""
        drawn = np.random.default_rng(self.seed).uniform(-1, 1, (_SAMPLES, self.sizes[0])).round(2).tolist()
        classes = max(2, self.sizes[-1])
        targets = np.eye(classes)[np.arange(_SAMPLES) % classes, : self.sizes[-1]].tolist()
        x, y = (tuple(map(tuple, rows[1:])) for rows in (drawn, targets))
        return replace(self, x=self.x + x, y=self.y + y)

    def costs(self) -> tuple[float, ...]:
        """Return the cost of every iteration up to and including the present one."""
        return (*_start(self)[2], self.trace().loss)

    def edited(self, network: Network) -> "Model":
        """Return the model that starts from `network`, at iteration 1."""
        same = np.array_equal(network.theta, replace(self, net=None).network().theta)
        seed, epoch, batch = self.masks
        drawn = self.dropout > 0 or is_drawn(self.options)
        masks = (seed, epoch + (self.iteration - 1) * drawn, batch)  # those of the present iteration
        return replace(self, net=None if same else tuple(network.theta.tolist()), iteration=1, masks=masks)

    def check(self) -> None:
        """Raise `InputError` where the settings of the model do not go together."""
        dtype = np.dtype(float)
        loss = loss_for(self.loss, self.activations[-1])
        x = as_rows("x", as_numbers("x", self.x), self.sizes[0], dtype)
        y = as_rows("y", as_numbers("y", self.y), self.sizes[-1], dtype)
        if len(x) != len(y) or len(x) > MOST_SAMPLES:
            allowed = Text("as many rows of x as of y, at most {}", "x 与 y 行数相同，至多 {} 行").format(MOST_SAMPLES)
            raise InputError(Text("the samples do not fit", "样本不匹配"), allowed, f"{len(x)}, {len(y)}")
        loss.check_targets(y)
        as_rate(self.eta)
        self.options.checked()
        as_share(self.dropout)
        if self.batch_norm and self.options.training and len(x) < 2 < len(self.sizes):
            raise InputError(*ALONE, len(x))
        self._check_numbers()
        if self.iteration > self.most_iterations:
            allowed = Text("1 to {} for this network", "该网络允许 1 到 {}").format(self.most_iterations)
            raise InputError(Text("iteration number too large", "迭代次数太大"), allowed, self.iteration)

    def _check_numbers(self) -> None:
        """Raise `InputError` where the parameters or the state do not fit; γ, β and averages may be left out."""
        parameters = count_parameters(self.sizes)
        more = 2 * len(NORM_VALUES) * sum(self.sizes[1:-1]) * self.batch_norm
        if self.net is not None and len(self.net) not in (parameters, parameters + more):
            allowed = Text("{} numbers for these sizes", "对应这些大小需 {} 个数").format(parameters + more)
            raise InputError(Text("the parameters do not fit", "参数个数不匹配"), allowed, len(self.net))
        state = self.first_state
        if state is not None:
            network = self.network()
            OPTIMIZERS[self.optimizer].check_state(state, network.theta[: network.architecture.parameters])


@cached_by_model
def _network(
    base: Model,
    net: tuple[float, ...] | None = None,
    train_bias: bool | None = None,
    batch_norm: bool = False,
    dropout: float = 0.0,
) -> Network:
    network = (
        EXAMPLES[base.example].network
        if base.example
        else Network.random(base.sizes, base.activations, base.init, base.seed)
    )
    if batch_norm or dropout:
        network = network.with_modes(batch_norm, dropout)
    if net is not None:
        network = network.with_theta(np.concatenate((net, network.theta[len(net) :])))
    if train_bias not in (None, base.train_bias):
        network = network.with_train_bias(bool(train_bias))
    return network


@cached_by_model
def _start(model: Model) -> tuple[Network, State | None, tuple[float, ...]]:
    """Network and optimizer's state that the present iteration starts from, and the costs of those before it."""
    drawn = model.dropout or is_drawn(model.options)
    same = model.options.training and not drawn  # else masks and running averages are those of the stage
    first = (model.network(), model.first_state)
    return replayed(model.iteration - 1, *first, model.passes(), model.trained if same else None)
