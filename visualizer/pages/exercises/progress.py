"""Progress through the exercises: which are solved, kept by the browser, and which type comes next."""

import streamlit as st

from engine import Text
from visualizer.exercises import LEVELS, Exercise
from visualizer.pages.session import go, keep, state, texts

PROGRESS = "exercises solved"
_ENOUGH = 3
_MOST = 100  # of a type: more are not remembered
_SOLVED = Text("Solved of this type: {}.", "本题型已做对 {} 题。")
_ON = Text("After {} solved exercises, go on to the next type.", "做对 {} 题后，就可以换下一种题型。")
_NEXT = Text("Next type: {}", "下一题型：{}")


def note_solved(now: Exercise) -> None:
    """Remember that an exercise is solved."""
    solved = _solved(now.level.name)
    if str(now.seed) not in solved:
        keep(PROGRESS, {now.level.name: " ".join([*solved, str(now.seed)][-_MOST:])})


def labels() -> dict[str, str]:
    """Return the names of the types, with a check mark where enough exercises of it are solved."""
    marks = {name: " ✓" if len(_solved(name)) >= _ENOUGH else "" for name in LEVELS}
    return {name: state.say(level.label) + marks[name] for name, level in LEVELS.items()}


def draw_progress(now: Exercise) -> None:
    """Draw the number of solved exercises of a type, and where that is enough a button to the next type."""
    count, names = len(_solved(now.level.name)), list(LEVELS)
    following = names[(names.index(now.level.name) + 1) % len(names)]
    if count >= _ENOUGH:
        if st.button(state.say(_NEXT, LEVELS[following].label), "next_type", type="primary"):
            go(level=following)
            st.rerun()
    elif count:
        st.caption(f"{state.say(_SOLVED, count)} {state.say(_ON, _ENOUGH)}")


def _solved(level: str) -> list[str]:
    return texts(PROGRESS).get(level, "").split()
