"""Websockets of the rooms: browsers that follow one, and browsers that lead it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from engine.core import LANGUAGES
from engine.untrusted import parsed
from visualizer.hall.acts import FOLLOWING, LEADING, Act
from visualizer.hall.broadcast import Broadcast, Line
from visualizer.hall.hall import HALL
from visualizer.hall.limits import Rate
from visualizer.hall.room import Room
from visualizer.scene import json_text

_NO_ROOM, _FULL, _TOO_LONG, _FORBIDDEN = 4404, 4429, 1009, 1008
_WINDOWS, _PATIENCE = 5, 10.0  # lecturer's at a time, and seconds for the token
_NO_MESSAGE = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)
_broadcasts: dict[Room, Broadcast] = {}  # only the event loop of the server touches it
Allowed = Callable[[str | None, str | None], bool]


def meeting(is_allowed: Allowed) -> Callable[[WebSocket], Awaitable[None]]:
    """Return the endpoint that serves one browser, from its first message to its leaving.

    `is_allowed` tells, by the origin of a page and the host that it asks, whether it may open a websocket.
    """

    async def meet(socket: WebSocket) -> None:
        with suppress(WebSocketDisconnect):  # it may leave at any moment
            await _meet(socket, is_allowed)

    return meet


async def _meet(socket: WebSocket, is_allowed: Allowed) -> None:
    if not is_allowed(socket.headers.get("origin"), socket.headers.get("host")):
        await socket.close(_FORBIDDEN)
        return
    await socket.accept()
    code, query = socket.path_params["code"], socket.query_params
    token = await _token(socket) if "lead" in query else None
    room = HALL.find(code) if token is None else HALL.led_by(code, token)
    if room is None:
        await socket.close(_NO_ROOM)
        return
    broadcast = _broadcast_of(room)
    lang = query.get("lang", "")
    line = Line(socket, lang if lang in LANGUAGES else "en", query.get("me", "")[:32], room.limits.queue)
    line.window = query.get("window", "")[:32]
    if token is None:
        await _follow(broadcast, line)
    else:
        await _lead(broadcast, line)


async def _token(socket: WebSocket) -> str:
    """Return the first message of a browser that wants to lead; in an address, logs would keep it."""
    try:
        return await asyncio.wait_for(socket.receive_text(), _PATIENCE)
    except (TimeoutError, WebSocketDisconnect, KeyError):
        return ""


def _broadcast_of(room: Room) -> Broadcast:
    for over in [other for other in _broadcasts if other.ended]:
        del _broadcasts[over]
    if room not in _broadcasts:
        _broadcasts[room] = Broadcast(room)
    return _broadcasts[room]


async def _follow(broadcast: Broadcast, line: Line) -> None:
    if len(broadcast.followers) >= broadcast.room.limits.followers:
        await line.socket.close(_FULL)
        return
    broadcast.followers.add(line)
    broadcast.count()
    line.ready.set()
    try:
        await _talk(broadcast, line, FOLLOWING, broadcast.room.limits.follower_rate)
    finally:
        broadcast.followers.discard(line)
        broadcast.count()


async def _lead(broadcast: Broadcast, line: Line) -> None:
    if len(broadcast.leaders) >= _WINDOWS:
        await line.socket.close(_FULL)
        return
    room, line.behind = broadcast.room, False
    broadcast.leaders.add(line)
    room.came()
    line.put(json_text({"what": "ink", "ink": room.ink}))
    broadcast.tell_who_leads()
    broadcast.tell_desks()
    broadcast.count()
    try:
        await _talk(broadcast, line, LEADING, room.limits.leader_rate)
    finally:
        broadcast.leaders.discard(line)
        room.left()
        broadcast.tell("point", at=None)


async def _talk(broadcast: Broadcast, line: Line, acts: dict[str, Act], per_second: float) -> None:
    """Send and read messages, until either ends."""
    tasks = [
        asyncio.create_task(_send(broadcast, line)),
        asyncio.create_task(_read(broadcast, line, acts, Rate(per_second))),
    ]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            with suppress(WebSocketDisconnect, RuntimeError, OSError):
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        with suppress(WebSocketDisconnect, RuntimeError, OSError):
            await line.socket.close()


async def _send(broadcast: Broadcast, line: Line) -> None:
    while True:
        await line.ready.wait()
        line.ready.clear()
        while line.behind or line.waiting:
            if not line.behind:
                await line.socket.send_text(line.waiting.popleft())
                continue
            line.behind = False  # what changes while the whole is made comes after it
            if line in broadcast.followers:
                await line.socket.send_text(await broadcast.whole(line))
        if line.over:
            return


async def _read(broadcast: Broadcast, line: Line, acts: dict[str, Act], rate: Rate) -> None:
    while True:
        text = await line.socket.receive_text()
        if len(text.encode()) > broadcast.room.limits.message_bytes:
            await line.socket.close(_TOO_LONG)
            return
        await asyncio.sleep(rate.wait())
        with suppress(*_NO_MESSAGE):  # a browser is a stranger
            message = parsed(text)
            await acts[message["what"]](broadcast, line, message)
