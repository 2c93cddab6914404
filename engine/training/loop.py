"""The loop of a training: the calls of `trace`'s program and of the optimizer's laws, repeated in place.

For every size of batch there is one flat list of calls: the pass, then the update, over parameters and a state that all
lists share. With a leading axis on theta the same calls train a stack of networks at once.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from math import isfinite, prod
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.catalogue import SCHEDULES, Schedule
from engine.core import aligned_copy
from engine.data import Batches
from engine.equations import Ref
from engine.layers import Architecture
from engine.mistakes import made_of, moved, rounded, wrong_gradient, wrong_rate
from engine.optimizers import COUNT, OPTIMIZERS, Optimizer, State, rate_of_each
from engine.options import NEVER, PLAIN, Options, Stopping, last_gradient
from engine.program import TO_THE_COST, WHOLE_PASS, WITHOUT_COST, Program, inference, recorder, update_calls

_MOST_SAMPLES_AT_ONCE = 4096  # of the set whose cost is taken
_NARROW = 40  # up to this size of the largest product it pays to let the networks of a stack lie side by side


@dataclass(frozen=True, eq=False)
class Settings:
    """Settings of a training: everything that determines it but its initial parameters and state.

    Attributes
    ----------
    architecture, loss, optimizer : Architecture, str, Optimizer
    rate : float or ndarray
        One learning rate, or one for each network of a stack, of shape (K, 1).
    data : Batches
        The training data, in the order of the updates.
    held_out : tuple of ndarray, or None
        Rows of x and y that have a loss of their own.
    full : bool
        Whether the loss of an epoch is the cost of the whole set after it, not the mean cost before each update.
    stack : tuple of int
        () for one network, (K,) for K.
    schedule, epochs : Schedule, int
        The schedule of the rate, and the number of the last epoch, which it depends on.
    options : Options
        The options of a pass beside the plain equations.
    stopping : Stopping
        When it ends before its last epoch.
    """

    architecture: Architecture
    loss: str
    optimizer: Optimizer
    rate: Any
    data: Batches
    held_out: tuple[NDArray, NDArray] | None = None
    full: bool = False
    stack: tuple[int, ...] = ()
    schedule: Schedule = SCHEDULES["constant"]
    epochs: int = 1
    options: Options = PLAIN
    stopping: Stopping = NEVER

    def factor(self, epoch: int) -> float:
        """Factor of the learning rate in an epoch, counted from 1."""
        return self.schedule.factor(epoch - 1, self.epochs)

    def __getstate__(self) -> dict[str, Any]:
        """Return the pickled state: registry entries, which hold functions, by their names."""
        return {**self.__dict__, "optimizer": self.optimizer.name, "schedule": self.schedule.name}

    def __setstate__(self, state: dict[str, Any]) -> None:
        records = {"optimizer": OPTIMIZERS[state["optimizer"]], "schedule": SCHEDULES[state["schedule"]]}
        self.__dict__.update(state | records)


class _Step(NamedTuple):
    """The calls for one size of batch, the cost that they leave behind, and the share of the set that a batch is."""

    program: Program
    calls: list[recorder.Call]
    cost: NDArray | None
    share: float


class Loop:
    """Training loop at some epoch.

    Attributes
    ----------
    theta : ndarray of shape (P,) or (K, P)
        The parameters; changed in place.
    state : dict
        The optimizer's state; changed in place.
    done : int
        The number of the last epoch.
    loss, held_out_loss : float, or ndarray of shape (K,)
        The losses of the last epoch.
    """

    def __init__(self, settings: Settings, theta: NDArray, state: State, done: int = 0) -> None:
        self.settings, self.done = settings, done
        architecture, data = settings.architecture, settings.data
        order: Any = order_of(architecture, data.size) if settings.stack else "C"
        self.theta = aligned_copy(theta, order)
        self.state = {slot: aligned_copy(value, order) for slot, value in state.items()}
        self._drawn = done, -1
        self.loss: Any = np.nan
        self.held_out_loss: Any = np.nan
        self._zeros = np.zeros(self.theta.shape[-1], self.theta.dtype)
        made = made_of(settings.options.mistakes)
        self._rate: Any = rate_of_each(moved(architecture, made), wrong_rate(settings.rate, made))
        self._full_rate: Any = None
        if settings.schedule is not SCHEDULES["constant"]:
            self._full_rate, self._rate = np.array(self._rate, theta.dtype), np.array(self._rate, theta.dtype)
        self._corrections = {name: np.ones((), self.theta.dtype) for name in settings.optimizer.corrections}
        with np.errstate(all="ignore"):
            self._compile()

    def _compile(self) -> None:
        data = self.settings.data
        self.steps = {size: self._step(size) for size in data.sizes}
        self._whole = self.steps[data.size] if data.whole else None
        if self._whole:
            self._whole.program.load(self.theta, data.x, data.y)
        self._evaluate = Evaluation(self, data.x, data.y) if self.settings.full else None
        self._hold_out = Evaluation(self, *self.settings.held_out) if self.settings.held_out else None

    def _step(self, size: int) -> _Step:
        settings = self.settings
        phases = WITHOUT_COST if settings.full else WHOLE_PASS
        program = self.program(size, phases)
        calls = [*program.calls, *self._update(program), *self._run_along(program)]
        if program.draws:
            calls.insert(0, (self._draw, (program,)))
        share = size / len(settings.data.x)
        cost = None if settings.full else program.value(Ref("C", len(settings.architecture.activations)))
        return _Step(program, calls, cost, share)

    def _run_along(self, program: Program) -> list[recorder.Call]:
        """Return the calls that carry the running averages of normalized layers over to the next pass."""
        parts = [(part, Ref(f"{name}_new", l)) for name, l, part in self.settings.architecture.columns]
        running = [(part, program.layout.record[name].part) for part, name in parts if name in program.layout.record]
        return [(np.copyto, (self.theta[..., to], program.record[..., found])) for to, found in running]

    def _draw(self, program: Program) -> None:
        """Draw the random values of an update: masks, by the seed, the epoch and the number of the batch alone."""
        epoch, batch = self._drawn
        batch = batch + 1 if epoch == self.done else 0
        self._drawn = self.done, batch
        program.draw((self.settings.data.seed, self.done, batch))

    def program(self, size: int, phases: tuple[str, ...]) -> Program:
        """Return the program of a pass over `size` samples with this training's parameters."""
        settings = self.settings
        options = settings.options
        if phases == TO_THE_COST:
            options = inference(settings.architecture, options)
        return Program(settings.architecture, settings.loss, size, settings.stack, phases, self.theta, options)

    def _update(self, program: Program) -> list[recorder.Call]:
        """Return the calls that change the parameters, by the gradient that `program` leaves behind."""
        settings = self.settings
        theta = self.theta[..., : settings.architecture.parameters]
        gradient = program.value(Ref(last_gradient(settings.options), 0))
        before, gradient, behind = self._mistaken(program, theta, gradient)
        values = {"theta": theta, "g": gradient, **self.state, **self._corrections, "rate": self._rate}
        calls = update_calls(settings.optimizer.laws, values)
        return [*before, *([(self._count, ())] if self._corrections else []), *calls, *behind]

    def _mistaken(
        self, program: Program, theta: NDArray, gradient: NDArray
    ) -> tuple[list[recorder.Call], NDArray, list[recorder.Call]]:
        """Return the calls of mistakes before an update, the gradient that it takes, and their calls after it."""
        made, settings = program.made, self.settings
        if not made:
            return [], gradient, []
        wrong = gradient.copy(order="K")

        def ahead(g: NDArray) -> NDArray:
            return settings.optimizer.step(theta, g, self._rate, self.state)[0]

        def turn() -> None:
            wrong[...] = wrong_gradient(gradient, settings.architecture, made)

        def round_off() -> None:
            theta[...] = rounded(theta, made)

        program.update = ahead
        return [(turn, ())], wrong, [(round_off, ())]

    def _count(self) -> None:
        count = self.state[COUNT]
        t = count.item() + 1
        count.fill(t)
        for name, correction in self.settings.optimizer.corrections.items():
            self._corrections[name].fill(correction(t))

    def advance(self) -> None:
        """Train for one epoch; infinities are no reason for a warning, and the caller sees to it that NumPy knows."""
        if not self._whole:
            for _ in self.updates():
                pass
            return
        self._begin()
        _, calls, cost, _ = self._whole
        for function, arguments in calls:
            function(*arguments)
        if cost is not None:
            self.loss = cost.copy() if cost.ndim else cost.item()
        if self._evaluate:
            self.loss = self._evaluate()
        if self._hold_out:
            self.held_out_loss = self._hold_out()

    def _begin(self) -> None:
        self.done += 1
        if self._full_rate is not None:
            self._rate[...] = self._full_rate * self.settings.factor(self.done)

    def updates(self) -> Iterator[None]:
        """Train for one epoch of several batches, and yield after each update and each evaluated part of a set.

        Whoever stops asking leaves an epoch half done; otherwise as `advance`.
        """
        self._begin()
        yield from self._by_batches()
        if self._evaluate:
            self.loss = yield from self._evaluate.by_parts()
        if self._hold_out:
            self.held_out_loss = yield from self._hold_out.by_parts()

    def _by_batches(self) -> Iterator[None]:
        total: Any = 0.0
        for x, y in self.settings.data.of_epoch(self.done):
            program, calls, cost, share = self.steps[len(x)]
            program.x[...] = x
            program.y[...] = y  # type: ignore[index]
            for function, arguments in calls:
                function(*arguments)
            if cost is not None:
                total = total + share * cost
            yield
        self.loss = total if self.settings.stack else float(total)

    @property
    def finite(self) -> bool:
        """Whether the loss and the parameters of one network are still finite: 0 · v is NaN where v is not."""
        return isfinite(self.loss) and isfinite(self.theta.dot(self._zeros))


