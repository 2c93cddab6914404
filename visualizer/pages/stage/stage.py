"""The stage: one pass, step by step, on the network as a graph."""

from dataclasses import replace
from typing import Any, Literal

import streamlit as st

from engine import InputError, Text
from engine.core import passage
from engine.mistakes import MISTAKES
from visualizer.drawing import next_page
from visualizer.lecture import GRANULARITIES
from visualizer.pages.session import draw_left_out, session, state
from visualizer.pages.shared import draw_chart, draw_notes, draw_problems, draw_remarks
from visualizer.pages.stage.equation import cells, draw_equation
from visualizer.pages.stage.lessons import HEIGHT, draw_note, go_on
from visualizer.pages.stage.network import draw_head
from visualizer.pages.stage.pixels import draw_pixels
from visualizer.pages.stage.predict import draw_kept, draw_prediction, draw_toggle, leave_question
from visualizer.pages.stage.tables import draw_tables
from visualizer.pages.stage.widgets import draw_choice
from visualizer.runs import cost_figure
from visualizer.stage.component import mount_equation, mount_numbers, mount_position, mount_stage
from visualizer.writing import IN_LESSON, PLAY, PLAY_TIP, TRANSPORT, number

_GAP, _PANEL = 16, 578  # pixels: the equation scrolls in it, so that nothing below moves while stepping
_WAYS = {"undo": state.undo, "redo": state.redo}
_ON_PURPOSE, _DO_RIGHT = Text("wrong on purpose", "故意犯错"), Text("Do it right", "改正")
_MADE = Text("**{}**: {}", "**{}**：{}")
_PRESENT = Text("Presentation", "演示模式")
_PRESENT_TIP = Text(
    "Presentation: the graph and one equation, large; again to leave (P)",
    "演示模式：只留图与公式，放大显示；再按退出（P）",
)
_GRAIN_TIP = Text("Grain of the steps (key {})", "步进粒度（按键 {}）")


def _go(position: int) -> None:
    """Go to a position; beyond the last lies the next iteration, before the first the one before."""
    lecture, model = state.builder().lecture, state.model()
    if position > state.position():
        leave_question()
    if position > len(lecture):
        _iterate(model.iteration + 1, "0")
    elif position < 0:
        _iterate(model.iteration - 1, "update")
    else:
        state.update_view(step=lecture.address(position))


def _go_on() -> None:
    """Step forward from the panel, which is only a part of what has to be drawn anew then."""
    _go(state.position() + 1)
    session().stage.gone_on = True


def _iterate(iteration: int, step: str) -> None:
    if iteration < 1:
        return
    following = replace(state.model(), iteration=iteration)
    try:
        following.check()
    except InputError as error:
        state.complain(error)
    else:
        state.compute(following, step=step)


def _press(button: str) -> None:
    now, last = state.position(), len(state.builder().lecture)
    if state.view().lesson and button in IN_LESSON:
        go_on(1 if button == "step_next" else -1)
        return
    _go({"step_first": 0, "step_prev": now - 1, "step_next": now + 1, "step_last": last}[button])


def _set_granularity(name: str) -> None:
    """Change the granularity at the same address, which means the same moment in each."""
    state.update_view(granularity=name)
    state.update_view(step=state.builder().lecture.address(state.position()))


def _is_new(event: dict[str, Any]) -> bool:
    """Whether an event of the stage has not been carried out yet: on a slow way it comes twice."""
    if event["seq"] <= session().stage.ack:
        return False
    session().stage.ack = event["seq"]
    return True


def _on_go() -> None:
    """Follow the drawing to a position; in a lecture that it does not show yet, by as many steps as it moved."""
    go = st.session_state.position_channel.event
    if _is_new(go):
        moved = min(max(0, state.position() + int(go["by"])), len(state.builder().lecture))
        _go(int(go["position"]) if go["lecture"] == state.lecture_id() else moved)


def _on_ask() -> None:
    """Acknowledge that the drawing has asked for the equation, which is drawn anyway."""
    _is_new(st.session_state.equation_channel.event)


