"""The chosen element: a list of all of them, and the field in which its value is edited."""

from time import monotonic

import streamlit as st

from engine import InputError, Text
from engine.numbers import parse_number, write_number
from visualizer.elements import choices, value_of, with_value
from visualizer.pages import _state as state

_CHOOSE = Text("Choose a weight, bias, input, target or neuron", "选择权重、偏置、输入、目标或神经元")
_NOTHING = Text("click in the graph, or choose here", "点击图中元素，或在此选择")
_EDIT = Text("Its value (0.35, 0,35, 1/3), then Enter", "数值（0.35、0,35、1/3），按 Enter")
_LATE = 1.0  # seconds within which a value that was replaced may still arrive from the browser
_RESET = Text("Back to the start values", "恢复初始数值")


def draw_choice() -> None:
    """Draw the list of elements, the field of the chosen one, and the way back."""
    offered = choices(state.hand().drawing)
    chosen = state.view().chosen if state.view().chosen in offered else None
    st.session_state.choose = chosen
    labels = {key: choice.label(state.view().lang) for key, choice in offered.items()}
    st.selectbox(
        state.say(_CHOOSE),
        list(labels),
        format_func=labels.get,
        key="choose",
        placeholder=state.say(_NOTHING),
        on_change=_choose,
        width=340,
    )
    if chosen and offered[chosen].editable:
        _fill_field(chosen)
        st.text_input(state.say(_EDIT), key="edit_value", on_change=_edit, width=260)
    if state.model() != state.model().base:
        st.button(state.say(_RESET), key="reset", on_click=_reset)


def _choose() -> None:
    chosen = state.picked("choose", choices(state.hand().drawing), state.view().chosen)
    if chosen or st.session_state.choose is None:
        state.look(chosen=chosen or "")


def _fill_field(chosen: str) -> None:
    """Show the element's value, unless the reader has just typed something that could not be used: that stays."""
    element = choices(state.hand().drawing)[chosen]
    value = write_number(value_of(state.model(), state.trace(), element, state.hand().sample))
    if st.session_state.get("edited") != (chosen, value) or "edit_value" not in st.session_state:
        if st.session_state.get("edited"):  # another element's; what the reader has just typed is no leftover
            st.session_state.replaced = (st.session_state.last_shown, monotonic())
        st.session_state.edited = (chosen, value)
        st.session_state.edit_value = st.session_state.last_shown = value


def _edit() -> None:
    """Take the typed value; the present step stays."""
    chosen = choices(state.hand().drawing).get(state.view().chosen)
    if chosen is None or _sent_late():
        st.session_state.edited = None
        return
    try:
        value = parse_number(st.session_state.edit_value)
        changed = with_value(state.model(), state.trace(), chosen, state.hand().sample, value)
    except InputError as error:
        state.complain(error)
    else:
        st.session_state.edited = None
        state.compute(changed)


def _sent_late() -> bool:
    """Return whether the field holds what it showed for another element: a browser may send that once more."""
    text, when = st.session_state.get("replaced", (None, 0.0))
    return st.session_state.edit_value == text and monotonic() - when < _LATE


def _reset() -> None:
    state.compute(state.model().base)
