"""A copy of the tree that a test may change, and programs that run in it."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def copied(root: Path) -> Path:
    """The folder, with a copy of the product in it and what its pages are driven with."""
    for name in ("engine", "visualizer"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("app.py", "tests/pages/app.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    return root


def run_in(root: Path, program: str) -> None:
    """Fail where a program of Python fails in a copy."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr[-3000:]
