"""The installed wheel: the whole app, with a command that starts it from any folder."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.browser.server import free_port, wait_until_healthy
from visualizer.writing import PAGES

ROOT = Path(__file__).parents[1]
LEFT_OUT = shutil.ignore_patterns(
    ".*_cache", ".git", ".venv", ".hypothesis", "build", "*.egg-info", "__pycache__", "tests"
)
VISIT = """
import sys
from importlib.metadata import entry_points
import visualizer
from streamlit.testing.v1 import AppTest
from visualizer.__main__ import app, main
(command,) = entry_points(group="console_scripts", name="backprop-stage")
assert command.load() is main
assert "site-packages" in visualizer.__file__
assert (app().parent / ".streamlit" / "config.toml").exists()
pages = visualizer.__path__[0] + "/pages"
opened = AppTest.from_file(pages + "/router.py", default_timeout=60).run()
for page in sys.argv[1:]:
    opened.switch_page(f"{page}/{page}.py").run()
    assert not opened.exception, (page, opened.exception)
    assert opened.markdown
print(app())
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The Python of an environment in which the wheel is installed, and what it needs comes from this one."""
    at = tmp_path_factory.mktemp("installed")
    shutil.copytree(ROOT, at / "source", ignore=LEFT_OUT)
    environment = venv.EnvBuilder(with_pip=False)
    environment.create(at / "venv")
    bin_folder = "Scripts" if os.name == "nt" else "bin"
    python = at / "venv" / bin_folder / "python"
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", "--python", str(python)]
    subprocess.run([*pip, "install", "--no-deps", str(at / "source")], check=True)
    (site,) = (at / "venv").glob("[Ll]ib/**/site-packages")
    (site / "needed.pth").write_text("\n".join(path for path in sys.path if path.endswith("site-packages")))
    return python


def test_the_command_starts_every_page_from_anywhere(installed, tmp_path):
    asked = [str(installed), "-W", "error", "-c", VISIT, *PAGES]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert ROOT not in Path(done.stdout.strip()).parents


def test_the_server_answers_and_its_options_are_those_of_streamlit(installed, tmp_path):
    port = free_port()
    command = [str(installed.with_name("backprop-stage")), "--server.port", str(port), "--server.headless", "true"]
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=log) as server,
    ):
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}", server)
        finally:
            server.terminate()
    assert b"Traceback" not in (tmp_path / "log").read_bytes()
