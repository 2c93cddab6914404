"""The stage: one pass, step by step, on the network as a graph."""

from dataclasses import replace
from typing import Literal

import streamlit as st

from engine import Text
from engine.core import passage
from engine.mistakes import MISTAKES
from visualizer.address import in_two
from visualizer.lecture import GRANULARITIES
from visualizer.pages.hall import draw_room, publish
from visualizer.pages.lesson import MAKER_HEIGHT, draw_maker
from visualizer.pages.session import Drawn, draw_left_out, session, state
from visualizer.pages.shared import draw_beside, draw_chart, draw_notes, draw_problems, draw_remarks
from visualizer.pages.stage.equation import draw_equation, moving_words, of_equation
from visualizer.pages.stage.events import (
    go_on_from_panel,
    on_ask,
    on_drag,
    on_event,
    on_go,
    on_whole,
    press,
    set_granularity,
)
from visualizer.pages.stage.lessons import HEIGHT, draw_note
from visualizer.pages.stage.network import draw_head
from visualizer.pages.stage.pixels import draw_pixels
from visualizer.pages.stage.predict import draw_kept, draw_prediction, draw_toggle
from visualizer.pages.stage.tables import draw_tables
from visualizer.pages.stage.widgets import FIELD_WIDTH, draw_choice, draw_field, draw_ways
from visualizer.runs import cost_figure
from visualizer.stage.component import mount_equation, mount_numbers, mount_position, mount_stage, mount_whole
from visualizer.writing import IN_LESSON, PLAY, PLAY_TIP, TRANSPORT, number

_GAP, _PANEL = 16, 578  # pixels: the equation scrolls in it, so that nothing below moves while stepping
_ON_PURPOSE, _DO_RIGHT = Text("deliberate mistake", "故意的错误"), Text("Fix the mistake", "改正")
_MADE = Text("**{}**: {}", "**{}**：{}")
_PRESENT = Text("Presentation", "演示模式")
_PRESENT_TIP = Text(
    "Presentation mode: the graph and one equation, enlarged; press again to leave (P)",
    "演示模式：只留图与公式，放大显示；再按退出（P）",
)
_GRAIN_TIP = Text("Step by layer, neuron or weight (key {})", "步进单位：层 / 神经元 / 权重（按键 {}）")


def _draw_transport() -> None:
    tips = {key: tip for key, (_, tip) in TRANSPORT.items()} | (IN_LESSON if state.view().lesson else {})
    for key, (label, _) in TRANSPORT.items():
        kind: Literal["primary", "secondary"] = "primary" if key == "step_next" else "secondary"
        st.button(state.say(label), key, state.say(tips[key]), on_click=press, args=(key,), type=kind)
    st.button(state.say(PLAY), "step_play", state.say(PLAY_TIP))  # the stage listens to this and the next itself
    st.button(state.say(_PRESENT), "present", state.say(_PRESENT_TIP), icon=":material/fullscreen:")
    with st.container(key="granularity", horizontal=True, gap="xxsmall", width="content"):
        for i, (name, label) in enumerate(GRANULARITIES.items(), 1):
            pressed: Literal["primary", "tertiary"] = "primary" if name == state.view().granularity else "tertiary"
            tip = state.say(_GRAIN_TIP, i)
            st.button(state.say(label), f"grain_{name}", tip, on_click=set_granularity, args=(name,), type=pressed)


@st.fragment
def _draw_position() -> None:
    """Draw the position, and send it to the drawing; the equation follows on its own, so that nothing waits for it."""
    _leave_if_changed()
    with st.container(key="step_position"):
        st.markdown(f"**{state.position()} / {len(state.builder().lecture)}** · {_iteration()}", text_alignment="right")
    query, left_out = state.query("stage", {})
    cursor = {
        "lecture": state.lecture_id(),
        "position": state.position(),
        "ack": session().stage.ack,
        "chosen": state.view().chosen,
        "lesson": state.view().lesson,
        "query": in_two(query)[1],
        "whole": not left_out,
    }
    mount_position(cursor, on_go)
    publish()


@st.fragment
def _draw_equation() -> None:
    if session().stage.gone_on:
        session().stage.gone_on = False
        st.rerun()
    draw_beside()
    draw_pixels()
    if state.predicting():
        draw_prediction(go_on_from_panel)
    else:
        draw_equation()
    lit = {} if state.predicting() else of_equation()
    mount_equation({"shows": state.moment_id(), "ack": session().stage.ack, **lit}, on_ask)
    draw_kept()


def _leave_if_changed() -> None:
    """Redraw the whole page where it still shows another network, or another chunk of the keyframes."""
    drawn = session().stage.drawn
    if drawn is None or drawn[:2] != _present()[:2]:
        st.rerun()


