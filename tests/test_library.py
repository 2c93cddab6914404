"""The library as it is documented: its pages and its notebook hold, in both languages."""

import ast
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import plotly.graph_objects as go
import pytest

import engine
import visualizer

ROOT = Path(__file__).parents[1]
PAGES = [(ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("library.md", "library.zh-CN.md")]
CELLS = json.loads((ROOT / "docs/notebook.ipynb").read_text(encoding="utf-8"))["cells"]
PUBLIC = {name: getattr(package, name) for package in (engine, visualizer) for name in package.__all__}
SAID = re.compile(r"\s+# (.*)$")


def code_of(page):
    return "".join(re.findall(r"```python\n(.*?)```", page, re.DOTALL))


def run(code, names):
    """Run code statement by statement; yield the value of each expression with the comment behind it, or None."""
    lines = code.splitlines()
    for node in ast.parse(code).body:
        source = ast.get_source_segment(code, node)
        if isinstance(node, ast.Expr):
            said = SAID.search(lines[node.end_lineno - 1])
            yield eval(source, names), said and said[1]
        else:
            exec(source, names)


def test_both_pages_have_the_same_code():
    assert code_of(PAGES[0]) == code_of(PAGES[1])
    headings = [re.findall(r"^#+ ", page, re.MULTILINE) for page in PAGES]
    assert headings[0] == headings[1]


def test_the_page_gives_what_its_comments_say(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {}
    told = [(repr(value), said) for value, said in run(code_of(PAGES[0]), names) if said]
    assert [value for value, _ in told] == [said for _, said in told]
    assert len(told) > 10
    assert all(isinstance(names[name], go.Figure) for name in ("figure", "curve", "contour"))
    assert "<svg" in (tmp_path / "mazur.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_notebook_runs_from_top_to_bottom(lang):
    names, shown = {}, []
    for cell in CELLS:
        code = "".join(cell["source"]).replace('LANG = "en"', f'LANG = "{lang}"')
        if cell["cell_type"] == "code":
            shown += [value for value, _ in run(code, names)][-1:]
    assert [type(value) for value in shown] == [list, go.Figure, tuple, go.Figure, go.Figure, go.Figure]
    assert shown[2][0]
    assert names["history"].loss[-1] < 0.01


def test_the_notebook_speaks_both_languages_and_keeps_no_outputs():
    words = ["".join(cell["source"]) for cell in CELLS if cell["cell_type"] == "markdown"]
    assert all(re.search("[\u4e00-\u9fff]", text) and re.search("[a-z]{3}", text) for text in words)
    assert not any(cell.get("outputs") for cell in CELLS)
    assert len({cell["id"] for cell in CELLS}) == len(CELLS)


@pytest.mark.parametrize("name", [name for name, thing in PUBLIC.items() if inspect.isfunction(thing)])
def test_every_public_function_has_an_example(name):
    assert ">>>" in inspect.getdoc(PUBLIC[name])


@pytest.mark.parametrize("name", [name for name, thing in PUBLIC.items() if callable(thing)])
def test_everything_public_is_described(name):
    assert len(inspect.getdoc(PUBLIC[name])) > 20


def test_streamlit_stays_out():
    code = "import sys, engine, visualizer; print({'streamlit', 'sklearn'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_name_that_was_renamed_works_with_a_warning():
    with pytest.warns(DeprecationWarning, match="scene_builder"):
        assert visualizer.stagehand is visualizer.scene_builder
    with pytest.raises(AttributeError):
        _ = visualizer.no_such_name


ALONE = """
import re, sys
for line in open("requirements.txt", encoding="utf-8"):
    name = re.split("[>=]", line)[0].strip().replace("-", "_")
    if name not in ("numpy", "scikit_learn"):
        sys.modules[name] = None
from engine import Network, check_gradients, train
net = Network.random((2, 3, 1), ("tanh", "sigmoid"), seed=1)
assert check_gradients(net, [1.0, 2.0], [0.5]).passed
train(net, [[1.0, 2.0]], [[0.5]], "quadratic", "adam", 0.1, 3)
"""


def test_the_engine_needs_numpy_and_scikit_learn_alone():
    done = subprocess.run([sys.executable, "-c", ALONE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
