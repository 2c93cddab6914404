"""Results of all runs as a table, and their curves as a CSV file."""

import csv as tables
from collections.abc import Sequence
from io import StringIO
from itertools import zip_longest
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from engine import Text, scores
from engine.studies import RunRecord
from engine.training import Scores
from visualizer.epochs import MEASURES, predicted
from visualizer.runs.runs import HELD_OUT, SETTINGS, NamedRun, labels
from visualizer.writing import in_cell

COLUMNS = {
    "name": Text("run", "训练记录"),
    "epochs": Text("epochs", "轮数"),
    "loss": Text("final loss", "最终损失"),
    "best": Text("best loss", "最小损失"),
    "best_epoch": Text("at epoch", "出现于第几轮"),
    "held_out": Text("validation loss", "验证损失"),
    **MEASURES,
    "stopped": Text("stopped because", "结束原因"),
}
_STOPPED = {
    "": Text("all epochs done", "完成全部轮数"),
    "diverged": Text("diverged", "发散"),
    "target": Text("target reached", "达到目标损失"),
    "plateau": Text("early stopping", "早停"),
}
_UNFINISHED = Text("not finished", "未完成")
# of all sessions: the scores of a run are the same whoever asks first, and each takes some milliseconds
_scored: WeakKeyDictionary[RunRecord, Scores] = WeakKeyDictionary()


def final_rows(runs: Sequence[NamedRun], lang: str) -> list[dict[str, Any]]:
    """Return the table of the results of each run, with the keys of `COLUMNS`; None where a column does not apply.

    Accuracy, precision, recall and F1 are those of the held-out samples where there are some, else of all.
    """
    return [_row(run.trial, name, lang) for run, name in zip(runs, labels(runs, lang), strict=True)]


def _row(trial: RunRecord, name: str, lang: str) -> dict[str, Any]:
    finite = np.where(np.isfinite(trial.loss), trial.loss, np.inf)
    best, held_out = int(finite.argmin()), trial.held_out_loss
    found = _scores(trial) if trial.task.classes else None
    return {
        "name": name,
        "epochs": trial.epochs,
        "loss": float(trial.loss[-1]),
        "best": float(finite[best]),
        "best_epoch": best,
        "held_out": None if held_out is None else float(held_out[-1]),
        **{key: getattr(found, key, None) for key in MEASURES},
        "stopped": _ended(trial)(lang),
    }


def _ended(trial: RunRecord) -> Text:
    unfinished = not trial.stopped and trial.epochs < trial.segments[-1].task.epochs
    return _UNFINISHED if unfinished else _STOPPED[trial.stopped]


def _scores(trial: RunRecord) -> Scores:
    if trial not in _scored:
        x, y = trial.held_out or trial.data
        _scored[trial] = scores(predicted(trial.network_at(trial.epochs), x), y)
    return _scored[trial]


def csv(runs: Sequence[NamedRun], lang: str = "en") -> str:
    """Return all curves as the text of a CSV file: the epoch, and a column for each run and each held-out curve."""
    heads, columns = [SETTINGS["epochs"].label(lang)], []
    for run, name in zip(runs, labels(runs, lang), strict=True):
        heads.append(in_cell(name))
        columns.append(run.trial.loss.tolist())
        if run.trial.held_out_loss is not None:
            heads.append(in_cell(HELD_OUT.format(name)(lang)))
            columns.append(run.trial.held_out_loss.tolist())
    written = StringIO()
    writer = tables.writer(written, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows((epoch, *row) for epoch, row in enumerate(zip_longest(*columns, fillvalue="")))
    return written.getvalue()
