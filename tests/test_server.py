"""The pages on running a server for a class: they and the nginx configuration agree with code and settings."""

import re
import shutil
import subprocess
import time
import tomllib
from base64 import b64encode
from contextlib import contextmanager
from dataclasses import astuple, fields
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
import streamlit

from engine.core import MOST_LAYERS, MOST_PARAMETERS, MOST_UNITS
from engine.data import MOST_CHARACTERS
from engine.data import MOST_SAMPLES as MOST_ROWS
from engine.data.table import MOST_COLUMNS
from engine.images.images import _MOST_BYTES
from engine.settings import MOST_EPOCHS, MOST_SAMPLES
from engine.settings.model import MOST_ITERATIONS, MOST_UPDATES
from engine.settings.model_cache import FEW, MANY
from engine.studies import MOST_RATES, MOST_SEEDS
from engine.studies.survey import MOST_WORK
from tests.browser.server import before, nginx_files
from visualizer.hall.limits import Limits
from visualizer.lab.entries import MOST_RUNS

ROOT = Path(__file__).parents[1]
NAMES = ("server.md", "server.zh-CN.md")
PAGES = {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in NAMES}
CONF = (ROOT / "docs/nginx.conf").read_text(encoding="utf-8")
SETTINGS = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["server"]
LIMITS = (MOST_LAYERS, MOST_UNITS, MOST_PARAMETERS, MOST_SAMPLES, MOST_ITERATIONS, MOST_EPOCHS, MOST_ROWS, MOST_RUNS)
LIMITS += tuple(int(limit) for limit in astuple(Limits()))
LIMITS += (MOST_SEEDS, MOST_RATES, MOST_COLUMNS, MOST_CHARACTERS, MANY, FEW, _MOST_BYTES // 2**20)
every_page = pytest.mark.parametrize("name", NAMES)


@every_page
def test_the_proxy_asks_where_the_server_answers(name):
    port = re.search(r"server 127\.0\.0\.1:(\d+);", CONF)[1]
    (command,) = re.findall(r"```sh\n(.*?)```", PAGES[name], re.DOTALL)
    assert f"--server.address 127.0.0.1 --server.port {port} " in command
    assert (ROOT / command.split()[2]).exists()
    folder = re.search(r"--server\.baseUrlPath (\w+)", PAGES[name])[1]
    for said in (f"location /{folder}/ {{", f"/{folder}/_stcore/health", "`location / {`", "server_name"):
        assert said in PAGES[name] + CONF
    assert re.search(r"server_name (.*);", CONF)[1] in PAGES[name]


@every_page
def test_every_limit_of_a_room_has_its_variable(name):
    told = set(re.findall(r"BACKPROP_HALL_(\w+)", PAGES[name]))
    assert told == {field.name.upper() for field in fields(Limits)}


@every_page
def test_the_limits_are_those_of_the_code(name):
    numbers = {number.replace(",", "") for number in re.findall(r"\d[\d,]*", PAGES[name])}
    assert {str(limit) for limit in LIMITS} <= numbers
    assert MOST_WORK == 5 * 10**10
    assert "5·10¹⁰" in PAGES[name]
    assert f"{MOST_UPDATES // 10**6} million" in PAGES[name] or f"{MOST_UPDATES // 10**4:,} 万" in PAGES[name]


@every_page
def test_proxy_and_server_take_the_same_files(name):
    megabytes = SETTINGS["maxUploadSize"]
    assert f"client_max_body_size {megabytes}m;" in CONF
    assert f"{megabytes} MB" in PAGES[name]
    assert f"{SETTINGS['maxMessageSize']} MB" in PAGES[name]


def test_a_plain_start_listens_on_this_machine_only_and_a_class_is_served_on_purpose():
    assert SETTINGS["address"] == "127.0.0.1"
    for path in (ROOT / "README.md", ROOT / "README.zh-CN.md"):
        (command,) = re.findall(r"^python3 .*streamlit run.*", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert "--server.address" not in command
    assert all("`--server.address 0.0.0.0`" in page for page in PAGES.values())


def test_both_pages_have_the_same_shape():
    shapes = [re.findall(r"^(#+ |```|\| *[\d-])", PAGES[name], re.MULTILINE) for name in NAMES]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("folder", ["", "course"])
def test_nginx_accepts_the_configuration(folder, tmp_path):
    if not shutil.which("nginx"):
        pytest.skip("nginx is not installed")
    main = nginx_files(tmp_path, 8501, 8616, folder)
    done = subprocess.run(["nginx", "-t", "-c", main], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"location /{folder}" in (tmp_path / "site.conf").read_text(encoding="utf-8")


class _Streamlit(BaseHTTPRequestHandler):
    """Answers every question, as the server behind the proxy does."""

    def do_GET(self):
        self.send_response(200 if "missing" not in self.path else 404)
        self.end_headers()

    def log_message(self, *said):
        """Log nothing."""


@pytest.fixture
def behind_nginx(tmp_path):
    """The address of a server behind the documented configuration, by its folder."""
    if not shutil.which("nginx"):
        pytest.skip("nginx is not installed")

    @contextmanager
    def serve(folder):
        with ThreadingHTTPServer(("127.0.0.1", 0), _Streamlit) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            with before(server.server_port, folder, tmp_path) as address:
                yield address.rstrip("/")
            server.shutdown()

    return serve


def _asked(address):
    """The status and the headers of an answer, once the proxy is there."""
    for _ in range(100):
        try:
            with urlopen(address, timeout=5) as answer:
                return answer.status, answer.headers
        except HTTPError as answer:
            return answer.code, answer.headers
        except URLError:
            time.sleep(0.05)
    raise TimeoutError(address)


@pytest.mark.parametrize("folder", ["", "course"])
def test_nginx_gives_headers_to_every_answer_and_keeps_what_the_server_says_of_itself(folder, behind_nginx):
    with behind_nginx(folder) as address:
        for path, status in (
            ("/", 200),
            ("/_stcore/health", 200),
            ("/missing", 404),
            ("/_stcore/metrics", 404),
            ("/_stcore/metrics/", 404),
            ("/train/_stcore/metrics", 404),
            ("/_stcore/agent/openapi.json", 404),
        ):
            got, headers = _asked(address + path)
            assert got == status, path
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "same-origin"
            rules = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
            assert rules["default-src"] == rules["frame-ancestors"] == "'self'"
            assert "unsafe" not in rules["script-src"]
            assert f"ws://{urlsplit(address).netloc}" in rules["connect-src"]
            assert "http:" not in headers["Content-Security-Policy"]


def test_the_only_script_in_the_page_is_the_one_that_is_allowed():
    page = (Path(streamlit.__file__).parent / "static/index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = [b64encode(sha256(script.encode()).digest()).decode() for script in scripts]
    assert re.findall(r"'sha256-(.*?)'", CONF) == hashes
