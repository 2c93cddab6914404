"""An optimizer turns gradients into new parameters.

`update` is written in place, because that is what an optimizer does: it changes the parameter vector theta and the
state vectors named in `slots`, given the gradient g and the learning rate. A parameter that is not trained has the
learning rate 0.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
        """Return new parameters and the new state; nothing that came in is changed."""
        theta = theta.copy()
        state = {slot: value.copy() for slot, value in (state or self.init(theta)).items()}
        self.update(theta, g, rate, *(state[slot] for slot in self.slots))
        return theta, state


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
