"""What comes in and goes out as a file: a saved state, weights from elsewhere, and every export."""

from dataclasses import replace
from functools import partial

import streamlit as st

from engine import ACTIVATIONS, FORMATS, InputError, Text, read_weights
from engine.weights.formats import ENDINGS as _KINDS
from visualizer import importing
from visualizer.importing import Import
from visualizer.pages import _state as state
from visualizer.pages._fields import select_field
from visualizer.saved import from_file, to_file

_TITLE = Text("Save and open", "保存与打开")
_SAVE = Text("Save network, numbers and step as a file", "把网络、数值与步骤保存为文件")
_OPEN = Text(
    "Open a saved file, or weights from elsewhere ({})",
    "打开保存的文件，或其他来源的权重（{}）",
)
_FOUND = Text(
    "`{}`: {}. The file does not tell the activations: choose them.", "`{}`：{}。文件没有说明激活函数，请选择。"
)
_LAYER = Text("Layer {}", "第 {} 层")
_LOSS = Text("Loss", "损失函数")
_TURNED = Text("Columns are neurons, not rows (transpose)", "列是神经元，而不是行（转置）")
_TAKE = Text("Put this network on the stage", "把这个网络放上舞台")
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
    made = st.session_state.get("imported")
    if made:
        _draw_import(made)


def _open() -> None:
    held = st.session_state.open_file
    st.session_state.imported = None
    if held is None:
        return
    try:
        if held.name.lower().endswith(".json"):
            state.open_spec(*from_file(held.getvalue().decode("utf-8", "replace"), state.view().lang))
        else:
            st.session_state.imported = importing.proposed(held.name, read_weights(held.getvalue(), held.name))
    except InputError as error:
        state.complain(error)


def _draw_import(made: Import) -> None:
    """Draw what a file of weights holds, and the choices that it leaves to the reader."""
    st.markdown(state.say(_FOUND, made.name.replace("`", ""), " → ".join(map(str, made.weights.sizes))))
    for l, chosen in enumerate(made.activations):
        take = partial(_choose, l)
        select_field(f"import_{l + 1}", _LAYER.format(l + 1), ACTIVATIONS, chosen, take)
    select_field("import_loss", _LOSS, made.losses, made.loss, lambda loss: _change(loss=loss))
    if made.weights.either_way:
        st.session_state.import_turned = made.turned
        st.checkbox(state.say(_TURNED), key="import_turned", on_change=_turn)
    st.button(state.say(_TAKE), "import_take", on_click=_take, type="primary")


def _choose(layer: int, name: str) -> None:
    st.session_state.imported = st.session_state.imported.with_activation(layer, name)


def _change(**changes: object) -> None:
    st.session_state.imported = replace(st.session_state.imported, **changes)


def _turn() -> None:
    _change(turned=st.session_state.import_turned)


def _take() -> None:
    """Put the network on the stage, with the choices that were made."""
    try:
        opened = importing.opened(st.session_state.imported, state.model(), state.view().lang)
    except InputError as error:
        state.complain(error)
    else:
        state.open_spec(opened, [])
        st.session_state.imported, st.session_state.files = None, False
