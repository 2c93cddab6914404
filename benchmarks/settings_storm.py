"""Settings changed at random while they train, in several sessions: python benchmarks/settings_storm.py [--minutes 10].

Each session changes something every 0.1 to 2 seconds: a setting, also to what cannot be used, Train, Pause, one epoch,
keep, another page and back. It ends with a failure where the server writes an exception or a page shows one, where the
server ends, where a training stands still that should go on, where the parts of a page show different epochs, and where
a curve is another than the one that its recorded changes give when they are trained again.
"""

import argparse
import asyncio
import csv
import json
import random
import sys
import tempfile
import time
import zlib
from base64 import b64decode
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests start the same server, and have the same reader

from tests.browser.reader import Reader
from tests.browser.server import serve
from visualizer.lab import lab_from_file
from visualizer.runs.runs import HELD_OUT

SOONEST, LATEST = 0.1, 2.0  # seconds between two changes
MOST_RUNS = 12  # after which a session is looked through, and another one begins
STILL = 30.0  # seconds after which a training that should go on counts as standing still
TYPED = {
    "eta": ["0.05", "0.5", "1/2", "2", "-1", "x"],
    "hidden": ["2", "8", "4-4", "0", "9999"],
    "seed": ["1", "2", "3", "4"],
    "size": ["", "40", "200", "0"],
    "noise": ["", "0.1", "0.3"],
    "order": ["0", "1", "2"],
    "batch": ["0", "1", "8", "32"],
    "epochs": ["300", "2000", "20000", "0"],
    "held": ["0", "20", "50", "95"],
    "dropout": ["0", "0.2", "1"],
    "strength": ["0.001", "0.1", ""],
    "clip_at": ["0.1", "1"],
}
CHOSEN = ["data", "f_0", "f_1", "f_2", "init", "loss", "optimizer", "schedule", "regularizer", "clip"]
NEVER = ("MNIST", "my own")  # data that ask for something first
PRESSED = ["train_play"] * 6 + ["train_pause", "train_one", "train_keep", "train_new"]
PLAYING = 0.8  # the share of changes before which a training that stands still is begun or gone on with


class StormError(Exception):
    """Failure of the app under the storm of settings."""


def settings():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--minutes", type=float, default=10.0)
    asked.add_argument("--sessions", type=int, default=4)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--port", type=int, default=0)
    return asked.parse_args()


def replayed(text):
    """Return the curves that a file of saved runs gives when its changes are trained again."""
    _, plans, problems = lab_from_file(text)
    assert problems == [], problems
    curves = []
    for plan in plans:
        training = plan.begin()
        while training.advance(60):
            pass
        curves.append(training.trial.loss)
    return curves


