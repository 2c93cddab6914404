"""A table of one's own: pasted or from a file, its columns with their kinds, what was done to them, and the choices."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any, NamedTuple

import streamlit as st

from engine import ACTIVATIONS, InputError, Text
from engine.core import AmbiguousError
from engine.data import SIZE_CAP, Prepared, Sheet, columns_of, own_sheet, text_of
from engine.settings import DECIMAL_LABELS, FIELDS, OWN, Task, with_output
from visualizer.lab import Snapshot
from visualizer.pages.session import changing, state, taking, widget_value
from visualizer.pages.shared import (
    draw_readings,
    fill,
    many_field,
    part,
    refused,
    renew,
    select_field,
    text_field,
    value_field,
)
from visualizer.runs import FIELD_LABELS
from visualizer.writing import in_markdown, number


class Choice(NamedTuple):
    """Entry of a select box of the training's settings, with the label that the box needs."""

    label: Text


EXAMPLE_ROWS = "x1,x2,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0"
_MOST_MEGABYTES = 5
_ROWS, _LONGEST_LINE, _MOST_SHOWN = "train_rows", 60, 5
_KINDS_OF_FILES = ["csv", "tsv", "txt", "xlsx", "data"]
_PASTE = Text("Rows: inputs first, then the target", "数据行：先输入，后目标值")
_UPLOAD = Text("or a file: CSV, TSV, Excel", "或文件：CSV、TSV、Excel")
_UNUSED = Text(
    "The table in this field cannot be used. Training still uses the previous one: {} lines, the first is “{}”.",
    "输入框中的表格无法使用。训练所用仍是之前的表格：共 {} 行，第一行是“{}”。",
)
_BACK = Text("Restore the table in use", "恢复训练所用的表格")
_NONE, _SCALE = Text("none", "无"), Text("Standardize the inputs", "标准化输入")
_SCALED = Text(
    "Each input gets mean 0 and standard deviation 1 over the training samples; columns of 0 and 1 are left unchanged.",
    "每列输入按训练样本标准化为均值 0、标准差 1；只含 0 与 1 的列不变。",
)
_DIFFER = Text("The ranges of the inputs differ by more than a factor of 10.", "各输入列的取值范围相差十倍以上。")
_SUITS = Text(
    "The output activation {} does not suit these targets; {} does.",
    "输出层的 {} 不适合这些目标，{} 才适合。",
)
_TAKE = Text("Use {} as output", "输出层改用 {}")
_SIGNS = {name: Choice(label) for name, label in DECIMAL_LABELS.items()}
_COLUMNS = {
    "name": Text("Column", "列"),
    "kind": Text("Kind", "类型"),
    "range": Text("Range or classes", "范围或类别"),
    "gaps": Text("Gaps", "空缺"),
    "bars": Text("Distribution", "分布"),
}
_KINDS = {"number": Text("number", "数"), "class": Text("class", "类别"), "text": Text("text", "文本")}


def unused_table(now: Snapshot) -> str:
    """Return a sentence about a table that stands in its field and cannot be used; "" where there is none."""
    if now.task.data != OWN or not refused(_ROWS):
        return ""
    lines = now.task.rows.splitlines()
    return state.say(_UNUSED, len(lines), lines[0][:_LONGEST_LINE])


def draw_table(now: Snapshot, *beside: Callable[[], None]) -> None:
    """Draw the field of a table, that of a file, and the choices about its columns."""
    look: dict[str, Any] = {"kind": st.text_area, "height": 140, "help": state.say(SIZE_CAP)}
    text_field(_ROWS, _PASTE, now.task.rows, _taking(""), FIELDS["rows"].read, **look)
    with part():
        _draw_signs(now.task)
        if unused_table(now):  # which is said where it trains
            st.button(state.say(_BACK), "train_rows_back", on_click=renew, args=(_ROWS,))
    look = {"key": "train_file", "on_change": _take_file, "max_upload_size": _MOST_MEGABYTES}
    held = st.file_uploader(state.say(_UPLOAD), _KINDS_OF_FILES, **look)
    for draw in beside:
        draw()
    ready = now.task.ready
    with part():
        if ready:
            _draw_columns(now.task, ready, _remarks(held, now.task))
    value_field(st.checkbox, "train_scaled", _SCALE, now.task.scaled, changing("scaled"), help=state.say(_SCALED))
    with part():
        if ready:
            _draw_suited(now.task, ready)


