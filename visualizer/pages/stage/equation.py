"""The panel beside the graph: the present step's equation, its arithmetic, and the reason for it."""

from dataclasses import replace
from functools import partial
from html import escape
from typing import Any

import numpy as np
import streamlit as st

from engine import ACTIVATIONS, Ref, Step, Text, Trace
from engine.core import passage
from engine.equations import BP1, BP1_MATCHED, BP3, BP4, NORM_COMPACT, NORM_THROUGH
from engine.examples import EXAMPLES, Stated
from visualizer.checking import beside
from visualizer.equations import Element, Known, arithmetic, matrices, mistakes_in, numeric, shapes, symbolic
from visualizer.equations import why as reason
from visualizer.lecture import GIVEN, by_sample
from visualizer.pages.session import state
from visualizer.stage.component import mount_words
from visualizer.state import choices, element, shown_by
from visualizer.writing import (
    DIGITS,
    GIVEN_TITLE,
    GIVEN_WHY,
    badge,
    formula,
    heading,
    network_words,
    number,
    paragraph,
    plain,
    settings_words,
    short_name,
    strong,
    table,
)

_KEYS = Text(
    "Keys: → ← one step, Shift with them one phase, Home and End, Space plays, A plays the step again, 1 2 3 for the "
    "grain, P for the lecture hall. Click a weight to change it.",
    "按键：→ ← 单步，配合 Shift 按阶段，Home 与 End，空格播放，A 重播本步，"
    "1 2 3 切换粒度，P 演示模式。点击权重即可修改。",
)
_DEAD = Text(
    "No error flows back through {}, however large it is.",
    "无论误差多大都无法通过 {} 回传。",
)
_DIVERGED = Text(
    "Not all of these are finite numbers any more: the weights, the inputs or the learning rate are too large.",
    "其中有些已不是有限数：权重、输入或学习率太大。",
)
_PRINTED = Text("Printed in the source: {} = {}.", "原文印为 {} = {}。")
_AS_PRINTED = Text("The same is computed here.", "与此处计算一致。")
_NOT_AS_PRINTED = Text("Computed here: {}.", "此处计算得 {}。")
_LONG_WAY = Text(
    "The long way, through ∇C and the slopes of {}, comes to the same (largest difference {}):",
    "完整推导经由 ∇C 与 {} 的斜率，结果相同（最大差 {}）：",
)
_NO_LONG_WAY = Text(
    "The long way through ∇C is not finite here: an output is 0. The short form still is.",
    "此处经由 ∇C 的完整推导不是有限数：有输出为 0；简化形式仍然有限。",
)
_COMPACT = Text(
    "In one formula, as it is often printed, the same comes out (largest difference {}):",
    "合成一个公式（书中常见的写法），结果相同（最大差 {}）：",
)
_WRONG_EQUATION = Text("wrongly done", "错误的做法")
_RIGHT_EQUATION, _DONE = Text("Right would be:", "正确的是："), Text("What is done here:", "此处所做的是：")
_SHOULD_BE = Text("Right would be {} = {}.", "正确的是 {} = {}。")
_BY_SAMPLE = Text("Sample by sample, and their mean:", "逐个样本及其平均：")
_MEAN, _MOST_SAMPLES = Text("mean", "平均"), 8
_COLOURS = {"forward": "blue", "cost": "gray", "backward": "orange", "update": "green"}


def draw_equation() -> None:
    """Draw the panel for the present moment."""
    builder, now = state.builder(), state.position()
    moment, trace = builder.lecture.moment(now), builder.trace
    if moment == GIVEN:
        _draw_given()
        return
    step, shown = trace.steps[moment.step], _shown()
    draw_step(step, shown.ref.layer, partial(builder.lecture.happened, moment))
    draw_arithmetic()


def draw_step(step: Step, layer: int, known: Known) -> None:
    """Draw a step's reason, its equation, and the equation with the numbers that are known."""
    trace = state.trace()
    name = badge(short_name(step, state.view().lang), _COLOURS[step.rule.phase])
    title = [name, escape(state.say(step.rule.title, l=step.layer))]
    why, right = escape(state.say(reason(trace, step))), _right_equation(step)
    if right:
        title.append(badge(f"✗ {state.say(_WRONG_EQUATION)}", "red"))
        why = escape(state.say(_DONE))
    parts = (
        heading(*title),
        paragraph(why),
        formula(symbolic(trace, step)),
        _moving("numbers", numeric(trace, step, layer, known, state.view().digits)),
        paragraph(f"<small>{escape(_shapes(trace, step, layer))}</small>"),
        right,
    )
    with st.container(key="equation"):
        mount_words("equation_words", "".join(parts))


