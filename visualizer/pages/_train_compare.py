"""Many trainings at once: families of runs that differ in one setting, and surveys over seeds and rates."""

import time
from functools import partial

import streamlit as st

from engine import InputError, Text
from engine.numbers import parse_number, parse_whole, write_number
from engine.survey import MOST_RATES, MOST_SEEDS, survey
from visualizer.families import FAMILIES
from visualizer.lab import Plan
from visualizer.pages import _state as state
from visualizer.pages._charts import draw_chart
from visualizer.pages._fields import refuse, text_field
from visualizer.pages._lab import act, lab
from visualizer.survey_figures import fan_figure, final_figure, solved_figure

_PORTION, _PAUSE = 0.2, 0.3
_FROM = Text(
    "Trains a family from the present settings, one run after the other; all stay as overlays.",
    "以当前设置为基础依次训练一组运行，全部保留供比较。",
)
_SEEDS, _RATES = Text("Number of seeds, from 0", "种子个数（从 0 起）"), Text("Learning rates", "学习率")
_START, _CANCEL = Text("Train them all", "全部训练"), Text("Cancel", "取消")
_SURVEY = Text(
    "Trains the present settings from up to {} seeds at up to {} rates, as stacked networks.",
    "以当前设置训练至多 {} 个种子、{} 个学习率，网络叠在一起计算。",
)
_SOLVED = Text("η = {}: {} of {} seeds solved (loss below {:.3g})", "η = {}：{} / {} 个种子成功（损失低于 {:.3g}）")
_RIGHT = Text("; {} with every output on the right side", "；{} 个的全部输出在正确一侧")


def draw_families() -> None:
    """Draw a button for every family."""
    st.caption(state.say(_FROM))
    with st.container(key="train_families", horizontal=True, gap="small"):
        for name, family in FAMILIES.items():
            st.button(state.say(family.label), f"family_{name}", state.say(family.why), on_click=_begin, args=(name,))


def _begin(name: str) -> None:
    st.session_state.train_epoch, st.session_state.train_run = None, -1
    act(lambda: lab().queue([Plan(((0, task),)) for task in FAMILIES[name].tasks(lab().task)]))


def draw_survey() -> None:
    """Draw the settings of a survey, how far it has come, and what came of it."""
    st.caption(state.say(_SURVEY, MOST_SEEDS, MOST_RATES))
    held = st.session_state
    held.setdefault("survey_seeds_typed", str(MOST_SEEDS))
    held.setdefault("survey_rates_typed", write_number(lab().task.eta))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for name, label in (("survey_seeds", _SEEDS), ("survey_rates", _RATES)):
            text_field(name, label, held[f"{name}_typed"], partial(_type, name), width=220)
        running = held.get("survey_running")
        if running:
            st.button(state.say(_CANCEL), "survey_cancel", on_click=lambda: held.pop("survey_running", None))
        else:
            st.button(state.say(_START), "survey_start", on_click=_start, type="primary")
    if running:
        st.fragment(_advance, run_every=_PAUSE)()
    elif "survey" in held:
        _draw_result()


def _type(name: str, typed: str) -> None:
    st.session_state[f"{name}_typed"] = typed


def _start() -> None:
    held = st.session_state
    held.problems = []
    asked = "survey_seeds"
    try:
        seeds = range(parse_whole(held.survey_seeds_typed, 1, MOST_SEEDS))
        asked = "survey_rates"
        rates = [parse_number(part) for part in held.survey_rates_typed.replace(";", " ").split()]
        held.survey_running, held.survey_share = survey(lab().task, seeds, rates), 0.0
    except InputError as error:
        refuse(asked, error)


def _advance() -> None:
    held = st.session_state
    end = time.perf_counter() + _PORTION
    for progress in held.survey_running:
        held.survey_share = progress.share
        if progress.survey:
            held.survey = progress.survey
            del held.survey_running
            st.rerun()
        if time.perf_counter() > end:
            break
    st.progress(held.survey_share)


def _draw_result() -> None:
    found, lang = st.session_state.survey, state.view().lang
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
