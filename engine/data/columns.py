"""Columns of a sheet: which are numbers, classes or texts, their ranges and gaps, and which is the usual target."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.core import readings
from engine.data.sheets import Sheet

_MOST_CLASSES, _BINS = 20, 12
_TARGETS = (
    *("target", "label", "labels", "class", "y", "species", "survived", "outcome", "diagnosis", "variety", "quality"),
    *("标签", "类别", "目标", "结果"),
)


@dataclass(frozen=True)
class Column:
    """Column of a sheet: its kind, one of "number", "class" and "text", its range, gaps and values."""

    name: str
    kind: str
    gaps: int
    low: float = 0.0
    high: float = 0.0
    values: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()


def columns_of(sheet: Sheet) -> tuple[Column, ...]:
    """Return the columns of a sheet with their kinds."""
    return tuple(_column(name, cells) for name, cells in zip(sheet.names, sheet.cells, strict=True))


def _column(name: str, cells: Sequence[str]) -> Column:
    held, gaps = [cell for cell in cells if cell], sum(not cell for cell in cells)
    values = _numbers(held)
    numbers = values[~np.isnan(values)]
    if held and len(held) - len(numbers) <= _mistyped(len(held)):
        return Column(name, "number", gaps, float(numbers.min()), float(numbers.max()), (), _bars(numbers))
    counts = Counter(held)
    few = 1 < len(counts) <= _MOST_CLASSES and len(counts) <= max(2, len(held) // 2)
    named = tuple(sorted(counts))
    return Column(name, "class" if few else "text", gaps, values=named, counts=tuple(counts[v] for v in named[:_BINS]))


def _mistyped(count: int) -> int:
    """The most cells that are taken for mistyped numbers, and complained about, in a column of so many cells."""
    return min(max(1, count // 50), count - 1)


def _bars(numbers: NDArray) -> tuple[int, ...]:
    room, step = np.ptp(numbers) or 1.0, np.spacing(np.abs(numbers).max())  # floats may be too coarse to part them
    return tuple(map(int, np.histogram(numbers, _BINS)[0])) if _BINS * step < room < np.inf else ()


def _numbers(cells: Sequence[str]) -> NDArray:
    """Return cells as numbers, those that are none as not a number.

    Which of two readings is meant is asked elsewhere, and matters little for ranges.
    """
    return np.array([next(iter(readings(cell).values()), np.nan) for cell in cells], float)


def usual_target(columns: Sequence[Column]) -> str:
    """Name of the column that is the target most probably: that of a usual name, else the last one that can be one."""
    able = [column.name for column in columns if column.kind != "text"]
    named = [name for name in able if name.lower() in _TARGETS]
    return (named or able or [""])[-1]
