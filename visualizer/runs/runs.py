"""Named runs in a list: their labels, made of the settings in which they differ.

`SETTINGS` has the rows of a task's settings in the order in which a name says them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine import Network, Text
from engine.catalogue import REGULARIZERS
from engine.settings import OF_TRAINING, Task, differences
from engine.studies import LENGTH, RunRecord
from visualizer.writing import setting_words

_UNNAMED = ("eta", "optimizer")  # what a run is called where nothing tells it from the others
_FROM = Text("from epoch {}: {}", "第 {} 轮起 {}")
HELD_OUT = Text("{} (validation)", "{}（验证）")


_FIRST = ("eta", "optimizer", "schedule", "batch")  # of the settings that a name says
_LAST = ("data", "size", "noise", "order", "rows", "targets", "decimal", "images", "held", "epochs", "span")


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
    """

    name: str
    trial: RunRecord
    colour: int = 0
    hidden: bool = False


SETTINGS = {name: OF_TRAINING[name] for name in sorted(OF_TRAINING, key=_place)}
FIELD_LABELS = {name: field.label for name, field in SETTINGS.items()}


class Quantity(NamedTuple):
    """Quantity that is drawn as a curve.

    Attributes
    ----------
    label : Text
    curves : callable
        curves(trial): the epochs and the values of each curve; the first is of the training set.
    """

    label: Text
    curves: Callable[[RunRecord], list[tuple[NDArray, NDArray]]]


def _losses(trial: RunRecord) -> list[tuple[NDArray, NDArray]]:
    held_out = trial.held_out_loss
    return [(np.arange(len(c)), c) for c in ([trial.loss] if held_out is None else [trial.loss, held_out])]


def _rates(trial: RunRecord) -> list[tuple[NDArray, NDArray]]:
    """Return the learning rate of each epoch, from 1; of a run before its first one that to come."""
    epochs = np.arange(1, max(1, trial.epochs) + 1)
    return [(epochs, np.array([trial.leg_at(int(epoch) - 1).task.rate(int(epoch)) for epoch in epochs]))]


def _penalties(trial: RunRecord) -> list[tuple[NDArray, NDArray]]:
    """Return λ Ω at the epochs whose networks are kept, so that none is computed again."""
    epochs = np.array(trial.kept)
    values = [_penalty(trial.leg_at(int(epoch)).task, trial.network_at(int(epoch))) for epoch in epochs]
    return [(epochs, np.array(values))]


def _penalty(task: Task, network: Network) -> float:
    of_weights = REGULARIZERS[task.regularizer].value
    return task.strength * float(sum(of_weights(layer.W).sum() for layer in network.layers))


def _costs(trial: RunRecord) -> list[tuple[NDArray, NDArray]]:
    ((epochs, penalties),) = _penalties(trial)
    return [(epochs, trial.loss[epochs] + penalties)]


QUANTITIES = {
    "loss": Quantity(Text("loss C", "损失 C"), _losses),
    "rate": Quantity(Text("learning rate η", "学习率 η"), _rates),
    "penalty": Quantity(Text("penalty λΩ", "惩罚 λΩ"), _penalties),
    "cost": Quantity(Text("whole cost J = C + λΩ", "总代价 J = C + λΩ"), _costs),
}
AXES = {"epoch": Text("epoch", "轮"), "update": Text("update", "更新次数")}


def places(trial: RunRecord, axis: str) -> NDArray:
    """Return the place of each epoch of a run along an axis, from epoch 0."""
    if axis == "epoch":
        return np.arange(trial.epochs + 1)
    samples = len(trial.data[0])
    of_each = [-(-samples // (trial.leg_at(k).task.batch or samples)) for k in range(trial.epochs)]
    return np.concatenate(([0], np.cumsum(of_each, dtype=int)))


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
