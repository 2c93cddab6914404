"""Runs beside each other: names, curves, tables, surveys."""

from visualizer.runs.curves import curves_figure
from visualizer.runs.endings import ending
from visualizer.runs.families import FAMILIES
from visualizer.runs.groups import differing, group_name, groups
from visualizer.runs.loss_figure import cost_figure
from visualizer.runs.outside import OUTSIDE_LABEL, outside_labels
from visualizer.runs.pair import Apart, apart, differing_rows, last_epoch
from visualizer.runs.quantities import AXES, QUANTITIES, Look
from visualizer.runs.run_files import runs_json, survey_csv, tidy_csv
from visualizer.runs.run_table import COLUMNS, csv, final_rows
from visualizer.runs.runs import FIELD_LABELS, SETTINGS, NamedRun, labels, settings_words, tasks_labels
from visualizer.runs.survey_figures import fan_figure, final_figure, rate_figure, solved_figure
from visualizer.runs.sweep_figures import (
    IMPORTANCE,
    SweepTable,
    importance_rows,
    importances_of,
    parallel_figure,
    survey_table,
    sweep_table,
)

__all__ = [
    "AXES",
    "COLUMNS",
    "FAMILIES",
    "FIELD_LABELS",
    "IMPORTANCE",
    "OUTSIDE_LABEL",
    "QUANTITIES",
    "SETTINGS",
    "Apart",
    "Look",
    "NamedRun",
    "SweepTable",
    "apart",
    "cost_figure",
    "csv",
    "curves_figure",
    "differing",
    "differing_rows",
    "ending",
    "fan_figure",
    "final_figure",
    "final_rows",
    "group_name",
    "groups",
    "importance_rows",
    "importances_of",
    "labels",
    "last_epoch",
    "outside_labels",
    "parallel_figure",
    "rate_figure",
    "runs_json",
    "settings_words",
    "solved_figure",
    "survey_csv",
    "survey_table",
    "sweep_table",
    "tasks_labels",
    "tidy_csv",
]
