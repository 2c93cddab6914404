"""The settings of a training: data, network, loss, optimizer, how long; and, folded away, the techniques."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import streamlit as st

from engine import ACTIVATIONS, DATASETS, LOSSES, Text
from engine.core import AmbiguousError, write_number
from engine.data import SIZE_CAP, Prepared
from engine.options import techniques
from engine.settings import DECIMAL_LABELS, FIELDS, MNIST, OWN, Task, in_short
from visualizer.lab import Snapshot
from visualizer.pages.session import changing, session, state, taking, widget_value
from visualizer.pages.shared import (
    draw_notes,
    fill,
    mistakes_field,
    part,
    refused,
    renew,
    select_field,
    text_field,
    value_field,
)
from visualizer.pages.train.images import choose_images, draw_images
from visualizer.pages.train.sheet import draw_sheet, take_sheet
from visualizer.runs import FIELD_LABELS
from visualizer.writing import in_markdown

_MOST_MEGABYTES = 5
_LAYER = Text("Layer {}", "第 {} 层")
_TECHNIQUES = Text("Schedule, regularization, clipping, normalization", "学习率调度、正则化、裁剪、归一化")
_GIVEN = Text(
    "Starts from the weights taken from Step through; another initializer, seed or layer size draws new ones.",
    "从“逐步演示”中的权重开始；换初始化方法、种子或大小则重新抽取。",
)
_OUTPUT = Text("Output", "输出层")
_DATA, _NETWORK, _TRAINING = Text("Data", "数据"), Text("Network", "网络"), Text("Training", "训练")
_ALL = Text("all", "全部")
_ALL_TIP = Text(
    "Number of samples per step; leave it empty or enter “all” to use every sample, one step per epoch.",
    "每一步用多少个样本计算；留空或填“全部”：用全部样本，每轮一步。",
)
_PASTE = Text("Rows: inputs first, then the target", "数据行：先输入，后目标值")
_UPLOAD = Text("or a file: CSV, TSV, Excel", "或文件：CSV、TSV、Excel")
_UNUSED = Text(
    "The table in the field cannot be used. What trains is the one before it: {} lines, the first is “{}”.",
    "字段中的表格无法使用。训练所用仍是之前的表格：共 {} 行，第一行是“{}”。",
)
_BACK = Text("Put the table that trains back into the field", "在字段中恢复训练所用的表格")
_ROWS, _LONGEST_LINE = "train_rows", 60
_IS = Text("{} is", "{} 是")


class _Choice(NamedTuple):
    """Entry of a select box of the training's settings, with the label that the box needs."""

    label: Text


_SHORT = {name: _Choice(in_short(record)) for name, record in ACTIVATIONS.items()}
_MNIST = _Choice(Text("MNIST, 28 × 28", "MNIST 28 × 28"))
_OWN = _Choice(Text("Custom table", "自己的表格"))
_SIGNS = {name: _Choice(label) for name, label in DECIMAL_LABELS.items()}
_EXAMPLE_ROWS = "x1,x2,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0"


def draw_settings(now: Snapshot) -> None:
    """Draw all settings of the training, two side by side."""
    task, text, draw = now.task, partial(_text, now), partial(_draw_field, now)
    small = _on_a_phone()  # where the results would else lie far below
    with st.container(key="train_settings", border=True, gap="small"):
        draw_notes(session().train.notes, "train_notes")
        with st.expander(state.say(_DATA), expanded=not small, key="train_group_data"):
            offered = {**DATASETS, MNIST: _MNIST, OWN: _OWN}
            select_field("train_data", FIELD_LABELS["data"], offered, task.data, _take_data)
            with part():
                draw_images(now)
            with part():
                _draw_data(now)
        with st.expander(state.say(_NETWORK), expanded=not small, key="train_group_network"):
            _row(partial(text, "hidden"), partial(text, "seed"))
            with part():
                if task.net:
                    st.caption(state.say(_GIVEN))
            with part():
                _draw_activations(now)
            draw("init")
        with st.expander(state.say(_TRAINING), expanded=not small, key="train_group_training"):
            _select(now, "loss", _losses(task))
            _row(partial(draw, "optimizer"), partial(draw, "eta"))
            _row(partial(text, "batch"), partial(text, "epochs"), partial(text, "held"))
        with st.expander(state.say(_TECHNIQUES), key="train_techniques"):
            _draw_techniques(now)
        mistakes_field("train_mistakes", task.mistakes, changing("mistakes"))


