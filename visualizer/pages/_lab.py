"""The session's lab, read from the address once, what of it one drawing of a page shows, and how the page acts on it.

Streamlit may stop a thread wherever it asks the session or draws, and begin another. So whoever acts on the lab first
asks for all that is needed, then calls one method of it, which is done as a whole, and only then notes the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from engine import InputError, Text
from engine.task import Task
from engine.trial import Trial
from visualizer.consequences import along
from visualizer.lab import Lab
from visualizer.lab_link import experiment_in, experiment_of, lab_from_query, lab_to_query
from visualizer.pages import _state as state
from visualizer.pages._session import session
from visualizer.pages._turns import in_turns
from visualizer.plans import Snapshot

_EPOCH = Text("Look at epoch", "查看第几轮")
_DRAWS = ("init", "seed", "rows", "targets", "decimal")  # settings that decide on the weights that are drawn


def lab() -> Lab:
    """Return the session's lab."""
    found = session().lab
    return _begun() if found is None else found


def _begun() -> Lab:
    """Return the lab that the address describes, which is the session's from now on."""
    said = st.query_params.to_dict()
    task, plans, problems = lab_from_query(said)
    name, made = experiment_in(said), Lab(task)
    if plans:
        made.queue(plans, None if name else task)
    now = session()
    now.lab, now.train.story, now.problems = made, name, (*now.problems, *problems)
    return made


@dataclass(frozen=True)
class Shown:
    """What one drawing of a page shows: all its parts get the same one, so that they show the same epoch.

    Attributes
    ----------
    lab : Snapshot
    chosen : int
        The place of the run that is looked at, among all; -1 where there is none.
    epoch : int
        The epoch that is looked at.
    """

    lab: Snapshot
    chosen: int
    epoch: int

    @property
    def trial(self) -> Trial | None:
        """The trial that is looked at."""
        return self.lab.runs[self.chosen].trial if self.lab.runs else None


def shown() -> Shown:
    """Return what there is to show now: the chosen run, else the latest; the chosen epoch, else the last."""
    now, looked = lab().snapshot(), session().train
    run, epoch = looked.run, looked.epoch
    count = len(now.runs)
    chosen = (run if -count <= run < count else -1) % count if count else -1
    last = now.runs[chosen].trial.epochs if count else 0
    return Shown(now, chosen, last if epoch is None or now.playing else min(epoch, last))


def look_at_latest() -> None:
    """Look at the end of the latest run from now on."""
    looked = session().train
    looked.run, looked.epoch = -1, None


def train(seconds: float) -> None:
    """Train for so long; data that are no longer here end it with a sentence."""
    try:
        in_turns(lab().advance, seconds)
    except InputError as error:
        state.complain(error)


def query(now: Snapshot) -> dict[str, str]:
    """Return what an address says of the settings and the runs."""
    told = session().train.story
    return {"experiment": told} if experiment_of(now, told) else lab_to_query(now)[0]


def change(edit: Callable[[Task], Task], *asked: str) -> None:
    """Take other settings, made of the present ones; as `Lab.change`.

    Where it is said which were asked for, what changes beside them is said too.
    """
    before, task = lab().change(edit)
    notes = along(before, task, asked) if asked else []
    now = session()
    now.problems, now.train.notes = (), notes


def taking(edit: Callable[[Task, Any], Task], *asked: str) -> Callable[[Any], None]:
    """Return what takes a value into the settings that were asked for."""
    return lambda value: change(lambda task: edit(task, value), *asked)


def changing(name: str) -> Callable[[Any], None]:
    """Return what takes one setting; weights that were given make room for drawn ones."""
    given = {"net": ()} if name in _DRAWS else {}
    return taking(lambda task, value: replace(task, **{name: value}, **given), name)


def draw_epoch(of: Shown, key: str) -> None:
    """Draw a slider of the epoch that is looked at.

    It is set only where it does not stand there itself: what is set undoes the keys that were pressed meanwhile.
    """
    last = of.trial.epochs if of.trial else 0
    if (st.session_state.get(key), session().train.sliders.get(key)) != (of.epoch, (of.chosen, last)):
        st.session_state[key], session().train.sliders[key] = of.epoch, (of.chosen, last)
    look = {"disabled": of.lab.playing, "width": "stretch"}
    args = (key, of.chosen, last)
    st.slider(state.say(_EPOCH), 0, last, st.session_state[key], key=key, on_change=_look, args=args, **look)


def _look(key: str, chosen: int, last: int) -> None:
    """Look at the epoch at which the slider stands.

    A browser also sends where the slider stood in a picture before, of a run that was shorter then: that is nobody's.
    """
    epoch, now = st.session_state[key], shown()
    if not now.lab.playing and now.trial and (now.chosen, now.trial.epochs) == (chosen, last):
        session().train.epoch = epoch
