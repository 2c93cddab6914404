"""Drafts, texts that the reader has typed and no address carries: the session holds them by place, the browser a copy.

A browser keeps it as long as its tab is open, and hands it over at the beginning of a session: after a reload, or to a
server that was started anew. What has been typed in that session before it arrives, stays.
"""

import streamlit as st

from visualizer.pages.session.session import session
from visualizer.stage import MOST_PLACES, Drafts, read_drafts
from visualizer.stage.component import mount_drafts


def texts(place: str) -> dict[str, str]:
    """Return the drafts of a place, by name."""
    return dict(_drafts().get(place, {}))


def keep(place: str, typed: dict[str, str]) -> None:
    """Store the drafts of a place, beside earlier ones of other names; of an empty field nothing is stored."""
    drafts = _drafts()
    drafts[place] = {name: text for name, text in (drafts.pop(place, {}) | typed).items() if text}
    while len(drafts) > MOST_PLACES:
        drafts.pop(next(iter(drafts)))


def clear(place: str) -> None:
    """Delete the drafts of a place."""
    _drafts()[place] = {}


def restore() -> None:
    """Take the drafts that the browser has stored, except where a field has been typed in since."""
    for place, kept in read_drafts(st.session_state.page_style.drafts).items():
        keep(place, kept | texts(place))


def draw_drafts(*places: str, key: str = "drafts_line") -> None:
    """Let the browser store the drafts of these places in this session; its drafts of other places stay.

    Of two lines on a page each has a `key` of its own.
    """
    typed = {place: texts(place) for place in places if place in _drafts()}
    if typed:
        mount_drafts(typed, key)


def _drafts() -> Drafts:
    """Return the drafts of this session, by place, the latest last. Only its own script runs touch them, in turns."""
    return session().drafts
