"""Logs in JSON as columns: lists by name, a list of objects, an object a line, and TensorBoard's triples."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from math import inf, nan
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.core import InputError, Text
from engine.untrusted import parsed

MOST_CELLS, MOST_NAMES = 2_000_000, 500  # of all columns together; columns
_DEEPEST = 4
_TRIPLE = ("Wall time", "Step", "Value")  # what TensorBoard writes into each list, as its CSV calls it
NOT_FINITE = {"nan": nan, "inf": inf, "infinity": inf, "+inf": inf, "-inf": -inf, "-infinity": -inf}
_TOO_WIDE = Text("this log has too much in it", "这份日志内容太多")
_AT_MOST = Text("at most {:,} names and {:,} numbers", "至多 {:,} 个名称、{:,} 个数").format(MOST_NAMES, MOST_CELLS)
_CUT = Text("The last line is cut off and was ignored.", "最后一行不完整，未读入。")


class Columns(NamedTuple):
    """Columns of a log: numbers by name, where each has gaps, and remarks on how they were read."""

    values: dict[str, NDArray]
    gaps: dict[str, NDArray]
    said: tuple[Text, ...] = ()


def read_json(text: str) -> Columns | None:
    r"""Return the columns in a JSON text; None where it is none, or holds neither objects nor triples.

    Raises
    ------
    InputError
        Where it holds more than a page opens.

    Examples
    --------
    >>> read_json('{"epoch": 0, "train": {"loss": 0.5}}\n{"epoch": 1, "train": {"loss": 0.25}}').values
    {'epoch': array([0., 1.]), 'train/loss': array([0.5 , 0.25])}
    """
    whole = parsed(text)
    held, said = _of_lines(text) if whole is None else (whole, ())
    rows = _rows(held)
    return _columns(rows)._replace(said=said) if rows else None


def _of_lines(text: str) -> tuple[Any, tuple[Text, ...]]:
    """Return the objects of a text that has one in each line; the last may be cut off, as while it is written."""
    lines = [line for line in text.splitlines() if line.strip()]
    whole = parsed(f"[{','.join(lines)}]")
    if whole is None and len(lines) > 1:
        return parsed(f"[{','.join(lines[:-1])}]"), (_CUT,)
    return whole, ()


def _rows(held: Any) -> list[dict[str, Any]]:
    """Rows of what was measured together, by name; empty where there is nothing of the kind."""
    match held:
        case [dict(), *_]:
            return [dict(_flat(each)) for each in held if isinstance(each, dict)]
        case [[_, _, _], *_] if all(isinstance(each, list) and len(each) == len(_TRIPLE) for each in held):
            return [dict(zip(_TRIPLE, each, strict=True)) for each in held]
        case dict():
            inner = next((each for each in held.values() if isinstance(each, list) and _rows(each[:1])), None)
            lists = {name: each for name, each in _flat(held) if isinstance(each, list)}
            _check(len(lists), max(map(len, lists.values()), default=0))
            beside = zip_longest(*lists.values())
            return _rows(inner) if inner else [dict(zip(lists, cells, strict=True)) for cells in beside]
    return []


def _flat(held: Mapping[str, Any], before: str = "", deep: int = 1) -> Iterator[tuple[str, Any]]:
    """Yield the contents of an object by the path to each, as TensorBoard writes names: train/loss."""
    for name, each in held.items():
        if isinstance(each, dict) and deep < _DEEPEST:
            yield from _flat(each, f"{before}{name}/", deep + 1)
        else:
            yield before + name, each


def _columns(rows: Sequence[Mapping[str, Any]]) -> Columns:
    """Return rows as columns, without those that hold anything but numbers and gaps."""
    names = dict.fromkeys(name for row in rows for name in row)
    _check(len(names), len(rows))
    found = {name: [row.get(name) for row in rows] for name in names}
    found = {name: cells for name, cells in found.items() if all(map(_is_number, cells))}
    values = {name: np.array([_value(cell) for cell in cells]) for name, cells in found.items()}
    return Columns(values, {name: np.array([cell is None for cell in cells]) for name, cells in found.items()})


def _check(names: int, rows: int) -> None:
    if names > MOST_NAMES or names * rows > MOST_CELLS:
        raise InputError(_TOO_WIDE, _AT_MOST, f"{names:,}, {names * rows:,}")


def _is_number(cell: object) -> bool:
    if isinstance(cell, str):
        return cell.lower() in NOT_FINITE
    return cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool))


def _value(cell: Any) -> float:
    """Number in a cell; not a number where it is empty, or has more digits than any."""
    if cell is None:
        return nan
    try:
        return NOT_FINITE[cell.lower()] if isinstance(cell, str) else float(cell)
    except OverflowError:
        return nan