def _on_event() -> None:
    """Handle an event of the drawing."""
    event = st.session_state.stage.event
    if not _is_new(event):
        return
    if event["what"] == "granularity" and event["name"] in GRANULARITIES:
        _set_granularity(event["name"])
    elif event["what"] == "choose":
        state.update_view(chosen=event["element"])
    elif event["what"] == "unfold":
        _unfold(int(event["layer"]))
    elif event["what"] == "lesson":
        go_on(int(event["by"]))
    elif event["what"] in _WAYS:
        _WAYS[event["what"]]()


def _unfold(layer: int) -> None:
    """Show the first, or the next, units of a large layer, or fold it again; the place stays."""
    sizes = state.model().sizes
    if layer < len(sizes):
        state.update_view(unfolded=next_page(sizes, layer, state.view().unfolded))
        state.update_view(step=state.builder().lecture.address(state.position()))


def _draw_transport() -> None:
    tips = {key: tip for key, (_, tip) in TRANSPORT.items()} | (IN_LESSON if state.view().lesson else {})
    for key, (label, _) in TRANSPORT.items():
        kind: Literal["primary", "secondary"] = "primary" if key == "step_next" else "secondary"
        st.button(state.say(label), key, state.say(tips[key]), on_click=_press, args=(key,), type=kind)
    st.button(state.say(PLAY), "step_play", state.say(PLAY_TIP))  # the stage listens to this and the next itself
    st.button(state.say(_PRESENT), "present", state.say(_PRESENT_TIP), icon=":material/fullscreen:")
    with st.container(key="granularity", horizontal=True, gap="xxsmall", width="content"):
        for i, (name, label) in enumerate(GRANULARITIES.items(), 1):
            pressed: Literal["primary", "tertiary"] = "primary" if name == state.view().granularity else "tertiary"
            tip = state.say(_GRAIN_TIP, i)
            st.button(state.say(label), f"grain_{name}", tip, on_click=_set_granularity, args=(name,), type=pressed)


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
        "shows": state.moment_id(),
        "chosen": state.view().chosen,
        "lesson": state.view().lesson,
        "query": query,
        "whole": not left_out,
    }
    mount_position(cursor, _on_go)


@st.fragment
def _draw_equation() -> None:
    if session().stage.gone_on:
        session().stage.gone_on = False
        st.rerun()
    draw_pixels()
    if state.predicting():
        draw_prediction(_go_on)
    else:
        draw_equation()
    shown = {"shows": state.moment_id(), "cells": [] if state.predicting() else cells(), "ack": session().stage.ack}
    mount_equation(shown, _on_ask)
    draw_kept()


def _leave_if_changed() -> None:
    """Redraw the whole page where it still shows another network, or another chunk of the keyframes."""
    if session().stage.drawn != (state.model(), state.present_film()["id"]):
        st.rerun()


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
        mount_stage(state.present_film(), _on_event)
    with place, st.container(gap=None):
        mount_numbers(state.present_numbers())
        _draw_position()
    with words:
        height = _PANEL
        if state.view().lesson:
            draw_note()
            height -= HEIGHT + _GAP
        with st.container(key="panel", border=True, height=height):
            _draw_equation()
    with buttons, st.container(key="transport", horizontal=True, gap="small", vertical_alignment="center"):
        _draw_transport()
    with st.container(key="edit_row"):
        if not st.session_state.get("settings"):  # else they stand there
            draw_notes(session().notes)
        edit, costs = st.columns([3, 2], gap="small")
    with edit, st.container(horizontal=True, vertical_alignment="bottom"):
        draw_choice()
        draw_toggle()
    if state.model().iteration > 1:
        with costs:
            draw_chart(cost_figure(state.model().costs(), state.view().lang), "costs", displayModeBar=False)


session().stage.drawn = (state.model(), state.present_film()["id"])
_head = st.container(key="head")
_draw_stage()  # before the head that stands above it: the picture is what people wait for
with _head:
    draw_head()
draw_tables()
