"""The session's state: a Spec, read from the address once, changed by callbacks, and the problems with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from secrets import token_hex
from typing import Any

import streamlit as st

from engine import InputError, Text, Trace
from engine.layers import count_parameters
from engine.settings import Model, cached_by_model
from visualizer.address import opened, written
from visualizer.lecture import Values
from visualizer.pages.session.drafts import texts
from visualizer.pages.session.session import Session, begin, has_begun, session
from visualizer.scene import PackedKeyframes, SceneBuilder, chunk_of, packed_keyframes, scene_builder
from visualizer.state import Spec, View, consequences

ROOM = "room"  # where the browser keeps the code and the token of the room that it leads
PREDICTION = "predict"  # where the browser keeps whether the next value is asked for, and how it was answered
_DIGEST = 16  # characters of it tell all networks of a session apart, and travel with each step
_MOST_UNDONE, _MOST_NUMBERS = 100, 2_000_000  # how many edits can be undone, and how many parameters they may hold
Ways = tuple[str, str, int, tuple[int, int] | None, bool]


def start(page: str) -> bool:
    """Begin the session with the state in the address of a page, once; return whether it has just begun."""
    begins = not has_begun()
    if begins:
        lang = "zh" if (st.context.locale or "").lower().startswith("zh") else "en"
        begin(Session(token_hex(4), *opened(page, st.query_params.to_dict(), lang)))
    return begins


def spec() -> Spec:
    """Return the present state, model and view."""
    return session().spec


def model() -> Model:
    """Return the present model."""
    return spec().model


def view() -> View:
    """Return the present view."""
    return spec().view


def say(words: Text, *args: object, **values: object) -> str:
    """Return words in the reader's language, with any values filled in."""
    return (words.format(*args, **values) if args or values else words)(view().lang)


def update_view(**changes: Any) -> None:
    """Change the view."""
    changed = Spec(model(), replace(view(), **changes))
    session().spec = changed


def compute(changed: Model, *asked: str, **changes: Any) -> None:
    """Change the model, and with it the view where it needs to; earlier problems are settled.

    With `asked` fields, sentences about all other changes are stored as notes.
    """
    _put(changed, asked, changes, ())


def _put(changed: Model, asked: Sequence[str], changes: dict[str, Any], problems: Sequence[InputError]) -> None:
    """Let another model take the place of the present one, in one go with all that goes with it."""
    before = spec()
    notes = consequences(before.model, changed, asked) if asked else []
    is_edit = replace(changed, iteration=1) != replace(before.model, iteration=1)  # going on to another one is none
    most = min(_MOST_UNDONE, _MOST_NUMBERS // count_parameters(before.model.sizes))
    if before.view.sample > len(changed.x):
        changes.setdefault("sample", 1)
    if changed.sizes != before.model.sizes:
        changes.setdefault("unfolded", None)
        changes.setdefault("pixels", 0)
    view = replace(before.view, **changes)
    now = session()
    if is_edit:
        now.past, now.future = (*now.past[-most:], before), ()
    now.spec, now.problems, now.notes = Spec(changed, view), problems, notes


def undo() -> None:
    """Return to the state before the last edit."""
    now = session()
    if now.past:
        *rest, there = now.past
        _travel(there, tuple(rest), (*now.future, now.spec))


def redo() -> None:
    """Restore the state that an undo has left."""
    now = session()
    if now.future:
        *rest, there = now.future
        _travel(there, (*now.past, now.spec), tuple(rest))


def _travel(there: Spec, past: tuple[Spec, ...], future: tuple[Spec, ...]) -> None:
    """Show an earlier or later state, in the reader's language."""
    changed = Spec(there.model, replace(there.view, lang=view().lang))
    now = session()
    now.spec, now.past, now.future, now.problems, now.notes = changed, past, future, (), ()


def open_spec(opened: Spec, problems: Sequence[InputError]) -> None:
    """Show another state, in the reader's language."""
    _put(opened.model, (), {**asdict(opened.view), "lang": view().lang}, problems)


def complain(error: InputError) -> None:
    """Store an error for the next drawing of the page."""
    session().problems = (error,)


def act(do: Callable[..., Any], *args: Any) -> None:
    """Carry out an action of the reader: earlier problems are settled, and an error becomes a sentence on the page."""
    session().problems = ()
    try:
        do(*args)
    except InputError as error:
        complain(error)


def builder() -> SceneBuilder:
    """Return the scene builder of the present lecture."""
    return _builder(model(), *_ways())


def builder_of(other: Model) -> SceneBuilder | None:
    """Return the scene builder of another network in the present view; None where this has no place in it."""
    granularity, lang, sample, unfolded, asking = _ways()
    if other.sizes != model().sizes or sample > len(other.x):
        return None
    return _builder(other, granularity, lang, sample, unfolded, asking)


def trace() -> Trace:
    """Return the present pass."""
    return builder().trace


def right_model() -> Model:
    """Return the present model without mistakes."""
    return model().right


def loss_after() -> float:
    """Return the cost after the present iteration's update."""
    return trace_of(replace(model(), iteration=model().iteration + 1)).loss


def lecture_id() -> str:
    """Return the cache key of the present lecture: network, numbers, granularity, language, sample."""
    return "/".join((model().digest[:_DIGEST], *map(str, _ways())))


def present_keyframes() -> PackedKeyframes:
    """Return the chunk of the present lecture's keyframes that holds the present position."""
    return packed_keyframes(builder().plan, chunk_of(position()))


def present_numbers(dragged: Model | None = None) -> dict[str, str]:
    """Return the numbers for the present keyframes: those of the network in which one is being dragged, if it is."""
    made = present_keyframes()
    values = made.needs.numbers(_values_of(dragged) if dragged else builder().values)
    return {"keyframes": made.id, "lecture": lecture_id(), "edition": edition(), "values": values}


def _values_of(dragged: Model) -> Values:
    """Return the numbers of a network that nobody asks for again."""
    right = dragged.right.trace() if dragged.mistakes else None
    return Values(dragged.trace(), builder().sample, right)


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
    return builder().lecture.position(view().step) or 0


def moment_id() -> str:
    """Return the cache key of the present position."""
    return f"{lecture_id()}@{position()}"


def query(page: str, own: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return the query string of a page with parameters of its own, and the names of what it cannot hold."""
    has_step = builder().lecture.position(view().step) is not None
    return written(page, spec() if has_step else Spec(model(), replace(view(), step=View.step)), own)


@cached_by_model
def trace_of(of: Model) -> Trace:
    """Return the pass of any model."""
    return of.trace()


@cached_by_model
def _builder(
    of: Model, granularity: str, lang: str, sample: int, unfolded: tuple[int, int] | None, asking: bool
) -> SceneBuilder:
    right = trace_of(of.right) if of.mistakes else None
    return scene_builder(trace_of(of), granularity, lang, sample - 1, unfolded, right, asking)
