"""Rooms and what they show, for the tests of the hall."""

from dataclasses import replace

from engine.settings import Model
from visualizer.hall.limits import Limits
from visualizer.hall.room import Room
from visualizer.hall.shown import LessonStop, Shown
from visualizer.lessons import LESSONS
from visualizer.state import Spec, View, stop_of

TOKEN = "t" * 22


def shown(example="mazur", position=0, lecture="a", asking=False, weight=None, **view):
    """State of a lecturer on an example, with another first weight if wanted."""
    model = Model.of_example(example)
    if weight is not None:
        model = model.edited(model.trace().given.with_weight(1, 0, 0, weight))
    return Shown(Spec(model, replace(View(), **view)), asking, lecture, position)


def slide(number, lesson=LESSONS["lecture"], edited=False):
    """State of a lecturer on a slide of a lesson."""
    opened = stop_of(lesson.name, number, "en")
    model = opened.model.edited(opened.model.trace().given.with_weight(1, 0, 0, 0.123)) if edited else opened.model
    spec = Spec(model, replace(opened.view, step=View.step))
    state = Shown(spec, False, f"{number}", 0, LessonStop(lesson, number))
    position = state.builder("en").lecture.position(opened.view.step) or 0
    return replace(state, position=position, _made={})


def room(state=None, clock=lambda: 0.0, **limits):
    """A room that shows something, the example unless given."""
    made = Room("K7M2QX", TOKEN, Limits(**limits), clock)
    made.show(state or shown())
    return made
