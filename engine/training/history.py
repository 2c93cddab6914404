"""The history of a training: its curves, where it ended, and any moment of it, computed anew where need be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.core import Text, as_whole
from engine.equations import Ref
from engine.network import Network
from engine.optimizers import State
from engine.passes import trace
from engine.training.loop import Loop, Settings

_MOST_KEPT = 64  # checkpoints …
_NO_EPOCH = Text("this run has no such epoch", "这次训练没有这一轮")
_MOST_NUMBERS, _LARGE_NUMBERS = 2**18, 2**22  # … and numbers in all of them: 2 MiB, or 16 in float32 for large data


class Checkpoint(NamedTuple):
    """Parameters and optimizer's state after an epoch."""

    epoch: int
    theta: NDArray
    state: State


class Divergence(NamedTuple):
    """First epoch in which something stopped being finite, and the quantity that did."""

    epoch: int
    quantity: Ref


class Checkpoints:
    """Checkpoints of a run at equal distances; when they become too many, every other one is given up."""

    def __init__(self, loop: Loop) -> None:
        numbers = loop.theta.size * (1 + len(loop.state))
        self._most = max(2, min(_MOST_KEPT, _allowed(loop) // numbers))
        self._start, self._distance = loop.done, 1
        self.kept = [snapshot(loop)]
        self.next = loop.done + 1

    def keep(self, loop: Loop) -> None:
        """Store a checkpoint; called when the loop has reached `next`."""
        self.kept.append(snapshot(loop))
        if len(self.kept) > self._most:
            self._distance *= 2
            self.kept = [kept for kept in self.kept if (kept.epoch - self._start) % self._distance == 0]
        self.next = self.kept[-1].epoch + self._distance


def _allowed(loop: Loop) -> int:
    """The number of values that checkpoints may hold: more where an epoch takes seconds to be computed again."""
    return _LARGE_NUMBERS if loop.settings.data.x.size > _LARGE_NUMBERS else _MOST_NUMBERS


def snapshot(loop: Loop) -> Checkpoint:
    """Checkpoint of a loop as it is now, copied."""
    return Checkpoint(loop.done, loop.theta.copy(), {slot: value.copy() for slot, value in loop.state.items()})


@dataclass(frozen=True, eq=False)
class History:
    """A training that has ended, or as far as it has come.

    The data are the caller's own, not a copy: while they stay the same, every moment is computed exactly.

    Attributes
    ----------
    start : int
        The number of epochs that had been done before; 0 for a run from the beginning.
    loss : ndarray of shape (epochs,)
        `record="running"`: the mean cost seen before each update; "full": the cost of the whole set after each epoch.
    validation_loss : ndarray of shape (epochs,), or None
        The cost of the held-out set after each epoch.
    seconds : ndarray of shape (epochs,)
        How long each epoch took on this machine, its losses included; the only thing that is not the same again.
    stopped : str
        Why the run ended before its last epoch: `diverged`, `target`, `plateau`; empty where it did not.

    Examples
    --------
    >>> from engine import Network, train
    >>> history = train(Network.random((1, 1), ("linear",)), [[1.0], [2.0]], [[2.0], [4.0]], epochs=20)
    >>> history.epochs, bool(history.loss[-1] < history.loss[0])
    (20, True)
    >>> history.network_at(20).theta.tolist() == history.network.theta.tolist()
    True
    """

    start: int
    loss: NDArray
    validation_loss: NDArray | None
    seconds: NDArray
    stopped: str
    _given: Network
    _settings: Settings
    _kept: tuple[Checkpoint, ...]

    @property
    def epochs(self) -> int:
        """The number of the last epoch, those before the start included."""
        return self.start + len(self.loss)

    @property
    def network(self) -> Network:
        """The network after the last epoch."""
        return self._given.with_theta(self._kept[-1].theta)

    @property
    def state(self) -> State:
        """The optimizer's state after the last epoch: a further run goes on from there."""
        return {slot: value.copy() for slot, value in self._kept[-1].state.items()}

    def network_at(self, epoch: int) -> Network:
        """Return the network after an epoch, from `start`, which is the initial network; exact to the last bit.

        Raises
        ------
        InputError
            Where the run has no such epoch.
        """
        return self._given.with_theta(self._at(epoch).theta)

    def networks_at(self, epochs: Iterable[int]) -> list[Network]:
        """Return the networks after several epochs in rising order, in less time than one by one; as `network_at`."""
        return [self._given.with_theta(moment.theta) for moment in self._moments(epochs)]

    @property
    def kept(self) -> tuple[int, ...]:
        """Epochs of the history that have a checkpoint, whose networks need no computing."""
        return tuple(checkpoint.epoch for checkpoint in self._kept)

    def state_at(self, epoch: int) -> State:
        """Return the optimizer's state after an epoch; raises as `network_at`."""
        return {slot: value.copy() for slot, value in self._at(epoch).state.items()}

    def batches(self, epoch: int) -> list[NDArray]:
        """Return the sample numbers, from 0, in each batch of an epoch, in the order of the updates.

        With a validation share they are counted among those that were not held out, `data`. Epochs to come have
        their batches too.
        """
        return self._settings.data.indices(as_whole(_NO_EPOCH, epoch, self.start + 1))

    @property
    def data(self) -> tuple[NDArray, NDArray]:
        """Training rows of x and y of this history."""
        return self._settings.data.x, self._settings.data.y

    @property
    def held_out(self) -> tuple[NDArray, NDArray] | None:
        """Rows of x and y that this history held out."""
        return self._settings.held_out

    @property
    def divergence(self) -> Divergence | None:
        """First epoch and quantity that were not finite, or None; found by tracing the batches of the last epoch."""
        return self._divergence() if self.stopped == "diverged" else None

    def _whole(self, epoch: int, low: int) -> int:
        return as_whole(_NO_EPOCH, epoch, low, self.epochs)

    def _at(self, epoch: int) -> Checkpoint:
        return next(self._moments([epoch]))

    def _moments(self, epochs: Iterable[int]) -> Iterator[Checkpoint]:
        """Yield the checkpoints after several epochs, in rising order: what two of them have in common is done once."""
        loop: Loop | None = None
        for epoch in epochs:
            wanted = self._whole(epoch, self.start)
            nearest = next(kept for kept in reversed(self._kept) if kept.epoch <= wanted)
            if nearest.epoch == wanted:
                yield nearest
                continue
            if loop is None or not nearest.epoch <= loop.done <= wanted:
                loop = Loop(self._settings, nearest.theta, nearest.state, nearest.epoch)
            with np.errstate(all="ignore"):
                while loop.done < wanted:
                    loop.advance()
            yield snapshot(loop)

    def _divergence(self) -> Divergence:
        before, settings = self._at(self.epochs - 1), self._settings
        network, state = self._given.with_theta(before.theta), before.state
        rate, options = settings.rate * settings.factor(self.epochs), dict[str, Any](settings.options._asdict())
        with np.errstate(all="ignore"):
            for batch, (x, y) in enumerate(settings.data.of_epoch(self.epochs)):
                options["mask_seed"] = (settings.data.seed, self.epochs, batch)
                kept = trace(network, x, y, settings.loss, settings.optimizer.name, rate, state, **options)
                step = kept.first_not_finite
                if step:
                    wrong = next(name for name in step.writes if not np.isfinite(kept.value(*name)).all())
                    return Divergence(self.epochs, wrong)
                network, state = kept.network, kept.state or {}
        return Divergence(self.epochs, Ref("C", len(network.layers)))  # of the whole set, or of what was held out


def history_of(
    settings: Settings,
    given: Network,
    checkpoints: Checkpoints,
    last: Checkpoint,
    curves: tuple[NDArray, NDArray, NDArray],
    stopped: str,
) -> History:
    """Return the history of a run up to its last whole epoch; the curves are loss, held-out loss and seconds."""
    kept = checkpoints.kept if checkpoints.kept[-1].epoch == last.epoch else [*checkpoints.kept, last]
    loss, held_out, seconds = curves
    return History(
        kept[0].epoch, loss, held_out if settings.held_out else None, seconds, stopped, given, settings, tuple(kept)
    )
