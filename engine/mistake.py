"""What a mistake is, and the expressions that mistakes put in the place of right ones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import log
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.activations import Activation
from engine.architecture import Architecture
from engine.losses import LOSSES, Loss
from engine.network import Network
from engine.rules import GRADIENTS, Operation
from engine.text import Text


def _same(value: Any) -> Any:
    return value


def _same_gradient(architecture: Architecture, gradient: NDArray) -> NDArray:
    return gradient


@dataclass(frozen=True)
class Mistake:
    """One mistake.

    Attributes
    ----------
    name : str
        The key in `MISTAKES`.
    label, why : Text
        What was done, in a few words, and what is right instead.
    operations : mapping
        Operations of the rules, and what is executed in their place.
    reads : mapping
        Names of values that operations read, and what they read in their place.
    loss : callable
        The loss that is computed instead of the one asked for.
    network : callable
        The network that is trained instead of the one given.
    gradient : callable
        What the update is given instead of a gradient, a vector like theta.
    after : callable
        What becomes of every value as soon as it is computed.
    """

    name: str
    label: Text
    why: Text
    operations: Mapping[Operation, Operation] = field(default_factory=dict)
    reads: Mapping[str, str] = field(default_factory=dict)
    loss: Callable[[Loss], Loss] = _same
    network: Callable[[Network], Network] = _same
    gradient: Callable[[Architecture, NDArray], NDArray] = _same_gradient
    after: Callable[[NDArray], NDArray] = _same

    def __post_init__(self) -> None:
        for name in ("operations", "reads"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def __hash__(self) -> int:
        return hash(self.name)

    def excludes(self, other: "Mistake") -> bool:
        """Return whether both replace the same operation, so that only one of them can be made."""
        return bool(self.operations.keys() & other.operations.keys())


def diagonal(f: Activation, z: NDArray, g: NDArray) -> NDArray:
    """Return ∂C/∂z by the diagonal of the Jacobian alone."""
    return f.df(z) * g


def untransposed(f: Activation, z: NDArray, a: NDArray, W: NDArray, delta: NDArray) -> NDArray:
    """Return BP2 without the transpose, where W is square and nothing complains."""
    return f.vjp(z, a, W @ delta if W.shape[0] == W.shape[1] else W.mT @ delta)


def weight_gradients(f: Activation, z: NDArray, a: NDArray, W: NDArray, dW: NDArray) -> NDArray:
    """Return BP2 with the gradients of the weights in place of w δ."""
    return f.vjp(z, a, (W * dW).sum(axis=-2)[:, np.newaxis] + np.zeros_like(z))


def transposed(delta: NDArray, a1: NDArray, m: int) -> NDArray:
    """Return the gradients of a layer, transposed where W is square."""
    gradient = np.array(GRADIENTS.function(delta, a1, m))
    if gradient.shape[0] == gradient.shape[1] - 1:
        gradient[:, :-1] = gradient[:, :-1].T.copy()
    return gradient


def elementwise(delta: NDArray, a1: NDArray, m: int) -> NDArray:
    """Return δ ⊙ a in every column where the layers have as many neurons, as broadcasting makes of it."""
    gradient = np.array(GRADIENTS.function(delta, a1, m))
    if gradient.shape[0] == gradient.shape[1] - 1:
        gradient[:, :-1] = (delta * a1[:-1]).mean(axis=1, keepdims=True)
    return gradient


def scaled(loss: Loss, factor: Callable[[NDArray], float]) -> Loss:
    """Return a loss with both its value and its gradient multiplied; `factor` may depend on the outputs."""
    matched = loss.matched
    if matched:
        value, delta = matched.value, matched.delta
        matched = replace(
            matched, value=lambda z, y: value(z, y) * factor(y), delta=lambda a, y: delta(a, y) * factor(y)
        )
    return replace(
        loss,
        value=lambda a, y: loss.value(a, y) * factor(y),
        grad=lambda a, y: loss.grad(a, y) * factor(y),
        matched=matched,
    )


def other_half(loss: Loss) -> Loss:
    """Return the loss with ½ for the one without, and the other way round."""
    other = {"quadratic": "squared_error", "squared_error": "quadratic"}.get(loss.name)
    return LOSSES[other] if other else scaled(loss, lambda y: 0.5) if loss.name == "mse" else loss


def over_outputs(loss: Loss) -> Loss:
    """Return the mean over the outputs for the sum, and the other way round."""
    return LOSSES["squared_error"] if loss.name == "mse" else scaled(loss, lambda y: 1 / len(y))


def in_base(base: float) -> Callable[[Loss], Loss]:
    """Return a loss of logarithms as it is in another base."""
    return lambda loss: scaled(loss, lambda y: 1 / log(base)) if loss.matched else loss


def of_biases(architecture: Architecture, gradient: NDArray, change: Callable[[NDArray], Any]) -> NDArray:
    """Return a gradient whose parts for the biases of each layer are changed."""
    changed = gradient.copy()
    for part, shape in architecture.blocks:
        column = changed[part].reshape(shape)[:, -1]
        column[...] = change(column)
    return changed


def still(architecture: Architecture, gradient: NDArray) -> NDArray:
    """Return a gradient that leaves biases alone, where they are all trained."""
    return of_biases(architecture, gradient, lambda column: 0 if all(architecture.train_bias) else column)


def to_decimals(digits: int) -> Callable[[NDArray], NDArray]:
    """Return what rounds to so many decimals."""
    return lambda value: np.round(value, digits)


def to_digits(digits: int) -> Callable[[NDArray], NDArray]:
    """Return what rounds to so many significant digits."""

    def rounded(value: NDArray) -> NDArray:
        with np.errstate(all="ignore"):
            scale = 10.0 ** (digits - 1 - np.floor(np.log10(np.abs(value))))
            return np.where((value == 0) | ~np.isfinite(scale), value, np.round(value * scale) / scale)

    return rounded
