"""The registry entry of a prepared experiment, and the tasks that several of them share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine import Text
from engine.settings import Task
from engine.studies import RunRecord
from visualizer.epochs import VALIDATION, scores_at

BCE, XAVIER = "binary_cross_entropy", "xavier_uniform"


class Figure(NamedTuple):
    """Figure in an answer, computed from the runs.

    Attributes
    ----------
    run : int
        The number of the run, from 0.
    decimals : int
        To how many it is rounded.
    kind : str
        The key in `_KINDS`: training or validation loss, the lowest validation loss and its epoch, the accuracy on the
        validation set in percent, or the epoch at which the run diverged.
    epoch : int
        After which it is taken; the last unless given.
    """

    run: int
    decimals: int
    kind: str = "loss"
    epoch: int = -1

    def of(self, runs: Sequence[RunRecord]) -> str:
        """Return the figure of runs, rounded."""
        return f"{_KINDS[self.kind](runs[self.run], self.epoch):.{self.decimals}f}"


def _validation(run: RunRecord) -> NDArray:
    assert run.held_out_loss is not None
    return run.held_out_loss


_KINDS: dict[str, Callable[[RunRecord, int], float]] = {
    "loss": lambda run, epoch: run.loss[epoch],
    "validation": lambda run, epoch: _validation(run)[epoch],
    "lowest": lambda run, _: np.nanmin(_validation(run)),
    "best": lambda run, _: float(np.nanargmin(_validation(run))),
    "accuracy": lambda run, _: 100 * scores_at(run, run.epochs)[VALIDATION].accuracy,
    "diverged": lambda run, _: run.divergence.epoch if run.divergence else np.nan,
}


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
        What the reader is to predict, and, not shown before the runs are there, what comes out and why, with a
        placeholder for each of the figures.
    tasks : tuple of Task
    figures : tuple of Figure
        What the runs have come to, in the order of the placeholders.
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
    figures: tuple[Figure, ...] = ()
    card: Text | None = None
    order: float = inf

    def explained(self, runs: Sequence[RunRecord]) -> Text:
        """Return the answer with the figures of runs, which are in the order of the tasks."""
        return self.answer.format(*(figure.of(runs) for figure in self.figures))


def moons(units: int, **techniques: Any) -> Task:
    """Return the task of few noisy samples and so many hidden units."""
    settings = techniques | {"loss": BCE, "optimizer": "adam", "eta": 0.02, "held": 50, "epochs": 1000}
    return Task("moons", 60, 0.35, hidden=(units,), activations=("tanh", "sigmoid"), init=XAVIER, **settings)
