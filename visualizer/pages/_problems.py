"""What could not be used, said in the reader's language."""

from collections.abc import Iterable

import streamlit as st

from engine import InputError
from visualizer.pages import _state as state


def draw_notes(kept: str = "notes") -> None:
    """Draw what has changed beside what the reader has changed, on the stage or where else it is kept."""
    for note in st.session_state.get(kept, ()):
        st.markdown(f":blue-badge[i] {state.say(note)}")


def draw_problems(problems: Iterable[InputError]) -> None:
    """Draw one warning for each complaint."""
    for problem in problems:
        st.warning(problem.sentence(state.view().lang))
