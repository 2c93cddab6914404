"""Named runs in a list: their labels, made of the settings in which they differ.

`SETTINGS` has the rows of a task's settings in the order in which a name says them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine import Text
from engine.settings import OF_TRAINING, Task, differences
from engine.studies import LENGTH, RunRecord
from visualizer.writing import setting_words

MOST_RUNS = 50  # in a list
_UNNAMED = ("eta", "optimizer")  # what a run is called where nothing tells it from the others
_FROM = Text("from epoch {}: {}", "第 {} 轮起 {}")
HELD_OUT = Text("{} (validation)", "{}（验证）")


_FIRST = ("eta", "optimizer", "schedule", "batch")  # of the settings that a name says
_LAST = (
    "data",
    "size",
    "noise",
    "order",
    "rows",
    "targets",
    "decimal",
    "prepared",
    "left_out",
    "scaled",
    "images",
    "held",
    "epochs",
    "span",
)


def _place(name: str) -> int:
    """Place of a setting in the name of a run; those without one of their own stand in the middle, as in the table."""
    if name in _FIRST:
        return _FIRST.index(name) - len(_FIRST)
    return _LAST.index(name) + 1 if name in _LAST else 0


@dataclass(frozen=True)
class NamedRun:
    """Named run in a list.

    Attributes
    ----------
    name : str
        The reader's name; empty where the run is named by its settings.
    trial : RunRecord
    colour : int
        Its place among `palette.SERIES`; beyond the last they begin again, with other dashes.
    hidden : bool
        Whether its curves are left out.
    pinned : bool
        Whether it stays where others make room for an experiment; its curve is drawn above the others.
    """

    name: str
    trial: RunRecord
    colour: int = 0
    hidden: bool = False
    pinned: bool = False


SETTINGS = {name: OF_TRAINING[name] for name in sorted(OF_TRAINING, key=_place)}
FIELD_LABELS = {name: field.label for name, field in SETTINGS.items()}


def settings_words(values: Mapping[str, Any], lang: str) -> str:
    """Return settings, by the names of a task's fields, in words: `η = 0.1 · Adam`."""
    return " · ".join(setting_words(field, values[name], lang) for name, field in SETTINGS.items() if name in values)


def labels(runs: Sequence[NamedRun], lang: str) -> list[str]:
    """Return the labels of runs: the reader's names, or the settings that differ, in words.

    What was changed on the way of a run is part of its name; runs that would be called alike get a number.
    """
    names = _telling([run.trial.task for run in runs])
    called = [run.name or _begun(run.trial.task, names, lang) + _changed(run.trial, lang) for run in runs]
    return [
        name if run.name or name not in called[:i] else f"{name} ({called[: i + 1].count(name)})"
        for i, (run, name) in enumerate(zip(runs, called, strict=True))
    ]


def tasks_labels(tasks: Sequence[Task], lang: str) -> list[str]:
    """Return the labels that runs of tasks will have, by the settings that differ."""
    names = _telling(tasks)
    return [_begun(task, names, lang) for task in tasks]


def _telling(tasks: Sequence[Task]) -> tuple[str, ...]:
    """Return the settings that runs are named by; their length only where nothing else differs."""
    names = differences(tasks)
    return tuple(name for name in names if name not in LENGTH) or names or _UNNAMED


def _begun(task: Task, names: Sequence[str], lang: str) -> str:
    return settings_words({name: getattr(task, name) for name in names}, lang)


def _changed(trial: RunRecord, lang: str) -> str:
    told = [_FROM.format(epoch, settings_words(to, lang))(lang) for epoch, to in trial.changes.items() if to]
    return "".join(f", {words}" for words in told)


def change_words(epoch: int, changed: Mapping[str, Any], lang: str) -> str:
    """Return a change of settings after an epoch in words."""
    return _FROM.format(epoch, settings_words(changed, lang))(lang)
