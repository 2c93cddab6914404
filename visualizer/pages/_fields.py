"""Settings as widgets that are views of the state: what is picked or typed is taken, or answered with a sentence."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from engine import InputError, Text
from engine.mistakes import MISTAKES
from visualizer.pages import _state as state
from visualizer.runs import FIELD_LABELS, NO_MISTAKE

_MOST_MISTAKES = 3
_IN_FORCE = Text("in force: {}", "实际采用：{}")
Take = Callable[[Any], None]


def select_field(key: str, label: Text, registry: Mapping[str, Any], now: str, take: Take, **look: Any) -> None:
    """Draw the choice of a record; `take` gets the name of another one."""
    st.session_state[key] = now
    labels = {name: state.say(record.label) for name, record in registry.items()}
    st.selectbox(
        state.say(label),
        list(labels),
        format_func=labels.get,
        key=key,
        on_change=_pick,
        args=(key, registry, now, take),
        **look,
    )


def text_field(key: str, label: Text, now: str, take: Take, **look: Any) -> None:
    """Draw a field; what was typed into it and could not be used stays there until the state changes.

    What is put into it stands there as its default too. A browser is told only once what was put into a field; on a
    slow line it may not draw that picture, and would take the default for what the reader has typed.
    """
    if st.session_state.get(f"{key}_shown") != now:
        st.session_state[f"{key}_shown"] = st.session_state[key] = now
    elif key not in st.session_state:
        st.session_state[key] = now
    st.text_input(state.say(label), st.session_state[key], key=key, on_change=taken, args=(key, take), **look)
    if st.session_state[key] != now:
        st.caption(state.say(_IN_FORCE, now or look.get("placeholder", "")))


def mistakes_field(key: str, made: tuple[str, ...], take: Take, offered: Iterable[str] = MISTAKES, **look: Any) -> None:
    """Draw the choice of mistakes that are made on purpose; of two that exclude each other only one is offered."""
    held = [MISTAKES[name] for name in made]
    rest = [name for name in offered if name not in made and not any(MISTAKES[name].excludes(one) for one in held)]
    labels = {name: state.say(MISTAKES[name].label) for name in (*made, *rest)}
    st.session_state[key] = list(made)
    st.multiselect(
        state.say(FIELD_LABELS["mistakes"]),
        list(labels),
        format_func=labels.get,
        key=key,
        placeholder=state.say(NO_MISTAKE),
        max_selections=_MOST_MISTAKES,
        on_change=_take_mistakes,
        args=(key, take),
        **look,
    )


def _take_mistakes(key: str, take: Take) -> None:
    made = tuple(name for name in st.session_state[key] if name in MISTAKES)
    try:
        take(made)
    except InputError as error:
        state.complain(error)


def taken(key: str, take: Take) -> None:
    """Hand over what a widget holds; what cannot be used is complained about."""
    try:
        take(st.session_state[key])
    except InputError as error:
        state.complain(error)


def _pick(key: str, registry: Mapping[str, Any], now: str, take: Take) -> None:
    if state.picked(key, registry, now):
        taken(key, take)
