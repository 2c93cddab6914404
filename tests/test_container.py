"""Locked versions, container and composition: they agree with the project and with each other."""

import json
import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from visualizer.__main__ import SHARE, app, streamlit_arguments

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
CONF = (ROOT / "docs/nginx.conf").read_text(encoding="utf-8")


def locked():
    """The pinned versions, by the name of the package: several where they depend on the Python."""
    found = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", LOCK, re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


def test_every_requirement_is_locked_at_a_version_that_it_allows():
    versions = locked()
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            asked = Requirement(line)
            assert all(asked.specifier.contains(one) for one in versions[canonicalize_name(asked.name)]), line


def test_the_locked_versions_have_hashes_and_name_no_place():
    pinned = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in one for one in pinned)
    assert "://" not in LOCK


def test_the_container_copies_what_is_there_and_is_let_have_it():
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    for line in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE):
        for name in line.split():
            assert (ROOT / name).exists()
            assert f"!{name}\n" in ignored
    assert re.search(r"^USER (?!root)", DOCKERFILE, re.MULTILINE)


def test_the_container_the_proxy_and_the_settings_mean_one_port():
    (port,) = re.findall(r"^EXPOSE (\d+)$", DOCKERFILE, re.MULTILINE)
    assert f"127.0.0.1:{port}/_stcore/health" in DOCKERFILE
    assert f"server 127.0.0.1:{port};" in CONF
    assert 'network_mode: "service:app"' in COMPOSE  # so that the proxy's 127.0.0.1 is the server's
    (listens,) = re.findall(r"listen (\d+);", CONF)
    assert f'"{listens}:{listens}"' in COMPOSE
    assert json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))["forwardPorts"] == [
        int(port)
    ]
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert "port" not in settings["server"]  # it is Streamlit's own


def test_a_class_is_served_on_purpose_only():
    plain, shared = streamlit_arguments(["--server.port", "1"]), streamlit_arguments([SHARE, "--server.port", "1"])
    assert plain == ["streamlit", "run", str(app()), "--server.port", "1"]
    assert shared[3:5] == ["--server.address", "0.0.0.0"]
    assert shared[-2:] == ["--server.port", "1"]
    assert SHARE not in shared
    assert SHARE in DOCKERFILE


def requirements(*names):
    """The requirements that some files of the tests list themselves."""
    lines = [line for name in names for line in (ROOT / "tests" / name).read_text(encoding="utf-8").splitlines()]
    return {line for line in lines if line and not line.startswith(("#", "-r"))}


def test_the_extras_are_what_the_tests_install():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert set(extras) == {"app", "hall", "tables", "weights", "torch", "dask", "dev"}
    own = {line for line in extras["dev"] if not line.startswith("backprop-stage[")}
    assert own | set(extras["tables"]) | set(extras["weights"]) == requirements("requirements.txt")
    assert set(extras["dask"]) == requirements("requirements-dask.txt")
    assert {Requirement(line).name for line in extras["torch"]} <= {
        Requirement(line).name for line in requirements("requirements-torch.txt")
    }
