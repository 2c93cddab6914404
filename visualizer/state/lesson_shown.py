"""Lesson that is being given: one that is shipped, or one of one's own, whose link the view holds."""

from functools import lru_cache

from engine.core import digest
from visualizer.lessons import LESSONS, Lesson, Stop
from visualizer.state.view import View
from visualizer.teaching import OWN, playable, unpacked

_DIGEST = 12  # characters of it tell all lessons of a reader apart


@lru_cache(maxsize=64)
def own_lesson(word: str) -> Lesson:
    """Return the lesson in a word of a link, as it is given; raise `InputError` where there is none."""
    return playable(unpacked(word))


def lesson_of(view: View) -> Lesson | None:
    """Return the lesson that is being given, if any."""
    return own_lesson(view.own) if view.lesson == OWN else LESSONS.get(view.lesson)


def lesson_id(view: View) -> str:
    """Return the id of the lesson that is being given, by which the reader's answers to it are kept."""
    return f"{OWN} {digest((view.own,))[:_DIGEST]}" if view.lesson == OWN else view.lesson


def slide_of(view: View) -> tuple[Lesson, int, Stop] | None:
    """Return the lesson that is being given, the number of its present stop, from 1, and that stop."""
    lesson = lesson_of(view)
    if lesson is None:
        return None
    number = lesson.place(view.stop)
    return lesson, number, lesson.stops[number - 1]
