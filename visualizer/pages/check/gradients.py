"""The gradient check of every parameter, with or without mistakes, and the influence of the difference's step."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
import pandas as pd  # noqa: F401  # else Plotly may meet it half imported, by another session
import streamlit as st

from engine import InputError, Text
from engine.layers import count_parameters
from engine.mistakes import MISTAKES, Mistake
from engine.passes import has_torch, torch_gradient
from engine.settings import Model
from engine.studies import changing, check_mistaken, first_difference, mistaken, passes
from visualizer.checking import (
    COLUMNS,
    VERDICTS,
    begins,
    changes,
    check_scene,
    costs_figure,
    gradient_table,
    step_size_figure,
    summary,
)
from visualizer.pages import script
from visualizer.pages.session import state
from visualizer.pages.shared import complaint, draw_chart, mistakes_field
from visualizer.scene import scene_svg
from visualizer.writing import in_markdown

_TOO_MANY = Text(
    "This network has {:,} parameters; the check allows up to {:,}. Choose a smaller network.",
    "该网络有 {:,} 个参数，此处至多检验 {:,} 个：请在“逐步演示”中选一个较小的网络。",
)
_CURVE = Text("Effect on the cost over {} iterations", "它对代价的影响（{} 次迭代）")
_CHANGED = Text("Which numbers change", "哪些数变了")
_SAME = Text("It changes nothing in this network.", "它不改变这个网络的任何数。")
_SEE = Text("Open this step in Step through", "在“逐步演示”中查看这一步")
_ALT = Text("Graph with the verdict for every parameter: {}", "每个参数的判定图：{}")
_STEPS_INTRO = Text(
    "The quotient (C(w+h) − C(w−h)) / 2h only approximates the derivative: if h is large, the curve bends away "
    "(truncation error); if h is small, C runs out of digits (rounding error). The best h lies in between.",
    "差商 (C(w+h) − C(w−h)) / 2h 只是导数的近似：h 太大时曲线偏离（截断误差），h 太小时 C 的位数不够（舍入误差），"
    "两者之间有一个最佳步长。",
)
_TORCH = Text("Compare with PyTorch's automatic differentiation", "与 PyTorch 自动微分比较")
_COLUMN = "PyTorch"
_MOST, _MOST_FOR_STEPS, _MOST_FOR_CURVE, _ITERATIONS = 5_000, 500, 2_000, 100
_TINTS = {"wrong": "red", "kink": "orange", "ok": "green"}
_TABLE = 420
STAGE = script("stage")


def here() -> Model:
    """Return the model that begins with the present iteration, without mistakes."""
    model = state.model()
    return model.right if model.iteration == 1 else model.right.edited(state.trace().given)


def is_small(most: int = _MOST) -> bool:
    """Whether the network has at most so many parameters; draw a remark where it has more."""
    size = count_parameters(state.model().sizes)
    if size > most:
        st.info(state.say(_TOO_MANY, size, most))
    return size <= most


def draw_gradients() -> None:
    """Draw the check of all parameters."""
    if not is_small():
        return
    _draw_switch()
    model, mistakes = here(), [MISTAKES[name] for name in state.model().mistakes]
    check, lang = check_mistaken(model, mistakes), state.view().lang
    badge = ":green-badge[✓]" if check.passed else ":red-badge[✗]"
    first = first_difference(model, mistakes) if mistakes else None
    said = [f"**{badge} {summary(check, lang)}**"]
    said += [state.say(mistake.why) for mistake in mistakes]
    said += [begins(first, lang) if first else state.say(_SAME)] if mistakes else []
    st.markdown("  \n".join(said))
    if first and st.button(state.say(_SEE), "see_first", type="tertiary", icon=":material/arrow_forward:"):
        state.update_view(step=first.address)
        st.switch_page(STAGE)
    graph, numbers = st.columns([6, 5], gap="medium")
    with graph, st.container(key="check_graph"):
        scene = check_scene(state.builder(), check)
        drawn = scene._replace(alt=state.say(_ALT, scene.alt))
        st.markdown(scene_svg(drawn, theme(), clear=True), unsafe_allow_html=True)
        st.markdown(" · ".join(f":{colour}[{state.say(VERDICTS[name][0])}]" for name, colour in _TINTS.items()))
    with numbers:
        _draw_table(gradient_table(check, lang, _by_torch(model)))
    if mistakes and count_parameters(model.sizes) <= _MOST_FOR_CURVE:
        changed, curve = st.columns([5, 6], gap="medium")
        with curve:
            _draw_curve(model, mistakes)
        with changed:
            st.markdown(f"##### {state.say(_CHANGED)}")
            columns = changes(model.trace(), mistaken(model, mistakes), lang)
            _draw_table(columns, "changed_table")


def _by_torch(model: Model) -> dict[str, list[float]]:
    """Return PyTorch's gradient as one more column, where it is installed and wanted."""
    if not (has_torch() and st.toggle(state.say(_TORCH), key="with_torch")):
        return {}
    try:
        return {_COLUMN: torch_gradient(state.trace_of(model)).tolist()}
    except InputError as error:
        st.caption(in_markdown(complaint(error, state.view().lang)))
        return {}


def _draw_switch() -> None:
    few = count_parameters(state.model().sizes) <= _MOST_FOR_CURVE
    offered = [mistake.name for mistake in changing(here(), tuple(MISTAKES.values()))] if few else list(MISTAKES)
    mistakes_field("check_mistakes", state.model().mistakes, make, offered)


def make(mistakes: Sequence[str]) -> None:
    """Make these mistakes from now on, also on the stage."""
    changed = state.model().with_options(mistakes=tuple(mistakes))
    changed.check()
    state.compute(changed)


def _draw_table(columns: dict[str, list], key: str = "check_table") -> None:
    """Draw columns of names, words and numbers; errors in scientific notation."""
    title = COLUMNS["error"](state.view().lang)
    numbers = [name for name, values in columns.items() if any(isinstance(value, float) for value in values)]
    config = {name: st.column_config.NumberColumn(format="%.1e" if name == title else "%.8f") for name in numbers}
    height = min(_TABLE, 38 + 35 * len(next(iter(columns.values()))))
    st.dataframe(columns, key=key, hide_index=True, height=height, column_config=config)


def _draw_curve(model: Model, mistakes: Sequence[Mistake]) -> None:
    st.markdown(f"##### {state.say(_CURVE, _ITERATIONS)}")
    right, wrong = ([done.loss for done in islice(passes(model, made), _ITERATIONS)] for made in ((), mistakes))
    figure = costs_figure(right, wrong, state.view().lang)
    draw_chart(figure, "mistaken_costs", displayModeBar=False)


def draw_steps() -> None:
    """Draw the error of the central difference against its step."""
    st.markdown(state.say(_STEPS_INTRO))
    if not is_small(_MOST_FOR_STEPS):
        return
    steps = np.logspace(-13, 0, 40).tolist()
    model = replace(here(), iteration=1)
    errors = [[p.error for p in check_mistaken(model, (), step).parameters] for step in steps]
    figure = step_size_figure(steps, np.array(errors), state.view().lang)
    draw_chart(figure, "step_sizes", displayModeBar=False)


def theme() -> str:
    """Return the reader's theme: light or dark."""
    return st.context.theme.type or "light"
