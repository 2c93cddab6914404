"""The search for causes of a number that differs: a wrong value, its quantity, and the mistakes that lead to it."""

from dataclasses import replace

import streamlit as st

from engine import InputError, Text
from engine.studies import causes
from visualizer.address import LONGEST_NUMBER
from visualizer.checking import RULES, Claim, after, claims_by_name, explanation, mistakes_of, verdict
from visualizer.pages.check.gradients import make
from visualizer.pages.session import choice, go, state
from visualizer.pages.shared import draw_problems, pick_field, text_field
from visualizer.writing import number

_INTRO = Text(
    "Enter your number and choose which quantity of the current network it should be. The program tries every "
    "common mistake (and pairs of mistakes, if you give six or more digits) and reports which ones produce it.",
    "输入你算出的数，并选择它对应当前网络的哪个量。程序逐一尝试每种常见错误，看哪些会得到它；若给出六位以上，还会"
    "尝试两个错误同时出现。",
)
_WHICH, _NUMBER = Text("Intended digit", "对应的量"), Text("Your value (press Enter)", "你的数，按 Enter")
_COMPUTED = Text("Computed: {}", "计算值：{}")
_SWITCH = Text("Apply this mistake here and in Step through", "在此处和“逐步演示”中应用这个错误")


def draw_differ() -> None:
    """Draw the two fields, and the result of the search."""
    model, lang = state.right_model(), state.view().lang
    offered = claims_by_name(state.trace(), model.iteration)
    labels = {key: after(claim.name, claim.iteration - model.iteration + 1, lang) for key, claim in offered.items()}
    chosen, typed = choice("quantity"), choice("number")
    st.markdown(state.say(_INTRO))
    st.caption(state.say(RULES))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        pick_field(st.selectbox, "differ_place", _WHICH, labels, chosen, _choose, width=280)
        text_field("differ_number", _NUMBER, typed, _type, max_chars=LONGEST_NUMBER, width=240)
    if typed.strip():
        _draw_found(offered[chosen], typed)


def _draw_found(claim: Claim, typed: str) -> None:
    try:
        moved = replace(state.right_model(), iteration=claim.iteration)
        moved.check()
        search = causes(moved, claim.place, typed)
    except InputError as error:
        draw_problems([error])
        return
    badge = ":green-badge[✓]" if search.right else ":orange-badge[?]" if search.coarse else ":red-badge[✗]"
    lang = state.view().lang
    st.markdown(f"{badge} {state.say(_COMPUTED, f'**{number(search.computed, 10)}**')}  \n{verdict(search, lang)}")
    for i, cause in enumerate(search.named):
        with st.container(border=True):
            st.markdown(explanation(cause, lang))
            names = mistakes_of(cause)
            if names:
                st.button(state.say(_SWITCH), f"switch_{i}", on_click=_switch, args=(names,))


def _switch(names: list[str]) -> None:
    make(names)
    go(view="gradients")


def _choose(place: str) -> None:
    go(quantity=place)


def _type(typed: str) -> None:
    go(number=typed)
