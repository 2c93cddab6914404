"""The registry entry of a lesson: an ordered list of stops, each a place on the stage with its note."""

from collections.abc import Mapping
from math import inf
from typing import NamedTuple

from engine import InputError, Text
from engine.core import names

_ANEW = ("example", "sizes")  # a stop that names one of these starts from nothing, any other from the stop before
NOTHING: Mapping[str, str] = {}
BEGINNER, NEXT = Text("Beginner", "入门"), Text("Intermediate", "进阶")
MORE = {  # pages that a stop may lead to
    "landscape": Text("Open the loss landscape", "打开损失曲面"),
    "train": Text("Open in Train", "在“训练”页打开"),
}
_NO_STOP = Text("this lesson has no such slide", "这节讲解没有这一页")


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """Return the differences of a stop's query from that of the stop before; all of it where it starts anew."""
    changed = {name: value for name, value in now.items() if before.get(name) != value}
    goes_on = before and before.keys() <= now.keys() and not any(name in changed for name in _ANEW)
    return changed if goes_on else dict(now)


class Ask(NamedTuple):
    """Question to the room before the next stop shows the answer.

    Attributes
    ----------
    question : Text
    choices : tuple of Text
        The answers to choose from.
    right : int
        The number of the correct one, from 0.
    hidden : str
        What the question asks for, as in claims: at this stop it has not been computed yet.
    """

    question: Text
    choices: tuple[Text, ...]
    right: int
    hidden: str = ""


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
    ask : Ask, optional
        The question that this stop leaves open; it stands in place of the equation.
    name : str
        Its name in links, which stays when stops are added before it; without one it is its number.
    part : Text, optional
        The part of the lesson that begins here.
    page : mapping
        Another page that shows more: its name as `page`, and its own parameters.
    code : str
        Code that stands in place of the equation.
    equation : bool
        Whether the equation of the step is shown.
    minutes : float
        Its planned duration; 0 is an equal share of the time that the others leave.
    """

    at: Mapping[str, str]
    note: Text
    chosen: str = ""
    claims: Mapping[str, str] = NOTHING
    ask: Ask | None = None
    name: str = ""
    part: Text | None = None
    page: Mapping[str, str] = NOTHING
    code: str = ""
    equation: bool = True
    minutes: float = 0


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
    level, outcome : Text
        For whom it is, and what one can do afterwards.
    moved : mapping
        Names of stops that are in another lesson now: its name and that of the stop there, joined by a point.
    """

    name: str
    label: Text
    source: Text
    minutes: int
    stops: tuple[Stop, ...]
    order: float = inf
    level: Text = NEXT
    outcome: Text = Text("", "")
    moved: Mapping[str, str] = NOTHING

    def query(self, number: int) -> dict[str, str]:
        """Return the query of stop `number`, from 1: the network and the step."""
        query: dict[str, str] = {}
        for stop in self.stops[:number]:
            query = {} if any(name in stop.at for name in _ANEW) else query
            query = {**query, **stop.at}
        return query

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the stops in links."""
        return tuple(stop.name or str(number) for number, stop in enumerate(self.stops, 1))

    def place(self, name: str) -> int:
        """Return the number, from 1, of the stop with a name; raise `InputError` where there is none."""
        if name not in self.names:
            raise InputError(_NO_STOP, names(self.names), name)
        return self.names.index(name) + 1

    def part(self, number: int) -> Text | None:
        """Return the part of the lesson in which a stop is; None where it has no parts."""
        begun = [stop.part for stop in self.stops[:number] if stop.part]
        return begun[-1] if begun else None

    @property
    def plan(self) -> tuple[float, ...]:
        """Planned minutes of the stops."""
        shared = [stop for stop in self.stops if not stop.minutes]
        left = max(0, self.minutes - sum(stop.minutes for stop in self.stops))
        return tuple(stop.minutes or left / len(shared) for stop in self.stops)

    def minute(self, number: int) -> int:
        """Return the minute at which a stop begins, in a lesson that takes as long as it says."""
        return round(sum(self.plan[: number - 1]))
