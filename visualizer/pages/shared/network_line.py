"""The line that describes the network on the stage."""

import streamlit as st

from engine import Text
from visualizer.pages.session import state
from visualizer.writing import network_words, settings_words

_NETWORK = Text("In Step through: {}", "“逐步演示”中的网络：{}")
_ITERATION = Text("iteration {}", "第 {} 次迭代")


def draw_network() -> None:
    """Draw the layers, the settings and the iteration."""
    words = (network_words(state.trace(), state.view().lang), *settings_words(state.trace(), state.view().lang))
    if state.model().iteration > 1:
        words += (state.say(_ITERATION, state.model().iteration),)
    st.markdown(f":small[{state.say(_NETWORK, ' · '.join(words))}]")
