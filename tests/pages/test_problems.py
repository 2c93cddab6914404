"""Problems are put into words in one way, on pages and in files."""

from pathlib import Path

import pytest

from engine import InputError, Text
from visualizer import pages
from visualizer.pages.shared import complaint

REFUSED = InputError(Text("there is none", "没有"), Text("one", "一个"), "x")


@pytest.mark.parametrize(
    ("problem", "begins"),
    [
        ("there is none", "There is none"),
        ("x is none", "x is none"),
        ("a seed", "A seed"),
        ("W¹ is none", "W¹ is none"),
    ],
)
def test_a_complaint_begins_with_a_capital_unless_with_a_symbol(problem, begins):
    assert complaint(InputError(Text(problem, "没有"), Text("one", "一个"), "x"), "en").startswith(begins)


def test_no_page_writes_a_complaint_by_itself():
    sources = {path.name: path.read_text(encoding="utf-8") for path in Path(pages.__file__).parent.rglob("*.py")}
    assert [name for name, source in sources.items() if ".sentence(" in source] == ["problems.py"]
