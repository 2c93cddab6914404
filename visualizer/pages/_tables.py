"""All given numbers as tables to type into: weights with biases, layer by layer, inputs and targets.

A table keeps the rows it was first drawn with while the reader edits it, because Streamlit loses every second edit
otherwise; it is drawn anew, under a new key, when the model was changed somewhere else.
"""

from itertools import pairwise
from typing import Any

import streamlit as st

from engine import InputError, Ref, Text
from engine.model import Model
from engine.numbers import parse_number, write_number
from visualizer.consequences import EDITED
from visualizer.elements import Choice, value_of, with_value
from visualizer.pages import _state as state
from visualizer.symbols import plain

_TITLE = Text("All numbers: weights, biases, inputs, targets", "全部数值：权重、偏置、输入、目标")
_TOO_LARGE = Text(
    "Layer {}: {}×{} weights, too many for a table; choose one in the graph.",
    "第 {} 层：{}×{} 个权重，表格放不下；请在图中选择。",
)
_WEIGHTS = Text(
    "Layer {}: row j holds the weights into neuron j and its bias b", "第 {} 层：第 j 行是进入神经元 j 的权重及偏置 b"
)
_SAMPLE = Text("Sample {}: input x and target y", "样本 {}：输入 x 与目标 y")
_MOST_CELLS, _MOST_COLUMNS = 600, 40
Cells = list[list[Choice]]


def draw_tables() -> None:
    """Draw a table for every layer and for the samples, folded away until wanted."""
    folder = st.expander(state.say(_TITLE), key="all_numbers", on_change="rerun")
    if folder.open:
        with folder:
            _draw_all(_present_tables()["first"])


def _present_tables() -> dict[str, Any]:
    """Return the model that the tables show, and start anew where it has changed outside of them."""
    tables = st.session_state.setdefault("tables", {"number": 0, "first": state.model(), "now": state.model()})
    if tables["now"] != state.model():
        tables.update(number=tables["number"] + 1, first=state.model(), now=state.model())
    return tables


def _draw_all(model: Model) -> None:
    for l, (n_in, n_out) in enumerate(pairwise(model.sizes), 1):
        if n_in * n_out > _MOST_CELLS or n_in > _MOST_COLUMNS:
            st.caption(state.say(_TOO_LARGE, l, n_out, n_in))
            continue
        st.caption(state.say(_WEIGHTS, l))
        _draw(f"layer{l}", [_weights(l, j, n_in) for j in range(n_out)], 0)
    if max(model.sizes[0], model.sizes[-1]) > _MOST_COLUMNS:
        return
    for sample in range(len(model.x)):
        st.caption(state.say(_SAMPLE, sample + 1))
        inputs = [Choice("", Ref("a", 0), (k,)) for k in range(model.sizes[0])]
        targets = [Choice("", Ref("y", len(model.activations)), (j,)) for j in range(model.sizes[-1])]
        _draw(f"sample{sample}", [inputs + targets], sample)


def _weights(l: int, j: int, n_in: int) -> list[Choice]:
    return [*(Choice("", Ref("W", l), (j, k)) for k in range(n_in)), Choice("", Ref("b", l), (j,))]


def _draw(name: str, cells: Cells, sample: int) -> None:
    tables = st.session_state.tables
    model = tables["first"]
    trace = state.trace_of(model)
    key = f"{name}_{tables['number']}"
    by_row = len(cells) > 1 or name.startswith("layer")
    columns: dict[str, list[str]] = {"j": [str(j + 1) for j in range(len(cells))]} if by_row else {}
    for k, title in enumerate(map(_title, cells[0])):
        columns[title] = [write_number(value_of(model, trace, row[k], sample)) for row in cells]
    st.data_editor(
        columns,
        key=key,
        disabled=["j"],
        hide_index=True,
        width="content",
        column_config={title: st.column_config.TextColumn(title, width="small") for title in columns},
        on_change=_edit,
        args=(key, list(columns), cells, sample),
    )


def _title(choice: Choice) -> str:
    if choice.ref.name == "W":
        return f"k = {choice.indices[1] + 1}"
    return "b" if choice.ref.name == "b" else plain(choice.ref, *choice.indices)


def _edit(key: str, titles: list[str], cells: Cells, sample: int) -> None:
    """Take all cells that were typed since the table was drawn; one that is no number stays as it was typed."""
    edits: dict[int, dict[str, Any]] = st.session_state[key]["edited_rows"]
    offset = len(titles) - len(cells[0])
    model, problem = state.model(), None
    for row, typed in edits.items():
        for title, text in typed.items():
            choice = cells[int(row)][titles.index(title) - offset]
            try:
                model = with_value(model, state.trace_of(model), choice, sample, parse_number(text or ""))
            except InputError as error:
                problem = error
    state.compute(model, *EDITED)
    if problem:
        state.complain(problem)
    st.session_state.tables["now"] = model
