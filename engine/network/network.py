"""A network is a stack of dense layers, and at the same time its shape and one vector of parameters.

The vector theta holds, layer by layer, the rows of `W|b`: the weights into a neuron and behind them its bias, the
weight of an input that always says 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from engine.catalogue import INITIALIZERS
from engine.core import InputError, Text, as_floats, as_number, as_numbers, as_tuple, as_whole, is_whole, lookup
from engine.layers import Architecture, BatchNorm, Dense, count_parameters
from engine.network.predict import predict

_NUMBER_TYPES = {"float64": np.float64, "float32": np.float32}
_MOST_PARAMETERS = 10**8  # what a drawn network may have: 800 MB


@dataclass(frozen=True, eq=False)
class Network:
    """An immutable feed-forward network.

    Parameters
    ----------
    layers : sequence of Dense
        Layer l = 1 … L; each takes as many inputs as the one before has neurons.

    Examples
    --------
    >>> net = Network((Dense([[1.0, -1.0]], [0.5], "sigmoid"),))
    >>> net.sizes
    (2, 1)
    >>> net.with_weight(layer=1, j=0, k=1, value=0.0).predict([0.0, 7.0]).round(4)
    array([0.6225])
    """

    layers: tuple[Dense, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", as_tuple(self.layers))
        if not self.layers:
            raise InputError(Text("a network without layers", "网络没有任何层"), Text("at least one", "至少一层"), 0)
        for l, layer in enumerate(self.layers, 1):
            if not isinstance(layer, Dense):
                problem = Text("item {} is not a layer", "第 {} 项不是层").format(l)
                raise InputError(problem, Text("a Dense layer", "Dense 层"), layer)
        if self.layers[-1].dropout:
            problem = Text("dropout is not allowed in the output layer", "输出层不能使用 dropout")
            raise InputError(
                problem, Text("dropout = 0 in the output layer", "该层 dropout 为 0"), self.layers[-1].dropout
            )
        for l, (before, after) in enumerate(pairwise(self.layers), 2):
            if after.W.shape[1] != len(before.W):
                raise InputError(
                    Text("layer {} does not fit the layer before", "第 {} 层与前一层不匹配").format(l),
                    Text("W with {} columns", "W 应有 {} 列").format(len(before.W)),
                    after.W.shape[1],
                )

    @classmethod
    def random(
        cls,
        sizes: Sequence[int],
        activations: Sequence[str],
        init: str = "xavier_uniform",
        seed: int = 0,
        *,
        batch_norm: bool | Sequence[bool] = False,
        dropout: float | Sequence[float] = 0.0,
    ) -> Self:
        """Draw a network: `sizes` are the inputs and the neurons of each layer.

        `batch_norm` and `dropout` are those of `Dense`: one for all hidden layers, or one for each layer.

        Raises
        ------
        InputError
            For sizes that are not positive whole numbers or need more than 10⁸ parameters, a number of activations
            that does not fit, an unknown activation or initializer, or a seed that is not a whole number from 0.
        """
        sizes, activations = _as_sizes(sizes), as_tuple(activations)
        if len(activations) != len(sizes) - 1:
            raise InputError(
                Text("each layer needs one activation", "每层需要一个激活函数"),
                Text("{} of them", "{} 个").format(len(sizes) - 1),
                activations,
            )
        seed = as_whole(Text("invalid seed", "随机种子无效"), seed, 0)
        initializer = lookup(Text("initializer", "初始化方法"), INITIALIZERS, init)
        draw, rng = initializer.draw, initializer.generator(seed)
        norms = _of_layers(Text("batch normalization", "批量归一化"), batch_norm, len(activations))
        drops = _of_layers(Text("dropout", "dropout"), dropout, len(activations))
        layers = []
        for (n_in, n_out), f, norm, drop in zip(pairwise(sizes), activations, norms, drops, strict=True):
            W = draw(rng, n_out, n_in)
            b = draw(rng, n_out, 1) if initializer.biases else np.zeros(n_out)
            layers.append(Dense(W, b, f, True, norm, drop))
        return cls(tuple(layers))

    @cached_property
    def architecture(self) -> Architecture:
        """Sizes, activations, which biases are trained, and the number type."""
        layers = self.layers
        dtype = np.result_type(*(layer.W for layer in layers))
        norms = tuple(layer.batch_norm is not None for layer in layers)
        dropouts = tuple(layer.dropout for layer in layers)
        modes = (norms if any(norms) else (), dropouts if any(dropouts) else ())
        return Architecture(self.sizes, self.activations, tuple(layer.train_bias for layer in layers), dtype, *modes)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Numbers of inputs and of neurons in each layer of the network."""
        return (self.layers[0].W.shape[1], *(len(layer.W) for layer in self.layers))

    @cached_property
    def activations(self) -> tuple[str, ...]:
        """The name of each layer's activation."""
        return tuple(layer.activation for layer in self.layers)

    @cached_property
    def theta(self) -> NDArray:
        """All parameters as one read-only vector of shape (P,)."""
        rows = [np.hstack((layer.W, layer.b)).ravel() for layer in self.layers]
        norms = [layer.batch_norm for layer in self.layers if layer.batch_norm]
        rows += [column[:, 0] for pair in (slice(2), slice(2, 4)) for norm in norms for column in norm[pair]]
        theta = np.concatenate(rows).astype(self.architecture.dtype)
        theta.flags.writeable = False
        return theta

    def with_theta(self, theta: ArrayLike) -> Self:
        """Return a network of the same architecture with a copy of these parameters, an array of shape (P,).

        They need not be finite: a diverged run is no bad input.

        Raises
        ------
        InputError
            For another shape, or something that is not a number.
        """
        theta = as_floats("theta", theta, self.architecture.dtype).copy()
        if theta.shape != self.theta.shape:
            allowed = Text("shape {}", "形状 {}").format(self.theta.shape)
            raise InputError(Text("theta does not fit the network", "theta 与网络不匹配"), allowed, theta.shape)
        theta.flags.writeable = False
        layers = []
        for (part, shape), layer in zip(self.architecture.blocks, self.layers, strict=True):
            Wb = theta[part].reshape(shape)
            layers.append(_with_arrays(layer, Wb[:, :-1], Wb[:, -1:], None))
        columns = {(name, l): theta[part, np.newaxis] for name, l, part in self.architecture.columns}
        for l, layer in enumerate(self.layers, 1):
            if layer.batch_norm:
                norm = BatchNorm(*(columns[name, l] for name in BatchNorm._fields))
                layers[l - 1] = _with_arrays(layer, layers[l - 1].W, layers[l - 1].b, norm)
        network = type(self)(tuple(layers))
        network.__dict__.update(theta=theta, architecture=self.architecture)
        return network

    def with_weight(self, layer: int, j: int, k: int, value: float) -> Self:
        """Return a network in which the weight from neuron k of the layer before to neuron j of `layer` is `value`.

        Layers count from 1, neurons from 0.

        Raises
        ------
        InputError
            Where there is no such weight, or the value is not a finite number.
        """
        return self._with("W", layer, j, k, value)

    def with_bias(self, layer: int, j: int, value: float) -> Self:
        """Return a network in which the bias of neuron j of `layer` is `value`; raises as `with_weight`."""
        return self._with("b", layer, j, None, value)

    def with_norm(self, name: str, layer: int, j: int, value: float) -> Self:
        """Return a network in which `gamma` or `beta` of neuron j of a normalized layer is `value`.

        Raises
        ------
        InputError
            Where there is none, or the value is not a finite number.
        """
        problem = Text("layer {} has no such entry", "第 {} 层没有这个元素").format(layer)
        part = lookup(
            Text("entry", "元素"), {f"{n} {l}": part for n, l, part in self.architecture.columns}, f"{name} {layer}"
        )
        theta = self.theta.copy()
        theta[part.start + as_whole(problem, j, 0, part.stop - part.start - 1)] = as_number(problem, value)
        return self.with_theta(theta)

    def _with(self, name: str, layer: int, j: int, k: int | None, value: float) -> Self:
        problem = Text("not a valid value for {}", "这不能作为 {} 的值").format(name)
        theta = self.theta.copy()
        theta[self.index(layer, j, k)] = as_number(problem, value, dtype=theta.dtype)
        return self.with_theta(theta)

    def with_train_bias(self, trained: bool) -> Self:
        """Return a network whose biases an update moves, or does not move."""
        return type(self)(
            tuple(
                Dense.view(layer.W, layer.b, layer.activation, trained, layer.batch_norm, layer.dropout)
                for layer in self.layers
            )
        )

    def with_modes(self, batch_norm: bool, dropout: float) -> Self:
        """Return a network of the same weights whose hidden layers are normalized or not, with this dropout.

        Raises
        ------
        InputError
            For a share that is none.
        """
        *hidden, output = self.layers
        changed = (Dense(layer.W, layer.b, layer.activation, layer.train_bias, batch_norm, dropout) for layer in hidden)
        return type(self)((*changed, output))

    def index(self, layer: int, j: int, k: int | None) -> int:
        """Return the index in theta of weight (j, k) of `layer`, or of the bias of neuron j where k is None.

        Raises
        ------
        InputError
            Where there is none.
        """
        layer = as_whole(Text("there is no such layer", "没有这一层"), layer, 1, len(self.layers))
        n_out, n_in = self.layers[layer - 1].W.shape
        problem = Text("layer {} has no such entry", "第 {} 层没有这个元素").format(layer)
        row = as_whole(problem, j, 0, n_out - 1)
        column = n_in if k is None else as_whole(problem, k, 0, n_in - 1)
        return self.architecture.blocks[layer - 1][0].start + row * (n_in + 1) + column

    def astype(self, dtype: DTypeLike) -> Self:
        """Return the network in float64 or float32.

        Raises
        ------
        InputError
            For another number type, or where a parameter is too large for it.
        """
        dtype = lookup(Text("number type", "数值类型"), _NUMBER_TYPES, np.dtype(dtype).name)
        return type(self)(
            tuple(
                Dense(
                    as_numbers("W", layer.W, dtype),
                    as_numbers("b", layer.b, dtype),
                    layer.activation,
                    layer.train_bias,
                    layer.batch_norm,
                    layer.dropout,
                )
                for layer in self.layers
            )
        )

    def predict(self, X: ArrayLike) -> NDArray:
        """Return the outputs for rows X of shape (m, n_0) as (m, n_L), or for one sample (n_0,) as (n_L,)."""
        return predict(self.architecture, self.theta, X)


