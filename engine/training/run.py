"""Training run: the loop, its curves and checkpoints, and when it ends."""

import time
from collections.abc import Iterator
from math import inf
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.catalogue import SCHEDULES, loss_for
from engine.core import InputError, Text, as_numbers, as_rows, as_whole, lookup
from engine.data import Batches, hold_out
from engine.network import Network
from engine.optimizers import OPTIMIZERS, State, as_rate
from engine.options import NEVER, PLAIN, Options, Stopping
from engine.training.early import REASONS, StopWatch
from engine.training.history import Checkpoint, Checkpoints, History, history_of, snapshot
from engine.training.loop import Loop, Settings

RECORDS = {
    "running": Text("mean cost before each update", "每次更新前代价的平均值"),
    "full": Text("cost of the whole set after each epoch", "每轮之后整个数据集的代价"),
}
_EPOCHS, _START = Text("invalid number of epochs", "轮数无效"), Text("invalid start", "起点无效")
_BATCH, _SEED = Text("invalid batch size", "小批量大小无效"), Text("invalid seed", "随机种子无效")
Validation = float | tuple[ArrayLike, ArrayLike] | None


def settings_of(
    network: Network,
    X: ArrayLike,
    y: ArrayLike,
    loss: str,
    optimizer: str,
    learning_rate: float,
    batch_size: int | None = None,
    shuffle: bool = True,
    seed: int = 0,
    record: str = "running",
    validation: Validation = None,
    schedule: str = "constant",
    epochs: int = 1,
    start: int = 0,
    options: Options = PLAIN,
    stopping: Stopping = NEVER,
) -> Settings:
    """Return the checked settings of a training; the arguments are those of `train`."""
    architecture, seed = network.architecture, as_whole(_SEED, seed, 0)
    chosen = loss_for(loss, architecture.activations[-1])
    method = lookup(Text("optimizer", "优化器"), OPTIMIZERS, optimizer)
    full = lookup(Text("record", "损失记录方式"), RECORDS, record) is RECORDS["full"]
    rows, held_out = _parted(network, as_samples(network, X, y, loss), loss, validation, seed)
    size = len(rows[0]) if batch_size is None else as_whole(_BATCH, batch_size, 1)
    rate = as_rate(learning_rate, architecture.dtype)
    batches = Batches(*rows, size, bool(shuffle), seed)
    plan = lookup(Text("schedule", "学习率调度"), SCHEDULES, schedule)
    last = as_whole(_START, start, 0) + whole_epochs(epochs)
    beside: dict[str, Any] = {"schedule": plan, "epochs": last, "options": options, "stopping": stopping}
    return Settings(architecture, chosen.name, method, rate, batches, held_out, full, **beside)


def whole_epochs(epochs: object) -> int:
    """Return a number of epochs, or raise `InputError` where it is none: a whole number from 1."""
    return as_whole(_EPOCHS, epochs, 1)


def as_samples(network: Network, X: ArrayLike, y: ArrayLike, loss: str) -> tuple[NDArray, NDArray]:
    """Return data as rows of x and y that go with a network and a loss, or raise `InputError`."""
    sizes, dtype = network.architecture.sizes, network.architecture.dtype
    x, targets = as_rows("X", X, sizes[0], dtype), as_rows("y", y, sizes[-1], dtype)
    if len(x) != len(targets):
        allowed = Text("{} rows of y, as many as of X", "y 应有 {} 行，与 X 相同").format(len(x))
        problem = Text("X and y have different numbers of samples", "X 与 y 的样本数不同")
        raise InputError(problem, allowed, len(targets))
    for name, rows in (("X", x), ("y", targets)):
        with np.errstate(all="ignore"):  # 0 · v is NaN where v is not finite: less work than to ask each number
            finite = np.isfinite(rows @ np.zeros(rows.shape[1], dtype)).all()
        if not finite:
            as_numbers(name, rows, dtype)
    loss_for(loss, network.activations[-1]).check_targets(targets)
    return x, targets


