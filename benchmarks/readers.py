"""Kinds of readers, each over a websocket of its own, and a record of how long their acts took."""

import asyncio
import re
import time
from collections import defaultdict
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import numpy as np

from benchmarks.memory import resident
from benchmarks.room import Lecturer, follow, step
from engine.core import write_number
from tests.browser.reader import Reader

THINKS = 2.0  # seconds between two acts of a reader, on average
LINKS = ("example=mazur", "sizes=3-4-2", "sizes=8-16-16-4&activations=tanh-tanh-softmax", "example=xor")
TRAINING = "data=spiral&hidden=8-8&activations=tanh-tanh-sigmoid&batch=16&epochs=100000"
SAMPLED = 2.0  # seconds between two looks at the memory


@dataclass
class Record:
    """Record of a run: seconds by the name of the act, what failed, and the memory by the time."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)

    async def timed(self, name, doing):
        """Wait for an act, and note how long it took."""
        began = time.perf_counter()
        try:
            await doing
            self.times[name].append(time.perf_counter() - began)
        except (TimeoutError, OSError, AssertionError) as error:
            self.failures.append(f"{name}: {type(error).__name__} {error}")

    async def watch(self, pid):
        while True:
            self.memory.append((time.monotonic(), resident(pid)))
            await asyncio.sleep(SAMPLED)

    def slope(self):
        """Growth of the memory in MiB an hour, over the second half."""
        times, sizes = np.array(self.memory[len(self.memory) // 2 :]).T
        return 3600 * np.polyfit(times - times[0], sizes, 1)[0]

    def told(self):
        """Print a row for each act, and the memory."""
        for name, times in self.times.items():
            quantiles = ", ".join(f"p{q} {1000 * np.percentile(times, q):.0f} ms" for q in (50, 95, 99))
            print(f"{name:12} {len(times):6} times, {quantiles}, at most {1000 * max(times):.0f} ms")
        print(f"failed: {len(self.failures)}", *self.failures[:3])


async def pause(rng, seconds=THINKS):
    await asyncio.sleep(rng.uniform(0, 2 * seconds))


async def until_ready(reader, key):
    """Wait until a page is there, and fail where it shows an exception."""
    await reader.until(lambda: reader.find(key))
    shown = [one.proto.message for one in reader.all("exception")]
    assert not shown, shown


async def opened(record, address, page, query, key):
    """A reader with a page open, or nothing where that failed."""
    made = []

    async def opening():
        made.append(await Reader.open(address, page, query))
        await until_ready(made[0], key)

    await record.timed(f"open {page or 'stage'}", opening())
    return made[0] if made else None


def position(reader):
    """The position of the lecture as the page says it, or the count of a bare page."""
    said = [re.match(r"\D*(\d+)\s*/\s*\d+|count (\d+)", one.proto.body) for one in reader.all("markdown")]
    return next((found[0] for found in said if found), None)


async def press(reader, key):
    """Press a button of a lecture, and wait until the page has followed."""
    before, runs = position(reader), reader.runs
    assert await reader.press(key), f"no {key}"
    await reader.until(lambda: reader.runs > runs)
    assert position(reader) != before, f"{key} was answered, but the position stayed {before}"


async def stepper(record, address, rng, end, key="step_next"):
    query = "" if key == "go" else f"{rng.choice(LINKS)}&seed={rng.randrange(100)}&lang={rng.choice(['en', 'zh'])}"
    await pause(rng)
    reader = await opened(record, address, "", query, key)
    while time.monotonic() < end:
        await pause(rng)
        await record.timed("step", press(reader, key))
    await reader.aclose()


async def editor(record, address, rng, end):
    reader = await opened(record, address, "", f"{rng.choice(LINKS)}&lang=en", "choose")
    weight = next(name for name in reader.find("choose").proto.options if name.startswith("w"))
    await reader.put("choose", string_value=weight)
    await reader.until(lambda: reader.field("edit_value"))
    while time.monotonic() < end:
        await pause(rng)
        await record.timed("edit", typed(reader, write_number(rng.randrange(-2000, 2000) / 1000)))
    await reader.aclose()


async def typed(reader, text):
    await reader.put("edit_value", string_value=text)
    await reader.until(lambda: reader.field("edit_value").proto.default == text)


async def trainer(record, address, rng, end):
    """Train without an end; each look at the epoch must find another one."""
    reader = await opened(record, address, "train", f"{TRAINING}&seed={rng.randrange(10**6)}", "train_play")
    await reader.press("train_play")
    while time.monotonic() < end:
        await record.timed("epochs", another_epoch(reader))
        await pause(rng)
    await reader.aclose()


def progress(reader):
    return [one.proto.text for one in reader.all("progress")]


async def another_epoch(reader):
    """Wait until another epoch stands on the page; by then its next drawing may have begun, so none is waited for."""
    before = progress(reader)
    async with asyncio.timeout(60):
        while progress(reader) == before:
            await asyncio.sleep(0.02)


async def room(record, address, followers, end):
    """A lecture in a room; it fails where a follower misses a step."""
    async with AsyncExitStack() as stack:
        led = await Lecturer.begin(stack, address, "mazur", "neuron")
        there = await follow(stack, led.host, led.room, followers)
        sent, way = [], [1]
        while time.monotonic() < end:
            await step(led, there, sent, way)
            await asyncio.sleep(0.5)
        await asyncio.sleep(1)
        for one in there:
            record.times["follow"] += [now - then for (_, now), (_, then) in zip(one.went, sent, strict=False)]
            if [place for place, _ in one.went] != [place for place, _ in sent]:
                record.failures.append(f"{one.name} missed a step")


async def visit(record, address, rng, steps=3):
    """A session that comes, steps, and goes."""
    reader = await opened(record, address, "", f"{rng.choice(LINKS)}&seed={rng.randrange(1000)}", "step_next")
    for _ in range(steps):
        await record.timed("visit's step", press(reader, "step_next"))
    await reader.aclose()


async def visitor(record, address, rng, end):
    while time.monotonic() < end:
        await visit(record, address, rng)
        await pause(rng)
