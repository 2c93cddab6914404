"""Training: the pass of `trace` and the update of an optimizer, over and over.

`train` runs to the end and returns the whole history; `fit` is the same loop, handed out epoch by epoch.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Any, Unpack

from numpy.typing import ArrayLike, NDArray

from engine.network import Network
from engine.optimizers import State
from engine.options import PassOptions, SweepOptions, check_keywords, options_of, taken_stopping
from engine.training.history import History
from engine.training.run import TrainingLoop, Validation, settings_of


@dataclass(frozen=True, eq=False)
class Epoch:
    """Epoch of a training that goes on.

    Attributes
    ----------
    number : int
        From 1, or from the first after `start`.
    loss, validation_loss : float
        As in `History`; the second is NaN where nothing is held out.
    """

    number: int
    loss: float
    validation_loss: float
    _theta: NDArray
    _run: TrainingLoop

    @property
    def network(self) -> Network:
        """The network after this epoch."""
        return self._run.given.with_theta(self._theta)

    @property
    def history(self) -> History:
        """History of the run so far, which may be further than this epoch."""
        return self._run.history


class TrainOptions(SweepOptions, PassOptions, total=False):
    """Keyword options of `train` and `fit`: all of `SweepOptions` and `PassOptions`, and where they begin and end.

    Attributes
    ----------
    validation : float or tuple of array_like, optional
        A share of the samples to be held out, or rows (X, y); they get a loss of their own and are not trained on.
    state : dict, optional
        The optimizer's state that a run before has left, `History.state`.
    start : int
        How many epochs have been done before; numbers and orders go on from there.
    """

    validation: Validation
    state: State | None
    start: int


def train(
    network: Network,
    X: ArrayLike,
    y: ArrayLike,
    loss: str = "quadratic",
    optimizer: str = "sgd",
    learning_rate: float = 0.1,
    epochs: int = 100,
    batch_size: int | None = None,
    **options: Unpack[TrainOptions],
) -> History:
    """Train a network and return its history.

    Parameters
    ----------
    network : Network
        What training starts from; it stays as it is.
    X, y : array_like of shape (m, n_0) and (m, n_L)
        Samples and targets in rows.
    loss, optimizer : str
        Names in `LOSSES` and `OPTIMIZERS`.
    learning_rate : float
        η.
    epochs : int
        How often the training goes through all samples, from 1.
    batch_size : int, optional
        How many samples an update is computed from; all of them unless given. The last batch may be smaller.
    **options
        Those of `engine.TrainOptions`: order, seed, held-out samples, schedule, penalty, clipping, when to end …

    Raises
    ------
    InputError
        A `ValueError` that says what is wrong, what is allowed and what was received. A training that diverges is no
        error: it ends, and `History.divergence` says where.

    Examples
    --------
    >>> from engine import Network, train
    >>> net = Network.random((2, 2, 1), ("tanh", "sigmoid"), seed=1)
    >>> history = train(net, [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], learning_rate=2.0, epochs=2000)
    >>> history.network.predict([[0, 1], [1, 1]]).round()
    array([[1.],
           [0.]])
    """
    check_keywords("train", options, TrainOptions)
    return fit(network, X, y, loss, optimizer, learning_rate, epochs, batch_size, **options).to_the_end()


def fit(
    network: Network,
    X: ArrayLike,
    y: ArrayLike,
    loss: str = "quadratic",
    optimizer: str = "sgd",
    learning_rate: float = 0.1,
    epochs: int = 100,
    batch_size: int | None = None,
    **options: Unpack[TrainOptions],
) -> "Epochs":
    """Train a network and hand out each epoch as it ends; the caller decides when to stop.

    Parameters and errors are those of `train`.

    Yields
    ------
    Epoch

    Examples
    --------
    >>> from engine import Network, fit
    >>> net = Network.random((1, 1), ("linear",), seed=1)
    >>> for epoch in fit(net, [[1.0], [2.0]], [[2.0], [4.0]], epochs=1000):
    ...     if epoch.loss < 1e-3:
    ...         break
    >>> epoch.number < 1000
    True
    """
    check_keywords("fit", options, TrainOptions)
    rest: dict[str, Any] = {**options}
    of_pass = {name: rest.pop(name) for name in PassOptions.__annotations__ if name in rest}
    state, stopping = rest.pop("state", None), taken_stopping(rest)
    beside = options_of(dtype=network.architecture.dtype, **of_pass)
    settings = settings_of(
        network,
        X,
        y,
        loss,
        optimizer,
        learning_rate,
        batch_size,
        epochs=epochs,
        options=beside,
        stopping=stopping,
        **rest,
    )
    return Epochs(TrainingLoop(network, settings, state, rest.get("start", 0)))


class Epochs(Iterator[Epoch]):
    """Epochs of a training, each computed when it is asked for; for one owner, as `TrainingLoop` is."""

    def __init__(self, run: TrainingLoop) -> None:
        self._run, self._last = run, inf

    def until(self, last: int) -> "Epochs":
        """Return the epochs themselves, ending with number `last`."""
        self._last = last
        return self

    def to_the_end(self) -> History:
        """Do all epochs that are left, and return the history."""
        return self._run.to_the_end()

    @property
    def history(self) -> History:
        """History of the run so far; before the first epoch it is empty."""
        return self._run.history

    @property
    def over(self) -> bool:
        """Whether no epoch is left."""
        return self._run.over or self._run.done >= self._last

    def __next__(self) -> Epoch:
        if self.over:
            raise StopIteration
        self._run.advance()
        return self._epoch()

    def within(self, end: float) -> Epoch | None:
        """Return the next epoch; None where the clock, `time.perf_counter`, says `end` before, or none is left."""
        return self._epoch() if not self.over and self._run.advance(end) else None

    def _epoch(self) -> Epoch:
        loop = self._run.loop
        return Epoch(loop.done, loop.loss, loop.held_out_loss, loop.theta.copy(), self._run)
