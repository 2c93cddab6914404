"""Curves from outside in the links and files of a workspace."""

import json

import numpy as np
import pytest

from tests.visualizer.outside.test_curve import CURVES
from visualizer.address.address import LEFT_OUT_WORDS
from visualizer.lab import Lab, lab_from_file, lab_to_file, lab_to_query, outside_from_file, outside_from_query
from visualizer.outside import MOST_CURVES, Line, OutsideCurve

LONG = OutsideCurve(
    "long", Line(tuple(map(float, range(2000))), (), tuple(np.random.default_rng(0).random(2000).tolist()))
)


def plain(curves):
    return [(curve.name, curve.train, curve.held) for curve in curves]


def with_curves(curves):
    lab = Lab()
    lab.add_outside(curves)
    return lab.snapshot()


def test_links_and_files_have_the_numbers():
    now = with_curves(CURVES)
    query, whole = lab_to_query(now)
    assert whole
    for found, problems in (outside_from_query(query), outside_from_file(lab_to_file(now))):
        assert problems == []
        assert plain(found) == plain(CURVES)
    assert lab_from_file(lab_to_file(now))[0] == now.task


def test_a_link_says_what_it_cannot_hold_and_a_file_holds_it():
    now = with_curves([LONG])
    query, whole = lab_to_query(now)
    assert (whole, query["without"]) == (False, "outside")
    assert "outside" in LEFT_OUT_WORDS
    assert plain(outside_from_file(lab_to_file(now))[0]) == plain([LONG])


def test_a_file_of_before_and_a_page_without_curves_have_none():
    assert "outside" not in lab_to_file(Lab().snapshot())
    assert outside_from_file(lab_to_file(Lab().snapshot())) == ([], [])
    assert outside_from_query({}) == ([], [])


@pytest.mark.parametrize("written", ["[1]", '{"a": 1}', "x", json.dumps([{}] * (MOST_CURVES + 1)), '[{"name": "a"}]'])
def test_what_is_none_is_told(written):
    for found, problems in (outside_from_query({"outside": written}), outside_from_file(f'{{"outside": {written}}}')):
        assert found == []
        assert len(problems) <= 1
    assert "cannot be read" in outside_from_query({"outside": written})[1][0].sentence("en")
