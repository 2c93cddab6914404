"""The stage as a Streamlit component: one mount for the keyframes, and channels to the parts that a step changes.

Keyframes are large and rarely change; Streamlit sends an unchanged message as its hash only. A channel is small: what
the stage sends on it redraws only the fragment in which the channel is mounted.
"""

import time
from base64 import b64encode
from collections.abc import Callable
from typing import Any
from zlib import compress

import streamlit as st

from visualizer.stage.assets import (
    HTML,
    LEAD_HTML,
    PAINT_HTML,
    POINTS_HTML,
    RENDERINGS_HTML,
    asset,
    bare,
    lead_stylesheet,
    page_stylesheet,
    paint_stylesheet,
    points_stylesheet,
    script,
    stylesheet,
    table_stylesheet,
)
from visualizer.stage.drafts import MOST_PLACES

LEAD = 0.12  # seconds for the browser to fetch what draws components, lest React hold the picture back for 0.3

_stage = st.components.v2.component("backprop_stage", html=HTML, css=stylesheet(), js=script("stepping/live"))
_channel = st.components.v2.component("backprop_channel", js=bare("stepping/channel.js"))
_address = st.components.v2.component("backprop_address", js=asset("page/address.js"))
_drafts = st.components.v2.component("backprop_drafts", js=asset("page/drafts.js"))
_download = st.components.v2.component("backprop_download", js=script("files/download"))
_pictures = st.components.v2.component(
    "backprop_pictures", html='<div class="pictures"></div>', css=asset("files/picture.css"), js=script("files/picture")
)
_renderings = st.components.v2.component(
    "backprop_renderings", html=RENDERINGS_HTML, css=asset("files/picture.css"), js=script("files/renderings")
)
_paint = st.components.v2.component(
    "backprop_paint", html=PAINT_HTML, css=paint_stylesheet(), js=asset("boards/paint.js")
)
_points = st.components.v2.component(
    "backprop_points", html=POINTS_HTML, css=points_stylesheet(), js=script("boards/points")
)
_table = st.components.v2.component(
    "backprop_table", html='<div class="table"></div>', css=table_stylesheet(), js=asset("boards/table.js")
)
_words = st.components.v2.component(
    "backprop_words", html='<div class="words"></div>', js=bare("page/words.js"), isolate_styles=False
)
_lead = st.components.v2.component("backprop_lead", html=LEAD_HTML, css=lead_stylesheet(), js=script("room/lead"))
_clock = st.components.v2.component(
    "backprop_clock",
    html='<div class="clock" role="timer"><span></span><span></span></div>',
    css=asset("room/clock.css"),
    js=bare("room/clock.js"),
)
_page = st.components.v2.component("backprop_page", css=page_stylesheet(), js=script("page/page"), isolate_styles=False)


def mount_page(first: bool, session: str, lang: str, on_drafts: Callable[[], None]) -> None:
    """Mount the page's style sheet, waited for at first, and its listeners; it revives a lost session.

    `lang` tells a browser, and what reads the page aloud, which language it is in. `on_drafts` is called at the
    beginning of a session for which the browser stored drafts. They are then in the session, as `page_style.drafts`:
    whatever the browser has sent.
    """
    data = {"session": session, "lang": lang}
    _page(key="page_style", data=data, height=1, on_back_change=lambda: None, on_drafts_change=on_drafts)
    if first:
        time.sleep(LEAD)


def mount_drafts(drafts: dict[str, dict[str, str]], key: str) -> None:
    """Let the browser store the drafts of some places, by name; its older drafts of these places are deleted."""
    _drafts(key=key, data={"drafts": drafts, "most": MOST_PLACES}, height=1)


def mount_address(page: str, query: str) -> None:
    """Set the address of a page, in place of the one before."""
    _address(key="address", data={"page": page, "query": query}, height=1)


def packed(content: bytes, level: int = 6) -> str:
    """Pack bytes as the scripts of the page unpack them: deflated, in Base64."""
    return b64encode(compress(content, level)).decode()


def mount_download(key: str, files: list[dict[str, str]]) -> None:
    """Let the browser save files, each once: with an `id`, a `name`, a `mime` type, and what is in it, `packed`."""
    _download(key=key, data={"files": files}, height=1)


def mount_pictures(name: str, buttons: list[dict[str, str]]) -> None:
    """Mount buttons that save the drawing on the page: each with its `kind`, svg or png, its `label` and its `tip`."""
    _pictures(key="pictures", data={"name": name, "buttons": buttons})


def mount_renderings(data: dict[str, Any], on_wanted: Callable[[], None]) -> None:
    """Mount buttons that make files of moving pictures or of pages; `on_wanted` is called when one is pressed.

    What is wanted is then in the session, as `renderings.wanted`: the `rendering`, and the `span` of it. `data` has
    the `renderings` and the `spans`, each with its `name` and its `label`, the `words`, a `problem`, and what is
    `made`: the page that makes the file, `packed`, with the `id`, `name` and `label` of that. It is made once, however
    often it is sent.
    """
    _renderings(key="renderings", data=data, on_wanted_change=on_wanted)


