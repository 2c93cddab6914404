"""The registry entry of a lesson: an ordered list of stops, each a place on the stage with its note."""

from collections.abc import Mapping
from math import inf
from typing import NamedTuple

from engine import Text

_ANEW = ("example", "sizes")  # a stop that names one of these starts from nothing, any other from the stop before
NOTHING: Mapping[str, str] = {}


class Stop(NamedTuple):
    """Stop of a lesson.

    Attributes
    ----------
    at : mapping
        The differences from the stop before, in the names of a link; a stop with an example or sizes starts anew.
    note : Text
        The lecturer's words.
    chosen : str
        The id of the element that is chosen here, such as `W.2.1.1`.
    claims : mapping
        Numbers in the note, as written there, and the value that each of them is: `delta.2.1` is δ²₁ of the sample
        that is drawn, `delta.2.1.3` that of sample 3, `delta.2.max` the largest |δ²ⱼ|, `C` the cost; `C@2` that of
        iteration 2; `change` how far C is from that of the stop before, and `change/0.01` that per 0.01;
        `before.delta.2.1*0.1` a tenth of what δ²₁ was at the stop before. The tests recompute them.
    """

    at: Mapping[str, str]
    note: Text
    chosen: str = ""
    claims: Mapping[str, str] = NOTHING


class Lesson(NamedTuple):
    """Registry entry of a lesson.

    Attributes
    ----------
    name : str
        The key in `LESSONS`, in code and in links.
    label, source : Text
        The name that a reader sees, and what the lesson follows.
    minutes : int
        The duration of the lesson.
    stops : tuple of Stop
    order : float
        The rank among the others; without one the entry comes last.
    """

    name: str
    label: Text
    source: Text
    minutes: int
    stops: tuple[Stop, ...]
    order: float = inf

    def query(self, number: int) -> dict[str, str]:
        """Return the query of stop `number`, from 1: the network and the step."""
        query: dict[str, str] = {}
        for stop in self.stops[:number]:
            query = {} if any(name in stop.at for name in _ANEW) else query
            query = {**query, **stop.at}
        return query
