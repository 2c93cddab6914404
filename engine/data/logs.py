"""Logs of trainings by other programs: tables, event files and lists of numbers, as series over epochs or updates.

Keras's `CSVLogger`, the loggers of Lightning, and the exports of TensorBoard and Weights & Biases are tables with a
column that counts, and a column for each thing that was measured, with gaps where it was not. In JSON they are objects,
as of Hugging Face's `Trainer`, or lists by name, as of Keras.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite, nan

import numpy as np
from numpy.typing import NDArray

from engine.core import ONE_SIGN, InputError, Text, parse_number, readings, signs_of, with_sign
from engine.data.json_logs import NOT_FINITE, read_json
from engine.data.sheets import GAPS, Sheet, read_sheet
from engine.untrusted import Scalar, as_text, is_event_file, printed_arrays, read_events

MOST_LOGGED, MOST_LOG_BYTES = 100_000, 5_000_000  # points of a log, and its length
EPOCH, UPDATE = "epoch", "update"  # what a place in a log counts
_COUNTING = {
    EPOCH: re.compile(r"(trainer/)?epochs?|轮次?", re.IGNORECASE),
    UPDATE: re.compile(
        r"_?(trainer/|train/)?(global[_ ]?)?(step|iteration|iter|update|batch)s?|步数?|更新次数", re.IGNORECASE
    ),
}
_CLOCK = re.compile(r"_?(wall|relative|time|timestamp|runtime|elapsed|seconds|date|时间).*", re.IGNORECASE)
_SPREAD = re.compile(r".*__(MIN|MAX)")  # the range within a point of Weights & Biases
_OF_EPOCHS = re.compile(r"(.*/)?epoch_.*")  # tags of Keras
_PLAIN = re.compile(r"(?:[-+]?\d{1,17}(?:\.\d{1,25})?(?:[eE][-+]?\d{1,2})?)?")
_JSON = re.compile(r"\s*(\{|\[\s*[\[{])")
_ARRAY = re.compile(r"\[\s*[-+\d.n]")
_NUMBER = r"[ \t]*[-+−]?\d{1,9},\d{1,18}[ \t\r]*"
_COMMAS = re.compile(rf"(?P<name>\"?[^\W\d][^\n,;\t]*\n+)?(?:{_NUMBER}\n+)+")
_NO_CURVE = Text("no curve found here", "其中没有曲线")
_LOG = Text(
    "at least two numbers in a column or a list, a table or JSON with named curves, or a TensorBoard event file",
    "至少两个数，成一列或一串；各曲线有名称的表格或 JSON，或 TensorBoard 的事件文件",
)
_TOO_LONG = Text("this log is too long", "这份日志太长")
_CAP = Text("at most {:,} rows and {:,} characters", "至多 {:,} 行、{:,} 个字符").format(MOST_LOGGED, MOST_LOG_BYTES)
_MANY, _MOST = Text("this log holds too many curves", "这份日志中的曲线太多"), Text("at most {:,}", "至多 {:,} 条")
_MOST_SERIES = 1_000
_UNWRITTEN = {"nan"}


@dataclass(frozen=True, eq=False)
class Series:
    """Series of a log: what was measured again and again under one name.

    Attributes
    ----------
    name : str
    places : dict of ndarray
        By "epoch" and "update", as far as the log says them, where each value was measured.
    values : ndarray
        Not all of them are finite where the training diverged.
    """

    name: str
    places: dict[str, NDArray]
    values: NDArray


@dataclass(frozen=True, eq=False)
class Log:
    """Log of a training: its series, and remarks on how it was read."""

    series: tuple[Series, ...]
    said: tuple[Text, ...] = ()


def read_log(data: bytes, name: str = "") -> Log:
    r"""Return the series in a log.

    Numbers without a column that counts are those after epoch 1, 2, …

    Parameters
    ----------
    data : bytes
        A table as text or as an Excel workbook, JSON, a list or a column of numbers, an event file.
    name : str, optional
        The name of the file.

    Raises
    ------
    InputError
        Where there is no curve in it, or too much.

    Examples
    --------
    >>> (loss, held) = read_log(b"epoch,loss,val_loss\n0,0.5,0.6\n1,0.4,\n2,0.3,0.5\n").series
    >>> held.name, held.places["epoch"].tolist(), held.values.tolist()
    ('val_loss', [0.0, 2.0], [0.6, 0.5])
    """
    if is_event_file(data):
        return _checked(Log(tuple(_of_events(read_events(data)))), data)
    if len(data) > MOST_LOG_BYTES or data.count(b"\n") > MOST_LOGGED:
        raise InputError(_TOO_LONG, _CAP, f"{len(data):,} B")
    text = as_text(data)
    columns = read_json(text) if text is not None and _JSON.match(text) else None
    if columns:
        return _checked(Log(tuple(_of_columns(columns.values, columns.gaps)), columns.said), data)
    if text is not None and _ARRAY.search(text):
        return _checked(Log(tuple(_of_arrays(text))), data)
    if text is not None and _has_decimal_commas(text):
        data = re.sub(rf"^{_NUMBER}$", lambda cell: f'"{cell[0].strip()}"', text, flags=re.MULTILINE).encode()
    sheet = read_sheet(data, name, GAPS - _UNWRITTEN, MOST_LOGGED)
    return _checked(Log(tuple(_of_sheet(sheet)), sheet.said), data)


def _checked(log: Log, data: bytes) -> Log:
    if not any(len(series.values) > 1 for series in log.series):
        raise InputError(_NO_CURVE, _LOG, (as_text(data[:400]) or f"{len(data):,} B").strip())
    if len(log.series) > _MOST_SERIES:
        raise InputError(_MANY, _MOST.format(_MOST_SERIES), f"{len(log.series):,}")
    return log


def _has_decimal_commas(text: str) -> bool:
    """Whether lines such as 0,35 have a number each: as pairs, two names stand above them, or the first ones count."""
    lines = text.strip() + "\n"
    found = _COMMAS.fullmatch(lines)
    if not found or found["name"]:
        return bool(found)
    firsts = [parse_number(line.split(",")[0]) for line in lines.split("\n") if line.strip()]
    return any(after <= before for before, after in pairwise(firsts))


def _of_events(scalars: Sequence[Scalar]) -> Iterator[Series]:
    """Yield the series of each tag; of a step that was written twice the later value counts, as after a restart."""
    tags: dict[str, dict[int, float]] = {}
    for scalar in scalars:
        tags.setdefault(scalar.tag, {})[scalar.step] = scalar.value
    for tag, values in tags.items():
        steps = sorted(values)
        counts = EPOCH if _OF_EPOCHS.fullmatch(tag) else UPDATE
        yield Series(tag, {counts: np.array(steps, float)}, np.array([values[step] for step in steps]))


def _of_arrays(text: str) -> Iterator[Series]:
    """Yield the lists of numbers that a program has printed, such as the `history` of Keras."""
    for place, each in enumerate(printed_arrays(text), 1):
        if each.flat:
            values = np.array([_value(cell, None) for cell in each.rows[0]], float)
            yield _counted(each.name or str(place), values)


def _counted(name: str, values: NDArray) -> Series:
    return Series(name, {EPOCH: np.arange(1.0, len(values) + 1)}, values)


def _of_sheet(sheet: Sheet) -> Iterator[Series]:
    rows = list(enumerate(map(list, zip(*sheet.cells, strict=True)), 1))
    if len(rows) == 1 and all(map(readings, rows[0][1])):
        yield _counted("1", np.array([_value(cell, None) for cell in rows[0][1]]))
        return
    signs, _ = signs_of(rows, sheet.names, sheet.delimiter, None)
    columns = {
        name: np.array([_value(cell, sign) for cell in cells])
        for name, cells, sign in zip(sheet.names, sheet.cells, signs, strict=True)
        if all(_PLAIN.fullmatch(cell) or cell.lower() in NOT_FINITE or readings(cell) for cell in cells)
    }
    gaps = {name: np.array([not cell for cell in cells]) for name, cells in zip(sheet.names, sheet.cells, strict=True)}
    yield from _of_columns(columns, gaps)


def _of_columns(columns: dict[str, NDArray], gaps: dict[str, NDArray]) -> Iterator[Series]:
    """Yield the series of columns, each over those that count."""
    counting = _counting(columns)
    for name, values in columns.items():
        if name in counting.values() or _CLOCK.fullmatch(name) or _SPREAD.fullmatch(name):
            continue
        there = ~gaps[name] & (np.isfinite(values) | (np.arange(len(values)) > _last_finite(values)))
        for column in counting.values():
            there &= np.isfinite(columns[column])
        if there.any():
            places = {axis: columns[column][there] for axis, column in counting.items()}
            yield _ordered(Series(name, places, values[there])) if places else _counted(name, values[there])


def _counting(columns: dict[str, NDArray]) -> dict[str, str]:
    """Columns that count epochs and updates, by their names; else a first one of rising whole numbers."""
    found = {
        axis: next((name for name in columns if called.fullmatch(name.strip())), "")
        for axis, called in _COUNTING.items()
    }
    found = {axis: name for axis, name in found.items() if name}
    first = next(iter(columns), "")
    if not found and len(columns) > 1 and _rises(columns[first]):
        return {EPOCH: first}
    return found


def _rises(values: NDArray) -> bool:
    return len(values) > 1 and bool(np.array_equal(values, np.round(values)) and (np.diff(values) > 0).all())


def _last_finite(values: NDArray) -> int:
    """Place of the last finite value: what is not finite behind it has diverged, before it was only not written."""
    finite = np.flatnonzero(np.isfinite(values))
    return int(finite[-1]) if len(finite) else -1


def _ordered(series: Series) -> Series:
    """Series in the order of its places."""
    order = np.argsort(next(reversed(series.places.values())), kind="stable")
    return Series(series.name, {axis: at[order] for axis, at in series.places.items()}, series.values[order])


def _value(cell: str, sign: str | None) -> float:
    """Number in a cell, by the decimal sign of its column; not a number where it is empty."""
    if not cell or cell.lower() in NOT_FINITE:
        return NOT_FINITE.get(cell.lower(), nan)
    if _PLAIN.fullmatch(cell) and not (sign and ONE_SIGN.fullmatch(cell)):
        return float(cell)  # far quicker than all that people type
    found = readings(cell) or {"": parse_number(cell)}  # beyond all floats, or longer than any: an error says so
    value = with_sign(cell, sign) if sign and len(found) > 1 else next(iter(found.values()))
    return value if isfinite(value) else nan
