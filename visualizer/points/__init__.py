"""Points drawn by hand: samples of two classes, or of a curve, as a table like any other."""

from visualizer.points.points import CLASSES, CURVE, MOST_POINTS, START, Points, drawn_task, points_of, read_points

__all__ = ["CLASSES", "CURVE", "MOST_POINTS", "START", "Points", "drawn_task", "points_of", "read_points"]
