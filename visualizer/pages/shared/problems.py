"""Problems: input that could not be used, in the reader's language."""

from collections.abc import Callable, Iterable, Sequence

import streamlit as st

from engine import InputError, Text
from engine.catalogue import remarks
from engine.core import AmbiguousError, passage, write_number
from visualizer.pages.session import answer, question, session, state
from visualizer.writing import in_markdown

_IS = Text("{} is", "{} 是")


def draw_notes(notes: Sequence[Text], name: str = "notes") -> None:
    """Draw the changes that followed from the reader's.

    Their container is there without notes too: the fields below keep their places, and what is typed into them.
    """
    with st.container(key=f"said_{name}"):
        if notes:
            st.markdown(f":blue-badge[i] :small[{passage(state.view().lang, notes)}]")


def draw_problems(problems: Iterable[InputError], more: str = "") -> None:
    """Draw one warning for each error, and a sentence after it."""
    for problem in problems:
        lang = state.view().lang
        st.warning(in_markdown(passage(lang, filter(None, [complaint(problem, lang), more]))))


def draw_readings(key: str, problem: AmbiguousError, take: Callable[[str], None]) -> None:
    """Draw the two readings of a number as buttons; `take` gets the name of the decimal sign."""
    with st.container(key=f"{key}_readings", horizontal=True, vertical_alignment="center"):
        st.markdown(in_markdown(state.say(_IS, problem.received)), width="content")
        for name, value in problem.readings.items():
            st.button(write_number(value), f"{key}_decimal_{name}", on_click=take, args=(name,))


def draw_question() -> None:
    """Draw the question about a number with two readings in the table of the address, where there is one."""
    problem = question() if session().asked else None
    if problem:
        draw_readings("link", problem, answer)


def complaint(problem: InputError, lang: str) -> str:
    """Return the sentence about what could not be used, as it stands by itself on a page or in a file."""
    return capital(problem.sentence(lang))


def capital(sentence: str) -> str:
    """Return a sentence with a capital letter, unless it begins with a symbol or a name, as in x, W¹ or weights.npz."""
    first = sentence.split(" ", 1)[0]
    is_word = first.isascii() and first.isalpha() and (len(first) > 1 or first == "a")
    return sentence[0].upper() + sentence[1:] if is_word else sentence


def draw_remarks(units: Iterable[int], activations: Iterable[str]) -> None:
    """Draw the remarks on layers with so many units and these activations."""
    for remark in remarks(units, activations):
        st.info(state.say(remark))
