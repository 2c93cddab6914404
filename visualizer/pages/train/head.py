"""The head of the Train page: the menus of experiments and of files, and remarks on the runs."""

from functools import partial
from typing import Any

import streamlit as st

from engine import Text
from visualizer.experiments import EXPERIMENTS
from visualizer.lab import Snapshot, lab_from_file, lab_to_file, lab_to_query, outside_from_file
from visualizer.pages.session import (
    close_folder,
    lab,
    session,
    shown,
    state,
    widget_value,
)
from visualizer.pages.shared import download_button
from visualizer.pages.train.curves import chosen_figure
from visualizer.pages.train.experiments import draw_answer, draw_experiments, draw_story
from visualizer.runs import csv, labels, runs_json, tidy_csv
from visualizer.state import started
from visualizer.writing import in_markdown

_EXPERIMENTS = Text("Experiments", "实验")
_FILES = Text("Save / open", "保存与打开")
_LINK = Text(
    "This page's address stores these settings and retrains these runs when opened.",
    "本页地址保存了这些设置，打开时会重新进行这些训练。",
)
_SAVE = Text("Save settings and runs as a file", "把设置与训练记录保存为文件")
_CURVES = Text("All curves as CSV", "全部曲线（CSV）")
_TIDY = Text("All quantities by epoch, update and second as CSV", "全部数据，含轮、更新次数、用时（CSV）")
_JSON = Text("Settings and curves as JSON", "设置与曲线（JSON）")
_CHART = Text("The chart as a web page", "图表（网页）")
_OPEN = Text("Open saved runs", "打开训练记录")
_START = Text("Start from the network in Step through ({})", "从“逐步演示”中的网络开始（{}）")
_START_TIP = Text(
    "The next run starts from its weights, including weights opened there from a file.",
    "下一次训练从它的权重开始，包括在“逐步演示”中从文件打开的权重。",
)
_STRAY = Text(
    "{}: retraining ended at {:.9g}; the saved run ended at {:.9g} (different machine or library versions).",
    "{}：重新训练后损失为 {:.9g}，原为 {:.9g}（当时的机器或版本不同）。",
)
_RESTORED = Text(
    "The runs of this address or file are being retrained, each from its first epoch.",
    "地址或文件中的训练正在重新进行，每个都从第一轮开始。",
)
_REMOVED, _BRING_BACK = Text("Runs removed: {}", "已移除 {} 个训练记录"), Text("Bring them back", "恢复")
_MOST_MEGABYTES = 8


def draw_head(now: Snapshot) -> None:
    """Draw the menus, and the remarks on restored runs."""
    with st.container(key="train_head", horizontal=True, gap="small", vertical_alignment="center"):
        folder = st.popover(state.say(_EXPERIMENTS), key="experiments", on_change="rerun", icon=":material/science:")
        if folder.open:
            with folder:
                draw_experiments()
        folder = st.popover(state.say(_FILES), key="train_files", on_change="rerun")
        if folder.open:
            with folder:
                _draw_files(now)
        told = EXPERIMENTS.get(session().train.story)
        if told:
            draw_answer(told, now)
    if told:
        draw_story(told, now)
    if now.playing and now.afterwards:
        st.caption(state.say(_RESTORED))
    _draw_strays(now)
    if now.removed:
        _draw_removed(now)


def _draw_removed(now: Snapshot) -> None:
    with st.container(key="train_removed", horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(state.say(_REMOVED, len(now.removed)), width="content")
        st.button(state.say(_BRING_BACK), "train_bring_back", on_click=state.act, args=(lab().bring_back,))


def _draw_files(now: Snapshot) -> None:
    if lab_to_query(now)[1]:  # else the page says what the address leaves out
        st.caption(state.say(_LINK))
    download_button(state.say(_SAVE), partial(lab_to_file, now), "backprop-runs.json", "application/json", "train_save")
    if now.runs:
        _draw_exports(now)
    sizes = "-".join(map(str, state.model().sizes))
    st.button(state.say(_START, sizes), "train_start_from_stage", state.say(_START_TIP), on_click=_start)
    st.file_uploader(state.say(_OPEN), "json", key="train_open_file", on_change=_open, max_upload_size=_MOST_MEGABYTES)


def _draw_exports(now: Snapshot) -> None:
    """Draw the ways out of the curves; a file is made when it is asked for."""
    lang, runs = state.view().lang, now.runs
    chart = chosen_figure(shown())
    ways = (
        (_CURVES, partial(csv, runs, lang), "loss-curves.csv", "text/csv", "train_csv"),
        (_TIDY, partial(tidy_csv, runs, lang), "all-quantities.csv", "text/csv", "train_tidy"),
        (_JSON, partial(runs_json, runs, lang), "runs.json", "application/json", "train_json"),
        (_CHART, partial(chart.to_html, config={"displaylogo": False}), "loss-curves.html", "text/html", "train_html"),
    )
    for label, make, name, kind, key in ways:
        download_button(state.say(label), make, name, kind, key)


def _open() -> None:
    state.act(_read, widget_value("train_open_file"))


def _read(held: Any) -> None:
    """Take the settings and runs of a file; nothing where it was removed."""
    if held is None:
        return
    text = held.getvalue().decode("utf-8", "replace")
    task, plans, problems = lab_from_file(text)
    curves, unread = outside_from_file(text)
    lab().add_outside(curves)
    if plans:
        lab().queue(plans, task)
    else:
        lab().change(lambda _: task, anew=True)
    session().problems = [*problems, *unread]


def _start() -> None:
    """Take the network on the stage as the start of the next training."""
    on_stage = state.model()
    state.act(lab().change, lambda task: started(task, on_stage), True)
    if not session().problems:
        close_folder("train_files")


def _draw_strays(now: Snapshot) -> None:
    named = dict(zip([run.colour for run in now.runs], labels(now.runs, state.view().lang), strict=True))
    for stray in now.strays:
        if stray.colour in named:
            st.caption(state.say(_STRAY, in_markdown(named[stray.colour]), stray.now, stray.before))
