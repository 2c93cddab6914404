"""A server with the routes of the rooms and nothing else, and the browsers that talk to it, without a browser."""

import asyncio
import json
import socket
import threading
import time
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette
from websockets.asyncio.client import connect

from visualizer.hall.routes import routes
from visualizer.pages import is_allowed

PATIENCE = 20  # seconds


@contextmanager
def served(base=""):
    """Serve the routes; give the address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(
            Starlette(routes=routes(base, is_allowed)), port=port, log_level="warning", ws="websockets-sansio"
        )
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield f"127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


class Browser:
    """A browser of a room: what it has been sent, in order."""

    def __init__(self, line):
        self.line, self.got = line, []
        self.listening = asyncio.create_task(self._listen())

    async def _listen(self):
        async for text in self.line:
            self.got.append(json.loads(text))

    async def send(self, what, **content):
        """Send a message."""
        await self.line.send(json.dumps({"what": what, **content}))

    async def until(self, holds):
        """Wait for a message of which something holds, and give it."""
        async with asyncio.timeout(PATIENCE):
            while not (found := [message for message in self.got if holds(message)]):
                await asyncio.sleep(0.005)
        return found[-1]

    async def heard(self, what):
        """Wait for a kind of message, and give the latest."""
        return await self.until(lambda message: message["what"] == what)

    @property
    def missing(self):
        """The numbers of the messages that never came, of those after a whole; what is in it may still come."""
        seen, missing = 0, list[int]()
        for message in self.got:
            number = message.get("seq", 0)
            if message["what"] != "whole":
                missing += range(seen + 1, number)
            seen = max(seen, number)
        return missing


@asynccontextmanager
async def follows(host, room, lang="en", me="me", **more):
    """Follow a room, once the whole has come."""
    async with connect(f"ws://{host}/hall/{room.code}/ws?lang={lang}&me={me}", **more) as line:
        made = Browser(line)
        await made.heard("whole")
        yield made


@asynccontextmanager
async def leads(host, room, token=None, window=""):
    """Lead a room."""
    async with connect(f"ws://{host}/hall/{room.code}/ws?lead=1&window={window}") as line:
        await line.send(room.token if token is None else token)
        made = Browser(line)
        yield made
