"""The training page: loss curves that grow, lie on each other, and can be opened at any moment."""

from typing import Any

import streamlit as st

from visualizer.lab import Snapshot
from visualizer.pages.session import draw_address, draw_kept_runs, lab, query, session, shown, train
from visualizer.pages.shared import draw_problems, draw_question, draw_remarks
from visualizer.pages.train.controls import draw_controls
from visualizer.pages.train.curves import draw_curves
from visualizer.pages.train.head import draw_head
from visualizer.pages.train.settings import draw_settings
from visualizer.pages.train.views import check_view, draw_view

_PORTION, _PAUSE = 0.3, 0.4  # seconds of training at a time, and from one time to the next


def _around(now: Snapshot) -> tuple[Any, ...]:
    """Return the key of the page around the run: the values that it is drawn with."""
    ids = [[run.colour for run in runs] for runs in (now.kept, now.outside, now.removed)]
    return now.playing, now.edition, now.afterwards, ids, len(now.strays), tuple(session().problems)


def _draw_run(around: tuple[Any, ...]) -> None:
    """Draw the run, and train a little; drawn again and again while a training goes on."""
    now = shown()
    if around != _around(now.lab):
        st.rerun()  # to be drawn again and again from now on, or no longer; with other settings, or a complaint
    draw_controls(now.lab)
    draw_curves(now)
    draw_view(now)
    draw_address("train", query(now.lab))
    draw_kept_runs(now.lab)
    train(_PORTION)
    if around != _around(lab().snapshot()):
        st.rerun()


now = lab().snapshot()
check_view()
with st.container():
    draw_problems(session().problems)
    draw_question()
    draw_remarks(now.task.hidden, now.task.activations)  # a softmax output has a unit for every class
draw_head(now)
with st.container(key="train_body"):
    settings, run = st.columns([1, 2.6], gap="small")
with settings:
    draw_settings(now)
with run, st.container(key="train_run", gap="small"):
    st.fragment(_draw_run, run_every=_PAUSE if now.playing else None)(_around(now))
