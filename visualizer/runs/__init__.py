"""Runs beside each other: names, curves, tables, files."""

from visualizer.runs.curves import curves_figure
from visualizer.runs.endings import ending
from visualizer.runs.groups import Values, differing, group_name, groups, values_of
from visualizer.runs.look import FIELDS, MOST_SMOOTH, Look, look_from_query, look_to_query
from visualizer.runs.loss_figure import cost_figure
from visualizer.runs.outside import OUTSIDE_LABEL, outside_labels
from visualizer.runs.pair import Apart, apart, differing_rows, last_epoch
from visualizer.runs.quantities import AXES, QUANTITIES
from visualizer.runs.run_files import runs_json, survey_csv, tidy_csv
from visualizer.runs.run_table import COLUMNS, csv, final_rows
from visualizer.runs.runs import FIELD_LABELS, MOST_RUNS, SETTINGS, NamedRun, labels, settings_words, tasks_labels

__all__ = [
    "AXES",
    "COLUMNS",
    "FIELDS",
    "FIELD_LABELS",
    "MOST_RUNS",
    "MOST_SMOOTH",
    "OUTSIDE_LABEL",
    "QUANTITIES",
    "SETTINGS",
    "Apart",
    "Look",
    "NamedRun",
    "Values",
    "apart",
    "cost_figure",
    "csv",
    "curves_figure",
    "differing",
    "differing_rows",
    "ending",
    "final_rows",
    "group_name",
    "groups",
    "labels",
    "last_epoch",
    "look_from_query",
    "look_to_query",
    "outside_labels",
    "runs_json",
    "settings_words",
    "survey_csv",
    "tasks_labels",
    "tidy_csv",
    "values_of",
]
