"""The samples of a task: drawn from a data set, or read from a table; and classes as columns."""

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.core import MOST_UNITS, InputError, Text, as_whole, lookup, parts_of
from engine.data.datasets import DATASETS
from engine.data.images import SHELF
from engine.data.table import MOST_COLUMNS, Table, read_table

OWN, MNIST = "own", "mnist"
_SIZE = Text("invalid number of samples", "样本数无效")
_NO_NOISE = Text("these images cannot have noise", "这些图像不加噪声")
DATA = Text("data set", "数据集")
Rows = tuple[NDArray, NDArray]


@lru_cache(maxsize=8)
def own_table(rows: str, targets: str, decimal: str) -> Table:
    """Return the table of a text by `read_table`: target columns joined by commas, empty settings left open."""
    columns = [_column(name.strip()) for name in parts_of(targets, ",", MOST_COLUMNS) if name.strip()]
    return read_table(rows, columns or None, decimal=decimal or None)


def _column(name: str) -> str | int:
    """Column as a number where its text is one, else as its name."""
    return int(name) if re.fullmatch("[0-9]{1,3}", name) and int(name) <= MOST_COLUMNS else name


@lru_cache(maxsize=32)
def drawn_samples(
    data: str, size: int | None, noise: float | None, seed: int, rows: str, targets: str, decimal: str, output: str
) -> Rows:
    """Return the rows of x and y of a data set, or of a table; a softmax output gets a column for each class."""
    if data == OWN:
        table = own_table(rows, targets, decimal)
        x, y = table.x, table.y
    else:
        x, y = lookup(DATA, DATASETS, data).draw(size, noise, seed)
    if output == "softmax" and y.shape[1] == 1:
        y = _in_columns(y)
    for array in (x, y):
        array.setflags(write=False)
    return x, y


def shelved_samples(key: str, size: int | None, noise: float | None) -> Rows:
    """Return the first images of a set on the shelf, which no run gets a copy of."""
    images = SHELF.get(key)
    size = len(images.x) if size is None else as_whole(_SIZE, size, 2, len(images.x))
    if noise:
        raise InputError(_NO_NOISE, Text("0", "0"), noise)
    return images.x[:size], images.y[:size]


def _in_columns(y: NDArray) -> NDArray:
    """Return a column of class numbers 0, 1, … as one column for each class."""
    count = int(y.max(initial=0)) + 1
    if not np.array_equal(y, np.round(y)) or y.min(initial=0) < 0 or not 1 < count <= MOST_UNITS:
        raise InputError(
            Text("a softmax output needs class labels as targets", "softmax 输出的目标须为类别"),
            Text("whole numbers from 0 in one column, or one column for each class", "一列从 0 开始的整数，或每类一列"),
            y.ravel()[:3].tolist(),
        )
    return (y == np.arange(count)) * 1.0
