"""The session's lab, read from the address once, and how its page acts on it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from engine import InputError, Text
from engine.task import Task
from engine.trial import Trial
from visualizer.consequences import along
from visualizer.lab import Lab
from visualizer.lab_link import experiment_in, experiment_of, lab_from_query, lab_to_query
from visualizer.pages import _state as state
from visualizer.stage.component import mount_address

_EPOCH = Text("Look at epoch", "查看第几轮")
_DRAWS = ("init", "seed", "rows", "targets")  # settings that decide on the weights that are drawn


def lab() -> Lab:
    """Return the session's lab."""
    if "lab" not in st.session_state:
        query = st.query_params.to_dict()
        task, plans, st.session_state.problems = lab_from_query(query)
        if name := experiment_in(query):
            st.session_state.train_story = name
        st.session_state.lab = made = Lab(task)
        if plans:
            made.queue(plans)
        st.session_state.train_epoch = None
        st.session_state.train_run = -1
    return st.session_state.lab


def write_address() -> None:
    """Let the address say the settings and the runs."""
    told = st.session_state.get("train_story", "")
    query = {"experiment": told} if experiment_of(lab(), told) else lab_to_query(lab())[0]
    st.session_state.train_address = urlencode(query | {"lang": state.view().lang})
    mount_address(st.session_state.train_address)


def act(do: Callable[..., Any], *args: Any) -> None:
    """Do something with the lab; what cannot be done is answered with a sentence."""
    st.session_state.problems = []
    try:
        do(*args)
    except InputError as error:
        state.complain(error)


def change(task: Task, *asked: str) -> None:
    """Take other settings; raises `InputError` where they do not go together.

    Where it is said which were asked for, what changes beside them is said too.
    """
    before = lab().task
    lab().change(task)
    st.session_state.problems = []
    st.session_state.train_notes = along(before, task, asked) if asked else []


def changing(name: str, read: Callable[[Any], Any] = lambda value: value) -> Callable[[Any], None]:
    """Return what takes one setting as it was typed or chosen; weights that were given make room for drawn ones."""
    given = {"net": ()} if name in _DRAWS else {}
    return lambda value: change(replace(lab().task, **{name: read(value)}, **given), name)


def trial() -> Trial | None:
    """Return the trial that is looked at: the chosen one, else the latest."""
    runs = lab().runs
    chosen = st.session_state.train_run
    return runs[chosen if -len(runs) <= chosen < len(runs) else -1].trial if runs else None


def epoch() -> int:
    """Return the epoch that is looked at: the chosen one, else the last."""
    looked, last = st.session_state.train_epoch, trial().epochs
    return last if looked is None or lab().playing else min(looked, last)


def draw_epoch(key: str, disabled: bool = False) -> None:
    """Draw a slider of the epoch that is looked at.

    It is set only where it does not stand there itself: what is set undoes the keys that were pressed meanwhile.
    """
    now, last = epoch(), trial().epochs
    if (st.session_state.get(key), st.session_state.get(f"{key}_last")) != (now, last):
        st.session_state[key], st.session_state[f"{key}_last"] = now, last
    look = {"disabled": disabled, "width": "stretch"}
    st.slider(state.say(_EPOCH), 0, last, st.session_state[key], key=key, on_change=_look, args=(key,), **look)


def _look(key: str) -> None:
    st.session_state.train_epoch = st.session_state[key]
