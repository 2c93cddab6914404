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
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

sys.path.insert(0, str(Path(__file__).parents[1]))  # the tests start the same server

from tests.browser.server import ROOT, serve

QUERY = "sizes=784-128-128-10&activations=relu-relu-softmax&seed=1&lang=en"
CHOSEN, TYPED = "w³₈,₆₁", "0.125"  # a weight that is drawn
STEPS = 40  # of the lecture's fourteen positions and the next iterations


def settings():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--beside", type=Path, help="another checkout")
    asked.add_argument("--rounds", type=int, default=3)
    return asked.parse_args()


class Reader:
    """A session of the app without a browser; it answers with what each widget was sent as last."""

    def __init__(self, socket):
        self.socket, self.widgets, self.fragments, self.held = socket, {}, {}, set()

    async def run(self, fragment="", **values: Any):
        """Let the server run once, with these widgets changed; return when it has drawn all."""
        sent = BackMsg()
        sent.rerun_script.query_string = QUERY
        sent.rerun_script.fragment_id = fragment
        sent.rerun_script.cached_message_hashes.extend(self.held)
        for name, (kind, value) in values.items():
            widget = sent.rerun_script.widget_states.widgets.add()
            widget.id = self.widgets[name]
            setattr(widget, kind, value)
        await self.socket.send(sent.SerializeToString())
        while True:
            got = ForwardMsg.FromString(await asyncio.wait_for(self.socket.recv(), 60))
            if got.metadata.cacheable:
                self.held.add(got.hash)
            self.note(got)
            if got.WhichOneof("type") == "script_finished":
                return

    def note(self, got):
        """Remember which widgets there are, and in which fragment."""
        element = got.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise RuntimeError(element.exception.message)
        name = getattr(getattr(element, kind or "", None), "id", "").rpartition("-")[2]
        if name:
            self.widgets[name], self.fragments[name] = getattr(element, kind).id, got.delta.fragment_id


async def session(address, pid):
    """Return the seconds of processor time that a step took."""
    url = f"{address.replace('http', 'ws')}/_stcore/stream"
    async with websockets.connect(url, subprotocols=["streamlit"], max_size=None) as socket:
        reader = Reader(socket)
        await reader.run()
        await reader.run(choose=("string_value", CHOSEN))
        await reader.run(edit_value=("string_value", TYPED))
        before = worked(pid)
        for _ in range(STEPS):
            await reader.run(reader.fragments["step_next"], step_next=("trigger_value", True))
        return (worked(pid) - before) / STEPS


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
