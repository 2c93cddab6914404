"""The table of all settings of a pass and of a training, in the order in which the links of a training have them.

A row says how a setting is written, what it is called, and where it applies. Links, saved files, the names of runs, the
fields of the pages, what is said of a change and the reference are made from it. Those of a pass are in `OPTIONS`.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from engine.catalogue import ACTIVATIONS, INITIALIZERS, LOSSES, SCHEDULES
from engine.core import (
    DECIMAL_SIGNS,
    EVERYWHERE,
    LANGUAGES,
    PASS,
    TRAINING,
    Field,
    Text,
    named,
    number,
    one_of,
    optional,
    switch,
    whole,
)
from engine.data import DATASETS, DECIMAL_SIGN, MOST_CHARACTERS, MOST_SAMPLES
from engine.examples import EXAMPLES
from engine.images import MOST_IMAGES
from engine.optimizers import OPTIMIZERS
from engine.options import GRADIENT, OPTIONS, STOPPING
from engine.settings import field_texts as texts
from engine.settings.field_texts import LARGEST_SEED
from engine.settings.model import MOST_ITERATIONS
from engine.settings.task import MNIST, MOST_EPOCHS, MOST_HELD, OWN

_LONGEST_KEY, _FEW_ALIKE = 16, 2
_UNEXPLAINED = re.compile(r"（.*）| \([a-z].*\)")
_OF_DATA = {OWN: Text("custom table", "自定义表格"), MNIST: Text("MNIST", "MNIST")}
DECIMAL_LABELS = {
    "point": Text("point, as in 1,234.5", "句点，如 1,234.5"),
    "comma": Text("comma, as in 1.234,5", "逗号，如 1.234,5"),
}


def in_short(record: Any) -> Text:
    """Return the label of a record without explanations in brackets."""
    return Text(*(_UNEXPLAINED.sub("", record.label(lang)) for lang in LANGUAGES))


def _short(text: str) -> str:
    return text[: MOST_CHARACTERS + 1]


def _plain(value: object) -> Text:
    return Text(str(value), str(value))


def _activations(names: Iterable[str]) -> Text:
    """Return the activations layer by layer in words; many equal ones as a count."""
    return Text(" → ", " → ").join(_in_a_row(names))


def _in_a_row(names: Iterable[str]) -> Iterator[Text]:
    for name, group in groupby(names):
        count, said = len(list(group)), in_short(ACTIVATIONS[name])
        yield from [Text("{} × {}", "{} × {}").format(count, said)] if count > _FEW_ALIKE else [said] * count


ROWS = (
    Field("example", one_of(Text("example", "算例"), EXAMPLES), label=Text("example", "算例"), where=PASS),
    Field("sizes", texts.read_sizes, texts.write_sizes, Text("layer sizes", "各层大小"), where=PASS),
    Field(
        "data",
        one_of(Text("data set", "数据集"), {**DATASETS, OWN: None, MNIST: None}),
        label=Text("data", "数据"),
        show=lambda name: _OF_DATA[name] if name in _OF_DATA else DATASETS[name].label,
        where=TRAINING,
    ),
    optional(
        whole("size", 2, MOST_IMAGES, Text("samples", "样本数"), said=Text("{} samples", "{} 个样本"), where=TRAINING),
        Text("default number of samples", "默认样本数"),
    ),
    optional(
        number("noise", Text("noise", "噪声"), said=Text("noise {}", "噪声 {}"), where=TRAINING),
        Text("default noise", "默认噪声"),
    ),
    whole(
        "order",
        0,
        LARGEST_SEED,
        Text("data seed", "数据种子"),
        said=Text("data seed {}", "数据种子 {}"),
        where=TRAINING,
    ),
    Field(
        "rows",
        _short,
        label=Text("table", "表格"),
        show=lambda rows: Text("{} lines", "{} 行").format(len(rows.splitlines())),
        where=TRAINING,
    ),
    Field(
        "targets",
        _short,
        label=Text("target columns", "目标列"),
        said=Text("targets {}", "目标列 {}"),
        show=lambda names: _plain(names) if names else Text("last", "最后一列"),
        where=TRAINING,
    ),
    Field(
        "decimal",
        lambda text: one_of(DECIMAL_SIGN, DECIMAL_SIGNS)(text) if text else "",
        label=Text("decimal sign of the table", "表格的小数点"),
        said=Text("decimal {}", "小数点：{}"),
        show=lambda name: DECIMAL_LABELS.get(name, Text("decimal sign determined by the table", "小数点由表格决定")),
        where=TRAINING,
    ),
    switch(
        "prepared",
        Text("classes and gaps prepared", "处理类别与空缺"),
        show=lambda on: (
            Text("classes and gaps prepared", "已处理类别与空缺") if on else Text("cells as numbers", "单元格均为数")
        ),
        where=TRAINING,
    ),
    Field(
        "left_out",
        _short,
        label=Text("ignored columns", "不读入的列"),
        said=Text("ignoring columns {}", "不读入列 {}"),
        show=lambda names: _plain(names) if names else Text("none", "无"),
        where=TRAINING,
    ),
    switch(
        "scaled",
        Text("standardized inputs", "标准化输入"),
        show=lambda on: (
            Text("inputs standardized", "输入已标准化") if on else Text("inputs not standardized", "输入未标准化")
        ),
        where=TRAINING,
    ),
    Field(
        "images",
        lambda text: text[:_LONGEST_KEY],
        label=Text("image files", "图像文件"),
        said=Text("files {}", "文件 {}"),
        show=lambda key: _plain(key[:6] or "MNIST"),
        where=TRAINING,
    ),
    Field(
        "hidden",
        texts.read_hidden,
        texts.write_hidden,
        Text("hidden layers", "隐藏层"),
        Text("hidden {}", "隐藏层 {}"),
        show=lambda sizes: _plain(texts.write_hidden(sizes)),
        where=TRAINING,
    ),
    Field("activations", texts.read_activations, "-".join, Text("activations", "激活函数"), show=_activations),
    named("init", Text("initializer", "初始化方法"), INITIALIZERS, Text("initializer", "初始化方法")),
    whole("seed", 0, LARGEST_SEED, Text("seed of the initial weights", "权重种子"), said=Text("seed {}", "种子 {}")),
    named("loss", Text("loss", "损失函数"), LOSSES, Text("loss", "损失函数")),
    Field("x", texts.read_rows, texts.write_rows, Text("inputs x", "输入 x"), where=PASS),
    Field("y", texts.read_rows, texts.write_rows, Text("targets y", "目标 y"), where=PASS),
    named("optimizer", Text("optimizer", "优化器"), OPTIMIZERS, Text("optimizer", "优化器"), midway=True),
    number("eta", Text("learning rate η", "学习率 η"), said=Text("η = {}", "η = {}"), midway=True),
    switch("train_bias", Text("biases are trained", "训练偏置"), where=PASS, link="biases"),
    whole(
        "batch",
        0,
        MOST_SAMPLES,
        Text("mini-batch size", "小批量大小"),
        show=lambda size: Text("batches of {}", "小批量 {}").format(size) if size else Text("full batch", "全批量"),
        where=TRAINING,
        midway=True,
    ),
    whole(
        "epochs", 1, MOST_EPOCHS, Text("epochs", "轮数"), said=Text("{} epochs", "{} 轮"), where=TRAINING, midway=True
    ),
    whole(
        "held",
        0,
        MOST_HELD,
        Text("validation split, %", "验证集比例 %"),
        said=Text("{} % for validation", "验证集 {}%"),
        where=TRAINING,
    ),
    named(
        "schedule",
        Text("schedule", "学习率调度"),
        SCHEDULES,
        Text("schedule", "学习率调度"),
        said=Text("learning rate: {}", "学习率：{}"),
        where=TRAINING,
        midway=True,
    ),
    whole(
        "span",
        0,
        MOST_EPOCHS,
        Text("length of the schedule in epochs", "调度覆盖的轮数"),
        said=Text("schedule over {}", "调度覆盖 {}"),
        show=lambda epochs: _plain(epochs) if epochs else Text("the whole run", "训练全程"),
        where=TRAINING,
        midway=True,
    ),
    *STOPPING,
    *GRADIENT,
    switch(
        "batch_norm",
        Text("batch normalization", "批量归一化"),
        show=lambda on: (
            Text("batch normalization", "批量归一化") if on else Text("no batch normalization", "无批量归一化")
        ),
    ),
    number("dropout", Text("dropout rate p", "dropout 率 p"), said=Text("dropout {}", "dropout {}")),
    Field("masks", texts.read_masks, texts.write_masks, Text("Dropout seed", "掩码的种子"), where=PASS),
    OPTIONS["training"],
    Field(
        "net",
        texts.read_given,
        texts.write_numbers,
        Text("initial weights", "初始权重"),
        show=lambda net: (
            Text("imported weights #{:03}", "导入的权重 {:03} 号").format(zlib.crc32(repr(net).encode()) % 1000)
            if net
            else Text("random weights", "随机权重")
        ),
        where=TRAINING,
    ),
    OPTIONS["mistakes"],
    Field("net", texts.read_numbers, texts.write_numbers, Text("weights and biases", "权重与偏置"), where=PASS),
    Field("state", texts.read_state, texts.write_state, Text("state of the optimizer", "优化器的状态"), where=PASS),
    whole("iteration", 1, MOST_ITERATIONS, Text("iteration", "迭代"), where=PASS),
)
OF_NETWORK = ("x", "y", "net", "state", "iteration")  # what is of no use for another network
OF_TRAINING = {field.name: field for field in ROWS if TRAINING[0] in field.where}
OF_PASS = {field.name: field for field in ROWS if PASS[0] in field.where}
SHARED = tuple(field.attribute for field in ROWS if field.where == EVERYWHERE)
MIDWAY = tuple(field.attribute for field in ROWS if field.midway)  # what can be changed while a training goes on
