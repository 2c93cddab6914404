"""The settings of a training: data, network, loss, optimizer, how long; and, folded away, the techniques."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import streamlit as st

from engine import (
    ACTIVATIONS,
    CLIPS,
    DATASETS,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    REGULARIZERS,
    SCHEDULES,
    Text,
)
from engine.table import SIZE_CAP
from engine.task import MNIST, OWN, Task
from engine.task_query import FIELDS, read_hidden
from visualizer.pages import _state as state
from visualizer.pages._fields import Take, mistakes_field, select_field, taken, text_field
from visualizer.pages._lab import act, change, changing, lab
from visualizer.pages._problems import draw_notes
from visualizer.pages._train_images import choose_images, draw_images
from visualizer.runs import FIELD_LABELS

_MOST_MEGABYTES = 5
_LAYER = Text("Layer {}", "第 {} 层")
_TECHNIQUES = Text("Techniques", "技巧")
_GIVEN = Text(
    "Starts from the weights that were on the stage; another initializer, seed or size draws new ones.",
    "从舞台上的权重开始；换初始化方法、种子或大小则重新抽取。",
)
_OUTPUT = Text("Output", "输出层")
_PASTE = Text("Rows: inputs, then the target", "数据行：先输入，后目标")
_UPLOAD = Text("or a CSV file", "或 CSV 文件")


class _Choice(NamedTuple):
    """What a select box needs of a record."""

    label: Text


_MNIST = _Choice(Text("MNIST, 28 × 28", "MNIST 28 × 28"))
_OWN = _Choice(Text("my own table", "自己的表格"))
_EXAMPLE_ROWS = "x1,x2,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0"


def draw_settings() -> None:
    """Draw all settings, two side by side."""
    task = lab().task
    with st.container(key="train_settings", border=True, gap="small"):
        draw_notes("train_notes")
        offered = {**DATASETS, MNIST: _MNIST, OWN: _OWN}
        select_field(_key("data"), FIELD_LABELS["data"], offered, task.data, _current(_set_data))
        draw_images()
        if task.data == OWN:
            _draw_table(task)
        elif task.data == MNIST:
            _row(partial(_text, "size", task), partial(_text, "order", task))
        else:
            _row(partial(_text, "size", task), partial(_text, "noise", task), partial(_text, "order", task))
        _row(partial(_text, "hidden", task), partial(_text, "seed", task))
        if task.net:
            st.caption(state.say(_GIVEN))
        _draw_activations(task)
        _row(partial(_select, "init", INITIALIZERS, task), partial(_select, "loss", _losses(task), task))
        _row(partial(_select, "optimizer", OPTIMIZERS, task), partial(_text, "eta", task))
        _row(partial(_text, "batch", task), partial(_text, "epochs", task), partial(_text, "held", task))
        with st.expander(state.say(_TECHNIQUES), key="train_techniques"):
            _draw_techniques(task)
        mistakes_field(_key("mistakes"), task.mistakes, _current(changing("mistakes")))


def _key(name: str) -> str:
    """Return the key of a field, another one with each edition of the settings."""
    return f"train_{name}_{lab().edition}"


def _current(take: Take) -> Take:
    """Return what takes a value while this edition lasts: a browser goes on sending what earlier fields held."""
    edition = lab().edition
    return lambda value: take(value) if lab().edition == edition else None


def _row(*widgets: Callable[[], None]) -> None:
    for column, widget in zip(st.columns(len(widgets), gap="small"), widgets, strict=True):
        with column:
            widget()


def _text(name: str, task: Task) -> None:
    field = FIELDS[name]
    shown = getattr(DATASETS.get(task.data), name, None) if name in ("size", "noise") else None
    hint = "" if shown is None else f"{shown:g}"
    take = _set_hidden if name == "hidden" else changing(name, field.read)
    text_field(_key(name), FIELD_LABELS[name], field.write(getattr(task, name)), _current(take), placeholder=hint)


def _select(name: str, registry: dict, task: Task) -> None:
    select_field(_key(name), FIELD_LABELS[name], registry, getattr(task, name), _current(changing(name)))


def _draw_activations(task: Task) -> None:
    layers = [_LAYER.format(l + 1) for l in range(len(task.hidden))] + [_OUTPUT]
    draws = [
        partial(
            select_field, _key(f"f_{l}"), label, ACTIVATIONS, task.activations[l], _current(partial(_set_activation, l))
        )
        for l, label in enumerate(layers)
    ]
    for start in range(0, len(draws), 2):
        _row(*draws[start : start + 2])


def _draw_techniques(task: Task) -> None:
    """Draw what goes beyond the plain equations; a strength or a limit only where there is something to be strong."""
    _row(partial(_select, "schedule", SCHEDULES, task))
    penalty, clip = partial(_select, "regularizer", REGULARIZERS, task), partial(_select, "clip", CLIPS, task)
    _row(penalty, *([partial(_text, "strength", task)] if task.options.regularized else []))
    _row(clip, *([partial(_text, "clip_at", task)] if task.options.clipped else []))
    _row(partial(_text, "dropout", task), partial(_check, "batch_norm", task))


def _check(name: str, task: Task) -> None:
    key = _key(name)
    st.session_state[key] = getattr(task, name)
    st.checkbox(state.say(FIELD_LABELS[name]), key=key, on_change=taken, args=(key, _current(changing(name))))


def _losses(task: Task) -> dict:
    """Return the losses that go with the output."""
    output = task.activations[-1]
    return {name: r for name, r in LOSSES.items() if not r.matched or r.matched.activation == output}


def _set_activation(layer: int, name: str) -> None:
    """Take another activation; a loss that no longer goes with the output gives way to the one that suits it."""
    task = lab().task
    names = tuple(name if l == layer else old for l, old in enumerate(task.activations))
    changed = replace(task, activations=names)
    if task.loss not in _losses(changed):
        changed = replace(changed, loss="mse")
    suited = next((r.name for r in LOSSES.values() if r.matched and r.matched.activation == names[-1]), None)
    if layer == len(task.hidden) and suited and suited != task.loss and name != task.activations[-1]:
        changed = replace(changed, loss=suited)
    change(changed, "activations")


def _set_hidden(typed: str) -> None:
    change(lab().task.with_hidden(read_hidden(typed)), "hidden", "activations")


def _set_data(name: str) -> None:
    if name == MNIST:
        choose_images()
        return
    task = lab().task
    if name == OWN and not task.rows:
        task = replace(task, rows=_EXAMPLE_ROWS)
    change(task.with_data(name), "data", "rows")


def _draw_table(task: Task) -> None:
    key = _key("rows")
    st.session_state.setdefault(key, task.rows)
    look = {"height": 140, "help": state.say(SIZE_CAP)}
    st.text_area(state.say(_PASTE), st.session_state[key], key=key, on_change=_take_rows, args=(key,), **look)
    _row(partial(_text, "targets", task), partial(_text, "order", task))
    kinds = ["csv", "tsv", "txt"]
    st.file_uploader(state.say(_UPLOAD), kinds, key="train_file", on_change=_take_file, max_upload_size=_MOST_MEGABYTES)


def _take_rows(key: str) -> None:
    if key == _key("rows"):
        act(changing("rows"), st.session_state[key])


def _take_file() -> None:
    held = st.session_state.train_file
    if held is not None:
        st.session_state[_key("rows")] = held.getvalue().decode("utf-8", "replace")
        _take_rows(_key("rows"))
