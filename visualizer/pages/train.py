"""Training: loss curves that grow, lie on each other, and can be opened at any moment."""

from typing import Any

import streamlit as st

from engine import InputError
from visualizer.pages import _state as state
from visualizer.pages._lab import lab, write_address
from visualizer.pages._problems import draw_problems, draw_remarks
from visualizer.pages._train_controls import draw_controls
from visualizer.pages._train_curves import draw_curves
from visualizer.pages._train_head import draw_head
from visualizer.pages._train_settings import draw_settings
from visualizer.pages._train_views import draw_view

_PORTION, _PAUSE = 0.3, 0.4  # seconds of training at a time, and from one time to the next


def _around() -> tuple[Any, ...]:
    """Return what the page around the run has been drawn with."""
    return now.playing, now.edition, len(now.kept), len(now.strays), [*st.session_state.problems]


def _advance() -> None:
    """Train a little; data that are no longer here end it with a sentence."""
    try:
        now.advance(_PORTION)
    except InputError as error:
        now.playing = False
        state.complain(error)


def _draw_run(around: tuple[Any, ...]) -> None:
    """Train a little, and draw what there is; drawn again and again while a training goes on."""
    _advance()
    if around != _around():
        st.rerun()  # to be drawn again and again from now on, or no longer; with other settings, or a complaint
    draw_controls()
    draw_curves()
    draw_view()
    write_address()


now = lab()
with st.container():
    draw_problems(st.session_state.problems)
    draw_remarks(now.task.hidden, now.task.activations)  # a softmax output has a unit for every class
draw_head()
with st.container(key="train_body"):
    settings, run = st.columns([1, 2.6], gap="small")
with settings:
    draw_settings()
with run, st.container(key="train_run", gap="small"):
    st.fragment(_draw_run, run_every=_PAUSE if now.playing else None)(_around())
