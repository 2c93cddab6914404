"""What could not be used, said in the reader's language."""

from collections.abc import Iterable

import streamlit as st

from engine import InputError
from visualizer.pages import _state as state


def draw_problems(problems: Iterable[InputError]) -> None:
    """Draw one warning for each complaint."""
    for problem in problems:
        st.warning(_capital(problem.sentence(state.view().lang)))


def _capital(sentence: str) -> str:
    """Return a sentence with a capital letter, unless it begins with a symbol or a name, as in x, W¹ or weights.npz."""
    first = sentence.split(" ", 1)[0]
    is_word = first.isascii() and first.isalpha() and (len(first) > 1 or first == "a")
    return sentence[0].upper() + sentence[1:] if is_word else sentence
