"""The chosen element: a list of all of them, and the field in which its value is edited."""

from operator import itemgetter

import streamlit as st

from engine import Text
from engine.core import parse_number, write_number
from engine.settings import Model
from visualizer.pages.session import session, state
from visualizer.pages.shared import pick_field, text_field, typed_field
from visualizer.state import (
    EDITED,
    Choice,
    choice_labels,
    choices,
    has_other_values,
    value_of,
    with_start_values,
    with_value,
)

_CHOOSE = Text("Choose a weight, bias, input, target or neuron", "选择权重、偏置、输入、目标或神经元")
_NOTHING = Text("click in the graph, or choose here", "点击图中元素，或在此选择")
_EDIT = Text("Value (0.35, 0,35 or 1/3), then Enter", "数值（0.35、0,35、1/3），按 Enter")
_DRAG = Text("or drag", "或拖动")
_UNDO, _REDO = Text("Undo (Ctrl+Z)", "撤销（Ctrl+Z）"), Text("Redo (Ctrl+Shift+Z)", "重做（Ctrl+Shift+Z）")
_RESET = Text("Reset to the initial values", "恢复初始数值")
FIELD_WIDTH = 220  # pixels
PLACES = 6  # decimals of a dragged value
_STEPS = 200  # of a slider on either side of 0
_LARGEST_DRAGGED = 1e300  # a slider has to reach beyond it, and no browser counts further than 1.8e308


def draw_choice() -> None:
    """Draw the list of elements."""
    labels = choice_labels(state.builder().drawing, state.view().lang)
    chosen = state.view().chosen if state.view().chosen in labels else None
    pick_field(st.selectbox, "choose", _CHOOSE, labels, chosen, _choose, placeholder=state.say(_NOTHING), width=300)


def draw_field() -> None:
    """Draw the field of the chosen value, as the shortest text that reads back as it."""
    chosen = state.view().chosen
    if _editable(chosen):
        now = (chosen, write_number(number_of(chosen)))
        text_field("edit_value", _EDIT, now, _edit, lambda typed: (chosen, typed), itemgetter(1), width=FIELD_WIDTH)


def draw_ways() -> None:
    """Draw the slider of the chosen value, and the ways back."""
    chosen = state.view().chosen
    if _editable(chosen) and abs(value := number_of(chosen)) <= _LARGEST_DRAGGED:
        _draw_slider(chosen, value)
    draw_undo()


def draw_undo() -> None:
    """Draw the ways back: the last edit undone, done again, or all of them undone."""
    past, future = session().past, session().future
    with st.container(horizontal=True, gap="xxsmall", width="content"):
        st.button("↶", "undo", state.say(_UNDO), on_click=state.undo, disabled=not past)
        st.button("↷", "redo", state.say(_REDO), on_click=state.redo, disabled=not future)
        if has_other_values(state.model()):
            st.button(state.say(_RESET), key="reset", on_click=_reset)


def _draw_slider(chosen: str, value: float) -> None:
    """Draw the slider of the chosen value; its range stays while the same element is chosen and lies within."""
    step = step_of(chosen, value)
    reach = _STEPS * step
    look = {"min_value": -reach, "max_value": reach, "step": step, "format": "%.3g", "width": 180}
    now = (chosen, round(value, PLACES))
    read = lambda dragged: (chosen, round(dragged, PLACES))  # noqa: E731
    typed_field(
        st.slider, "edit_drag", state.say(_DRAG), now, lambda dragged: set_value(*dragged), read, itemgetter(1), **look
    )


def _choose(chosen: str | None) -> None:
    state.update_view(chosen=chosen or "")


def _edit(typed: tuple[str, str]) -> None:
    """Take the typed value of an element; the present step stays."""
    set_value(typed[0], parse_number(typed[1]))


def set_value(chosen: str, value: float) -> None:
    """Set the value of an element; a drawn network then has its own numbers."""
    changed = with_number(chosen, value)
    if changed is not None:
        state.compute(changed, *EDITED)


def with_number(chosen: str, value: float) -> Model | None:
    """Return the present model with another value of an element; None where there is none to be changed."""
    choice = _editable(chosen)
    return with_value(state.model(), state.trace(), choice, state.builder().sample, value) if choice else None


def number_of(chosen: str) -> float:
    """Return the present value of an element; 0 where there is none."""
    choice = _editable(chosen)
    return value_of(state.model(), state.trace(), choice, state.builder().sample) if choice else 0.0


def _editable(chosen: str) -> Choice | None:
    choice = choices(state.builder().drawing).get(chosen)
    return choice if choice and choice.editable else None


def step_of(chosen: str, value: float) -> float:
    """Return the step in which an element is dragged; it stays while the same one is dragged and lies in its range."""
    name, reach = session().stage.slider
    if name != chosen or abs(value) > reach:
        reach = max(1.0, 2 * abs(value))
        session().stage.slider = chosen, reach
    return reach / _STEPS


def _reset() -> None:
    state.compute(with_start_values(state.model()))
