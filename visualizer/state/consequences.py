"""Consequences of a change of one setting for others, in a sentence each: nothing else changes without a word."""

from collections.abc import Callable, Collection, Iterable

from engine import LOSSES, OPTIMIZERS, Text
from engine.core import LANGUAGES
from engine.options import setting_names
from engine.settings import Model, Task, differences
from visualizer.runs import SETTINGS, settings_words
from visualizer.writing import number

EDITED = ("net", "x", "y", "masks")  # what an edit of a number changes; the masks go with the iteration
_WEIGHTS = Text(
    "New weights, inputs and targets were generated for these sizes.", "已按新的层大小重新生成权重、输入与目标。"
)
_SAMPLES = Text(
    "Samples were added, because a batch is normalized: there are {} now.",
    "归一化需要一个小批量，已补充样本，现有 {} 个。",
)
_LOSS = Text("The loss is now {}: {} does not match this output.", "损失函数改为{}：{}与该输出层不匹配。")
_RATE = Text("η is now {}, a typical learning rate for {}.", "η 改为 {}，即{}的常用学习率。")
_OWN = Text("This is now your own network and no longer the example.", "现在这是自定义网络，不再是原算例。")
_FIRST = Text(
    "This is iteration 1 of the changed network; it was iteration {}.",
    "从改动后的网络重新算作第 1 次迭代（原为第 {} 次）。",
)
_FIRST_WITHOUT_MEMORY = Text(
    "This is iteration 1 of the changed network, and the optimizer state has been reset; it was iteration {}.",
    "从改动后的网络重新算作第 1 次迭代（原为第 {} 次），优化器的状态也已重置。",
)
_MEMORY = Text("The optimizer state has been reset.", "优化器的状态已重置。")
_ALONG = Text("This changed too: {}.", "同时改变：{}。")
Says = Callable[[Model, Model], Text | None]


def consequences(before: Model, after: Model, asked: Collection[str]) -> list[Text]:
    """Return sentences about the fields that changed beside those that were `asked` for."""
    changed = [name for name in setting_names(Model) if getattr(before, name) != getattr(after, name)]
    said = (_SAYS.get(name, _along(name))(before, after) for name in changed if name not in asked)
    return list(dict.fromkeys(filter(None, said)))


def along(before: Task, after: Task, asked: Collection[str]) -> list[Text]:
    """Return a sentence about the training settings that changed beside those that were `asked` for."""
    names = [name for name in differences([before, after]) if name not in asked]
    return [_in_words(names, after)] if names else []


def _in_words(names: Iterable[str], of: Task | Model) -> Text:
    values = {name: getattr(of, name) for name in names}
    return _ALONG.format(Text(*(settings_words(values, lang) for lang in LANGUAGES)))


def _along(name: str) -> Says:
    return lambda _, after: _in_words([name], after) if name in SETTINGS else None


def _samples(before: Model, after: Model) -> Text:
    return _WEIGHTS if before.sizes != after.sizes else _SAMPLES.format(len(after.x))


def _loss(before: Model, after: Model) -> Text:
    return _LOSS.format(LOSSES[after.loss].label, LOSSES[before.loss].label)


def _rate(_before: Model, after: Model) -> Text:
    return _RATE.format(number(after.eta), OPTIMIZERS[after.optimizer].label)


def _iteration(before: Model, after: Model) -> Text:
    return (_FIRST_WITHOUT_MEMORY if OPTIMIZERS[after.optimizer].slots else _FIRST).format(before.iteration)


def _memory(_before: Model, after: Model) -> Text | None:
    return _MEMORY if OPTIMIZERS[after.optimizer].slots else None


def _weights(before: Model, after: Model) -> Text | None:
    """Return a sentence about the new weights where the sizes changed; None where example, γ or β just give way."""
    return _WEIGHTS if before.sizes != after.sizes else None


_SAYS: dict[str, Says] = {
    "example": lambda before, after: _OWN,
    "net": _weights,
    "x": _samples,
    "y": _samples,
    "loss": _loss,
    "eta": _rate,
    "iteration": _iteration,
    "state": _memory,
}
