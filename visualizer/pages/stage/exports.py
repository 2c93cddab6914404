"""The menu of all exports of the stage; nothing is made before it is asked for."""

from functools import partial
from secrets import token_hex

import streamlit as st

from engine import InputError, Text
from visualizer.exports import EXPORTS, GROUPS, Export, Subject
from visualizer.pages.session import session, state, widget_value
from visualizer.pages.shared import complaint, download_button
from visualizer.rendering import RENDERINGS, Rendering, rendering_html, spans_of
from visualizer.stage.component import mount_pictures, mount_renderings, packed

_TITLE = Text("Export", "导出")
_FIGURES = Text("Image of the current graph", "当前网络图的图片")
_MISTAKES = Text(
    "Deliberate mistakes appear in every other file; the code leaves them out and says so.",
    "故意的错误会写入其他所有文件；代码不含这些错误，并会注明。",
)
_RENDERINGS = Text("Video and pages", "视频与页面")
_WORDS = {
    "span": Text("What the file shows", "文件的内容"),
    "making": Text("Making", "正在生成"),
    "cancel": Text("Cancel", "取消"),
    "cancelled": Text("Cancelled.", "已取消。"),
    "close": Text("Close", "关闭"),
    "saved": Text("Saved:", "已保存："),
    "failed": Text(
        "The browser could not make this file. Chromium, Chrome, Edge and Firefox can.",
        "浏览器无法生成这个文件。Chromium、Chrome、Edge 与 Firefox 可以。",
    ),
    "insecure": Text(
        "Browsers create videos only at an https address or on the local machine; a GIF works everywhere.",
        "浏览器只在 https 地址或本机上生成视频；GIF 在任何地方都可以。",
    ),
}
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
            st.caption(state.say(_RENDERINGS))
            _draw_renderings(subject)
            st.caption(state.say(_FIGURES))
            buttons = [
                {"kind": kind, "label": state.say(label), "tip": state.say(tip)}
                for kind, (label, tip) in _PICTURES.items()
            ]
            mount_pictures("backprop-stage", buttons)


def _draw_renderings(subject: Subject) -> None:
    """Draw the ways to have moving pictures and pages; the browser makes the file from a page that it is handed."""
    made = session().stage.rendering
    data = {
        "renderings": [
            {"name": record.name, "label": state.say(record.label), "tip": state.say(record.why), "needs": record.needs}
            for record in RENDERINGS.values()
        ],
        "spans": [{"name": name, "label": state.say(label)} for name, label in spans_of(subject).items()],
        "words": {name: state.say(words) for name, words in _WORDS.items()},
        "problem": complaint(made, subject.lang) if isinstance(made, InputError) else "",
        "made": None if isinstance(made, InputError) else made,
    }
    mount_renderings(data, _want)


def _want() -> None:
    """Make the page of the rendering that is asked for."""
    wanted, subject = widget_value("renderings").wanted, Subject(state.spec())
    if wanted and wanted["rendering"] in RENDERINGS and wanted["span"] in spans_of(subject):
        made = _rendered(subject, RENDERINGS[wanted["rendering"]], wanted["span"])
        session().stage.rendering = made


def _rendered(subject: Subject, rendering: Rendering, span: str) -> dict[str, str] | InputError:
    """Return the page that makes a rendering, with a name for its file, or why there is none."""
    try:
        page = packed(rendering_html(subject, rendering, span).encode())
    except InputError as error:
        return error
    name = f"backprop-stage-{span}.{rendering.file}"
    return {"id": token_hex(8), "name": name, "label": rendering.label(subject.lang), "packed": page}


def _draw(record: Export, subject: Subject) -> None:
    make, label, tip = partial(record.make, subject), state.say(record.label), state.say(record.why)
    download_button(label, make, record.file, record.mime, f"export_{record.name}", tip)
