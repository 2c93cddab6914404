"""Groups of runs by a setting: their values in words, their colours, and the mean of their curves with a band."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine import Text
from engine.settings import differences
from visualizer.runs.runs import SETTINGS, NamedRun, settings_words
from visualizer.writing import palette

_MOST_PLACES = 400  # of a mean
_NAMED = Text("{} ({} runs)", "{}（{} 次训练）")
_ALONE = Text("{} (1 run)", "{}（1 次训练）")
_THEN = " → "
Values = tuple[Any, ...]


class Group(NamedTuple):
    """Group of runs that have a setting in common."""

    values: Values
    runs: tuple[NamedRun, ...]
    colour: str


class Band(NamedTuple):
    """Mean of several curves along the axis, the standard deviation, and the number of runs at each place."""

    x: NDArray
    mean: NDArray
    deviation: NDArray
    number: NDArray


def differing(runs: Sequence[NamedRun]) -> tuple[str, ...]:
    """Return the settings by which runs can be told apart, in the order in which names say them."""
    names = set(differences([segment.task for run in runs for segment in run.trial.segments]))
    return tuple(name for name in SETTINGS if name in names)


def values_of(run: NamedRun, setting: str) -> Values:
    """Return the values that a setting has had in a run, one after the other."""
    values = [getattr(segment.task, setting) for segment in run.trial.segments]
    return tuple(value for i, value in enumerate(values) if not i or value != values[i - 1])


def group_name(group: Group, setting: str, lang: str) -> str:
    """Return a group's values in words, and how many runs it has."""
    words = _THEN.join(settings_words({setting: value}, lang) for value in group.values)
    return (_ALONE if len(group.runs) == 1 else _NAMED).format(words, len(group.runs))(lang)


def groups(runs: Sequence[NamedRun], setting: str) -> list[Group]:
    """Return runs gathered by a setting; numbers rise, and have colours in an order."""
    found: dict[Values, list[NamedRun]] = {}
    for run in runs:
        found.setdefault(values_of(run, setting), []).append(run)
    numbers = all(_is_number(value) for values in found for value in values)
    keys = sorted(found) if numbers else list(found)
    series = [palette.SERIES[i % len(palette.SERIES)] for i in range(len(keys))]
    shades = palette.ordered(len(keys)) if numbers else series
    return [Group(key, tuple(found[key]), shade) for key, shade in zip(keys, shades, strict=True)]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def colours(runs: Sequence[NamedRun], setting: str = "") -> list[str]:
    """Return the colour of each run: its own one, or that of its value of a setting."""
    if setting:
        of = {group.values: group.colour for group in groups(runs, setting)}
        return [of[values_of(run, setting)] for run in runs]
    return [palette.SERIES[run.colour % len(palette.SERIES)] for run in runs]


def band(curves: Iterable[tuple[NDArray, NDArray]], whole: bool) -> Band:
    """Return the mean of curves, at each place over those that reach it; what is not finite does not count."""
    finite = [(x[np.isfinite(y)], y[np.isfinite(y)]) for x, y in curves]
    finite = [(x, y) for x, y in finite if len(x)]
    if not finite:
        return Band(*np.zeros((4, 0)))
    places = np.linspace(min(x[0] for x, _ in finite), max(x[-1] for x, _ in finite), _MOST_PLACES)
    places = np.unique(places.round()) if whole else np.unique(places)
    rows = np.array([np.interp(places, x, y, left=np.nan, right=np.nan) for x, y in finite])
    count = np.isfinite(rows).sum(axis=0)
    kept = count > 0
    rows, count = rows[:, kept], count[kept]
    mean = np.nansum(rows, axis=0) / count
    squares = np.nansum((rows - mean) ** 2, axis=0)
    return Band(places[kept], mean, np.sqrt(squares / np.maximum(1, count - 1)), count)
