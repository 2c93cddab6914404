"""Broadcast of a room: every change to every browser in it, in order, and in the browser's language.

Each message to followers has the next number, so that a browser sees a gap and asks for the whole. What takes time, the
keyframes and words of another state, is made in a thread; positions, pointer and pen go out at once.
"""

import asyncio
import logging
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from starlette.websockets import WebSocket

from engine.core import LANGUAGES
from visualizer.hall.room import Room
from visualizer.hall.shown import WINDOW
from visualizer.scene import chunk_of, json_text

_STATUS_EVERY, _LOOK_EVERY = 0.25, 20.0  # seconds between two reports to the lecturer, and between looks at the clock
_LOG = logging.getLogger(__name__)
_MAKERS = ThreadPoolExecutor(2, "hall")


async def made(make: Any, *args: Any) -> Any:
    """Make something in a thread."""
    return await asyncio.get_running_loop().run_in_executor(_MAKERS, make, *args)


@dataclass(eq=False)
class Line:
    """Line to one browser: what waits for it, at most so many messages; then it is told the whole instead.

    Attributes
    ----------
    socket : WebSocket
    lang : str
    name : str
        What the browser calls itself.
    most : int
    window : str
        Of a lecturer's window with a stage, the name of its session.
    """

    socket: WebSocket
    lang: str
    name: str
    most: int
    window: str = ""
    behind: bool = True
    over: bool = False
    waiting: deque[str] = field(default_factory=deque)
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, text: str) -> None:
        """Let a message wait."""
        if len(self.waiting) >= self.most:
            self.put_whole()
        elif not self.behind:
            self.waiting.append(text)
            self.ready.set()

    def put_whole(self) -> None:
        """Let the whole wait, in place of all else."""
        self.waiting.clear()
        self.behind = True
        self.ready.set()


