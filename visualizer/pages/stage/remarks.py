"""Remarks below the arithmetic: on a step, its source, its batch, and on other ways to its value."""

from dataclasses import replace
from html import escape
from typing import Any

import numpy as np

from engine import ACTIVATIONS, Ref, Step, Text, Trace
from engine.core import passage
from engine.equations import BP1, BP1_MATCHED, BP3, BP4, NORM_COMPACT, NORM_THROUGH
from engine.examples import EXAMPLES, Stated
from visualizer.checking import beside
from visualizer.equations import Element, numeric, symbolic
from visualizer.lecture import by_sample
from visualizer.pages.session import state
from visualizer.writing import DIGITS, badge, formula, number, paragraph, plain, strong, table

_DEAD = Text(
    "No error flows back through {}, however large it is.",
    "无论误差多大都无法通过 {} 回传。",
)
_DIVERGED = Text(
    "Some of these numbers are no longer finite: the weights, inputs or learning rate are too large.",
    "这里有些数已不是有限数：权重、输入或学习率太大。",
)
_PRINTED = Text("The source prints {} = {}.", "原文印为 {} = {}。")
_AS_PRINTED = Text("The value computed here is the same.", "与此处计算一致。")
_NOT_AS_PRINTED = Text("Computed here: {}.", "此处计算得 {}。")
_LONG_WAY = Text(
    "The long form, with ∇C and the slopes of {}, gives the same (largest difference {}):",
    "完整推导经由 ∇C 与 {} 的斜率，结果相同（最大差 {}）：",
)
_NO_LONG_WAY = Text(
    "The long form with ∇C is not finite here, because an output is 0; the short form still is.",
    "此处经由 ∇C 的完整推导不是有限数：有输出为 0；简化形式仍然有限。",
)
_COMPACT = Text(
    "Combined into one formula, as often printed, it gives the same (largest difference {}):",
    "合成一个公式（书中常见的写法），结果相同（最大差 {}）：",
)
_SHOULD_BE = Text("Correct: {} = {}.", "正确的是 {} = {}。")
_BY_SAMPLE = Text("Sample by sample, and their mean:", "逐个样本及其平均：")
_MEAN, _MOST_SAMPLES = Text("mean", "平均"), 8


def remarks(trace: Trace, step: Step, shown: Element) -> list[str]:
    """Write all remarks on a step and the number of it that is shown, as HTML."""
    return [
        _should_be(shown),
        _by_sample(trace, step, shown),
        _diverged(step),
        _dead_units(trace, step),
        *_printed(trace, step),
        _long_way(trace, step),
        _in_one(trace, step),
    ]


def _should_be(shown: Element) -> str:
    """Write the correct value of the number shown, where a mistake has changed it."""
    right = state.builder().values.right_of(shown.ref, shown.indices)
    if right is None:
        return ""
    said = escape(state.say(_SHOULD_BE, plain(shown.ref, *shown.indices), "{}")).format(strong(number(right, 6)))
    return paragraph(badge("✗", "red"), said)


def _by_sample(trace: Trace, step: Step, shown: Element) -> str:
    """Write the share of each sample in a gradient, the drawn one in bold, and the mean of all."""
    if trace.m == 1 or step.rule not in (BP3, BP4):
        return ""
    alone = by_sample(trace, shown.ref, shown.indices)[:_MOST_SAMPLES]
    names = [strong(str(x)) if x == state.view().sample else str(x) for x in range(1, len(alone) + 1)]
    more = [] if len(alone) == trace.m else ["…"]
    head = [*names, *more, escape(state.say(_MEAN))]
    cells = [*(number(value) for value in alone), *more, number(float(trace.value(*shown.ref)[_place(shown)]))]
    return paragraph(escape(state.say(_BY_SAMPLE))) + table([head, cells])


def _place(shown: Element) -> tuple[int, ...]:
    return shown.indices if len(shown.indices) > 1 else (shown.indices[0], 0)


