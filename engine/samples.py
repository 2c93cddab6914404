"""The samples of a task: drawn from a data set, or read from a table of one's own."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.datasets import DATASETS
from engine.errors import InputError, lookup
from engine.model import MOST_UNITS
from engine.table import read_table
from engine.text import Text

OWN = "own"
DATA = Text("data set", "数据集")
Rows = tuple[NDArray, NDArray]


@lru_cache(maxsize=32)
def samples_of(
    data: str, size: int | None, noise: float | None, seed: int, rows: str, targets: str, output: str
) -> Rows:
    """Return the rows of x and y of a set by its name, or of a table of one's own, for an output activation."""
    if data == OWN:
        columns = [int(name) if name.isdigit() else name for name in map(str.strip, targets.split(",")) if name]
        table = read_table(rows, columns or None)
        x, y = table.x, table.y
    else:
        x, y = lookup(DATA, DATASETS, data).draw(size, noise, seed)
    if output == "softmax" and y.shape[1] == 1:
        y = _one_hot(y)
    for array in (x, y):
        array.setflags(write=False)
    return x, y


def _one_hot(y: NDArray) -> NDArray:
    """Return a column of class numbers 0, 1, … as one column for each class."""
    count = int(y.max(initial=0)) + 1
    if not np.array_equal(y, np.round(y)) or y.min(initial=0) < 0 or not 1 < count <= MOST_UNITS:
        raise InputError(
            Text("a softmax output needs classes as targets", "softmax 输出的目标须为类别"),
            Text("whole numbers from 0 in one column, or one column for each class", "一列从 0 开始的整数，或每类一列"),
            y.ravel()[:3].tolist(),
        )
    return (y == np.arange(count)) * 1.0