def _parted(
    network: Network, rows: tuple[NDArray, NDArray], loss: str, validation: Validation, seed: int
) -> tuple[tuple[NDArray, NDArray], tuple[NDArray, NDArray] | None]:
    """Return the rows to train on and the held-out rows."""
    if validation is None:
        return rows, None
    if isinstance(validation, tuple) and len(validation) == 2:
        return rows, as_samples(network, *validation, loss)
    if isinstance(validation, Real) and 0 < validation < 1 and len(rows[0]) > 1:
        return hold_out(rows, float(validation), seed)
    raise InputError(
        Text("invalid validation", "验证集无效"),
        Text(
            "rows (X, y), or a fraction between 0 and 1 of at least two samples",
            "数据 (X, y)，或 0 到 1 之间的比例（至少两个样本）",
        ),
        validation,
    )


class TrainingLoop:
    """Training run on its way, for one owner: two threads at once would spoil it.

    Attributes
    ----------
    loop : Loop
    stopped : str
        As in `History`.
    """

    def __init__(self, network: Network, settings: Settings, state: State | None = None, start: int = 0) -> None:
        self.given, self.stopped, start = network, "", as_whole(_START, start, 0)
        self._last = settings.epochs
        method, theta = settings.optimizer, network.theta[: network.architecture.parameters]
        begin = method.init(theta) if state is None else method.check_state(state, theta)
        self._watch = StopWatch(settings.stopping, start) if settings.stopping.used else None
        self.loop = Loop(settings, network.theta, begin, start)
        self._checkpoints = Checkpoints(self.loop)
        self._half_done: tuple[Checkpoint, Iterator[None]] | None = None  # where the epoch began, what is left of it
        self._losses: list[float] = []
        self._held_out: list[float] = []
        self._seconds: list[float] = []
        self._spent = 0.0  # seconds of the epoch that is being done

    def to_the_end(self) -> History:
        """Train through all epochs that are left."""
        with np.errstate(all="ignore"):
            while not self.over:
                self._advance(inf)
        return self.history

    @property
    def done(self) -> int:
        """The number of the last whole epoch."""
        return self._half_done[0].epoch if self._half_done else self.loop.done

    @property
    def over(self) -> bool:
        """Whether no epoch of the run is left."""
        return bool(self.stopped) or self.done >= self._last

    def advance(self, end: float = inf) -> bool:
        """Train for one epoch, unless the clock, `time.perf_counter`, says `end` before; return whether it is whole.

        One of several batches is gone on with by the next call. One of a single batch is always done at once.
        """
        with np.errstate(all="ignore"):
            return self._advance(end)

    def _advance(self, end: float) -> bool:
        began, whole = time.perf_counter(), True
        if self.loop.settings.data.whole:
            self.loop.advance()
        else:
            whole = self._by_updates(end)
        self._spent += time.perf_counter() - began
        if whole:
            self._record()
        return whole

    def _by_updates(self, end: float) -> bool:
        before, updates = self._half_done or (snapshot(self.loop), self.loop.updates())
        self._half_done = before, updates
        for _ in updates:
            if time.perf_counter() >= end:
                return False
        self._half_done = None
        return True

    def _record(self) -> None:
        """Append the losses of an epoch to the curves, and decide whether the run ends."""
        loop = self.loop
        self._losses.append(loop.loss)
        self._held_out.append(loop.held_out_loss)
        self._seconds.append(self._spent)
        self._spent = 0.0
        if not loop.finite:
            self.stopped = "diverged"
        elif self._watch:
            loss = loop.held_out_loss if loop.settings.held_out else loop.loss
            self.stopped = str(REASONS[self._watch.reasons(np.array((loss,)), loop.done)[0]])
        if loop.done == self._checkpoints.next:
            self._checkpoints.keep(loop)

    @property
    def history(self) -> History:
        """History of the run so far, in whole epochs."""
        last = self._half_done[0] if self._half_done else snapshot(self.loop)
        curves = np.array(self._losses), np.array(self._held_out), np.array(self._seconds)
        return history_of(self.loop.settings, self.given, self._checkpoints, last, curves, self.stopped)
