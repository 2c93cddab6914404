"""All of a network but its numbers, and where each of its numbers lies in the parameter vector."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


def count_parameters(sizes: Sequence[int]) -> int:
    """Return how many weights and biases a network of these sizes has."""
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


class Architecture(NamedTuple):
    """All of a network but its numbers; programs are compiled for it and cached under it.

    `sizes` has one entry more than the others: sizes[0] is the number of inputs.
    """

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    train_bias: tuple[bool, ...]
    dtype: np.dtype

    @property
    def parameters(self) -> int:
        """How many weights and biases there are."""
        return count_parameters(self.sizes)

    @property
    def blocks(self) -> list[tuple[slice, tuple[int, int]]]:
        """Where `W|b` of each layer lies in theta, and its shape (n_out, n_in + 1)."""
        shapes = [(n_out, n_in + 1) for n_in, n_out in pairwise(self.sizes)]
        ends = list(accumulate(rows * columns for rows, columns in shapes))
        return [
            (slice(end - rows * columns, end), (rows, columns))
            for end, (rows, columns) in zip(ends, shapes, strict=True)
        ]


def trained(architecture: Architecture) -> NDArray | int:
    """Return a vector like theta with 0 for the biases that no update moves and else 1; 1 where all are moved."""
    if all(architecture.train_bias):
        return 1
    return _of_parameters(architecture, 1, architecture.train_bias)


def strengths(architecture: Architecture, strength: float) -> NDArray:
    """Return a vector like theta with the strength of a penalty for every weight, and 0 for every bias."""
    return _of_parameters(architecture, strength, (False,) * len(architecture.activations))


def _of_parameters(architecture: Architecture, value: float, biases: Sequence[bool]) -> NDArray:
    values = np.full(architecture.parameters, value, architecture.dtype)
    for (part, shape), bias in zip(architecture.blocks, biases, strict=True):
        values[part].reshape(shape)[:, -1] *= bias
    return values
