"""Settings as widgets that are views of the state: what is picked or typed is taken, or answered with a sentence."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from engine import InputError, Text
from visualizer.pages import _state as state

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
    """Draw a field; what was typed into it and could not be used stays there until the state changes."""
    if st.session_state.get(f"{key}_shown") != now:
        st.session_state[f"{key}_shown"] = st.session_state[key] = now
    elif key not in st.session_state:
        st.session_state[key] = now
    st.text_input(state.say(label), key=key, on_change=taken, args=(key, take), **look)


def taken(key: str, take: Take) -> None:
    """Hand over what a widget holds; what cannot be used is complained about."""
    try:
        take(st.session_state[key])
    except InputError as error:
        state.complain(error)


def _pick(key: str, registry: Mapping[str, Any], now: str, take: Take) -> None:
    if state.picked(key, registry, now):
        taken(key, take)
