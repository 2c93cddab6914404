"""The address of a page: its parameters decide what is open at first, and then it follows the page."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from engine import Text
from visualizer.address import current, left_out_words, own_query
from visualizer.pages.session import state
from visualizer.pages.session.session import session
from visualizer.stage.component import mount_address

_TOO_LONG = Text(
    "The address cannot hold {}: a reload would lose that. Save a file first (“Save / open”).",
    "地址里放不下{}，重新载入就会丢失：请先用“保存与打开”存成文件。",
)


def choice(name: str) -> Any:
    """Return the value of a parameter of the page's address."""
    return current(name, session().shown, state.model())


def go(**texts: str) -> None:
    """Show another thing on a page, by parameters of its address; earlier problems are settled."""
    now = session()
    now.shown, now.problems = {**now.shown, **texts}, ()


def draw_address(page: str, own: Mapping[str, str] | None = None) -> None:
    """Update the address of a page, with its `own` parameters or those of the table; tell what it cannot hold."""
    own = own_query(page, session().shown, state.model()) if own is None else own
    query, left_out = state.query(page, own)
    mount_address(page, query)
    draw_left_out(left_out)


def draw_left_out(left_out: tuple[str, ...]) -> None:
    """Draw a remark on what the address is too long for, where it is."""
    if left_out:
        st.caption(state.say(_TOO_LONG, left_out_words(left_out)))
