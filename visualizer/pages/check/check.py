"""The check page: the gradient check, the meaning of δ, and the causes of a reader's number that differs."""

import streamlit as st

from engine import Text
from visualizer.checking import VIEWS
from visualizer.pages.check.demon import draw_demon
from visualizer.pages.check.differ import draw_differ
from visualizer.pages.check.gradients import draw_gradients, draw_steps
from visualizer.pages.session import choice, draw_address, go, session, state
from visualizer.pages.shared import draw_network, draw_problems, draw_remarks, pick_field

_CHOOSE = Text("View", "视图")
_DIVERGED = Text(
    "Some numbers of this pass are not finite, so there is nothing to check. Use smaller weights or inputs, or a "
    "smaller learning rate.",
    "这次计算中有些数已不是有限数，无从检验：请在“逐步演示”中减小权重、输入或学习率。",
)
_DRAW = {"gradients": draw_gradients, "differ": draw_differ, "demon": draw_demon, "steps": draw_steps}


def _choose(view: str) -> None:
    go(view=view)


draw_problems(session().problems)
draw_address("check")
draw_network()
draw_remarks(state.model().sizes[1:], state.model().activations)
_labels = {name: state.say(words) for name, words in VIEWS.items()}
_look = {"required": True, "label_visibility": "collapsed"}
pick_field(st.segmented_control, "check_view", _CHOOSE, _labels, choice("view"), _choose, **_look)
if state.trace().first_not_finite:
    st.warning(state.say(_DIVERGED))
else:
    _DRAW[choice("view")]()
