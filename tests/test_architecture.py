"""The arrows between folders, in the order that `docs/architecture.md` has, and the sizes of folders and files."""

import ast
import re
import sys
from collections import Counter
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).parents[1]
MAP = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
SOURCES = [
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "app.py", *sorted(ROOT.glob("engine/**/*")), *sorted(ROOT.glob("visualizer/**/*")))
    if path.suffix in (".py", ".js", ".css")
]
MODULES = [name for name in SOURCES if name.endswith(".py")]
FOLDERS = re.findall(r"^\| `((?:engine|visualizer)/[a-z/]+)` \|", MAP, re.MULTILINE)  # each imports from earlier ones
SCRIPT_FOLDERS = re.findall(r"^\| `([a-z]+)` \|", MAP, re.MULTILINE)  # of `visualizer/stage`, each imports earlier ones
MOST_FILES = 12  # in a folder, beside its face
ROOTS = ("engine", "visualizer", "visualizer/pages")  # what each says is for those outside of it
BESIDE = ("visualizer/stage/component",)  # a face of its own: it needs Streamlit, and the stage does not
ONLY_IN = {
    "streamlit": (
        "app.py",
        "visualizer/__main__.py",
        "visualizer/pages/*",
        "visualizer/stage/component.py",
    ),
    "starlette": ("visualizer/hall/*",),
    "segno": ("visualizer/hall/link.py",),
    "networkx": ("visualizer/drawing/graph.py",),
    "sklearn": (
        "engine/data/datasets.py",
        "engine/images/images.py",
        "engine/studies/importance.py",
        "engine/training/metrics.py",
    ),
    "plotly": ("visualizer/*",),
    "torch": ("engine/passes/autograd.py",),
    "pandas": ("visualizer/pages/shared/charts.py", "visualizer/pages/check/gradients.py"),
    "jinja2": ("visualizer/stage/document.py",),
    "markupsafe": ("visualizer/*",),
    "numpy": ("engine/*", "visualizer/*"),
}
LONGEST = {"app.py": 20}
LONGEST_FILE = 299
WITHOUT_OWN_TEST = {  # why, and what tests it
    "engine/core/limits": ("numbers alone", "tests/engine/core/test_inputs.py"),
    "engine/formats/*": ("a record each, all read as libraries write them", "tests/engine/weights/test_brought.py"),
    "engine/untrusted/workbook": ("a reader for one format", "tests/engine/data/test_sheets.py"),
    "engine/untrusted/matlab": ("a reader for one format", "tests/engine/weights/test_brought.py"),
    "engine/untrusted/onnx_graph": ("a reader for one format", "tests/engine/weights/test_brought.py"),
    "engine/examples/*": ("a record each, all judged digit by digit", "tests/engine/examples/test_examples.py"),
    "visualizer/__main__": ("starts the server", "tests/test_installed.py"),
    "visualizer/animation/context": ("what a phase is made of", "tests/visualizer/animation/test_phases.py"),
    "engine/faults/fault": ("what a fault is made of", "tests/engine/faults/test_listings.py"),
    "engine/faults/programs": ("part of the faults", "tests/engine/faults/test_listings.py"),
    "visualizer/exercises/levels": ("records alone, drawn from", "tests/visualizer/exercises/test_generator.py"),
    "visualizer/exercises/*causes": ("asked by the marking", "tests/visualizer/exercises/test_marking.py"),
    "visualizer/experiments/*": (
        "a record each, all trained again",
        "tests/visualizer/experiments/test_experiments.py",
    ),
    "visualizer/rendering/record": ("what a record is made of", "tests/visualizer/rendering/test_page.py"),
    "visualizer/rendering/formats": ("records alone", "tests/browser/test_rendering.py"),
    "visualizer/exports/stage": ("a record alone", "tests/visualizer/exports/test_export.py"),
    "visualizer/glossary/*": ("records alone, held against all texts", "tests/test_words.py"),
    "visualizer/hall/acts": ("heard over sockets alone", "tests/visualizer/hall/test_sockets.py"),
    "visualizer/slides/*": ("what lessons are made of", "tests/visualizer/lessons/test_lessons.py"),
    "visualizer/lessons/*": ("a record each, all opened stop by stop", "tests/visualizer/lessons/test_lessons.py"),
    "visualizer/pages/*": ("seen on the pages alone, by readers who act", "tests/pages/test_stage.py"),
    "visualizer/reference/more_derivations": ("records alone", "tests/visualizer/reference/test_derivations.py"),
    "visualizer/reference/notation_list": ("records alone", "tests/visualizer/reference/test_notation.py"),
    "visualizer/reference/question_list": ("records alone", "tests/visualizer/reference/test_questions.py"),
    "visualizer/stage/component": ("runs in the page alone", "tests/browser/test_journeys.py"),
}
ASK_WHILE_DRAWING = {  # and in no callback
    "visualizer/pages/session/drafts.py",
    "visualizer/pages/session/lab_session.py",
    "visualizer/pages/shared/held.py",
    "visualizer/pages/stage/stage.py",
    "visualizer/pages/train/curves.py",
}
MOST_SESSION_KEYS = 1  # all that is no widget's stands in one record


