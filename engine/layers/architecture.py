"""The architecture of a network: everything but its parameters, and where each of these lies in theta."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


def count_parameters(sizes: Sequence[int]) -> int:
    """The number of weights and biases of a network of these sizes."""
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


NORM_VALUES = (("gamma", "beta"), ("mean", "variance"))  # of a normalized layer: what is trained, and what runs along


class Architecture(NamedTuple):
    """Architecture of a network, everything but its parameters; programs are compiled for it and cached under it.

    `sizes` has one entry more than the others: sizes[0] is the number of inputs. `norms`, whether a layer is
    normalized, and `dropouts`, the share that is dropped, are empty where no layer is and nothing is.
    """

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    train_bias: tuple[bool, ...]
    dtype: np.dtype
    norms: tuple[bool, ...] = ()
    dropouts: tuple[float, ...] = ()

    @property
    def parameters(self) -> int:
        """Number of trainable parameters: weights, biases, and γ and β of normalized layers."""
        return count_parameters(self.sizes) + 2 * self._normed_units

    @property
    def numbers(self) -> int:
        """Length of theta: the parameters, and after them the running averages of normalized layers."""
        return self.parameters + 2 * self._normed_units

    @property
    def _normed_units(self) -> int:
        return sum(n for l, n in enumerate(self.sizes) if l and self.is_normed(l))

    @property
    def has_modes(self) -> bool:
        """Whether some layer does something else in training than in inference."""
        return bool(self.norms or self.dropouts)

    def is_normed(self, layer: int) -> bool:
        """Return whether a layer, counted from 1, is normalized."""
        return bool(self.norms) and self.norms[layer - 1]

    def dropout(self, layer: int) -> float:
        """Return the share of its outputs that a layer drops."""
        return self.dropouts[layer - 1] if self.dropouts else 0.0

    @property
    def columns(self) -> list[tuple[str, int, slice]]:
        """Slices of theta that hold γ and β, and then the running averages: name, layer and slice."""
        layers = [l for l in range(1, len(self.sizes)) if self.is_normed(l)]
        named = [(name, l) for pair in NORM_VALUES for l in layers for name in pair]
        ends = accumulate((self.sizes[l] for _, l in named), initial=count_parameters(self.sizes))
        return [(*name, slice(*span)) for name, span in zip(named, pairwise(ends), strict=True)]

    @property
    def blocks(self) -> list[tuple[slice, tuple[int, int]]]:
        """Slices of theta that hold `W|b` of each layer, with the shape (n_out, n_in + 1)."""
        shapes = [(n_out, n_in + 1) for n_in, n_out in pairwise(self.sizes)]
        ends = list(accumulate(rows * columns for rows, columns in shapes))
        return [
            (slice(end - rows * columns, end), (rows, columns))
            for end, (rows, columns) in zip(ends, shapes, strict=True)
        ]


def trained(architecture: Architecture) -> NDArray | int:
    """Mask like theta with 0 for the biases that no update moves and else 1; just 1 where all are moved."""
    if all(architecture.train_bias):
        return 1
    return _of_parameters(architecture, 1, architecture.train_bias)


def strengths(architecture: Architecture, strength: float) -> NDArray:
    """Vector like theta with the strength of a penalty for every weight, and 0 for every other parameter."""
    values = _of_parameters(architecture, strength, (False,) * len(architecture.activations))
    values[count_parameters(architecture.sizes) :] = 0
    return values


def _of_parameters(architecture: Architecture, value: float, biases: Sequence[bool]) -> NDArray:
    values = np.full(architecture.parameters, value, architecture.dtype)
    for (part, shape), bias in zip(architecture.blocks, biases, strict=True):
        values[part].reshape(shape)[:, -1] *= bias
    return values
