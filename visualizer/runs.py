"""Named runs in a list: their labels, made of the settings in which they differ.

`SETTINGS` has the words for every field of a task, in the order in which a name says them.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

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
from engine.mistakes import MISTAKES
from engine.task import MNIST, OWN, Task, differences
from engine.trial import LENGTH, Trial
from visualizer.symbols import number

Words = Callable[[Any, str], str]
_UNEXPLAINED = re.compile(r"（.*）| \([a-z].*\)")
_OWN = Text("own table", "自有表格")
_OTHERS = {OWN: _OWN, MNIST: Text("MNIST", "MNIST")}
_SAMPLES, _USUAL_SAMPLES = Text("{} samples", "{} 个样本"), Text("usual number of samples", "默认样本数")
_NOISE, _USUAL_NOISE = Text("noise {}", "噪声 {}"), Text("usual noise", "默认噪声")
_BATCH, _FULL = Text("batches of {}", "每批 {} 个"), Text("full batch", "全批量")
DECIMAL_LABELS = {
    "point": Text("point, as in 1,234.5", "句点，如 1,234.5"),
    "comma": Text("comma, as in 1.234,5", "逗号，如 1.234,5"),
}
_SHOWN = Text("decimal sign as shown", "小数点由表格决定")
_ROWS, _LAST = Text("{} lines", "{} 行"), Text("last", "最后一列")
_NORMED, _NOT_NORMED = Text("batch normalization", "批归一化"), Text("no batch normalization", "无批归一化")
_GIVEN, _DRAWN = Text("given weights no. {:03}", "给定权重 {:03} 号"), Text("drawn weights", "随机权重")
_WHOLE = Text("the training", "训练全程")
_FEW_ALIKE = 2
NO_MISTAKE = Text("no mistake", "没有错误")
_UNNAMED = ("eta", "optimizer")  # what a run is called where nothing tells it from the others
_FROM = Text("from epoch {}: {}", "第 {} 轮起 {}")
HELD_OUT = Text("{} (held out)", "{}（留出）")


@dataclass(frozen=True)
class Run:
    """Named run in a list.

    Attributes
    ----------
    name : str
        The reader's name; empty where the run is named by its settings.
    trial : Trial
    colour : int
        Its place among `palette.SERIES`; beyond the last they begin again, with other dashes.
    hidden : bool
        Whether its curves are left out.
    """

    name: str
    trial: Trial
    colour: int = 0
    hidden: bool = False


class Setting(NamedTuple):
    """Words for a field of a task: its widget's, those in a name around the value, and the writer of a value."""

    label: Text
    said: Text
    write: Words


def _plain(value: object, _: str) -> str:
    return number(value) if isinstance(value, float) else str(value)


def _or_usual(words: Text, usual: Text) -> Words:
    """Return the writer of a number that is None where the data decide on it."""
    return lambda value, lang: usual(lang) if value is None else words.format(_plain(value, lang))(lang)


def _of(registry: Mapping[str, Any]) -> Words:
    """Return the writer of names of registry entries: by their labels, without explanations in brackets."""
    return lambda name, lang: _UNEXPLAINED.sub("", registry[name].label(lang))


def _in_a_row(names: Iterable[str], lang: str) -> Iterator[str]:
    """Yield the activations layer by layer; many equal ones as a count."""
    for name, group in groupby(names):
        count, said = len(list(group)), _of(ACTIVATIONS)(name, lang)
        yield from [f"{count} × {said}"] if count > _FEW_ALIKE else [said] * count


def mistake_words(made: Sequence[str], lang: str) -> str:
    """Return mistakes by their labels."""
    return " + ".join(MISTAKES[name].label(lang) for name in made) or NO_MISTAKE(lang)


