"""Numbers as the browser writes them, by its own script, run by Node without a page."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

_SCRIPT = Path(__file__).parent / "stage" / "replay.mjs"


def written_by_the_browser(**asked):
    """Answer of the script; where there is no Node the test is skipped, on the machine that checks all it fails."""
    if shutil.which("node") is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("not to be had: node")
    sent = json.dumps(asked).encode()
    done = subprocess.run(["node", str(_SCRIPT)], input=sent, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)
