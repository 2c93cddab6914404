"""A dense layer: weights, biases and the activation that follows them, as an immutable value."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.activations import activation as find
from engine.errors import InputError
from engine.inputs import as_numbers
from engine.text import Text


@dataclass(frozen=True, eq=False, init=False)
class Dense:
    """z = W a + b, then a = f(z).

    Parameters
    ----------
    W : array_like of shape (n_out, n_in)
        Row j holds the weights into neuron j. Kept as read-only float64, or float32 where W and b both are float32.
    b : array_like of shape (n_out,) or (n_out, 1)
        Kept with shape (n_out, 1).
    activation : str
        A name in `engine.activations.ACTIVATIONS`.
    train_bias : bool
        Whether an update moves b; its gradient is computed either way.

    Raises
    ------
    InputError
        For shapes that do not fit, values that are not finite numbers, or an unknown activation.
    """

    W: NDArray
    b: NDArray
    activation: str
    train_bias: bool

    def __init__(self, W: ArrayLike, b: ArrayLike, activation: str, train_bias: bool = True) -> None:
        W, b = as_numbers("W", W), as_numbers("b", b)
        dtype = np.float32 if W.dtype == b.dtype == np.float32 else np.float64
        if W.ndim != 2 or 0 in W.shape:
            raise InputError(
                Text("W is not a matrix", "W 不是矩阵"), Text("shape (n_out, n_in)", "形状 (n_out, n_in)"), W.shape
            )
        if b.shape not in ((len(W),), (len(W), 1)):
            raise InputError(
                Text("b does not fit W of shape {}", "b 与形状为 {} 的 W 不匹配").format(W.shape),
                Text("shape ({0},) or ({0}, 1)", "形状 ({0},) 或 ({0}, 1)").format(len(W)),
                b.shape,
            )
        self._keep(W.astype(dtype), b.astype(dtype).reshape(-1, 1), find(activation).name, train_bias)

    def _keep(self, W: NDArray, b: NDArray, name: str, train_bias: bool) -> None:
        for array in (W, b):
            array.flags.writeable = False
        for field, value in (("W", W), ("b", b), ("activation", name), ("train_bias", train_bias)):
            object.__setattr__(self, field, value)

    @classmethod
    def view(cls, W: NDArray, b: NDArray, name: str, train_bias: bool) -> Self:
        """Wrap arrays that the engine made, without a copy and without checks: a diverged run is no bad input."""
        layer = object.__new__(cls)
        layer._keep(W, b, name, train_bias)
        return layer
