"""Batches of training data in rows, and the order in which an epoch goes through them."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Rows = tuple[NDArray, NDArray]
_GATHERED = 65_536  # numbers that are brought into a new order at a time


class Batches:
    """Rows of x and y, cut into batches of `size`; the last one of an epoch may be shorter.

    The order of an epoch depends on the seed and its number alone, so that a run can be taken up anywhere.

    Attributes
    ----------
    x, y : ndarray of shape (n, n_0) and (n, n_L)
        Not copied.
    size : int
    shuffle : bool
        Whether each epoch has an order of its own. A batch of all samples needs none.
    seed : int
    """

    def __init__(self, x: NDArray, y: NDArray, size: int, shuffle: bool, seed: int) -> None:
        self.x, self.y, self.size, self.shuffle, self.seed = x, y, min(size, len(x)), shuffle, seed

    @property
    def whole(self) -> bool:
        """Whether there is one batch, of all samples."""
        return self.size == len(self.x)

    @property
    def sizes(self) -> set[int]:
        """The sizes of the batches."""
        return {self.size, len(self.x) % self.size or self.size}

    def indices(self, epoch: int) -> list[NDArray]:
        """Row numbers in each batch of an epoch, counted from 1, in the order of the updates."""
        order = self._order(epoch)
        return [order[i : i + self.size] for i in range(0, len(order), self.size)]

    def of_epoch(self, epoch: int) -> Iterator[tuple[NDArray, NDArray]]:
        """Yield rows of x and y for each batch of an epoch."""
        if self.whole or not self.shuffle:
            yield from self._in_given_order
            return
        order, width = self._order(epoch), self.x.shape[1] + self.y.shape[1]
        span = max(1, _GATHERED // width // self.size) * self.size
        for start in range(0, len(order), span):
            some = order[start : start + span]
            yield from self._cut(self.x[some], self.y[some])

    def _order(self, epoch: int) -> NDArray:
        if self.whole or not self.shuffle:
            return np.arange(len(self.x))
        return np.random.default_rng((self.seed, epoch)).permutation(len(self.x))

    @cached_property
    def _in_given_order(self) -> list[tuple[NDArray, NDArray]]:
        return self._cut(self.x, self.y)

    def _cut(self, x: NDArray, y: NDArray) -> list[tuple[NDArray, NDArray]]:
        return [(x[i : i + self.size], y[i : i + self.size]) for i in range(0, len(x), self.size)]


def hold_out(rows: tuple[NDArray, NDArray], share: float, seed: int) -> tuple[Rows, Rows]:
    """Split rows into training and held-out ones: `share` of them, at least one, drawn by the seed."""
    n = len(rows[0])
    order = np.random.default_rng(seed).permutation(n)
    count = min(max(1, round(share * n)), n - 1)
    kept, held = np.sort(order[count:]), np.sort(order[:count])
    return (rows[0][kept], rows[1][kept]), (rows[0][held], rows[1][held])
