"""A reader's file as a table: its columns with their kinds, what was done to them, and the choices beside it."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import streamlit as st

from engine import ACTIVATIONS, Text
from engine.data import Prepared, Sheet, columns_of, prepared, read_sheet, usual_target
from engine.settings import Task
from visualizer.pages.session import state, widget_value
from visualizer.writing import in_markdown, number

_TARGETS, _OUT, _NONE = Text("Targets", "目标列"), Text("Left out", "不读入的列"), Text("none", "无")
_SCALE = Text("Standardise the inputs", "标准化输入")
_SUITS = Text("The output {} does not suit these targets: {} does.", "输出层的 {} 不适合这些目标，{} 才适合。")
_TAKE = Text("Take {} as output", "输出层改用 {}")
_COLUMNS = {
    "name": Text("Column", "列"),
    "kind": Text("Kind", "类型"),
    "range": Text("Range or classes", "范围或类别"),
    "gaps": Text("Gaps", "空缺"),
    "bars": Text("How often", "分布"),
}
_KINDS = {"number": Text("number", "数"), "class": Text("class", "类别"), "text": Text("text", "文本")}
_MOST_SHOWN = 5
Put = Callable[[Prepared], None]


@lru_cache(maxsize=4)
def _read(data: bytes, name: str) -> Sheet:
    return read_sheet(data, name)


def take_sheet(held: Any, put: Put) -> None:
    """Put the table of a file in place, as it is usually meant."""
    state.act(_take, held, put)


def _take(held: Any, put: Put) -> None:
    put(prepared(_read(held.getvalue(), held.name)))


def _again(held: Any, put: Put) -> None:
    state.act(_take_chosen, held, put)


def _take_chosen(held: Any, put: Put) -> None:
    put(_chosen(held))


def _chosen(held: Any) -> Prepared:
    """Return the table with the choices of the reader; what is not drawn yet is as usual."""
    chosen = {name: widget_value(f"sheet_{name}_{held.file_id}") for name in ("targets", "left_out", "scaled")}
    sheet = _read(held.getvalue(), held.name)
    return prepared(sheet, chosen["targets"] or (), chosen["left_out"] or (), chosen["scaled"])


def draw_sheet(held: Any, task: Task, put: Put, take_output: Callable[[str], None]) -> None:
    """Draw the columns of a file that is in the field, the choices, and remarks on what was done."""
    try:
        sheet, ready = _read(held.getvalue(), held.name), _chosen(held)
    except ValueError:
        return  # which has been told when it was taken
    names, able = list(sheet.names), [column for column in columns_of(sheet) if column.kind != "text"]
    st.dataframe(_rows(sheet), hide_index=True, column_config={_COLUMNS["bars"](state.view().lang): _bars()})
    how: dict[str, Any] = {"on_change": _again, "args": (held, put), "placeholder": state.say(_NONE)}
    st.multiselect(state.say(_TARGETS), names, [usual_target(able)], key=f"sheet_targets_{held.file_id}", **how)
    st.multiselect(state.say(_OUT), names, key=f"sheet_left_out_{held.file_id}", **how)
    st.checkbox(state.say(_SCALE), ready.scaled, key=f"sheet_scaled_{held.file_id}", on_change=_again, args=(held, put))
    if ready.said:
        st.caption(in_markdown(" ".join(state.say(words) for words in ready.said)))
    output = task.activations[-1]
    if output != ready.output:
        present, suited = (state.say(ACTIVATIONS[name].label) for name in (output, ready.output))
        st.caption(in_markdown(state.say(_SUITS, present, suited)))
        st.button(state.say(_TAKE, suited), "sheet_output", on_click=take_output, args=(ready.output,))


def _bars() -> Any:
    return st.column_config.BarChartColumn(width="small")


def _rows(sheet: Sheet) -> dict[str, list[Any]]:
    lang, columns = state.view().lang, columns_of(sheet)
    ranges = [
        f"{number(column.low, 4)} … {number(column.high, 4)}"
        if column.kind == "number"
        else ", ".join(column.values[:_MOST_SHOWN]) + (" …" if len(column.values) > _MOST_SHOWN else "")
        for column in columns
    ]
    made: dict[str, list[Any]] = {
        "name": [column.name for column in columns],
        "bars": [list(column.counts) if column.kind != "text" else [] for column in columns],
        "kind": [_KINDS[column.kind](lang) for column in columns],
        "range": ranges,
        "gaps": [column.gaps for column in columns],
    }
    return {_COLUMNS[name](lang): values for name, values in made.items()}