def _on_a_phone() -> bool:
    return "Mobi" in st.context.headers.get("User-Agent", "")


def _draw_data(now: Snapshot) -> None:
    """Draw the settings of these data."""
    text = partial(_text, now)
    if now.task.data == OWN:
        _draw_table(now)
    elif now.task.data == MNIST:
        _row(partial(text, "size"), partial(text, "order"))
    else:
        _row(partial(text, "size"), partial(text, "noise"), partial(text, "order"))


def _row(*widgets: Callable[[], None]) -> None:
    for column, widget in zip(st.columns(len(widgets), gap="small"), widgets, strict=True):
        with column:
            widget()


def _text(now: Snapshot, name: str) -> None:
    field, task = FIELDS[name], now.task
    shown = getattr(DATASETS.get(task.data), name, None) if name in ("size", "noise") else None
    hint = "" if shown is None else f"{shown:g}"
    take = taking(_with_hidden, "hidden", "activations") if name == "hidden" else changing(name)
    read, write = field.read, field.write
    look: dict[str, Any] = {"placeholder": hint}
    if name == "batch":
        read, write = _batch_of, _write_batch
        look = {"placeholder": state.say(_ALL), "help": state.say(_ALL_TIP)}
    text_field(f"train_{name}", FIELD_LABELS[name], getattr(task, name), take, read, write, **look)


def _batch_of(typed: str) -> int:
    """Return the size of a batch as typed: a number, or all samples, said in either language or left empty."""
    whole = typed.strip().lower() in ("", *(word.lower() for word in _ALL))
    return 0 if whole else int(FIELDS["batch"].read(typed))


def _write_batch(size: int) -> str:
    return FIELDS["batch"].write(size) if size else ""


def _select(now: Snapshot, name: str, registry: Mapping[str, Any]) -> None:
    select_field(f"train_{name}", FIELD_LABELS[name], registry, getattr(now.task, name), changing(name))


def _draw_activations(now: Snapshot) -> None:
    task = now.task
    layers = [_LAYER.format(l + 1) for l in range(len(task.hidden))] + [_OUTPUT]
    takes = [taking(partial(_with_activation, l), "activations") for l in range(len(layers))]
    draws = [
        partial(select_field, f"train_f_{l}", label, _SHORT, task.activations[l], takes[l])
        for l, label in enumerate(layers)
    ]
    for start in range(0, len(draws), 2):
        _row(*draws[start : start + 2])


def _draw_techniques(now: Snapshot) -> None:
    """Draw the techniques beyond the plain equations; a strength or a limit only where it has a use."""
    _row(partial(_draw_field, now, "schedule"))
    for field, amounts in techniques():
        used = amounts if now.task.options.uses(field.attribute) else ()
        _row(*(partial(_draw_field, now, each.attribute) for each in (field, *used)))
    _row(partial(_draw_field, now, "dropout"), partial(_draw_field, now, "batch_norm"))


def _draw_field(now: Snapshot, name: str) -> None:
    """Draw the field of a setting of the training: a list of records, a box that turns it on, or a text."""
    registry, value = FIELDS[name].registry, getattr(now.task, name)
    if registry:
        _select(now, name, registry)
    elif isinstance(value, bool):
        value_field(st.checkbox, f"train_{name}", FIELD_LABELS[name], value, changing(name))
    else:
        _text(now, name)


def _losses(task: Task) -> dict:
    """Return the losses that go with the output activation."""
    output = task.activations[-1]
    return {name: r for name, r in LOSSES.items() if not r.matched or r.matched.activation == output}


