"""The settings of a training: data, network, loss, optimizer, how long; and, folded away, the techniques."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from engine import ACTIVATIONS, DATASETS, Text
from engine.options import STOPPING, techniques
from engine.settings import FIELDS, MNIST, OWN, Task, in_short, losses_for, with_activation
from visualizer.lab import Snapshot
from visualizer.pages.session import changing, session, state, taking
from visualizer.pages.shared import (
    draw_notes,
    mistakes_field,
    on_a_phone,
    part,
    select_field,
    text_field,
    value_field,
)
from visualizer.pages.train.images import choose_images, draw_images
from visualizer.pages.train.points import draw_points
from visualizer.pages.train.sheet import EXAMPLE_ROWS, Choice, draw_table
from visualizer.runs import FIELD_LABELS

_LAYER = Text("Layer {}", "第 {} 层")
_TECHNIQUES = Text("Schedule, regularization, clipping, normalization", "学习率调度、正则化、裁剪、归一化")
_GIVEN = Text(
    "Starts from the weights taken from Step through. Changing the initializer, the seed or a layer size generates "
    "new ones.",
    "从“逐步演示”中的权重开始；更换初始化方法、种子或层的大小会重新生成。",
)
_OUTPUT = Text("Output", "输出层")
_DATA, _NETWORK, _TRAINING = Text("Data", "数据"), Text("Network", "网络"), Text("Training", "训练")
_ALL = Text("all", "全部")
_ALL_TIP = Text(
    "Number of samples per step; leave it empty or enter “all” to use every sample, one step per epoch.",
    "每一步用多少个样本计算；留空或填“全部”：用全部样本，每轮一步。",
)


_SHORT = {name: Choice(in_short(record)) for name, record in ACTIVATIONS.items()}
_MNIST = Choice(Text("MNIST, 28 × 28", "MNIST 28 × 28"))
_OWN = Choice(Text("Custom table", "自己的表格"))
_NONE = "—"  # stands in the field of a number that need not be given


def draw_settings(now: Snapshot) -> None:
    """Draw all settings of the training, two side by side."""
    task, text, draw = now.task, partial(_text, now), partial(_draw_field, now)
    small = on_a_phone()  # where the results would else lie far below
    with st.container(key="train_settings", border=True, gap="small"):
        draw_notes(session().train.notes, "train_notes")
        with st.expander(state.say(_DATA), expanded=not small, key="train_group_data"):
            offered = {**DATASETS, MNIST: _MNIST, OWN: _OWN}
            select_field("train_data", FIELD_LABELS["data"], offered, task.data, _take_data)
            with part():
                draw_images(now)
            with part():
                draw_points(now)
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
            _select(now, "loss", losses_for(task))
            _row(partial(draw, "optimizer"), partial(draw, "eta"))
            _row(partial(text, "batch"), partial(text, "epochs"), partial(text, "held"))
            with part():
                _draw_ends(now)
        with st.expander(state.say(_TECHNIQUES), key="train_techniques"):
            _draw_techniques(now)
        mistakes_field("train_mistakes", task.mistakes, changing("mistakes"))


def _draw_data(now: Snapshot) -> None:
    """Draw the settings of these data."""
    text = partial(_text, now)
    if now.task.data == OWN:
        columns = () if now.task.prepared else (partial(text, "targets"),)
        draw_table(now, partial(_row, *columns, partial(text, "order")))
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
    hint = _NONE if field in STOPPING else "" if shown is None else f"{shown:g}"
    take = taking(_with_hidden, "hidden", "activations") if name == "hidden" else changing(name)
    read, write = field.read, field.write
    look: dict[str, Any] = {"placeholder": hint, "help": state.say(field.about) if field.about else None}
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


def _draw_ends(now: Snapshot) -> None:
    """Draw the settings of when the training ends before its last epoch, as far as they have a use."""
    used = [each.attribute for each in STOPPING if not each.of or getattr(now.task, each.of) is not None]
    _row(*(partial(_draw_field, now, name) for name in used))


def _draw_field(now: Snapshot, name: str) -> None:
    """Draw the field of a setting of the training: a list of records, a box that turns it on, or a text."""
    registry, value = FIELDS[name].registry, getattr(now.task, name)
    if registry:
        _select(now, name, registry)
    elif isinstance(value, bool):
        value_field(st.checkbox, f"train_{name}", FIELD_LABELS[name], value, changing(name))
    else:
        _text(now, name)


def _with_activation(layer: int, task: Task, name: str) -> Task:
    return with_activation(task, layer, name)


def _with_hidden(task: Task, hidden: tuple[int, ...]) -> Task:
    return task.with_hidden(hidden)


def _with_data(task: Task, name: str) -> Task:
    rows = EXAMPLE_ROWS if name == OWN and not task.rows else task.rows
    return replace(task, rows=rows).with_data(name)


def _take_data(name: str) -> None:
    if name == MNIST:
        choose_images()
    else:
        taking(_with_data, "data", "rows")(name)
