"""Files of runs: every curve over every axis as a tidy CSV or as JSON, and a survey as CSV."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from math import isfinite
from typing import Any

from engine import Text
from engine.settings import task_to_query, task_to_whole_query
from engine.studies import RunRecord, Survey
from visualizer.runs.endings import ending
from visualizer.runs.quantities import AXES, QUANTITIES
from visualizer.runs.runs import HELD_OUT, NamedRun, labels
from visualizer.writing import in_cell

_FORMAT, _VERSION = "backprop-stage-curves", 1
_RUN, _RATE, _SEED = Text("run", "训练记录"), Text("learning rate", "学习率"), Text("seed", "种子")
_AFTER = Text("loss after epoch {}", "第 {} 轮后的损失")


def tidy_csv(runs: Sequence[NamedRun], lang: str = "en") -> str:
    """Return a row for each run and epoch: its place on every axis, and every quantity, empty where it is not known."""
    heads = [_RUN(lang), *(axis.label(lang) for axis in AXES.values())]
    for quantity in QUANTITIES.values():
        heads += [quantity.label(lang), HELD_OUT.format(quantity.label)(lang)]
    rows = [
        [in_cell(name), *row] for run, name in zip(runs, labels(runs, lang), strict=True) for row in _rows(run.trial)
    ]
    kept = [k for k in range(len(heads)) if k <= len(AXES) or any(row[k] != "" for row in rows)]
    return _written([heads[k] for k in kept], ([row[k] for k in kept] for row in rows))


def _rows(trial: RunRecord) -> Iterator[list[Any]]:
    columns = [axis.places(trial).tolist() for axis in AXES.values()]
    for quantity in QUANTITIES.values():
        curves = quantity.curves(trial)
        for k in range(2):
            values = dict(zip(*(part.tolist() for part in curves[k]), strict=True)) if k < len(curves) else {}
            columns.append([values.get(epoch, "") for epoch in range(trial.epochs + 1)])
    return map(list, zip(*columns, strict=True))


def runs_json(runs: Sequence[NamedRun], lang: str = "en") -> str:
    """Return runs as JSON: names, settings with their changes midway, why each ended, and every curve; null for NaN."""
    told = [_run(run, name, lang) for run, name in zip(runs, labels(runs, lang), strict=True)]
    held = {"format": _FORMAT, "version": _VERSION, "runs": told}
    return json.dumps(held, ensure_ascii=False, allow_nan=False, indent=1)


def _run(run: NamedRun, name: str, lang: str) -> dict[str, Any]:
    trial = run.trial
    first, *others = trial.segments
    before = [first, *others]
    changes = {
        segment.history.start: task_to_query(segment.task, last.task)
        for last, segment in zip(before, others, strict=False)
    }
    return {
        "name": name,
        "settings": task_to_whole_query(first.task),
        "changes": changes,
        "epochs": trial.epochs,
        "stopped": trial.stopped,
        "ended": ending(trial, lang),
        "axes": {axis: each.places(trial).tolist() for axis, each in AXES.items()},
        "curves": {quantity: _curves(trial, quantity) for quantity in QUANTITIES},
    }


def _curves(trial: RunRecord, quantity: str) -> list[dict[str, Any]]:
    return [
        {"validation": bool(k), "epochs": epochs.tolist(), "values": [_finite(value) for value in values.tolist()]}
        for k, (epochs, values) in enumerate(QUANTITIES[quantity].curves(trial))
    ]


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None


def survey_csv(survey: Survey, lang: str = "en") -> str:
    """Return a row for each run of a survey: its rate, its seed, and its loss after each epoch that is kept."""
    heads = [_RATE(lang), _SEED(lang), *(_AFTER.format(epoch)(lang) for epoch in survey.epochs.tolist())]
    rows = (
        [rate, seed, *losses.tolist()]
        for rate, of_rate in zip(survey.rates, survey.losses, strict=True)
        for seed, losses in zip(survey.seeds, of_rate, strict=True)
    )
    return _written(heads, rows)


def _written(heads: list[str], rows: Iterable[Sequence[Any]]) -> str:
    written = StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return written.getvalue()
