"""Lectures: a trace as steps in a grain, and its values as they are drawn."""

from visualizer.lecture.lecture import BEHIND, GIVEN, GRANULARITIES, Lecture, Moment
from visualizer.lecture.values import Values, by_sample, cost_terms

__all__ = ["BEHIND", "GIVEN", "GRANULARITIES", "Lecture", "Moment", "Values", "by_sample", "cost_terms"]