class Evaluation:
    """Cost of a whole set, some thousand samples at a time."""

    def __init__(self, loop: Loop, x: NDArray, y: NDArray) -> None:
        n, size = len(x), min(len(x), _MOST_SAMPLES_AT_ONCE)
        self._parts = [(x[i : i + size], y[i : i + size]) for i in range(0, n, size)]
        self._programs = {m: loop.program(m, TO_THE_COST) for m in {len(part) for part, _ in self._parts}}
        cost = Ref("C", len(loop.settings.architecture.activations))
        self._shares = {m: (program.value(cost), m / n) for m, program in self._programs.items()}
        self._stack = loop.settings.stack
        if len(self._parts) == 1:
            self._programs[n].load(loop.theta, x, y)

    def __call__(self) -> Any:
        """Return the cost with the present parameters."""
        total: Any = 0.0
        for x, y in self._parts:
            total = total + self._share(x, y)
        return total if self._stack else float(total)

    def by_parts(self) -> Generator[None, None, Any]:
        """Compute the cost as a call does, and yield after each part."""
        total: Any = 0.0
        for x, y in self._parts:
            total = total + self._share(x, y)
            yield
        return total if self._stack else float(total)

    def _share(self, x: NDArray, y: NDArray) -> Any:
        """Share of some of the rows in the cost."""
        program = self._programs[len(x)]
        if len(self._parts) > 1:
            program.x[...] = x
            program.y[...] = y  # type: ignore[index]
        recorder.run(program.calls)
        cost, share = self._shares[len(x)]
        return cost * share


def order_of(architecture: Architecture, m: int) -> Literal["C", "F"]:
    """Memory order of a stack: side by side while its largest product is small, else one after another."""
    return "F" if max(prod(shape) * m for _, shape in architecture.blocks) <= _NARROW else "C"
