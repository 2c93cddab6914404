"""One word for one thing: no text, README or document says what the glossary says otherwise."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from engine.core import LANGUAGES
from visualizer.glossary import TERMS

ROOT = Path(__file__).parents[1]
PROGRAM = [ROOT / "app.py", *sorted((ROOT / "engine").rglob("*.py")), *sorted((ROOT / "visualizer").rglob("*.py"))]
DOCUMENTS = sorted(path for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")) if path.name != "CHANGELOG.md")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
FORBIDDEN = [(name, word) for name, term in TERMS.items() for word in term.not_said]


def pattern(word):
    return re.compile(word if CHINESE.search(word) else rf"(?<![\w-])(?:{word})(?![\w-])", re.IGNORECASE)


@cache
def said():
    """All texts of the program, in either language, with the file and the line."""
    found = []
    for path in PROGRAM:
        name = path.relative_to(ROOT).as_posix()
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Text":
                found += [(f"{name}:{call.lineno}", text) for text in _constants(call)]
    return found


def _constants(call):
    """The strings of the arguments of a call, those between the values of f-strings included."""
    inside = (node for argument in call.args for node in ast.walk(argument))
    return [node.value for node in inside if isinstance(node, ast.Constant) and isinstance(node.value, str)]


@cache
def documents():
    found = []
    for path in DOCUMENTS:
        prose = CODE.sub(lambda code: "\n" * code[0].count("\n"), path.read_text(encoding="utf-8"))
        found += [(f"{path.name}:{number}", line) for number, line in enumerate(prose.splitlines(), 1)]
    return found


@pytest.mark.parametrize(("name", "word"), FORBIDDEN)
def test_a_thing_is_called_by_its_name_in_the_program(name, word):
    assert [f"{at} {text}" for at, text in said() if pattern(word).search(text)] == []


@pytest.mark.parametrize(("name", "word"), FORBIDDEN)
def test_a_thing_is_called_by_its_name_in_the_documents(name, word):
    assert [f"{at} {line}" for at, line in documents() if pattern(word).search(line)] == []


@pytest.mark.parametrize("name", TERMS)
def test_a_term_has_a_name_in_both_languages_and_is_not_among_those_not_said(name):
    term = TERMS[name]
    assert all(text(lang).strip() for text in (term.label, term.why) for lang in LANGUAGES)
    assert not any(pattern(word).search(" ".join(term.label)) for word in term.not_said)


def test_a_forbidden_word_is_found_where_it_stands():
    assert pattern(r"held[- ]out").search("The held-out loss rises.")
    assert not pattern("grain").search("migraine, fine-grained")
    assert pattern("(?<!线性)单元").search("隐藏单元")
    assert not pattern("(?<!线性)单元").search("修正线性单元")


def test_texts_and_documents_are_read():
    assert len(said()) > 3000
    assert {at.split(":")[0] for at, _ in documents()} > {
        "README.md",
        "README.zh-CN.md",
        "library.md",
        "server.zh-CN.md",
    }
