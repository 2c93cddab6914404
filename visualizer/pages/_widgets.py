"""The chosen element: a list of all of them, and the field in which its value is edited."""

import streamlit as st

from engine import InputError, Text
from engine.numbers import parse_number, write_number
from visualizer.consequences import EDITED
from visualizer.elements import choices, has_other_values, value_of, with_start_values, with_value
from visualizer.pages import _state as state

_CHOOSE = Text("Choose a weight, bias, input, target or neuron", "选择权重、偏置、输入、目标或神经元")
_NOTHING = Text("click in the graph, or choose here", "点击图中元素，或在此选择")
_EDIT = Text("Its value (0.35, 0,35, 1/3), then Enter", "数值（0.35、0,35、1/3），按 Enter")
_DRAG = Text("or drag", "或拖动")
_UNDO, _REDO = Text("Undo (Ctrl+Z)", "撤销（Ctrl+Z）"), Text("Redo (Ctrl+Shift+Z)", "重做（Ctrl+Shift+Z）")
_RESET = Text("Back to the start values", "恢复初始数值")
_PLACES = 6  # decimals of a dragged value
_LARGEST_DRAGGED = 1e300  # a slider has to reach beyond it, and no browser counts further than 1.8e308


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
        value = value_of(state.model(), state.trace(), offered[chosen], state.hand().sample)
        _draw_field(chosen, value)
        if abs(value) <= _LARGEST_DRAGGED:
            _draw_slider(chosen, value)
    draw_undo()


def draw_undo() -> None:
    """Draw the ways back: the last edit undone, done again, or all of them undone."""
    past, future = st.session_state.past, st.session_state.future
    with st.container(horizontal=True, gap="xxsmall", width="content"):
        st.button("↶", "undo", state.say(_UNDO), on_click=state.undo, disabled=not past)
        st.button("↷", "redo", state.say(_REDO), on_click=state.redo, disabled=not future)
        if has_other_values(state.model()):
            st.button(state.say(_RESET), key="reset", on_click=_reset)


def _draw_field(chosen: str, value: float) -> None:
    """Draw the field of the chosen value; what the reader has just typed and could not be used stays in it.

    With whatever a browser asks for it sends what its fields hold, and it may not know yet that this was replaced. So
    what replaces it stands in another field, of another pattern: what is still sent for the one before is nobody's.
    """
    held, text = st.session_state, write_number(value)
    if held.get("filled") != (chosen, text) or "edit_value" not in held:
        held.fields = held.get("fields", 0) + (held.get("edit_value") != text)
        held.filled, held.edit_value = (chosen, text), text
    anything, key = f".*|{held.fields}", "edit_value"
    look = {"validate": anything, "width": 220}
    st.text_input(state.say(_EDIT), held.edit_value, key=key, on_change=_edit, args=(chosen, held.fields), **look)


def _draw_slider(chosen: str, value: float) -> None:
    """Draw the slider of the chosen value, another one where it is not the slider that has changed it.

    Its range stays while the same element is chosen and holds its value.
    """
    held = st.session_state
    key, name, reach = held.get("slider", ("", "", 0.0))
    if name != chosen or key not in held or round(held[key], _PLACES) != round(value, _PLACES):
        reach = reach if name == chosen and abs(value) <= reach else max(1.0, 2 * abs(value))
        held.sliders = held.get("sliders", 0) + 1
        key = f"edit_drag_{held.sliders}"
        held.slider, held[key] = (key, chosen, reach), value
    label, look = state.say(_DRAG), {"step": reach / 200, "format": "%.3g", "width": 180}
    st.slider(label, -reach, reach, held[key], key=key, on_change=_drag, args=(chosen, key), **look)


def _drag(chosen: str, key: str) -> None:
    """Take the value of the slider."""
    if st.session_state.slider[0] == key:
        _set(chosen, round(st.session_state[key], _PLACES))


def _choose() -> None:
    chosen = state.picked("choose", choices(state.hand().drawing), state.view().chosen)
    if chosen or st.session_state.choose is None:
        state.look(chosen=chosen or "")


def _edit(chosen: str, number: int) -> None:
    """Take the typed value; the present step stays."""
    if st.session_state.fields != number:
        return
    try:
        _set(chosen, parse_number(st.session_state.edit_value))
    except InputError as error:
        state.complain(error)


def _set(chosen: str, value: float) -> None:
    """Give an element a value, and show it in the field; one that is drawn no longer keeps its own."""
    choice = choices(state.hand().drawing).get(chosen)
    if choice is None:
        return
    try:
        changed = with_value(state.model(), state.trace(), choice, state.hand().sample, value)
    except InputError as error:
        state.complain(error)
    else:
        st.session_state.filled = None
        state.compute(changed, *EDITED)


def _reset() -> None:
    state.compute(with_start_values(state.model()))
