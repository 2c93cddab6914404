"""Files in and out of the stage: a saved state, weights from elsewhere, and every export."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from engine import ACTIVATIONS, FORMATS, Text
from engine.core import passage
from engine.weights import ENDINGS as _KINDS
from engine.weights import LAYOUTS, weight_readings
from visualizer.pages.session import close_folder, session, state, widget_value
from visualizer.pages.shared import pick_field, select_field
from visualizer.state import Import, from_file, importing, to_file
from visualizer.writing import in_markdown

_TITLE = Text("Save / open", "保存与打开")
_SAVE = Text("Save network, numbers and step as a file", "把网络、数值与步骤保存为文件")
_OPEN = Text(
    "Open a saved file or external weights ({})",
    "打开保存的文件，或其他来源的权重（{}）",
)
_FOUND = Text("**{}**: {}", "**{}**：{}")
_ASKED = Text(
    "**{}** can be read in several ways, and nothing in it tells which is meant: choose.",
    "**{}** 有多种读法，文件中没有说明是哪一种：请选择。",
)
_CONTRADICTS = Text(
    "In **{}** names, order and sizes of the layers contradict each other: choose how it is meant.",
    "**{}** 中各层的名称、顺序与大小互相矛盾：请选择正确的读法。",
)
_WAY, _CHOOSE = Text("Read as", "读作"), Text("choose one of {}", "从 {} 种中选一种")
_ACTIVATIONS = Text("The file does not say which activations to use. Choose them.", "文件没有说明激活函数，请选择。")
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
            st.download_button(state.say(_SAVE), saved, "backprop-stage.json", "application/json", "save_file")
            _draw_open()


def _draw_open() -> None:
    kinds = [ending.removeprefix(".") for ending in importing.ENDINGS]
    st.file_uploader(
        state.say(_OPEN, ", ".join(_KINDS)),
        ["json", *kinds],
        key="open_file",
        on_change=_open,
        max_upload_size=_MOST_MEGABYTES,
        help="  \n".join(f"**{state.say(record.label)}** {state.say(record.why)}" for record in FORMATS.values()),
    )
    made = session().imported
    if made:
        _draw_import(made)


def _open() -> None:
    session().imported = None
    state.act(_read, widget_value("open_file"))


def _read(held: Any) -> None:
    """Show a saved state, or ask for what a file of weights leaves open; nothing where a file was removed."""
    if held is None:
        return
    if held.name.lower().endswith(".json"):
        state.open_spec(*from_file(held.getvalue().decode("utf-8", "replace"), state.view().lang))
    else:
        session().imported = importing.proposed(held.name, weight_readings(held.getvalue(), held.name))


def _draw_import(made: Import) -> None:
    """Draw the contents of a file of weights, its reading, and the choices left to the reader."""
    name, weights = in_markdown(made.name), made.weights
    if weights:
        st.markdown(state.say(_FOUND, name, importing.sizes(weights)))
    else:
        st.markdown(state.say(_ASKED if made.readings.told else _CONTRADICTS, name))
    if len(made.readings.found) > 1:
        _draw_ways(made)
    if weights:
        st.dataframe(importing.rows(weights, state.view().lang), hide_index=True, key="import_layers", width="stretch")
        st.caption(in_markdown(passage(state.view().lang, (*weights.said, _ACTIVATIONS))))
    for l, chosen in enumerate(made.activations):
        take = partial(_set_activation, made, l)
        select_field(f"import_{l + 1}", _LAYER.format(l + 1), ACTIVATIONS, chosen, take)
    select_field("import_loss", _LOSS, made.losses, made.loss, partial(_set, made, "loss"))
    st.button(state.say(_TAKE), "import_take", on_click=_take, args=(made,), type="primary", disabled=not weights)


def _draw_ways(made: Import) -> None:
    """Draw the choice of a way to read the file."""
    labels = {way: state.say(importing.way(weights)) for way, weights in enumerate(made.readings.found)}
    tip = "  \n".join(f"**{state.say(layout.short)}** {state.say(layout.why)}" for layout in LAYOUTS.values())
    look = {"placeholder": state.say(_CHOOSE, len(labels)), "help": tip}
    pick_field(st.selectbox, "import_way", _WAY, labels, made.chosen, partial(_set, made, "chosen"), **look)


def _set_activation(made: Import, layer: int, name: str) -> None:
    _change(made, lambda now: now.with_activation(layer, name))


def _set(made: Import, name: str, value: Any) -> None:
    _change(made, lambda now: replace(now, **{name: value}))


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
    return now if now and now.readings is made.readings else None


def _put_on_stage(made: Import) -> None:
    state.open_spec(importing.from_weights(made, state.model(), state.view().lang), [])
    session().imported = None
    close_folder("files")