def _draw_signs(task: Task) -> None:
    """Ask for the reading of a number with two, or draw the answer, or the sign that the rest of the table shows."""
    asked = refused(_ROWS)
    if isinstance(asked, AmbiguousError):
        draw_readings("train", asked, _take_text)
    elif task.decimal:
        select_field("train_decimal", FIELD_LABELS["decimal"], _SIGNS, task.decimal, changing("decimal"))
    elif task.taken:
        st.caption(in_markdown(state.say(task.taken)))


def _take_text(decimal: str, text: str | None = None) -> None:
    """Take the table as it stands in its field, or another one, with its decimal sign where one was chosen."""
    fill(_ROWS, text, FIELDS["rows"].read, _taking(decimal))


def _taking(decimal: str) -> Callable[[str], None]:
    asked = ("rows", "decimal", "targets", "prepared", "left_out", "scaled", "activations")
    return taking(partial(_with_table, decimal), *asked)


def _with_table(decimal: str, task: Task, rows: str) -> Task:
    """Return the task with a table; a chosen decimal sign is that of this table, and of no later one.

    The choices about its columns stay where it has the same columns. An output that takes classes alone gives way.
    """
    same = bool(task.ready) and own_sheet(task.rows).names == own_sheet(rows).names
    made = task.drawn(rows=rows, decimal=decimal, prepared=True)
    if not same:
        made = replace(made, targets="", left_out="")
    ready = made.ready
    if ready is None:
        return made
    if made.activations[-1] == "softmax" != ready.output:
        made = with_output(made, ready.output)
    return made if same else replace(made, scaled=ready.differs)


@lru_cache(maxsize=4)
def _text_of(data: bytes, name: str) -> tuple[str, tuple[Text, ...]]:
    return text_of(data, name)


def _take_file() -> None:
    held = widget_value("train_file")
    if held is not None:
        state.act(_take_whole, held)


def _take_whole(held: Any) -> None:
    _take_text("", _text_of(held.getvalue(), held.name)[0])


def _remarks(held: Any, task: Task) -> tuple[Text, ...]:
    """Remarks on how a file was read, while it is the table that trains."""
    try:
        text, said = _text_of(held.getvalue(), held.name) if held else ("", ())
    except InputError:
        return ()  # which was told when it came
    return said if text == task.rows else ()


def _draw_columns(task: Task, ready: Prepared, remarks: tuple[Text, ...]) -> None:
    """Draw the columns of a table, which of them are targets and which are left out, and remarks on what was done."""
    sheet = own_sheet(task.rows)
    labels = {str(place): name for place, name in enumerate(sheet.names, 1)}
    places = {name: place for place, name in labels.items()}
    st.dataframe(_rows(sheet), hide_index=True, column_config={_COLUMNS["bars"](state.view().lang): _bars()})
    targets = [places[name] for name in ready.chosen]
    look = {"placeholder": state.say(_NONE)}
    many_field("sheet_targets", FIELD_LABELS["targets"], labels, targets, _choosing("targets"), **look)
    rest = {place: name for place, name in labels.items() if name not in ready.chosen}
    left_out = [place for place in task.left_out.split(",") if place in rest]
    many_field("sheet_left_out", FIELD_LABELS["left_out"], rest, left_out, _choosing("left_out"), **look)
    said = (*remarks, *ready.said, *((_DIFFER,) if ready.differs and not task.scaled else ()))
    if said:
        st.caption(in_markdown(" ".join(map(state.say, said))))


def _choosing(name: str) -> Callable[[Any], None]:
    return lambda places: changing(name)(",".join(places))


def _draw_suited(task: Task, ready: Prepared) -> None:
    """Draw that another output suits the targets, and a button that takes it."""
    output = task.activations[-1]
    if output == ready.output:
        return
    present, suited = (state.say(ACTIVATIONS[name].label) for name in (output, ready.output))
    st.caption(in_markdown(state.say(_SUITS, present, suited)))
    take = taking(with_output, "activations")
    st.button(state.say(_TAKE, suited), "sheet_output", on_click=take, args=(ready.output,))


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
