from dataclasses import replace

import pytest

from engine.core import LANGUAGES
from engine.options import setting_names
from engine.settings import Task
from tests.visualizer.trials import SPIRAL, run, trial_of
from visualizer.runs import FIELD_LABELS, NamedRun, labels, settings_words

SHORT = replace(SPIRAL, epochs=3)
OTHER = {
    "target_loss": 0.1,
    "patience": 20,
    "min_improvement": 0.05,  # another value for each field
    "data": "moons", "size": 50, "noise": 0.3, "order": 5, "rows": "1,2\n3,4", "targets": "a",
    "decimal": "comma", "prepared": True, "left_out": "b", "scaled": True,
    "images": "0123456789ab",
    "hidden": (3, 3),
    "activations": ("relu", "relu", "sigmoid"), "init": "he_normal", "seed": 7, "loss": "mse", "optimizer": "rmsprop",
    "eta": 0.25, "batch": 32, "epochs": 4, "held": 50,
    "schedule": "cosine", "span": 9, "regularizer": "l1", "strength": 0.5, "clip": "norm", "clip_at": 0.5,
    "batch_norm": True, "dropout": 0.5, "net": (1.0, 2.0), "mistakes": ("no_bias",),
}  # fmt: skip


@pytest.mark.parametrize("field", [name for name in setting_names(Task) if name != "training"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_has_words_and_each_of_its_values_words_of_its_own(field, lang):
    said = [settings_words({field: value}, lang) for value in (getattr(Task(), field), OTHER[field])]
    assert FIELD_LABELS[field](lang)
    assert len(set(said)) == 2
    assert all(said)


def test_what_the_data_have_themselves_is_said_in_words_that_go_together():
    assert settings_words({"size": None, "noise": None}, "en") == "default number of samples · default noise"
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
    kept = [NamedRun("", run(replace(SHORT, **change))) for change in changes]
    assert labels(kept, "en") == names


def test_the_readers_name_stays_and_the_others_are_still_told_apart():
    kept = [NamedRun("mine", run(SHORT)), NamedRun("", run(replace(SHORT, seed=9)))]
    assert labels(kept, "en") == ["mine", "seed 9"]


def test_runs_that_began_alike_are_told_apart_by_what_was_changed():
    kept = [NamedRun("", trial_of("spiral")), NamedRun("", trial_of("changed"))]
    assert labels(kept, "en") == ["η = 0.01 · Adam", "η = 0.01 · Adam, from epoch 50: η = 0.1"]
