"""The lessons: one file each, one record each."""

from dataclasses import replace

from visualizer.lessons.four_equations import FOUR_EQUATIONS
from visualizer.lessons.lecture import LECTURE
from visualizer.lessons.mazur import MAZUR
from visualizer.lessons.record import Lesson, Stop
from visualizer.lessons.relu_softmax import RELU_SOFTMAX
from visualizer.lessons.row_vectors import ROW_VECTORS
from visualizer.lessons.two_sigmoids import TWO_SIGMOIDS
from visualizer.lessons.xor import XOR
from visualizer.view import Spec, spec_from_query

__all__ = ["LESSONS", "Lesson", "Stop", "spec_at"]

LESSONS = {
    lesson.name: lesson for lesson in (LECTURE, RELU_SOFTMAX, FOUR_EQUATIONS, XOR, TWO_SIGMOIDS, ROW_VECTORS, MAZUR)
}


def spec_at(lesson: Lesson, number: int, lang: str) -> Spec:
    """Return the state at stop `number` of a lesson, from 1."""
    model, view = spec_from_query(lesson.query(number), lang)[0]
    return Spec(model, replace(view, chosen=lesson.stops[number - 1].chosen))