def _with_activation(layer: int, task: Task, name: str) -> Task:
    """Return a task with another activation; a loss that no longer fits the output gives way to one that does."""
    names = tuple(name if l == layer else old for l, old in enumerate(task.activations))
    changed = replace(task, activations=names)
    if task.loss not in _losses(changed):
        changed = replace(changed, loss="mse")
    suited = next((r.name for r in LOSSES.values() if r.matched and r.matched.activation == names[-1]), None)
    if layer == len(task.hidden) and suited and suited != task.loss and name != task.activations[-1]:
        changed = replace(changed, loss=suited)
    return changed


def _with_hidden(task: Task, hidden: tuple[int, ...]) -> Task:
    return task.with_hidden(hidden)


def _with_data(task: Task, name: str) -> Task:
    rows = _EXAMPLE_ROWS if name == OWN and not task.rows else task.rows
    return replace(task, rows=rows).with_data(name)


def _take_data(name: str) -> None:
    if name == MNIST:
        choose_images()
    else:
        taking(_with_data, "data", "rows")(name)


def _with_rows(decimal: str, task: Task, rows: str) -> Task:
    """Return the task with a table; a chosen decimal sign is that of this table, and of no later one."""
    return task.drawn(rows=rows, decimal=decimal)


def unused_table(now: Snapshot) -> str:
    """Return a sentence about a table that stands in its field and cannot be used; "" where there is none."""
    if now.task.data != OWN or not refused(_ROWS):
        return ""
    lines = now.task.rows.splitlines()
    return state.say(_UNUSED, len(lines), lines[0][:_LONGEST_LINE])


def _draw_table(now: Snapshot) -> None:
    look: dict[str, Any] = {"kind": st.text_area, "height": 140, "help": state.say(SIZE_CAP)}
    text_field(
        _ROWS, _PASTE, now.task.rows, taking(partial(_with_rows, ""), "rows", "decimal"), FIELDS["rows"].read, **look
    )
    with part():
        _draw_signs(now.task)
        if unused_table(now):  # which is said where it trains
            st.button(state.say(_BACK), "train_rows_back", on_click=renew, args=(_ROWS,))
    _row(partial(_text, now, "targets"), partial(_text, now, "order"))
    kinds = ["csv", "tsv", "txt", "xlsx", "data"]
    look = {"key": "train_file", "on_change": _take_file, "max_upload_size": _MOST_MEGABYTES}
    held = st.file_uploader(state.say(_UPLOAD), kinds, **look)
    if held is not None:
        draw_sheet(held, now.task, _put_sheet, taking(partial(_with_activation, len(now.task.hidden)), "activations"))


def _draw_signs(task: Task) -> None:
    """Ask for the reading of a number with two, or draw the answer, or the sign that the rest of the table shows."""
    asked = refused(_ROWS)
    if isinstance(asked, AmbiguousError):
        with st.container(key="train_readings", horizontal=True, vertical_alignment="center"):
            st.markdown(in_markdown(state.say(_IS, asked.received)), width="content")
            for name, value in asked.readings.items():
                st.button(write_number(value), f"train_decimal_{name}", on_click=_take_rows, args=(name,))
    elif task.decimal:
        select_field("train_decimal", FIELD_LABELS["decimal"], _SIGNS, task.decimal, changing("decimal"))
    elif task.taken:
        st.caption(in_markdown(state.say(task.taken)))


def _take_rows(decimal: str = "", text: str | None = None) -> None:
    """Take the table as it stands in its field, or another one, with its decimal sign where one was chosen."""
    fill(_ROWS, text, FIELDS["rows"].read, taking(partial(_with_rows, decimal), "rows", "decimal"))


def _take_file() -> None:
    held = widget_value("train_file")
    if held is not None:
        take_sheet(held, _put_sheet)


def _put_sheet(ready: Prepared) -> None:
    take = taking(partial(_with_sheet, ready), "rows", "decimal", "targets", "activations")
    fill(_ROWS, ready.text, FIELDS["rows"].read, take)


def _with_sheet(ready: Prepared, task: Task, rows: str) -> Task:
    """Return the task with the table of a file; an output that takes classes alone gives way to one that suits."""
    if task.activations[-1] == "softmax" != ready.output:
        task = _with_activation(len(task.hidden), task, ready.output)
    return task.drawn(rows=rows, decimal="", targets=",".join(map(str, ready.targets)))
