"""The worked solution of an iteration as blocks: every equation with letters, with numbers, and its arithmetic."""

from collections.abc import Iterator
from typing import NamedTuple

from engine import Ref, Step, Text, Trace
from visualizer.equations import Element, arithmetic, numeric, why
from visualizer.exercises import equation, given
from visualizer.exports.subject import Subject
from visualizer.writing import GIVEN_TITLE, parameter, short_name

TITLE = Text("Worked solution: {}", "完整解答：{}")
_SAMPLE = Text(
    "Values of a single sample are those of sample {} of {}; gradients are means over all samples.",
    "单个样本的数值取自第 {} 个样本（共 {} 个）；梯度是对所有样本的平均。",
)
_MORE = Text("The other {} numbers of this step are computed in the same way.", "这一步其余 {} 个数的算法相同。")
_LAYER = Text("Layer {}", "第 {} 层")
MOST_WORKED = 48  # numbers of a step whose arithmetic is written out


class Block(NamedTuple):
    """A part of a document: a `title`, a `heading`, `words`, or a `formula` in TeX."""

    kind: str
    text: str


def solution(subject: Subject, most: int = MOST_WORKED) -> Iterator[Block]:
    """Return the worked solution of the present iteration in the reader's language.

    Of the numbers of a step, the arithmetic of `most` is written out.
    """
    trace, lang = subject.trace, subject.lang
    yield Block("title", TITLE.format(subject.title)(lang))
    yield Block("words", " · ".join(subject.settings))
    if trace.m > 1:
        yield Block("words", _SAMPLE.format(subject.builder.sample + 1, trace.m)(lang))
    yield Block("heading", GIVEN_TITLE(lang))
    yield from (Block("formula", line) for line in given(trace))
    for step in trace.steps:
        yield from _of_step(subject, step, most)


def _of_step(subject: Subject, step: Step, most: int) -> Iterator[Block]:
    trace, lang, digits = subject.trace, subject.lang, subject.spec.view.digits
    title = step.rule.title.format(l=step.layer)(lang)
    yield Block("heading", f"{short_name(step, lang)} · {title}")
    yield Block("words", why(trace, step)(lang))
    yield Block("formula", equation(trace, step))
    layers = range(1, len(trace.given.sizes)) if _everywhere(step) else (step.layer,)
    for layer in layers:
        if len(layers) > 1:
            yield Block("words", _LAYER.format(layer)(lang))
        yield Block("formula", numeric(trace, step, layer, digits=digits))
    elements = list(_elements(trace, step, subject.builder.sample))
    for shown in elements[:most]:
        yield Block("formula", arithmetic(trace, step, shown, digits).to_tex())
    if len(elements) > most:
        yield Block("words", _MORE.format(len(elements) - most)(lang))


def _everywhere(step: Step) -> bool:
    """Whether a step happens in every layer at once."""
    return len({ref.layer for ref in step.writes}) > 1 or (not step.layer and step.rule.phase == "update")


def _elements(trace: Trace, step: Step, sample: int) -> Iterator[Element]:
    """Yield the elements that a step writes: of a batch those of one sample."""
    for ref in step.writes:
        yield from (Element(ref, indices, sample) for indices in _indices(trace, ref))


def _indices(trace: Trace, ref: Ref) -> Iterator[tuple[int, ...]]:
    shape = trace.value(*ref).shape
    if not shape:
        yield ()
    elif ref.layer and parameter(ref.name) == "W":
        yield from ((j, k) for j in range(shape[0]) for k in range(shape[1]))
    else:
        yield from ((j,) for j in range(shape[0]))
