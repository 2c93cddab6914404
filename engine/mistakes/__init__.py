"""Deliberate mistakes: a record each, and how they enter the rules of a pass."""

from engine.mistakes.apply import (
    AHEAD,
    Made,
    check_mistakes,
    made_of,
    moved,
    reads_ahead,
    rounded,
    with_mistakes,
    wrong_gradient,
    wrong_law,
    wrong_loss,
    wrong_rate,
)
from engine.mistakes.record import Mistake
from engine.mistakes.registry import MISTAKES

__all__ = [
    "AHEAD",
    "MISTAKES",
    "Made",
    "Mistake",
    "check_mistakes",
    "made_of",
    "moved",
    "reads_ahead",
    "rounded",
    "with_mistakes",
    "wrong_gradient",
    "wrong_law",
    "wrong_loss",
    "wrong_rate",
]
