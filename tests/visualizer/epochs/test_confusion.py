"""Scores and confusion matrices of runs, against scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, precision_recall_fscore_support

from engine import Text, scores
from engine.core import LANGUAGES
from engine.settings import Task
from engine.studies import RunDriver
from visualizer.epochs import class_rows, confusion_figure, score_rows, scores_at
from visualizer.writing import palette

MOONS = Task("moons", 60, hidden=(4,), activations=("tanh", "sigmoid"), loss="binary_cross_entropy", eta=1.0, epochs=20)


def done(held):
    training = RunDriver(Task(**vars(MOONS) | {"held": held}))
    while training.advance(1):
        pass
    return training.trial


@pytest.mark.parametrize("epoch", [0, 20])
def test_scores_and_counts_are_those_of_the_epoch(epoch):
    trial = done(50)
    found = scores_at(trial, epoch)
    assert [name("en") for name in found] == ["training set", "validation set"]
    for (x, y), each in zip((trial.data, trial.held_out), found.values(), strict=True):
        said = (trial.network_at(epoch).predict(x) > 0.5)[:, 0]
        assert each.accuracy == pytest.approx(accuracy_score(y[:, 0], said))
        assert each.f1 == pytest.approx(f1_score(y[:, 0], said, zero_division=0))
        figure = confusion_figure(next(iter(found)), each, list("01"), "en")
        np.testing.assert_array_equal(figure.data[0].z, confusion_matrix(y[:, 0], said))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_has_a_row_for_each_set(lang):
    assert [len(row) for row in score_rows(scores_at(done(0), 20), lang)] == [5]
    assert len(score_rows(scores_at(done(20), 20), lang)) == 2


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("classes", [2, 10, 11])
def test_a_cell_stands_at_its_class_counted_from_nought_and_says_what_it_counts(classes, lang):
    truth = np.arange(3 * classes) % classes
    said = np.where(truth == 1, 0, truth)
    found = scores(np.eye(classes)[said], np.eye(classes)[truth])
    figure = confusion_figure(Text("test", "测试"), found, list(map(str, range(classes))), lang)
    (cells,) = figure.data
    name = {"en": "class {}", "zh": "类别 {}"}[lang]
    assert list(cells.x) == list(cells.y) == [name.format(k) for k in range(classes)]
    assert (cells.z[1][0], cells.z[0][0], cells.z[1][1]) == (3, 3, 0)
    assert cells.text[1][0] == {"en": "3 of class 1 predicted as 0", "zh": "3 个类别 1 预测为 0"}[lang]
    assert (cells.texttemplate is None) == (classes > 10)
    assert (figure.layout.yaxis.autorange, cells.xgap, cells.ygap) == ("reversed", 2, 2)
    assert [list(stop) for stop in cells.colorscale] == [[0, palette.ZERO], [1, palette.READ]]
    assert figure.layout.title.text == {"en": "test", "zh": "测试"}[lang]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_class_has_its_scores_by_its_name(lang):
    truth, said = np.array([0, 0, 1, 1, 2, 2, 2]), np.array([0, 1, 1, 1, 0, 2, 0])
    rows = class_rows(scores(np.eye(3)[said], np.eye(3)[truth]), ["a", "<b>", "c"], lang)
    expected = np.array(precision_recall_fscore_support(truth, said, zero_division=0)).T
    assert [next(iter(row.values())) for row in rows] == ["a", "<b>", "c"]
    np.testing.assert_allclose([[*row.values()][1:] for row in rows], expected)


def test_a_row_has_the_measures_of_its_set():
    trial = done(20)
    found = scores_at(trial, 20)
    for row, each in zip(score_rows(found, "en"), found.values(), strict=True):
        assert list(row.values())[1:] == [each.accuracy, each.precision, each.recall, each.f1]
