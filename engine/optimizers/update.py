"""Optimizers as data: laws that turn parameters, their gradient and a memory of earlier ones into new parameters.

A law is one NumPy expression with its TeX, like the rules of the pass: `trace` calls it, training records it and
repeats it in place. A parameter that is not trained has the learning rate 0.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from engine.core import Equivalents, InputError, Text, as_floats, as_number
from engine.layers import Architecture, trained

State = dict[str, NDArray]
COUNT = "t"  # the one part of a state that is no vector: how many updates there have been

MEMORY_TITLE = Text("Optimizer state", "优化器的状态")
MEMORY_WHY = Text("What the optimizer remembers from earlier gradients.", "优化器从以往梯度中保留的信息。")


@dataclass(frozen=True)
class UpdateRule:
    """Update law, one expression: `function` of the values `reads` gives the value `writes`.

    Attributes
    ----------
    writes : str
        `theta`, or a vector of the state.
    reads : tuple of str
        `theta`, the gradient `g`, `rate`, vectors of the state (those written before are the new ones) and corrections.
    tex : str
        The right-hand side in TeX: `<p>` is the parameter, `<dp>` its gradient, `<v>` a part of the state before and
        `<v_new>` after the update; η is followed by a thin space, and `{t}` is the number of this update.
    function : callable
    title, why : Text
        The title in a few words, and the reason in one sentence; for a law that is explained as a step of its own.
    """

    writes: str
    reads: tuple[str, ...]
    tex: str
    function: Callable[..., NDArray]
    title: Text = MEMORY_TITLE
    why: Text = MEMORY_WHY


STEP = "step"  # what is taken from a parameter
STEP_TITLE = Text("The step of every parameter", "每个参数的步长")


def explained_step(reads: tuple[str, ...], tex: str, function: Callable[..., NDArray], why: Text) -> UpdateRule:
    """Return the explained law of an optimizer's step Δθ."""
    return UpdateRule(STEP, reads, tex, function, STEP_TITLE, why)


@dataclass(frozen=True)
class Optimizer:
    """Registry entry of an optimizer.

    Attributes
    ----------
    name : str
        The key in `OPTIMIZERS`, in code and in links.
    label, why : Text
        The name that a reader sees, and one sentence on what it does.
    source : str
        Authors and year of the publication.
    rate : float
        A learning rate that often works.
    laws : tuple of UpdateRule
        In the order in which they are executed; the last one writes `theta`.
    constants : dict
        The numbers that letters in the TeX stand for.
    corrections : dict
        Numbers that depend on the count t of updates, each as a function of t.
    explained : tuple of UpdateRule
        Explained laws between the state and the parameter, steps of their own; the last one writes `step`, which
        the parameter is moved by. They may read `t`, and are never executed by a training: together they come to
        what the last law does at once.
    elsewhere : Equivalents
        The construction of an optimizer of `parameters`: `{rate}` is η, `{t}` the number of the update.
    """

    name: str
    label: Text
    why: Text
    source: str
    rate: float
    laws: tuple[UpdateRule, ...]
    constants: dict[str, float] = field(default_factory=dict)
    corrections: dict[str, Callable[[float], float]] = field(default_factory=dict)
    explained: tuple[UpdateRule, ...] = ()
    elsewhere: Equivalents = field(kw_only=True)

    @property
    def tex(self) -> str:
        """The update of one parameter in TeX: by its step, where that is explained."""
        return f"<p> - <{STEP}>" if self.explained else self.laws[-1].tex

    def explained_values(self, theta: NDArray, g: NDArray, rate: NDArray | float, state: State) -> dict[str, NDArray]:
        """Return the values of the explained laws; the state is the one that the update has left."""
        values: dict[str, Any] = {"theta": theta, "g": g, "rate": rate, **state}
        for law in self.explained:
            values[law.writes] = law.function(*(values[name] for name in law.reads))
        return {law.writes: values[law.writes] for law in self.explained}

    @property
    def slots(self) -> tuple[str, ...]:
        """Names of the vectors and counts in the state."""
        return (*(law.writes for law in self.laws[:-1]), *([COUNT] if self.corrections else ()))

    def init(self, theta: NDArray) -> State:
        """Return the state before the first update: zeros like theta for every vector, and a count of 0."""
        return {slot: np.zeros(() if slot == COUNT else theta.shape, theta.dtype) for slot in self.slots}

    def step(self, theta: NDArray, g: NDArray, rate: NDArray | float, state: State | None) -> tuple[NDArray, State]:
        """Return new parameters and the new state; nothing that came in is changed.

        Raises
        ------
        InputError
            For a state that this optimizer cannot have left.
        """
        state = self.init(theta) if state is None else self.check_state(state, theta)
        values: dict[str, Any] = {"theta": theta, "g": g, "rate": rate, **state}
        if self.corrections:
            values[COUNT] = values[COUNT] + np.ones_like(values[COUNT])
            values |= self.corrected(float(values[COUNT]))
        for law in self.laws:
            values[law.writes] = law.function(*(values[name] for name in law.reads))
        return values["theta"], {slot: np.asarray(values[slot]) for slot in self.slots}

    def corrected(self, t: float) -> dict[str, float]:
        """Return the corrections of update number t, from 1."""
        return {name: correction(t) for name, correction in self.corrections.items()}

    def check_state(self, state: State, theta: NDArray) -> State:
        """Return a copy of a state, or raise `InputError` where this optimizer cannot have left it."""
        if isinstance(state, Mapping) and state.keys() == set(self.slots):
            copied = {slot: as_floats(slot, vector, theta.dtype).copy() for slot, vector in state.items()}
            if all(vector.shape == (() if slot == COUNT else theta.shape) for slot, vector in copied.items()):
                return copied
        raise InputError(
            Text("not a valid state of {}", "这不是{}的状态").format(self.label),
            Text("None, or the state of the iteration before", "None，或前一次迭代的状态"),
            state,
        )


def as_rate(rate: object, dtype: DTypeLike = np.float64) -> float:
    """Return a learning rate as a float, or raise `InputError` where it is none: a finite number from 0."""
    return as_number(Text("invalid learning rate", "学习率无效"), rate, 0, dtype)


def rate_of_each(architecture: Architecture, rate: NDArray | float) -> NDArray | float:
    """Return the rate of every parameter: 0 for biases that are not trained, or the rate itself where all are.

    Rates of shape (K, 1), one for each network of a stack, become (K, P).
    """
    moved = trained(architecture)
    return rate if isinstance(moved, int) else moved * np.asarray(rate, architecture.dtype)
