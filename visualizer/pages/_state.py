"""The session's one state: a Spec, read from the address once, changed by callbacks, and what could not be used."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from secrets import token_hex
from typing import Any

import streamlit as st

from engine import InputError, Text, Trace
from engine.architecture import count_parameters
from engine.kept import kept
from engine.model import Model
from visualizer.address import opened, written
from visualizer.consequences import consequences
from visualizer.film import film, reel
from visualizer.pages._drafts import texts
from visualizer.scene import Stagehand, stagehand
from visualizer.view import Spec, View

PREDICTION = "predict"  # where the browser keeps whether the next value is asked for, and how it was answered
_MOST_UNDONE, _MOST_NUMBERS = 100, 2_000_000  # how many edits can be undone, and how many parameters they may hold
Ways = tuple[str, str, int, tuple[int, int] | None, bool]


def start(page: str) -> bool:
    """Begin the session with what the address of a page says, once; return whether it has just begun."""
    begins = "spec" not in st.session_state
    if begins:
        lang = "zh" if (st.context.locale or "").lower().startswith("zh") else "en"
        spec, st.session_state.shown, st.session_state.problems = opened(page, st.query_params.to_dict(), lang)
        st.session_state.notes = []
        st.session_state.ack = 0  # the number of the last event that the stage sent and that has been carried out
        st.session_state.session = token_hex(4)  # tells the browser whether the server still is the one it knew
        st.session_state.past, st.session_state.future = [], []
        st.session_state.spec = spec
    return begins


def spec() -> Spec:
    """Return the present state."""
    return st.session_state.spec


def model() -> Model:
    """Return what is computed."""
    return spec().model


def view() -> View:
    """Return how it is looked at."""
    return spec().view


def say(words: Text, *args: object, **values: object) -> str:
    """Return words in the reader's language, with values filled in where some are given."""
    return (words.format(*args, **values) if args or values else words)(view().lang)


def look(**changes: Any) -> None:
    """Change the view."""
    st.session_state.spec = Spec(model(), replace(view(), **changes))


def compute(changed: Model, *asked: str, **changes: Any) -> None:
    """Change the model, and with it the view where it needs to; what was complained about is settled.

    Where it is said which fields were asked for, what changes beside them is said too.
    """
    st.session_state.problems = []
    st.session_state.notes = consequences(model(), changed, asked) if asked else []
    if replace(changed, iteration=1) != replace(model(), iteration=1):  # going on to another iteration is no edit
        most = min(_MOST_UNDONE, _MOST_NUMBERS // count_parameters(model().sizes))
        st.session_state.past = [*st.session_state.past[-most:], spec()]
        st.session_state.future = []
    if view().sample > len(changed.x):
        changes.setdefault("sample", 1)
    if changed.sizes != model().sizes:
        changes.setdefault("unfolded", None)
        changes.setdefault("pixels", 0)
    st.session_state.spec = Spec(changed, replace(view(), **changes))


def undo() -> None:
    """Go back to before the last edit."""
    _travel("past", "future")


def redo() -> None:
    """Take back an undo."""
    _travel("future", "past")


def _travel(source: str, target: str) -> None:
    if st.session_state[source]:
        *rest, there = st.session_state[source]
        st.session_state[target] = [*st.session_state[target], spec()]
        st.session_state[source] = rest
        st.session_state.problems, st.session_state.notes = [], []
        st.session_state.spec = Spec(there.model, replace(there.view, lang=view().lang))


def open_spec(opened: Spec, problems: list[InputError]) -> None:
    """Show another state, in the reader's language."""
    compute(opened.model, **{**asdict(opened.view), "lang": view().lang})
    st.session_state.problems = problems


def complain(error: InputError) -> None:
    """Keep a complaint for the next drawing of the page."""
    st.session_state.problems = [error]


def act(do: Callable[..., Any], *args: Any) -> None:
    """Do what the reader asks for: earlier complaints are over, and what cannot be done is answered with a sentence."""
    st.session_state.problems = []
    try:
        do(*args)
    except InputError as error:
        complain(error)


def hand() -> Stagehand:
    """Return what makes the scenes of the present lecture."""
    return _hand(model(), *_ways())


def trace() -> Trace:
    """Return the present pass."""
    return hand().trace


def right_model() -> Model:
    """Return what would be computed without mistakes."""
    return model().right


def loss_after() -> float:
    """Return the cost after the present iteration's update."""
    return trace_of(replace(model(), iteration=model().iteration + 1)).loss


def lecture_id() -> str:
    """Return what tells the present lecture from every other: network, numbers, grain, language, sample."""
    return "/".join((model().digest, *map(str, _ways())))


def present_film() -> dict[str, Any]:
    """Return the reel of the present lecture's film that holds the present position."""
    number = reel(position())
    made = _film(model(), *_ways(), number)
    return {"id": f"{lecture_id()}/{number}", "lecture": lecture_id(), "edition": edition(), **made}


def edition() -> str:
    """Return what stays the same when numbers are edited, so that what an edit changes can be marked."""
    return f"{model().iteration} {_ways()}"


def _ways() -> Ways:
    """Return all in the view that makes another lecture."""
    now = view()  # asked once: the session's state is slow to read
    return now.granularity, now.lang, now.sample, now.unfolded, predicting()


def predicting() -> bool:
    """Return whether the next value is asked for before it is shown; what is wrong on purpose is not asked for."""
    return "on" in texts(PREDICTION) and not model().mistakes


def position() -> int:
    """Return the present position; a step that this network does not have is position 0."""
    return hand().lecture.position(view().step) or 0


def moment_id() -> str:
    """Return what tells the present moment from every other that could be drawn."""
    return f"{lecture_id()}@{position()}"


def query(page: str, own: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return the address of a page with names of its own, and the names of what it cannot hold."""
    has_step = hand().lecture.position(view().step) is not None
    return written(page, spec() if has_step else Spec(model(), replace(view(), step=View.step)), own)


@kept
def trace_of(of: Model) -> Trace:
    """Return the pass of any model."""
    return of.trace()


@kept
def _hand(
    of: Model, granularity: str, lang: str, sample: int, unfolded: tuple[int, int] | None, asking: bool
) -> Stagehand:
    right = trace_of(of.right) if of.mistakes else None
    return stagehand(trace_of(of), granularity, lang, sample - 1, unfolded, right, asking)


@kept
def _film(of: Model, *ways_and_number: Any) -> dict[str, Any]:
    *ways, number = ways_and_number
    return film(_hand(of, *ways), number)
