"""The lessons: one file each, one record each."""

from visualizer.lessons.four_equations import FOUR_EQUATIONS
from visualizer.lessons.lecture import LECTURE
from visualizer.lessons.mazur import MAZUR
from visualizer.lessons.record import Lesson, Stop
from visualizer.lessons.relu_softmax import RELU_SOFTMAX
from visualizer.lessons.row_vectors import ROW_VECTORS
from visualizer.lessons.two_sigmoids import TWO_SIGMOIDS
from visualizer.lessons.xor import XOR

__all__ = ["LESSONS", "Lesson", "Stop"]

LESSONS = {
    lesson.name: lesson for lesson in (LECTURE, RELU_SOFTMAX, FOUR_EQUATIONS, XOR, TWO_SIGMOIDS, ROW_VECTORS, MAZUR)
}
