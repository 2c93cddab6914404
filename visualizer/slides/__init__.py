"""Slides: what a lesson and its stops are made of, and the parts of the long lecture."""

from visualizer.slides.lecture_digits import READER, THREE, ZERO
from visualizer.slides.lecture_learning import LEARNING, TORCH, TROUBLE
from visualizer.slides.lecture_pass import BACKWARD, CHAIN, NETWORK
from visualizer.slides.record import BEGINNER, MORE, NEXT, Ask, Lesson, Stop, differences
from visualizer.slides.words import slide_words

__all__ = [
    "BACKWARD",
    "BEGINNER",
    "CHAIN",
    "LEARNING",
    "MORE",
    "NETWORK",
    "NEXT",
    "READER",
    "THREE",
    "TORCH",
    "TROUBLE",
    "ZERO",
    "Ask",
    "Lesson",
    "Stop",
    "differences",
    "slide_words",
]
