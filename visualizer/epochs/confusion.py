"""Classification scores of a run at one epoch, and its confusion matrix."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from numpy.typing import NDArray

from engine import Text, scores
from engine.studies import RunRecord
from engine.training import Scores
from visualizer.epochs.prediction_figures import predicted
from visualizer.writing import CLEAR, in_figure, palette

MEASURES = {
    "accuracy": Text("accuracy", "准确率"),
    "precision": Text("precision", "精确率"),
    "recall": Text("recall", "召回率"),
    "f1": Text("F1", "F1"),
}
_TRAINED, VALIDATION = Text("training set", "训练集"), Text("validation set", "验证集")
_TEST = Text("test set", "测试集")
_SET = Text("samples", "样本")
_TAKEN, _IS = Text("predicted", "预测类别"), Text("true", "真实类别")
_CLASS, _HOVER = Text("class {}", "类别 {}"), Text("{} of class {} predicted as {}", "{} 个类别 {} 预测为 {}")
_HEIGHT, _MOST_WRITTEN = 300, 10


def scores_at(trial: RunRecord, epoch: int) -> dict[Text, Scores]:
    """Return the scores of an epoch's network, on each of its sets."""
    network = trial.network_at(epoch)
    return {name: scores(predicted(network, x), y) for name, (x, y) in sets_of(trial).items()}


def sets_of(trial: RunRecord) -> dict[Text, tuple[NDArray, NDArray]]:
    """Return the training rows, the held-out ones, and those of a test set, as far as there are any."""
    sets = {_TRAINED: trial.data, VALIDATION: trial.held_out, _TEST: trial.task.test_set}
    return {name: rows for name, rows in sets.items() if rows is not None}


def score_rows(found: dict[Text, Scores], lang: str) -> list[dict[str, Any]]:
    """Return the scores as rows of a table, with its column names in a language."""
    return [
        {_SET(lang): name(lang)} | {words(lang): getattr(each, measure) for measure, words in MEASURES.items()}
        for name, each in found.items()
    ]


def class_rows(found: Scores, classes: Sequence[str], lang: str) -> list[dict[str, Any]]:
    """Return the scores of each class as rows of a table, with its column names in a language."""
    measures = [words(lang) for name, words in MEASURES.items() if name != "accuracy"]
    counts = found.confusion.sum(axis=1).tolist()
    return [
        {_IS(lang): name} | dict(zip(measures, row, strict=True)) | {_SET(lang): count}
        for name, row, count in zip(classes, found.by_class.tolist(), counts, strict=True)
    ]


def confusion_figure(name: Text, found: Scores, classes: Sequence[str], lang: str) -> go.Figure:
    """Return the confusion matrix: samples of each class, a row, by the class they were taken for, a column."""
    counts, told = found.confusion, list(map(in_figure, classes))
    names = [_CLASS.format(one)(lang) for one in told]
    words = [
        [_HOVER.format(n, told[i], told[j])(lang) for j, n in enumerate(row)] for i, row in enumerate(counts.tolist())
    ]
    cells = {"type": "heatmap", "z": counts.tolist(), "x": names, "y": names, "text": words, "hoverinfo": "text"}
    cells |= {"colorscale": [[0, palette.ZERO], [1, palette.READ]], "showscale": False, "xgap": 2, "ygap": 2}
    if len(counts) <= _MOST_WRITTEN:
        cells["texttemplate"] = "%{z}"
    layout = {
        "height": _HEIGHT,
        "margin": {"l": 80, "r": 10, "t": 40, "b": 50},
        "title": {"text": name(lang), "font": {"size": 14}},
        "xaxis": {"title": {"text": _TAKEN(lang)}},
        "yaxis": {"title": {"text": _IS(lang)}, "autorange": "reversed"},
        **CLEAR,
    }
    return go.Figure({"data": [cells], "layout": layout})
