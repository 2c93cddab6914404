"""The chosen element: a list of all of them, and the field in which its value is edited."""

from time import monotonic

import streamlit as st

from engine import InputError, Text
from engine.numbers import parse_number, write_number
from visualizer.elements import Choice, choices, value_of, with_value
from visualizer.pages import _state as state

_CHOOSE = Text("Choose a weight, bias, input, target or neuron", "选择权重、偏置、输入、目标或神经元")
_NOTHING = Text("click in the graph, or choose here", "点击图中元素，或在此选择")
_EDIT = Text("Its value (0.35, 0,35, 1/3), then Enter", "数值（0.35、0,35、1/3），按 Enter")
_DRAG = Text("or drag", "或拖动")
_UNDO, _REDO = Text("Undo (Ctrl+Z)", "撤销（Ctrl+Z）"), Text("Redo (Ctrl+Shift+Z)", "重做（Ctrl+Shift+Z）")
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
        width=300,
    )
    if chosen and offered[chosen].editable:
        value = _fill_field(chosen)
        st.text_input(state.say(_EDIT), key="edit_value", on_change=_edit, width=220)
        _draw_slider(chosen, value)
    draw_undo()


def draw_undo() -> None:
    """Draw the ways back: the last edit undone, done again, or all of them undone."""
    past, future = st.session_state.past, st.session_state.future
    with st.container(horizontal=True, gap="xxsmall", width="content"):
        st.button("↶", "undo", state.say(_UNDO), on_click=state.undo, disabled=not past)
        st.button("↷", "redo", state.say(_REDO), on_click=state.redo, disabled=not future)
        if state.model() != state.model().base:
            st.button(state.say(_RESET), key="reset", on_click=_reset)


def _draw_slider(chosen: str, value: float) -> None:
    """Draw the slider of the chosen value; its range stays while the same element is chosen and holds its value."""
    name, reach = st.session_state.get("reach", ("", 0.0))
    if name != chosen or abs(value) > reach:
        reach = max(1.0, 2 * abs(value))
        st.session_state.reach = (chosen, reach)
    st.session_state.edit_drag = value
    label = state.say(_DRAG)
    st.slider(label, -reach, reach, step=reach / 200, key="edit_drag", on_change=_drag, format="%.3g", width=180)


def _drag() -> None:
    """Take the value of the slider."""
    chosen = choices(state.hand().drawing).get(state.view().chosen)
    if chosen is not None:
        _set(chosen, round(st.session_state.edit_drag, 6))


def _choose() -> None:
    chosen = state.picked("choose", choices(state.hand().drawing), state.view().chosen)
    if chosen or st.session_state.choose is None:
        state.look(chosen=chosen or "")


def _fill_field(chosen: str) -> float:
    """Show the element's value, and return it; what the reader has just typed and could not be used stays."""
    element = choices(state.hand().drawing)[chosen]
    amount = value_of(state.model(), state.trace(), element, state.hand().sample)
    value = write_number(amount)
    if st.session_state.get("edited") != (chosen, value) or "edit_value" not in st.session_state:
        if st.session_state.get("edited"):  # another element's; what the reader has just typed is no leftover
            st.session_state.replaced = (st.session_state.last_shown, monotonic())
        st.session_state.edited = (chosen, value)
        st.session_state.edit_value = st.session_state.last_shown = value
    return amount


def _edit() -> None:
    """Take the typed value; the present step stays."""
    chosen = choices(state.hand().drawing).get(state.view().chosen)
    if chosen is None or _sent_late():
        st.session_state.edited = None
        return
    try:
        _set(chosen, parse_number(st.session_state.edit_value))
    except InputError as error:
        state.complain(error)


def _set(chosen: Choice, value: float) -> None:
    """Give an element a value, and show it in the field."""
    try:
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
