"""Rows of the table of settings: what each kind of them reads, writes and refuses."""

from math import copysign
from types import SimpleNamespace

import numpy as np
import pytest

from engine import InputError, Text
from engine.core import changed_fields, read_fields, with_readers, write_fields
from engine.core.field import amount, named, number, switch, whole

LABEL = Text("thing", "东西")
FIELDS = {
    "size": number("size", LABEL),
    "count": whole("count", 1, 9, LABEL),
    "on": switch("on", LABEL),
    "kind": named("kind", Text("kind", "种类"), {"a": "first", "b": "second"}, LABEL),
}


def test_what_can_be_read_is_a_value_and_the_rest_is_told_with_its_name():
    problems = []
    query = {"size": "-0.5", "count": "12", "on": "1", "kind": "c", "other": "1"}
    assert read_fields(FIELDS, query, problems) == {"size": -0.5, "on": True}
    assert [problem.problem.en.partition(":")[0] for problem in problems] == ["count", "kind"]
    assert all(problem.sentence("zh") != problem.sentence("en") for problem in problems)


@pytest.mark.parametrize(("name", "value"), [("size", 0.1), ("count", 9), ("on", False), ("kind", "b")])
def test_a_value_is_written_as_it_is_read(name, value):
    assert FIELDS[name].read(FIELDS[name].write(value)) == value


def test_of_a_record_is_written_what_is_asked_for_or_has_changed():
    usual, thing = (SimpleNamespace(size=size, count=3, on=False, kind="a") for size in (1.0, 0.25))
    assert write_fields(FIELDS, thing) == {"size": "0.25", "count": "3", "on": "0", "kind": "a"}
    assert write_fields(changed_fields(FIELDS, thing, usual), thing) == {"size": "0.25"}


def test_a_reader_that_is_put_in_place_of_another_leaves_the_table_as_it_is():
    bound = with_readers(FIELDS, {"count": len})
    assert (bound["count"].read("12"), bound["count"].label, list(bound)) == (2, LABEL, list(FIELDS))
    assert FIELDS["count"].read("4") == 4


def test_the_zero_of_a_setting_has_no_sign():
    assert copysign(1, FIELDS["size"].read("-0")) == 1


def test_an_amount_may_be_0_where_nothing_is_done_with_it():
    field = amount("limit", Text("no limit", "无效"), LABEL, above=True)
    assert field.check(0, np.dtype(float), False) == 0
    for wrong, used in ((0, True), (-1, False), (np.nan, True), ("x", False)):
        with pytest.raises(InputError, match="no limit"):
            field.check(wrong, np.dtype(float), used)


def test_a_row_is_called_in_links_as_it_says_or_by_its_attribute():
    assert [field.name for field in (number("eta", LABEL, link="rate"), number("eta", LABEL))] == ["rate", "eta"]
