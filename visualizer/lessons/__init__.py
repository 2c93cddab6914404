"""The lessons: one file each, one registry entry each, found by that file alone."""

from engine.core import records
from visualizer.slides import Ask, Lesson, Stop

LESSONS = records(__name__, __path__, Lesson)

__all__ = ["LESSONS", "Ask", "Lesson", "Stop"]
