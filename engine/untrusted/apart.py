"""Reading in a process of its own, for libraries that a damaged or malicious file can crash, stall or bloat.

The process ends after some seconds of reading whatever the library is doing, has a bounded memory where the system can
hold it to that, and hands back arrays of numbers or a sentence, nothing else.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from threading import BoundedSemaphore, Timer
from typing import IO, Any

from engine.core import InputError, Text
from engine.untrusted.archives import MOST_BYTES, Arrays, read_npy

ROOT = Path(__file__).parents[2]
REFUSED, TOO_LONG = "refused", "Timeout ("  # the latter begins what faulthandler says at the end of the time
SECONDS, _ALL_SECONDS = 10, 60  # of reading; and with the start of the process and the import of its library
_CHILD = (sys.executable, "-P", "-m", "engine.untrusted.child")
_MOST_SENT, _PORTION = 2 * MOST_BYTES, 2**16
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_AT_ONCE = BoundedSemaphore(2)  # of the whole server, by all sessions
_BUSY = Text("too many files are being read at once", "同时读取的文件太多")
_LATER = Text("try again in a minute", "一分钟后再试")


def read_apart(reader: str, data: bytes, needs: str = "") -> tuple[Arrays, dict[str, Any]]:
    """Return the arrays that a reader, a module of this package, finds in a file, and what it tells beside them.

    Raises
    ------
    InputError
        Where the reader refuses the file; `ImportError` where the package that it needs is missing, and `ValueError`
        where it fails, takes too long or ends the process.
    """
    if needs and not find_spec(needs):
        raise ImportError(needs)
    if not _AT_ONCE.acquire(timeout=_ALL_SECONDS):
        raise InputError(_BUSY, _LATER, f"> {_ALL_SECONDS} s")
    try:
        return _received(*_run([*_CHILD, reader, str(SECONDS), *([needs] if needs else [])], data))
    finally:
        _AT_ONCE.release()


def _run(command: list[str], data: bytes) -> tuple[bytes, str]:
    """Return the output of a process for its input, up to a bound, and the last line of its complaints."""
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    with TemporaryFile() as given, TemporaryFile() as said:
        given.write(data)
        given.seek(0)
        env = {**os.environ, **_ONE_THREAD, "PYTHONPATH": paths}
        with subprocess.Popen(command, stdin=given, stdout=subprocess.PIPE, stderr=said, env=env) as process:
            clock = Timer(_ALL_SECONDS, process.kill)
            clock.start()
            sent = b"".join(_portions(process.stdout))  # type: ignore[arg-type]
            process.kill() if len(sent) > _MOST_SENT else process.wait()
            clock.cancel()
        return sent, _complaint(said, process.returncode)


def _portions(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the output in portions, as long as it is no more than can be meant."""
    left = _MOST_SENT
    while left >= 0 and (portion := stream.read(_PORTION)):
        left -= len(portion)
        yield portion


def _complaint(said: IO[bytes], code: int) -> str:
    said.seek(0)
    words = said.read(10_000).decode("utf-8", "replace").strip()
    if TOO_LONG in words:
        return f"> {SECONDS} s"
    return (words.rpartition("\n")[2] or f"exit code {code}") if code else ""


def _received(sent: bytes, complaint: str) -> tuple[Arrays, dict[str, Any]]:
    """Return the arrays that another process has sent, and what it tells; nothing of it is unpickled."""
    if complaint:
        raise ValueError(complaint)
    head, _, rest = sent.partition(b"\n")
    told = json.loads(head)
    if REFUSED in told:
        problem, allowed, received = told[REFUSED]
        raise InputError(Text(*problem), Text(*allowed), Text(*received))
    arrays, at = {}, 0
    for name in told["names"]:
        end = at + 8 + int.from_bytes(rest[at : at + 8], "little")
        arrays[name] = read_npy(rest[at + 8 : end], name)
        at = end
    return arrays, told["told"]
