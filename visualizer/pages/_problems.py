"""What could not be used, said in the reader's language."""

from collections.abc import Iterable

import streamlit as st

from engine import InputError
from visualizer.pages import _state as state


def draw_problems(problems: Iterable[InputError]) -> None:
    """Draw one warning for each complaint."""
    for problem in problems:
        st.warning(problem.sentence(state.view().lang))
