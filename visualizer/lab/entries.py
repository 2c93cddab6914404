"""Entries of a workspace that are known by their colours: runs, and curves from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from engine import InputError, Text
from visualizer.outside import MOST_CURVES, OutsideCurve
from visualizer.runs import MOST_RUNS, NamedRun

_FULL = Text("too many runs", "无法保留更多训练")
_ROOM = Text("at most {}; delete some of them", "至多 {} 个，请先删除一些").format(MOST_RUNS)
_TOO_MANY = Text("too many external curves", "外部曲线太多")
_CURVES = Text("at most {}; delete some of them", "至多 {} 条，请先删除一些").format(MOST_CURVES)
Entry = TypeVar("Entry", NamedRun, OutsideCurve)


def altered(entries: Sequence[Entry], colour: int, changes: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return entries, that of a colour with other settings."""
    return tuple(replace(each, **changes) if each.colour == colour else each for each in entries)


def by_colour(each: NamedRun | OutsideCurve) -> int:
    """Colour of an entry, by which it is known and has its place."""
    return each.colour


def numbered(curves: Sequence[OutsideCurve], there: Sequence[NamedRun | OutsideCurve]) -> tuple[OutsideCurve, ...]:
    """Return curves with colours of their own: counted down from 0, beyond those that are there or were removed."""
    first = min(0, *map(by_colour, there), 0) - 1
    return tuple(replace(curve, colour=first - i) for i, curve in enumerate(curves))


def check_curves(count: int) -> None:
    """Raise `InputError` where there is no room for so many curves from outside."""
    if count > MOST_CURVES:
        raise InputError(_TOO_MANY, _CURVES, count)


def check_runs(count: int) -> None:
    """Raise `InputError` where there is no room for so many runs."""
    if count > MOST_RUNS:
        raise InputError(_FULL, _ROOM, count)