def _present() -> Drawn:
    return Drawn(state.model(), state.present_keyframes().id, session().problems)


@st.fragment
def _draw_edit_row() -> None:
    """Draw the list of elements and what is chosen; an edit draws the latter only, as a list is long."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        draw_choice()
        _draw_edit()


@st.fragment
def _draw_edit() -> None:
    """Draw the field in which a number is changed, and what stands beside it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _draw_value()
        draw_ways()
        draw_toggle()


@st.fragment
def _draw_value() -> None:
    """Draw the numbers, and the field of the chosen one: all that a typed edit draws before the picture has changed.

    The stage asks for the rest of the page afterwards, where the slider has to become another one, which costs most.
    """
    drawn = session().stage.drawn
    if drawn is None or drawn[1:] != _present()[1:]:
        st.rerun()
    with st.container(key="edit_field", gap=None, width=FIELD_WIDTH):
        _draw_numbers()
        draw_field()
    publish()


@st.fragment
def _draw_numbers() -> None:
    stage = session().stage
    words = moving_words(stage.dragged.trace() if stage.dragged else state.trace()) if stage.drags else {}
    numbers = state.present_numbers(stage.dragged)
    network = in_two(state.query("stage", {})[0])[0]
    mount_numbers(
        {**numbers, "query": network, "words": words, "chosen": state.view().chosen, "ack": stage.ack}, on_drag
    )


def _iteration() -> str:
    """Return the number of the iteration, with its cost and, once the update has happened, the cost after it."""
    lecture, model = state.builder().lecture, state.model()
    trace, now = state.trace(), state.position()
    words = state.say(Text("Iteration {}", "第 {} 次迭代"), model.iteration)
    if lecture.moment(now).step >= [step.rule.key for step in trace.steps].index("c"):
        words += f" · C = {number(trace.loss, 6)}"
    if now == len(lecture):
        words += f" → {number(state.loss_after(), 6)}"
    return words


def _draw_unseen() -> None:
    """Draw a remark on the part of a training that the stage does not show, while it shows that epoch."""
    came, words = session().stage.came or (None, ())
    if words and came == replace(state.model(), iteration=1):
        st.info(passage(state.view().lang, words))


def _draw_mistakes() -> None:
    """Draw the names of mistakes made on purpose, what is wrong with them, and a button to stop them."""
    made = [MISTAKES[name] for name in state.model().mistakes]
    if not made:
        return
    words = passage(state.view().lang, [_MADE.format(mistake.label, mistake.why) for mistake in made])
    with st.container(key="mistake_banner", horizontal=True, vertical_alignment="center"):
        st.markdown(f":red-badge[✗ {state.say(_ON_PURPOSE)}] {words}", width="stretch")
        st.button(state.say(_DO_RIGHT), "mistake_off", on_click=_do_right, type="tertiary", width="content")


def _do_right() -> None:
    state.compute(state.right_model())


@st.fragment
def _draw_stage() -> None:
    """Draw all that can change without leaving the network: a button redraws this, a key only two parts."""
    _leave_if_changed()
    session().stage.dragged, session().stage.drags = None, False
    with st.container():  # always there: a part that moved down would get another identity, and lose its keys
        draw_problems(session().problems)
        draw_remarks(state.model().sizes[1:], state.model().activations)
        _draw_unseen()
        draw_left_out(state.query("stage", {})[1])
        _draw_mistakes()
    with st.container(key="stage_row"):
        picture, words = st.columns([3, 2], gap="small")
    buttons, place = st.columns([3, 2], gap="small", vertical_alignment="center")
    with picture, st.container(key="network_chart", border=True):
        shown = state.present_keyframes()
        mount_stage(shown.id, shown.packed, on_event)
    with place:
        _draw_position()
    with words:
        height = _PANEL
        if state.view().lesson:
            draw_note()
            height -= HEIGHT + _GAP
        if draw_maker():
            height -= MAKER_HEIGHT + _GAP
        with st.container(key="panel", border=True, height=height):
            _draw_equation()
    with buttons, st.container(key="transport", horizontal=True, gap="small", vertical_alignment="center"):
        _draw_transport()
    with st.container(key="edit_row"):
        if not st.session_state.get("settings"):  # else they stand there
            draw_notes(session().notes)
        edit, costs = st.columns([3, 2], gap="small")
    with edit:
        _draw_edit_row()
    if state.model().iteration > 1:
        with costs:
            draw_chart(cost_figure(state.model().costs(), state.view().lang), "costs", displayModeBar=False)


session().stage.drawn = _present()
_head = st.container(key="head")
mount_whole(session().stage.ack, on_whole)
with st.container(key="hall"):
    draw_room()
_draw_stage()  # before the head that stands above it: the picture is what people wait for
with _head:
    draw_head()
draw_tables()
