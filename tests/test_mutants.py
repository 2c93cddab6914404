"""Mutants of a source: each is one token away from it, and those that count as the same are there to be drawn."""

import pytest

from benchmarks.mutants import Mutant, mutants
from benchmarks.mutated import functions, swaps
from benchmarks.mutation import GOALS, ROOT, equivalents, goal_of, modules
from benchmarks.near_tests import near_tests
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
    assert {
        one.source(tmp_path).decode().strip() for one in mutants("a.py", tmp_path) if one.compiles(tmp_path)
    } == changed


def test_a_mutant_is_shown_by_its_line(tmp_path):
    (tmp_path / "a.py").write_text("α = 1\n\nβ = α < c\n", encoding="utf-8")
    shown = [one.lines(tmp_path) for one in mutants("a.py", tmp_path)]
    assert (3, "β = α < c", "β = α <= c") in shown


def test_every_module_has_a_goal_and_tests_that_are_there():
    for path in modules(["engine", "visualizer"]):
        near = near_tests(path, ROOT, WITHOUT_OWN_TEST)
        assert goal_of(path) in GOALS
        assert any(name.startswith("tests/") for name in near), path


def test_a_mutant_that_counts_as_the_same_can_be_drawn_and_has_a_reason():
    for (path, now, then), reason in equivalents().items():
        assert (now, then) in {one.lines(ROOT)[1:] for one in mutants(path, ROOT)}, now
        assert len(reason.split()) > 3


def test_near_tests_are_a_module_s_own_and_those_of_whoever_takes_names_from_it():
    near = near_tests("engine/optimizers/laws.py", ROOT, WITHOUT_OWN_TEST)
    assert near[:2] == ["tests/engine/optimizers/test_laws.py", "engine/optimizers/laws.py"]
    assert "tests/engine/optimizers/test_records.py" in near
    assert "tests/engine/core/test_text.py" not in near


SOURCE = """
LIMIT = 2
def least(a, b=1):
    return min(x + b for x in a)
class Held:
    share = 3
    @property
    def half(self):
        return LIMIT // 2
"""


@pytest.mark.parametrize(
    ("token", "other", "swapped"),
    [
        (b"min", b"max", ["least"]),
        (b"+", b"-", ["least"]),
        (b"//", b"*", ["half"]),
        (b"b=1", b"b=2", []),
        (b"LIMIT = 2", b"LIMIT = 3", []),
        (b"share = 3", b"share = 4", []),
    ],
)
def test_what_a_function_computes_is_put_into_it_and_all_else_needs_a_process(token, other, swapped, tmp_path):
    (tmp_path / "held.py").write_text(SOURCE, encoding="utf-8")
    made = {}
    exec(compile(SOURCE, str(tmp_path / "held.py"), "exec"), made)
    start = SOURCE.encode().index(token)
    mutant = Mutant("held.py", start, start + len(token), other)
    found = swaps(mutant, tmp_path, functions())
    assert [function.__name__ for function, _ in found] == swapped
    before = made["least"]([3, 5]), made["Held"]().half
    for function, code in found:
        function.__code__ = code
    assert ((made["least"]([3, 5]), made["Held"]().half) != before) == bool(swapped)
