"""Problems are put into words in one way, on pages and in files."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from engine import InputError, Text
from engine.core import LANGUAGES
from visualizer import pages
from visualizer.exports import EXPORTS, Export
from visualizer.pages.shared import complaint
from visualizer.pages.stage.exports import _made

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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_that_cannot_be_made_says_why_as_a_page_would(lang):
    def refuse(subject):
        raise REFUSED

    record = next(iter(EXPORTS.values()))
    record = Export(record.name, record.group, record.label, record.why, record.file, record.mime, refuse)
    assert _made(record, SimpleNamespace(lang=lang)) == complaint(REFUSED, lang)
    assert complaint(REFUSED, "en").startswith("There")


def test_no_page_writes_a_complaint_by_itself():
    sources = {path.name: path.read_text(encoding="utf-8") for path in Path(pages.__file__).parent.rglob("*.py")}
    assert [name for name, source in sources.items() if ".sentence(" in source] == ["problems.py"]