def mount_paint(data: dict[str, Any], on_ink: Callable[[], None]) -> None:
    """Mount a grid to draw on; `on_ink` is called when a stroke has been drawn.

    The drawing is then in the session, as `paint.ink`: a text with a character from 0 to f for each cell. `data` has
    `rows` and `columns`, the `radius` of the pen in cells, `colours`, `words`, and the `ink` to begin with; that is
    taken again only where `edition` changes.
    """
    _paint(key="paint", data=data, on_ink_change=on_ink)


def mount_points(data: dict[str, Any], on_points: Callable[[], None]) -> None:
    """Mount a board to draw points on; `on_points` is called when they have changed and the pointer is let go.

    They are then in the session, as `points_board.points`: a dict with the `kind` and the list of `points`. `data` has
    these two, the `ranges` of both axes, how many points there may be at `most`, `words`, and an `edition`: another one
    takes back what the browser has drawn.
    """
    _points(key="points_board", data=data, on_points_change=on_points)


def mount_table(key: str, data: dict[str, Any], on_typed: Callable[[], None]) -> None:
    """Mount a table of numbers to type into; `on_typed` is called when a cell has been typed in.

    It is then in the session under the key, as `typed`: a dict with the `edition` that was typed into, and `cells`,
    all texts that were typed by their place, such as 0.2 for the first row and the third column. `data` has `columns`
    and `rows`, their names, the texts of the `cells` row by row, the places of those that are `wrong`, a `label`, and
    an `edition`: the texts are taken again only where that changes.
    """
    _table(key=key, data=data, on_typed_change=on_typed)


def mount_lead(data: dict[str, Any]) -> None:
    """Mount the bar of a room: it tells where the stage, the pointer and the pen are, and shows who is there.

    `data` has the `code` and the `token` of the room, the `base` of the server's addresses, `lang`, the `words`, and
    the `question` as it is drawn; where that has changed in the room, it asks for what is around it.
    """
    _lead(key="lead", data=data, on_changed_change=lambda: None)


def mount_clock(data: dict[str, Any]) -> None:
    """Mount the clock of a rehearsal, which goes on by itself.

    `data` has the seconds at the `slide` and in `all` so far, what is `planned` for the slide and `due` at its end, and
    the `words` for both.
    """
    _clock(key="clock", data=data)


def mount_words(key: str, html: str) -> None:
    """Mount words and equations as HTML, written by `visualizer.writing.typeset`."""
    _words(key=key, data={"packed": packed(html.encode(), 9)})


def mount_stage(keyframes: str, gzipped: bytes, on_event: Callable[[], None]) -> None:
    """Mount the drawing; `on_event` is called when the reader chooses an element, or another granularity.

    It has the id of its keyframes, and these as JSON, packed with gzip: Streamlit would write a dict as JSON twice in
    each run.

    The event is then in the session, as `stage.event`: a dict with `what` and the settings that go with it, and with
    `seq`, its number, which the cursor carries back as `ack`; until then the event comes again.
    """
    data = {"id": keyframes, "packed": b64encode(gzipped).decode()}
    _stage(key="stage", data=data, on_event_change=on_event)


def mount_numbers(numbers: dict[str, Any], on_drag: Callable[[], None]) -> None:
    """Send the drawing the numbers of its keyframes; `on_drag` is called while the reader drags one of them.

    `numbers` has of which `keyframes` they are, which `lecture`, its `edition`, the `values`, what is `chosen`, and
    `ack`.
    The drag is then in the session, as `numbers_channel.event`: an event with the `element`, and its `value`, or how
    far `up` it has been dragged, in steps.
    """
    _channel(key="numbers_channel", data={"channel": "numbers", **numbers}, height=1, on_event_change=on_drag)


def mount_whole(ack: int, on_whole: Callable[[], None]) -> None:
    """Let the drawing ask for the whole page, which Streamlit draws for what stands in none of its parts.

    What asks for it is then in the session, as `page_channel.event`: an event too.
    """
    _channel(key="page_channel", data={"channel": "page", "ack": ack}, height=1, on_event_change=on_whole)


def mount_position(cursor: dict[str, Any], on_go: Callable[[], None]) -> None:
    """Send the server's position to the drawing; `on_go` is called when the reader has stepped in it.

    The step is then in the session, as `position_channel.event`: one with `position`, the `lecture` it belongs to,
    and `by` how many steps the reader has gone.
    """
    _channel(key="position_channel", data={"channel": "position", **cursor}, height=1, on_event_change=on_go)


def mount_equation(equation: dict[str, Any], on_ask: Callable[[], None]) -> None:
    """Send the drawing the moment of the equation, and the ids of the cells of its matrices.

    `equation` has what it `shows`, what the `cells` of its matrices are in the drawing, matrix by matrix, and `ack`.
    What asks for it is then in the session, as `equation_channel.event`: an event too.
    """
    data = {"channel": "equation", **equation}
    _channel(key="equation_channel", data=data, height=1, on_event_change=on_ask)
