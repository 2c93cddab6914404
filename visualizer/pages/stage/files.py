"""Files in and out of the stage: a saved state, weights from elsewhere, and every export."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from engine import ACTIVATIONS, FORMATS, Text
from engine.core import echo, passage
from engine.weights import LAYOUTS
from visualizer.pages.lesson import open_lesson_file
from visualizer.pages.session import close_folder, session, state, widget_value
from visualizer.pages.shared import download_button, draw_problems, many_field, pick_field, select_field
from visualizer.state import Import, from_file, importing, to_file
from visualizer.writing import in_markdown

_TITLE = Text("Save / open", "保存与打开")
_SAVE = Text("Save network, numbers and step as a file", "把网络、数值与步骤保存为文件")
_OPEN = Text(
    "Open a saved file or external weights: {} …",
    "打开保存的文件，或其他来源的权重：{}……",
)
_PASTE = Text(
    "… or paste numbers: W1 = [[…]], b1 = […], x = […], y = […], tensor([[…]]), rows of a sheet",
    "……或粘贴数值：W1 = [[…]]、b1 = […]、x = […]、y = […]、tensor([[…]])、表格中的行",
)
_READ = Text("Read these numbers", "读取这些数值")
_PASTED = Text("pasted text", "粘贴的文本")
_DROP, _NONE = Text("Leave out", "不读入"), Text("nothing", "无")
_NO_NETWORK = Text(
    "The arrays in **{}** do not form a network yet: leave out those that do not belong to a dense layer.",
    "**{}** 中的数组还不能组成网络：请去掉不属于全连接层的数组。",
)
_FOUND = Text("**{}**: {}", "**{}**：{}")
_ASKED = Text(
    "**{}** can be read in several ways, and the file does not say which one is meant. Choose one.",
    "**{}** 有多种读法，文件中没有说明是哪一种：请选择。",
)
_CONTRADICTS = Text(
    "In **{}** names, order and sizes of the layers contradict each other. Choose the correct reading.",
    "**{}** 中各层的名称、顺序与大小互相矛盾：请选择正确的读法。",
)
_WAY, _CHOOSE = Text("Read as", "读作"), Text("choose one of {}", "从 {} 种中选一种")
_ACTIVATIONS = Text("The file does not say which activations to use. Choose them.", "文件没有说明激活函数，请选择。")
_TOLD = Text("The activations were taken from the file.", "激活函数取自文件。")
_LAYER = Text("Layer {}", "第 {} 层")
_LOSS = Text("Loss", "损失函数")
_TAKE = Text("Load this network", "载入这个网络")
_MOST_MEGABYTES = 8


def draw_files() -> None:
    """Draw the ways to save and to open, folded away until wanted."""
    folder = st.popover(state.say(_TITLE), key="files", on_change="rerun")
    if folder.open:
        with folder:
            saved = partial(to_file, state.spec())
            download_button(state.say(_SAVE), saved, "backprop-stage.json", "application/json", "save_file")
            _draw_open()


def _draw_open() -> None:
    st.file_uploader(
        state.say(_OPEN, ", ".join(record.endings[0] for record in FORMATS.values())),
        key="open_file",
        on_change=_open,
        max_upload_size=_MOST_MEGABYTES,
        help="  \n".join(f"**{state.say(record.label)}** {state.say(record.why)}" for record in FORMATS.values()),
    )
    st.text_area(state.say(_PASTE), key="open_text", height=120, on_change=_open_text)
    st.button(state.say(_READ), "open_pasted")  # leaving the field reads it; the button is there to be pressed
    made = session().imported
    if made:
        _draw_import(made)


def _open() -> None:
    session().imported = None
    state.act(_read, widget_value("open_file"))


def _open_text() -> None:
    session().imported = None
    state.act(_read_text, widget_value("open_text"))


def _read(held: Any) -> None:
    """Show a saved state, or ask for what a file of weights leaves open; nothing where a file was removed."""
    if held is not None:
        _show(held.name, held.getvalue())


def _read_text(text: str | None) -> None:
    if text and text.strip():
        _show(state.say(_PASTED), text.encode())


def _show(name: str, data: bytes) -> None:
    if importing.is_lesson(data):
        open_lesson_file(data.decode("utf-8-sig", "replace"))
        close_folder("files")
    elif importing.is_saved_state(data):
        state.open_spec(*from_file(data.decode("utf-8", "replace"), state.view().lang))
    else:
        session().imported = importing.opened(name, data)


def _draw_import(made: Import) -> None:
    """Draw the contents of a file of weights, its reading, and the choices left to the reader."""
    name, weights, lang = in_markdown(made.name), made.weights, state.view().lang
    if made.problem:
        draw_problems([made.problem])
    if weights:
        st.markdown(state.say(_FOUND, name, importing.sizes(weights)))
    else:
        asked = _NO_NETWORK if made.readings is None else _ASKED if made.readings.told else _CONTRADICTS
        st.markdown(state.say(asked, name))
    if made.readings and len(made.readings.found) > 1:
        _draw_ways(made)
    st.dataframe(importing.rows(made, lang), hide_index=True, key="import_layers", width="stretch")
    labels = {array: echo(array) for array in made.contents.arrays}
    look = {"placeholder": state.say(_NONE)}
    many_field("import_drop", _DROP, labels, made.dropped, partial(_set, made, Import.without), **look)
    if weights:
        told = _ACTIVATIONS if None in weights.activations else _TOLD
        st.caption(in_markdown(passage(lang, (*importing.remarks(weights), told))))
    if made.readings is None:
        return
    for l, chosen in enumerate(made.activations):
        take = partial(_set_activation, made, l)
        select_field(f"import_{l + 1}", _LAYER.format(l + 1), ACTIVATIONS, chosen, take)
    select_field("import_loss", _LOSS, made.losses, made.loss, partial(_set, made, _with_loss))
    st.button(state.say(_TAKE), "import_take", on_click=_take, args=(made,), type="primary", disabled=not weights)


def _draw_ways(made: Import) -> None:
    """Draw the choice of a way to read the file."""
    found = made.readings.found if made.readings else ()
    labels = {way: state.say(importing.way(weights)) for way, weights in enumerate(found)}
    tip = "  \n".join(f"**{state.say(layout.short)}** {state.say(layout.why)}" for layout in LAYOUTS.values())
    look = {"placeholder": state.say(_CHOOSE, len(labels)), "help": tip}
    pick_field(st.selectbox, "import_way", _WAY, labels, made.chosen, partial(_set, made, Import.with_reading), **look)


def _set_activation(made: Import, layer: int, name: str) -> None:
    _change(made, lambda now: now.with_activation(layer, name))


def _with_loss(made: Import, loss: str) -> Import:
    return replace(made, loss=loss)


def _set(made: Import, alter: Callable[[Import, Any], Import], value: Any) -> None:
    _change(made, lambda now: alter(now, value))


def _change(made: Import, alter: Callable[[Import], Import]) -> None:
    now = _present(made)
    if now:
        session().imported = alter(now)


def _take(made: Import) -> None:
    """Put the network on the stage, with the choices that were made."""
    now = _present(made)
    if now:
        state.act(_put_on_stage, now)


def _present(made: Import) -> Import | None:
    """Return the present choices beside a file; None where it is no longer the file they are made for."""
    now = session().imported
    return now if now and now.contents is made.contents else None


def _put_on_stage(made: Import) -> None:
    state.open_spec(importing.from_weights(made, state.model(), state.view().lang), [])
    session().imported = None
    close_folder("files")
