"""What may import what, and how long a file may be."""

import ast
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = [
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "app.py", *sorted(ROOT.glob("engine/**/*")), *sorted(ROOT.glob("visualizer/**/*")))
    if path.suffix in (".py", ".js", ".css")
]
MODULES = [name for name in SOURCES if name.endswith(".py")]
RANKS = {"app.py": 3, "visualizer/pages/*": 2, "visualizer/*": 1, "engine/*": 0}  # a file imports none above its own
ONLY_IN = {
    "streamlit": ("app.py", "visualizer/__main__.py", "visualizer/pages/*", "visualizer/stage/component.py"),
    "networkx": ("visualizer/graph.py",),
    "sklearn": ("engine/datasets.py", "engine/images.py", "engine/metrics.py"),
    "plotly": ("visualizer/*",),
    "torch": ("engine/autograd.py",),
    "pandas": ("visualizer/pages/_charts.py", "visualizer/pages/_check_gradients.py"),
    "numpy": ("engine/*", "visualizer/*"),
}
LONGEST = {"app.py": 79}
LONGEST_FILE = 299


def imported(source):
    """The full names of all that a source imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names)


def rank(path):
    return next(number for pattern, number in RANKS.items() if fnmatch(path, pattern))


def is_wrong(path, name):
    """Whether a file of this path may not import `name`."""
    package = name.split(".")[0]
    if package == "app":
        return rank("app.py") > rank(path)
    if package in ("engine", "visualizer"):
        return rank(name.replace(".", "/") + "/") > rank(path)
    allowed = (fnmatch(path, pattern) for pattern in ONLY_IN.get(package, ()))
    return package not in sys.stdlib_module_names and not any(allowed)


def wrong_imports(path, source):
    return [name for name in imported(source) if is_wrong(path, name)]


def test_the_arrows_point_one_way():
    wrong = {path: wrong_imports(path, (ROOT / path).read_text(encoding="utf-8")) for path in MODULES}
    assert {path: names for path, names in wrong.items() if names} == {}


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("engine/a.py", "from visualizer.scene import Scene"),
        ("engine/a.py", "def f():\n    import streamlit.components"),
        ("engine/a.py", "from . import trace"),
        ("engine/a.py", "import plotly.graph_objects as go"),
        ("engine/layers.py", "from sklearn import datasets"),
        ("visualizer/a.py", "import visualizer.pages._state"),
        ("visualizer/a.py", "from visualizer import pages"),
        ("visualizer/a.py", "import networkx as nx"),
        ("visualizer/stage/a.py", "import streamlit as st"),
        ("visualizer/pages/a.py", "from app import page"),
        ("visualizer/pages/a.py", "import torch"),
    ],
)
def test_an_arrow_that_points_back_is_seen(path, line):
    assert wrong_imports(path, line)


def test_files_stay_short():
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {path: n for path, n in lengths.items() if n > LONGEST.get(path, LONGEST_FILE)} == {}