_AS_IT_IS = Text("{}", "{}")
SETTINGS = {
    "eta": Setting(Text("learning rate η", "学习率 η"), Text("η = {}", "η = {}"), _plain),
    "optimizer": Setting(Text("optimizer", "优化器"), _AS_IT_IS, _of(OPTIMIZERS)),
    "schedule": Setting(Text("schedule", "学习率计划"), Text("{} rate", "学习率{}"), _of(SCHEDULES)),
    "batch": Setting(
        Text("batch size", "批大小"),
        _AS_IT_IS,
        lambda size, lang: (_BATCH.format(size) if size else _FULL)(lang),
    ),
    "hidden": Setting(
        Text("hidden layers", "隐藏层"),
        Text("hidden {}", "隐藏层 {}"),
        lambda sizes, _: "-".join(map(str, sizes)) or "0",
    ),
    "activations": Setting(
        Text("activations", "激活函数"),
        _AS_IT_IS,
        lambda names, lang: " → ".join(_in_a_row(names, lang)),
    ),
    "init": Setting(Text("initializer", "初始化方法"), _AS_IT_IS, _of(INITIALIZERS)),
    "seed": Setting(Text("weight seed", "权重种子"), Text("seed {}", "种子 {}"), _plain),
    "loss": Setting(Text("loss", "损失函数"), _AS_IT_IS, _of(LOSSES)),
    "regularizer": Setting(Text("regularizer", "正则化"), Text("penalty {}", "惩罚项：{}"), _of(REGULARIZERS)),
    "strength": Setting(Text("strength λ", "强度 λ"), Text("λ = {}", "λ = {}"), _plain),
    "clip": Setting(Text("gradient clipping", "梯度裁剪"), Text("clipping {}", "裁剪：{}"), _of(CLIPS)),
    "clip_at": Setting(Text("limit c", "上限 c"), Text("c = {}", "c = {}"), _plain),
    "batch_norm": Setting(
        Text("batch normalization", "批归一化"),
        _AS_IT_IS,
        lambda on, lang: (_NORMED if on else _NOT_NORMED)(lang),
    ),
    "dropout": Setting(Text("dropout, share p", "dropout 比例 p"), Text("dropout {}", "dropout {}"), _plain),
    "net": Setting(
        Text("weights to start from", "初始权重"),
        _AS_IT_IS,
        lambda net, lang: (_GIVEN.format(zlib.crc32(repr(net).encode()) % 1000) if net else _DRAWN)(lang),
    ),
    "mistakes": Setting(Text("mistake made on purpose", "故意犯的错误"), _AS_IT_IS, mistake_words),
    "data": Setting(
        Text("data", "数据"),
        _AS_IT_IS,
        lambda name, lang: (_OTHERS[name] if name in _OTHERS else DATASETS[name].label)(lang),
    ),
    "size": Setting(Text("samples", "样本数"), _AS_IT_IS, _or_usual(_SAMPLES, _USUAL_SAMPLES)),
    "noise": Setting(Text("noise", "噪声"), _AS_IT_IS, _or_usual(_NOISE, _USUAL_NOISE)),
    "order": Setting(Text("data seed", "数据种子"), Text("data seed {}", "数据种子 {}"), _plain),
    "rows": Setting(
        Text("table", "表格"),
        _AS_IT_IS,
        lambda rows, lang: _ROWS.format(len(rows.splitlines()))(lang),
    ),
    "targets": Setting(
        Text("target columns", "目标列"), Text("targets {}", "目标列 {}"), lambda names, lang: names or _LAST(lang)
    ),
    "decimal": Setting(
        Text("decimal sign of the table", "表格的小数点"),
        Text("decimal {}", "小数点：{}"),
        lambda name, lang: DECIMAL_LABELS.get(name, _SHOWN)(lang),
    ),
    "images": Setting(Text("image files", "图像文件"), Text("files {}", "文件 {}"), lambda key, _: key[:6] or "MNIST"),
    "held": Setting(Text("held out, %", "留出比例 %"), Text("{} % held out", "留出 {}%"), _plain),
    "epochs": Setting(Text("epochs", "轮数"), Text("{} epochs", "{} 轮"), _plain),
    "span": Setting(
        Text("epochs of the schedule", "计划覆盖的轮数"),
        Text("schedule over {}", "计划覆盖 {}"),
        lambda epochs, lang: str(epochs) if epochs else _WHOLE(lang),
    ),
}
FIELD_LABELS = {name: setting.label for name, setting in SETTINGS.items()}


def settings_words(values: Mapping[str, Any], lang: str) -> str:
    """Return settings, by the names of a task's fields, in words: `η = 0.1 · Adam`."""
    known = {name: setting for name, setting in SETTINGS.items() if name in values}
    return " · ".join(known[name].said.format(known[name].write(values[name], lang))(lang) for name in known)


def labels(runs: Sequence[Run], lang: str) -> list[str]:
    """Return the labels of runs: the reader's names, or the settings that differ, in words.

    Runs that began alike are told apart by what was changed on their way, else by a number.
    """
    names = _telling([run.trial.task for run in runs])
    called = [run.name or _begun(run.trial.task, names, lang) for run in runs]
    if len({run.name or called for run, called in zip(runs, called, strict=True)}) < len(runs):
        called = [run.name or name + _changed(run.trial, lang) for run, name in zip(runs, called, strict=True)]
    return [
        name if run.name or name not in called[:i] else f"{name} ({called[: i + 1].count(name)})"
        for i, (run, name) in enumerate(zip(runs, called, strict=True))
    ]


def _telling(tasks: Sequence[Task]) -> tuple[str, ...]:
    """Return the settings that runs are named by; their length only where nothing else differs."""
    names = differences(tasks)
    return tuple(name for name in names if name not in LENGTH) or names or _UNNAMED


def _begun(task: Task, names: Sequence[str], lang: str) -> str:
    return settings_words({name: getattr(task, name) for name in names}, lang)


def _changed(trial: Trial, lang: str) -> str:
    told = [_FROM.format(epoch, settings_words(to, lang))(lang) for epoch, to in trial.changes.items() if to]
    return "".join(f", {words}" for words in told)


def change_words(epoch: int, changed: Mapping[str, Any], lang: str) -> str:
    """Return a change of settings after an epoch in words."""
    return _FROM.format(epoch, settings_words(changed, lang))(lang)
