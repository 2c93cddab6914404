"""Runs beside each other: names, curves, tables, surveys."""

from visualizer.runs.curves import Look, curves_figure
from visualizer.runs.families import FAMILIES
from visualizer.runs.loss_figure import cost_figure
from visualizer.runs.outside import OUTSIDE_LABEL, outside_labels
from visualizer.runs.pair import Apart, apart, differing_rows, last_epoch
from visualizer.runs.run_table import COLUMNS, csv, final_rows
from visualizer.runs.runs import AXES, FIELD_LABELS, QUANTITIES, SETTINGS, NamedRun, labels, settings_words
from visualizer.runs.survey_figures import fan_figure, final_figure, rate_figure, solved_figure

__all__ = [
    "AXES",
    "COLUMNS",
    "FAMILIES",
    "FIELD_LABELS",
    "OUTSIDE_LABEL",
    "QUANTITIES",
    "SETTINGS",
    "Apart",
    "Look",
    "NamedRun",
    "apart",
    "cost_figure",
    "csv",
    "curves_figure",
    "differing_rows",
    "fan_figure",
    "final_figure",
    "final_rows",
    "labels",
    "last_epoch",
    "outside_labels",
    "rate_figure",
    "settings_words",
    "solved_figure",
]
