"""The lessons: one file each, one registry entry each, found by that file alone."""

from engine.registry import records
from visualizer.lessons.record import Lesson, Stop

__all__ = ["LESSONS", "Lesson", "Stop"]

LESSONS = records(__name__, __path__, Lesson)
