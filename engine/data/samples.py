"""The samples of a task: drawn from a data set, or read from a table; and classes as columns."""

import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.core import MOST_UNITS, InputError, Text, as_whole, lookup, parts_of
from engine.data.batches import hold_out
from engine.data.datasets import DATASETS
from engine.data.preparing import Prepared, prepared
from engine.data.sheets import Sheet, read_sheet
from engine.data.table import MOST_COLUMNS, Table, column_places, read_table
from engine.images import SHELF

OWN, MNIST = "own", "mnist"
_SIZE = Text("invalid number of samples", "样本数无效")
_NO_NOISE = Text("these images cannot have noise", "这些图像不加噪声")
DATA = Text("data set", "数据集")
Rows = tuple[NDArray, NDArray]


class Own(NamedTuple):
    """Table of one's own as the settings of a training have it.

    Attributes
    ----------
    rows : str
        The table as text.
    targets, left_out : str
        Names or numbers of columns, joined by commas; the usual target, and none, where empty.
    decimal : str
        The decimal sign of numbers that can be read in two ways; empty where the table shows it.
    is_prepared : bool
        Whether classes become columns and rows with gaps are left out or filled; else every cell has to be a number.
    """

    rows: str
    targets: str = ""
    left_out: str = ""
    decimal: str = ""
    is_prepared: bool = False

    @property
    def table(self) -> Table:
        """Table of numbers that it is."""
        return _own_table(self)

    @property
    def target_names(self) -> tuple[str, ...]:
        """Names of the targets; none where they are numbers, as of columns without a header."""
        named = self.table.targets
        return () if all(name.isdecimal() for name in named) else named

    @property
    def ready(self) -> Prepared | None:
        """Table as it was prepared for a training; None where it is taken as it stands."""
        return _ready_table(self) if self.is_prepared else None


@lru_cache(maxsize=8)
def own_sheet(rows: str) -> Sheet:
    """Return the sheet that a text is."""
    return read_sheet(rows.encode("utf-8", "replace"))


@lru_cache(maxsize=8)
def _ready_table(own: Own) -> Prepared:
    """Return a table of one's own prepared for a training."""
    sheet = own_sheet(own.rows)
    targets, left_out = ([sheet.names[i] for i in _places(names, sheet)] for names in (own.targets, own.left_out))
    return prepared(sheet, targets, left_out)


def _places(names: str, sheet: Sheet) -> list[int]:
    chosen = _columns(names)
    return column_places(sheet.names, chosen) if chosen else []


@lru_cache(maxsize=8)
def _own_table(own: Own) -> Table:
    """Return a table of one's own as numbers."""
    if ready := own.ready:
        return read_table(ready.text, list(ready.targets), True, own.decimal or None)
    return read_table(own.rows, _columns(own.targets) or None, decimal=own.decimal or None)


def _columns(names: str) -> list[str | int]:
    return [_column(name.strip()) for name in parts_of(names, ",", MOST_COLUMNS) if name.strip()]


def _column(name: str) -> str | int:
    """Column as a number where its text is one, else as its name."""
    return int(name) if re.fullmatch("[0-9]{1,3}", name) and int(name) <= MOST_COLUMNS else name


@lru_cache(maxsize=32)
def own_samples(own: Own, output: str, order: int, held: int, scaled: bool) -> Rows:
    """Return the rows of x and y of a table; a softmax output gets a column for each class.

    Where inputs are `scaled` they get mean 0 and standard deviation 1 over the samples that are trained on, `held`
    percent being held out by the seed `order`. Columns of 0 and 1 stay as they are.
    """
    table = own.table
    x = _standardised(table.x, order, held) if scaled else table.x
    return _finished(x, table.y, output)


@lru_cache(maxsize=32)
def drawn_samples(data: str, size: int | None, noise: float | None, seed: int, output: str) -> Rows:
    """Return the rows of x and y of a data set; a softmax output gets a column for each class."""
    return _finished(*lookup(DATA, DATASETS, data).draw(size, noise, seed), output)


def _standardised(x: NDArray, order: int, held: int) -> NDArray:
    trained = hold_out((x, x), held / 100, order)[0][0] if held and len(x) > 1 else x
    spread = trained.std(axis=0)
    usable = ~np.isin(x, (0.0, 1.0)).all(axis=0) & (spread > 0)
    mean = np.where(usable, trained.mean(axis=0), 0.0)
    return (x - mean) / np.where(usable, spread, 1.0)


def _finished(x: NDArray, y: NDArray, output: str) -> Rows:
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
