"""The pages on running it for a class: what they and the nginx configuration say is what code and settings have."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from engine.datasets import MOST_SAMPLES as MOST_ROWS
from engine.images import _MOST_BYTES
from engine.kept import FEW, MANY
from engine.model import (
    MOST_ITERATIONS,
    MOST_LAYERS,
    MOST_PARAMETERS,
    MOST_SAMPLES,
    MOST_UNITS,
    MOST_UPDATES,
)
from engine.survey import MOST_RATES, MOST_SEEDS, MOST_WORK
from engine.table import MOST_CHARACTERS, MOST_COLUMNS
from engine.task import MOST_EPOCHS
from tests.browser.server import nginx_files
from visualizer.lab import MOST_RUNS

ROOT = Path(__file__).parents[1]
NAMES = ("server.md", "server.zh-CN.md")
PAGES = {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in NAMES}
CONF = (ROOT / "docs/nginx.conf").read_text(encoding="utf-8")
SETTINGS = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["server"]
LIMITS = (MOST_LAYERS, MOST_UNITS, MOST_PARAMETERS, MOST_SAMPLES, MOST_ITERATIONS, MOST_EPOCHS, MOST_ROWS, MOST_RUNS)
LIMITS += (MOST_SEEDS, MOST_RATES, MOST_COLUMNS, MOST_CHARACTERS, MANY, FEW, _MOST_BYTES // 2**20)
every_page = pytest.mark.parametrize("name", NAMES)


@every_page
def test_the_proxy_asks_where_the_server_answers(name):
    port = re.search(r"server 127\.0\.0\.1:(\d+);", CONF)[1]
    (command,) = re.findall(r"```sh\n(.*?)```", PAGES[name], re.S)
    assert f"--server.address 127.0.0.1 --server.port {port} " in command
    assert (ROOT / command.split()[2]).exists()
    folder = re.search(r"--server\.baseUrlPath (\w+)", PAGES[name])[1]
    for said in (f"location /{folder}/ {{", f"/{folder}/_stcore/health", "`location / {`", "server_name"):
        assert said in PAGES[name] + CONF
    assert re.search(r"server_name (.*);", CONF)[1] in PAGES[name]


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


def test_both_pages_have_the_same_shape():
    shapes = [re.findall(r"^(#+ |```|\| *[\d-])", PAGES[name], re.M) for name in NAMES]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("folder", ["", "course"])
def test_nginx_accepts_the_configuration(folder, tmp_path):
    if not shutil.which("nginx"):
        pytest.skip("nginx is not installed")
    main = nginx_files(tmp_path, 8501, 8616, folder)
    done = subprocess.run(["nginx", "-t", "-c", main], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"location /{folder}" in (tmp_path / "site.conf").read_text(encoding="utf-8")
