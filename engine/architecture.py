"""All of a network but its numbers, and where each of its numbers lies in the parameter vector."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np


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
