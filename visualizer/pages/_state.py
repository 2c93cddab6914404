"""The session's state: a Spec, read from the address once, changed by callbacks, and the problems with it."""

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
    """Begin the session with the state in the address of a page, once; return whether it has just begun."""
    begins = "spec" not in st.session_state
    if begins:
        lang = "zh" if (st.context.locale or "").lower().startswith("zh") else "en"
        spec, st.session_state.shown, st.session_state.problems = opened(page, st.query_params.to_dict(), lang)
        st.session_state.notes = []
        st.session_state.answered = st.session_state.heard = 0
        st.session_state.session = token_hex(4)  # tells the browser whether the server still is the one it knew
        st.session_state.past, st.session_state.future = [], []
        st.session_state.spec = spec
    return begins


def spec() -> Spec:
    """Return the present state, model and view."""
    return st.session_state.spec


def model() -> Model:
    """Return the present model."""
    return spec().model


def view() -> View:
    """Return the present view."""
    return spec().view


def say(words: Text, *args: object, **values: object) -> str:
    """Return words in the reader's language, with any values filled in."""
    return (words.format(*args, **values) if args or values else words)(view().lang)


def look(**changes: Any) -> None:
    """Change the view."""
    st.session_state.spec = Spec(model(), replace(view(), **changes))


def compute(changed: Model, *asked: str, **changes: Any) -> None:
    """Change the model, and with it the view where it needs to; earlier problems are settled.

    With `asked` fields, sentences about all other changes are stored as notes.
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
    """Return to the state before the last edit."""
    _travel("past", "future")


def redo() -> None:
    """Restore the state that an undo has left."""
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
    """Store an error for the next drawing of the page."""
    st.session_state.problems = [error]


def act(do: Callable[..., Any], *args: Any) -> None:
    """Carry out an action of the reader: earlier problems are settled, and an error becomes a sentence on the page."""
    st.session_state.problems = []
    try:
        do(*args)
    except InputError as error:
        complain(error)


def hand() -> Stagehand:
    """Return the scene builder of the present lecture."""
    return _hand(model(), *_ways())


def trace() -> Trace:
    """Return the present pass."""
    return hand().trace


def right_model() -> Model:
    """Return the present model without mistakes."""
    return model().right


def loss_after() -> float:
    """Return the cost after the present iteration's update."""
    return trace_of(replace(model(), iteration=model().iteration + 1)).loss


def lecture_id() -> str:
    """Return the cache key of the present lecture: network, numbers, granularity, language, sample."""
    return "/".join((model().digest, *map(str, _ways())))


def present_film() -> dict[str, Any]:
    """Return the chunk of the present lecture's keyframes that holds the present position."""
    number = reel(position())
    made = _film(model(), *_ways(), number)
    return {"id": f"{lecture_id()}/{number}", "lecture": lecture_id(), "edition": edition(), **made}


def edition() -> str:
    """Return the key of a lecture's layout, which edits of numbers leave alone, so that their changes can be marked."""
    return f"{model().iteration} {_ways()}"


def _ways() -> Ways:
    """Return the cache key of the view: the settings that make another lecture."""
    now = view()  # asked once: the session's state is slow to read
    return now.granularity, now.lang, now.sample, now.unfolded, predicting()


def predicting() -> bool:
    """Whether the next value is asked for before it is shown; never with mistakes made on purpose."""
    return "on" in texts(PREDICTION) and not model().mistakes


def position() -> int:
    """Return the present position; a step that this network does not have is position 0."""
    return hand().lecture.position(view().step) or 0


def moment_id() -> str:
    """Return the cache key of the present position."""
    return f"{lecture_id()}@{position()}"


def query(page: str, own: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return the query string of a page with parameters of its own, and the names of what it cannot hold."""
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
