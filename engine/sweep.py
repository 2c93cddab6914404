"""Many trainings at once: networks of one architecture are stacked, and every call works on all of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.errors import InputError
from engine.history import History
from engine.inputs import as_tuple
from engine.loop import Loop, Settings
from engine.network import Network
from engine.options import options_of
from engine.run import Run, settings_of, whole_epochs
from engine.text import Text
from engine.update import as_rate


@dataclass(frozen=True, eq=False)
class Sweep:
    """Trainings that ran side by side.

    Attributes
    ----------
    loss : ndarray of shape (runs, epochs)
        As in `History`; NaN after the epoch in which a run diverged.
    """

    loss: NDArray
    _given: tuple[Network, ...]
    _thetas: tuple[NDArray, ...]
    _settings: tuple[Settings, ...]

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        """The network of each run after the last epoch; one that diverged has gone on all the same."""
        return tuple(given.with_theta(theta) for given, theta in zip(self._given, self._thetas, strict=True))

    @property
    def diverged(self) -> NDArray:
        """For each run the first epoch whose loss or parameters were not finite, 0 where there is none."""
        wrong = ~np.isfinite(self.loss)
        wrong[:, -1] |= [not np.isfinite(theta).all() for theta in self._thetas]
        return np.where(wrong.any(axis=1), wrong.argmax(axis=1) + 1, 0)

    def history(self, k: int) -> History:
        """Train run k once more, alone, and return its history with every moment of it."""
        return Run(self._given[k], self._settings[k]).to_the_end()


def sweep(
    networks: Sequence[Network],
    X: ArrayLike,
    y: ArrayLike,
    loss: str = "quadratic",
    optimizer: str | Sequence[str] = "sgd",
    learning_rate: float | Sequence[float] | NDArray = 0.1,
    epochs: int = 100,
    batch_size: int | None = None,
    shuffle: bool = True,
    seed: int = 0,
    record: str = "running",
    *,
    schedule: str = "constant",
    regularizer: str = "none",
    strength: float = 0.01,
    clip: str = "none",
    clip_at: float = 1.0,
) -> Sweep:
    """Train many networks on the same data.

    Those of the same architecture with the same optimizer are trained as one stack of arrays.

    Parameters
    ----------
    networks : sequence of Network
        One for each run; they may differ in anything but the numbers of inputs and outputs.
    X, y, loss, epochs, batch_size, shuffle, seed, record, schedule, regularizer, strength, clip, clip_at
        As in `train`, for all runs.
    optimizer : str or sequence of str
        One for all runs, or one for each.
    learning_rate : float or sequence of float
        One for all runs, or one for each.

    Raises
    ------
    InputError
        Where `train` would, and where the numbers of networks, rates and optimizers differ.

    Examples
    --------
    >>> from engine import Network, sweep
    >>> nets = [Network.random((1, 1), ("linear",), seed=seed) for seed in range(3)]
    >>> sweep(nets, [[1.0], [2.0]], [[2.0], [4.0]], learning_rate=[0.1, 0.2, 0.3], epochs=50).loss.shape
    (3, 50)
    """
    given = as_tuple(networks)
    if not given or not all(isinstance(network, Network) for network in given):
        raise InputError(
            Text("no networks to train", "没有可训练的网络"), Text("one Network or more", "至少一个 Network"), networks
        )
    methods = _of_each("optimizer", optimizer, len(given))
    rates = _of_each("learning_rate", learning_rate, len(given))
    options = options_of(regularizer, strength, clip, clip_at)
    stacks: dict[Any, list[int]] = {}
    settings: list[Settings] = []
    for k, (network, method, rate) in enumerate(zip(given, methods, rates, strict=True)):
        members = stacks.setdefault((network.architecture, str(method)), [])
        settings.append(
            replace(settings[members[0]], rate=as_rate(rate, network.architecture.dtype))
            if members
            else settings_of(
                network, X, y, loss, method, rate, batch_size, shuffle, seed, record, None, schedule, epochs, 0, options
            )
        )
        members.append(k)
    curves = np.empty((len(given), whole_epochs(epochs)))
    thetas: list[Any] = [None] * len(given)
    for members in stacks.values():
        for k, theta in zip(members, _train_together(members, given, settings, curves), strict=True):
            thetas[k] = theta
    return Sweep(_until_divergence(curves), given, tuple(thetas), tuple(settings))


def _of_each(name: str, value: Any, count: int) -> tuple[Any, ...]:
    """Return one value for each run."""
    if isinstance(value, str) or not np.iterable(value):
        return (value,) * count
    values = as_tuple(value)
    if len(values) != count:
        problem = Text("{} does not go with the networks", "{} 与网络数不符").format(name)
        raise InputError(problem, Text("one, or {}", "一个，或 {} 个").format(count), len(values))
    return values


def _train_together(
    members: list[int], given: Sequence[Network], settings: Sequence[Settings], curves: NDArray
) -> NDArray:
    """Train some runs as a stack: fill in their curves and return their parameters."""
    first = settings[members[0]]
    theta = np.array([given[k].theta for k in members])
    rates = np.array([[settings[k].rate] for k in members], theta.dtype)
    loop = Loop(
        replace(first, rate=rates, stack=(len(members),)),
        theta,
        first.optimizer.init(theta[:, : first.architecture.parameters]),
    )
    losses = np.empty((curves.shape[1], len(members)))
    with np.errstate(all="ignore"):
        for epoch in range(len(losses)):
            loop.advance()
            losses[epoch] = loop.loss
    curves[members] = losses.T
    return loop.theta


def _until_divergence(curves: NDArray) -> NDArray:
    """Blank out what came after the first value that is not finite."""
    over = np.cumsum(~np.isfinite(curves), axis=1) > 1
    curves[over] = np.nan
    return curves
