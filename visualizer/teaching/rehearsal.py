"""Rehearsal of a lesson: how long each slide takes, beside what is planned."""

from collections.abc import Mapping
from math import isfinite
from typing import NamedTuple

from visualizer.slides import Lesson

_AT, _SINCE, _SPENT = "at", "since", "spent "  # names of the texts that are kept; the last with the name of a stop
_NOTHING: Mapping[str, float] = {}


class Rehearsal(NamedTuple):
    """Times of a rehearsal.

    Attributes
    ----------
    at : str
        The stop that is shown.
    since : float
        When it was come to, in seconds of the clock.
    spent : mapping of float
        The seconds of the stops before, those of visits that are over.
    """

    at: str
    since: float
    spent: Mapping[str, float] = _NOTHING

    def at_stop(self, name: str, now: float) -> "Rehearsal":
        """Return the rehearsal when another stop is come to."""
        return Rehearsal(name, now, {**self.spent, self.at: self.seconds(self.at, now)})

    def seconds(self, name: str, now: float) -> float:
        """Return the seconds at a stop so far; a clock that was set back does not run backward."""
        return self.spent.get(name, 0.0) + (max(0.0, now - self.since) if name == self.at else 0.0)

    def all_seconds(self, now: float) -> float:
        """Return the seconds of the whole rehearsal so far."""
        return sum(self.seconds(name, now) for name in {*self.spent, self.at})

    def due(self, lesson: Lesson) -> float:
        """Return the planned seconds up to the end of the present stop."""
        return 60 * sum(lesson.plan[: lesson.place(self.at)])

    def taken(self, now: float) -> dict[str, float]:
        """Return the minutes of the stops that have been shown, to the tenth."""
        return {name: max(0.1, round(self.seconds(name, now) / 60, 1)) for name in {*self.spent, self.at}}

    def texts(self) -> dict[str, str]:
        """Return the times as texts that a browser keeps."""
        spent = {f"{_SPENT}{name}": str(round(seconds, 1)) for name, seconds in self.spent.items()}
        return {_AT: self.at, _SINCE: str(round(self.since, 1)), **spent}


def rehearsal_in(texts: Mapping[str, str], lesson: Lesson) -> Rehearsal | None:
    """Return the rehearsal of a lesson that texts hold; None where they hold none."""
    at, since = texts.get(_AT, ""), _seconds(texts.get(_SINCE, ""))
    if at not in lesson.names or since is None:
        return None
    spent = {name: _seconds(texts.get(f"{_SPENT}{name}", "")) for name in lesson.names}
    return Rehearsal(at, since, {name: seconds for name, seconds in spent.items() if seconds is not None})


def _seconds(text: str) -> float | None:
    """Return a number of seconds that a browser has kept; None for anything else."""
    try:
        seconds = float(text)
    except ValueError:
        return None
    return seconds if isfinite(seconds) and seconds >= 0 else None
