"""A lecture in a room: python benchmarks/hall.py [--followers 100] [--steps 300] [--edits 30] [--questions 10].

A lecturer steps, types weights, asks, points and draws; so many followers listen over websockets of their own and
answer, in both languages, while a second room has a lecture of its own. It ends with a failure where a step is lost or
comes out of order, where a room hears of the other one, where an answer is lost, or where a step takes too long.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests start the same server, and have the same reader

from benchmarks.memory import resident
from benchmarks.room import HallError, Lecturer, failed, follow, step, until
from tests.browser.server import serve

LONGEST = 0.3  # seconds from a lecturer's key to the message of 95 of 100 followers


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
            mib.append(round(resident(server.pid)))
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
        print(f"{asked.followers} followers in one room, {len(others)} in another, {resident(server.pid):.0f} MiB")
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
