"""The address of a page: what it names is open at first, and then it follows what the page shows."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from engine import Text
from visualizer.address import current, left_out_words, own_query
from visualizer.pages import _state as state
from visualizer.pages._session import session
from visualizer.stage.component import mount_address

_TOO_LONG = Text(
    "The address cannot hold {}: a reload would lose that. Save a file first (“Save and open”).",
    "地址里放不下{}，重新载入就会丢失：请先用“保存与打开”存成文件。",
)


def shown(name: str) -> Any:
    """Return what is shown by a name that the address of a page has."""
    return current(name, session().shown, state.model())


def go(**texts: str) -> None:
    """Show something else on a page, in the words of its address; what was complained about is settled."""
    now = session()
    now.shown, now.problems = {**now.shown, **texts}, ()


def draw_address(page: str, own: Mapping[str, str] | None = None) -> None:
    """Let the address say what a page shows, by `own` names or those of the table; say what it cannot hold."""
    own = own_query(page, session().shown, state.model()) if own is None else own
    query, left_out = state.query(page, own)
    mount_address(page, query)
    draw_left_out(left_out)


def draw_left_out(left_out: tuple[str, ...]) -> None:
    """Say what the address is too long for, where it is."""
    if left_out:
        st.caption(state.say(_TOO_LONG, left_out_words(left_out)))
