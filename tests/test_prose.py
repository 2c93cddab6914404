"""The beginnings of docstrings: the noun that a reader would search for, and no two docstrings alike."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("engine", "visualizer", "tests", "benchmarks", "docs")
MODULES = [ROOT / "app.py", *sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
WITHOUT_A_NOUN = re.compile(
    r"(say|tell|what|how|which|where|why|it|its|they|the same)\b"  # a question, or a pronoun for what stands above
    r"|\w+ (what|how|which|it|the same)\b"  # the same after a verb, as in "Return what"
    r"|(return|yield|draw) (where|why)\b",  # which after other verbs is a condition, as in "Skip where"
    re.IGNORECASE,
)


def docstrings(source):
    """The docstrings of a source by the name that each describes, of the module itself by an empty one."""
    documented = (node for node in ast.walk(ast.parse(source)) if isinstance(node, DOCUMENTED))
    return [(getattr(node, "name", ""), text) for node in documented if (text := ast.get_docstring(node))]


@pytest.fixture(scope="module")
def described():
    """All docstrings of the project, with the file and the name that each is of."""
    named = ((path.relative_to(ROOT).as_posix(), docstrings(path.read_text(encoding="utf-8"))) for path in MODULES)
    return [(f"{path}: {name}", text) for path, found in named for name, text in found]


def test_a_docstring_begins_with_a_noun(described):
    assert [f"{where}: {text.splitlines()[0]}" for where, text in described if WITHOUT_A_NOUN.match(text)] == []


def test_no_two_docstrings_are_alike(described):
    count = Counter(text for _, text in described)
    assert [f"{where}: {text.splitlines()[0]}" for where, text in described if count[text] > 1] == []


def typed(text):
    """The names of classes in the types that a docstring gives its parameters and attributes."""
    lines = re.findall(r"^[a-z_][\w, ]* : ([^\n{`=\"]*)$", text, re.MULTILINE)
    return {name for line in lines for name in re.findall(r"(?<![.\w])[A-Z][a-z]\w+", line)} - {"None", "True", "False"}


def test_types_in_docstrings_are_classes_that_there_are(described):
    sources = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    there = set(re.findall(r"^(?:class )?([A-Z]\w+)(?:\(|:| = )", sources, re.MULTILINE))
    there |= set(re.findall(r"^from \w+(?:\.\w+)* import (?:.*\b)?([A-Z]\w+)", sources, re.MULTILINE))
    assert {where: names for where, text in described if (names := typed(text) - there)} == {}


def test_a_type_that_was_renamed_is_found():
    assert typed("Things.\n\nparts : tuple of OldName or None\nsize : int\n") == {"OldName"}


@pytest.mark.parametrize(
    "text",
    [
        "Return what a step reads.",
        "Return the same without TeX.",
        "Return it.",
        "Return where it stands.",
        "Say whether two agree.",
        "Tell the page.",
        "What a pass does.",
        "The same for a batch.",
        "Its name.",
    ],
)
def test_a_beginning_without_a_noun_is_found(text):
    assert WITHOUT_A_NOUN.match(text)


@pytest.mark.parametrize(
    "text", ["Whether two agree.", "The cost.", "Return the cost.", "Items of a list.", "Skip where none is."]
)
def test_a_noun_is_no_pronoun(text):
    assert not WITHOUT_A_NOUN.match(text)


def test_docstrings_of_modules_classes_functions_and_methods_are_found():
    source = '"""A."""\nclass B:\n    """B."""\n    async def c(self):\n        """C."""\n        def d(): "D."\n'
    assert docstrings(source) == [("", "A."), ("B", "B."), ("c", "C."), ("d", "D.")]