def draw_arithmetic() -> None:
    """Draw the arithmetic of the number shown, and remarks on the step; nothing before the first."""
    trace, moment = state.trace(), state.builder().lecture.moment(state.position())
    if moment == GIVEN:
        return
    step, shown = trace.steps[moment.step], _shown()
    parts = (
        _moving("worked", arithmetic(trace, step, shown, state.view().digits).to_tex()),
        _should_be(shown),
        _by_sample(trace, step, shown),
        _diverged(step),
        _dead_units(trace, step),
        *_printed(trace, step),
        _long_way(trace, step),
        _in_one(trace, step),
    )
    with st.container(key="arithmetic"):
        mount_words("arithmetic_words", "".join(parts))


def moving_words(trace: Trace) -> dict[str, str]:
    """Return the formulas that change while a number is dragged, by their place, with the numbers of that network."""
    lecture = state.builder().lecture
    moment, shown, digits = lecture.moment(state.position()), _shown(), state.view().digits
    if moment == GIVEN or state.predicting():
        return {}
    step = trace.steps[moment.step]
    known = partial(lecture.happened, moment)
    return {
        "numbers": formula(numeric(trace, step, shown.ref.layer, known, digits), small=True),
        "worked": formula(arithmetic(trace, step, shown, digits).to_tex(), small=True),
    }


def _moving(place: str, tex: str) -> str:
    """Write a formula at a place where `moving_words` replaces it."""
    return f'<div data-moving="{place}">{formula(tex, small=True)}</div>'


def _right_equation(step: Step) -> str:
    """Write the correct equation of a step with a mistake in it; nothing where it has none."""
    builder = state.builder()
    if not (builder.right and mistakes_in(builder.trace, step)):
        return ""
    right = builder.right
    same = next(other for other in right.steps if other.address == step.address)
    written = symbolic(right, same)
    if written == symbolic(builder.trace, step):
        return ""
    return paragraph(escape(state.say(_RIGHT_EQUATION))) + formula(written, small=True)


def _should_be(shown: Element) -> str:
    """Write the correct value of the number shown, where a mistake has changed it."""
    right = state.builder().values.right_of(shown.ref, shown.indices)
    if right is None:
        return ""
    said = escape(state.say(_SHOULD_BE, plain(shown.ref, *shown.indices), "{}")).format(strong(number(right, 6)))
    return paragraph(badge("✗", "red"), said)


def cells() -> list[list[list[str]]]:
    """Return the drawing's ids of the cells of the equation's matrices, matrix by matrix, row by row."""
    trace, moment = state.trace(), state.builder().lecture.moment(state.position())
    if moment == GIVEN:
        return []
    step, layer = trace.steps[moment.step], _shown().ref.layer
    return [
        [["" if i is None or j is None else shown_by(ref, i, j) for j in columns] for i in rows]
        for ref, rows, columns in matrices(trace, step, layer, state.view().digits)
    ]


def _shown() -> Element:
    """Return the number whose arithmetic is shown."""
    builder = state.builder()
    chosen = choices(builder.drawing).get(state.view().chosen)
    return element(builder.lecture, builder.lecture.moment(state.position()), chosen, builder.sample)


def _draw_given() -> None:
    """Draw the given state: the source, the network, and its settings."""
    model, trace, lang = state.model(), state.trace(), state.view().lang
    source = f"<em>{escape(state.say(EXAMPLES[model.example].source))}</em>" if model.example else ""
    settings = "<br>".join(map(escape, (network_words(trace, lang), *settings_words(trace, lang))))
    parts = (
        heading(badge("0", "gray"), escape(state.say(GIVEN_TITLE))),
        *map(paragraph, (source, settings, escape(state.say(GIVEN_WHY)), escape(state.say(_KEYS)))),
    )
    with st.container(key="equation"):
        mount_words("equation_words", "".join(parts))


def _shapes(trace: Trace, step: Step, layer: int) -> str:
    """Return the shapes of all values of the equation, in its order."""
    written = (f"{plain(name)} {'×'.join(map(str, shape)) or '1'}" for name, shape in shapes(trace, step, layer))
    return "  ·  ".join(written)


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
