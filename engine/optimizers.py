"""An optimizer turns gradients into new parameters.

`update` is written in place, because that is what an optimizer does: it changes the parameter vector theta and the
state vectors named in `slots`, given the gradient g and the learning rate. A parameter that is not trained has the
learning rate 0.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike, NDArray

from engine.architecture import Architecture
from engine.errors import InputError
from engine.inputs import as_floats, as_number
from engine.text import Text

State = dict[str, NDArray]


@dataclass(frozen=True)
class Optimizer:
    """One optimizer.

    Attributes
    ----------
    name : str
        The key in `OPTIMIZERS`, in code and in links.
    label, why : Text
        The name that a reader sees, and one sentence on what it does.
    tex : str
        The update of one parameter in TeX; `<p>` is the parameter and `<dp>` its gradient.
    update : callable
        update(theta, g, rate, *state): changes theta and the state vectors in place; all of shape (P,).
    slots : tuple of str
        The names of the state vectors, in the order in which `update` takes them.
    """

    name: str
    label: Text
    tex: str
    why: Text
    update: Callable[..., None]
    slots: tuple[str, ...] = ()

    def init(self, theta: NDArray) -> State:
        """Return the state before the first update: a zero vector like theta for every slot."""
        return {slot: np.zeros_like(theta) for slot in self.slots}

    def step(self, theta: NDArray, g: NDArray, rate: NDArray | float, state: State | None) -> tuple[NDArray, State]:
        """Return new parameters and the new state; nothing that came in is changed.

        Raises
        ------
        InputError
            For a state that this optimizer cannot have left.
        """
        state = self.init(theta) if state is None else self._copy(state, theta)
        theta = theta.copy()
        self.update(theta, g, rate, *(state[slot] for slot in self.slots))
        return theta, state

    def _copy(self, state: State, theta: NDArray) -> State:
        if isinstance(state, Mapping) and state.keys() == set(self.slots):
            copied = {slot: as_floats(slot, vector, theta.dtype).copy() for slot, vector in state.items()}
            if all(vector.shape == theta.shape for vector in copied.values()):
                return copied
        raise InputError(
            Text("this is no state of {}", "这不是{}的状态").format(self.label),
            Text("None, or the state of the trace before", "None，或前一次迭代的状态"),
            state,
        )


def as_rate(rate: object, dtype: DTypeLike = np.float64) -> float:
    """Return a learning rate as a float, or raise `InputError` where it is none: a finite number from 0."""
    return as_number(Text("this learning rate does not work", "学习率无效"), rate, 0, dtype)


def rate_of_each(architecture: Architecture, rate: float) -> NDArray | float:
    """Return the rate of every parameter: 0 for biases that are not trained, or one number where all are."""
    if all(architecture.train_bias):
        return rate
    rates = np.full(architecture.blocks[-1][0].stop, rate, architecture.dtype)
    for (part, shape), trained in zip(architecture.blocks, architecture.train_bias, strict=True):
        rates[part].reshape(shape)[:, -1] *= trained
    return rates


def _sgd(theta: NDArray, g: NDArray, rate: NDArray | float) -> None:
    theta -= rate * g


OPTIMIZERS = {
    record.name: record
    for record in (
        Optimizer(
            "sgd",
            Text("gradient descent", "梯度下降"),
            r"<p> - \eta\, <dp>",
            Text(
                "Every parameter moves against its gradient, by the learning rate times its size.",
                "每个参数逆着梯度移动，步长为学习率乘以梯度。",
            ),
            _sgd,
        ),
    )
}
