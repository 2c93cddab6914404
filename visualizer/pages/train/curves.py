"""The curves of all runs, and the network of one moment beside them, with the way to the stage."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

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
from visualizer.pages.session import Shown, draw_epoch, look_at, session, shown, state, widget_value
from visualizer.pages.shared import draw_chart, on_a_phone, pick_field, value_field
from visualizer.pages.views import TONES
from visualizer.runs import AXES, FIELD_LABELS, MOST_SMOOTH, QUANTITIES, Look, NamedRun, curves_figure, differing
from visualizer.runs import FIELDS as OF_LINK
from visualizer.state import from_epoch, left_out
from visualizer.writing import number

_AXES = Text("Axes", "坐标轴")
_OPEN = Text("Open in Step through", "在“逐步演示”中打开")
_OPEN_TIP = Text(
    "The network after this epoch with its next batch: step through the next update",
    "用这一轮之后的网络和下一个小批量，逐步查看接下来的更新",
)
_START = Text("before training: C = {}", "训练之前：C = {}")
_NO_CURVE = Text("Press Train to draw the loss curve.", "按“训练”后，这里显示损失曲线。")
_NO_MOMENT = Text("The network's output appears here as it learns.", "网络的输出随训练显示在这里。")
_NONE = Text("nothing", "无")
_LISTED_TIP = Text(
    "Hovering shows the values of all runs at that point instead of one run's.", "悬停时显示此处所有训练的值。"
)
OF_LOOK = {field.attribute: field for field in OF_LINK.values()}
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
            draw_chart(chosen_figure(now, on_a_phone()), "loss_curves", picked=_click)
        with moment, st.container(border=True, key="moment_chart"):
            draw_chart(moment_figure(trial, now.epoch, state.view().lang), "train_moment")
    _draw_slider(now)


def chosen_figure(now: Shown, narrow: bool = False) -> go.Figure:
    """Return the figure of the curves as the fields below it say."""
    return curves_figure(
        now.lab.runs,
        state.view().lang,
        marker=now.epoch,
        spans=_spans(now),
        look=session().train.look,
        outside=now.lab.outside,
        narrow=narrow,
    )


def _click() -> None:
    """Look at the run and the epoch of the point of a curve that was clicked; a mean is of no epoch."""
    points, now = widget_value("loss_curves").selection.points, shown()
    told = points[-1].get("customdata") if points else None
    if told and len(told) == _OF_RUN and not now.lab.playing:
        colours = [run.colour for run in now.lab.runs]
        place = int(told[2])
        look_at(run=colours.index(place) if place in colours else now.chosen, epoch=int(told[0]))


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
        _draw_value(st.toggle, "log", width="content")
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
    _draw_choice("quantity", {name: each.label for name, each in QUANTITIES.items()})
    _draw_choice("axis", {name: each.label for name, each in AXES.items()})
    _draw_value(st.toggle, "log_x")
    for name in ("group", "shade"):
        chosen = getattr(session().train.look, name)  # also where the runs that it told apart have gone
        offered = dict.fromkeys(("", *differing(now.lab.runs), chosen))
        _draw_choice(name, {each: FIELD_LABELS.get(each, _NONE) for each in offered})
    _draw_value(st.toggle, "listed", help=state.say(_LISTED_TIP))
    _draw_value(st.slider, "smoothing", min_value=0.0, max_value=MOST_SMOOTH)


def _draw_choice(name: str, offered: Mapping[str, Text]) -> None:
    """Draw the field of a part of the look that is one of several."""
    label, labels = OF_LOOK[name].label, {each: state.say(words) for each, words in offered.items()}
    pick_field(st.selectbox, f"train_{name}", label, labels, getattr(session().train.look, name), _take(name))


def _draw_value(kind: Callable[..., Any], name: str, **look: Any) -> None:
    """Draw the field of a part of the look that is a switch or a number."""
    value_field(kind, f"train_{name}", OF_LOOK[name].label, getattr(session().train.look, name), _take(name), **look)


def _take(name: str) -> Callable[[Any], None]:
    return lambda value: look_at(**{name: value})


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
    cut = left_out(now.trial.segment_at(now.epoch).task, size)
    state.open_spec(spec, [])
    held = session()
    held.stage.came, held.train.leaves = (spec.model, cut), True
