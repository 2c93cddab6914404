"""The curves of all runs, and the network of one moment beside them, with the way to the stage."""

from functools import lru_cache

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import InputError, Text
from engine.settings import Task
from engine.studies import RunRecord, untrained
from visualizer.epochs import HEIGHT, moment_figure
from visualizer.findings import Finding, findings
from visualizer.lab import Snapshot
from visualizer.pages import script
from visualizer.pages.session import Shown, draw_epoch, session, shown, state, widget_value
from visualizer.pages.shared import draw_chart
from visualizer.pages.views import TONES
from visualizer.runs import AXES, FIELD_LABELS, QUANTITIES, Look, NamedRun, curves_figure, differing
from visualizer.state import from_epoch, left_out
from visualizer.writing import number

_LOG, _SMOOTHING = Text("log scale", "对数坐标"), Text("smoothing", "平滑")
_AXES, _UP, _ACROSS = Text("Axes", "坐标轴"), Text("Vertical", "纵轴"), Text("Horizontal", "横轴")
_LOG_X = Text("log scale (horizontal)", "横轴取对数")
_OPEN = Text("Open in Step through", "在“逐步演示”中打开")
_OPEN_TIP = Text(
    "The network after this epoch with its next batch: step through the next update",
    "用这一轮之后的网络和下一个小批量，逐步查看接下来的更新",
)
_START = Text("before training: C = {}", "训练之前：C = {}")
_NO_CURVE = Text("Press Train to draw the loss curve.", "按“训练”后，这里显示损失曲线。")
_NO_MOMENT = Text("The network's output appears here as it learns.", "网络的输出随训练显示在这里。")
_GROUP, _COLOUR = Text("Average runs with the same", "对以下设置相同的训练取平均"), Text("Color by", "着色依据")
_NONE = Text("nothing", "无")
_LISTED, _LISTED_TIP = (
    Text("list all runs at the pointer", "在指针处列出所有训练"),
    Text("Hovering shows the values of all runs at that point instead of one run's.", "悬停时显示此处所有训练的值。"),
)
_OF_RUN = 3  # what a point of a run's curve tells: epoch, value, and the run
_FRAME = 32  # pixels of a border and what lies between it and a chart


def draw_curves(now: Shown) -> None:
    """Draw the curves, the picture of the chosen moment, and the slider along the epochs."""
    trial = now.trial
    with st.container(key="train_curves"):
        curves, moment = st.columns([1.75, 1], gap="small")
        if trial is None:
            _draw_start(now.lab, curves, moment)
            return
        with curves, st.container(border=True, key="loss_chart"):
            draw_chart(chosen_figure(now), "loss_curves", picked=_click)
        with moment, st.container(border=True, key="moment_chart"):
            draw_chart(moment_figure(trial, now.epoch, state.view().lang), "train_moment")
    _draw_slider(now)


def chosen_figure(now: Shown) -> go.Figure:
    """Return the figure of the curves as the fields below it say."""
    return curves_figure(
        now.lab.runs,
        state.view().lang,
        log=st.session_state.get("train_log", False),
        smoothing=st.session_state.get("train_smoothing", 0.0),
        marker=now.epoch,
        spans=_spans(now),
        look=_look(),
        outside=now.lab.outside,
    )


def _look() -> Look:
    """Return the quantity of each axis, as the fields below the chart say."""
    quantity = st.session_state.get("train_quantity") or "loss"
    axis = st.session_state.get("train_axis") or "epoch"
    group, shade = (st.session_state.get(key) or "" for key in ("train_group", "train_shade"))
    log_x, listed = (st.session_state.get(key, False) for key in ("train_log_x", "train_listed"))
    return Look(quantity, axis, log_x, group, shade, listed)


def _click() -> None:
    """Look at the run and the epoch of the point of a curve that was clicked; a mean is of no epoch."""
    points, now = widget_value("loss_curves").selection.points, shown()
    told = points[-1].get("customdata") if points else None
    if told and len(told) == _OF_RUN and not now.lab.playing:
        colours = [run.colour for run in now.lab.runs]
        looked, place = session().train, int(told[2])
        looked.run, looked.epoch = colours.index(place) if place in colours else now.chosen, int(told[0])