class Session:
    """Session of one reader, and its result."""

    def __init__(self, address, draws, log):
        self.address, self.draws, self.log = address, draws, log
        self.changes = self.compared = self.epochs = 0
        self.waited = 0.0
        self._moved = time.monotonic(), None

    async def storm(self, end, pool):
        """Open the page, change settings until the end, and compare all curves."""
        while time.monotonic() < end:
            self.reader = await Reader.open(self.address, "train")
            await self.reader.until(lambda: self.reader.find("train_one"))
            while time.monotonic() < end and self._runs() < MOST_RUNS:
                await self._wait()
                await self._change()
            await self._compare(pool)
            await self.reader.aclose()

    async def _change(self):
        self.changes += 1
        kind = self.draws.choices(["press", "type", "choose", "check", "away"], [3, 8, 6, 1, 1])[0]
        reader = self.reader
        if reader.find("train_play") and self.draws.random() < PLAYING:
            await reader.press("train_play")
            await self._wait()
        if kind == "press":
            await reader.press(self.draws.choice(PRESSED))
        elif kind == "type":
            name = self.draws.choice(list(TYPED))
            await reader.put(f"train_{name}", string_value=self.draws.choice(TYPED[name]))
        elif kind == "choose":
            found = reader.field(f"train_{self.draws.choice(CHOSEN)}")
            options = [option for option in found.proto.options if not option.startswith(NEVER)] if found else []
            if options:
                await reader.put(found.key, string_value=self.draws.choice(options))
        elif kind == "check":
            await reader.put("train_batch_norm", bool_value=self.draws.random() < 0.5)
        else:
            await reader.go_to(self.draws.choice(["landscape", "reference"]))
            await self._wait()
            await reader.go_to("train")
            await reader.until(lambda: reader.find("train_one"))

    async def _wait(self):
        end = time.monotonic() + self.draws.uniform(SOONEST, LATEST)
        while time.monotonic() < end:
            await asyncio.sleep(SOONEST)
            self._look()

    def _runs(self):
        chart = self.reader.find("loss_curves")
        return len({line.get("legendgroup") for line in json.loads(chart.proto.spec)["data"]}) if chart else 0

    def _look(self):
        """Fail where the page shows an exception, parts of different epochs, or a training that stands still."""
        if self.reader.listening.done():
            raise StormError(f"the connection ended: {self.reader.listening.exception()}")
        for shown in self.reader.all("exception"):
            raise StormError(f"the page shows an exception: {shown.proto.message}")
        playing = bool(self.reader.find("train_pause"))
        done = self._done()
        now = time.monotonic()
        if not playing or done != self._moved[1]:
            self._moved = now, done
        self.waited = max(self.waited, now - self._moved[0])
        if now - self._moved[0] > STILL:
            raise StormError(f"the training stands still at epoch {done}")

    def _done(self):
        """Return the epoch in the page's words, which all its parts must show."""
        said = [drawn.proto.text for drawn in self.reader.all("progress")]
        return said[0].split(" · ")[0] if said else None

    async def _still(self):
        """Pause, and wait until no message comes any more."""
        reader, runs, end = self.reader, -1, time.monotonic() + 2 * STILL
        while runs != reader.runs or reader.find("train_pause"):
            if time.monotonic() > end:
                raise StormError("a training that is paused goes on")
            runs = reader.runs
            await reader.press("train_pause")
            await asyncio.sleep(2)
            self._look()

    async def _compare(self, pool):
        """Save all runs and all curves, and train the runs again."""
        await self._still()
        self._agrees()
        await self.reader.put("train_files", bool_value=True)
        await self.reader.until(lambda: self.reader.find("train_save"))
        await self._still()
        saved, curves = [await self._download(key) for key in ("train_save", "train_csv")]
        if not curves:
            return
        again = await asyncio.get_running_loop().run_in_executor(pool, replayed, saved)
        self._equal(again, curves)
        print(f"{self.changes} changes, {self.compared} curves the same again", flush=True)

    def _agrees(self):
        """Fail where slider, curve and words show different epochs."""
        slider, chart, done = self.reader.find("train_slider"), self.reader.find("loss_curves"), self._done()
        if slider is None or chart is None or "epoch" not in (done or ""):
            return
        looked = self.reader.values[slider.proto.id].double_array_value.data[0]
        marker = json.loads(chart.proto.spec)["layout"]["shapes"][-1]["x0"]
        said = int(done.split()[1].replace(",", ""))
        if not looked == marker == slider.proto.max == said:
            raise StormError(f"slider {looked} of {slider.proto.max}, curve {marker}, words {said}")

    async def _download(self, key):
        """Press the button of a file, and return what the page then hands to the browser; nothing without a button."""
        known = set(self.reader.files())
        if self.reader.find(key) is None or self.reader.find(key).proto.disabled:
            return ""
        await self.reader.press_and_hear(key)
        await self.reader.until(lambda: self.reader.files().keys() - known)
        (new,) = self.reader.files().keys() - known
        return zlib.decompress(b64decode(self.reader.files()[new])).decode("utf-8")

    def _equal(self, again, text):
        """Fail where a curve is another than the one trained again; those of held-out samples stand behind theirs."""
        names, *rows = csv.reader(text.splitlines())
        shown = [i for i, name in enumerate(names) if i and not name.endswith(HELD_OUT.format("")("en"))]
        if len(shown) != len(again):
            raise StormError(f"{len(shown)} runs are shown, {len(again)} are trained again")
        for column, curve in zip(shown, again, strict=True):
            found = np.array([float(row[column]) for row in rows if row[column]])
            if not np.array_equal(found, curve, equal_nan=True):
                raise StormError(f"{names[column]}: another curve when it is trained again")
            self.compared, self.epochs = self.compared + 1, self.epochs + len(curve) - 1


async def watch(log, server):
    """Fail where the server has ended, or has written an exception."""
    while True:
        await asyncio.sleep(0.5)
        if server.poll() is not None:
            raise StormError(f"the server ended by itself: {server.poll()}")
        said = log.read_text(encoding="utf-8", errors="replace")
        if "Traceback" in said or "Exception ignored" in said:
            raise StormError(said[-3000:])


async def run(given, address, log, server):
    end = time.monotonic() + 60 * given.minutes
    sessions = [Session(address, random.Random(given.seed + i), log) for i in range(given.sessions)]
    pool = ProcessPoolExecutor(2)
    watching = asyncio.create_task(watch(log, server))
    storms = asyncio.gather(*(session.storm(end, pool) for session in sessions))
    await asyncio.wait([watching, storms], return_when=asyncio.FIRST_COMPLETED)
    pool.shutdown(wait=False, cancel_futures=True)
    await asyncio.sleep(1)  # the server's end says more than that of a connection
    problems = [task.exception() for task in (watching, storms) if task.done()]
    watching.cancel()
    for problem in filter(None, problems):
        raise problem
    return sessions


def main():
    given, began = settings(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        with serve(log, given.port) as (address, server):
            try:
                sessions = asyncio.run(run(given, address, log, server))
            except StormError as failed:
                sys.exit(f"FAILED after {time.monotonic() - began:.0f} s: {failed}")
    changes, compared, epochs = (sum(getattr(s, name) for s in sessions) for name in ("changes", "compared", "epochs"))
    waited = max(session.waited for session in sessions)
    print(f"{given.sessions} sessions, {time.monotonic() - began:.0f} s, {changes} changes: no exception, no stall")
    print(f"longest time without another epoch {waited:.1f} s; {compared} curves of {epochs} epochs are the same again")


if __name__ == "__main__":
    main()
