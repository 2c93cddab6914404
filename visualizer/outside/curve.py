"""A curve from outside as a value: its lines over epochs and updates, and how a link or a file has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import InputError, Text
from engine.core import echo
from engine.data import EPOCH, UPDATE, Series
from visualizer.epochs import thinned

MOST_CURVES, MOST_KEPT, LONGEST_NAME = 20, 2_000, 80  # curves, points of each line, characters
_UNREAD = Text("external curves: cannot be read", "外部曲线：无法读取")
_ALLOWED = Text("what the page itself has written", "页面自己写出的内容")
_LONGEST_NUMBER = 26


@dataclass(frozen=True)
class Line:
    """Line of a curve from outside.

    Attributes
    ----------
    epochs, updates : tuple of float
        Where each value was measured, in rising order; empty where the log does not say it.
    values : tuple of float
        Not all of them are finite where the training diverged.
    """

    epochs: tuple[float, ...]
    updates: tuple[float, ...]
    values: tuple[float, ...]

    def along(self, axis: str) -> tuple[float, ...]:
        """Places of the values on an axis, `epoch` or `update`; empty where they are not known."""
        return self.epochs if axis == EPOCH else self.updates if axis == UPDATE else ()


@dataclass(frozen=True)
class OutsideCurve:
    """Curve from outside: the loss that another program has logged; there is no network that could be opened.

    Attributes
    ----------
    name : str
    train : Line
    held : Line or None
        The loss of held-out samples.
    colour : int
        Its place among the colours, as a run's.
    hidden : bool
    """

    name: str
    train: Line
    held: Line | None = None
    colour: int = 0
    hidden: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """Lines of the curve, that of training first."""
        return (self.train, self.held) if self.held else (self.train,)

    @property
    def axis(self) -> str:
        """Axis on which the curve is told: epochs where the log counts them one by one, else updates."""
        epochs = self.train.epochs
        return EPOCH if epochs and (not self.train.updates or len(set(epochs)) == len(epochs)) else UPDATE


def line_of(series: Series) -> tuple[Line, bool]:
    """Return a series as a line, and whether points of it were left out: of many only lowest and highest are kept."""
    values = series.values
    kept = thinned(values, MOST_KEPT)
    if len(kept) < len(values) and not np.isfinite(values).all():
        kept = np.union1d(kept, np.flatnonzero(~np.isfinite(values))[:1])  # where it diverged
    epochs, updates = (_numbers(series.places[axis][kept]) if axis in series.places else () for axis in (EPOCH, UPDATE))
    return Line(epochs, updates, _numbers(values[kept])), len(kept) < len(values)


def _numbers(values: NDArray) -> tuple[float, ...]:
    return tuple(map(float, values))


def outside_to(curve: OutsideCurve) -> dict[str, Any]:
    """Return a curve from outside as plain data, in texts that read back as the same numbers."""
    lines = {name: _written(line) for name, line in zip(("train", "held"), curve.lines, strict=False)}
    return {"name": curve.name, **lines} | ({"hidden": True} if curve.hidden else {})


def _written(line: Line) -> dict[str, str]:
    parts = {"epochs": line.epochs, "updates": line.updates, "values": line.values}
    return {name: " ".join(map(_short, values)) for name, values in parts.items() if values}


def _short(value: float) -> str:
    return repr(value).removesuffix(".0")


def outside_from(written: object) -> OutsideCurve:
    """Return the curve from outside in plain data.

    Raises
    ------
    InputError
        Where there is none.
    """
    match written:
        case {"name": str(name), "train": dict(train), **rest}:
            held = rest.get("held")
            line = _line(held) if isinstance(held, dict) else None
            return OutsideCurve(name[:LONGEST_NAME], _line(train), line, hidden=rest.get("hidden") is True)
    raise _unread(written)


def _line(written: Mapping[str, object]) -> Line:
    epochs, updates, values = (_parsed(written.get(name, "")) for name in ("epochs", "updates", "values"))
    sizes = {len(places) for places in (epochs, updates) if places}
    rising = all(list(places) == sorted(places) and all(map(isfinite, places)) for places in (epochs, updates))
    if sizes != {len(values)} or not rising:
        raise _unread(written)
    return Line(epochs, updates, values)


def _parsed(text: object) -> tuple[float, ...]:
    if not isinstance(text, str) or len(text) > MOST_KEPT * _LONGEST_NUMBER:
        raise _unread(text)
    try:
        return tuple(map(float, text.split(" "))) if text else ()
    except ValueError:
        raise _unread(text) from None


def _unread(written: object) -> InputError:
    return InputError(_UNREAD, _ALLOWED, echo(str(written)[:40]))
