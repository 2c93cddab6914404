"""The architecture of the imports, which files may import which, and the length of files."""

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
    "jinja2": ("visualizer/stage/document.py",),
    "markupsafe": ("visualizer/*",),
    "plotly": ("visualizer/*",),
    "torch": ("engine/autograd.py",),
    "pandas": ("visualizer/pages/_charts.py", "visualizer/pages/_check_gradients.py"),
    "numpy": ("engine/*", "visualizer/*"),
}
LONGEST = {"app.py": 79}
LONGEST_FILE = 299
MOST_SESSION_KEYS = 1  # all that is no widget's stands in one record


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


def asked_of_the_session(tree):
    """The keys that a source asks of `st.session_state`, as it writes them; "*" where it hands on the whole of it."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and node.attr == "session_state"):
            continue
        match parents[node]:
            case ast.Attribute(attr="get" | "pop" | "setdefault") as method:
                yield ast.unparse(parents[method].args[0])
            case ast.Attribute(attr=name):
                yield repr(name)
            case ast.Subscript(slice=key) | ast.Compare(left=key, ops=[ast.In() | ast.NotIn()]):
                yield ast.unparse(key)
            case _:
                yield "*"


def keys_of_widgets(tree):
    """The arguments of widgets that could be their key."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if (called.startswith("st.") and "session_state" not in called) or "mount_" in called or "_field" in called:
                yield from map(ast.unparse, node.args)
            yield from (ast.unparse(keyword.value) for keyword in node.keywords if keyword.arg == "key")


def session_keys(sources):
    """The keys in `st.session_state` that are no widget's."""
    trees = [ast.parse(source) for source in sources]
    widgets = {key for tree in trees for key in keys_of_widgets(tree)}
    return {key for tree in trees for key in asked_of_the_session(tree)} - widgets


def test_the_session_is_one_record():
    found = session_keys((ROOT / path).read_text(encoding="utf-8") for path in MODULES)
    assert len(found) <= MOST_SESSION_KEYS, sorted(found)


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ("st.session_state.tally = 1", {"'tally'"}),
        ("st.session_state['tally'] += 1", {"'tally'"}),
        ("n = st.session_state.get('tally', 0) + st.session_state.setdefault('sum', 0)", {"'tally'", "'sum'"}),
        ("if 'tally' not in st.session_state: pass", {"'tally'"}),
        ("st.session_state[f'{name}_of'] = 1", {"f'{name}_of'"}),
        ("held = st.session_state\nheld.tally = 1", {"*"}),
        ("st.toggle('Log', key='log')\nst.session_state.log", set()),
        ("st.button('Go', 'go')\nif st.session_state['go']: pass", set()),
    ],
)
def test_a_key_of_the_session_is_seen(source, keys):
    assert session_keys([source]) == keys
