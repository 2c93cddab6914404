"""Curves from outside: taken from files or pasted, named, hidden and deleted, with what is found in each."""

from functools import lru_cache, partial
from typing import Any

import streamlit as st

from engine import InputError, Text
from engine.core import echo
from engine.data import MOST_LOG_BYTES, Log, read_log
from visualizer.findings import findings_outside
from visualizer.lab import LONGEST_NAME
from visualizer.outside import OutsideCurve, curves_of, usual_series
from visualizer.pages.session import Shown, lab, session, state, widget_value
from visualizer.pages.shared import draw_problems, text_field
from visualizer.pages.views.why import draw_findings
from visualizer.runs import AXES, outside_labels
from visualizer.writing import in_markdown

_WHAT = Text(
    "Compare losses logged by another program with your runs: a CSV file of Keras or Lightning, an export of "
    "Weights & Biases or TensorBoard, an event file, or numbers. They come without a network, so only the curve "
    "can be analyzed.",
    "把其他程序记录的损失与这里的训练放在一起比较：Keras 或 Lightning 的 CSV、Weights & Biases 或 TensorBoard 的导"
    "出、事件文件，或一串数。它们不带网络，因此只能看曲线本身。",
)
_FILES = Text("Log files: CSV, TSV, Excel, JSON, tfevents", "日志文件：CSV、TSV、Excel、JSON、tfevents")
_PASTE, _HINT = Text("or paste the numbers", "或粘贴数字"), "0.69\n0.52\n0.41"
_SERIES = Text("Curves in {}", "{} 中的曲线")
_OF_FILE = Text("{}: {}", "{}：{}")
_ADD = Text("Add curves", "添加曲线")
_NAME, _HIDE, _SHOW, _DELETE = (
    Text("Name of the curve", "曲线名称"),
    Text("Hide", "隐藏"),
    Text("Show", "显示"),
    Text("Delete", "删除"),
)
_ELSEWHERE = Text(
    "This log is indexed by “{}” only: choose that as the horizontal axis to see the curve.",
    "它的日志只按“{}”计数：把横轴换成它，才能看到这条曲线。",
)
_UNREMARKABLE = Text("Nothing unusual in this curve.", "这条曲线没有异常。")


@lru_cache(maxsize=8)
def _read(data: bytes, name: str) -> Log:
    return read_log(data, name)


def draw_outside(now: Shown) -> None:
    """Draw the fields that take curves from outside, and the curves that there are."""
    st.caption(state.say(_WHAT))
    files, pasted = st.columns([1.4, 1], gap="small")
    with files:
        look: dict[str, Any] = {"accept_multiple_files": True, "max_upload_size": MOST_LOG_BYTES // 1_000_000}
        held = st.file_uploader(state.say(_FILES), key=f"outside_files_{session().train.logs}", **look)
        _draw_files(held)
    with pasted:
        look = {"kind": st.text_area, "height": 120, "placeholder": _HINT}
        text_field("outside_paste", _PASTE, "", _take_pasted, **look)
    axis = session().train.look.axis
    for curve, label in zip(now.lab.outside, outside_labels(now.lab.outside, state.view().lang), strict=True):
        _draw_curve(curve, label, axis)


def _draw_files(held: list[Any]) -> None:
    """Draw the series of each file that is in the field, and the button that takes those that are chosen."""
    able = []
    for each in held:
        try:
            log = _read(each.getvalue(), each.name)
        except InputError as error:
            draw_problems([InputError(_OF_FILE.format(echo(each.name), error.problem), error.allowed, error.got)])
            continue
        names, usual = [series.name for series in log.series], usual_series(log.series)
        label, key = state.say(_SERIES, in_markdown(each.name)), f"outside_series_{each.file_id}"
        st.multiselect(label, names, usual, key=key)
        if log.said:
            st.caption(in_markdown(" ".join(state.say(words) for words in log.said)))
        able.append((each.getvalue(), each.name, key))
    if able:
        st.button(state.say(_ADD), "outside_add", on_click=state.act, args=(_take_files, able), type="primary")


def _take_files(able: list[tuple[bytes, str, str]]) -> None:
    curves, said = [], []
    for data, name, key in able:
        made, remarks = curves_of(_read(data, name).series, widget_value(key) or (), name.rpartition(".")[0] or name)
        curves += made
        said += remarks
    lab().add_outside(curves)
    looked = session().train
    looked.logs, looked.notes = looked.logs + 1, said


def _take_pasted(text: str) -> None:
    if text.strip():
        series = read_log(text.encode()).series
        curves, said = curves_of(series, usual_series(series))
        lab().add_outside(curves)
        session().train.notes = said


def _draw_curve(curve: OutsideCurve, label: str, axis: str) -> None:
    """Draw one curve: its name, what can be done with it, and what is found in it."""
    colour = curve.colour
    with st.container(border=True, key=f"outside_{-colour}"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            look: dict[str, Any] = {"placeholder": label, "max_chars": LONGEST_NAME, "width": 320}
            text_field(f"outside_name_{-colour}", _NAME, curve.name, partial(_rename, colour), str.strip, **look)
            label, hidden = state.say(_SHOW if curve.hidden else _HIDE), {"hidden": not curve.hidden}
            st.button(label, f"outside_hide_{-colour}", on_click=lab().alter, args=(colour,), kwargs=hidden)
            st.button(state.say(_DELETE), f"outside_delete_{-colour}", on_click=lab().remove, args=(colour,))
        if not curve.train.along(axis):
            st.caption(state.say(_ELSEWHERE, state.say(AXES[curve.axis].label)))
        found = findings_outside(curve)
        draw_findings(found)
        if not found:
            st.markdown(state.say(_UNREMARKABLE))


def _rename(colour: int, name: str) -> None:
    lab().alter(colour, name=name[:LONGEST_NAME])
