"""Many trainings: families that differ in one setting, surveys over seeds and rates, the search for a rate."""

from functools import lru_cache, partial

import streamlit as st

from engine import InputError, Text
from engine.core import parse_numbers, parse_whole, write_number
from engine.settings import Task, differences
from engine.studies import MOST_RATES, MOST_SEEDS, Progress, RangeTest, Survey, range_test, survey
from visualizer.lab import QueuedRun, Snapshot
from visualizer.pages.session import Shown, changing, in_turns, lab, look_at_latest, session, state
from visualizer.pages.shared import draw_chart, draw_problems, refuse, text_field
from visualizer.runs import FAMILIES, fan_figure, final_figure, rate_figure, settings_words, solved_figure
from visualizer.state import Portions
from visualizer.writing import number

_PORTION, _PAUSE = 0.2, 0.3
_FROM = Text(
    "Trains one run per variant of the current settings and keeps all curves for comparison.",
    "以当前设置为基础依次训练若干变体，全部曲线保留供比较。",
)
_SEEDS = Text("Number of seeds (starting at 0)", "种子个数（从 0 起）")
_RATES = Text("Learning rates, as 0.5; 2; 8", "学习率，如 0.5; 2; 8")
_START, _CANCEL = Text("Train all", "全部训练"), Text("Cancel", "取消")
_SURVEY = Text(
    "Trains the current settings from up to {} seeds at up to {} learning rates in parallel.",
    "以当前设置并行训练至多 {} 个种子、{} 个学习率。",
)
_SOLVED = Text("η = {}: {} of {} seeds solved (loss below {:.3g})", "η = {}：{} / {} 个种子成功（损失低于 {:.3g}）")
_TO_THE_END = Text(
    "All of them train to the last epoch: early stopping and a target loss do not end a run here.",
    "每次训练都进行到最后一轮：这里不用早停，也不因达到目标损失而结束。",
)
_SURVEYED = ("eta", "seed", "net")  # of these a survey has its own
_BEFORE = Text("Found with the settings that there were then: {}", "以下结果来自当时的设置：{}")
_RATE_WHY = Text(
    "One short training with the present settings, in which η grows from step to step, from a millionth to a hundred. "
    "While the curve is level the steps are too small to matter; where it falls most steeply a rate works well; where "
    "it rises again the steps overshoot.",
    "用当前设置做一次很短的训练，η 逐步增大，从百万分之一到一百。曲线平坦处步子太小，不起作用；"
    "下降最陡处的学习率效果好；再度上升处步子越过了谷底。",
)
_RATE_FIND, _RATE_USE = Text("Search for a rate", "寻找学习率"), Text("Use η = {}", "采用 η = {}")
_RIGHT = Text("; {} with every output on the correct side of ½", "；其中 {} 个的全部输出都在 ½ 的正确一侧")


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


def draw_survey(now: Shown) -> None:
    """Draw the settings of a survey, its progress, and its results.

    A survey is held as `Portions`, which only one thread computes at a time; what has been found never changes.
    """
    st.caption(state.say(_SURVEY, MOST_SEEDS, MOST_RATES))
    if now.lab.task.stopping().used:
        st.caption(state.say(_TO_THE_END))
    asked = session().train.survey
    if asked.rates is None:
        asked.rates = write_number(now.lab.task.eta)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        text_field("survey_seeds", _SEEDS, asked.seeds, partial(_type, "seeds"), width=220)
        text_field("survey_rates", _RATES, asked.rates, partial(_type, "rates"), width=220)
        running = asked.running
        if running:
            st.button(state.say(_CANCEL), "survey_cancel", on_click=_cancel)
        else:
            st.button(state.say(_START), "survey_start", on_click=_start, args=(now.lab.task,), type="primary")
    if running:
        st.fragment(_advance, run_every=_PAUSE)()
    elif asked.found:
        _draw_result(asked.found, now.lab)


def _type(name: str, typed: str) -> None:
    setattr(session().train.survey, name, typed)


def _cancel() -> None:
    session().train.survey.running = None


def _start(task: Task) -> None:
    session().problems = ()
    typed, asked = session().train.survey, "survey_seeds"
    try:
        seeds = range(parse_whole(typed.seeds, 1, MOST_SEEDS))
        asked = "survey_rates"
        begun = survey(task, seeds, parse_numbers(typed.rates or ""))
    except InputError as error:
        refuse(asked, error)
    else:
        session().train.survey.running = Portions(begun, Progress(0.0))


def _advance() -> None:
    running = session().train.survey.running
    if running is None:
        st.rerun()  # it was cancelled while this was on its way
    in_turns(running.advance, _PORTION)
    if running.latest.survey:
        now = session().train.survey
        now.found, now.running = running.latest.survey, None
        st.rerun()
    st.progress(running.latest.share)


def _draw_result(found: Survey, now: Snapshot) -> None:
    lang = state.view().lang
    names = [name for name in differences([found.task, now.task]) if name not in _SURVEYED]
    if names:
        st.text(state.say(_BEFORE, settings_words({name: getattr(found.task, name) for name in names}, lang)))
    for i, rate in enumerate(found.rates):
        count = round(found.solved[i] * len(found.seeds))
        words = state.say(_SOLVED, write_number(rate), count, len(found.seeds), found.solved_below)
        if found.all_right is not None:
            words += state.say(_RIGHT, round(found.all_right[i] * len(found.seeds)))
        st.markdown(f"- {words}")
    fan, share = st.columns([1.6, 1], gap="small")
    with fan:
        draw_chart(fan_figure(found, lang), "survey_fan")
    with share:
        draw_chart(solved_figure(found, lang), "survey_solved")
    draw_chart(final_figure(found, lang), "survey_heat")


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
