"""Lesson as a file and as a link, and a file opened again."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from engine import Text
from visualizer.lessons import Lesson
from visualizer.pages.lesson.kept import draft, give, put, select
from visualizer.pages.lesson.words import draw_title
from visualizer.pages.session import close_folder, session, state, widget_value
from visualizer.pages.shared import download_button
from visualizer.state import LONGEST_LINK, faults_of
from visualizer.teaching import EMPTY, OWN, editable, from_lesson_file, packed, playable, to_lesson_file

_FILE = Text("Title and file", "标题与文件")
_SAVE = Text("Save the lesson as a file", "把讲解保存为文件")
_LINK = Text("Link to the lesson, to pass on:", "讲解的链接，可转发：")
_TOO_LONG = Text(
    "This lesson does not fit in a link ({:,} characters; at most {:,}): pass on the file instead.",
    "这节讲解放不进链接（{:,} 个字符，至多 {:,} 个）：请改用文件分享。",
)
_OPEN = Text(
    "Open a lesson file here; the current lesson can be restored (Undo)",
    "打开讲解文件；当前讲解可以撤销恢复",
)
_NEW, _NEW_TIP = (
    Text("Start a new lesson", "新建讲解"),
    Text("The current one can be restored (Undo)", "当前讲解可以撤销恢复"),
)
_NAME = "backprop-lesson.json"
_MOST_MEGABYTES, _MOST_TOLD = 2, 5


def draw_files() -> None:
    """Draw the title of the draft, its file and its link, and the ways to begin with another."""
    folder = st.popover(state.say(_FILE), key="maker_files", on_change="rerun")
    if folder.open:
        with folder:
            lesson = draft()
            draw_title(lesson)
            if lesson.stops:
                saved = partial(to_lesson_file, lesson)
                download_button(state.say(_SAVE), saved, _NAME, "application/json", "maker_save")
                _draw_link(lesson)
            st.file_uploader(
                state.say(_OPEN), "json", key="maker_open", on_change=_open, max_upload_size=_MOST_MEGABYTES
            )
            st.button(state.say(_NEW), "maker_new", state.say(_NEW_TIP), on_click=_begin_anew)


def _draw_link(lesson: Lesson) -> None:
    query = urlencode({"lesson": OWN, "own": packed(lesson)})
    if len(query) > LONGEST_LINK:
        st.caption(state.say(_TOO_LONG, len(query), LONGEST_LINK))
        return
    st.caption(state.say(_LINK))
    with st.container(key="maker_link"):
        st.code(f"{(st.context.url or '').split('?')[0]}?{query}", None, wrap_lines=True, height=120)


def open_lesson_file(text: str) -> None:
    """Open a lesson file as a lesson; raise `InputError` where it is none."""
    lesson = from_lesson_file(text)
    playable(lesson)
    give(packed(lesson))
    session().problems = faults_of(lesson, state.view().lang)[:_MOST_TOLD]


def _open() -> None:
    state.act(_read, widget_value("maker_open"))


def _read(held: Any) -> None:
    """Make the lesson in a file the draft; nothing where a file was removed."""
    if held is None:
        return
    lesson = editable(from_lesson_file(_decoded(held.getvalue())))
    faults = faults_of(lesson, state.view().lang)
    put(lesson, "")
    if lesson.names:
        select(lesson.names[0])
    session().problems = faults[:_MOST_TOLD]
    close_folder("maker_files")


def _decoded(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace")


def _begin_anew() -> None:
    put(EMPTY, "")
    close_folder("maker_files")
