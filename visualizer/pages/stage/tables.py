"""Tables of all given numbers to type into: weights with biases, layer by layer, inputs and targets.

The content of a table is the reader's while it is edited; it is drawn anew, as another edition, where the model was
changed somewhere else.
"""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any

import streamlit as st

from engine import InputError, Ref, Text, Trace
from engine.core import parse_number, write_number
from engine.settings import Model
from visualizer.pages.session import Tables, session, state, widget_value
from visualizer.pages.shared import beside, draw_problems
from visualizer.stage import read_cells
from visualizer.stage.component import mount_table
from visualizer.state import EDITED, MOST_PASTED, Choice, duplicated, value_of, with_pasted, with_value, without_sample
from visualizer.writing import plain

_TITLE = Text("All numbers: weights, biases, inputs, targets", "全部数值：权重、偏置、输入、目标")
_TOO_LARGE = Text(
    "Layer {}: {}×{} weights, too many for a table. Select one in the graph.",
    "第 {} 层：{}×{} 个权重，表格放不下；请在图中选择。",
)
_WEIGHTS = Text(
    "Layer {}: row j holds the weights into neuron j and its bias b", "第 {} 层：第 j 行是进入神经元 j 的权重及偏置 b"
)
_SAMPLE = Text("Sample {}: input x and target y", "样本 {}：输入 x 与目标 y")
_DUPLICATE, _REMOVE = Text("Add a copy", "添加相同的样本"), Text("Remove", "删除")
_PASTE = Text(
    "Or paste samples, one in each row: {} inputs, then {} targets", "或粘贴样本，每行一个：{} 个输入，后接 {} 个目标"
)
_MOST_CELLS, _MOST_COLUMNS = 600, 40
Cells = list[list[Choice]]


def draw_tables() -> None:
    """Draw a table for every layer and for the samples, folded away until wanted."""
    folder = st.expander(state.say(_TITLE), key="all_numbers", on_change="rerun")
    if folder.open:
        with folder:
            _draw_all(state.model())


def _present_tables() -> Tables:
    """Return the state of the tables, another edition where the model has changed outside of them."""
    model, tables = state.model(), session().tables
    if tables is None or tables.model != model:
        tables = Tables(model, tables.edition + 1 if tables else 0)
        session().tables = tables
    return tables


def _draw_all(model: Model) -> None:
    for l, (n_in, n_out) in enumerate(pairwise(model.sizes), 1):
        if n_in * n_out > _MOST_CELLS or n_in > _MOST_COLUMNS:
            st.caption(state.say(_TOO_LARGE, l, n_out, n_in))
            continue
        _draw(f"layer{l}", state.say(_WEIGHTS, l), [_weights(l, j, n_in) for j in range(n_out)], 0)
    if max(model.sizes[0], model.sizes[-1]) > _MOST_COLUMNS:
        return
    for sample in range(len(model.x)):
        inputs = [Choice("", Ref("a", 0), (k,)) for k in range(model.sizes[0])]
        targets = [Choice("", Ref("y", len(model.activations)), (j,)) for j in range(model.sizes[-1])]
        _draw(f"sample{sample}", state.say(_SAMPLE, sample + 1), [inputs + targets], sample)
        with st.container(horizontal=True):
            st.button(state.say(_DUPLICATE), f"sample_add_{sample}", on_click=_act, args=(duplicated, sample))
            if len(model.x) > 1:
                st.button(state.say(_REMOVE), f"sample_remove_{sample}", on_click=_act, args=(without_sample, sample))
    words = state.say(_PASTE, model.sizes[0], model.sizes[-1])
    st.text_area(words, key="samples_pasted", height=68, max_chars=MOST_PASTED, on_change=_paste)


def _act(change: Callable[[Model, Trace, int], Model], sample: int) -> None:
    state.act(_change, change, sample)


def _change(change: Callable[[Model, Trace, Any], Model], given: Any) -> None:
    state.compute(change(state.model(), state.trace(), given), *EDITED)


def _paste() -> None:
    text = widget_value("samples_pasted")
    if text and text.strip():
        state.act(_change, with_pasted, text)


def _weights(l: int, j: int, n_in: int) -> list[Choice]:
    return [*(Choice("", Ref("W", l), (j, k)) for k in range(n_in)), Choice("", Ref("b", l), (j,))]


def _draw(name: str, label: str, cells: Cells, sample: int) -> None:
    tables, model, trace = _present_tables(), state.model(), state.trace()
    wrong = tables.wrong.get(name, {})
    data = {
        "edition": tables.edition,
        "label": label,
        "columns": [_title(choice) for choice in cells[0]],
        "rows": [str(j + 1) if name.startswith("layer") else "" for j in range(len(cells))],
        "cells": [[write_number(value_of(model, trace, choice, sample)) for choice in row] for row in cells],
        "wrong": list(wrong),
    }
    st.caption(label)
    with beside(f"table_{name}"):
        mount_table(f"table_{name}", data, partial(_edit, name, cells, sample))
        draw_problems(list(wrong.values())[:1])


def _title(choice: Choice) -> str:
    if choice.ref.name == "W":
        return f"k = {choice.indices[1] + 1}"
    return "b" if choice.ref.name == "b" else plain(choice.ref, *choice.indices)


def _edit(name: str, cells: Cells, sample: int) -> None:
    """Take all cells that were typed in since the table was drawn; one that is no number stays as it was typed."""
    tables, model, wrong = _present_tables(), state.model(), {}
    typed = read_cells(widget_value(f"table_{name}").typed, tables.edition, len(cells), len(cells[0]))
    for (row, column), text in typed.items():
        try:
            model = with_value(model, state.trace_of(model), cells[row][column], sample, parse_number(text))
        except InputError as error:
            wrong[f"{row}.{column}"] = error
    state.compute(model, *EDITED)
    session().tables = Tables(model, tables.edition, {**tables.wrong, name: wrong})
