"""The check page: whether the gradient is right, what δ means, and why a reader's number differs."""

import streamlit as st

from engine import Text
from visualizer.pages import _state as state
from visualizer.pages._check_demon import draw_demon
from visualizer.pages._check_differ import draw_differ
from visualizer.pages._check_gradients import draw_gradients, draw_steps
from visualizer.pages._problems import draw_problems, draw_remarks
from visualizer.words import network_words, settings_words

_NETWORK = Text("On the stage: {}", "舞台上的网络：{}")
_ITERATION = Text("iteration {}", "第 {} 次迭代")
_CHOOSE = Text("View", "视图")
_DIVERGED = Text(
    "Not all numbers of this pass are finite, so there is nothing to check: take smaller weights, inputs or learning "
    "rate on the stage.",
    "这次计算中有些数已不是有限数，无从检验：请在舞台上减小权重、输入或学习率。",
)
_VIEWS = {
    "gradients": (Text("Gradient check", "梯度检验"), draw_gradients),
    "differ": (Text("Why does my number differ?", "我的数为什么不同？"), draw_differ),
    "demon": (Text("The demon", "小恶魔"), draw_demon),
    "steps": (Text("Step size", "差分步长"), draw_steps),
}


def _choose() -> None:
    if st.session_state.check_view in _VIEWS:
        st.session_state.check_chosen = st.session_state.check_view


draw_problems(st.session_state.problems)
_words = (network_words(state.trace(), state.view().lang), *settings_words(state.trace(), state.view().lang))
if state.model().iteration > 1:
    _words += (state.say(_ITERATION, state.model().iteration),)
st.markdown(f":small[{state.say(_NETWORK, ' · '.join(_words))}]")
draw_remarks(state.model().sizes[1:], state.model().activations)
st.session_state.check_view = st.session_state.setdefault("check_chosen", "gradients")
_labels = {name: state.say(words) for name, (words, _) in _VIEWS.items()}
st.segmented_control(
    state.say(_CHOOSE),
    list(_labels),
    format_func=_labels.get,
    key="check_view",
    required=True,
    on_change=_choose,
    label_visibility="collapsed",
)
if state.trace().first_not_finite:
    st.warning(state.say(_DIVERGED))
else:
    _VIEWS[st.session_state.check_chosen][1]()
