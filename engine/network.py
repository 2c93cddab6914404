"""A network is a stack of dense layers, and at the same time its shape and one vector of parameters.

The vector theta holds, layer by layer, the rows of `W|b`: the weights into a neuron and behind them its bias, the
weight of an input that always says 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from engine.architecture import Architecture
from engine.errors import InputError, lookup
from engine.initializers import INITIALIZERS
from engine.layers import Dense
from engine.program import predict
from engine.text import Text


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
        object.__setattr__(self, "layers", tuple(self.layers))
        if not self.layers:
            raise InputError(Text("a network without layers", "网络没有任何层"), Text("at least one", "至少一层"), 0)
        for l, (before, after) in enumerate(pairwise(self.layers), 2):
            if after.W.shape[1] != len(before.W):
                raise InputError(
                    Text("layer {} does not fit the layer before", "第 {} 层与前一层不匹配").format(l),
                    Text("W with {} columns", "W 应有 {} 列").format(len(before.W)),
                    after.W.shape[1],
                )

    @classmethod
    def random(
        cls, sizes: Sequence[int], activations: Sequence[str], init: str = "xavier_uniform", seed: int = 0
    ) -> Self:
        """Draw a network: `sizes` are the inputs and the neurons of each layer, biases are zero.

        Raises
        ------
        InputError
            For sizes that are not positive whole numbers, a number of activations that does not fit, an unknown
            activation or initializer, or a seed that is not a whole number from 0.
        """
        sizes = tuple(sizes)
        if len(sizes) < 2 or any(not isinstance(n, int | np.integer) or n < 1 for n in sizes):
            allowed = Text("at least two whole numbers from 1", "至少两个不小于 1 的整数")
            raise InputError(Text("these layer sizes do not work", "层的大小无效"), allowed, sizes)
        if len(activations) != len(sizes) - 1:
            raise InputError(
                Text("each layer needs one activation", "每层需要一个激活函数"),
                Text("{} of them", "{} 个").format(len(sizes) - 1),
                len(activations),
            )
        if not isinstance(seed, int | np.integer) or seed < 0:
            raise InputError(
                Text("this seed does not work", "随机种子无效"), Text("a whole number from 0", "不小于 0 的整数"), seed
            )
        draw = lookup(Text("initializer", "初始化方法"), INITIALIZERS, init).draw
        rng = np.random.default_rng(seed)
        shapes = zip(pairwise(sizes), activations, strict=True)
        return cls(tuple(Dense(draw(rng, n_out, n_in), np.zeros(n_out), f) for (n_in, n_out), f in shapes))

    @cached_property
    def architecture(self) -> Architecture:
        """Sizes, activations, which biases are trained, and the number type."""
        layers = self.layers
        dtype = np.result_type(*(layer.W for layer in layers))
        return Architecture(self.sizes, self.activations, tuple(layer.train_bias for layer in layers), dtype)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """The number of inputs, then of neurons in each layer."""
        return (self.layers[0].W.shape[1], *(len(layer.W) for layer in self.layers))

    @cached_property
    def activations(self) -> tuple[str, ...]:
        """The name of each layer's activation."""
        return tuple(layer.activation for layer in self.layers)

    @cached_property
    def theta(self) -> NDArray:
        """All parameters as one read-only vector of shape (P,)."""
        rows = [np.hstack((layer.W, layer.b)).ravel() for layer in self.layers]
        theta = np.concatenate(rows).astype(self.architecture.dtype)
        theta.flags.writeable = False
        return theta

    def with_theta(self, theta: ArrayLike) -> Self:
        """Return a network of the same architecture with a copy of these parameters, an array of shape (P,)."""
        theta = np.array(theta, self.architecture.dtype)
        if theta.shape != self.theta.shape:
            allowed = Text("shape {}", "形状 {}").format(self.theta.shape)
            raise InputError(Text("theta does not fit the network", "theta 与网络不匹配"), allowed, theta.shape)
        theta.flags.writeable = False
        layers = []
        for (part, shape), layer in zip(self.architecture.blocks, self.layers, strict=True):
            Wb = theta[part].reshape(shape)
            layers.append(Dense.view(Wb[:, :-1], Wb[:, -1:], layer.activation, layer.train_bias))
        network = type(self)(tuple(layers))
        network.__dict__.update(theta=theta, architecture=self.architecture)
        return network

    def with_weight(self, layer: int, j: int, k: int, value: float) -> Self:
        """Return a network in which the weight from neuron k of the layer before to neuron j of `layer` is `value`.

        Layers count from 1, neurons from 0.
        """
        return self._with("W", layer, j, k, value)

    def with_bias(self, layer: int, j: int, value: float) -> Self:
        """Return a network in which the bias of neuron j of `layer` is `value`."""
        return self._with("b", layer, j, None, value)

    def _with(self, name: str, layer: int, j: int, k: int | None, value: float) -> Self:
        if not np.isfinite(value):
            raise InputError(
                Text("this is no value for {}", "这不能作为 {} 的值").format(name),
                Text("a finite number", "有限数"),
                value,
            )
        theta = self.theta.copy()
        theta[self.index(layer, j, k)] = value
        return self.with_theta(theta)

    def with_train_bias(self, trained: bool) -> Self:
        """Return a network whose biases an update moves, or leaves alone."""
        return type(self)(tuple(Dense.view(layer.W, layer.b, layer.activation, trained) for layer in self.layers))

    def index(self, layer: int, j: int, k: int | None) -> int:
        """Return the place in theta of weight (j, k) of `layer`, or of the bias of neuron j where k is None."""
        if not 1 <= layer <= len(self.layers):
            raise InputError(
                Text("there is no such layer", "没有这一层"), Text("1 to {}", "1 到 {}").format(len(self.layers)), layer
            )
        n_out, n_in = self.layers[layer - 1].W.shape
        for place, count in ((j, n_out), (n_in if k is None else k, n_in + (k is None))):
            if not 0 <= place < count:
                allowed = Text("0 to {}", "0 到 {}").format(count - 1)
                raise InputError(
                    Text("layer {} has no such entry", "第 {} 层没有这个元素").format(layer), allowed, place
                )
        return self.architecture.blocks[layer - 1][0].start + j * (n_in + 1) + (n_in if k is None else k)

    def astype(self, dtype: DTypeLike) -> Self:
        """Return the same network in float64 or float32."""
        return type(self)(
            tuple(
                Dense(layer.W.astype(dtype), layer.b.astype(dtype), layer.activation, layer.train_bias)
                for layer in self.layers
            )
        )

    def predict(self, X: ArrayLike) -> NDArray:
        """Return the outputs for rows X of shape (m, n_0) as (m, n_L), or for one sample (n_0,) as (n_L,)."""
        return predict(self.architecture, self.theta, X)
