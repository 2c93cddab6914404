"""The stage as a Streamlit component: one mount for the film, one for the cursor.

The film is large and rarely changes; Streamlit sends an unchanged message as its hash only. The cursor is small and
changes at every step.
"""

from collections.abc import Callable
from pathlib import Path
from string import Template
from typing import Any

import streamlit as st

from visualizer import palette

_HERE = Path(__file__).parent
_HTML = '<div class="frame"><ul class="legend"></ul></div>'


def _asset(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def stylesheet() -> str:
    """Return the style sheet with the palette's colours filled in."""
    colours = {name.lower(): getattr(palette, name) for name in ("NEGATIVE", "ZERO", "POSITIVE", "READ", "WRITE")}
    return Template(_asset("stage.css")).substitute(colours)


_film = st.components.v2.component("backprop_stage", html=_HTML, css=stylesheet(), js=_asset("stage.js"))
_cursor = st.components.v2.component("backprop_cursor", js=_asset("cursor.js"))


def mount_stage(film: dict[str, Any], on_event: Callable[[], None]) -> None:
    """Mount the drawing; `on_event` is called when the reader steps, chooses or asks for another grain in it.

    The event is then in the session under `stage`: a dict with `what`, the settings that go with it, and `asked`, its
    number.
    """
    _film(key="stage", data=film, on_event_change=on_event)


def mount_cursor(cursor: dict[str, Any]) -> None:
    """Tell the drawing where the server is: position, chosen element, address, and the last event it has answered."""
    _cursor(key="cursor", data=cursor, height=1)
