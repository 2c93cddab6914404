"""Questions with answers: each opens a stage that shows the answer, whose numbers are computed from there."""

from collections.abc import Mapping
from functools import cache

from engine import Text, Trace
from engine.settings import model_from_query
from visualizer.reference.entry import Entry, Question, Words
from visualizer.reference.question_list import QUESTIONS
from visualizer.writing import DIGITS, number


def entries() -> tuple[Entry, ...]:
    """Return the questions, the numbers of their answers filled in."""
    return tuple(
        Entry(asked.name, asked.ask, (Words(answered(asked)),), asked.source, asked.opens) for asked in QUESTIONS
    )


def answered(asked: Question) -> Text:
    """Return an answer with its numbers."""
    digits = int(asked.opens.get("digits", DIGITS))
    return asked.answer.format(*(number(value_at(asked.opens, what), digits) for what in asked.values))


def value_at(query: Mapping[str, str], what: str) -> float:
    """Return a number of the stage that a link opens.

    Parameters
    ----------
    query : mapping
        The names and values of the link.
    what : str
        `delta.2.1` is δ²₁ of the first sample, `dW.2.1.3` one gradient, `C` the cost; `C@2` is that of iteration 2.
    """
    what, _, iteration = what.partition("@")
    name, *place = what.split(".")
    trace = _trace(tuple(sorted(({**query, "iteration": iteration} if iteration else query).items())))
    if not place:
        return float(trace.value(name))
    layer, row, *column = (int(part) for part in place)
    return float(trace.value(name, layer)[row - 1, column[0] - 1 if column else 0])


@cache
def _trace(query: tuple[tuple[str, str], ...]) -> Trace:
    return model_from_query(dict(query))[0].trace()
