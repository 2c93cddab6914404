"""What the reader has typed and no address carries: the session holds it by place, and the browser keeps a copy.

A browser keeps it as long as its tab is open, and hands it over at the beginning of a session: after a reload, or to a
server that was started anew. What has been typed in that session before it arrives, stays.
"""

import streamlit as st

from visualizer.drafts import MOST_PLACES, Drafts, read_drafts
from visualizer.pages._session import session
from visualizer.stage.component import mount_drafts


def texts(place: str) -> dict[str, str]:
    """Return what has been typed in a place, by name."""
    return dict(_drafts().get(place, {}))


def keep(place: str, typed: dict[str, str]) -> None:
    """Keep what has been typed in a place, beside what was typed there before; of an empty field nothing is kept."""
    drafts = _drafts()
    drafts[place] = {name: text for name, text in (drafts.pop(place, {}) | typed).items() if text}
    while len(drafts) > MOST_PLACES:
        drafts.pop(next(iter(drafts)))


def clear(place: str) -> None:
    """Forget what has been typed in a place."""
    _drafts()[place] = {}


def restore() -> None:
    """Take what the browser has kept, except where something has been typed since."""
    for place, kept in read_drafts(st.session_state.page_style.drafts).items():
        keep(place, kept | texts(place))


def draw_drafts(*places: str) -> None:
    """Let the browser keep what has been typed in these places in this session; it keeps what was typed before."""
    typed = {place: texts(place) for place in places if place in _drafts()}
    if typed:
        mount_drafts(typed)


def _drafts() -> Drafts:
    """Return what has been typed in this session, by place, the latest last. Only its own runs touch it, in turns."""
    return session().drafts
