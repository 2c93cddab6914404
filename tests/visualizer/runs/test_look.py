"""Looks of the runs as links: every row comes back, and what is none is told."""

import pytest

from visualizer.runs import FIELDS, Look, look_from_query, look_to_query

ANOTHER = Look("cost", "second", True, True, 0.35, "eta", "optimizer", True, 2, 0, 17, "runs")


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_each_row_of_a_look_stands_in_a_link_where_it_is_not_the_usual_one(field):
    look = Look()._replace(**{field.attribute: getattr(ANOTHER, field.attribute)})
    query = look_to_query(look)
    assert list(query) == [field.name]
    assert look_from_query(query) == (look, [])


def test_the_table_has_a_row_for_all_that_a_look_holds():
    assert {field.attribute for field in FIELDS.values()} == set(Look._fields)
    assert look_to_query(Look()) == {}
    assert look_from_query(look_to_query(ANOTHER)) == (ANOTHER, [])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("curve", "colour"),
        ("axis", "hour"),
        ("log_x", "2"),
        ("log_y", "yes"),
        ("smoothing", "1"),
        ("smoothing", "-0.1"),
        ("smoothing", "nan"),
        ("group", ""),
        ("shade", "colour"),
        ("run", "0"),
        ("pair", "51"),
        ("epoch", "-1"),
        ("epoch", "1e9"),
    ],
)
def test_what_is_no_look_is_told_and_the_usual_one_stays(name, text):
    look, (problem,) = look_from_query({name: text, "listed": "1"})
    assert look == Look(listed=True)
    assert name in problem.sentence("en")
