"""Promises: their tables say what was measured, and their commands are there."""

import json
import re
from types import SimpleNamespace

import pytest

from benchmarks.promise_list import PROMISES, Promise
from benchmarks.promises import KEPT, ROOT, documents, read, with_table
from engine.core import Text

every_promise = pytest.mark.parametrize("promise", PROMISES.values(), ids=PROMISES)


@pytest.mark.parametrize("name", documents())
def test_a_table_says_what_was_measured(name):
    assert (ROOT / name).read_text("utf-8") == documents()[name], "python benchmarks/promises.py --tables"


def test_what_was_measured_belongs_to_a_promise_and_has_its_place_in_time():
    rows = json.loads(KEPT.read_text("utf-8"))
    assert sorted(set(rows) - set(PROMISES)) == []
    for name, row in rows.items():
        assert row["kept"] == PROMISES[name].kept(row["figure"], row["kept"]), name
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"])
        assert row["machine"]


@every_promise
def test_a_promise_names_a_command_that_is_there(promise):
    script = next(part for part in promise.command.split() if part.endswith(".py"))
    assert (ROOT / script).exists()
    assert promise.what.en != promise.what.zh
    assert (promise.goal is None) == (promise.figure == "")
    assert re.compile(promise.figure).groups == bool(promise.figure)


@pytest.mark.parametrize(
    ("side", "said", "code", "figure", "kept"),
    [
        ("at most", "ratio 0.90 of it", 0, 0.9, True),
        ("at most", "ratio 1.10 of it", 0, 1.1, False),
        ("at least", "ratio 1.10 of it", 0, 1.1, True),
        ("at least", "nothing of that kind", 0, None, False),
    ],
)
def test_a_figure_is_read_and_judged(side, said, code, figure, kept):
    promise = Promise("toy", Text("A toy", "玩具"), "toy.py", r"ratio ([\d.]+)", 1.0, side)
    assert read(promise, SimpleNamespace(stdout=said, returncode=code)) == {"figure": figure, "kept": kept}


@pytest.mark.parametrize(("code", "kept"), [(0, True), (1, False)])
def test_without_a_goal_the_command_decides(code, kept):
    promise = Promise("toy", Text("A toy", "玩具"), "toy.py")
    assert read(promise, SimpleNamespace(stdout="", returncode=code)) == {"figure": None, "kept": kept}


def test_a_table_is_put_between_its_marks_and_nowhere_else():
    text = "before\n<!-- promises -->\n\nold\n\n<!-- end of promises -->\nafter"
    assert with_table(text, "new\n") == text.replace("old\n", "new\n")
    assert with_table(with_table(text, "new\n"), "new\n") == with_table(text, "new\n")
