"""The registry entry of a prepared experiment, and the tasks that several of them share."""

from dataclasses import dataclass
from math import inf
from typing import Any

from engine import Text
from engine.settings import Task

BCE, XAVIER = "binary_cross_entropy", "xavier_uniform"


@dataclass(frozen=True)
class Experiment:
    """Registry entry of a prepared comparison.

    Attributes
    ----------
    name : str
        The key in `EXPERIMENTS`, in code and in links.
    label, story : Text
        The name that a reader sees, and what is about to be run; not what comes out.
    question, answer : Text
        What the reader is to predict, and, folded away until the runs are there, what comes out and why. The tests
        train the runs and compute its figures.
    tasks : tuple of Task
    card : Text or None
        One sentence of what there is to find out, for the card of an experiment that a newcomer is offered.
    order : float
        The rank among the others; without one the entry comes last, by its file.
    """

    name: str
    label: Text
    story: Text
    question: Text
    answer: Text
    tasks: tuple[Task, ...]
    card: Text | None = None
    order: float = inf


def moons(units: int, **techniques: Any) -> Task:
    """Return the task of few noisy samples and so many hidden units."""
    settings = techniques | {"loss": BCE, "optimizer": "adam", "eta": 0.02, "held": 50, "epochs": 1000}
    return Task("moons", 60, 0.35, hidden=(units,), activations=("tanh", "sigmoid"), init=XAVIER, **settings)
