"""The scripts of the stage: their types hold together, and what in them needs no page does what it should."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
STAGE = HERE.parents[2] / "visualizer" / "stage"
TSC = ("npx", "--yes", "--package=typescript@7", "tsc")
ENOUGH = 180  # seconds, also to fetch it


def run(*command, cwd=None):
    """Exit code of a command, and its words."""
    quick = os.environ | {"npm_config_fetch_retries": "0"}
    done = subprocess.run(command, cwd=cwd, env=quick, capture_output=True, text=True, timeout=ENOUGH, check=False)
    return done.returncode, done.stdout + done.stderr


def needs(command):
    """Skip where something cannot be had; on the machine that checks everything, fail."""
    if shutil.which(command[0]) and run(*command, "--version")[0] == 0:
        return
    reason = f"not to be had: {' '.join(command)}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def test_the_types_of_the_scripts_hold_together():
    needs(TSC)
    assert run(*TSC, "--project", "jsconfig.json", cwd=STAGE) == (0, "")


def test_a_wrong_type_is_seen(tmp_path):
    needs(TSC)
    shutil.copytree(STAGE, tmp_path, dirs_exist_ok=True)
    (tmp_path / "wrong.js").write_text('import { fitEquation } from "./stepping/fit.js";\n\nfitEquation();\n')
    code, said = run(*TSC, "--project", "jsconfig.json", cwd=tmp_path)
    assert code
    assert "wrong.js(1,10)" in said


def test_what_needs_no_page_does_what_it_should():
    needs(("node",))
    code, said = run("node", "--test", *map(str, sorted(HERE.glob("*.test.mjs"))))
    assert code == 0, said
