from dataclasses import replace

import numpy as np
import pytest

from engine.core import LANGUAGES
from engine.settings import Task
from engine.studies import survey
from tests.visualizer.runs.test_groups import CHANGED, RUNS
from visualizer.surveys import importance_rows, importances_of, parallel_figure, survey_table, sweep_table
from visualizer.surveys.sweep_figures import Changed, SweepTable


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_line_goes_through_the_settings_of_each_run_to_its_loss(lang):
    (lines,) = parallel_figure(sweep_table(RUNS), lang).data
    *settings, loss = lines.dimensions
    assert len(settings) == 3
    np.testing.assert_allclose(10 ** np.array(loss["values"]), [run.trial.loss[-1] for run in RUNS])
    eta, optimizer, seed = settings
    told = dict(zip(eta.tickvals, eta.ticktext, strict=True))
    assert [told[value] for value in eta["values"]] == ["2", "2", "0.1", "0.1", "0.5", "0.5"]
    assert list(seed["values"]) == [1, 2] * 3
    assert len(set(optimizer.ticktext)) == 2


def test_a_setting_that_was_changed_midway_is_told_with_all_its_values():
    table = sweep_table([*RUNS, CHANGED])
    assert table.values["eta"][-1] == Changed((0.1, 0.5))
    (lines,) = parallel_figure(table, "en").data
    assert "0.1 → 0.5" in lines.dimensions[0].ticktext


def test_rates_over_decades_stand_by_their_logarithm_and_diverged_runs_have_a_place():
    table = SweepTable({"eta": [0.001, 0.1, 10.0]}, [0.5, 0.1, np.nan])
    eta, loss = parallel_figure(table, "en").data[0].dimensions
    np.testing.assert_allclose(eta["values"], [-3, -1, 1])
    assert loss.ticktext[-1] == "diverged"
    assert loss["values"][2] == loss.tickvals[-1] == max(loss.tickvals)


def test_no_tick_lies_upon_another():
    table = SweepTable({"eta": [0.001, 0.00101, 0.1, 0.101, 10.0], "batch": [0, 4, 4, 0, 8]}, [0.5, 0.1, 0.2, 0.3, 0.4])
    eta, batch, _ = parallel_figure(table, "en").data[0].dimensions
    assert list(eta.ticktext) == ["0.001", "0.1", "10"]
    assert list(batch.ticktext) == ["full batch", "batches of 4", "batches of 8"]


def test_the_table_of_a_survey_has_each_of_its_runs():
    *_, last = survey(replace(Task(), epochs=20), range(4), [0.2, 2.0])
    table = survey_table(last.survey)
    for eta, seed, loss in zip(table.values["eta"], table.values["seed"], table.losses, strict=True):
        assert loss == last.survey.final[last.survey.rates.index(eta), seed]
    found = importances_of(table)
    rows = importance_rows(found, "zh")
    assert {row["setting"] for row in rows} == {"学习率 η", "权重种子"}
    assert all(0 <= row["share"] <= 1 for row in rows)
