"""A full collection happens in a quiet moment or after a minute, not after a step; a session leaves nothing behind."""

import gc
import os
import subprocess
import sys
import time
import weakref
from contextlib import AsyncExitStack, aclosing, contextmanager
from itertools import pairwise

import pytest
from streamlit.testing.v1 import AppTest

from tests.browser.reader import Reader
from tests.browser.server import ROOT, free_port, wait_until_healthy
from tests.loops import ended
from visualizer.pages import script
from visualizer.pages.session.garbage import LATEST, LITTLE, QUIET, Clocks

# what is started notes who collects in full, and how many sessions are left then
NOTES = """
import gc, os, sys
NAME = ("visualizer.pages.session.session", "Session")
def of(one): return type(one).__dict__.get("__module__"), type(one).__name__
def collect(generation=2, really=gc.collect):
    found = really(generation)
    by = sys._getframe(1).f_globals["__name__"]
    if generation == 2 and by.startswith(("streamlit", "visualizer")):
        with open(os.environ["NOTES"], "a") as file:
            print(by, sum(of(one) == NAME for one in gc.get_objects()), file=file)
    return found
gc.collect = collect
"""
MANY = 12  # sessions
COLLECTOR = "visualizer.pages.session.garbage"
WAYS = {
    "here": ("streamlit", "run", "app.py"),
    "from elsewhere": ("streamlit", "run", str(ROOT / "app.py")),
    "as a command": ("visualizer",),
}
# a cycle that has become old, so that no young generation looks at it, dies by the thread alone
IN_A_PROCESS = """
import gc, sys, threading, time, weakref
import garbage
garbage.EVERY, garbage.LITTLE = 0.01, 0.0
garbage.QUIET, garbage.LATEST = (2.0, 1e9) if sys.argv[1] == "quiet" else (-1.0, 0.1)
class Old: pass
old = Old()
old.itself, ref = old, weakref.ref(old)
gc.collect()
gc.freeze()
del old
for _ in range(20):
    garbage.keep_clean()
until = time.monotonic() + 20
while ref() and time.monotonic() < until:
    time.sleep(0.01)
assert ref() is None
assert sum(thread.name == "garbage" for thread in threading.enumerate()) == 1
"""


def looks(of, seconds, share):
    """Look once a second while the process works a share of the time; give when it was time to collect."""
    times = []
    for _ in range(seconds):
        if of.look(of.now + 1, of.worked + share):
            times.append(of.now)
            of.clean, of.since = of.worked, of.now
    return times


def test_a_quiet_moment_is_used_once_and_only_after_work():
    clocks = Clocks(0, 0, 0, 0)
    assert looks(clocks, 1000, QUIET / 1000) == []  # nobody has come
    assert looks(clocks, 5, 0.9) == []
    assert looks(clocks, 5, 0.0) == [1006]
    assert looks(clocks, 1000, 0.0) == []


@pytest.mark.parametrize("share", [1.0, QUIET * 1.1])
def test_a_busy_server_collects_a_minute_after_it_is_worth_while(share):
    times = [0, *looks(Clocks(0, 0, 0, 0), 200, share)]
    assert len(times) > 2
    for last, time_ in pairwise(times):
        assert last + LITTLE / share + LATEST - 1 <= time_ <= last + LITTLE / share + LATEST + 1


@pytest.mark.parametrize("when", ["quiet", "busy"])
def test_one_thread_collects_what_is_old(when):
    alone = ROOT / "visualizer/pages/session"  # where it is imported without all that the pages need
    done = subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS, when], capture_output=True, text=True, cwd=alone, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


@contextmanager
def served(way, folder, **more):
    """Start the app in a way; give its address, and what notes who has collected."""
    (folder / "sitecustomize.py").write_text(NOTES)
    notes, address = folder / "notes", f"http://127.0.0.1:{(port := free_port())}"
    options = {"port": port, "headless": "true", "fileWatcherType": "none", **more}
    command = [sys.executable, "-m", *WAYS[way], *(f"--server.{name}={value}" for name, value in options.items())]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))), "NOTES": str(notes)}
    with (folder / "log").open("wb") as log:
        cwd = ROOT if way == "here" else folder
        server = subprocess.Popen(command, cwd=cwd, env=environment, stdout=log, stderr=log)
    try:
        wait_until_healthy(address, server)
        yield address, lambda: [line.split() for line in notes.read_text().splitlines()] if notes.exists() else []
    finally:
        server.terminate()
        server.wait(10)


async def come(address, count=1):
    """Open the stage so many times at once, step, and leave."""
    async with AsyncExitStack() as stack:
        readers = [
            await stack.enter_async_context(aclosing(await Reader.open(address, "", "lang=en"))) for _ in range(count)
        ]
        for reader in readers:
            await reader.until(lambda reader=reader: reader.find("step_next"))
            runs = reader.runs
            assert await reader.press("step_next")
            await reader.until(lambda reader=reader, runs=runs: reader.runs > runs)


def until(holds):
    """Wait for half a minute at most until a condition holds."""
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.parametrize("way", WAYS)
def test_no_run_of_a_script_collects_however_the_app_is_started(way, tmp_path):
    with served(way, tmp_path) as (address, notes):
        ended(come(address))
        until(notes)
        assert {by for by, _ in notes()} == {COLLECTOR}


def test_of_sessions_that_have_gone_the_next_quiet_moment_leaves_nothing(tmp_path):
    with served("here", tmp_path, disconnectedSessionTTL=1) as (address, notes):
        ended(come(address, MANY))
        until(lambda: notes() and int(notes()[-1][1]) >= MANY)
        time.sleep(1)
        ended(come(address))  # whoever comes lets Streamlit look for those that have gone for too long
        time.sleep(1)
        ended(come(address, MANY))  # work enough for a collection
        until(lambda: int(notes()[-1][1]) <= MANY)


def test_a_session_needs_no_collection_to_be_forgotten():
    opened = AppTest.from_file(str(ROOT / "visualizer/pages/router.py"), default_timeout=60)
    opened.query_params["lang"] = "en"
    opened.run()
    opened.button(key="step_next").click().run()
    for page in ("landscape", "check", "exercises"):
        opened.switch_page(str(script(page))).run()
        assert not opened.exception
    session = opened.session_state["session"]
    lab = weakref.ref(session.lab)
    gc.disable()
    try:
        del opened.session_state["session"]
        assert sys.getrefcount(session) == 2
        del session
        assert lab() is None
    finally:
        gc.enable()
