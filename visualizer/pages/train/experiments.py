"""Prepared experiments on the Train page: predict, run, explain."""

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from engine import Text
from engine.studies import RunRecord
from visualizer.experiments import EXPERIMENTS, Experiment
from visualizer.lab import Snapshot, plans_of
from visualizer.pages.session import close_folder, draw_drafts, keep, lab, look_at_latest, session, state, texts
from visualizer.pages.shared import pick_field
from visualizer.runs import tasks_labels
from visualizer.writing import in_markdown, number

CHOOSE = Text("Choose experiment", "选择实验")
_RUN, _RUN_ANYWAY = Text("Run experiment", "运行实验"), Text("Run without a prediction", "不预测，直接运行")
_ANSWER = Text("What comes out, and why", "结果与原因")
_WAIT = Text("Available once all runs have ended", "全部训练结束后可看")
_PREDICT = Text(
    "Your prediction: which run ends with the lowest training loss?", "你的预测：哪一次的训练损失最后最低？"
)
_LOWEST = Text("{} ended lowest, at {}.", "最低的是：{}，{}。")
_AS_PREDICTED = Text(
    ":green[✓] As you predicted, {} ended lowest, at {}.", ":green[✓] 与你的预测一致，最低的是：{}，{}。"
)
_OTHERWISE = Text(
    ":red[✗] {} ended lowest, at {}. You predicted {}, which ended at {}.",
    ":red[✗] 最低的是：{}，{}。你预测的是：{}，{}。",
)
_DIVERGED = Text(
    ":red[✗] {} ended lowest, at {}. You predicted {}, which diverged.",
    ":red[✗] 最低的是：{}，{}。你预测的是：{}，它发散了。",
)
_PLACE = "predictions"


def choose_experiment(name: str) -> None:
    """Choose an experiment; its runs wait for the prediction, and earlier ones stay until then."""
    now = session()
    now.train.story, now.train.held = name, True
    keep(_PLACE, {name: ""})
    close_folder("experiments")


def draw_experiments() -> None:
    """Draw all experiments, each with its story and a button that chooses it."""
    for name, experiment in EXPERIMENTS.items():
        with st.container(key=f"experiment_row_{name}", border=True):
            st.markdown(f"**{state.say(experiment.label)}**  \n{state.say(experiment.story)}")
            st.button(state.say(CHOOSE), f"experiment_{name}", on_click=choose_experiment, args=(name,))


def draw_answer(experiment: Experiment, now: Snapshot) -> None:
    """Draw the answer of an experiment, which can be opened once all runs are there."""
    runs = _ended(experiment, now)
    tip = None if runs else state.say(_WAIT)
    with st.popover(state.say(_ANSWER), key="experiment_answer", disabled=not runs, help=tip):
        if runs:
            st.markdown(state.say(experiment.explained(runs)))


def draw_story(experiment: Experiment, now: Snapshot) -> None:
    """Draw the story of an experiment with its question, the reader's prediction, and how it compares with the runs."""
    st.info(f"{state.say(experiment.story)} **{state.say(experiment.question)}**", icon=":material/science:")
    labels = dict(enumerate(map(in_markdown, tasks_labels(experiment.tasks, state.view().lang))))
    said = texts(_PLACE).get(experiment.name, "")
    chosen = int(said) if said.isdecimal() and int(said) in labels else None
    held, runs = session().train.held, _ended(experiment, now)
    take = lambda run: keep(_PLACE, {experiment.name: "" if run is None else str(run)})  # noqa: E731
    with st.container(key="prediction", horizontal=True, vertical_alignment="bottom"):
        look = {"disabled": not held, "width": "content"}
        pick_field(st.pills, f"prediction_{experiment.name}", _PREDICT, labels, chosen, take, **look)
        if held:
            run = state.say(_RUN_ANYWAY if chosen is None else _RUN)
            st.button(run, "experiment_run", on_click=_run, args=(experiment.name,))
        elif runs:
            st.markdown(state.say(_compared(runs, labels, chosen)), width="content")
    draw_drafts(_PLACE, key="prediction_line")


def _run(name: str) -> None:
    """Queue the trainings of an experiment in place of all runs."""
    state.act(lab().queue, plans_of(name), None, True)
    session().train.held = False
    look_at_latest()


def _compared(runs: Sequence[RunRecord], labels: Mapping[int, str], chosen: int | None) -> Text:
    """Return the run that ended lowest in words, and the prediction compared with it."""
    losses = [float(run.loss[-1]) for run in runs]
    lowest = int(np.nanargmin([loss if np.isfinite(loss) else np.inf for loss in losses]))
    there = labels[lowest], number(losses[lowest])
    if chosen is None:
        return _LOWEST.format(*there)
    if chosen == lowest:
        return _AS_PREDICTED.format(*there)
    if runs[chosen].divergence:
        return _DIVERGED.format(*there, labels[chosen])
    return _OTHERWISE.format(*there, labels[chosen], number(losses[chosen]))


def _ended(experiment: Experiment, now: Snapshot) -> tuple[RunRecord, ...]:
    """Return the runs of an experiment in the order of its tasks; none as long as one of them has not ended."""
    ended = {
        run.trial.task: run.trial
        for run in now.runs
        if run.trial.divergence or run.trial.epochs >= run.trial.task.epochs
    }
    there = all(task in ended for task in experiment.tasks)
    return tuple(ended[task] for task in experiment.tasks) if there else ()
