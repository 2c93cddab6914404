"""Link codec of a task: the settings that differ from a task it begins with, each as short text.

Parsing never raises: what cannot be used is reported and left as it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from engine.clipping import CLIPS
from engine.datasets import DATASETS, MOST_SAMPLES
from engine.errors import InputError
from engine.idx import MOST_IMAGES
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.numbers import DECIMAL_SIGNS, parse_number, parse_whole, write_number
from engine.optimizers import OPTIMIZERS
from engine.regularizers import REGULARIZERS
from engine.schedules import SCHEDULES
from engine.spec import (
    LARGEST_SEED,
    Field,
    in_link,
    one_of,
    read_activations,
    read_fields,
    read_mistakes,
    read_numbers,
    read_sizes,
    write_mistakes,
    write_numbers,
)
from engine.table import DECIMAL_SIGN, MOST_CHARACTERS
from engine.task import MNIST, MOST_EPOCHS, MOST_HELD, OWN, Task
from engine.text import Text

_NO_HIDDEN, _LONGEST_KEY = "0", 16
_BESIDE = {OWN: ("rows", "targets", "decimal"), MNIST: ("images",)}  # without which data of one's own are none


def read_hidden(text: str) -> tuple[int, ...]:
    """Return sizes of hidden layers from `8-8`; `0` or nothing for none."""
    try:
        return () if text.strip() in ("", _NO_HIDDEN) else read_sizes(f"1-{text.strip()}")[1:]
    except InputError as error:
        raise InputError(error.problem, error.allowed, text) from None


def write_hidden(hidden: tuple[int, ...]) -> str:
    """Return sizes of hidden layers as `read_hidden` reads them."""
    return "-".join(map(str, hidden)) or _NO_HIDDEN


def _whole(low: int, high: int) -> Callable[[str], int]:
    return lambda text: parse_whole(text, low, high)


def _or_usual(read: Callable[[str], Any], write: Callable[[Any], str]) -> tuple[Callable, Callable]:
    """Return reader and writer of a setting that may be None, or no text at all, where it is the usual one."""
    return lambda text: read(text) if text.strip() else None, lambda value: "" if value is None else write(value)


def _short(text: str) -> str:
    return text[: MOST_CHARACTERS + 1]


FIELDS = {
    "data": Field("data", one_of(Text("data set", "数据集"), {**DATASETS, OWN: None, MNIST: None})),
    "size": Field("size", *_or_usual(_whole(2, MOST_IMAGES), str)),
    "noise": Field("noise", *_or_usual(parse_number, write_number)),
    "order": Field("order", _whole(0, LARGEST_SEED)),
    "rows": Field("rows", _short),
    "targets": Field("targets", _short),
    "decimal": Field("decimal", lambda text: one_of(DECIMAL_SIGN, DECIMAL_SIGNS)(text) if text else ""),
    "images": Field("images", lambda text: text[:_LONGEST_KEY]),
    "hidden": Field("hidden", read_hidden, write_hidden),
    "activations": Field("activations", read_activations, "-".join),
    "init": Field("init", one_of(Text("initializer", "初始化方法"), INITIALIZERS)),
    "seed": Field("seed", _whole(0, LARGEST_SEED)),
    "loss": Field("loss", one_of(Text("loss", "损失函数"), LOSSES)),
    "optimizer": Field("optimizer", one_of(Text("optimizer", "优化器"), OPTIMIZERS)),
    "eta": Field("eta", parse_number, write_number),
    "batch": Field("batch", _whole(0, MOST_SAMPLES)),
    "epochs": Field("epochs", _whole(1, MOST_EPOCHS)),
    "held": Field("held", _whole(0, MOST_HELD)),
    "schedule": Field("schedule", one_of(Text("schedule", "学习率计划"), SCHEDULES)),
    "span": Field("span", _whole(0, MOST_EPOCHS)),
    "regularizer": Field("regularizer", one_of(Text("regularizer", "正则化方法"), REGULARIZERS)),
    "strength": Field("strength", parse_number, write_number),
    "clip": Field("clip", one_of(Text("clipping", "裁剪方式"), CLIPS)),
    "clip_at": Field("clip_at", parse_number, write_number),
    "batch_norm": Field("batch_norm", lambda text: bool(parse_whole(text, 0, 1)), lambda on: str(int(on))),
    "dropout": Field("dropout", parse_number, write_number),
    "net": Field("net", lambda text: read_numbers(text) if text.strip() else (), write_numbers),
    "mistakes": Field("mistakes", read_mistakes, write_mistakes),
}


def to_query(task: Task, base: Task | None = None) -> dict[str, str]:
    """Return the query of the settings of a task that differ from `base`, the default task unless given."""
    base = base or Task()
    return {
        name: f.write(getattr(task, name)) for name, f in FIELDS.items() if getattr(task, name) != getattr(base, name)
    }


def to_whole_query(task: Task) -> dict[str, str]:
    """Return the query of every setting of a task, also where it is the usual one."""
    return {name: field.write(getattr(task, name)) for name, field in FIELDS.items()}


def from_query(query: Mapping[str, str], base: Task | None = None) -> tuple[Task, list[InputError]]:
    """Return the task that a query describes, and an error for everything in it that could not be used."""
    problems: list[InputError] = []
    task = base or Task()
    values = read_fields(FIELDS, query, problems)
    try:
        if "hidden" in values and "activations" not in values:
            return _changed(task.with_hidden(values["hidden"]), values), problems
        return _changed(task, values), problems
    except InputError:
        pass
    beside = _BESIDE.get(values.get("data", task.data), ())
    table = {name: values.pop(name) for name in beside if name in values}
    for name, value in values.items():  # together they do not fit: what fits one by one
        try:
            task = _changed(task, {name: value} | (table if name == "data" else {}))
        except InputError as error:
            problems.append(in_link(name, error))
    return task, problems


def _changed(task: Task, values: dict[str, Any]) -> Task:
    changed = replace(task, **values)
    changed.check()
    return changed
