"""The curves of all runs, and the network of one moment beside them, with the way to the stage."""

import streamlit as st

from engine import InputError, Text
from visualizer.curves import HEIGHT, curves_figure
from visualizer.findings import findings
from visualizer.moments import moment_figure
from visualizer.opening import left_out, opened
from visualizer.pages import _state as state
from visualizer.pages._charts import draw_chart
from visualizer.pages._lab import draw_epoch, epoch, lab, trial

_LOG, _SMOOTHING = Text("logarithmic", "对数坐标"), Text("smoothing", "平滑")
_OPEN = Text("Open on the stage", "在舞台上打开")
_OPEN_TIP = Text(
    "The network after this epoch, with the next batch: step through what this training computes now",
    "这一轮之后的网络与下一个批次：逐步查看训练此刻的计算",
)
_NO_CURVE = Text("Press Train: the loss curve grows here.", "按“训练”，损失曲线将在此生长。")
_NO_MOMENT = Text("And here the network, as it learns.", "学习中的网络将在此显示。")
_FRAME = 32  # pixels of a border and what lies between it and a chart


def draw_curves() -> None:
    """Draw the curves, the picture of the moment that is looked at, and the slider along the epochs."""
    now, shown = lab(), trial()
    with st.container(key="train_curves"):
        curves, moment = st.columns([1.75, 1], gap="small")
        if shown is None:
            for column, words in ((curves, _NO_CURVE), (moment, _NO_MOMENT)):
                column.container(border=True, height=HEIGHT + _FRAME).caption(state.say(words))
            _draw_slider()
            return
        with curves, st.container(border=True, key="loss_chart"):
            figure = curves_figure(
                now.runs,
                state.view().lang,
                log=st.session_state.get("train_log", False),
                smoothing=st.session_state.get("train_smoothing", 0.0),
                marker=epoch(),
                spans=_spans(),
            )
            draw_chart(figure, "loss_curves")
        with moment, st.container(border=True, key="moment_chart"):
            draw_chart(moment_figure(shown, epoch(), state.view().lang), "train_moment")
    _draw_slider()


def _spans() -> list[tuple[int, int, str]]:
    """Return where the evidence of each finding lies, by the numbers of the list below."""
    if lab().playing or trial() is None:
        return []
    return [(found.first, found.last, f"({i})") for i, found in enumerate(findings(trial()), 1)]


def _draw_slider() -> None:
    now, shown = lab(), trial()
    with st.container(key="train_scrub", horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.toggle(state.say(_LOG), key="train_log")
        st.slider(state.say(_SMOOTHING), 0.0, 0.99, key="train_smoothing", width=160)
        if shown is None:
            return
        draw_epoch("train_slider", disabled=now.playing)
        tip = state.say(_OPEN_TIP)
        st.button(
            state.say(_OPEN), "train_open", tip, on_click=_open, disabled=now.playing, icon=":material/footprint:"
        )
        if st.session_state.pop("train_leaves", False):
            st.switch_page("visualizer/pages/stage.py")


def _open() -> None:
    """Put the moment on the stage."""
    if trial() is None:  # a click that came when the runs had gone
        return
    try:
        spec, size = opened(trial(), epoch(), state.view().lang)
    except InputError as error:
        state.complain(error)
        return
    state.open_spec(spec, [])
    st.session_state.train_came = spec.model, left_out(trial().leg_at(epoch()).task, size)
    st.session_state.train_leaves = True
