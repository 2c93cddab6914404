"""Lectures: a trace as steps in a granularity, its values, and the placeholders in which they are written."""

from visualizer.lecture.lecture import BEHIND, GIVEN, GRANULARITIES, Lecture, Moment
from visualizer.lecture.placeholders import RIGHT, WAYS, WRONG, At, Placeholder, Source, Words, as_rules, beside, filled
from visualizer.lecture.values import ERRORS, LARGEST, SHARE, Values, by_sample, cost_terms, gradient_letters

__all__ = [
    "BEHIND",
    "ERRORS",
    "GIVEN",
    "GRANULARITIES",
    "LARGEST",
    "RIGHT",
    "SHARE",
    "WAYS",
    "WRONG",
    "At",
    "Lecture",
    "Moment",
    "Placeholder",
    "Source",
    "Values",
    "Words",
    "as_rules",
    "beside",
    "by_sample",
    "cost_terms",
    "filled",
    "gradient_letters",
]
