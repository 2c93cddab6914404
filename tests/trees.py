"""A copy of the tree that a test may change, and programs that run in it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
_UNDER_WAY = shutil.ignore_patterns("*.pyc.*")  # what another process is compiling now


def copied(root: Path) -> Path:
    """The folder, with a copy of the product in it, compiled as it is, and what its pages are driven with."""
    for name in ("engine", "visualizer"):
        shutil.copytree(ROOT / name, root / name, ignore=_UNDER_WAY)
    for name in ("app.py", "tests/pages/app.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    return root


def run_in(root: Path, program: str, *arguments: str) -> str:
    """Fail where a program of Python fails in a copy; return what it prints."""
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


_EACH = """
import json, sys, traceback
parts, failed = json.loads(sys.argv[1]), {}
for name, part in parts.items():
    try:
        exec(compile(part, name, "exec"), dict(globals()))
    except BaseException:
        failed[name] = traceback.format_exc() + part
print(json.dumps(failed))
"""


def failures(root: Path, head: str, parts: dict[str, str]) -> dict[str, str]:
    """Run programs that begin alike in one process of a copy, which imports once; return what each has failed with."""
    return json.loads(run_in(root, head + _EACH, json.dumps(parts)).splitlines()[-1])