class Broadcast:
    """Broadcast of one room; it belongs to the event loop of the server.

    Parameters
    ----------
    room : Room
    """

    def __init__(self, room: Room) -> None:
        self.room, self.seq = room, 0
        self.followers: set[Line] = set()
        self.leaders: set[Line] = set()
        self._changed, self._counted = asyncio.Event(), asyncio.Event()
        self._sent: tuple[int, int] = (-1, -1)  # edition and chunk
        self._windows: set[int] = set()  # of it, whose words have been sent
        self._question: tuple[int, bool] = (0, False)
        self._leading = room.leading
        self._loop = asyncio.get_running_loop()
        room.wake = self._wake
        self._tasks = [asyncio.create_task(self._follow()), asyncio.create_task(self._count())]
        self._changed.set()

    def _wake(self) -> None:
        """Look at the room again; any thread may call it, also while the server ends."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._changed.set)

    def tell(self, what: str, **content: Any) -> None:
        """Message to all followers, in any language."""
        self._tell_each({lang: {"what": what, **content} for lang in LANGUAGES})

    def _tell_each(self, by_lang: dict[str, dict[str, Any]]) -> None:
        self.seq += 1
        texts = {lang: json_text({"seq": self.seq, **message}) for lang, message in by_lang.items()}
        for line in self.followers:
            if line.lang in texts:
                line.put(texts[line.lang])
            else:
                line.put_whole()

    def tell_leaders(self, **content: Any) -> None:
        """Message to all browsers that lead."""
        for line in self.leaders:
            line.put(json_text(content))

    def tell_who_leads(self) -> None:
        """Message to every window with a stage, whether it leads."""
        for line in self.leaders:
            if line.window:
                line.put(json_text({"what": "lead", "leads": self.room.obeys(line.window)}))

    def tell_desks(self) -> None:
        """Place in the lecture and in the lesson, to all browsers that lead."""
        shown = self.room.shown
        if shown is None:
            return
        for line in self.leaders:
            line.put(json_text({**self.at(), **shown.desk(line.lang)}))

    def at(self) -> dict[str, Any]:
        """Return the place in the lecture, for the browsers that lead."""
        shown, room = self.room.shown, self.room
        return {"what": "at", "position": room.position, "last": shown.last if shown else 0, "edition": room.edition}

    def count(self) -> None:
        """Let the lecturer know how many there are, and have answered."""
        self.room.followers = len(self.followers)
        self._counted.set()

    async def whole(self, line: Line) -> str:
        """Return all that a newcomer needs, as of now."""
        room = self.room
        shown = room.shown
        body: dict[str, Any] = {}
        if shown:
            position = room.position
            words = await made(shown.words, line.lang, position // WINDOW)
            body = {**await made(shown.body, line.lang, position), "words": words, "window": position // WINDOW}
            if room.shown is not shown:
                return await self.whole(line)
        own = room.answers[line.name].text if line.name in room.answers else ""
        message = {
            "what": "whole",
            "seq": self.seq,
            "edition": room.edition,
            "position": room.position,
            "presenting": room.presenting,
            "ink": room.ink,
            "shown": body,
            "asked": room.question_in(line.lang),
            "revealed": room.verdict_in(line.lang, line.name) if room.revealed else None,
            "own": own,
            "label": room.label_in(line.lang, own),
        }
        return json_text(message)

    async def _follow(self) -> None:
        """Send every change, until the room is over."""
        while not self.room.is_over:
            try:
                await asyncio.wait_for(self._changed.wait(), _LOOK_EVERY)
            except TimeoutError:
                continue
            self._changed.clear()
            if self.room.leading != self._leading:
                self._leading = self.room.leading
                self.tell_who_leads()
            try:
                await self._send_shown()
            except Exception:  # followers keep what they have; the next change is another chance
                _LOG.exception("the room %s could not be shown", self.room.code)
            self._send_question()
            self.count()
        self.room.close()
        self.tell("end")
        self.tell_leaders(what="end")
        for line in (*self.followers, *self.leaders):
            line.over = True
            line.ready.set()
        self._counted.set()

    async def _send_shown(self) -> None:
        room = self.room
        shown, edition, position = room.shown, room.edition, room.position
        if shown is None:
            return
        chunk, window = chunk_of(position), position // WINDOW
        if (edition, chunk) != self._sent:
            bodies = {lang: await made(partial(shown.body, lang, position)) for lang in self._languages()}
            words = {lang: await made(shown.words, lang, window) for lang in bodies}
            if room.edition != edition:
                self._changed.set()
                return
            self._sent, self._windows = (edition, chunk), {window}
            self._tell_each({lang: self._shown(body, words[lang], window) for lang, body in bodies.items()})
            self.tell_desks()
        for near in (window, window + 1):
            if near not in self._windows and near * WINDOW <= shown.last:
                words = {lang: await made(shown.words, lang, near) for lang in self._languages()}
                if room.edition != edition:
                    self._changed.set()
                    return
                self._windows.add(near)
                told = {"what": "words", "edition": edition, "window": near}
                self._tell_each({lang: told | {"words": found} for lang, found in words.items()})

    def _shown(self, body: dict[str, Any], words: list[dict[str, Any]], window: int) -> dict[str, Any]:
        room = self.room
        now = {"edition": room.edition, "position": room.position, "ink": room.ink}
        return {"what": "shown", **now, "shown": {**body, "words": words, "window": window}}

    def _send_question(self) -> None:
        room = self.room
        now = (room.question_number if room.asked else 0, room.revealed)
        if now == self._question:
            return
        self._question = now
        if not room.revealed:
            self._tell_each({lang: {"what": "asked", "asked": room.question_in(lang)} for lang in LANGUAGES})
            return
        self.seq += 1
        for line in self.followers:
            told = room.verdict_in(line.lang, line.name)
            line.put(json_text({"seq": self.seq, "what": "revealed", "revealed": told}))

    async def _count(self) -> None:
        while not self.room.ended:
            await self._counted.wait()
            self._counted.clear()
            for line in self.leaders:
                line.put(json_text(self.room.status(line.lang)))
            await asyncio.sleep(_STATUS_EVERY)

    def _languages(self) -> list[str]:
        return sorted({line.lang for line in self.followers})
