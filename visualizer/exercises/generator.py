"""Exercises drawn from a seed: a small network with numbers by hand; the same seed gives the same exercise."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np

from engine import Ref, Step, Trace
from engine.program import OF_SAMPLES
from engine.settings import Model
from visualizer.exercises.levels import LEVELS, Level
from visualizer.writing import number_at, parameter, plain, tex

_ABSOLUTE, _RELATIVE = 0.0005, 0.005  # an update has to be more than twice as large as the larger of the two
LARGEST_SEED = 9999
_LARGEST, _SMALLEST, _TRIES = 20.0, 0.02, 2000
_DEAD = 3  # one sheet in so many may have dead units


@dataclass(frozen=True)
class Cell:
    """Cell to fill in.

    Attributes
    ----------
    step : int
        The number of the step that gives its value.
    ref : Ref
    indices : tuple of int
        Counted from 0.
    sample : int or None
        The sample, from 0, where there are several and each has a value of its own.
    """

    step: int
    ref: Ref
    indices: tuple[int, ...]
    sample: int | None = None

    @property
    def key(self) -> str:
        """Key of the cell in code, as in delta_1_2, and delta_1_2_s2 for the second sample."""
        of_sample = "" if self.sample is None else f"_s{self.sample + 1}"
        return "_".join(map(str, (*self.ref, *(i + 1 for i in self.indices)))) + of_sample

    @property
    def name(self) -> str:
        """Name of the cell's value in Unicode, as in δ¹₂, and δ¹₂⁽²⁾ for the second sample."""
        return plain(self.ref, *self.indices) + ("" if self.sample is None else f"⁽{'¹²³⁴'[self.sample]}⁾")

    @property
    def tex(self) -> str:
        """Name of the cell's value in TeX."""
        name = tex(self.ref, *self.indices)
        return name if self.sample is None else rf"{{{name}}}^{{({self.sample + 1})}}"

    def of(self, trace: Trace) -> float:
        """Return the number of a pass at the cell's place."""
        return self.beside(trace, self.ref.name)

    def beside(self, trace: Trace, name: str) -> float:
        """Return the number of a pass at the cell's place in another value of its layer."""
        return number_at(trace, Ref(name, self.ref.layer), self.indices, self.sample or 0)


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
        return cell.of(self.trace)


@lru_cache(maxsize=64)
def exercise(level: str, seed: int) -> Exercise:
    """Return the exercise of a level, a name in `LEVELS`, and a seed from 1 to `LARGEST_SEED`."""
    kind = LEVELS[level]
    rng = np.random.default_rng([seed, kind.stream])
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
    x = tuple(tuple(rng.choice(level.inputs, sizes[0]).tolist()) for _ in range(level.samples))
    y = tuple(tuple(rng.choice(level.targets or (0.0,), sizes[-1]).tolist()) for _ in range(level.samples))
    if not level.targets:
        y = tuple(tuple(np.eye(sizes[-1])[rng.integers(sizes[-1])].tolist()) for _ in range(level.samples))
    rate = float(rng.choice(level.rates))
    iteration = int(rng.choice(level.iterations)) if len(level.iterations) > 1 else level.iterations[0]
    base = Model.drawn(sizes, activations, "zeros", 1)
    drawn = replace(base, net=tuple(net), x=x, y=y, loss=level.loss, eta=rate)
    return replace(drawn, optimizer=level.optimizer, iteration=iteration)


def _is_good(trace: Trace, may_die: bool) -> bool:
    """Whether an exercise is worth the work, and none of its numbers is awkward.

    No two samples alike, no z on a kink, a living unit in every layer, an error that matters, and an update that can
    be told from none.
    """
    layers = range(1, len(trace.given.sizes))
    if len(np.unique(trace.value("a", 0), axis=1).T) < trace.m:  # two samples alike
        return False
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
        apart = trace.m > 1 and (ref.name == "a" or ref.name in OF_SAMPLES)
        samples = range(trace.m) if apart else (None,)
        shape = value.shape if parameter(ref.name) == "W" else value.shape[:1]
        yield from (Cell(number, ref, place, sample) for sample in samples for place in np.ndindex(shape))


@lru_cache(maxsize=64)
def _solved(model: Model) -> Trace:
    return model.trace()
