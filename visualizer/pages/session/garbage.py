"""Garbage collection of the server: in full in a quiet moment, and where there is none, once a minute.

Streamlit offers to collect in full after each run of a script (`runner.postScriptGC`, off in `.streamlit/config.toml`):
every step then looks through all that all sessions keep. Here a step pays for Python's two young generations only,
which look through what has come since, and one thread of the server does the rest. It sees from the processor time of
the process whether anything is going on, so that a training counts as much as a step. What has survived is frozen:
whatever else collects looks through it no more, until it is thawed for the next time.

Any thread may call `keep_clean`. Only the one that it starts collects in full, freezes and thaws. While it does, the
interpreter lets no other thread run; it holds no object of a session, and asks Streamlit for nothing.
"""

import gc
import threading
import time
from dataclasses import dataclass

EVERY = 1.0  # seconds between two looks at the clocks
QUIET = 0.05  # share of a processor: a server that has worked less since the last look is quiet
LITTLE = 1.0  # seconds of processor time: after less work there is nothing worth looking for
LATEST = 60.0  # seconds for which a full collection may be put off once it is worth while
_NAME, _SELDOM = "garbage", 1000  # of the thread; and how rarely Python collects in full by itself
_starting = threading.Lock()


@dataclass
class Clocks:
    """Clocks at the last look: the time, and the processor time of the process.

    Attributes
    ----------
    now, worked : float
        What they said.
    clean : float
        The processor time at the last full collection.
    since : float
        The last look at which there was nothing worth looking for.
    """

    now: float
    worked: float
    clean: float
    since: float

    def look(self, now: float, worked: float) -> bool:
        """Return whether it is time for a full collection; what the clocks say is noted."""
        is_quiet = worked - self.worked < QUIET * (now - self.now)
        self.now, self.worked = now, worked
        if worked - self.clean < LITTLE:
            self.since = now
            return False
        return is_quiet or now - self.since >= LATEST


def keep_clean() -> None:
    """Start the thread that collects garbage, once in a process."""
    with _starting:
        if all(thread.name != _NAME for thread in threading.enumerate()):
            threading.Thread(target=_watch, name=_NAME, daemon=True).start()


def _watch() -> None:
    """Collect in full where it is time, as long as the process lives."""
    gc.set_threshold(*gc.get_threshold()[:2], _SELDOM)
    clocks = Clocks(time.monotonic(), time.process_time(), 0.0, time.monotonic())
    while True:
        time.sleep(EVERY)
        if clocks.look(time.monotonic(), time.process_time()):
            collect()
            clocks.now = clocks.since = time.monotonic()
            clocks.worked = clocks.clean = time.process_time()


def collect() -> None:
    """Collect all garbage, and freeze what is left."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
