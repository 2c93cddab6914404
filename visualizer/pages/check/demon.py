"""The demon: Δz at one neuron, the change predicted by δ and the true one; and a demon at every neuron."""

from typing import Any

import numpy as np
import streamlit as st

from engine import Ref, Text
from engine.core import write_number
from engine.passes import Nudge, all_nudges, costs, nudge
from visualizer.address import LARGEST_NUDGE, MOST_NEURONS
from visualizer.checking import demon_figure, demons_figure
from visualizer.pages.session import choice, go, state
from visualizer.pages.shared import draw_chart, pick_field, value_field
from visualizer.state import open_link
from visualizer.writing import number, plain, signed

_INTRO = Text(
    "Nielsen's demon sits at a neuron and adds Δz to its weighted input. The cost then changes by about δ · Δz, "
    "which is why δ is called the neuron's error.",
    "Nielsen 的比喻：一个小恶魔坐在某个神经元上，给它的加权输入加上 Δz。代价大约改变 δ · Δz，因此 δ 称为该神经元的"
    "误差（项）。",
)
_NEURON = Text("Neuron", "神经元")
_SAYS = Text(
    "**{}**: δ · Δz = {} · {} = **{}**; the cost really changes by **{}**.",
    "**{}**：δ · Δz = {} · {} = **{}**；代价实际改变 **{}**。",
)
_ALL = Text("The same Δz at every neuron in turn", "逐个神经元施加同样的 Δz")
_HELPLESS = Text("Here a nudge has almost no effect: {}.", "扰动在这些地方几乎不起作用：{}。")
_FLAT = Text("{} (σ′ = {}, so a large error may hide here)", "{}（σ′ = {}，大的误差可能藏在这里）")
_FALSE = Text(
    "A small δ does not mean that a neuron is near its optimum: where σ′(z) is near 0, the slope hides the error.",
    "δ 小并不表示神经元接近最优：σ′(z) 接近 0 时，斜率掩盖了误差。",
)
_OPEN = Text("Show it on a saturated neuron", "用饱和的神经元演示")
_EXAMPLE = "saturated"
_REACH, _POINTS = float(LARGEST_NUDGE), 81
_SMALL_SLOPE = 0.02


def draw_demon() -> None:
    """Draw the choice of a neuron and of Δz, and all that follows from them."""
    trace, lang = state.trace_of(state.right_model()), state.view().lang
    names = {f"{l}.{j + 1}": plain(Ref("z", l), j) for l, n in enumerate(trace.given.sizes[1:], 1) for j in range(n)}
    names = dict(list(names.items())[:MOST_NEURONS])
    chosen, dz = choice("neuron"), choice("dz")
    st.markdown(state.say(_INTRO))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        pick_field(st.selectbox, "demon_neuron", _NEURON, names, chosen, _choose, width=160)
        look = {"min_value": -_REACH, "max_value": _REACH, "step": 0.05, "width": 360}
        value_field(st.slider, "demon_nudge", Text("Δz", "Δz"), dz, _drag, **look)
    layer, j = (int(part) for part in chosen.split("."))
    told = nudge(trace, layer, j - 1, dz)
    said = (number(told.delta), number(dz), number(told.predicted), signed(told.change))
    st.markdown(state.say(_SAYS, names[chosen], *said))
    one, every = st.columns(2, gap="medium")
    config: dict[str, Any] = {"displayModeBar": False}
    with one:
        at = np.linspace(-_REACH, _REACH, _POINTS)
        figure = demon_figure(at.tolist(), costs(trace, layer, j - 1, at), trace.loss, told, dz, lang)
        draw_chart(figure, "demon_curve", **config)
    with every:
        nudges = all_nudges(trace, dz, MOST_NEURONS)
        st.markdown(f"**{state.say(_ALL)}**")
        draw_chart(demons_figure(nudges, lang), "demons", **config)
        _draw_helpless([one for one in nudges if one.helpless])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(state.say(_FALSE), width="content")
        st.button(state.say(_OPEN), "open_saturated", type="tertiary", on_click=_open)


def _draw_helpless(nudges: list[Nudge]) -> None:
    if nudges:
        st.markdown(
            f":orange-badge[δ ≈ 0] {state.say(_HELPLESS, Text(', ', '、')(state.view().lang).join(map(_name, nudges)))}"
        )


def _name(one: Nudge) -> str:
    name = plain(Ref("z", one.layer), one.j)
    return state.say(_FLAT, name, number(one.slope, 2)) if abs(one.slope) < _SMALL_SLOPE else name


def _choose(neuron: str) -> None:
    go(neuron=neuron)


def _drag(dz: float) -> None:
    go(dz=write_number(dz))


def _open() -> None:
    state.open_spec(*open_link({"example": _EXAMPLE}, state.view().lang))
