"""Files that the pages hand out: made when they are asked for, and brought until the browser must have them."""

import base64
import re
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

import visualizer
from engine import InputError, Text
from tests.pages.app import checked, mounted, press, session, visit, warnings
from visualizer.exercises import exercise, sheets_html
from visualizer.exports import EXPORTS, Subject
from visualizer.lab import lab_to_file
from visualizer.pages.shared import downloads
from visualizer.state import to_file

STREAMLITS_OWN = re.compile(r"\bst\.download_button\b")


def opened(app, folder):
    app.session_state[folder] = True
    return checked(app.run())


def files(app):
    """The names of the files that are handed over, with what is in them."""
    held = [file for data in mounted(app, "download") for file in data["files"]]
    return {file["name"]: zlib.decompress(base64.b64decode(file["packed"])).decode() for file in held}


def of_stage():
    app = press(opened(visit(example="mazur", step="bp1", lang="zh"), "files"), "save_file")
    return app, {"backprop-stage.json": to_file(session(app).spec)}


def of_exports():
    app = press(opened(visit(example="mazur", step="bp1", lang="zh"), "exports"), "export_numpy", "export_solution_md")
    subject = Subject(session(app).spec)
    return app, {EXPORTS[name].file: EXPORTS[name].make(subject) for name in ("numpy", "solution_md")}


def of_a_class():
    app = opened(visit("exercises", level="neuron", seed="5", lang="zh"), "exercise_class")
    made = sheets_html([exercise("neuron", seed) for seed in range(5, 35)], "zh", True)
    return press(app, "class-key"), {"exercises-neuron-5-34-key.html": made}


def of_runs():
    app = press(opened(visit("train", data="xor", epochs="3"), "train_files"), "train_one", "train_save")
    return app, {"backprop-runs.json": lab_to_file(session(app).lab.snapshot())}


@pytest.mark.parametrize("place", [of_stage, of_exports, of_a_class, of_runs])
def test_a_press_makes_the_file_which_comes_until_the_browser_must_have_it(place, monkeypatch):
    app, expected = place()
    assert files(app) == expected
    assert files(checked(app.run())) == expected  # a drawing that was overtaken brought nothing
    monkeypatch.setattr(downloads, "_KEPT", 0)
    assert files(checked(app.run())) == {}


def test_a_file_comes_though_its_menu_is_closed_by_then():
    app = opened(visit(example="mazur"), "files")
    app.session_state.files = False
    assert list(files(press(app, "save_file"))) == ["backprop-stage.json"]


def test_a_file_that_cannot_be_made_is_told_on_the_page(monkeypatch):
    def refuse(_):
        raise InputError(Text("no", "不行"), Text("any", "任意"), "<b>")

    monkeypatch.setitem(EXPORTS, "numpy", replace(EXPORTS["numpy"], make=refuse))
    app = press(opened(visit(example="mazur", lang="zh"), "exports"), "export_numpy")
    assert "不行" in warnings(app)[0]
    assert files(app) == {}


def test_no_page_hands_files_out_in_another_way():
    texts = {path: path.read_text(encoding="utf-8") for path in Path(visualizer.__file__).parent.rglob("*.py")}
    assert [path for path, text in texts.items() if STREAMLITS_OWN.search(text)] == []
