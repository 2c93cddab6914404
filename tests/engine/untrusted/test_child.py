"""The process that reads a file in our place: however it ends, the answer is a sentence."""

import shutil

import pytest

from engine import InputError
from engine.untrusted import apart
from engine.weights import read_weights
from tests.engine.weights.samples import ENDINGS, needed

READERS = {"torch": "pickled", "keras": "hdf5"}

STALLS = "hash(deep)", "got: > 0.5 s"


@pytest.mark.parametrize(
    ("name", "script", "told"),
    [
        ("keras", *STALLS),
        ("torch", *STALLS),
        ("torch", "import os; os.abort()", "exit code -6"),
        ("torch", "while True: pass", "got: > 0.5 s"),
        ("torch", "1 / 0", "division by zero"),
        ("torch", "held = [bytes(2**28) for _ in range(16)]", "MemoryError"),
        ("torch", "import sys; [sys.stdout.write('x' * 2**20) for _ in range(200)]", "cannot be read"),
        ("torch", "import sys; sys.stdout.write('not JSON')", "cannot be read"),
    ],
)
def test_a_process_that_dies_stalls_or_bloats_is_answered_with_a_sentence(name, script, told, tmp_path, monkeypatch):
    """A reader that does so stands in the place of a real one."""
    if name == "keras":
        needed(name)
    package = tmp_path / "engine"
    shutil.copytree(apart.ROOT / "engine", package, ignore=shutil.ignore_patterns("__pycache__"))
    body = f"    deep = ()\n    for _ in range(40):\n        deep = (deep, deep)\n    {script}\n    return {{}}, {{}}\n"
    reader = f"def contents_of(data):\n{body}"
    (package / "untrusted" / f"{READERS[name]}.py").write_text(reader, encoding="utf-8")
    monkeypatch.setattr(apart, "ROOT", tmp_path)
    monkeypatch.setattr(apart, "SECONDS", 0.5 if "0.5" in told else 10)
    with pytest.raises(InputError, match=told):
        read_weights(b"", f"net{ENDINGS[name]}")
