"""Common parts of the scripts for all libraries: their heading, their numbers, and the names of the parameters."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine import InputError, Text, Trace
from engine.layers import NORM_VALUES
from engine.options import TRANSFORMS, used_transforms
from engine.passes import Update
from visualizer.equations import WRITERS
from visualizer.exports.subject import Subject
from visualizer.writing import apart

_WIDTH = 90
TRAINED, RUNNING = NORM_VALUES
MASKS = Text(
    "The dropout masks are those of this iteration, number by number: a library's own dropout would draw different "
    "ones.",
    "dropout 的掩码就是本次迭代的掩码，逐个写出：库自带的 dropout 会另外抽取，得到别的数值。",
)
BIASES = Text(
    "Normalization removes whatever a bias before it adds, so the gradient of that bias is zero except for "
    "rounding. AdaGrad, RMSprop and Adam divide by its size and may turn the rounding error into a whole step; no "
    "output during training changes.",
    "归一化会抵消它之前的偏置：该偏置的梯度除舍入误差外为零；AdaGrad、RMSprop 与 Adam 会除以梯度的大小，可能把这点"
    "误差放大成一步，但不影响训练时的任何输出。",
)

UNMADE = Text(
    "In Step through, deliberate mistakes are switched on that this script does not make: {}.",
    "“逐步演示”中加入了故意的错误，本脚本没有：{}。",
)
UNEQUAL = Text(
    "The script therefore gives the correct numbers: C = {} here, {} in Step through.",
    "因此得到的是正确的数：此处 C = {}，“逐步演示”中为 {}。",
)
EQUAL = Text("C = {} is the same here as in Step through.", "C = {}，与“逐步演示”中相同。")
_AND = Text("; ", "；")


def heading(subject: Subject, *notes: Text) -> str:
    """Return the head of a script: a docstring with the network, its settings and its limits, and needed imports."""
    said = (note(subject.lang) for note in (*_unmade(subject), *_notes(subject.trace), *notes))
    words = "\n\n".join((f'"""{subject.title}', ", ".join(subject.settings), *said)) + '\n"""'
    finite = np.isfinite(subject.trace.given.theta).all()
    return words if finite else f"{words}\n\nfrom math import inf, nan"


def _unmade(subject: Subject) -> Iterator[Text]:
    """Yield remarks on the mistakes that the stage makes on purpose and the script does not."""
    if subject.stage:
        yield UNMADE.format(_AND.join(mistake.label for mistake in subject.stage.trace.mistakes))
        wrong, right = subject.stage.trace.loss, subject.trace.loss
        yield (UNEQUAL if wrong != right else EQUAL).format(*apart(right, wrong, fewest=6))


def _notes(trace: Trace) -> Iterator[Text]:
    if dropped(trace):
        yield MASKS
    if normed(trace) and trace.options.training:
        yield BIASES


def check_rules(trace: Trace, by_layer: bool = False) -> None:
    """Raise `InputError` where a pass has a step that a script would leave out without a word.

    `by_layer` is whether the script is made of the rules themselves, layer by layer.
    """
    asked = {rule.key for transform in TRANSFORMS for rule in (transform.rule, transform.cost) if rule}
    known = {*WRITERS, *asked}
    for step in trace.steps:
        written = step.rule.phase == "update" or step.rule.key in known or (by_layer and step.layer)
        if not written:
            problem = Text("the step “{}” cannot be written in this code", "这种代码无法表达“{}”这一步")
            allowed = Text("a worked solution, or a pass without that step", "完整解答，或没有这一步的计算")
            raise InputError(problem.format(step.rule.title.format(l=step.layer)), allowed, step.address)


def drawn(trace: Trace) -> list[tuple[str, int]]:
    """Return the parts of the random vectors that the pass has read."""
    letters = [transform.draws[1] for transform in used_transforms(trace.options) if transform.draws]
    return [(f"{letter}{name}", l) for letter in letters for name, l in parameters(trace)]


def literal(values: NDArray) -> str:
    """Return an array as nested lists that read back exactly; a row to a line where they are long."""
    short = repr(values.tolist())
    if values.ndim < 2 or len(values) < 2 or len(short) <= _WIDTH:
        return short
    rows = "".join(f"    {row!r},\n" for row in values.tolist())
    return f"[\n{rows}]"


def layers(trace: Trace) -> range:
    """Return the numbers of the layers."""
    return range(1, len(trace.given.layers) + 1)


def normed(trace: Trace) -> list[int]:
    """Return the numbers of the normalized layers."""
    return [l for l in layers(trace) if trace.given.architecture.is_normed(l)]


def dropped(trace: Trace) -> list[int]:
    """Return the numbers of the layers that drop something in this pass."""
    return [l for l in layers(trace) if trace.options.training and trace.given.architecture.dropout(l)]


def parameters(trace: Trace) -> list[tuple[str, int]]:
    """Return the names of all parameters that an optimizer could move, layer by layer."""
    return [(name, l) for l in layers(trace) for name in ("W", "b", *(TRAINED if l in normed(trace) else ()))]


def updated(trace: Trace) -> Update:
    """Update at the end of a pass; whatever is exported has one."""
    assert trace.update, "a pass of the stage ends with an update"
    return trace.update


def moved(trace: Trace) -> list[tuple[str, int]]:
    """Return the parameters that an update moves."""
    return [(name, l) for name, l in parameters(trace) if name != "b" or trace.given.layers[l - 1].train_bias]


def running(trace: Trace) -> list[tuple[str, int]]:
    """Return the running averages."""
    return [(name, l) for l in normed(trace) for name in RUNNING]
