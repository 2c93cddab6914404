"""Surveys as figures: families of trainings, many seeds and rates, and which setting matters."""

from visualizer.surveys.families import FAMILIES
from visualizer.surveys.survey_figures import fan_figure, final_figure, rate_figure, solved_figure
from visualizer.surveys.sweep_figures import (
    IMPORTANCE,
    SweepTable,
    importance_rows,
    importances_of,
    parallel_figure,
    survey_table,
    sweep_table,
)

__all__ = [
    "FAMILIES",
    "IMPORTANCE",
    "SweepTable",
    "fan_figure",
    "final_figure",
    "importance_rows",
    "importances_of",
    "parallel_figure",
    "rate_figure",
    "solved_figure",
    "survey_table",
    "sweep_table",
]
