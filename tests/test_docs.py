"""Documents name only files that are there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"(?<![\w/.])((?:engine|visualizer|tests|docs|benchmarks)/[\w/.-]*\w)")
DOCUMENTS = sorted(path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_that_a_document_names_is_there(name):
    named = set(NAMED.findall((ROOT / name).read_text(encoding="utf-8")))
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_the_list_of_benchmarks_says_what_each_of_them_says():
    rows = dict(
        re.findall(r"^\| `(\w+\.py)` \| (.*) \|$", (ROOT / "benchmarks/README.md").read_text("utf-8"), re.MULTILINE)
    )
    said = {path.name: ast.get_docstring(ast.parse(path.read_text("utf-8"))) for path in ROOT.glob("benchmarks/*.py")}
    assert rows == {name: text.split("\n")[0].split(": python")[0].rstrip(".") for name, text in said.items()}
