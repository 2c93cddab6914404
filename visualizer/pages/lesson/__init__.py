"""Lessons of the reader’s own: made slide by slide of what is shown, rehearsed by the clock, kept, and passed on."""

from visualizer.pages.lesson.files import open_lesson_file
from visualizer.pages.lesson.kept import edit_given, give, open_maker, own_lessons
from visualizer.pages.lesson.maker import MAKER_HEIGHT, draw_maker
from visualizer.pages.lesson.rehearsing import draw_clock, draw_start, note_slide

__all__ = [
    "MAKER_HEIGHT",
    "draw_clock",
    "draw_maker",
    "draw_start",
    "edit_given",
    "give",
    "note_slide",
    "open_lesson_file",
    "open_maker",
    "own_lessons",
]
