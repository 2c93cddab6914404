"""The panel beside the graph: the present step's equation, its arithmetic, and the reason for it."""

from functools import partial
from html import escape
from typing import Any

from engine import Step, Text, Trace
from engine.examples import EXAMPLES
from visualizer.equations import Element, Known, arithmetic, mistakes_in, numeric, shapes, symbolic
from visualizer.equations import why as reason
from visualizer.exports import equation_cells
from visualizer.lecture import GIVEN
from visualizer.pages.session import state
from visualizer.pages.stage.lessons import draw_in_place
from visualizer.pages.stage.remarks import remarks
from visualizer.stage.component import mount_words
from visualizer.state import choices, element
from visualizer.writing import (
    GIVEN_TITLE,
    GIVEN_WHY,
    badge,
    formula,
    heading,
    network_words,
    paragraph,
    plain,
    settings_words,
    short_name,
)

_KEYS = Text(
    "Keys: → ← one step; Shift+→ ← one phase; Home, End; Space plays; A replays; 1 2 3 layer/neuron/weight; P "
    "presentation. Click a weight to edit it.",
    "按键：→ ← 单步；Shift+→ ← 按阶段；Home、End；空格播放；A 重播；1 2 3 逐层/逐神经元/逐权重；P 演示模式。点击权"
    "重可修改。",
)
_WRONG_EQUATION = Text("with the mistake", "错误的做法")
_RIGHT_EQUATION, _DONE = Text("Correct:", "正确的是："), Text("With the mistake:", "此处所做的是：")
_COLOURS = {"forward": "blue", "cost": "gray", "backward": "orange", "update": "green"}


def draw_equation() -> None:
    """Draw the panel for the present moment."""
    if draw_in_place():
        return
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
    mount_words("equation", "".join(parts))


def draw_arithmetic() -> None:
    """Draw the arithmetic of the number shown, and remarks on the step; nothing before the first."""
    trace, moment = state.trace(), state.builder().lecture.moment(state.position())
    if moment == GIVEN:
        return
    step, shown = trace.steps[moment.step], _shown()
    parts = (
        _moving("worked", arithmetic(trace, step, shown, state.view().digits).to_tex()),
        *remarks(trace, step, shown),
    )
    mount_words("arithmetic", "".join(parts))


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


def of_equation() -> dict[str, Any]:
    """Return the ids of the cells of the equation, and of the number whose arithmetic is shown, in the drawing."""
    builder, view = state.builder(), state.view()
    return equation_cells(builder, state.position(), view.digits, choices(builder.drawing).get(view.chosen))._asdict()


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
    mount_words("equation", "".join(parts))


def _shapes(trace: Trace, step: Step, layer: int) -> str:
    """Return the shapes of all values of the equation, in its order."""
    written = (f"{plain(name)} {'×'.join(map(str, shape)) or '1'}" for name, shape in shapes(trace, step, layer))
    return "  ·  ".join(written)
