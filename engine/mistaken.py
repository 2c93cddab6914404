"""Passes with mistakes in them: the operations of the rules, one by one, some of them replaced.

What comes out is a trace like any other, so that it can be drawn, stepped through and compared.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.activations import ACTIVATIONS
from engine.gradcheck import GradientCheck, compare
from engine.gradient_rules import last_gradient
from engine.mistake import Mistake
from engine.model import Model
from engine.network import Network
from engine.optimizers import OPTIMIZERS
from engine.options import PLAIN
from engine.rules import Operation, Ref, ref
from engine.steps import Step, Trace, Update
from engine.trace import trace
from engine.update import State, rate_of_each

Mistakes = tuple[Mistake, ...]


def mistaken(model: Model, mistakes: Iterable[Mistake]) -> Trace:
    """Return the pass of a model's iteration by somebody who makes these mistakes, and has from the first on.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from engine.mistakes import MISTAKES
    >>> after = replace(Model.of_example("mazur"), iteration=2)
    >>> round(mistaken(after, [MISTAKES["sequential"]]).loss, 9)
    0.291027924
    """
    return next(islice(passes(model, mistakes), model.iteration - 1, None))


def passes(model: Model, mistakes: Iterable[Mistake]) -> Iterator[Trace]:
    """Yield the passes of all iterations, from the first, without end."""
    mistakes, network, state = tuple(mistakes), model.network(), None
    given = network
    for mistake in mistakes:
        network = mistake.network(network)
    for iteration in count(1):
        done = _Pass(model, given, network, state, mistakes, iteration).trace
        yield done
        network, state = done.network, done.state


class _Pass:
    """One pass, its values written into a record of the same layout as that of the right one."""

    def __init__(
        self,
        model: Model,
        given: Network,
        network: Network,
        state: State | None,
        mistakes: Mistakes,
        iteration: int,
    ) -> None:
        self.model, self.given, self.network, self.mistakes = model, given, network, mistakes
        right = trace(network, model.x, model.y, model.loss, **model.beside(iteration))
        self.layout, self.record = right._program.layout, right._record.copy()
        self.state, self.options = state, right.options
        self.constants: dict[str, Any] = {"m": right.m, "loss": right.loss_function}
        if right.options != PLAIN:
            self.constants |= right._program.of_options(network.architecture, right.options)
            self.constants["theta"] = network.theta[: network.architecture.parameters]
            self.constants["C"] = self.layout.record[Ref("C", len(network.layers))].cut(self.record)
        for mistake in mistakes:
            self.constants["loss"] = mistake.loss(self.constants["loss"])
        with np.errstate(all="ignore"):
            for operation, l in right._program._operations():
                self._execute(operation, l)
            self.trace = Trace(network, model.loss, right.m, right._program, self.record)
            self.trace.key = right.key
            self.trace.update = self._update()
        self.record.setflags(write=False)

    def _execute(self, operation: Operation, l: int) -> None:
        for mistake in self.mistakes:
            operation = mistake.operations.get(operation, operation)
        value = self._after(np.asarray(operation.function(*(self._read(name, l) for name in operation.reads))))
        self.layout.record[Ref(operation.writes, l)].cut(self.record)[...] = value

    def _read(self, name: str, l: int) -> Any:
        if name == "f":
            return ACTIVATIONS[self.network.activations[l - 1]]
        if name in self.constants:
            return self.constants[name]
        for mistake in self.mistakes:
            name = mistake.reads.get(name, name)
        asked = ref(name, l)
        if asked == ("z", 0):
            asked = Ref("a", 0)
        if asked.name == "W_new":
            return self.layout.theta[Ref("W", asked.layer)].cut(self._update().network.theta)
        return self.layout.cut(asked, self.network.theta, self.record)

    def _after(self, value: NDArray) -> NDArray:
        for mistake in self.mistakes:
            value = mistake.after(value)
        return value

    def _update(self) -> Update:
        """Return the update by the gradients that are known so far."""
        optimizer, parameters = OPTIMIZERS[self.model.optimizer], self.network.architecture.parameters
        theta, running = np.split(self.network.theta, [parameters])
        rates = rate_of_each(self.network.architecture, self.model.eta)
        before = optimizer.init(theta) if self.state is None else self.state
        new, after = optimizer.step(theta, self.gradient, rates, before)
        return Update(optimizer, self.model.eta, self._with(self._after(new), running), before, after)

    def _with(self, theta: NDArray, running: NDArray) -> Network:
        """Return the network with new parameters, and with the running averages that this pass leaves."""
        kept = self.__dict__.get("trace")
        return self.network.with_theta(np.concatenate((theta, kept.running if kept else running)))

    @property
    def gradient(self) -> NDArray:
        """What the update is given."""
        gradient = self.layout.record[Ref(last_gradient(self.options), 0)].cut(self.record)
        for mistake in self.mistakes:
            gradient = mistake.gradient(self.given.architecture, gradient)
        return gradient


def check_mistaken(model: Model, mistakes: Iterable[Mistake], step: float | None = None) -> GradientCheck:
    """Compare what an update with mistakes is given with the central differences of the right cost."""
    mistakes = tuple(mistakes)
    done = mistaken(model, mistakes)
    gradient = done.gradient
    for mistake in mistakes:
        gradient = mistake.gradient(model.network().architecture, gradient)
    right = trace(done.given, model.x, model.y, model.loss, **done.beside)
    return compare(right, gradient) if step is None else compare(right, gradient, step)


def first_difference(model: Model, mistakes: Iterable[Mistake]) -> Step | None:
    """Return the first step whose value a mistake changes, or None where it changes nothing here."""
    right, wrong = model.trace(), mistaken(model, mistakes)
    for mine, theirs in zip(right.steps, wrong.steps, strict=True):
        pairs = zip(_parts(mine), _parts(theirs), strict=True)
        if any(not np.allclose(a, b, rtol=1e-12, atol=1e-14, equal_nan=True) for a, b in pairs):
            return theirs
    return None


def _parts(step: Step) -> tuple[NDArray, ...]:
    return step.value if isinstance(step.value, tuple) else (step.value,)


def changing(model: Model, mistakes: Iterable[Mistake]) -> list[Mistake]:
    """Return those of some mistakes that change anything in the first pass of a model."""
    first = replace(model, iteration=1)
    return [mistake for mistake in mistakes if first_difference(first, [mistake])]
