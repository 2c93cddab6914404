"""Exercises drawn from a seed: a small network with numbers by hand; the same seed gives the same exercise."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from engine import Ref, Step, Text, Trace
from engine.settings import Model
from visualizer.writing import plain

HALVES = (-2.0, -1.0, -0.5, 0.5, 1.0, 2.0)
TENTHS = tuple(round(sign * i / 10, 1) for i in range(1, 10) for sign in (1, -1))
_ABSOLUTE, _RELATIVE = 0.0005, 0.005  # an update has to be more than twice as large as the larger of the two
LARGEST_SEED = 9999
_LARGEST, _SMALLEST, _TRIES = 20.0, 0.02, 2000
_DEAD = 3  # one sheet in so many may have dead units


@dataclass(frozen=True)
class Level:
    """Level of exercises, the settings that one kind has in common.

    Attributes
    ----------
    name : str
        The key in `LEVELS`, and in links.
    label, why : Text
        The name that a reader sees, and what it practises.
    networks : tuple of (sizes, activations)
        From which one is drawn.
    loss : str
    weights, biases, inputs, targets : tuple of float
        From which the numbers are drawn; no targets means one of the classes.
    rates : tuple of float
        From which the learning rate is drawn.
    """

    name: str
    label: Text
    why: Text
    networks: tuple[tuple[tuple[int, ...], tuple[str, ...]], ...]
    loss: str = "quadratic"
    weights: tuple[float, ...] = HALVES
    biases: tuple[float, ...] = (-1.0, -0.5, 0.0, 0.5, 1.0)
    inputs: tuple[float, ...] = (-1.0, 1.0, 2.0)
    targets: tuple[float, ...] = (-1.0, 0.0, 1.0, 2.0)
    rates: tuple[float, ...] = (0.1,)


_CALCULATOR: dict[str, Any] = {
    "weights": TENTHS,
    "biases": TENTHS,
    "inputs": (-1.0, -0.5, 0.5, 1.0),
    "rates": (0.5, 1.0),
}
LEVELS = {
    level.name: level
    for level in (
        Level(
            "neuron",
            Text("One neuron", "一个神经元"),
            Text(
                "One layer, no calculator: weighted input, cost, error, gradients, update.",
                "只有一层，不用计算器：加权输入、代价、误差、梯度、更新。",
            ),
            (((2, 1), ("linear",)), ((2, 1), ("relu",)), ((3, 1), ("linear",))),
        ),
        Level(
            "relu",
            Text("Two layers, ReLU", "两层，ReLU"),
            Text(
                "The error flows back through the weights; no calculator needed, since every slope is 0 or 1. A "
                "neuron may be off.",
                "误差经由权重传回；斜率只有 0 或 1，不用计算器。可能有未激活的神经元。",
            ),
            (((2, 2, 1), ("relu", "linear")), ((1, 2, 1), ("relu", "linear")), ((2, 2, 2), ("relu", "linear"))),
        ),
        Level(
            "sigmoid",
            Text("Two layers, sigmoid", "两层，sigmoid"),
            Text("With a calculator: the slopes a(1 − a) have to be worked out.", "需要计算器：要算斜率 a(1 − a)。"),
            (((2, 2, 1), ("sigmoid", "sigmoid")), ((1, 2, 1), ("sigmoid", "sigmoid"))),
            **_CALCULATOR,
            targets=(0.0, 1.0),
        ),
        Level(
            "softmax",
            Text("Two classes, softmax", "两个类别，softmax"),
            Text(
                "ReLU, softmax and cross-entropy: the error of the output layer is output minus target.",
                "ReLU、softmax 与交叉熵：输出层误差就是输出减目标。",
            ),
            (((2, 2, 2), ("relu", "softmax")), ((1, 2, 2), ("relu", "softmax"))),
            "cross_entropy",
            **_CALCULATOR,
            targets=(),
        ),
        Level(
            "chain",
            Text("Three layers, a chain", "三层的链"),
            Text(
                "One neuron per layer: the same product again and again, and the error shrinks.",
                "每层一个神经元：同样的乘积一再出现，误差越来越小。",
            ),
            (((1, 1, 1, 1), ("sigmoid", "sigmoid", "sigmoid")), ((1, 1, 1, 1), ("tanh", "tanh", "linear"))),
            **(_CALCULATOR | {"weights": HALVES, "rates": (1.0,)}),
            targets=(0.0, 1.0),
        ),
        Level(
            "bce",
            Text("Sigmoid and cross-entropy", "sigmoid 与交叉熵"),
            Text(
                "Binary cross-entropy: σ′ of the output cancels, and δ is output minus target.",
                "二元交叉熵：输出层的 σ′ 被约去，δ 就是输出减目标。",
            ),
            (((2, 2, 1), ("relu", "sigmoid")), ((1, 2, 1), ("relu", "sigmoid"))),
            "binary_cross_entropy",
            **_CALCULATOR,
            targets=(0.0, 1.0),
        ),
    )
}


@dataclass(frozen=True)
class Cell:
    """Cell to fill in: the number of the step that gives it, the value, and the indices from 0."""

    step: int
    ref: Ref
    indices: tuple[int, ...]

    @property
    def key(self) -> str:
        """Key of the cell in code, as in delta_1_2."""
        return "_".join(map(str, (*self.ref, *(i + 1 for i in self.indices))))

    @property
    def name(self) -> str:
        """Name of the cell's value in Unicode, as in δ¹₂."""
        return plain(self.ref, *self.indices)


