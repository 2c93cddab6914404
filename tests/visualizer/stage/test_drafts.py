"""Drafts from a browser are taken as text or not at all, and no more of them than are stored."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.stage import MOST_PLACES, read_cells, read_drafts
from visualizer.stage.drafts import LONGEST_NAME, LONGEST_TEXT, MOST_CHARACTERS, MOST_TEXTS

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6) | st.integers(), inner, max_size=4),
)


def test_texts_come_back_by_place_and_name_as_they_were_typed():
    kept = {"exercise relu 3": {"z_1_1": "1/3", "a": "**b** <img src=x>"}, "check": {"number": "0,35"}}
    assert read_drafts(json.loads(json.dumps(kept))) == kept


@given(ANYTHING)
def test_of_anything_else_nothing_is_taken(sent):
    for place, texts in read_drafts(sent).items():
        assert isinstance(place, str)
        assert texts
        assert all(isinstance(name, str) and isinstance(text, str) for name, text in texts.items())
    assert all(isinstance(text, str) for text in read_cells(sent, 0, 2, 2).values())


def test_no_more_is_taken_than_is_kept():
    many = {f"p{i}": {f"n{j}": "x" for j in range(MOST_TEXTS + 5)} for i in range(MOST_PLACES + 5)}
    taken = read_drafts(many)
    assert len(taken) == MOST_PLACES
    assert {len(texts) for texts in taken.values()} == {MOST_TEXTS}
    long = {f"p{i}": {str(j): "x" * LONGEST_TEXT for j in range(10)} for i in range(10)}
    total = sum(len(text) for texts in read_drafts(long).values() for text in texts.values())
    assert total == MOST_CHARACTERS // LONGEST_TEXT * LONGEST_TEXT


@pytest.mark.parametrize(
    "left_out",
    [{"": "x"}, {"n" * (LONGEST_NAME + 1): "x"}, {"n": ""}, {"n": "x" * (LONGEST_TEXT + 1)}, {"n": 1}, {"n": ["x"]}],
    ids=lambda texts: repr(texts)[:24],
)
def test_what_is_no_short_text_with_a_name_is_left_out(left_out):
    assert read_drafts({"place": left_out | {"other": "y"}}) == {"place": {"other": "y"}}


def test_cells_are_those_of_this_edition_and_of_this_table():
    cells = {"0.0": "0.5", "1.2": "abc", "2.0": "1", "0.3": "1", "-1.0": "1", "²": "1", "0.1": 3, "00.0": "7"}
    assert read_cells({"edition": 4, "cells": cells}, 4, 2, 3) == {(0, 0): "0.5", (1, 2): "abc"}
    assert read_cells({"edition": 3, "cells": cells}, 4, 2, 3) == {}
    assert read_cells({"edition": 4, "cells": {"0.0": "1" * 9999}}, 4, 1, 1) == {(0, 0): "1" * LONGEST_NAME}
