"""Samples of a batch: duplicated, removed, or taken from pasted rows, with the network of the present iteration."""

from dataclasses import replace

from engine import InputError, Text, Trace
from engine.core import parse_number, parse_numbers
from engine.settings import Model

MOST_PASTED = 20_000
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
