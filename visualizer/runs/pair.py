"""Two runs in step: the settings in which they differ at an epoch, and on which samples their networks do."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine import Text
from engine.settings import differences
from engine.studies import RunRecord
from engine.training import classes
from visualizer.epochs import looked_at, predicted
from visualizer.runs.runs import SETTINGS
from visualizer.writing import setting_words

SETTING = Text("Setting", "设置")


class Apart(NamedTuple):
    """Distance of two networks over the same samples.

    Attributes
    ----------
    largest : float or None
        The largest difference of two outputs; None where not all of these are finite.
    classed : int or None
        The number of samples that they put into different classes; None where there are none, or not all is finite.
    samples : int
    """

    largest: float | None
    classed: int | None
    samples: int


def last_epoch(trial: RunRecord, epoch: int) -> int:
    """Return an epoch, or the last one of a run that has ended before."""
    return min(epoch, trial.epochs)


def differing_rows(
    pair: tuple[RunRecord, RunRecord], names: tuple[str, str], epoch: int, lang: str
) -> list[dict[str, Any]]:
    """Return the settings in which two runs differ at an epoch, a row each, with a column for either."""
    tasks = [trial.segment_at(last_epoch(trial, epoch)).task for trial in pair]
    differ, (first, second) = differences(tasks), names
    columns = (first, second if second != first else f"{second} (2)")  # a reader may give two runs one name
    return [
        {SETTING(lang): field.label(lang)}
        | {name: setting_words(field, getattr(task, key), lang) for name, task in zip(columns, tasks, strict=True)}
        for key, field in SETTINGS.items()
        if key in differ
    ]


def apart(pair: tuple[RunRecord, RunRecord], epoch: int) -> Apart | None:
    """Return the distance of two runs' networks at an epoch; None where they are about other samples."""
    seen = [trial.as_at(last_epoch(trial, epoch)) for trial in pair]
    (x, y), (other, wanted) = (looked_at(trial.data) for trial in seen)
    if not (np.array_equal(x, other) and np.array_equal(y, wanted)):
        return None
    outputs = [predicted(trial.network_at(last_epoch(trial, epoch)), x) for trial in pair]
    if not all(np.isfinite(each).all() for each in outputs):
        return Apart(None, None, len(x))
    is_classed = all(trial.task.classes for trial in pair)
    return Apart(float(np.abs(outputs[0] - outputs[1]).max()), _classed(outputs) if is_classed else None, len(x))


def _classed(outputs: list[NDArray]) -> int:
    first, second = map(classes, outputs)
    return int((first != second).sum())
