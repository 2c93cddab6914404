import csv
import json
from dataclasses import replace
from io import StringIO

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine.core import LANGUAGES
from engine.settings import Task, task_from_query
from engine.studies import RunDriver, survey
from tests.visualizer.runs.test_groups import CHANGED, RUNS
from tests.visualizer.trials import trial_of
from visualizer.runs import AXES, QUANTITIES, NamedRun, runs_json, survey_csv, tidy_csv
from visualizer.runs import csv as run_csv

KEPT = [*RUNS[:2], CHANGED, NamedRun("of, mine", trial_of("spiral"), 20), NamedRun("", trial_of("diverged"), 21)]


def columns(text):
    head, *rows = csv.reader(StringIO(text))
    return head, rows


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_row_has_every_place_and_quantity_of_an_epoch(lang):
    head, rows = columns(tidy_csv(KEPT, lang))
    assert len(rows) == sum(run.trial.epochs + 1 for run in KEPT)
    assert head[1 : 1 + len(AXES)] == [axis.label(lang) for axis in AXES.values()]
    assert {quantity.label(lang) for quantity in QUANTITIES.values()} <= set(head)
    mine = [dict(zip(head, row, strict=True)) for row in rows if row[0] == "of, mine"]
    trial = trial_of("spiral")
    assert [float(row[QUANTITIES["loss"].label(lang)]) for row in mine] == trial.loss.tolist()
    held = next(name for name in head if name != "of, mine" and ("validation" in name or "验证" in name))
    assert [float(row[held]) for row in mine] == trial.held_out_loss.tolist()
    for axis in AXES.values():
        assert [float(row[axis.label(lang)]) for row in mine] == axis.places(trial).tolist()


def test_a_name_of_a_run_is_no_formula_in_a_spreadsheet():
    runs = [NamedRun("=HYPERLINK(1)", trial_of("spiral"))]
    assert {row[0] for row in columns(tidy_csv(runs))[1]} == {"'=HYPERLINK(1)"}
    assert all(name.startswith("'=") for name in columns(run_csv(runs))[0][1:])


def test_what_is_in_the_json_trains_to_the_same_curves():
    told = json.loads(runs_json(KEPT))["runs"]
    for run, entry in zip(KEPT, told, strict=True):
        first, problems = task_from_query(entry["settings"])
        assert problems == []
        changes = [(int(epoch), task_from_query(to, first)[0]) for epoch, to in entry["changes"].items()]
        driver = RunDriver(first, *changes)
        driver.advance(60)
        assert_array_equal(driver.trial.loss, run.trial.loss)
        curve, *held = entry["curves"]["loss"]
        assert_array_equal(
            np.array(curve["values"], float), np.where(np.isfinite(run.trial.loss), run.trial.loss, np.nan)
        )
        assert len(held) == (run.trial.held_out is not None)
        assert entry["ended"]


def test_a_survey_has_a_row_for_each_of_its_runs():
    *_, last = survey(replace(Task(), epochs=20), range(3), [0.2, 2.0])
    head, rows = columns(survey_csv(last.survey))
    assert head[2:] == [f"loss after epoch {epoch}" for epoch in last.survey.epochs]
    assert [(float(row[0]), int(row[1])) for row in rows] == [(rate, seed) for rate in (0.2, 2.0) for seed in range(3)]
    assert_array_equal(np.array([row[2:] for row in rows], float), last.survey.losses.reshape(6, -1))
