"""Fields that are views of the state: a typed or picked value is taken, or answered beside its field."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import InputError, Text
from engine.mistakes import MISTAKES
from engine.options import NO_MISTAKE
from visualizer.pages.session import Held, session, state, widget_value
from visualizer.pages.shared.held import REFUSED, another, hold, present
from visualizer.pages.shared.problems import draw_problems
from visualizer.runs import FIELD_LABELS

_MOST_MISTAKES = 3
_IN_FORCE = Text("In use: {}.", "实际采用：{}。")
Take = Callable[[Any], None]


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
    """Draw a field for the text of a value; an invalid text stays in it, with a sentence below."""
    in_force = (write(value) or look.get("placeholder", "")) if kind is st.text_input else ""
    with _complained(key, look, in_force):
        typed_field(kind, key, state.say(label), value, take, read, write, **look)


def value_field(kind: Callable[..., Any], key: str, label: Text, value: Any, take: Take, **look: Any) -> None:
    """Draw a slider, a switch, or another field that holds a value as it is."""
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
    name, other = another(kind, key, held.number)
    kind(
        label, value=held.shown, key=name, on_change=_commit, args=(key, name, held.number, read, take), **other, **look
    )


def refused(key: str) -> InputError | None:
    """Return the error about the text in a field; None where it is valid."""
    held = session().fields.get(key)
    return held.problem if held else None


def fill(key: str, text: str | None, read: Callable[[Any], Any], take: Take) -> None:
    """Put a text from elsewhere, as from a file, into a field, or take its present text in another way."""
    held = session().fields[key]
    if text is not None:
        held.shown, held.number = text, held.number + 1
    _offer(held, read, take)


def renew(key: str) -> None:
    """Replace a field whose text is invalid by one with the value in force."""
    held = session().fields[key]
    held.value, held.problem = REFUSED, None


def form_field(kind: Callable[..., Any], key: str, label: str, value: Any, shown: str, **look: Any) -> None:
    """Draw a field of a form, another one for another `value`; its text is known when the form is `sent`."""
    held = hold(key, value, shown)
    held.name, other = another(kind, key, held.number)
    kind(label, value=held.shown, key=held.name, **other, **look)


def sent(key: str, means: Callable[[str, Any], Any]) -> str:
    """Return the text of a form's field when it was sent; `means` gives the value in the state from then on."""
    held = session().fields[key]
    held.shown = now if (now := widget_value(held.name)) is not None else held.shown
    held.value = means(held.shown, held.value)
    return held.shown


def refuse(key: str, problem: InputError) -> None:
    """Store an error beside a field whose text cannot be used after all."""
    session().fields[key].problem = problem


def part() -> DeltaGenerator:
    """Return a container for the part of a list of fields whose number changes.

    A browser knows a field by how many things stand before it too. One that moves is drawn anew there, and what the
    reader is just typing into it is gone.
    """
    return st.container()


def select_field(key: str, label: Text, registry: Mapping[str, Any], now: str, take: Take, **look: Any) -> None:
    """Draw a list of registry entries; `take` gets the name of another one."""
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
    """Draw a list or a row of buttons; `take` gets the option picked instead.

    In another language it is another one, because a browser says by its label what was picked.
    """
    held = hold(key, (now, labels.get(now)), now)
    name, other = another(kind, key, held.number)
    options = list(labels)
    if kind is st.selectbox:
        other["index"] = options.index(held.shown) if held.shown in labels else None
    else:
        other["default"] = held.shown
    with _complained(key, look):
        args = (key, name, held.number, labels, take)
        kind(state.say(label), options, format_func=labels.get, key=name, on_change=_pick, args=args, **other, **look)


def many_field(key: str, label: Text, labels: Mapping[str, str], now: Iterable[str], take: Take, **look: Any) -> None:
    """Draw a list of which several can be picked; `take` gets all picked ones."""
    held = hold(key, {name: labels[name] for name in now}, list(now))
    name, other = another(st.multiselect, key, held.number)
    with _complained(key, look):
        st.multiselect(
            state.say(label),
            list(labels),
            held.shown,
            format_func=labels.__getitem__,
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
def _complained(key: str, look: dict[str, Any], in_force: str = "") -> Iterator[None]:
    """Draw a field together with the error about it, and the value in force, where that is not the refused one."""
    with beside(key, look.get("width", "stretch")):
        yield
        held = session().fields[key]
        other = in_force and in_force != held.shown
        draw_problems([held.problem] if held.problem else [], state.say(_IN_FORCE, in_force) if other else "")


def beside(key: str, width: Any = "stretch") -> DeltaGenerator:
    """Return a container of a field and an error below it, which takes no room: nothing moves."""
    return st.container(key=f"field_{key}", width=width, gap=None)


def _as_it_is(value: Any) -> Any:
    return value


def _changed(key: str, name: str, number: int) -> tuple[Held | None, Any]:
    """Return the state of a field and what it holds now; None where that is nothing new.

    Streamlit forgets a field that is not drawn. A browser that has not heard of it yet sends what it holds with the
    next request, and that counts as a change.
    """
    held = present(key, number)
    now = widget_value(name) if held else None
    return (held, now) if held and now != held.shown else (None, now)


def _commit(key: str, name: str, number: int, read: Callable[[Any], Any], take: Take) -> None:
    held, typed = _changed(key, name, number)
    if held:
        held.shown = typed
        _offer(held, read, take)


def _offer(held: Held, read: Callable[[Any], Any], take: Take) -> None:
    try:
        value = read(held.shown)
        take(value)
    except InputError as error:
        held.problem = error
    else:
        held.value, held.problem = value, None


def _pick(key: str, name: str, number: int, labels: Mapping[Any, str], take: Take) -> None:
    held, picked = _changed(key, name, number)
    if held and (picked in labels or picked is None):
        _take_picked(held, picked, (picked, labels.get(picked)), take)


def _pick_many(key: str, name: str, number: int, labels: Mapping[str, str], take: Take) -> None:
    held, picked = _changed(key, name, number)
    if held:
        picked = [each for each in picked if each in labels]
        _take_picked(held, tuple(picked), {each: labels[each] for each in picked}, take)


def _take_picked(held: Held, picked: Any, value: Any, take: Take) -> None:
    """Take the picked option; where it cannot be used, a field with the value in force replaces this one."""
    held.shown = list(picked) if isinstance(picked, tuple) else picked
    try:
        take(picked)
    except InputError as error:
        held.value, held.problem = REFUSED, error
    else:
        held.value, held.problem = value, None
