"""The curves of all runs, and the network of one moment beside them, with the way to the stage."""

import streamlit as st

from engine import InputError, Text
from visualizer.findings import findings
from visualizer.pages import script
from visualizer.pages.session import Shown, draw_epoch, session, shown, state
from visualizer.pages.shared import draw_chart
from visualizer.runs import HEIGHT, curves_figure, moment_figure
from visualizer.state import from_epoch, left_out

_LOG, _SMOOTHING = Text("log scale", "对数坐标"), Text("smoothing", "平滑")
_OPEN = Text("Open in Step through", "在“逐步演示”中打开")
_OPEN_TIP = Text(
    "The network after this epoch with its next batch: step through the next update",
    "这一轮之后的网络与下一个小批量：逐步查看训练此刻的计算",
)
_NO_CURVE = Text("Press Train to draw the loss curve.", "按“训练”后，这里显示损失曲线。")
_NO_MOMENT = Text("The network's output appears here as it learns.", "网络的输出随训练显示在这里。")
_FRAME = 32  # pixels of a border and what lies between it and a chart


def draw_curves(now: Shown) -> None:
    """Draw the curves, the picture of the chosen moment, and the slider along the epochs."""
    trial = now.trial
    with st.container(key="train_curves"):
        curves, moment = st.columns([1.75, 1], gap="small")
        if trial is None:
            for column, words in ((curves, _NO_CURVE), (moment, _NO_MOMENT)):
                column.container(border=True, height=HEIGHT + _FRAME).caption(state.say(words))
            _draw_slider(now)
            return
        with curves, st.container(border=True, key="loss_chart"):
            figure = curves_figure(
                now.lab.runs,
                state.view().lang,
                log=st.session_state.get("train_log", False),
                smoothing=st.session_state.get("train_smoothing", 0.0),
                marker=now.epoch,
                spans=_spans(now),
            )
            draw_chart(figure, "loss_curves")
        with moment, st.container(border=True, key="moment_chart"):
            draw_chart(moment_figure(trial, now.epoch, state.view().lang), "train_moment")
    _draw_slider(now)


def _spans(now: Shown) -> list[tuple[int, int, str]]:
    """Return the span of each finding's evidence on the curve, with its number in the list below."""
    if now.lab.playing or now.trial is None or now.lab.runs[now.chosen].hidden:
        return []
    return [(found.first, found.last, f"({i})") for i, found in enumerate(findings(now.trial), 1)]


def _draw_slider(now: Shown) -> None:
    with st.container(key="train_scrub", horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.toggle(state.say(_LOG), key="train_log")
        st.slider(state.say(_SMOOTHING), 0.0, 0.99, key="train_smoothing", width=160)
        if now.trial is None:
            return
        draw_epoch(now, "train_slider")
        tip = state.say(_OPEN_TIP)
        st.button(
            state.say(_OPEN), "train_open", tip, on_click=_open, disabled=now.lab.playing, icon=":material/footprint:"
        )
        if session().train.leaves:
            session().train.leaves = False
            st.switch_page(script("stage"))


def _open() -> None:
    """Put the moment on the stage."""
    now = shown()
    if now.trial is None:  # a click that came when the runs had gone
        return
    try:
        spec, size = from_epoch(now.trial, now.epoch, state.view().lang)
    except InputError as error:
        state.complain(error)
        return
    cut = left_out(now.trial.leg_at(now.epoch).task, size)
    state.open_spec(spec, [])
    held = session()
    held.stage.came, held.train.leaves = (spec.model, cut), True
