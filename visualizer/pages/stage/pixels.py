"""The pictures beside the graph, where the inputs are pixels: the image, and the gradient of each pixel."""

import streamlit as st

from engine.equations import INPUT_GRADIENT_SOURCE
from visualizer.digits import SLOPE_WHY, stage_tiles, tiles_html
from visualizer.pages.session import state
from visualizer.writing import GROUNDS


def draw_pixels() -> None:
    """Draw the pictures of the present sample; nothing where the inputs are no picture."""
    columns = state.view().pixels
    if not columns:
        return
    lecture, trace = state.builder().lecture, state.trace()
    first = "bp2.1" if len(trace.given.layers) > 1 else "bp1.1"
    known = state.position() >= (lecture.position(first) or 0)
    ground = GROUNDS[st.context.theme.type or "light"]
    with st.container(key="pixels", horizontal=True, vertical_alignment="center", gap="small"):
        tiles = stage_tiles(trace, state.builder().sample, columns, known, state.view().lang, ground)
        st.html(tiles_html(tiles, "pair"), width="content")
        if known:
            st.markdown(f":small[{state.say(SLOPE_WHY)}]", width="stretch", help=INPUT_GRADIENT_SOURCE)
