"""Trainings to compare: families that differ in one setting, and the search for a rate."""

from functools import lru_cache

import streamlit as st

from engine import InputError, Text
from engine.settings import Task
from engine.studies import RangeTest, range_test
from visualizer.lab import QueuedRun
from visualizer.pages.session import Shown, changing, lab, look_at_latest, session, state
from visualizer.pages.shared import draw_chart, draw_problems
from visualizer.surveys import FAMILIES, rate_figure
from visualizer.writing import number

_FROM = Text(
    "Trains one run per variant of the current settings and keeps all curves for comparison.",
    "以当前设置为基础依次训练若干变体，全部曲线保留供比较。",
)
_RATE_WHY = Text(
    "One short training with the current settings, in which η grows with every step, from a millionth to a "
    "hundred. Where the curve is flat, the steps are too small to matter; where it falls most steeply, the "
    "learning rate works well; where it rises again, the steps overshoot.",
    "用当前设置做一次很短的训练，η 逐步增大，从百万分之一到一百。曲线平坦处，步子太小，不起作用；下降最陡处，学习率"
    "合适；再度上升处，步子越过了谷底。",
)
_RATE_FIND, _RATE_USE = Text("Find a learning rate", "寻找学习率"), Text("Use η = {}", "采用 η = {}")


def draw_families(now: Shown) -> None:
    """Draw a button for every family."""
    st.caption(state.say(_FROM))
    with st.container(key="train_families", horizontal=True, gap="small"):
        for name, family in FAMILIES.items():
            label, args = state.say(family.label), (name, now.lab.task)
            st.button(label, f"family_{name}", state.say(family.why), on_click=_begin, args=args)


def _begin(name: str, task: Task) -> None:
    state.act(lab().queue, [QueuedRun(((0, member),)) for member in FAMILIES[name].tasks(task)])
    look_at_latest()


def draw_rate(now: Shown) -> None:
    """Draw the test of the present settings, once it is asked for, and a button that takes the rate it finds."""
    task = now.lab.task
    st.caption(state.say(_RATE_WHY))
    if not session().train.tests_rates:
        st.button(state.say(_RATE_FIND), "rate_find", on_click=_ask_rate, type="primary")
        return
    try:
        found = _range_test(task)
    except InputError as error:
        draw_problems([error])
        return
    draw_chart(rate_figure(found, task.eta, state.view().lang), "rate_test")
    good = float(f"{found.steepest:.1g}")
    st.button(state.say(_RATE_USE, number(good)), "rate_use", on_click=changing("eta"), args=(good,))


def _ask_rate() -> None:
    session().train.tests_rates = True


@lru_cache(maxsize=16)
def _range_test(task: Task) -> RangeTest:
    """Return the test of a task: the same whoever asks, and for every drawing of the page."""
    return range_test(task)
