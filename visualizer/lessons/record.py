"""What a lesson is: an ordered list of stops, each a place on the stage and what there is to say about it."""

from collections.abc import Mapping
from math import inf
from typing import NamedTuple

from engine import Text

_ANEW = ("example", "sizes")  # a stop that names one of these starts from nothing, any other from the stop before
NOTHING: Mapping[str, str] = {}


class Stop(NamedTuple):
    """One stop.

    Attributes
    ----------
    at : mapping
        What differs from the stop before, in the names of a link; a stop with an example or sizes starts anew.
    note : Text
        What a lecturer says here.
    chosen : str
        The id of the element that is chosen here, such as `W.2.1.1`.
    claims : mapping
        Numbers in the note, as written there, and the value that each of them is: `delta.2.1` is δ²₁ of the sample
        that is drawn, `delta.2.1.3` that of sample 3, `delta.2.max` the largest |δ²ⱼ|, `C` the cost; `C@2` that of
        iteration 2; `change` how far C is from that of the stop before, and `change/0.01` that per 0.01. The tests
        recompute them.
    """

    at: Mapping[str, str]
    note: Text
    chosen: str = ""
    claims: Mapping[str, str] = NOTHING


class Lesson(NamedTuple):
    """One lesson.

    Attributes
    ----------
    name : str
        The key in `LESSONS`, in code and in links.
    label, source : Text
        The name that a reader sees, and what the lesson follows.
    minutes : int
        How long it takes to give.
    stops : tuple of Stop
    order : float
        Where it stands among the others; without one it comes last.
    """

    name: str
    label: Text
    source: Text
    minutes: int
    stops: tuple[Stop, ...]
    order: float = inf

    def query(self, number: int) -> dict[str, str]:
        """Return what a link to stop `number`, from 1, says about the network and the step."""
        query: dict[str, str] = {}
        for stop in self.stops[:number]:
            query = {} if any(name in stop.at for name in _ANEW) else query
            query = {**query, **stop.at}
        return query
