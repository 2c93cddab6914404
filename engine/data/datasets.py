"""Data sets: truth tables, clouds of points, curves and images of digits, drawn from a seed.

Each registry entry draws rows of x and y. Two classes are 0 and 1 in one column; of more, each has a column.
What scikit-learn has comes from there; it is imported when it is needed, because it takes as long to load as all the
rest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core import InputError, Text, as_number, as_whole

MOST_SAMPLES = 10_000
MOST_NOISE = 10
_MOST_SEED = 2**32 - 1  # the largest that scikit-learn takes
_SIZE = Text("invalid number of samples", "样本数无效")
_NOISE = Text("invalid noise", "噪声无效")
_SEED = Text("invalid seed", "随机种子无效")
Rows = tuple[NDArray, NDArray]


@dataclass(frozen=True)
class Dataset:
    """Registry entry of a data set.

    Attributes
    ----------
    name : str
        The key in `DATASETS`, in code and in links.
    label, why : Text
        The name that a reader sees, and one sentence on what it is good for.
    make : callable
        make(size, noise, seed): rows of x (size, n_0) and y (size, n_L).
    size : int
        The usual number of samples.
    noise : float
        The usual standard deviation of what is added: to x for classes, to y for a curve.
    classes : bool
        Whether y is a class.
    table : bool
        Whether it is a short table: more samples go through its rows over and over.
    most : int
        The largest number of samples.
    picture : tuple of int, or None
        Rows and columns of an image, where x is one.
    """

    name: str
    label: Text
    why: Text
    make: Callable[[int, float, int], Rows]
    size: int = 200
    noise: float = 0.1
    classes: bool = True
    table: bool = False
    most: int = MOST_SAMPLES
    picture: tuple[int, int] | None = None

    def draw(self, size: int | None = None, noise: float | None = None, seed: int = 0) -> Rows:
        """Return rows of x and y.

        Parameters
        ----------
        size : int, optional
            The number of samples, from 2 to 10,000, or to `most`; the usual one unless given.
        noise : float, optional
            The standard deviation of the noise, from 0 to 10; the usual one unless given.
        seed : int
            From 0; the same seed gives the same samples.

        Raises
        ------
        InputError
            For a size, noise or seed outside these ranges.
        """
        size = self.size if size is None else as_whole(_SIZE, size, 2, self.most)
        noise = self.noise if noise is None else _as_noise(noise)
        seed = as_whole(_SEED, seed, 0, _MOST_SEED)
        x, y = self.make(size, noise, seed)
        return x, y.astype(float).reshape(len(x), -1)


def _as_noise(noise: object) -> float:
    number = as_number(_NOISE, noise, 0)
    if number <= MOST_NOISE:
        return number
    raise InputError(_NOISE, Text("a number from 0 to {}", "0 到 {} 的数").format(MOST_NOISE), noise)


def _table(x: list[list[float]], y: list[float]) -> Callable[[int, float, int], Rows]:
    def make(size: int, noise: float, seed: int) -> Rows:
        rows = np.arange(size) % len(x)
        return np.array(x, float)[rows] + _normal(seed, noise, (size, len(x[0]))), np.array(y)[rows]

    return make


def _normal(seed: int, deviation: float, shape: tuple[int, ...]) -> NDArray:
    return np.random.default_rng(seed).normal(size=shape) * deviation


def _of_sklearn(name: str, **settings: Any) -> Callable[[int, float, int], Rows]:
    def make(size: int, noise: float, seed: int) -> Rows:
        from sklearn import datasets  # noqa: PLC0415

        x, y = getattr(datasets, name)(n_samples=size, noise=noise, random_state=seed, **settings)
        return x, y

    return make


def _blobs(size: int, noise: float, seed: int) -> Rows:
    from sklearn.datasets import make_blobs  # noqa: PLC0415

    x, y = make_blobs(n_samples=size, centers=[[-1, -1], [1, 1]], cluster_std=noise, random_state=seed)
    return x, y


def _spiral(size: int, noise: float, seed: int) -> Rows:
    """Points on two arms of one and a half turns; the second arm is the first one turned by half a circle."""
    place, arm = np.arange(size) // 2 / max(1, (size - 1) // 2), np.arange(size) % 2
    angle = 3 * np.pi * place + np.pi * arm
    radius = 0.1 + 0.9 * place
    x = np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))
    return x + _normal(seed, noise, x.shape), arm


def _digits(size: int, noise: float, seed: int) -> Rows:
    """Return images of 8 × 8 pixels, from 0 to 1, and ten columns of classes, in an order drawn from the seed."""
    from sklearn.datasets import load_digits  # noqa: PLC0415

    pixels, classes = load_digits(return_X_y=True)
    rows = np.random.default_rng(seed).permutation(len(pixels))[:size]
    return pixels[rows] / 16 + _normal(seed, noise, (size, 64)), classes[rows, np.newaxis] == np.arange(10)


def _curve(f: Callable[[NDArray], NDArray]) -> Callable[[int, float, int], Rows]:
    def make(size: int, noise: float, seed: int) -> Rows:
        x = np.linspace(-1, 1, size)[:, np.newaxis]
        return x, f(x) + _normal(seed, noise, x.shape)

    return make


_CORNERS = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]

DATASETS = {
    record.name: record
    for record in (
        Dataset(
            "xor",
            Text("XOR", "异或 XOR"),
            Text(
                "1 when exactly one input is 1: not linearly separable, so it needs a hidden layer.",
                "恰有一个输入为 1 时输出 1：线性不可分，因此需要隐藏层。",
            ),
            _table(_CORNERS, [0, 1, 1, 0]),
            4,
            0.0,
            table=True,
        ),
        Dataset(
            "and",
            Text("AND", "与 AND"),
            Text("1 when both inputs are 1: a single neuron is enough.", "两个输入都为真时为真：一个神经元就够了。"),
            _table(_CORNERS, [0, 0, 0, 1]),
            4,
            0.0,
            table=True,
        ),
        Dataset(
            "or",
            Text("OR", "或 OR"),
            Text(
                "1 when at least one input is 1: a single neuron is enough.", "任一输入为真时为真：一个神经元就够了。"
            ),
            _table(_CORNERS, [0, 1, 1, 1]),
            4,
            0.0,
            table=True,
        ),
        Dataset(
            "three_points",
            Text("three points", "三个点"),
            Text(
                "x = −1, 0, 1 with targets 0, 1, 1: small enough to work through by hand.",
                "x = −1、0、1，目标 0、1、1：小到可以手算。",
            ),
            _table([[-1.0], [0.0], [1.0]], [0, 1, 1]),
            3,
            0.0,
            table=True,
        ),
        Dataset(
            "circle",
            Text("circle inside a ring", "圆与环（同心圆）"),
            Text(
                "One class inside the other: three hidden neurons can close a curve around it.",
                "一类包在另一类里面：三个隐藏神经元就能围出一条封闭曲线。",
            ),
            _of_sklearn("make_circles", factor=0.4),
        ),
        Dataset(
            "blobs",
            Text("two blobs", "两团点"),
            Text(
                "Two clouds separable by a straight line, except where they overlap.",
                "一条直线就能分开的两团点，重叠处除外。",
            ),
            _blobs,
            noise=0.6,
        ),
        Dataset(
            "moons",
            Text("two moons", "双月"),
            Text("Two interlocking half circles.", "两个互相嵌入的半圆。"),
            _of_sklearn("make_moons"),
        ),
        Dataset(
            "spiral",
            Text("two spirals", "双螺旋"),
            Text(
                "Two arms wound around each other: hard for a small network; the loss curve has a plateau worth "
                "studying.",
                "两条互相缠绕的臂：小网络很难学会，损失曲线上的平坦区值得观察。",
            ),
            _spiral,
            noise=0.02,
        ),
        Dataset(
            "sine",
            Text("sine curve", "正弦曲线"),
            Text(
                "One period of a sine on (−1, 1): a smooth curve to fit.",
                "(−1, 1) 上的一个正弦周期：拟合一条光滑曲线。",
            ),
            _curve(lambda x: np.sin(np.pi * x)),
            64,
            classes=False,
        ),
        Dataset(
            "step",
            Text("step", "阶跃函数"),
            Text(
                "A jump from 0 to 1: smooth neurons can only approximate it, with ever larger weights.",
                "从 0 跳到 1：光滑的神经元只能用越来越大的权重去接近它。",
            ),
            _curve(lambda x: (x > 0) * 1.0),
            64,
            0.0,
            classes=False,
        ),
        Dataset(
            "digits",
            Text("digits, 8 × 8", "手写数字 8 × 8"),
            Text(
                "1,797 handwritten digits of 64 pixels: a small network classifies 97% correctly after ten epochs.",
                "1,797 个手写数字，各 64 像素：小网络训练十轮后，97% 识别正确。",
            ),
            _digits,
            1797,
            0.0,
            most=1797,
            picture=(8, 8),
        ),
    )
}
