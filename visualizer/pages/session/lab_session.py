"""The session's workspace, read from the address once, its part that one drawing shows, and actions on it.

Streamlit may stop a thread wherever it asks the session or draws, and begin another. So whoever acts on the lab first
asks for all that is needed, then calls one method of it, which is done as a whole, and only then notes the rest.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from engine import InputError
from engine.core import AmbiguousError
from engine.settings import Task
from engine.studies import RunRecord
from visualizer.lab import Lab, Snapshot, experiment_in, experiment_of, lab_from_query, lab_to_query, outside_from_query
from visualizer.pages.session import state
from visualizer.pages.session.drafts import draw_drafts, keep, texts
from visualizer.pages.session.session import session, widget_value
from visualizer.pages.session.turns import in_turns
from visualizer.runs import FIELDS, look_from_query, look_to_query
from visualizer.state import along

_KEPT = "lab"  # where the browser keeps the runs
# settings that decide on the weights that are drawn
_DRAWS = ("init", "seed", "rows", "targets", "decimal", "prepared", "left_out")


def lab() -> Lab:
    """Return the session's workspace."""
    found = session().lab
    return _begun() if found is None else found


def _begun() -> Lab:
    """Return the workspace of the address, which is the session's from now on; else that which the browser has kept."""
    return _made(st.query_params.to_dict() or dict(parse_qsl(texts(_KEPT).get("query", ""))))


def _made(said: Mapping[str, str]) -> Lab:
    """Return the workspace of a query, which is the session's from now on."""
    task, plans, problems = lab_from_query(said)
    name, made = experiment_in(said), Lab(task)
    curves, unread = outside_from_query(said)
    look, unlooked = look_from_query(said)
    made.add_outside(curves)
    if plans and not name:  # the runs of an experiment wait for the reader's prediction
        made.queue(plans, task)
    now = session()
    every = (*now.problems, *problems, *unread, *unlooked)
    asked = said if "decimal" not in said and any(isinstance(problem, AmbiguousError) for problem in every) else {}
    now.lab, now.problems, now.asked = made, every, asked
    now.train.story, now.train.held, now.train.look = name, bool(name), look
    return made


def question() -> AmbiguousError | None:
    """The number with two readings in a table of the address, until it is said which is meant."""
    return next((problem for problem in session().problems if isinstance(problem, AmbiguousError)), None)


def answer(decimal: str) -> None:
    """Open the address again, its table read by a decimal sign."""
    now = session()
    now.problems = ()
    _made({**now.asked, "decimal": decimal})


@dataclass(frozen=True)
class Shown:
    """Part of the workspace that one drawing of a page shows, the same in all its parts, so that these agree.

    Attributes
    ----------
    lab : Snapshot
    chosen : int
        The index of the chosen run among all; -1 where there is none.
    epoch : int
        The chosen epoch.
    """

    lab: Snapshot
    chosen: int
    epoch: int

    @property
    def trial(self) -> RunRecord | None:
        """The trial that is looked at."""
        return self.looked_at if self.lab.runs else None

    @property
    def looked_at(self) -> RunRecord:
        """The trial that is looked at, where there are runs."""
        return self.lab.runs[self.chosen].trial


def shown() -> Shown:
    """Return the present drawing's part: the chosen run, else the latest; the chosen epoch, else the last."""
    now, look = lab().snapshot(), session().train.look
    run, epoch = look.run, look.epoch
    count = len(now.runs)
    chosen = (run if -count <= run < count else -1) % count if count else -1
    last = now.runs[chosen].trial.epochs if count else 0
    return Shown(now, chosen, last if epoch is None or now.playing else min(epoch, last))


def look_at(**changes: Any) -> None:
    """Change the look of the curves, or the run and the moment that are looked at."""
    train = session().train
    train.look = train.look._replace(**changes)


def look_at_latest() -> None:
    """Choose the end of the latest run from now on."""
    look_at(run=-1, beside=-1, epoch=None)


def train(seconds: float) -> None:
    """Train for so many seconds; data that are no longer here end the training with a sentence."""
    try:
        in_turns(lab().advance, seconds)
    except InputError as error:
        state.complain(error)


def query(now: Snapshot) -> dict[str, str]:
    """Return the query of the settings and the runs, and of what is looked at."""
    looked = session().train
    told = experiment_of(now, looked.story, looked.held)
    of_lab = {"experiment": looked.story} if told else lab_to_query(now)[0]
    return of_lab | look_to_query(looked.look)


def draw_kept_runs(now: Snapshot) -> None:
    """Let the browser keep the settings and the runs, so that none is lost where a page without them is loaded anew."""
    keep(_KEPT, {"query": urlencode(query(now))})
    draw_drafts(_KEPT)


def change(edit: Callable[[Task], Task], *asked: str) -> None:
    """Take other settings, made of the present ones; as `Lab.change`.

    With `asked` settings, sentences about all other changes are stored as notes.
    """
    before, task = lab().change(edit)
    notes = along(before, task, asked) if asked else []
    now = session()
    now.problems, now.train.notes = (), notes


def taking(edit: Callable[[Task, Any], Task], *asked: str) -> Callable[[Any], None]:
    """Return a callback that takes a value into the settings that were asked for."""
    return lambda value: change(lambda task: edit(task, value), *asked)


def changing(name: str) -> Callable[[Any], None]:
    """Return a callback that takes one setting; imported weights make room for drawn ones."""
    given: dict[str, Any] = {"net": ()} if name in _DRAWS else {}
    return taking(lambda task, value: replace(task, **{name: value}, **given), name)


def draw_epoch(of: Shown, key: str) -> None:
    """Draw a slider of the chosen epoch.

    The slider is set only where it stands elsewhere: setting it undoes the keys that were pressed meanwhile.
    """
    last = of.trial.epochs if of.trial else 0
    if (st.session_state.get(key), session().train.sliders.get(key)) != (of.epoch, (of.chosen, last)):
        st.session_state[key], session().train.sliders[key] = of.epoch, (of.chosen, last)
    look: dict[str, Any] = {"disabled": of.lab.playing, "width": "stretch"}
    args = (key, of.chosen, last)
    st.slider(
        state.say(FIELDS["epoch"].label), 0, last, st.session_state[key], key=key, on_change=_look, args=args, **look
    )


def _look(key: str, chosen: int, last: int) -> None:
    """Choose the epoch at which the slider stands.

    A browser also sends where the slider stood in a picture before, of a run that was shorter then: that is nobody's.
    """
    epoch, now = widget_value(key), shown()
    if not now.lab.playing and now.trial and (now.chosen, now.trial.epochs) == (chosen, last):
        look_at(epoch=epoch)
