"""What could not be used, said in the reader's language."""

from collections.abc import Iterable

import streamlit as st

from engine import InputError
from engine.activations import remarks
from visualizer.pages import _state as state
from visualizer.plain_text import in_markdown


def draw_problems(problems: Iterable[InputError]) -> None:
    """Draw one warning for each complaint."""
    for problem in problems:
        st.warning(in_markdown(problem.sentence(state.view().lang)))


def draw_remarks(units: Iterable[int], activations: Iterable[str]) -> None:
    """Draw what has to be said of layers with so many units and these activations."""
    for remark in remarks(units, activations):
        st.info(state.say(remark))
