"""The panel beside the graph: the present step's equation, its arithmetic, and why."""

import numpy as np
import streamlit as st

from engine import ACTIVATIONS, Step, Text, Trace
from engine.rules import PHASES
from visualizer.arithmetic import arithmetic
from visualizer.elements import choices, element
from visualizer.equation import aligned, numeric, shapes, symbolic
from visualizer.lecture import GIVEN
from visualizer.pages import _state as state
from visualizer.symbols import plain

_GIVEN = Text("Given", "已知")
_GIVEN_WHY = Text(
    "A network with its weights and biases, an input x and a target y. Press → to see what the network makes of them.",
    "一个网络及其权重、偏置，输入 x 与目标 y。按 → 看网络如何计算。",
)
_DEAD = Text(
    "σ′(z) is 0 for {}: no error flows back through it, however large it is.",
    "{} 的 σ′(z) 为 0：无论误差多大都无法回传。",
)
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
    unit = hand.lecture.units[moment.step][moment.done - 1]
    chosen = choices(hand.drawing).get(state.view().chosen)
    shown = element(step, unit, chosen, hand.lecture.shown, hand.sample)
    badge = step.rule.name if step.rule.name.startswith("BP") else phase
    with st.container(key="equation"):
        title = f"#### :{_COLOURS[step.rule.phase]}-badge[{badge}] {state.say(step.rule.title, l=step.layer)}"
        numbers = numeric(trace, step, shown.ref.layer)
        st.markdown(
            f"{title}\n$$\n{symbolic(trace, step)}\n$$\n$$\n\\small {numbers}\n$$\n:small[{_shapes(trace, step)}]"
        )
    with st.container(key="arithmetic"):
        worked = arithmetic(trace, step, shown).to_tex()
        st.markdown(f"$$\n\\small {worked}\n$$\n{state.say(step.rule.why)}{_dead_units(trace, step)}")


def _draw_given() -> None:
    model = state.model()
    sizes = r"\text{-}".join(map(str, model.sizes))
    formulas = aligned(
        rf"\mathrm{{{name.replace('_', ' ')}}}(z) = {ACTIVATIONS[name].tex}"
        for name in dict.fromkeys(model.activations)
    )
    title = f"#### :gray-badge[0] {state.say(_GIVEN)}"
    with st.container(key="equation"):
        st.markdown(f"{title}\n$$\nn = {sizes}\n$$\n$$\n\\small {formulas}\n$$")
    with st.container(key="arithmetic"):
        st.markdown(state.say(_GIVEN_WHY))


def _shapes(trace: Trace, step: Step) -> str:
    """Return the shapes of all values of the equation, in its order."""
    written = (f"{plain(name)} {'×'.join(map(str, shape)) or '1'}" for name, shape in shapes(trace, step))
    return "  ·  ".join(written)


def _dead_units(trace: Trace, step: Step) -> str:
    """Say which neurons let no error through, where a δ has just been computed through its slope."""
    if step.writes[0].name != "delta" or "z" not in step.rule.reads:
        return ""
    activation = ACTIVATIONS[trace.given.activations[step.layer - 1]]
    dead = np.flatnonzero((trace.value("slope", step.layer) == 0).all(axis=1)) if activation.elementwise else ()
    names = ", ".join(plain(step.writes[0], int(j)) for j in dead[:4]) + (" …" if len(dead) > 4 else "")
    return f"\n\n:orange-badge[:material/warning:] {state.say(_DEAD, names)}" if len(dead) else ""
