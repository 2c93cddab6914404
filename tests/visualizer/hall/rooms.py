"""Rooms and what they show, for the tests of the hall."""

from dataclasses import replace

from engine.settings import Model
from visualizer.hall.limits import Limits
from visualizer.hall.room import Room
from visualizer.hall.shown import Shown
from visualizer.state import Spec, View

TOKEN = "t" * 22


def shown(example="mazur", position=0, lecture="a", asking=False, weight=None, **view):
    """State of a lecturer on an example, with another first weight if wanted."""
    model = Model.of_example(example)
    if weight is not None:
        model = model.edited(model.trace().given.with_weight(1, 0, 0, weight))
    return Shown(Spec(model, replace(View(), **view)), asking, lecture, position)


def room(state=None, clock=lambda: 0.0, **limits):
    """A room that shows something, the example unless given."""
    made = Room("K7M2QX", TOKEN, Limits(**limits), clock)
    made.show(state or shown())
    return made
