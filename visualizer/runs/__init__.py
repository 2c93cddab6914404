"""Runs beside each other: names, curves, tables, surveys."""

from visualizer.runs.curves import curves_figure
from visualizer.runs.endings import ending
from visualizer.runs.families import FAMILIES
from visualizer.runs.groups import differing, group_name, groups
from visualizer.runs.loss_figure import cost_figure
from visualizer.runs.quantities import AXES, QUANTITIES, Look
from visualizer.runs.run_table import COLUMNS, csv, final_rows
from visualizer.runs.runs import FIELD_LABELS, SETTINGS, NamedRun, labels, settings_words
from visualizer.runs.survey_figures import fan_figure, final_figure, rate_figure, solved_figure

__all__ = [
    "AXES",
    "COLUMNS",
    "FAMILIES",
    "FIELD_LABELS",
    "QUANTITIES",
    "SETTINGS",
    "Look",
    "NamedRun",
    "cost_figure",
    "csv",
    "curves_figure",
    "differing",
    "ending",
    "fan_figure",
    "final_figure",
    "final_rows",
    "group_name",
    "groups",
    "labels",
    "rate_figure",
    "settings_words",
    "solved_figure",
]
