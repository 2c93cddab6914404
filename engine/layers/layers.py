"""A dense layer: weights, biases and the activation that follows them, as an immutable value."""

from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from engine.catalogue import activation as find
from engine.core import InputError, Text, as_number, as_numbers


class BatchNorm(NamedTuple):
    """Parameters and running averages of a normalized layer beside its weights, each of shape (n_out, 1).

    Attributes
    ----------
    gamma, beta : ndarray
        Scale and shift; trained.
    mean, variance : ndarray
        Running averages, for inference.
    """

    gamma: NDArray
    beta: NDArray
    mean: NDArray
    variance: NDArray


@dataclass(frozen=True, eq=False, init=False)
class Dense:
    """Dense layer: z = W a + b, then a = f(z).

    Parameters
    ----------
    W : array_like of shape (n_out, n_in)
        Row j holds the weights into neuron j. Kept as read-only float64, or float32 where W and b both are float32.
    b : array_like of shape (n_out,) or (n_out, 1)
        Kept with shape (n_out, 1).
    activation : str
        A name in `engine.catalogue.activations.ACTIVATIONS`. A softmax of one neuron is taken, though it is always 1:
        `engine.catalogue.activations.remarks` tells so, and every page that shows such a layer.
    train_bias : bool
        Whether an update moves b; its gradient is computed either way.
    batch_norm : bool or BatchNorm
        Whether z is normalized over the batch before the activation; True starts with γ = 1, β = 0, mean 0, variance 1.
    dropout : float
        The share p of outputs, 0 ≤ p < 1, that training drops at random.

    Raises
    ------
    InputError
        For shapes that do not fit, values that are not finite numbers, or an unknown activation.

    Examples
    --------
    >>> layer = Dense([[0.5, -0.3]], [0.1], "sigmoid")
    >>> layer.W.shape, layer.b.shape
    ((1, 2), (1, 1))
    """

    W: NDArray
    b: NDArray
    activation: str
    train_bias: bool
    batch_norm: BatchNorm | None
    dropout: float

    def __init__(
        self,
        W: ArrayLike,
        b: ArrayLike,
        activation: str,
        train_bias: bool = True,
        batch_norm: "bool | BatchNorm | None" = None,
        dropout: float = 0.0,
    ) -> None:
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
        norm = _as_norm(batch_norm, len(W), dtype)
        share = as_share(dropout)
        self._keep(W.astype(dtype), b.astype(dtype).reshape(-1, 1), find(activation).name, train_bias, norm, share)

    def _keep(
        self, W: NDArray, b: NDArray, name: str, train_bias: bool, norm: BatchNorm | None = None, dropout: float = 0.0
    ) -> None:
        for array in (W, b, *(norm or ())):
            array.flags.writeable = False
        values = {"W": W, "b": b, "activation": name, "train_bias": train_bias, "batch_norm": norm, "dropout": dropout}
        for field, value in values.items():
            object.__setattr__(self, field, value)

    @classmethod
    def view(
        cls, W: NDArray, b: NDArray, name: str, train_bias: bool, norm: BatchNorm | None = None, dropout: float = 0.0
    ) -> Self:
        """Wrap arrays that the engine made, without a copy and without checks: a diverged run is no bad input."""
        layer = object.__new__(cls)
        layer._keep(W, b, name, train_bias, norm, dropout)
        return layer


def _as_norm(given: bool | BatchNorm | None, n: int, dtype: DTypeLike) -> BatchNorm | None:
    """The initial batch normalization of a layer of n neurons, or None for a layer that is not normalized."""
    if given is None or (isinstance(given, bool | np.bool_) and not given):
        return None
    if isinstance(given, bool | np.bool_):
        given = BatchNorm(np.ones(n), np.zeros(n), np.zeros(n), np.ones(n))
    if not (isinstance(given, tuple) and len(given) == len(BatchNorm._fields)):
        problem = Text("not a valid batch normalization", "这不是批量归一化")
        raise InputError(problem, Text("True, False or a BatchNorm", "True、False 或 BatchNorm"), given)
    columns = [as_numbers(name, values, dtype) for name, values in zip(BatchNorm._fields, given, strict=True)]
    for name, column in zip(BatchNorm._fields, columns, strict=True):
        if column.shape not in ((n,), (n, 1)):
            problem = Text("{} does not fit a layer of {} neurons", "{} 与 {} 个神经元的层不匹配").format(name, n)
            raise InputError(
                problem, Text("shape ({0},) or ({0}, 1)", "形状 ({0},) 或 ({0}, 1)").format(n), column.shape
            )
    if columns[-1].min() < 0:
        problem = Text("a variance cannot be negative", "方差不能为负")
        raise InputError(problem, Text("numbers from 0", "不小于 0 的数"), columns[-1].min())
    return BatchNorm(*(column.astype(dtype).reshape(-1, 1) for column in columns))


def as_share(dropout: object) -> float:
    """Return a share of outputs to be dropped, or raise `InputError`: a number from 0, below 1."""
    problem = Text("invalid dropout", "dropout 率无效")
    share = as_number(problem, dropout, 0)
    if share >= 1:
        raise InputError(
            problem, Text("a number from 0 up to, but not including, 1", "不小于 0 且小于 1 的数"), dropout
        )
    return share
