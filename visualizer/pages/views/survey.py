"""Survey: the present settings from many seeds at many learning rates, drawn as soon as anything of it is known."""

from functools import lru_cache, partial

import plotly.graph_objects as go
import streamlit as st

from engine import InputError, Text
from engine.core import parse_numbers, parse_whole, write_number
from engine.settings import Task, differences
from engine.studies import MOST_RATES, MOST_SEEDS, Progress, Survey, survey
from visualizer.lab import Snapshot
from visualizer.pages.session import Shown, in_turns, session, state
from visualizer.pages.shared import download_button, draw_chart, refuse, text_field
from visualizer.pages.views.sweep import draw_sweep
from visualizer.runs import settings_words, survey_csv
from visualizer.state import Portions
from visualizer.surveys import fan_figure, final_figure, solved_figure, survey_table

_PORTION, _PAUSE = 0.2, 0.3
_SEEDS = Text("Number of seeds (starting at 0)", "种子个数（从 0 起）")
_RATES = Text("Learning rates, e.g. 0.5; 2; 8", "学习率，如 0.5; 2; 8")
_START, _CANCEL = Text("Train all", "全部训练"), Text("Cancel", "取消")
_SURVEY = Text(
    "Trains the current settings from up to {} seeds at up to {} learning rates in parallel.",
    "以当前设置并行训练至多 {} 个种子、{} 个学习率。",
)
_SOLVED = Text("η = {}: {} of {} seeds solved (loss below {:.3g})", "η = {}：{} / {} 个种子成功（损失低于 {:.3g}）")
_TO_THE_END = Text(
    "All runs train to the last epoch: early stopping and a target loss do not end a run here.",
    "每次训练都进行到最后一轮：这里不用早停，也不因达到目标损失而结束。",
)
_SURVEYED = ("eta", "seed", "net")  # of these a survey has its own
_BEFORE = Text("Results for the settings at that time: {}", "以下结果来自当时的设置：{}")
_RIGHT = Text("; {} with every output on the correct side of ½", "；其中 {} 个的全部输出都在 ½ 的正确一侧")
_FILE = Text("All losses as CSV", "全部损失（CSV）")
_SO_FAR = Text("{} seeds at each rate, up to epoch {:,} of {:,}", "每个学习率 {} 个种子，到第 {:,} 轮（共 {:,} 轮）")


def draw_survey(now: Shown) -> None:
    """Draw the settings of a survey, its progress, and its results.

    A survey is held as `Portions`, which only one thread computes at a time; what has been found never changes.
    """
    st.caption(state.say(_SURVEY, MOST_SEEDS, MOST_RATES))
    if now.lab.task.stopping.used:
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
    """Cancel the survey; what it has found so far stays."""
    asked = session().train.survey
    if asked.running and asked.running.latest.so_far:
        asked.found = asked.running.latest.so_far
    asked.running = None


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
    st.progress(running.latest.share)
    if running.latest.so_far:
        _draw_so_far(running.latest.so_far, state.view().lang)
    in_turns(running.advance, _PORTION)
    if running.latest.survey:
        now = session().train.survey
        now.found, now.running = running.latest.survey, None
        st.rerun()


def _draw_so_far(found: Survey, lang: str) -> None:
    """Draw the part of a survey that is known while it goes on."""
    st.caption(state.say(_SO_FAR, len(found.seeds), found.epochs[-1], found.task.epochs))
    draw_chart(_fan(found, lang), "survey_fan")


@lru_cache(maxsize=8)
def _fan(found: Survey, lang: str) -> go.Figure:
    """Return the figure of a survey: the same for every drawing of the page until more is known."""
    return fan_figure(found, lang)


def _draw_result(found: Survey, now: Snapshot) -> None:
    lang = state.view().lang
    st.caption(state.say(_SO_FAR, len(found.seeds), found.epochs[-1], found.task.epochs))
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
        draw_chart(_fan(found, lang), "survey_fan")
    with share:
        draw_chart(solved_figure(found, lang), "survey_solved")
    draw_chart(final_figure(found, lang), "survey_heat")
    make = partial(survey_csv, found, lang)
    download_button(state.say(_FILE), make, "many-seeds.csv", "text/csv", "survey_csv")
    draw_sweep(survey_table(found), lang)
