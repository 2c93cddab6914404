"""Mutants of a source: each is one token away from it, and those that count as the same are there to be drawn."""

import pytest

from benchmarks.mutants import mutants
from benchmarks.mutation import GOALS, ROOT, equivalents, goal_of, modules, named_tests
from tests.test_architecture import WITHOUT_OWN_TEST

CASES = {
    "a < b": {"a <= b", "a >= b"},
    "a is not b": {"a is b"},
    "a not in (b)": {"a in (b)"},
    "a and b or c": {"a or b or c", "a and b and c"},
    "not a": {"a"},
    "-a": {"a"},
    "(a) ** b": {"(a) * b"},
    "a // b": {"a * b"},
    "a += b": {"a -= b"},
    "f(2)": {"f(3)", "f(1)"},
    "f(True, strict=True)": {"f(False, strict=True)"},
    "a[b:c]": {"a[:c]", "a[b:]"},
    "min(a)": {"max(a)"},
    "π + b": {"π - b"},
    "a + (  # a - b\n    b)": {"a - (  # a - b\n    b)"},
    "def f(a: b | c = d): return a": set(),
    "f'{1}'": set(),
}


@pytest.mark.parametrize(("source", "changed"), CASES.items())
def test_one_token_is_another(source, changed, tmp_path):
    (tmp_path / "a.py").write_text(source, encoding="utf-8")
    assert {one.source(tmp_path).decode().strip() for one in mutants("a.py", tmp_path)} == changed


def test_a_mutant_is_shown_by_its_line(tmp_path):
    (tmp_path / "a.py").write_text("α = 1\n\nβ = α < c\n", encoding="utf-8")
    shown = [one.lines(tmp_path) for one in mutants("a.py", tmp_path)]
    assert (3, "β = α < c", "β = α <= c") in shown


def test_every_module_has_a_goal_and_tests_that_are_there():
    for path in modules(["engine", "visualizer"]):
        narrow, *_ = named_tests(path, WITHOUT_OWN_TEST, is_wide=False)
        assert goal_of(path) in GOALS
        assert any(name.startswith("tests/") for name in narrow), path


def test_a_mutant_that_counts_as_the_same_can_be_drawn_and_has_a_reason():
    for (path, now, then), reason in equivalents().items():
        assert (now, then) in {one.lines(ROOT)[1:] for one in mutants(path, ROOT)}, now
        assert len(reason.split()) > 3
