"""A registry entry is found by its file alone, in the place that it gives itself."""

import sys
from types import ModuleType
from typing import NamedTuple

import pytest

from engine.core import records


class Toy(NamedTuple):
    name: str
    order: float = float("inf")


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A factory of packages of modules that know `Toy`, which are removed again."""
    known = ModuleType("toy_record")
    known.Toy = Toy
    monkeypatch.setitem(sys.modules, "toy_record", known)
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "toys").mkdir()

    def made(**sources):
        for name, source in sources.items():
            (tmp_path / "toys" / f"{name}.py").write_text(f"from toy_record import Toy\n{source}\n", encoding="utf-8")
        return records("toys", [str(tmp_path / "toys")], Toy)

    yield made
    for name in [name for name in sys.modules if name.partition(".")[0] == "toys"]:
        del sys.modules[name]


def test_they_stand_in_their_own_order_then_by_file_then_as_written(package):
    found = package(
        a="LAST = Toy('last')\nBOTH = (Toy('third', 2), Toy('fourth', 2))",
        b="SECOND = Toy('second', 1.5)\nFIRST = Toy('first', 1)",
        c="AFTER = Toy('after')",
    )
    assert list(found) == ["first", "second", "third", "fourth", "last", "after"]
    assert [record.name for record in found.values()] == list(found)


def test_what_is_private_or_no_record_or_imported_once_more_is_none_of_its_own(package):
    found = package(
        a="_BASE = Toy('base')\nONE = _BASE._replace(name='one')\nWORDS = ('two', 3)",
        b="from toys.a import ONE",
        c="",
    )
    assert list(found) == ["one"]


def test_two_of_one_name_are_told(package):
    with pytest.raises(ValueError, match="toys has two records called 'one'"):
        package(a="ONE = Toy('one', 1)", b="ONE = Toy('one', 2)")
