import csv
from dataclasses import fields, replace
from io import StringIO

import numpy as np
import pytest

from engine import scores
from engine.task import Task
from engine.text import LANGUAGES
from tests.visualizer.trials import SPIRAL, TASKS, run, trial_of
from visualizer import runs
from visualizer.runs import COLUMNS, FIELD_LABELS, Run, final_rows, labels, settings_words

SHORT = replace(SPIRAL, epochs=3)
OTHER = {  # another value for each field
    "data": "moons", "size": 50, "noise": 0.3, "order": 5, "rows": "1,2\n3,4", "targets": "a",
    "decimal": "comma", "images": "0123456789ab",
    "hidden": (3, 3),
    "activations": ("relu", "relu", "sigmoid"), "init": "he_normal", "seed": 7, "loss": "mse", "optimizer": "rmsprop",
    "eta": 0.25, "batch": 32, "epochs": 4, "held": 50,
    "schedule": "cosine", "span": 9, "regularizer": "l1", "strength": 0.5, "clip": "norm", "clip_at": 0.5,
    "batch_norm": True, "dropout": 0.5, "net": (1.0, 2.0), "mistakes": ("no_bias",),
}  # fmt: skip


@pytest.mark.parametrize("field", [field.name for field in fields(Task)])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_has_words_and_each_of_its_values_words_of_its_own(field, lang):
    said = [settings_words({field: value}, lang) for value in (getattr(Task(), field), OTHER[field])]
    assert FIELD_LABELS[field](lang)
    assert len(set(said)) == 2
    assert all(said)


def test_what_the_data_have_themselves_is_said_in_words_that_go_together():
    assert settings_words({"size": None, "noise": None}, "en") == "usual number of samples · usual noise"
    assert settings_words({"size": None, "noise": None}, "zh") == "默认样本数 · 默认噪声"
    assert settings_words({"size": 50, "noise": 0.5}, "zh") == "50 个样本 · 噪声 0.5"


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ([{}], ["η = 0.01 · Adam"]),
        ([{}, {"eta": 0.1}], ["η = 0.01", "η = 0.1"]),
        ([{}, {"eta": 0.1, "optimizer": "momentum"}], ["η = 0.01 · Adam", "η = 0.1 · momentum"]),
        ([{"seed": 3}, {"seed": 4, "epochs": 5}], ["seed 3", "seed 4"]),
        ([{}, {"epochs": 5}], ["3 epochs", "5 epochs"]),
        ([{}, {}, {}], ["η = 0.01 · Adam", "η = 0.01 · Adam (2)", "η = 0.01 · Adam (3)"]),
        ([{"batch": 0}, {"batch": 32}], ["full batch", "batches of 32"]),
    ],
)
def test_a_run_is_called_by_what_differs(changes, names):
    kept = [Run("", run(replace(SHORT, **change))) for change in changes]
    assert labels(kept, "en") == names


def test_the_readers_name_stays_and_the_others_are_still_told_apart():
    kept = [Run("mine", run(SHORT)), Run("", run(replace(SHORT, seed=9)))]
    assert labels(kept, "en") == ["mine", "seed 9"]


def test_runs_that_began_alike_are_told_apart_by_what_was_changed():
    kept = [Run("", trial_of("spiral")), Run("", trial_of("changed"))]
    assert labels(kept, "en") == ["η = 0.01 · Adam", "η = 0.01 · Adam, from epoch 50: η = 0.1"]


@pytest.mark.parametrize("name", TASKS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_holds_what_the_trial_says(name, lang):
    trial = trial_of(name)
    (row,) = final_rows([Run("", trial)], lang)
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
    cut = type(early)((replace(early.legs[0], task=SHORT),))
    said = [final_rows([Run("", trial)], "en")[0]["stopped"] for trial in (early, cut, trial_of("diverged"))]
    assert said == ["all epochs done", "not finished", "diverged"]


def test_the_file_gives_every_curve_back_exactly():
    kept = [Run('a "b", c', trial_of("spiral")), Run("", trial_of("table")), Run("", trial_of("diverged"), hidden=True)]
    head, *rows = csv.reader(StringIO(runs.csv(kept)))
    assert len(head) == 5
    assert head[1:3] == ['a "b", c', 'a "b", c (held out)']
    columns = [[float(cell) for cell in column if cell] for column in zip(*rows, strict=True)]
    wanted = [kept[0].trial.loss, kept[0].trial.held_out_loss, kept[1].trial.loss, kept[2].trial.loss]
    assert columns[0] == list(range(121))
    assert columns[1:] == [curve.tolist() for curve in wanted]