def _with_arrays(layer: Dense, W: NDArray, b: NDArray, norm: BatchNorm | None) -> Dense:
    return Dense.view(W, b, layer.activation, layer.train_bias, norm, layer.dropout)


def _of_layers(what: Text, value: Any, count: int) -> tuple[Any, ...]:
    """Return one value for each of `count` layers: those of a sequence, or one for all but the output layer."""
    if not np.iterable(value):
        return (value,) * (count - 1) + (type(value)(),)
    values = as_tuple(value)
    if len(values) != count:
        problem = Text("{} does not match the number of layers", "{}与层数不符").format(what)
        raise InputError(problem, Text("one, or {}", "一个，或 {} 个").format(count), len(values))
    return values


def _as_sizes(values: object) -> tuple[int, ...]:
    """Return layer sizes, or raise `InputError` where they are none or too large to be built."""
    sizes = as_tuple(values)
    if len(sizes) > 1 and all(is_whole(n) and n > 0 for n in sizes):
        sizes = tuple(map(int, sizes))  # those of NumPy would overflow in the product
        if count_parameters(sizes) <= _MOST_PARAMETERS:
            return sizes
    raise InputError(
        Text("invalid layer sizes", "层的大小无效"),
        Text(
            "at least two whole numbers from 1, with at most {:,} parameters",
            "至少两个不小于 1 的整数，参数至多 {:,} 个",
        ).format(_MOST_PARAMETERS),
        sizes,
    )
