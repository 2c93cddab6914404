"""The lessons: one file each, one registry entry each, found by that file alone."""

from engine.core import records
from visualizer.lessons.record import BEGINNER, MORE, NEXT, Ask, Lesson, Stop, differences

LESSONS = records(__name__, __path__, Lesson)

__all__ = ["BEGINNER", "LESSONS", "MORE", "NEXT", "Ask", "Lesson", "Stop", "differences"]
