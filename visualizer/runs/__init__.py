"""Runs as figures: curves, epochs, predictions, gradients, surveys."""

from visualizer.runs.confusion import VALIDATION, confusion_figure, score_rows, scores_at, sets_of
from visualizer.runs.curves import HEIGHT, Look, curves_figure
from visualizer.runs.epoch_figures import gradient_norm, layers_figure, moment_figure, weights_figure
from visualizer.runs.families import FAMILIES
from visualizer.runs.gradient_strip import WHY_EDGE, WHY_STRIP, edge_figure, gradient_figure
from visualizer.runs.loss_figure import cost_figure
from visualizer.runs.prediction_figures import looked_at, predicted
from visualizer.runs.run_animation import key_epochs, scrub_figure
from visualizer.runs.run_table import COLUMNS, csv, final_rows
from visualizer.runs.runs import (
    AXES,
    FIELD_LABELS,
    QUANTITIES,
    SETTINGS,
    NamedRun,
    labels,
    settings_words,
    tasks_labels,
)
from visualizer.runs.survey_figures import fan_figure, final_figure, rate_figure, solved_figure
from visualizer.runs.vanishing import WHY_VANISHING, deep, rows

__all__ = [
    "AXES",
    "COLUMNS",
    "FAMILIES",
    "FIELD_LABELS",
    "HEIGHT",
    "QUANTITIES",
    "SETTINGS",
    "VALIDATION",
    "WHY_EDGE",
    "WHY_STRIP",
    "WHY_VANISHING",
    "Look",
    "NamedRun",
    "confusion_figure",
    "cost_figure",
    "csv",
    "curves_figure",
    "deep",
    "edge_figure",
    "fan_figure",
    "final_figure",
    "final_rows",
    "gradient_figure",
    "gradient_norm",
    "key_epochs",
    "labels",
    "layers_figure",
    "looked_at",
    "moment_figure",
    "predicted",
    "rate_figure",
    "rows",
    "score_rows",
    "scores_at",
    "scrub_figure",
    "sets_of",
    "settings_words",
    "solved_figure",
    "tasks_labels",
    "weights_figure",
]