def _draw_start(now: Snapshot, curves: DeltaGenerator, moment: DeltaGenerator) -> None:
    """Draw the picture before the first epoch: the data, the prediction of the network, and its loss."""
    try:
        start = _before(now.task)
    except InputError:  # which is said where the settings are
        for column, words in ((curves, _NO_CURVE), (moment, _NO_MOMENT)):
            column.container(border=True, height=HEIGHT + _FRAME).caption(state.say(words))
        return
    lang = state.view().lang
    with curves, st.container(border=True, key="loss_chart"):
        called = state.say(_START, number(float(start.loss[0]), 3))
        known = any(curve.train.epochs for curve in now.outside) or not now.outside
        look, runs = Look(axis="epoch" if known else "update"), [NamedRun(called, start)]
        figure = curves_figure(runs, lang, marker=0, reach=now.task.epochs, look=look, outside=now.outside)
        draw_chart(figure, "loss_curves")
    with moment, st.container(border=True, key="moment_chart"):
        draw_chart(moment_figure(start, 0, lang), "train_moment")


@lru_cache(maxsize=16)
def _before(task: Task) -> RunRecord:
    """Return the record of a training before its first epoch; every drawing of the page asks for it."""
    task.check()
    return untrained(task)


def _spans(now: Shown) -> list[tuple[int, int, str, str]]:
    """Return the stretch of each finding on the curve, with its number in the list below and the colour of its tone."""
    if now.lab.playing or now.trial is None or now.lab.runs[now.chosen].hidden:
        return []
    numbered = enumerate(findings(now.trial), 1)
    return [(each.first, each.last, f"({i})", TONES[each.tone].shade) for i, each in numbered if not _throughout(each)]


def _throughout(each: Finding) -> bool:
    """Whether a finding is about the whole run, and a bar above all of it would say nothing."""
    return each.first == 0 and each.kind != "plateau"


def _draw_slider(now: Shown) -> None:
    with st.container(key="train_scrub", horizontal=True, vertical_alignment="bottom", gap="medium"):
        with st.popover(state.say(_AXES), icon=":material/show_chart:"):
            _draw_axes(now)
        st.toggle(state.say(_LOG), key="train_log")
        draw_epoch(now, "train_slider")
        tip = state.say(_OPEN_TIP)
        st.button(
            state.say(_OPEN), "train_open", tip, on_click=_open, disabled=now.lab.playing, icon=":material/footprint:"
        )
        if session().train.leaves:
            session().train.leaves = False
            st.switch_page(script("stage"))


def _draw_axes(now: Shown) -> None:
    """Draw the fields of quantity and axis, and of the settings by which runs are gathered and coloured."""
    quantities = {name: state.say(each.label) for name, each in QUANTITIES.items()}
    axes = {name: state.say(each.label) for name, each in AXES.items()}
    st.selectbox(state.say(_UP), list(quantities), format_func=quantities.__getitem__, key="train_quantity")
    st.selectbox(state.say(_ACROSS), list(axes), format_func=axes.__getitem__, key="train_axis")
    st.toggle(state.say(_LOG_X), key="train_log_x")
    for key, label in (("train_group", _GROUP), ("train_shade", _COLOUR)):
        chosen = st.session_state.get(key) or ""  # also where the runs that it told apart have gone
        names = ("", *dict.fromkeys((*differing(now.lab.runs), *([chosen] if chosen else []))))
        words = {name: state.say(FIELD_LABELS.get(name, _NONE)) for name in names}
        st.selectbox(state.say(label), names, format_func=words.__getitem__, key=key)
    st.toggle(state.say(_LISTED), key="train_listed", help=state.say(_LISTED_TIP))
    st.slider(state.say(_SMOOTHING), 0.0, 0.99, key="train_smoothing")


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
