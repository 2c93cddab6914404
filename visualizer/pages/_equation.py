"""The panel beside the graph: the present step's equation, its arithmetic, and why."""

from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from engine import ACTIVATIONS, Ref, Step, Text, Trace
from engine.examples import EXAMPLES
from engine.published import Published
from engine.rules import PHASES
from visualizer.arithmetic import arithmetic
from visualizer.elements import choices, element
from visualizer.equation import numeric, shapes, symbolic
from visualizer.lecture import GIVEN
from visualizer.pages import _state as state
from visualizer.symbols import plain
from visualizer.words import GIVEN_TITLE, GIVEN_WHY, network_words, settings_words

_KEYS = Text(
    "Keys: → ← one step, Shift with them one phase, Home and End, Space plays, 1 2 3 for the grain. "
    "Click a weight to change it.",
    "按键：→ ← 单步，配合 Shift 按阶段，Home 与 End，空格播放，1 2 3 切换粒度。点击权重即可修改。",
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
_COLOURS = {"forward": "blue", "cost": "gray", "backward": "orange", "update": "green"}


def draw_equation() -> None:
    """Draw the panel for the present moment."""
    hand, now = state.hand(), state.position()
    moment, trace = hand.lecture.moment(now), hand.trace
    if moment == GIVEN:
        _draw_given()
        return
    step = trace.steps[moment.step]
    phase = state.say(PHASES[step.rule.phase])
    chosen = choices(hand.drawing).get(state.view().chosen)
    shown = element(hand.lecture, moment, chosen, hand.sample)
    badge = step.rule.name if step.rule.name.startswith("BP") else phase
    with st.container(key="equation"):
        title = f"#### :{_COLOURS[step.rule.phase]}-badge[{badge}] {state.say(step.rule.title, l=step.layer)}"
        layer, known = shown.ref.layer, partial(hand.lecture.happened, moment)
        st.markdown(
            f"{title}\n{state.say(step.rule.why)}\n$$\n{symbolic(trace, step)}\n$$\n"
            f"$$\n\\small {numeric(trace, step, layer, known)}\n$$\n:small[{_shapes(trace, step, layer)}]"
        )
    with st.container(key="arithmetic"):
        notes = "\n\n".join(filter(None, (_diverged(step), _dead_units(trace, step), *_printed(trace, step))))
        st.markdown(f"$$\n\\small {arithmetic(trace, step, shown).to_tex()}\n$$\n{notes}")


def _draw_given() -> None:
    """Say what was given; without TeX, whose fonts and scripts would hold up the first picture."""
    model, trace, lang = state.model(), state.trace(), state.view().lang
    source = f"*{state.say(EXAMPLES[model.example].source)}*\n\n" if model.example else ""
    settings = "  \n".join((network_words(trace, lang), *settings_words(trace, lang)))
    with st.container(key="equation"):
        st.markdown(
            f"#### :gray-badge[0] {state.say(GIVEN_TITLE)}\n{source}{settings}"
            f"\n\n{state.say(GIVEN_WHY)}\n\n{state.say(_KEYS)}"
        )


def _shapes(trace: Trace, step: Step, layer: int) -> str:
    """Return the shapes of all values of the equation, in its order."""
    written = (f"{plain(name)} {'×'.join(map(str, shape)) or '1'}" for name, shape in shapes(trace, step, layer))
    return "  ·  ".join(written)


def _dead_units(trace: Trace, step: Step) -> str:
    """Say which neurons let no error through, where a δ has just been computed through its slope."""
    if step.writes[0].name != "delta" or "z" not in step.rule.reads:
        return ""
    activation = ACTIVATIONS[trace.given.activations[step.layer - 1]]
    dead = np.flatnonzero((trace.value("slope", step.layer) == 0).all(axis=1)) if activation.elementwise else ()
    names = ", ".join(plain(step.writes[0], int(j)) for j in dead[:4]) + (" …" if len(dead) > 4 else "")
    return f":orange-badge[σ′ = 0] {state.say(_DEAD, names)}" if len(dead) else ""


def _diverged(step: Step) -> str:
    """Say so where this step has left the finite numbers."""
    values = step.value if isinstance(step.value, tuple) else (step.value,)
    return "" if all(np.isfinite(value).all() for value in values) else f":red-badge[∞] {state.say(_DIVERGED)}"


def _printed(trace: Trace, step: Step) -> list[str]:
    """Say what the source of an unchanged example printed for what this step wrote, and why it is wrong where it is."""
    model = state.model()
    if not model.example or replace(model, iteration=1) != model.base:
        return []
    found = [
        value
        for value in EXAMPLES[model.example].published
        if Ref(value.name, value.layer) in step.writes and value.iteration == model.iteration
    ]
    return [f"{_badge(right)} {_verdict(value, right)}" for value in found for right in [value.is_right(trace)]]


def _badge(right: bool) -> str:
    return ":green-badge[✓]" if right else ":red-badge[✗]"


def _verdict(value: Published, right: bool) -> str:
    printed = state.say(_PRINTED, plain(Ref(value.name, value.layer)), _flat(value.printed))
    return f"{printed} {state.say(_AS_PRINTED if right or value.why is None else value.why)}"


def _flat(printed: object) -> str:
    return printed if isinstance(printed, str) else f"({', '.join(map(_flat, printed))})"
