"""People of a room over sockets of their own: a lecturer with a session of the page, and followers."""

import asyncio
import json
import random
import time

from websockets.asyncio.client import connect

from tests.browser.reader import Reader

PATIENCE = 60.0


class HallError(Exception):
    """Failure of a room."""


class Follower:
    """A follower: which messages came, and when."""

    def __init__(self, line, name):
        self.line, self.name = line, name
        self.seq, self.edition, self.question = -1, 0, None
        self.went, self.editions, self.verdicts = [], {}, []
        self.wholes = 0

    async def listen(self):
        async for text in self.line:
            now = time.perf_counter()
            message = json.loads(text)
            number = message.get("seq")
            if message["what"] == "whole":
                self.seq, self.wholes = number, self.wholes + 1
            elif number is not None:
                if number <= self.seq:
                    continue
                if number != self.seq + 1:
                    raise HallError(f"{self.name} misses {self.seq + 1} to {number - 1}")
                self.seq = number
            await self.take(message, now)

    async def take(self, message, now):
        if message["what"] == "go":
            self.went.append((message["position"], now))
        elif message["what"] == "shown":
            self.editions[message["edition"]] = now
        elif message["what"] == "asked" and message["asked"]:
            self.question = message["asked"]["number"]
            options = [key for key, _ in message["asked"]["options"]] or ["0.5"]
            text = random.choice(options) if message["asked"]["kind"] != "edge" else "W.1.1.1"
            await self.line.send(json.dumps({"what": "answer", "number": self.question, "text": text}))
        elif message["what"] == "revealed":
            self.verdicts.append(message["revealed"])


class Lecturer:
    """A lecturer: a session of the page, and the socket of its browser."""

    def __init__(self, reader, line, room, host):
        self.reader, self.line, self.room, self.host = reader, line, room, host
        self.status, self.position = {}, 0
        self.lecture, self.last = "", 0

    @classmethod
    async def begin(cls, stack, address, example, granularity):
        reader = await Reader.open(address, "", f"example={example}&granularity={granularity}&lang=en")
        stack.push_async_callback(reader.aclose)
        await reader.until(lambda: reader.find("hall_open"))
        await reader.press("hall_open")
        await reader.until(lambda: reader.find("lead"))
        room = json.loads(reader.find("lead").proto.json)
        host = address.removeprefix("http://")
        line = await stack.enter_async_context(connect(f"ws://{host}/hall/{room['code']}/ws?lead=1", max_size=2**24))
        await line.send(room["token"])
        made = cls(reader, line, room["code"], host)
        made.read_page()
        made.listening = asyncio.create_task(made.listen())
        return made

    def read_page(self):
        """Read the name of the lecture, as the browser would."""
        numbers = json.loads(self.reader.find("numbers_channel").proto.json)
        self.lecture = numbers["lecture"]

    async def listen(self):
        async for text in self.line:
            message = json.loads(text)
            if message["what"] == "status":
                self.status = message
            elif message["what"] == "at":
                self.last = message["last"]

    async def go(self, position):
        self.position = position
        await self.line.send(json.dumps({"what": "go", "lecture": self.lecture, "position": position}))

    async def point(self):
        await self.line.send(json.dumps({"what": "point", "at": [random.random() * 500, 100]}))

    async def draw(self):
        await self.line.send(json.dumps({"what": "draw", "stroke": [random.random() * 500 for _ in range(60)]}))


async def until(holds, words):
    """Wait until something holds."""
    end = time.perf_counter() + PATIENCE
    while not holds():
        if time.perf_counter() > end:
            raise HallError(words)
        await asyncio.sleep(0.002)


async def follow(stack, host, code, count):
    """Bring followers into a room, every third of them Chinese."""
    followers = []
    for i in range(count):
        path = f"ws://{host}/hall/{code}/ws?lang={'zh' if i % 3 == 0 else 'en'}&me={code}{i}"
        follower = Follower(await stack.enter_async_context(connect(path, max_size=2**24)), f"{code} {i}")
        follower.listening = asyncio.create_task(follower.listen())
        followers.append(follower)
    await until(lambda: all(follower.wholes for follower in followers), "not all were told the whole")
    return followers


def failed(followers):
    """The first failure of a follower, raised."""
    for follower in followers:
        if follower.listening.done():
            follower.listening.result()
            raise HallError(f"{follower.name} was left")


async def step(led, followers, sent, way):
    """Go on one step, back at the end of the lecture."""
    if not 0 <= led.position + way[0] <= led.last:
        way[0] = -way[0]
    sent.append((led.position + way[0], time.perf_counter()))
    await led.go(led.position + way[0])
