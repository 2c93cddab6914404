"""The session: all that the pages keep of one reader between two drawings, as one record.

It stands under one key of `st.session_state`; every other key there is that of a widget.

Streamlit runs a session in threads that overlap. It stops one wherever that asks Streamlit for something, be it in the
middle of a callback, and begins another, while the first may still be computing up to there. So three rules hold for
all who write here:

- **Compute first, then ask for the `session()`, then assign.** Asking is where a drawing that has been overtaken ends;
  what it has computed too late gets nowhere. A callback is finished first: a press is not lost for what is typed just
  after it. A session that was asked for earlier is not written to.
- **What belongs together is assigned in one statement**, or in several that ask Streamlit for nothing between them: no
  thread is stopped there.
- **Values are replaced as a whole**, and never changed in place. The few that are (fields, drafts, tables, the answers
  of a prediction) are touched by the session's own runs only, and each change leaves them whole.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException, get_script_run_ctx

from engine import InputError, Text
from visualizer.lab import Lab
from visualizer.pages.session.parts import Causes, Held, Landscape, Quiz, Stage, Tables, Train
from visualizer.stage import Drafts
from visualizer.state import Import, Spec

_KEY = "session"


@dataclass(slots=True)
class Session:
    """Record of all that the pages keep of one reader.

    Attributes
    ----------
    token : str
        Tells the browser whether the server still is the one that it knew; never changed.
    spec : Spec
        What is computed and how it is looked at. Callbacks write it, through `state`, together with the problems, the
        notes, the past and the future.
    shown : mapping of str
        What the addresses of the pages name beside it, as text. Callbacks replace it, through `address.go`.
    problems : sequence of InputError
        What could not be used, for the next drawing of any page.
    notes : sequence of Text
        What the last change on the stage has changed beside it.
    past, future : tuple of Spec
        What can be undone and done again, the latest last.
    fields : dict of Held
        What is known of the fields on the pages, by their key, those drawn last at the end; `held` has the rule.
    drafts : Drafts
        What has been typed and no address carries, by place, the latest last; `drafts` changes it.
    downloads : mapping of (float, dict of str)
        By the key of its button the file that a press has made last, as `mount_download` has it, and when, in seconds
        of the monotonic clock. Callbacks replace it.
    imported : Import or None
        The file of weights that is being read, and the choices beside it. Callbacks replace it.
    lab : Lab or None
        None until a page needs it. Any thread may call its methods.
    asked : mapping of str
        The query from which the lab was made, where a number in its table has two readings; callbacks settle it.
    """

    token: str
    spec: Spec
    shown: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[InputError] = ()
    notes: Sequence[Text] = ()
    past: tuple[Spec, ...] = ()
    future: tuple[Spec, ...] = ()
    fields: dict[str, Held] = field(default_factory=dict)
    drafts: Drafts = field(default_factory=dict)
    downloads: Mapping[str, tuple[float, dict[str, str]]] = field(default_factory=dict)
    imported: Import | None = None
    lab: Lab | None = None
    asked: Mapping[str, str] = field(default_factory=dict)
    stage: Stage = field(default_factory=Stage)
    tables: Tables | None = None
    quiz: Quiz | None = None
    causes: Causes = field(default_factory=Causes)
    train: Train = field(default_factory=Train)
    landscape: Landscape = field(default_factory=Landscape)


def has_begun() -> bool:
    """Return whether there is a session yet."""
    return _KEY in st.session_state


def begin(first: Session) -> None:
    """Begin the session with a record."""
    st.session_state[_KEY] = first


def session() -> Session:
    """Return the present session; here a drawing ends that has been overtaken, and a callback does not."""
    found: Session = _unless_overtaken(lambda: st.session_state[_KEY])
    return found


def widget_value(key: str) -> Any:
    """Return the value of a widget, in a callback; None where Streamlit has forgotten the widget."""
    return _unless_overtaken(lambda: st.session_state.get(key))


def close_folder(key: str) -> None:
    """Close a popover, in a callback."""

    def close() -> None:
        st.session_state[key] = False

    _unless_overtaken(close)


def is_fragment_run() -> bool:
    """Whether a fragment is drawn by itself, and what stands outside it is not."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


def _unless_overtaken(ask: Callable[[], Any]) -> Any:
    """Ask Streamlit for something; here a drawing ends that has been overtaken, and a callback does not.

    Streamlit has taken the press for carried out by then, and would not ask for it again. What has overtaken it is
    asked for once more, so that it ends the drawing after the callback.
    """
    try:
        return ask()
    except RerunException as overtaken:
        context = get_script_run_ctx()
        if context is None or context.script_requests is None or context.has_script_started:
            raise
        found = ask()  # nothing waits now
        context.script_requests.request_rerun(overtaken.rerun_data)
        return found
