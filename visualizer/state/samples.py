"""Samples of a batch: duplicated, removed, or taken from pasted rows, with the network of the present iteration."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import InputError, Text, Trace
from engine.core import parse_number, parse_numbers
from engine.settings import MOST_SAMPLES, Model

MOST_PASTED = 20_000
_CALLED = {  # what people call the samples and the rate that stand beside their weights
    "x": ("x", "input", "inputs", "data"),
    "y": ("y", "target", "targets", "label", "labels"),
    "eta": ("eta", "η", "lr", "learning_rate"),
}
_WIDTH = Text("a row of these samples has the wrong number of values", "样本中有一行的数值个数不对")
_ROWS = Text("{} inputs, then {} targets in each row", "每行 {} 个输入，后接 {} 个目标")
_LAST = Text("the last sample cannot be removed", "最后一个样本不能删除")
_ONE, _NONE = Text("at least one", "至少一个"), Text("there are no samples in this text", "文本中没有样本")


def duplicated(model: Model, trace: Trace, sample: int) -> Model:
    """Return the model with a sample once more, behind itself."""
    order = sorted([*range(len(model.x)), sample])
    return _with(model, trace, tuple(model.x[i] for i in order), tuple(model.y[i] for i in order))


def without_sample(model: Model, trace: Trace, sample: int) -> Model:
    """Return the model without a sample."""
    if len(model.x) < 2:
        raise InputError(_LAST, _ONE, 1)
    keep = [i for i in range(len(model.x)) if i != sample]
    return _with(model, trace, tuple(model.x[i] for i in keep), tuple(model.y[i] for i in keep))


def with_pasted(model: Model, trace: Trace, text: str) -> Model:
    """Return the model with the samples of a text: a row each, the inputs and then the targets, as a sheet has them.

    Raises
    ------
    InputError
        Where a row has another number of numbers, or something else in it.
    """
    n_in, n_out = model.sizes[0], model.sizes[-1]
    rows = [_numbers(line) for line in text[:MOST_PASTED].splitlines() if line.strip()]
    if not rows:
        raise InputError(_NONE, _ROWS.format(n_in, n_out), text)
    for row in rows:
        if len(row) != n_in + n_out:
            raise InputError(_WIDTH, _ROWS.format(n_in, n_out), len(row))
    return _with(model, trace, tuple(row[:n_in] for row in rows), tuple(row[n_in:] for row in rows))


def given_beside(arrays: Mapping[str, NDArray], n_in: int, n_out: int) -> dict[str, tuple[str, Any]]:
    """Return samples and rate by what arrays are called: the array's name and its value, for `x`, `y` and `eta`.

    Samples stand in rows, where their number is not that of the columns alone.
    """
    called = {field: name for name in arrays for field, words in _CALLED.items() if name.strip().lower() in words}
    found: dict[str, tuple[str, Any]] = {}
    if "x" in called and "y" in called:
        x, y = (_in_rows(arrays[called[field]], width) for field, width in (("x", n_in), ("y", n_out)))
        if 0 < len(x) == len(y):
            found = {"x": (called["x"], x), "y": (called["y"], y)}
    if "eta" in called and arrays[called["eta"]].size == 1:
        found["eta"] = called["eta"], float(arrays[called["eta"]].item())
    return found


def _in_rows(array: NDArray, width: int) -> tuple[tuple[float, ...], ...]:
    """Return samples of so many numbers each; none where they have another number."""
    rows = np.atleast_2d(array)
    rows = rows.T if rows.shape[0] == width != rows.shape[1] else rows
    fits = rows.ndim == 2 and rows.shape[1] == width and len(rows) <= MOST_SAMPLES
    return tuple(map(tuple, rows.tolist())) if fits else ()


def _numbers(line: str) -> tuple[float, ...]:
    """Return the numbers of a row; tabs or semicolons part those that may have decimal commas."""
    for sign in "\t;":
        if sign in line:
            return tuple(parse_number(cell) for cell in line.split(sign) if cell.strip())
    return tuple(parse_numbers(line))


def _with(model: Model, trace: Trace, x: tuple[tuple[float, ...], ...], y: tuple[tuple[float, ...], ...]) -> Model:
    moved = model.edited(trace.given) if model.iteration > 1 else model
    changed = replace(moved, x=x, y=y)
    changed.check()
    return changed
