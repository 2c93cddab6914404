"""A reader of the app without a browser: it speaks Streamlit's websocket, as the browser does, and draws nothing.

What it keeps of a page is what the browser keeps: the elements, what each widget holds, and the clocks of fragments.
So it can do at any moment what a reader can do, and many of it fit on one machine.
"""

import asyncio
import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

_LARGEST = 2**26  # bytes of a message
_FRAGMENT_DONE, _DONE = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY, ForwardMsg.FINISHED_SUCCESSFULLY


@dataclass
class Drawn:
    """An element or a container, the run that drew it last, and the fragment that it belongs to."""

    kind: str
    proto: Any
    run: int
    fragment: str

    @property
    def key(self) -> str:
        """The key that the page gave it: the id is `$$ID-digest-key`."""
        parts = getattr(self.proto, "id", "").split("-", 2)
        return parts[2] if len(parts) > 2 else ""


def _held(kind: str, proto: Any, known: WidgetState | None) -> WidgetState | None:
    """Return the value of a widget once it is drawn: the page's, else its own, else its default."""
    if kind not in ("text_input", "text_area", "selectbox", "checkbox", "multiselect", "slider"):
        return None
    if known and not proto.set_value:
        return known
    state, is_set = WidgetState(id=proto.id), proto.set_value
    if kind in ("text_input", "text_area"):
        state.string_value = proto.value if is_set else proto.default
    elif kind == "selectbox":
        state.string_value = proto.raw_value if is_set else proto.options[proto.default]
    elif kind == "checkbox":
        state.bool_value = proto.value if is_set else proto.default
    elif kind == "multiselect":
        state.string_array_value.data.extend(proto.raw_values if is_set else [proto.options[i] for i in proto.default])
    else:
        state.double_array_value.data.extend(proto.value if is_set else proto.default)
    return state