@dataclass(frozen=True)
class Exercise:
    """Exercise: its level, the seed it was drawn from, and the model to be computed."""

    level: Level
    seed: int
    model: Model

    @property
    def trace(self) -> Trace:
        """Solution of the exercise."""
        return _solved(self.model)

    def cells(self) -> tuple[tuple[Step, tuple[Cell, ...]], ...]:
        """Return the steps in their order, each with its cells."""
        return tuple((step, tuple(_cells(i, step, self.trace))) for i, step in enumerate(self.trace.steps))

    def value(self, cell: Cell) -> float:
        """Return the correct number of a cell."""
        return entry(self.trace, cell.ref, cell.indices)


def entry(trace: Trace, ref: Ref, indices: tuple[int, ...]) -> float:
    """Return one number of a pass of one sample."""
    value = trace.value(*ref)
    return float(value[indices if len(indices) > 1 else (*indices, 0)] if value.ndim else value)


@lru_cache(maxsize=64)
def exercise(level: str, seed: int) -> Exercise:
    """Return the exercise of a level, a name in `LEVELS`, and a seed from 1 to `LARGEST_SEED`."""
    kind = LEVELS[level]
    rng = np.random.default_rng([seed, list(LEVELS).index(level)])
    for _ in range(_TRIES):
        model = _drawn(kind, rng)
        if _is_good(model.trace(), may_die=seed % _DEAD == 0):
            break
    return Exercise(kind, seed, model)


def _drawn(level: Level, rng: np.random.Generator) -> Model:
    sizes, activations = level.networks[rng.integers(len(level.networks))]
    net: list[float] = []
    for n_in, n_out in pairwise(sizes):
        for _ in range(n_out):
            net += [*rng.choice(level.weights, n_in).tolist(), float(rng.choice(level.biases))]
    x = tuple(rng.choice(level.inputs, sizes[0]).tolist())
    y = tuple(rng.choice(level.targets or (0.0,), sizes[-1]).tolist())
    if not level.targets:
        y = tuple(np.eye(sizes[-1])[rng.integers(sizes[-1])].tolist())
    rate = float(rng.choice(level.rates))
    base = Model.drawn(sizes, activations, "zeros", 1)
    return replace(base, net=tuple(net), x=(x,), y=(y,), loss=level.loss, eta=rate)


def _is_good(trace: Trace, may_die: bool) -> bool:
    """Whether an exercise is worth the work, and none of its numbers is awkward.

    No z on a kink, a living unit in every layer, an error that matters, and an update that can be told from none.
    """
    layers = range(1, len(trace.given.sizes))
    if not all(np.abs(trace.value("z", l)).min() > 0.04 for l in layers):
        return False
    slopes = [np.abs(trace.value("slope", l)) for l in layers]
    if not all(slope.max() > _SMALLEST and (may_die or slope.min() > 0) for slope in slopes):
        return False
    if not all(_SMALLEST <= np.abs(trace.value("delta", l)).max() <= _LARGEST for l in layers):
        return False
    return all(_can_be_told(trace, name, l) for name in ("W", "b") for l in layers)


def _can_be_told(trace: Trace, name: str, layer: int) -> bool:
    """Whether every new value is either the old one or clearly another."""
    old, new = trace.value(name, layer), trace.value(f"{name}_new", layer)
    moved = np.abs(new - old)
    return bool(((moved == 0) | (moved > 2 * np.maximum(_ABSOLUTE, _RELATIVE * np.abs(new)))).all())


def _cells(number: int, step: Step, trace: Trace) -> Iterator[Cell]:
    for ref in step.writes:
        value = trace.value(*ref)
        matrix = ref.name in ("dW", "W_new")
        places = np.ndindex(value.shape if matrix else value.shape[:1])
        yield from (Cell(number, ref, place) for place in places)


@lru_cache(maxsize=64)
def _solved(model: Model) -> Trace:
    return model.trace()
