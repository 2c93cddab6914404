"""Everything in and out as a file: the present state saved, and one opened."""

from functools import partial

import streamlit as st

from engine import InputError, Text
from visualizer.export import stage_html
from visualizer.pages import _state as state
from visualizer.saved import from_file, to_file

_TITLE = Text("Save and open", "保存与打开")
_SAVE = Text("Save network, numbers and step as a file", "把网络、数值与步骤保存为文件")
_EXPORT = Text("The animated stage as one HTML file", "把动画舞台导出为一个 HTML 文件")
_OPEN = Text("Open a saved file", "打开保存的文件")
_MOST_MEGABYTES = 8


def draw_files() -> None:
    """Draw the ways in and out, folded away until wanted."""
    folder = st.popover(state.say(_TITLE), key="files", on_change="rerun")
    if folder.open:
        with folder:
            saved = to_file(state.spec())
            st.download_button(state.say(_SAVE), saved, "backprop-stage.json", "application/json", "save_file")
            page = partial(stage_html, state.hand(), digits=state.view().digits)  # made when it is asked for
            st.download_button(state.say(_EXPORT), page, "backprop-stage.html", "text/html", "export_html")
            st.file_uploader(
                state.say(_OPEN), "json", key="open_file", on_change=_open, max_upload_size=_MOST_MEGABYTES
            )


def _open() -> None:
    held = st.session_state.open_file
    if held is None:
        return
    try:
        state.open_spec(*from_file(held.getvalue().decode("utf-8", "replace"), state.view().lang))
    except InputError as error:
        state.complain(error)
