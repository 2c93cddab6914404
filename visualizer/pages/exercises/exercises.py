"""Exercises: a network drawn from a seed, empty tables to fill in, marked cell by cell, and sheets to print."""

import streamlit as st

from engine import Text
from engine.core import passage
from visualizer.exercises import IN_CODE, LARGEST_SEED, TOLERANCE, Exercise, Quick, exercise, given, picture, quick
from visualizer.pages.exercises.faults import FIND, draw_faults
from visualizer.pages.exercises.progress import labels
from visualizer.pages.exercises.tables import draw_tables
from visualizer.pages.exercises.ways_out import draw_ways_out
from visualizer.pages.session import choice, draw_address, draw_drafts, go, keep, session, state, texts
from visualizer.pages.shared import draw_problems, draw_words, pick_field, value_field
from visualizer.writing import network_words, settings_words

_LEVEL, _SEED = Text("exercise type", "题型"), Text("Exercise number", "练习编号")
_ANOTHER = Text("New exercise", "换一题")
_PICTURE = Text("Graph of the network {}", "网络 {} 的图")
_QUICK = Text("Quick questions, without a calculation", "快问快答：不用计算")


def _draw_types(level: str) -> None:
    """Draw the choice of a type, mistakes in code as the last of them."""
    names = labels() | {IN_CODE: state.say(FIND)}
    take = lambda name: go(level=name or level, seed=str(choice("seed")))  # noqa: E731
    pick_field(st.pills, "level", _LEVEL, names, level, take, required=True, label_visibility="collapsed")


def _draw_head(now: Exercise) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        take = lambda seed: go(level=now.level.name, seed=str(seed))  # noqa: E731
        look = {"min_value": 1, "max_value": LARGEST_SEED, "width": 190}
        value_field(st.number_input, "seed", _SEED, now.seed, take, **look)
        following = {"level": now.level.name, "seed": str(now.seed % LARGEST_SEED + 1)}
        st.button(state.say(_ANOTHER), "another", on_click=go, kwargs=following, type="primary")
    st.markdown(passage(state.view().lang, (now.level.why, TOLERANCE)))


def _draw_given(now: Exercise) -> None:
    settings = (network_words(now.trace, state.view().lang), *settings_words(now.trace, state.view().lang))
    with st.container(key="exercise_given", border=True):
        drawn, numbers = st.columns([2, 3], vertical_alignment="center")
        drawing, words = picture(now.trace, st.context.theme.type or "light"), state.say(_PICTURE, settings[0])
        drawn.image(drawing, width="stretch", alt=words)
        with numbers:
            st.markdown(f"**{' · '.join(settings)}**")
            draw_words(" &emsp; ".join(f"${line}$" for line in given(now.trace)))


def _draw_quick(now: Exercise) -> None:
    """Draw the quick questions of an exercise, each with a verdict and its reason once it is answered."""
    place = f"quick {now.level.name} {now.seed}"
    with st.expander(state.say(_QUICK), key="exercise_quick"):
        for question in quick(now):
            chosen = texts(place).get(question.name, "")
            _draw_choices(question, chosen, place, f"{now.level.name}_{now.seed}")
    draw_drafts(place, key="quick_line")


def _draw_choices(question: Quick, chosen: str, place: str, of: str) -> None:
    st.markdown(f"**{state.say(question.ask)}**")
    with st.container(horizontal=True, gap="xsmall"):
        for number, choice in enumerate(question.choices):
            sign = {True: "✓ ", False: "✗ "}[number == question.right] if chosen == str(number) else ""
            take, key = (place, {question.name: str(number)}), f"quick_{of}_{question.name}_{number}"
            st.button(f"{sign}{state.say(choice)}", key, on_click=keep, args=take)
    if chosen == str(question.right):
        st.caption(state.say(question.why))


draw_problems(session().problems)
draw_address("exercises")
_level = choice("level")
_draw_types(_level)
if _level == IN_CODE:
    draw_faults()
else:
    _now = exercise(_level, choice("seed"))
    _draw_head(_now)
    _draw_given(_now)
    draw_ways_out(_now)
    _draw_quick(_now)
    draw_tables(_now)
