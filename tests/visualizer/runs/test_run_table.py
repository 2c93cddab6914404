import csv
from dataclasses import replace
from io import StringIO

import numpy as np
import pytest

from engine import scores
from engine.core import LANGUAGES
from tests.visualizer.trials import SPIRAL, TASKS, run, trial_of
from visualizer.runs import COLUMNS, NamedRun, final_rows, run_table

SHORT = replace(SPIRAL, epochs=3)


@pytest.mark.parametrize("name", TASKS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_holds_what_the_trial_says(name, lang):
    trial = trial_of(name)
    (row,) = final_rows([NamedRun("", trial)], lang)
    assert list(row) == list(COLUMNS)
    finite = [loss for loss in trial.loss.tolist() if np.isfinite(loss)]
    assert (row["epochs"], row["loss"]) == (trial.epochs, trial.loss[-1])
    assert (row["best"], trial.loss[row["best_epoch"]]) == (min(finite), min(finite))
    x, y = trial.held_out or trial.data
    if trial.task.classes:
        right = scores(trial.network_at(trial.epochs).predict(x), y)
        np.testing.assert_equal([row[key] for key in ("accuracy", "f1")], [right.accuracy, right.f1])
    else:
        assert row["accuracy"] is None
    assert row["held_out"] == (trial.held_out_loss[-1] if trial.held_out else None)


def test_why_a_run_ended_is_said():
    early = run(replace(SHORT, epochs=2))
    cut = type(early)((replace(early.segments[0], task=SHORT),))
    said = [final_rows([NamedRun("", trial)], "en")[0]["stopped"] for trial in (early, cut, trial_of("diverged"))]
    assert said == ["all epochs done", "not finished", "diverged"]


def test_the_file_gives_every_curve_back_exactly():
    kept = [
        NamedRun('a "b", c', trial_of("spiral")),
        NamedRun("", trial_of("table")),
        NamedRun("", trial_of("diverged"), hidden=True),
    ]
    head, *rows = csv.reader(StringIO(run_table.csv(kept)))
    assert len(head) == 5
    assert head[1:3] == ['a "b", c', 'a "b", c (validation)']
    columns = [[float(cell) for cell in column if cell] for column in zip(*rows, strict=True)]
    wanted = [kept[0].trial.loss, kept[0].trial.held_out_loss, kept[1].trial.loss, kept[2].trial.loss]
    assert columns[0] == list(range(121))
    assert columns[1:] == [curve.tolist() for curve in wanted]
