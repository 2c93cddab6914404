"""Acts of the browsers in a room: what each message of a follower and of a lecturer does."""

from collections.abc import Awaitable, Callable
from math import isfinite
from typing import Any

from engine import InputError
from visualizer.hall.ask import LONGEST
from visualizer.hall.broadcast import Broadcast, Line, made
from visualizer.scene import json_text

Act = Callable[[Broadcast, Line, dict[str, Any]], Awaitable[None]]


async def _answer(broadcast: Broadcast, line: Line, message: dict[str, Any]) -> None:
    """Take an answer, and say that it was taken, or why not."""
    room, text, number = broadcast.room, str(message["text"]).strip()[:LONGEST], int(message["number"])
    told = {"what": "taken", "number": number, "own": text, "label": room.label_in(line.lang, text), "problem": ""}
    try:
        room.answer(line.name, text, number)
    except InputError as error:
        told["problem"] = error.sentence(line.lang)
    line.put(json_text(told))
    broadcast.count()


async def _ask_for_whole(_: Broadcast, line: Line, __: dict[str, Any]) -> None:
    line.put_whole()


def _of_whoever_leads(act: Act) -> Act:
    """Act of the window that leads; of another one it is none."""

    async def of_leader(broadcast: Broadcast, line: Line, message: dict[str, Any]) -> None:
        if broadcast.room.obeys(line.window):
            await act(broadcast, line, message)

    return of_leader


async def _take(broadcast: Broadcast, line: Line, _: dict[str, Any]) -> None:
    broadcast.room.take(line.window)


async def _ask(broadcast: Broadcast, line: Line, message: dict[str, Any]) -> None:
    """Ask the room, and say why where there is nothing to ask."""
    try:
        await made(broadcast.room.ask, str(message["kind"]))
    except InputError as error:
        line.put(json_text({"what": "problem", "text": error.sentence(line.lang)}))


async def _reveal(broadcast: Broadcast, _: Line, __: dict[str, Any]) -> None:
    broadcast.room.reveal()


async def _withdraw(broadcast: Broadcast, _: Line, __: dict[str, Any]) -> None:
    broadcast.room.withdraw()


async def _go(broadcast: Broadcast, _: Line, message: dict[str, Any]) -> None:
    room = broadcast.room
    if room.go(str(message["lecture"])[:200], int(message["position"])):
        broadcast.tell("go", edition=room.edition, position=room.position)
        broadcast.tell_leaders(**broadcast.at())


async def _point(broadcast: Broadcast, _: Line, message: dict[str, Any]) -> None:
    at = message["at"]
    broadcast.tell("point", at=None if at is None else _numbers(at)[:2])


async def _draw(broadcast: Broadcast, line: Line, message: dict[str, Any]) -> None:
    room = broadcast.room
    if room.draw(_numbers(message["stroke"])):
        broadcast.tell("stroke", stroke=room.ink[-1])
        _tell_others(broadcast, line, {"what": "stroke", "stroke": room.ink[-1]})


async def _clear(broadcast: Broadcast, line: Line, _: dict[str, Any]) -> None:
    broadcast.room.clear()
    broadcast.tell("clear")
    _tell_others(broadcast, line, {"what": "clear"})


async def _present(broadcast: Broadcast, _: Line, message: dict[str, Any]) -> None:
    broadcast.room.presenting = bool(message["on"])
    broadcast.tell("present", on=broadcast.room.presenting)


def _tell_others(broadcast: Broadcast, own: Line, content: dict[str, Any]) -> None:
    for line in broadcast.leaders - {own}:
        line.put(json_text(content))


def _numbers(values: Any) -> list[float]:
    """Return numbers from a browser; raise `ValueError` where one is none."""
    numbers = [float(value) for value in values]
    if not all(map(isfinite, numbers)):
        raise ValueError("not finite")
    return numbers


async def _pong(broadcast: Broadcast, line: Line, _: dict[str, Any]) -> None:
    """Answer a browser that asks whether the line still stands, with the number of the latest message."""
    line.put(json_text({"what": "pong", "latest": broadcast.seq}))


FOLLOWING: dict[str, Act] = {"answer": _answer, "whole": _ask_for_whole, "ping": _pong}
LEADING: dict[str, Act] = {
    "ping": _pong,
    "go": _of_whoever_leads(_go),
    "point": _of_whoever_leads(_point),
    "draw": _of_whoever_leads(_draw),
    "clear": _of_whoever_leads(_clear),
    "present": _of_whoever_leads(_present),
    "take": _take,
    "ask": _ask,
    "reveal": _reveal,
    "withdraw": _withdraw,
}
