"""The expressions that mistakes put in the place of correct ones, and where they can be made."""

from collections.abc import Callable
from dataclasses import replace
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.catalogue import ACTIVATIONS, LOSSES, Activation, Loss
from engine.equations import GRADIENTS
from engine.layers import Architecture

_DOWN, _UP = r"- \eta\, <dp>", r"+ \eta\, <dp>"


def where_square(architecture: Architecture, l: int) -> bool:
    """Return whether the weights of a layer are a square matrix, so that nothing complains of a transpose."""
    return architecture.sizes[l] == architecture.sizes[l - 1]


def where_next_square(architecture: Architecture, l: int) -> bool:
    """Return whether the weights of the layer after are a square matrix."""
    return l + 1 < len(architecture.sizes) and where_square(architecture, l + 1)


def where_mixed(architecture: Architecture, l: int) -> bool:
    """Return whether the activation of a layer mixes its neurons, as softmax does."""
    return not ACTIVATIONS[architecture.activations[l - 1]].elementwise


def after_the_first(_architecture: Architecture, l: int) -> bool:
    """Return whether there is a layer before."""
    return l > 1


def diagonal(f: Activation, z: NDArray, g: NDArray) -> NDArray:
    """Return ∂C/∂z by the diagonal of the Jacobian alone."""
    return f.df(z) * g


def untransposed(f: Activation, z: NDArray, a: NDArray, W: NDArray, delta: NDArray) -> NDArray:
    """Return BP2 without the transpose."""
    return f.vjp(z, a, W @ delta)


def weight_gradients(f: Activation, z: NDArray, a: NDArray, W: NDArray, dW: NDArray) -> NDArray:
    """Return BP2 with the gradients of the weights in place of w δ."""
    return f.vjp(z, a, (W * dW).sum(axis=-2)[..., np.newaxis] + np.zeros_like(z))


def transposed(delta: NDArray, a1: NDArray, m: int) -> NDArray:
    """Return the gradients of a square layer, those of the weights transposed."""
    gradient = GRADIENTS.function(delta, a1, m)
    return np.concatenate([gradient[..., :-1].mT, gradient[..., -1:]], axis=-1)


def elementwise(delta: NDArray, a1: NDArray, m: int) -> NDArray:
    """Return δ ⊙ a in every column of a square layer, as broadcasting makes of it."""
    gradient = GRADIENTS.function(delta, a1, m)
    products = (delta * a1[..., :-1, :]).sum(axis=-1, keepdims=True) / m
    return np.concatenate([products + np.zeros_like(gradient[..., :-1]), gradient[..., -1:]], axis=-1)


def of_errors(delta: NDArray, a1: NDArray, m: int) -> NDArray:
    """Return δ in every column, as if every activation were 1."""
    gradient = GRADIENTS.function(delta, a1, m)
    return gradient[..., -1:] + np.zeros_like(gradient)


def scaled(loss: Loss, factor: Callable[[NDArray], float], tex: str) -> Loss:
    """Return a loss with both its value and its gradient multiplied; `factor` may depend on the targets' shape."""
    matched = loss.matched
    if matched:
        value, delta = matched.value, matched.delta
        matched = replace(
            matched,
            value=lambda z, y: value(z, y) * factor(y),
            delta=lambda a, y: delta(a, y) * factor(y),
            tex_value=times(tex, matched.tex_value),
            tex_delta=times(tex, matched.tex_delta),
        )
    return replace(
        loss,
        tex=times(tex, loss.tex),
        tex_term=times(tex, loss.tex_term),
        tex_grad=times(tex, loss.tex_grad),
        value=lambda a, y: loss.value(a, y) * factor(y),
        grad=lambda a, y: loss.grad(a, y) * factor(y),
        matched=matched,
    )


def times(factor: str, formula: str) -> str:
    """Write a factor before a formula."""
    return rf"{factor}\left({formula}\right)"


def other_half(loss: Loss) -> Loss:
    """Return the loss with ½ for the one without, and the other way round."""
    other = {"quadratic": "squared_error", "squared_error": "quadratic"}.get(loss.name)
    return LOSSES[other] if other else scaled(loss, lambda y: 0.5, r"\tfrac12") if loss.name == "mse" else loss


def over_outputs(loss: Loss) -> Loss:
    """Return the mean over the outputs for the sum, and the other way round."""
    if loss.name == "mse":
        return LOSSES["squared_error"]
    return scaled(loss, lambda y: 1 / y.shape[-2], r"\tfrac{1}{n_L}")


def in_base(base: int) -> Callable[[Loss], Loss]:
    """Return a loss of logarithms as it is in another base."""
    tex = rf"\tfrac{{1}}{{\ln {base}}}"
    return lambda loss: scaled(loss, lambda y: 1 / log(base), tex) if loss.matched else loss


def of_biases(architecture: Architecture, gradient: NDArray, change: Callable[[NDArray], Any]) -> NDArray:
    """Return a gradient whose parts for the biases of each layer are changed."""
    changed = gradient.copy()
    for part, shape in architecture.blocks:
        block = changed[..., part].reshape(*gradient.shape[:-1], *shape)
        block[..., -1] = change(block[..., -1])
        changed[..., part] = block.reshape(*gradient.shape[:-1], -1)
    return changed


def still(architecture: Architecture, gradient: NDArray) -> NDArray:
    """Return a gradient that leaves biases alone, where they are all trained."""
    return of_biases(architecture, gradient, lambda column: 0) if all(architecture.train_bias) else gradient


def with_biases(architecture: Architecture) -> Architecture:
    """Return the architecture with all biases trained."""
    return architecture._replace(train_bias=(True,) * len(architecture.train_bias))


def other_biases(architecture: Architecture) -> Architecture:
    """Return the architecture with biases trained where they are not, and the other way round."""
    on = not all(architecture.train_bias)
    return architecture._replace(train_bias=(on,) * len(architecture.train_bias))


def to_decimals(digits: int) -> Callable[[NDArray], NDArray]:
    """Return a function that rounds to so many decimals."""
    return lambda value: np.round(value, digits)


def to_digits(digits: int) -> Callable[[NDArray], NDArray]:
    """Return a function that rounds to so many significant digits."""

    def rounded(value: NDArray) -> NDArray:
        with np.errstate(all="ignore"):
            scale = 10.0 ** (digits - 1 - np.floor(np.log10(np.abs(value))))
            return np.where((value == 0) | ~np.isfinite(scale), value, np.round(value * scale) / scale)

    return rounded


def uphill(_parameter: str, law: str) -> str:
    """Return the law of an update that goes along the gradient, not against it."""
    return law.replace(_DOWN, _UP) if _DOWN in law else law.replace("<dp>", "(-<dp>)")


def without_rate(rate: Any) -> Any:
    """Return 1 for a learning rate, or for each of several."""
    return np.ones_like(rate) if isinstance(rate, np.ndarray) else type(rate)(1)
