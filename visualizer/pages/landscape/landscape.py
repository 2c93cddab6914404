"""The landscape page: the loss surface over a plane through the network, or a test surface, with trajectories."""

from typing import Any

import streamlit as st

from engine import Text
from visualizer.epochs import WHY_EDGE, edge_figure
from visualizer.landscape import FIELDS, NETWORK, LossSurface, landscape_figure
from visualizer.pages.landscape.session import landscape_settings, settle, surface, write_address
from visualizer.pages.landscape.settings import draw_settings
from visualizer.pages.session import in_turns, session, state
from visualizer.pages.session import lab_session as _lab
from visualizer.pages.shared import draw_chart, draw_problems, draw_question, draw_remarks, pick_field, value_field

_PORTION, _PAUSE = 0.2, 0.3  # seconds of computing at a time, and from one time to the next
_MAP, _SPACE = Text("contours", "等高线"), Text("3D", "三维")
_CANCEL, _COMPUTE = Text("Cancel", "取消"), Text("Resume", "继续计算")
_DONE = Text("{:,} of {:,} networks", "{:,} / {:,} 个网络")
_TOOK = Text("{:,} networks in {:.3g} s", "{:,} 个网络，用时 {:.3g} 秒")
_SHARE = Text(
    "; this plane captures {:.1%} of the path's variation about its end point",
    "；该平面包含训练路径（相对终点）变化量的 {:.1%}",
)
_TRAINING = Text("Training is running: pause it to draw the landscape.", "训练正在进行；暂停后绘制损失曲面。")
_PAUSE_TRAINING = Text("Pause the training", "暂停训练")


def _draw_picture(ticking: bool) -> None:
    """Draw the points that are there, and compute a little; drawn again and again while points are left."""
    now = _lab.shown()
    write_address(now.lab)
    if _is_training(now):
        _train()
        return
    shown = surface(now)
    if shown is None:
        problem = session().landscape.problem
        draw_problems([problem] if problem else [])
        return
    if ticking != shown.running:
        st.rerun()
    _draw_controls(shown)
    looked = _looked(shown, now)
    figure = landscape_figure(shown, state.view().lang, landscape_settings().solid, landscape_settings().log, looked)
    draw_chart(figure, "landscape_chart")
    if looked:
        _lab.draw_epoch(now, "landscape_slider")
        _draw_edge(now)
    in_turns(shown.advance, _PORTION)
    if ticking != shown.running:
        st.rerun()


def _draw_edge(now: _lab.Shown) -> None:
    """Draw a switch, and once it is on the sharpness along the run, with the rate's limit and the chosen epoch."""
    on, lang = landscape_settings().edge, state.view().lang
    value_field(st.toggle, "site_edge", FIELDS["edge"].label, on, lambda on: settle(edge=on), width="content")
    if on:
        st.caption(state.say(WHY_EDGE))
        draw_chart(edge_figure(now.looked_at, now.epoch, lang), "landscape_edge")


def _is_training(now: _lab.Shown) -> bool:
    return landscape_settings().ground == NETWORK and now.lab.playing


def _train() -> None:
    """Train the runs that the address or the Train page has begun."""
    now = _lab.lab().snapshot()
    if now.playing and now.current:
        st.caption(state.say(_TRAINING))
        st.progress(min(1.0, now.done / now.current.goal(now.done)))
        st.button(state.say(_PAUSE_TRAINING), "landscape_pause", on_click=_lab.lab().pause)
        _lab.train(_PORTION)
    if not _lab.lab().snapshot().playing:
        st.rerun()


def _draw_controls(shown: LossSurface) -> None:
    with st.container(key="landscape_controls", horizontal=True, gap="medium", vertical_alignment="center"):
        words = {False: state.say(_MAP), True: state.say(_SPACE)}
        look: dict[str, Any] = {"label_visibility": "collapsed", "required": True, "width": "content"}
        pick_field(
            st.segmented_control, "site_solid", FIELDS["solid"].label, words, landscape_settings().solid, _look, **look
        )
        now_log = shown.is_steep if landscape_settings().log is None else landscape_settings().log
        value_field(st.toggle, "site_log", FIELDS["log"].label, now_log, lambda on: settle(log=on), width="content")
        if shown.running:
            st.button(state.say(_CANCEL), "landscape_cancel", on_click=shown.cancel)
        elif shown.cancelled:
            st.button(state.say(_COMPUTE), "landscape_compute", on_click=shown.go_on)
        if shown.plane:
            _draw_progress(shown)


def _look(solid: bool) -> None:
    settle(solid=solid)


def _draw_progress(shown: LossSurface) -> None:
    points = shown.cost.size
    if shown.done < 1:
        st.progress(shown.done, state.say(_DONE, round(shown.done * points), points))
        return
    words = state.say(_TOOK, points, shown.seconds)
    st.caption(words + (state.say(_SHARE, shown.share) if len(shown.marks) > 1 else ""))


def _looked(shown: LossSurface, now: _lab.Shown) -> tuple | None:
    """Return the chosen epoch, and the network's point then."""
    if shown.plane is None or now.trial is None:
        return None
    epoch = min(now.epoch, int(shown.marks[-1]))
    return epoch, shown.place(now.trial.network_at(epoch))


landscape_settings()
now = _lab.shown()
draw_problems(session().problems)
draw_question()
if landscape_settings().ground == NETWORK:
    draw_remarks(now.lab.task.hidden, now.lab.task.activations)
with st.container(key="landscape_body"):
    settings, picture = st.columns([1, 2.6], gap="small")
with settings:
    draw_settings(now)
with picture, st.container(key="landscape_run", border=True, gap="small"):
    begun = None if _is_training(now) else surface(now)
    busy = _is_training(now) or bool(begun and begun.running)
    st.fragment(_draw_picture, run_every=_PAUSE if busy else None)(busy)
