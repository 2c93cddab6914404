"""Files to take away: made when their button is pressed, and handed to the browser for a while, which saves each once.

Streamlit's own download buttons lose a press. What they hand out is gone where the page is drawn at that moment, or
where two runs end, of any session, before the browser has fetched it; and what makes a file there knows no session.
"""

import time
from collections.abc import Callable
from functools import partial
from secrets import token_hex

import streamlit as st

from visualizer.pages.session import is_fragment_run, session, state
from visualizer.stage.component import mount_download, packed

_KEPT = 60  # seconds: a drawing may be overtaken, or its browser be away


def download_button(
    label: str,
    make: Callable[[], str],
    name: str,
    mime: str,
    key: str,
    tip: str | None = None,
    *,
    disabled: bool = False,
) -> None:
    """Draw a button that saves the file which `make` returns; where that raises an `InputError`, the page says it."""
    st.button(label, key, tip, on_click=state.act, args=(partial(_make, key, make, name, mime),), disabled=disabled)
    if is_fragment_run() and key in session().downloads:
        draw_downloads(f"{key}_file")


def draw_downloads(place: str = "downloads") -> None:
    """Hand over the files; where all of the page is drawn, at its end, as their buttons may be gone by then."""
    files = [file for _, file in _recent().values()]
    if files:
        mount_download(place, files)


def _make(key: str, make: Callable[[], str], name: str, mime: str) -> None:
    file = {"id": token_hex(8), "name": name, "mime": mime, "packed": packed(make().encode())}
    files = {**_recent(), key: (time.monotonic(), file)}
    session().downloads = files


def _recent() -> dict[str, tuple[float, dict[str, str]]]:
    """Return the files that have not been there for long, by the keys of their buttons."""
    since = time.monotonic() - _KEPT
    return {key: (made, file) for key, (made, file) in session().downloads.items() if made > since}
