"""The app on a server of its own, and the browser of the system: for the journeys and for benchmarks."""

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
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def browser_path() -> str | None:
    """The path of the browser, if there is one."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_until_healthy(address: str, server: subprocess.Popen) -> None:
    """Wait until a server, or a proxy before it, answers that it runs."""
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
def serve(log: Path, port: int = 0, folder: str = "", root: Path = ROOT) -> Iterator[tuple[str, subprocess.Popen]]:
    """Run the app of a checkout, its output going to `log`; give its address and its process."""
    port = port or free_port()
    options = {"port": port, "address": "127.0.0.1", "headless": "true", "fileWatcherType": "none"}
    options["baseUrlPath"] = folder
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += [f"--server.{name}={value}" for name, value in options.items()]
    address = f"http://127.0.0.1:{port}" + (folder and f"/{folder}")
    with log.open("ab") as written:
        server = subprocess.Popen(command, cwd=root, stdout=written, stderr=subprocess.STDOUT)
    try:
        wait_until_healthy(address, server)
        yield address, server
    finally:
        server.terminate()
        server.wait(10)


def nginx_files(into: Path, port: int, listen: int, folder: str) -> str:
    """Write the documented configuration for these ports and this folder; return the file that nginx reads."""
    site = (ROOT / "docs/nginx.conf").read_text(encoding="utf-8")
    site = site.replace("127.0.0.1:8501", f"127.0.0.1:{port}").replace("listen 80;", f"listen 127.0.0.1:{listen};")
    (into / "site.conf").write_text(
        site.replace("location / {", f"location /{folder}/ {{" if folder else "location / {")
    )
    places = "".join(
        f"{kind}_temp_path {into}/{kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = into / "nginx.conf"
    main.write_text(
        f"pid {into}/pid; error_log {into}/error.log; daemon off;\nevents {{}}\n"
        f"http {{ access_log off; {places} include {into}/site.conf; }}\n"
    )
    return str(main)


@contextmanager
def before(port: int, folder: str, into: Path) -> Iterator[str]:
    """Put nginx, where it is installed, before the app on a port; give the address that a reader opens."""
    if not shutil.which("nginx"):
        yield f"http://127.0.0.1:{port}/{folder}"
        return
    listen = free_port()
    proxy = subprocess.Popen(["nginx", "-c", nginx_files(into, port, listen, folder)], stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{listen}/{folder}"
    finally:
        proxy.terminate()
        proxy.wait(10)
