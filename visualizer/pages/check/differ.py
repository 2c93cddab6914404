"""The search for causes of a number that differs: a wrong value, its quantity, and the mistakes that lead to it."""

from dataclasses import replace

import streamlit as st

from engine import InputError, Text
from engine.settings import Model
from engine.studies import LONG, Cause, Place, Search, SearchProgress, searching
from visualizer.address import LONGEST_NUMBER
from visualizer.checking import RULES, Claim, after, claims_by_name, explanation, label, mistakes_of, verdict
from visualizer.pages.check.gradients import make
from visualizer.pages.session import choice, go, in_turns, session, state
from visualizer.pages.shared import draw_problems, pick_field, text_field
from visualizer.state import Portions
from visualizer.writing import number

_INTRO = Text(
    "Enter your number and choose which quantity of the current network it should be. The program tries every "
    "common mistake (and pairs of mistakes, if you give six or more digits) and reports which ones produce it.",
    "输入你算出的数，并选择它对应当前网络的哪个量。程序逐一尝试每种常见错误，看哪些会得到它；若给出六位以上，还会"
    "尝试两个错误同时出现。",
)
_WHICH, _NUMBER = Text("Intended quantity", "对应的量"), Text("Your value (press Enter)", "你的数，按 Enter")
_COMPUTED = Text("Computed: {}", "计算值：{}")
_SWITCH = Text("Apply this mistake here and in Step through", "在此处和“逐步演示”中应用这个错误")
_SWITCH_NAMED = Text("Apply here and in Step through: {}", "在此处和“逐步演示”中应用：{}")
_SEARCHING, _CANCEL = Text("Trying every common mistake", "正在逐一尝试常见错误"), Text("Cancel", "取消")
_CANCELLED = Text("The search was cancelled before all mistakes were tried.", "搜索已取消，并未尝试完所有错误。")
_AGAIN = Text("Search again", "重新搜索")
_AT_ONCE, _PORTION, _PAUSE = 2.0, 0.2, 0.3  # seconds: a search that takes longer has a bar


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
        search = _search(moved, claim.place, typed)
    except InputError as error:
        draw_problems([error])
        return
    if search is None:
        _draw_under_way()
        return
    badge = ":green-badge[✓]" if search.right else ":orange-badge[?]" if search.coarse else ":red-badge[✗]"
    lang = state.view().lang
    st.markdown(f"{badge} {state.say(_COMPUTED, f'**{number(search.computed, 10)}**')}  \n{verdict(search, lang)}")
    _draw_explanations(search, lang)


def _search(model: Model, place: Place, typed: str) -> Search | None:
    """The result of a search; None while it is under way, or where it was cancelled.

    Only one thread computes a portion at a time. What a drawing that has been overtaken has begun, another may end.
    """
    asked, sought = session().causes, (model, place, typed)
    if asked.sought != sought:
        running = Portions(searching(*sought, LONG), SearchProgress(0.0))
        in_turns(running.advance, _AT_ONCE)
        asked.sought, asked.running = sought, running
    return asked.running.latest.search if asked.running else None


def _draw_under_way() -> None:
    if session().causes.running is None:
        st.caption(state.say(_CANCELLED))
        st.button(state.say(_AGAIN), "differ_again", on_click=_again)
        return
    st.button(state.say(_CANCEL), "differ_cancel", on_click=_cancel)
    st.fragment(_advance, run_every=_PAUSE)()


def _advance() -> None:
    running = session().causes.running
    if running is None:
        st.rerun()  # it was cancelled while this was on its way
    st.progress(running.latest.share, state.say(_SEARCHING))
    in_turns(running.advance, _PORTION)
    if running.latest.search:
        st.rerun()


def _cancel() -> None:
    session().causes.running = None


def _again() -> None:
    session().causes.sought = None


def _draw_explanations(search: Search, lang: str) -> None:
    places = iter(range(len(search.named)))
    for same in search.explanations:
        with st.container(border=True):
            st.markdown(explanation(same, lang))
            able = [cause for cause in same if mistakes_of(cause)]
            for cause in able:
                _draw_switch(next(places), cause, len(able) > 1)


def _draw_switch(place: int, cause: Cause, is_named: bool) -> None:
    words = state.say(_SWITCH_NAMED, label(cause, state.view().lang)) if is_named else state.say(_SWITCH)
    st.button(words, f"switch_{place}", on_click=_switch, args=(mistakes_of(cause),))


def _switch(names: list[str]) -> None:
    make(names)
    go(view="gradients")


def _choose(place: str) -> None:
    go(quantity=place)


def _type(typed: str) -> None:
    go(number=typed)