@dataclass
class Reader:
    """Open page, by a connection of its own.

    Attributes
    ----------
    elements : dict of (tuple of int, Drawn)
        What stands on the page, by its place.
    runs : int
        How many runs of the script have ended.
    drawn : bool
        Whether a run has drawn all that it draws, and nothing has been asked for since: nothing older is left.
    """

    socket: ClientConnection
    page: str
    query: str = ""
    elements: dict[tuple[int, ...], Drawn] = field(default_factory=dict)
    values: dict[str, WidgetState] = field(default_factory=dict)
    runs: int = 0
    drawn: bool = False
    listening: asyncio.Task | None = None
    _script: str = ""  # the page as the server calls it; nothing while it is being opened
    _run: int = 0
    _fragments: tuple[str, ...] = ()
    _clocks: dict[str, asyncio.Task] = field(default_factory=dict)
    _cached: dict[str, ForwardMsg] = field(default_factory=dict)
    _waiting: list[tuple[Callable[[], Any], asyncio.Future]] = field(default_factory=list)

    @classmethod
    async def open(cls, address: str, page: str, query: str = "") -> "Reader":
        """Open a page and begin to listen; `listening` is the task that does."""
        uri = address.replace("http", "ws", 1) + "/_stcore/stream"
        made = cls(
            await connect(uri, subprotocols=[Subprotocol("streamlit")], max_size=_LARGEST, ping_timeout=None),
            page,
            query,
        )
        made.listening = asyncio.create_task(made._listen())
        await made.ask()
        return made

    async def aclose(self) -> None:
        """Close the page."""
        self._stop_clocks()
        await self.socket.close()

    async def ask(self, trigger: str = "", fragment: str = "", by_clock: bool = False) -> None:
        """Ask for a run of the script, or of a fragment, with all that the widgets hold and at most one press."""
        self.drawn = False
        message = BackMsg()
        client = message.rerun_script
        client.query_string = self.query
        client.cached_message_hashes.extend(self._cached)
        client.page_name, client.page_script_hash = ("", self._script) if self._script else (self.page, "")
        client.fragment_id, client.is_auto_rerun = fragment, by_clock
        client.widget_states.widgets.extend(self.values.values())
        if trigger:
            client.widget_states.widgets.append(WidgetState(id=trigger, trigger_value=True))
        await self.socket.send(message.SerializeToString())

    async def until(self, holds: Callable[[], Any], seconds: float = 60) -> None:
        """Wait until a condition holds of all that a run has drawn; in the middle of one there are older elements."""
        if not (self.drawn and holds()):
            held = asyncio.get_running_loop().create_future()
            self._waiting.append((holds, held))
            await asyncio.wait_for(held, seconds)

    async def press(self, key: str) -> bool:
        """Press a button; return whether it is there."""
        found = self.find(key)
        if found is None or found.proto.disabled:
            return False
        await self.ask(found.proto.id, found.fragment)
        return True

    async def press_and_hear(self, key: str, seconds: float = 60) -> bool:
        """Press a button, and wait until a run that began after that draws: it has taken the press by then.

        Streamlit 1.67 drops a press for what is asked for in the milliseconds between the beginning of its run and its
        callback (`SafeSessionState.on_script_will_rerun` ends the run there), which is faster than anybody types.
        """
        before = self._run
        pressed = await self.press(key)
        async with asyncio.timeout(seconds):
            while pressed and all(drawn.run <= before for drawn in self.elements.values()):
                await asyncio.sleep(0.001)
        return pressed

    async def put(self, key: str, **value: Any) -> None:
        """Put a value into a widget, and tell the server."""
        found = self.field(key)
        if found:
            self.values[found.proto.id] = WidgetState(id=found.proto.id, **value)
            await self.ask(fragment=found.fragment)

    async def go_to(self, page: str) -> None:
        """Open another page of the app in the same session."""
        self.page, self.values, self._script = page, {}, ""
        await self.ask()

    def find(self, key: str) -> Drawn | None:
        """Return the latest element with a key, if it is on the page."""
        found = [drawn for drawn in self.elements.values() if key and drawn.key == key]
        return max(found, key=lambda drawn: drawn.run, default=None)

    def field(self, key: str) -> Drawn | None:
        """Return the latest field in a place: of those that have stood there, the keys of some end with a number."""
        found = [drawn for drawn in self.elements.values() if re.fullmatch(rf"{re.escape(key)}(_\d+)?", drawn.key)]
        return max(found, key=lambda drawn: drawn.run, default=None)

    def all(self, kind: str) -> list[Drawn]:
        """Return the elements of a kind."""
        return [drawn for drawn in self.elements.values() if drawn.kind == kind]

    def files(self) -> dict[str, str]:
        """Files that the page hands to the browser, packed, by their ids."""
        parts = [json.loads(part.proto.json) for part in self.all("bidi_component") if part.key == "downloads"]
        return {file["id"]: file["packed"] for part in parts for file in part["files"]}

    async def _listen(self) -> None:
        async for data in self.socket:
            message = self._whole(ForwardMsg.FromString(data))
            kind = message.WhichOneof("type")
            if kind == "delta":
                self._draw(tuple(message.metadata.delta_path), message.delta)
            elif kind == "new_session":
                self._begin(tuple(message.metadata.run.fragment_ids))
            elif kind == "navigation":
                self._script = message.navigation.page_script_hash
            elif kind == "script_finished":
                self._end(message.script_finished)
            elif kind == "auto_rerun":
                self._wind(message.auto_rerun.fragment_id, message.auto_rerun.interval)
            elif kind == "stop_auto_rerun":
                self._stop_clocks(message.stop_auto_rerun.fragment_ids)

    def _whole(self, message: ForwardMsg) -> ForwardMsg:
        """Return a message of which the server may have sent no more than a hash, since it has been sent before."""
        if message.WhichOneof("type") == "ref_hash":
            metadata, message = message.metadata, self._cached[message.ref_hash]
            message.metadata.CopyFrom(metadata)
        elif message.metadata.cacheable:
            self._cached[message.hash] = message
        return message

    def _begin(self, fragments: tuple[str, ...]) -> None:
        self.drawn = False
        self._run, self._fragments = self._run + 1, fragments
        if not fragments:
            self._stop_clocks()

    def _draw(self, path: tuple[int, ...], delta: Any) -> None:
        block = delta.add_block
        if delta.WhichOneof("type") == "new_element":
            kind = delta.new_element.WhichOneof("type")
            proto = getattr(delta.new_element, kind)
        elif delta.WhichOneof("type") == "add_block" and block.WhichOneof("type") == "popover" and block.popover.id:
            kind, proto = "popover", block.popover
        else:
            self.elements.pop(path, None)
            return
        self.elements[path] = Drawn(kind, proto, self._run, delta.fragment_id)
        held = _held(kind, proto, self.values.get(getattr(proto, "id", "")))
        if held:
            self.values[proto.id] = held

    def _end(self, how: int) -> None:
        """Remove the elements that this run has not drawn again."""
        self.runs += 1
        if how not in (_DONE, _FRAGMENT_DONE):
            return
        whole = how == _DONE
        self.elements = {
            path: drawn
            for path, drawn in self.elements.items()
            if drawn.run == self._run or not (whole or drawn.fragment in self._fragments)
        }
        there = {getattr(drawn.proto, "id", "") for drawn in self.elements.values()}
        self.values = {id_: value for id_, value in self.values.items() if id_ in there}
        self.drawn = True
        for waiting in [(holds, held) for holds, held in self._waiting if held.done() or holds()]:
            self._waiting.remove(waiting)
            if not waiting[1].done():
                waiting[1].set_result(None)

    def _wind(self, fragment: str, interval: float) -> None:
        self._stop_clocks([fragment])
        self._clocks[fragment] = asyncio.create_task(self._tick(fragment, interval))

    async def _tick(self, fragment: str, interval: float) -> None:
        with suppress(ConnectionClosed):
            while True:
                await asyncio.sleep(interval)
                await self.ask(fragment=fragment, by_clock=True)

    def _stop_clocks(self, fragments: Any = None) -> None:
        for name in list(self._clocks) if fragments is None else fragments:
            clock = self._clocks.pop(name, None)
            if clock:
                clock.cancel()
