"""Logs in JSON as columns; the formats of programs are read in `test_logs`."""

import numpy as np
import pytest

from engine.data.json_logs import read_json


def test_columns_have_the_numbers_and_the_gaps():
    found = read_json('[{"a": 1, "b": null, "c": "x"}, {"a": "Infinity", "b": 2.5}, {"b": "nan", "d": true}]')
    assert found.values.keys() == {"a", "b"}
    np.testing.assert_array_equal(found.values["a"], [1, np.inf, np.nan])
    np.testing.assert_array_equal(found.values["b"], [np.nan, 2.5, np.nan])
    assert found.gaps["a"].tolist() == [False, False, True]
    assert found.gaps["b"].tolist() == [True, False, False]


def test_lists_of_other_lengths_end_with_gaps():
    found = read_json('{"loss": [3, 2, 1], "val": {"loss": [4, 3]}, "name": "mine"}')
    assert found.gaps["val/loss"].tolist() == [False, False, True]


def test_a_number_with_more_digits_than_any_is_none():
    found = read_json(f'[{{"a": {"9" * 400}}}, {{"a": 1}}]')
    np.testing.assert_array_equal(found.values["a"], [np.nan, 1])


@pytest.mark.parametrize(
    "text", ["", "[", "{}", "[]", "[1, 2]", "[[1, 2], [3, 4]]", '{"a": 1}', "{'a': [1, 2]}", "null"]
)
def test_other_texts_are_none(text):
    assert read_json(text) is None
