"""The menu of all exports of the stage; nothing is made before it is asked for."""

from functools import partial

import streamlit as st

from engine import InputError, Text
from visualizer.exports import EXPORTS, GROUPS, Export, Subject
from visualizer.pages.session import state
from visualizer.pages.shared import complaint
from visualizer.stage.component import mount_pictures

_TITLE = Text("Export", "导出")
_FIGURES = Text("Image of the current graph", "当前网络图的图片")
_MISTAKES = Text(
    "Deliberate mistakes go into every other file; the code makes none of them, and says so.",
    "故意的错误会写入其他所有文件；代码不含这些错误，并会注明。",
)
_PICTURES = {
    "svg": (
        Text("SVG", "SVG"),
        Text("Sharp at every size, for papers and slides.", "任意缩放都清晰，适合论文与幻灯片。"),
    ),
    "png": (
        Text("PNG", "PNG"),
        Text("Raster image, three times the size of the drawing.", "像素图，尺寸为图的三倍。"),
    ),
}


def draw_exports() -> None:
    """Draw all exports, folded away until wanted."""
    folder = st.popover(state.say(_TITLE), key="exports", on_change="rerun", icon=":material/download:")
    if folder.open:
        with folder:
            subject = Subject(state.spec())
            for group, label in GROUPS.items():
                st.caption(state.say(label))
                if group == "code" and subject.spec.model.mistakes:
                    st.caption(f":orange-badge[✗] {state.say(_MISTAKES)}")
                with st.container(horizontal=True, gap="small"):
                    for record in EXPORTS.values():
                        if record.group == group:
                            _draw(record, subject)
            st.caption(state.say(_FIGURES))
            buttons = [
                {"kind": kind, "label": state.say(label), "tip": state.say(tip)}
                for kind, (label, tip) in _PICTURES.items()
            ]
            mount_pictures("backprop-stage", buttons)


def _draw(record: Export, subject: Subject) -> None:
    made = partial(_made, record, subject)
    label, tip = state.say(record.label), state.say(record.why)
    st.download_button(label, made, record.file, record.mime, f"export_{record.name}", tip, on_click="ignore")


def _made(record: Export, subject: Subject) -> str:
    """Return the text of the file; an error becomes its text, since no page is drawn by then."""
    try:
        return record.make(subject)
    except InputError as error:
        return complaint(error, subject.lang)