def _long_way(trace: Trace, step: Step) -> str:
    """Write, for a matched pair with a short form of BP1, the long form, which gives the same."""
    if step.rule != BP1_MATCHED or _rounds(trace):
        return ""
    by_long, activation = trace.value("long_delta", step.layer), ACTIVATIONS[trace.given.activations[-1]]
    if not np.isfinite(by_long).all():
        return paragraph(escape(state.say(_NO_LONG_WAY)))
    apart = number(float(np.abs(by_long - step.value).max()), 1)
    return _same(step._replace(rule=BP1), state.say(_LONG_WAY, state.say(activation.label), apart))


def _rounds(trace: Trace) -> bool:
    """Whether values are rounded on the way, by mistake: then two ways to one value no longer agree."""
    return any(mistake.rounds for mistake in trace.mistakes)


def _in_one(trace: Trace, step: Step) -> str:
    """Write, for an error that has come back through a batch in steps, the compact formula, which gives the same."""
    if step.rule is not NORM_THROUGH or _rounds(trace):
        return ""
    apart = number(float(np.abs(trace.value("compact_delta", step.layer) - step.value).max()), 1)
    return _same(step._replace(rule=NORM_COMPACT), state.say(_COMPACT, apart))


def _same(step: Step, said: str) -> str:
    """Write another equation with the same result."""
    trace = state.trace()
    written = (symbolic(trace, step), numeric(trace, step, digits=state.view().digits))
    return paragraph(escape(said)) + "".join(formula(tex, small=True) for tex in written)


def _dead_units(trace: Trace, step: Step) -> str:
    """Write the names of the neurons that let no error through, where a δ has just been computed by its slope."""
    if step.rule.key not in ("bp1", "bp2") or not {"z", "u"} & {*step.rule.reads}:
        return ""
    activation = ACTIVATIONS[trace.given.activations[step.layer - 1]]
    dead = np.flatnonzero((trace.value("slope", step.layer) == 0).all(axis=1)) if activation.elementwise else ()
    names = ", ".join(plain(step.writes[0], int(j)) for j in dead[:4]) + (" …" if len(dead) > 4 else "")
    return paragraph(badge("σ′ = 0", "orange"), escape(state.say(_DEAD, names))) if len(dead) else ""


def _diverged(step: Step) -> str:
    """Write a remark where this step has left the finite numbers."""
    values = step.value if isinstance(step.value, tuple) else (step.value,)
    if all(np.isfinite(value).all() for value in values):
        return ""
    return paragraph(badge("∞", "red"), escape(state.say(_DIVERGED)))


def _printed(trace: Trace, step: Step) -> list[str]:
    """Return the values that the source of an unchanged example printed for this step, and why they are wrong."""
    model = state.model()
    if not model.example or replace(model, iteration=1) != model.base:
        return []
    found = [
        value
        for value in EXAMPLES[model.example].stated
        if value.where and Ref(value.name, value.layer) in step.writes and value.iteration == model.iteration
    ]
    return [paragraph(_badge(value.is_right(trace)), escape(_verdict(value, trace))) for value in found]


def _badge(right: bool) -> str:
    return badge("✓", "green") if right else badge("✗", "red")


def _verdict(value: Stated, trace: Trace) -> str:
    """Return the printed value in words and, where it is wrong, the computed one, with the digits that differ."""
    said = [state.say(_PRINTED, plain(Ref(value.name, value.layer)), _flat(value.digits))]
    if value.is_right(trace):
        return passage(state.view().lang, (*said, _AS_PRINTED))
    if entries := value.entries(trace):
        computed = np.reshape([beside(entry, DIGITS) for entry in entries], value.shape).tolist()
        said.append(state.say(_NOT_AS_PRINTED, _flat(computed)))
    return passage(state.view().lang, (*said, *filter(None, [value.why])))


def _flat(printed: Any) -> str:
    return printed if isinstance(printed, str) else f"({', '.join(map(_flat, printed))})"
