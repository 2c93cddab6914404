"""Findings and their kinds: what is said of a run, how it is meant, and which trainings put it to the test."""

from collections.abc import Callable, Iterator
from math import inf
from typing import Any, NamedTuple

from engine import Text
from engine.settings import Task

RUN, OUTSIDE = "run", "outside"  # what a finding is about
GOOD, NOTE, ALARM = "good", "note", "alarm"


class Try(NamedTuple):
    """A training that puts a cause to the test.

    Attributes
    ----------
    cause : str
        What is to blame where this training does clearly better.
    words : Text
        What is different in it.
    task : Task
    """

    cause: str
    words: Text
    task: Task


class Finding(NamedTuple):
    """Finding: an explanation of a curve.

    Attributes
    ----------
    kind : str
        A key of `FINDINGS`.
    words : Text
        The finding in plain sentences, with what was measured.
    first, last : int
        The epochs between which it shows.
    tone : str
        `good`, `note` or `alarm`.
    cause : str
        The cause that was checked and holds; empty where this only says what the curve does.
    apart : Text or None
        What would tell causes apart that were not checked.
    tries : tuple of Try
        The trainings that decide.
    """

    kind: str
    words: Text
    first: int
    last: int
    tone: str = ALARM
    cause: str = ""
    apart: Text | None = None
    tries: tuple[Try, ...] = ()


class Kind(NamedTuple):
    """Registry entry of a kind of finding.

    Attributes
    ----------
    name : str
        The key in `FINDINGS`.
    find : callable
        find(evidence): the findings of this kind; the evidence's `found` has those of the kinds before.
    order : float
        When it is looked for and said; without one it comes last.
    about : tuple of str
        `RUN`: it needs an `Evidence`; `OUTSIDE`: a `CurveEvidence`, of a curve from outside; both: either will do.
    """

    name: str
    find: Callable[[Any], Iterator[Finding]]
    order: float = inf
    about: tuple[str, ...] = (RUN,)