def imported(source):
    """The modules from which a source imports, and the names: one pair each, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (("." * node.level + (node.module or ""), alias.name) for alias in node.names)


def folder_of(path):
    """The folder of a file or of a module, as far as it has an order; else nothing."""
    return max((folder for folder in FOLDERS if f"{path}/".startswith(f"{folder}/")), key=len, default="")


@cache
def published(folder):
    """Names that the face of a folder hands out."""
    for node in ast.parse((ROOT / folder / "__init__.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def is_wrong(path, module, name):
    """Whether a file of this path may not import a name from a module."""
    package = module.split(".")[0]
    if package in ("app", ""):
        return True
    if package not in ("engine", "visualizer"):
        allowed = (fnmatch(path, pattern) for pattern in ONLY_IN.get(package, ()))
        return package not in sys.stdlib_module_names and not any(allowed)
    own, place = folder_of(path), module.replace(".", "/")
    whole = f"{place}/{name}" if (ROOT / place / name).is_dir() else place  # `from visualizer import reference`
    there = folder_of(whole)
    if not there:  # the face of a package, for all that stand above it
        inside = path.startswith(f"{place}/") and place != "visualizer/pages"
        return place not in ROOTS or inside or (package == "visualizer" and path.startswith("engine/"))
    if own == there:
        return False
    if own and FOLDERS.index(there) > FOLDERS.index(own):
        return True
    return place not in BESIDE and (whole != there or (whole == place and name not in published(there)))


def wrong_imports(path, source):
    return [f"{module}.{name}" for module, name in imported(source) if is_wrong(path, module, name)]


def is_face(path):
    return path.removesuffix("/__init__.py") in (*FOLDERS, *ROOTS)


def test_the_arrows_point_one_way_and_end_at_faces():
    own = {path: wrong_imports(path, (ROOT / path).read_text(encoding="utf-8")) for path in MODULES}
    roots = {f"{root}/__init__.py" for root in ROOTS}
    assert {path: names for path, names in own.items() if names and path not in roots} == {}


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("engine/core/a.py", "from visualizer import stage_html"),
        ("engine/core/a.py", "from visualizer.scene import SceneBuilder"),
        ("engine/core/a.py", "def f():\n    from engine.passes import trace"),
        ("engine/core/a.py", "from engine import trace"),
        ("engine/core/a.py", "from . import text"),
        ("engine/passes/a.py", "import engine.training"),
        ("engine/training/a.py", "from engine.passes.trace import trace"),
        ("engine/training/a.py", "from engine.passes import no_such_name"),
        ("engine/core/a.py", "def f():\n    import streamlit.components"),
        ("engine/core/a.py", "import plotly.graph_objects as go"),
        ("engine/layers/a.py", "from sklearn import datasets"),
        ("visualizer/scene/a.py", "from engine.core.text import Text"),
        ("visualizer/scene/a.py", "import visualizer.pages.shared"),
        ("visualizer/scene/a.py", "from visualizer import pages"),
        ("visualizer/scene/a.py", "from visualizer import reference"),
        ("visualizer/runs/a.py", "import networkx as nx"),
        ("visualizer/stage/a.py", "import streamlit as st"),
        ("visualizer/pages/check/a.py", "from visualizer.pages.train import draw_view"),
        ("visualizer/pages/check/a.py", "from app import page"),
        ("visualizer/pages/check/a.py", "import torch"),
    ],
)
def test_an_arrow_that_points_back_or_past_a_face_is_seen(path, line):
    assert wrong_imports(path, line)


def test_no_circle_of_files():
    def target(module, name):
        inside = f"{module}.{name}".replace(".", "/")
        return inside if (ROOT / f"{inside}.py").exists() else module.replace(".", "/")

    arrows = nx.DiGraph(
        (path.removesuffix(".py").removesuffix("/__init__"), target(module, name))
        for path in MODULES
        for module, name in imported((ROOT / path).read_text(encoding="utf-8"))
        if module.split(".")[0] in ("engine", "visualizer") and not is_face(path)
    )
    circles = [sorted(group) for group in nx.strongly_connected_components(arrows) if len(group) > 1]
    assert circles == []


def test_the_map_names_every_folder_and_no_other():
    there = {Path(path).parent.as_posix() for path in MODULES} - {".", *ROOTS}
    assert sorted(there) == sorted(FOLDERS)
    assert len(set(FOLDERS)) == len(FOLDERS)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_is_small_and_says_what_it_is_for(folder):
    files = [path for path in (ROOT / folder).glob("*.py") if path.name != "__init__.py"]
    assert len(files) <= MOST_FILES
    face = ast.get_docstring(ast.parse((ROOT / folder / "__init__.py").read_text(encoding="utf-8")))
    assert face
    assert face.splitlines()[0] in MAP


def test_scripts_lie_in_small_folders_and_import_from_those_before_them():
    scripts = {path: path.parent.name for path in (ROOT / "visualizer/stage").rglob("*.js")}
    assert list(dict.fromkeys(SCRIPT_FOLDERS)) == SCRIPT_FOLDERS
    assert set(scripts.values()) == set(SCRIPT_FOLDERS)
    assert {folder: n for folder, n in Counter(scripts.values()).items() if n > MOST_FILES} == {}
    backward = [
        f"{path.name} -> {folder}"
        for path, own in scripts.items()
        for folder in re.findall(r'from "\.\./(\w+)/', path.read_text(encoding="utf-8"))
        if SCRIPT_FOLDERS.index(folder) >= SCRIPT_FOLDERS.index(own)
    ]
    assert backward == []


def test_files_stay_short():
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {path: n for path, n in lengths.items() if n > LONGEST.get(path, LONGEST_FILE)} == {}


def without_own_test(module):
    """The reasons that a module with no test at its own place in `tests` could have."""
    path = Path(module)
    if path.name == "__init__.py" or (ROOT / "tests" / path.parent / f"test_{path.name}").exists():
        return None
    return [row for row in WITHOUT_OWN_TEST if fnmatch(module.removesuffix(".py"), row)]


def test_every_module_has_a_test_at_its_place_or_a_reason():
    found = {module: without_own_test(module) for module in MODULES if module != "app.py"}
    assert [module for module, reasons in found.items() if reasons == []] == []
    needed = {row for reasons in found.values() for row in reasons or ()}
    assert sorted(set(WITHOUT_OWN_TEST) - needed) == []
    assert [test for _, test in WITHOUT_OWN_TEST.values() if not (ROOT / test).exists()] == []


@pytest.mark.parametrize("module", ["engine/core/untried.py", "visualizer/reference/untried.py"])
def test_a_module_that_nobody_tries_is_seen(module):
    assert without_own_test(module) == []


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


def test_callbacks_ask_streamlit_in_a_way_that_loses_no_press():
    asking = {path for path in MODULES if "st.session_state" in (ROOT / path).read_text(encoding="utf-8")}
    assert asking - ASK_WHILE_DRAWING == {"visualizer/pages/session/session.py"}


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
