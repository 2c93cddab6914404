"""Settings as fields that are views of the state: what is typed or picked is taken, or answered beside its field.

**No run writes into a field that the reader has.** Where a run assigns to `st.session_state[key]`, Streamlit 1.67 tells
the browser to `set_value`: that overwrites what has been typed into the field since, and the browser hands it to the
server with its next request as if the reader had typed it. It is told once only, and not at all where the next run
overtakes the picture. And what a browser asks for carries what all its fields hold, also those of which it does not
know yet that they were replaced.

So a field is only ever given a default. It holds what the reader has put there, as it was typed, while the state holds
what that means. Where the state comes to hold something else (an undo, a file, another example, another field), another
field takes its place, with that as its default; what is still sent for the one before is nobody's. A field is the same
for Streamlit while its key is, and one more of its arguments, which `_another` changes. The default always is what the
field holds, because a browser that draws the field late, after a reload, or when it comes back from another page, knows
nothing else.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import InputError, Text
from engine.mistakes import MISTAKES
from visualizer.pages import _state as state
from visualizer.pages._problems import draw_problems
from visualizer.runs import FIELD_LABELS, NO_MISTAKE

_MOST_MISTAKES = 3
_MOST_HELD = 2000  # more than any page has; those that were drawn last
_REFUSED = object()  # what no state holds
Take = Callable[[Any], None]


@dataclass
class Held:
    """What is known of a field. Only the runs of its own session touch it, and they take turns.

    Attributes
    ----------
    value : object
        What the state holds while nobody but this field changes it.
    shown : object
        What stands in the field.
    number : int
        How many fields have stood in this place before.
    name : str
        The key of the one that stands there, where it is read later.
    problem : InputError or None
        Why what stands there could not be used.
    """

    value: Any
    shown: Any
    number: int = 0
    name: str = ""
    problem: InputError | None = None


class _No(int):
    """A no that is told from the others: Streamlit takes a list for another one where this argument is another."""

    def __new__(cls, number: int) -> "_No":
        made = super().__new__(cls, False)
        made.number = number
        return made

    def __str__(self) -> str:
        return f"no {self.number}"


def hold(key: str, value: Any, shown: Any) -> Held:
    """Return what is known of a field, anew where the state holds another value than this field has left there."""
    fields: dict[str, Held] = st.session_state.setdefault("fields", {})
    held = fields.pop(key, None) or Held(value, shown)
    if held.value != value:
        problem = held.problem if held.value is _REFUSED else None
        held = Held(value, shown, held.number + 1, problem=problem)
        st.session_state.pop(key, None)  # a list that held nothing would begin with nothing for ever
    fields[key] = held
    while len(fields) > _MOST_HELD:
        fields.pop(next(iter(fields)))
    return held


def text_field(
    key: str,
    label: Text,
    value: Any,
    take: Take,
    read: Callable[[str], Any] = str,
    write: Callable[[Any], str] = str,
    kind: Callable[..., Any] = st.text_input,
    **look: Any,
) -> None:
    """Draw a field for a text that means a value; what cannot be used stays in it, with a sentence below."""
    with _complained(key, look):
        typed_field(kind, key, state.say(label), value, take, read, write, **look)


def value_field(kind: Callable[..., Any], key: str, label: Text, value: Any, take: Take, **look: Any) -> None:
    """Draw a slider, a switch, or whatever else holds a value as it is."""
    with _complained(key, look):
        typed_field(kind, key, state.say(label), value, take, _as_it_is, _as_it_is, **look)


def typed_field(
    kind: Callable[..., Any],
    key: str,
    label: str,
    value: Any,
    take: Take,
    read: Callable[[Any], Any] = str,
    write: Callable[[Any], Any] = str,
    **look: Any,
) -> None:
    """Draw a field of any kind that has a `value`, and nothing beside it."""
    held = hold(key, value, write(value))
    name, other = _another(kind, key, held.number)
    kind(
        label, value=held.shown, key=name, on_change=_commit, args=(key, name, held.number, read, take), **other, **look
    )


def form_field(kind: Callable[..., Any], key: str, label: str, value: Any, shown: str, **look: Any) -> None:
    """Draw a field of a form, another one for another `value`; what it holds is known when the form is `sent`."""
    held = hold(key, value, shown)
    held.name, other = _another(kind, key, held.number)
    kind(label, value=held.shown, key=held.name, **other, **look)


def sent(key: str, means: Callable[[str, Any], Any]) -> str:
    """Return what stood in a field of a form when it was sent; `means` says what the state holds from then on."""
    held: Held = st.session_state.fields[key]
    held.shown = st.session_state[held.name]
    held.value = means(held.shown, held.value)
    return held.shown


def refuse(key: str, problem: InputError) -> None:
    """Say beside a field why what was taken from it cannot be used after all."""
    st.session_state.fields[key].problem = problem


def part() -> DeltaGenerator:
    """Return what holds a part of a list of fields that has now more of them and now fewer.

    A browser knows a field by how many things stand before it too. One that moves is drawn anew there, and what the
    reader is just typing into it is gone.
    """
    return st.container()


def select_field(key: str, label: Text, registry: Mapping[str, Any], now: str, take: Take, **look: Any) -> None:
    """Draw the list of records; `take` gets the name of another one."""
    labels = {name: state.say(record.label) for name, record in registry.items()}
    pick_field(st.selectbox, key, label, labels, now, take, **look)


def pick_field(
    kind: Callable[..., Any],
    key: str,
    label: Text,
    labels: Mapping[Any, str],
    now: Any,
    take: Take,
    **look: Any,
) -> None:
    """Draw a list or a row of buttons; `take` gets what was picked instead.

    In another language it is another one, because a browser says by its label what was picked.
    """
    held = hold(key, (now, labels.get(now)), now)
    name, other = _another(kind, key, held.number)
    options = list(labels)
    if kind is st.selectbox:
        other["index"] = options.index(held.shown) if held.shown in labels else None
    else:
        other["default"] = held.shown
    with _complained(key, look):
        args = (key, name, held.number, labels, take)
        kind(state.say(label), options, format_func=labels.get, key=name, on_change=_pick, args=args, **other, **look)


def many_field(key: str, label: Text, labels: Mapping[str, str], now: Iterable[str], take: Take, **look: Any) -> None:
    """Draw a list of which several can be picked; `take` gets all that are."""
    held = hold(key, {name: labels[name] for name in now}, list(now))
    name, other = _another(st.multiselect, key, held.number)
    with _complained(key, look):
        st.multiselect(
            state.say(label),
            list(labels),
            held.shown,
            format_func=labels.get,
            key=name,
            on_change=_pick_many,
            args=(key, name, held.number, labels, take),
            **other,
            **look,
        )


def mistakes_field(key: str, made: tuple[str, ...], take: Take, offered: Iterable[str] = MISTAKES) -> None:
    """Draw the choice of mistakes that are made on purpose; of two that exclude each other only one is offered."""
    held = [MISTAKES[name] for name in made]
    rest = [name for name in offered if name not in made and not any(MISTAKES[name].excludes(one) for one in held)]
    labels = {name: state.say(MISTAKES[name].label) for name in (*made, *rest)}
    look = {"placeholder": state.say(NO_MISTAKE), "max_selections": _MOST_MISTAKES}
    many_field(key, FIELD_LABELS["mistakes"], labels, made, take, **look)


@contextmanager
def _complained(key: str, look: dict[str, Any]) -> Iterator[None]:
    """Draw a field together with what there is to complain about it."""
    with beside(key, look.get("width", "stretch")):
        yield
        problem = st.session_state.fields[key].problem
        draw_problems([problem] if problem else [])


def beside(key: str, width: Any = "stretch") -> DeltaGenerator:
    """Return what holds a field and a complaint below it, which takes no room: nothing moves."""
    return st.container(key=f"field_{key}", width=width, gap=None)


def _another(kind: Callable[..., Any], key: str, number: int) -> tuple[str, dict[str, Any]]:
    """Return the key, and the argument beside it, that make another field in the same place."""
    if kind is st.text_input:
        return key, {"validate": f".*|{number}"} if number else {}
    if kind in (st.selectbox, st.multiselect):
        return key, {"accept_new_options": _No(number)}
    return f"{key}_{number}" if number else key, {}


def _as_it_is(value: Any) -> Any:
    return value


def _present(key: str, number: int) -> Held | None:
    """Return what is known of a field, unless another one has taken its place."""
    held = st.session_state.fields.get(key)
    return held if held and held.number == number else None


def _commit(key: str, name: str, number: int, read: Callable[[Any], Any], take: Take) -> None:
    held = _present(key, number)
    if held is None:
        return
    held.shown = st.session_state[name]
    try:
        value = read(held.shown)
        take(value)
    except InputError as error:
        held.problem = error
    else:
        held.value, held.problem = value, None


def _pick(key: str, name: str, number: int, labels: Mapping[Any, str], take: Take) -> None:
    held, picked = _present(key, number), st.session_state[name]
    if held and picked != held.shown and (picked in labels or picked is None):
        _take_picked(held, picked, (picked, labels.get(picked)), take)


def _pick_many(key: str, name: str, number: int, labels: Mapping[str, str], take: Take) -> None:
    held, picked = _present(key, number), st.session_state[name]
    if held:
        picked = [each for each in picked if each in labels]
        _take_picked(held, tuple(picked), {each: labels[each] for each in picked}, take)


def _take_picked(held: Held, picked: Any, value: Any, take: Take) -> None:
    """Take what was picked; where it cannot be used, a field with what holds takes the place of this one."""
    held.shown = list(picked) if isinstance(picked, tuple) else picked
    try:
        take(picked)
    except InputError as error:
        held.value, held.problem = _REFUSED, error
    else:
        held.value, held.problem = value, None
