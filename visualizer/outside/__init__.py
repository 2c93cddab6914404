"""Curves from outside: losses that another program has logged, beside the runs of the page."""

from visualizer.outside.curve import MOST_CURVES, Line, OutsideCurve, outside_from, outside_to
from visualizer.outside.pairs import curves_of, usual_series

__all__ = [
    "MOST_CURVES",
    "Line",
    "OutsideCurve",
    "curves_of",
    "outside_from",
    "outside_to",
    "usual_series",
]
