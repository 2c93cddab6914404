"""The server's work for a step of an edited 784-128-128-10 network: python benchmarks/server_step.py [--beside FOLDER].

A scripted reader opens the network over the server's own websocket, gives one weight another value, so that the model
holds all its numbers as it does after a training, and presses Next. What counts is the processor time of the server.
With `--beside` another checkout, one from before a change, takes turns with this one.
"""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests start the same server, and have the same reader

from tests.browser.reader import Reader
from tests.browser.server import ROOT, serve

QUERY = "sizes=784-128-128-10&activations=relu-relu-softmax&seed=1&lang=en"
CHOSEN, TYPED = "w³₈,₆₁", "0.125"  # a weight that is drawn
STEPS = 40  # of the lecture's fourteen positions and the next iterations


def settings():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--beside", type=Path, help="another checkout")
    asked.add_argument("--rounds", type=int, default=3)
    return asked.parse_args()


async def session(address, pid):
    """Return the seconds of processor time that a step took."""
    reader = await Reader.open(address, "", QUERY)
    await reader.until(lambda: reader.find("choose"))
    await reader.put("choose", string_value=CHOSEN)
    await reader.until(lambda: reader.field("edit_value"))
    await reader.put("edit_value", string_value=TYPED)
    await reader.until(lambda: reader.field("edit_value").proto.default == TYPED)
    before = worked(pid)
    for _ in range(STEPS):
        runs = reader.runs
        assert await reader.press("step_next")
        await reader.until(lambda runs=runs: reader.runs > runs)
    took = worked(pid) - before
    await reader.aclose()
    return took / STEPS


def worked(pid):
    """Return the seconds of processor time that a process has had, with the threads that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    asked = settings()
    folders = {"here": ROOT} | ({"beside": asked.beside.resolve()} if asked.beside else {})
    took = {name: [] for name in folders}
    with tempfile.TemporaryDirectory() as logs, ExitStack() as open_until_the_end:
        up = {n: open_until_the_end.enter_context(serve(Path(logs) / n, root=f)) for n, f in folders.items()}
        for _ in range(asked.rounds):
            for name, (address, server) in up.items():
                took[name].append(asyncio.run(session(address, server.pid)))
    for name, times in took.items():
        print(f"{name}: {statistics.median(times) * 1e3:.0f} ms a step (median of {len(times)} sessions of {STEPS})")
    if asked.beside:
        print(f"{statistics.median(took['here']) / statistics.median(took['beside']):.2f} of beside")


if __name__ == "__main__":
    main()
