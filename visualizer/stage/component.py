"""The stage as a Streamlit component: one mount for the film, and lines to the parts of the page that a step changes.

The film is large and rarely changes; Streamlit sends an unchanged message as its hash only. A line is small: what the
stage sends on it redraws only the fragment in which the line is mounted.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from visualizer.stage.assets import HTML, asset, page_stylesheet, script, stylesheet

_film = st.components.v2.component("backprop_stage", html=HTML, css=stylesheet(), js=script())
_line = st.components.v2.component("backprop_line", js=asset("line.js"))
_address = st.components.v2.component("backprop_address", js=asset("address.js"))
_page = st.components.v2.component("backprop_page", css=page_stylesheet(), js=asset("page.js"), isolate_styles=False)


def mount_page(session: str) -> None:
    """Mount what concerns the page as a whole: its style sheet, and what begins it anew in another session."""
    _page(key="page_style", data={"session": session}, height=1, on_back_change=lambda: None)


def mount_address(query: str) -> None:
    """Let the address of the page say this; what it said before is forgotten."""
    _address(key="address", data={"query": query}, height=1)


def mount_stage(film: dict[str, Any], on_event: Callable[[], None]) -> None:
    """Mount the drawing; `on_event` is called when the reader chooses something in it, or asks for another grain.

    The event is then in the session, as `stage.event`: a dict with `what` and the settings that go with it, and with
    `told`, its number, which the cursor carries back as `heard`; until then the event comes again.
    """
    _film(key="stage", data=film, on_event_change=on_event)


def mount_position(cursor: dict[str, Any], on_go: Callable[[], None]) -> None:
    """Tell the drawing where the server is; `on_go` is called when the reader has stepped in it.

    The step is then in the session, as `position_line.go`: a dict with `position`, the `lecture` it belongs to, `by`
    how many steps it lies from where the server was, and `asked`, its number, which the cursor carries back as
    `answered`.
    """
    _line(key="position_line", data={"line": "position", **cursor}, height=1, on_go_change=on_go)


def mount_equation(shows: str, cells: list[list[list[str]]]) -> None:
    """Tell the drawing for which moment the equation stands, and what the cells of its matrices are in the drawing."""
    data = {"line": "equation", "shows": shows, "cells": cells}
    _line(key="equation_line", data=data, height=1, on_go_change=lambda: None)
