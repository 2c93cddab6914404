"""A thread is stopped wherever it asks Streamlit for something; its changes are then there as a whole or not at all."""

from contextlib import suppress
from dataclasses import replace
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import StopException

from engine import InputError, Text
from engine.settings import Model
from visualizer.landscape import LandscapeSettings
from visualizer.pages.landscape import session as _landscape
from visualizer.pages.session import go, state
from visualizer.pages.session import lab_session as _lab
from visualizer.pages.session.session import Session
from visualizer.pages.shared.held import hold
from visualizer.state import Spec, View

MAZUR, OTHER = (Spec(Model.of_example(name), View()) for name in ("mazur", "two_sigmoids"))
SAID = InputError(Text("no", "否"), Text("yes", "是"), "x")
QUERY = {"runs": '[{"parts":[[0,{"epochs":"5"}]]}]', "eta": "0.7", "seed": "many", "plane": "nowhere"}


class Asked(dict):
    """A session's state that stops a thread when it asks for the n-th time, as Streamlit does."""

    stop = 0

    def _ask(self):
        self.stop -= 1
        if self.stop == 0:
            raise StopException

    def __getitem__(self, key):
        self._ask()
        return super().__getitem__(key)

    def __setitem__(self, key, value):
        self._ask()
        super().__setitem__(key, value)

    def pop(self, *args):
        self._ask()
        return super().pop(*args)


@pytest.fixture
def begun(monkeypatch):
    """Beginning of a session of which the n-th asking stops the thread; 0 stops none."""

    def begin(stop=0):
        now = Session("", MAZUR, {"view": "demon"}, (SAID,), (Text("told", "说过"),), (OTHER,), (OTHER,))
        now.landscape.settings = LandscapeSettings()
        held = Asked(session=now)
        held.stop = stop
        monkeypatch.setattr(st, "session_state", held)
        monkeypatch.setattr(st, "query_params", SimpleNamespace(to_dict=lambda: QUERY))
        return held, now

    return begin


def all_of(now):
    """The parts of a session that can be compared; of a lab its settings and the number of its plans."""
    lab = now.lab and (now.lab.snapshot().task, len(now.lab.snapshot().plans))
    parts = (now.train, now.landscape, now.stage)
    return (now.spec, now.shown, now.problems, now.notes, now.past, now.future, lab, *map(replace, parts))


DEEDS = {
    "an edit": lambda: state.compute(OTHER.model, "example"),
    "a look": lambda: state.update_view(step="bp1.1"),
    "an undo": state.undo,
    "a redo": state.redo,
    "a link": lambda: state.open_spec(OTHER, [SAID, SAID]),
    "a complaint": lambda: state.complain(InputError(SAID.problem, SAID.allowed, "y")),
    "another view of a page": lambda: go(view="gradients"),
    "a setting of the landscape": lambda: _landscape.settle(grid=25),
    "the first sight of a lab": _lab.lab,
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_a_deed_is_done_as_a_whole_or_not_at_all(deed, begun):
    before, (_, now) = all_of(begun()[1]), begun()
    deed()
    after, stop = all_of(now), 1
    assert after != before
    while True:
        held, now = begun(stop)
        with suppress(StopException):
            deed()
        if held.stop > 0:  # nothing has stopped it any more
            break
        assert all_of(now) in (before, after)
        stop += 1
    assert stop > 1


@pytest.mark.parametrize("first", [_lab.lab, _landscape.landscape_settings], ids=["lab", "landscape"])
def test_a_page_that_is_opened_by_a_stopped_thread_and_the_next_complains_once(first, begun):
    stop, stopped = 0, True
    while stopped:
        stop += 1
        held, now = begun(stop)
        now.landscape.settings = None
        with suppress(StopException):
            first()
        stopped, held.stop = held.stop <= 0, 0
        _landscape.landscape_settings()
        assert [error.received for error in now.problems] == ["x", "many", "nowhere"]
        assert len(now.lab.snapshot().plans) == 1
    assert stop > 2


def test_a_field_whose_renewal_is_stopped_is_renewed_by_the_next_thread(begun):
    for stop in (1, 2, 0):
        held, now = begun()
        hold("eta", 1, "1").shown = "one"
        held.stop = stop
        with suppress(StopException):
            hold("eta", 2, "2")
        held.stop = 0
        assert (hold("eta", 2, "2").number, now.fields["eta"].shown) == (1, "2")
