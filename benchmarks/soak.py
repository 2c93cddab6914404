"""Mixed use, compressed: how long an act takes, what failed, and the memory of the server.

    python benchmarks/soak.py [mixed | readers | trainings | visits | trained] [--minutes 3] [--bare]

`mixed` has readers who step, others who type weights, trainings, a room with followers, and visitors who come and go;
`readers` is a hundred who step, `trainings` ten that run at once beside one who steps. `visits` compares steps before
and after three hundred sessions have come and gone, `trained` the memory after forty trainings with that after ten.
With `--bare` as many readers press the button of a bare page, as Streamlit ships it, after the others. All
readers speak Streamlit's websocket on this machine; 1 is the end where anything failed or a bound is missed.
"""

import argparse
import asyncio
import os
import random
import re
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests start the same server, and have the same reader

from benchmarks.latency import BARE
from benchmarks.memory import resident
from benchmarks.readers import (
    LINKS,
    Record,
    editor,
    opened,
    press,
    progress,
    room,
    stepper,
    trainer,
    visit,
    visitor,
)
from tests.browser.server import serve

SHORT, DONE = "data=xor&epochs=5000&lang=en", "epoch 5,000 of 5,000"
KEPT = "STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL"  # seconds for which Streamlit keeps a session that has left
SOON, CLEAN = 3, 10.0  # seconds: so many here, and until such sessions are gone and their garbage has been collected
GROWN = 1.05  # memory after forty trainings, of that after ten
SLOWER = 1.2  # a step after three hundred sessions, of one before


@dataclass(frozen=True)
class Crowd:
    """Crowd of a mode: how many of each kind are there at once."""

    steppers: int = 0
    editors: int = 0
    trainers: int = 0
    followers: int = 0
    visitors: int = 0


CROWDS = {
    "mixed": Crowd(steppers=20, editors=5, trainers=3, followers=30, visitors=5),
    "readers": Crowd(steppers=100),
    "trainings": Crowd(steppers=1, trainers=10),
}


async def crowded(address, pid, crowd, seconds, key="step_next"):
    """A crowd for so many seconds."""
    record, end = Record(), time.monotonic() + seconds
    kinds = {stepper: crowd.steppers, editor: crowd.editors, trainer: crowd.trainers, visitor: crowd.visitors}
    people = [
        kind(record, address, random.Random(f"{kind.__name__} {i}"), end, *([key] if kind is stepper else []))
        for kind, count in kinds.items()
        for i in range(count)
    ]
    if crowd.followers:
        people.append(room(record, address, crowd.followers, end))
    watching = asyncio.create_task(record.watch(pid))
    done = await asyncio.gather(*people, return_exceptions=True)
    watching.cancel()
    record.failures += [f"{type(error).__name__}: {error}" for error in done if isinstance(error, BaseException)]
    return record


async def visits(address, pid, count):
    """Steps before and after so many sessions have come and gone, fifteen at a time."""
    record, rng, medians = Record(), random.Random(1), []
    reader = await opened(record, address, "", LINKS[0], "step_next")
    for come in (0, count):
        for _ in range(0, come, 15):
            await asyncio.gather(*(visit(record, address, rng) for _ in range(15)))
        record.times[f"after {come}"] = []
        for _ in range(60):
            await record.timed(f"after {come}", press(reader, "step_next"))
        medians.append(statistics.median(record.times[f"after {come}"]))
        record.memory.append((time.monotonic(), resident(pid)))
    await reader.aclose()
    return record, medians[1] / medians[0]


async def trained(address, pid, count, warm=10):
    """The memory after so many trainings, in a session each, of that after the first ten."""
    record = Record()
    for number in range(1, count + 1):
        reader = await opened(record, address, "train", f"{SHORT}&seed={number}", "train_play")
        await reader.press("train_play")
        done = reader.until(lambda reader=reader: any(said.startswith(DONE) for said in progress(reader)))
        await record.timed("training", done)
        await reader.aclose()
        if number % warm == 0:
            await asyncio.sleep(CLEAN)
            record.memory.append((time.monotonic(), resident(pid)))
    return record, record.memory[-1][1] / record.memory[0][1]


def settings():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("mode", nargs="?", default="mixed", choices=[*CROWDS, "visits", "trained"])
    asked.add_argument("--minutes", type=float, default=3.0, help="of a crowd")
    asked.add_argument("--count", type=int, help="steppers of a crowd, sessions that come and go, or trainings")
    asked.add_argument("--bare", action="store_true", help="compare with readers of a bare page")
    return asked.parse_args()


def of_crowd(asked, address, pid, bare):
    """Run a crowd, beside as many readers of a bare page where that is asked for; return whether all is well."""
    crowd = CROWDS[asked.mode]
    crowd = replace(crowd, steppers=asked.count) if asked.count else crowd
    record = asyncio.run(crowded(address, pid, crowd, 60 * asked.minutes))
    record.told()
    first, last = record.memory[0][1], record.memory[-1][1]
    print(f"memory {first:.0f} to {last:.0f} MiB, slope of the second half {record.slope():+.0f} MiB an hour")
    if asked.bare:
        bare_address, bare_server = bare
        beside = asyncio.run(crowded(bare_address, bare_server.pid, Crowd(crowd.steppers), 60 * asked.minutes, "go"))
        ratio = np.percentile(record.times["step"], 95) / np.percentile(beside.times["step"], 95)
        print(f"p95 of a step {ratio:.2f} of that of a bare page, {crowd.steppers} readers")
    return not record.failures


def of_count(asked, address, pid):
    """Run sessions that come and go, or trainings; return whether all is well."""
    if asked.mode == "visits":
        count, words, most = (
            asked.count or 300,
            "a step after {} sessions have come and gone is {:.2f} of one before",
            SLOWER,
        )
        record, ratio = asyncio.run(visits(address, pid, count))
    else:
        count, words, most = asked.count or 40, "memory after {} trainings is {:.3f} of that after ten", GROWN
        record, ratio = asyncio.run(trained(address, pid, count))
    record.told()
    print(f"memory {record.memory[0][1]:.0f} to {record.memory[-1][1]:.0f} MiB")
    print(f"{words.format(count, ratio)}, at most {most:g}")
    return ratio <= most and not record.failures


def main():
    asked = settings()
    if asked.mode == "trained":
        os.environ[KEPT] = str(SOON)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        log = Path(folder) / "log"
        address, server = stack.enter_context(serve(log))
        if asked.mode not in CROWDS:
            well = of_count(asked, address, server.pid)
        else:
            (Path(folder) / "app.py").write_text(BARE, encoding="utf-8")
            bare = stack.enter_context(serve(Path(folder) / "bare", root=folder)) if asked.bare else (None, None)
            well = of_crowd(asked, address, server.pid, bare)
        said = log.read_text(encoding="utf-8")
    print(*re.findall(r"Traceback[\s\S]*", said))
    return well and "Traceback" not in said


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
