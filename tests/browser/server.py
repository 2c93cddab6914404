"""The app on a server of its own, and the browser of the system: for the journeys and for what is measured."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def browser_path() -> str | None:
    """Where the browser is, if there is one."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def _free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait_until_healthy(address, server):
    for _ in range(600):
        assert server.poll() is None, "the server has stopped"
        try:
            with urlopen(f"{address}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError("the server does not answer")


@contextmanager
def serve(log: Path) -> Iterator[tuple[str, subprocess.Popen]]:
    """Run the app, what it says going to `log`; give its address and its process."""
    port = _free_port()
    options = {"port": port, "address": "127.0.0.1", "headless": "true", "fileWatcherType": "none"}
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += [f"--server.{name}={value}" for name, value in options.items()]
    with log.open("wb") as written:
        server = subprocess.Popen(command, cwd=ROOT, stdout=written, stderr=subprocess.STDOUT)
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}", server
    finally:
        server.terminate()
        server.wait(10)
