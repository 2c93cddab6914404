"""The settings of a pass and of a training as entries: each from its row in the table, with its rule."""

import re
from collections.abc import Iterator

from engine import Text
from engine.core import EVERYWHERE, PASS, TRAINING, Field
from engine.options import TRANSFORMS
from engine.settings import OF_PASS, ROWS
from visualizer.reference.entry import Block, Entry, Formula, Words
from visualizer.reference.registries import general

_WHERE = {
    PASS: Text("A setting of Step through.", "“逐步演示”的设置。"),
    TRAINING: Text("A setting of a training.", "训练的设置。"),
    EVERYWHERE: Text("A setting of Step through and of training.", "“逐步演示”与训练共有的设置。"),
}
_NAME = Text("In links and files it is called {}.", "在链接与文件中的名称：{}。")
_ONE_OF = Text("One of {}.", "可取 {} 之一。")
_BELONGS = Text("It belongs to the setting “{}”.", "从属于设置“{}”。")
_MIDWAY = Text("It can be changed during training.", "训练进行中可以更改。")
_BETWEEN = Text(" ", "")
_TEMPLATES = {"Omega": r"\Omega({})", "slope": r"\Omega'({})", "clip": r"\mathrm{{clip}}_c({})"}
_LABELS = {field.attribute: field.label for field in ROWS}
_TEMPLATE = re.compile(r"\{(\w+):(<\w+>)\}")


def entries() -> tuple[Entry, ...]:
    """Make an entry of each setting."""
    return tuple(_entry(field) for field in ROWS)


def _entry(field: Field) -> Entry:
    name = field.name if field is OF_PASS.get(field.name) else f"{field.name}_of_training"
    return Entry(name, field.label, tuple(_blocks(field)))


def _blocks(field: Field) -> Iterator[Block]:
    yield Words(_BETWEEN.join(_sentences(field)))
    for transform in TRANSFORMS:
        if transform.setting == field.attribute:
            for rule in filter(None, (transform.cost, transform.rule)):
                yield Words(rule.why)
                yield from (Formula(general(_TEMPLATE.sub(_filled, line))) for line in rule.tex.split("\n"))


def _sentences(field: Field) -> Iterator[Text]:
    yield _WHERE[field.where]
    if field.about:
        yield field.about
    yield _NAME.format(field.name)
    if field.registry:
        yield _ONE_OF.format(", ".join(field.registry))
    if field.of:
        yield _BELONGS.format(_LABELS[field.of])
    if field.midway:
        yield _MIDWAY


def _filled(found: re.Match[str]) -> str:
    return _TEMPLATES[found[1]].format(found[2])
