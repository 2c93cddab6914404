"""A lecture in a room: python benchmarks/hall.py [--followers 100] [--steps 300] [--edits 30] [--questions 10].

A lecturer steps, types weights, asks, points and draws; so many followers listen over websockets of their own and
answer, in both languages, while a second room has a lecture of its own. It ends with a failure where a step is lost or
comes out of order, where a room hears of the other one, where an answer is lost, or where a step takes too long.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

import numpy as np
from websockets.asyncio.client import connect

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests start the same server, and have the same reader

from tests.browser.reader import Reader
from tests.browser.server import serve

LONGEST = 0.3  # seconds from a lecturer's key to the message of 95 of 100 followers
PATIENCE = 60.0


class HallError(Exception):
    """Failure of a room."""


def settings():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--followers", type=int, default=100)
    asked.add_argument("--steps", type=int, default=300)
    asked.add_argument("--edits", type=int, default=30)
    asked.add_argument("--questions", type=int, default=10)
    asked.add_argument("--pause", type=float, default=0.3, help="seconds between two things that a lecturer does")
    asked.add_argument("--example", default="mazur")
    asked.add_argument("--granularity", default="neuron")
    return asked.parse_args()


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
            options = list(message["asked"]["options"]) or ["0.5"]
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
        stack.push_async_callback(reader.close)
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


def server_mib(server):
    lines = Path(f"/proc/{server.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


async def step(led, followers, sent, way):
    """Go on one step, back at the end of the lecture."""
    if not 0 <= led.position + way[0] <= led.last:
        way[0] = -way[0]
    sent.append((led.position + way[0], time.perf_counter()))
    await led.go(led.position + way[0])


async def edit(led, followers, number):
    """Type another weight; give the times until each follower had it, with the page's own work in it."""
    editions = {follower: max(follower.editions, default=0) for follower in followers}
    began = time.perf_counter()
    await led.reader.put("edit_value", string_value=f"{0.1 + number / 100:.2f}")
    await until(
        lambda: all(max(f.editions, default=0) > editions[f] for f in followers), f"the edit {number} is not everywhere"
    )
    times = [max(follower.editions.values()) - began for follower in followers]
    await until(lambda: led.reader.drawn, "the page is not drawn")
    led.read_page()
    return times


async def ask(led, followers, kind):
    """Ask all; give the time until all answers were there."""
    verdicts = [len(follower.verdicts) for follower in followers]
    await led.reader.put("hall_ask", bool_value=True)
    await led.reader.until(lambda: led.reader.find(f"hall_ask_{kind}"))
    began = time.perf_counter()
    await led.reader.press(f"hall_ask_{kind}")
    await until(lambda: led.status.get("answers") == len(followers), f"answers are lost: {led.status}")
    took = time.perf_counter() - began
    await led.reader.until(lambda: led.reader.find("hall_reveal"))
    await led.reader.press("hall_reveal")
    for follower, before in zip(followers, verdicts, strict=True):
        await until(lambda f=follower, n=before: len(f.verdicts) > n, "a verdict is lost")
        if not follower.verdicts[-1]["own"]:
            raise HallError(f"{follower.name} lost its answer")
    await led.reader.until(lambda: led.reader.find("hall_withdraw"))
    await led.reader.press("hall_withdraw")
    return took


async def lecture(led, followers, asked, server):
    """A lecture: what comes when is drawn once and for all."""
    rng = random.Random(1)
    acts = ["step"] * asked.steps + ["edit"] * asked.edits + ["ask"] * asked.questions
    rng.shuffle(acts)
    await led.reader.put("choose", string_value="W.1.1.1")
    sent, edits, asks, mib, way = [], [], [], [], [1]
    kinds = ["sign", "choice", "edge", "number"]
    for i, act in enumerate(acts):
        began = time.perf_counter()
        failed(followers)
        if act == "step":
            await step(led, followers, sent, way)
            await led.point()
        elif act == "edit":
            edits += await edit(led, followers, len(edits) // len(followers))
        else:
            if led.position == led.last:
                await step(led, followers, sent, way)
            asks.append(await ask(led, followers, kinds[len(asks) % 4]))
            await led.draw()
        if i % 40 == 0:
            mib.append(round(server_mib(server)))
        await asyncio.sleep(max(0.0, asked.pause - (time.perf_counter() - began)))
    return sent, edits, asks, mib


def compare(sent, followers):
    """The times of all steps at all followers; an error where one is missing or out of order."""
    times = []
    for follower in followers:
        if [position for position, _ in follower.went] != [position for position, _ in sent]:
            raise HallError(f"{follower.name} went otherwise: {len(follower.went)} of {len(sent)} steps")
        times += [there - here for (_, here), (_, there) in zip(sent, follower.went, strict=True)]
    return times


def told(name, times):
    p50, p95 = np.percentile(times, [50, 95])
    print(f"{name}: median {1000 * p50:.0f} ms, p95 {1000 * p95:.0f} ms, at most {1000 * max(times):.0f} ms")
    return p95


async def main_of(asked, address, server):
    async with AsyncExitStack() as stack:
        led = await Lecturer.begin(stack, address, asked.example, asked.granularity)
        other = await Lecturer.begin(stack, address, "xor", "layer")
        if led.room == other.room:
            raise HallError("two lecturers have one room")
        followers = await follow(stack, led.host, led.room, asked.followers)
        others = await follow(stack, other.host, other.room, max(2, asked.followers // 10))
        print(f"{asked.followers} followers in one room, {len(others)} in another, {server_mib(server):.0f} MiB")
        elsewhere = asyncio.create_task(step_only(other, others, asked))
        sent, edits, asks, mib = await lecture(led, followers, asked, server)
        await asyncio.sleep(1)
        elsewhere.cancel()
        sent_there = (await asyncio.gather(elsewhere, return_exceptions=True))[0]
        if isinstance(sent_there, Exception):
            raise sent_there
        failed([*followers, *others])
        print(
            f"{len(sent)} steps, {len(edits) // len(followers)} edits, {len(asks)} questions; none lost, all in order"
        )
        p95 = told("a step, from the lecturer's socket to a follower's", compare(sent, followers))
        told("a step in the other room", compare(other.sent, others))
        told("an edit, from Enter over the page to a follower", edits)
        told("a question, until all answers were there", asks)
        wholes = sum(follower.wholes - 1 for follower in followers)
        print(f"followers that had to ask for the whole: {wholes}; the server during the lecture: {mib} MiB")
        if p95 > LONGEST:
            raise HallError(f"a step took {p95:.2f} s")


async def step_only(led, followers, asked):
    led.sent, way = [], [1]
    try:
        while True:
            await step(led, followers, led.sent, way)
            await asyncio.sleep(asked.pause)
    except asyncio.CancelledError:
        await asyncio.sleep(1)


def main():
    asked = settings()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with serve(log) as (address, server):
            asyncio.run(main_of(asked, address, server))
        said = log.read_text(encoding="utf-8")
        if "Traceback" in said:
            raise HallError(said)


if __name__ == "__main__":
    main()
