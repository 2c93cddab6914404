import datetime
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine import InputError, Text
from engine.core import as_floats, as_number, as_numbers, as_rows, as_tuple, as_whole, is_whole

PLAIN, SMALL = np.dtype(float), np.dtype(np.float32)
PROBLEM = Text("this is wrong", "这不对")


def test_numbers_keep_their_shape():
    assert as_numbers("x", [[1], [2]]).shape == (2, 1)
    assert as_numbers("x", 3).shape == ()


@pytest.mark.parametrize(
    "values",
    [[0.5, 1], [True, False], np.array([1, 2], np.uint8), [Fraction(1, 2), Decimal("0.25")], [2**70, 1], [Fraction(3)]],
    ids=str,
)
def test_whatever_is_a_number_becomes_a_float(values):
    assert_array_equal(as_numbers("x", values), [float(value) for value in values])


NO_NUMBERS = [
    ["1", "2"],
    "1",
    [b"1"],
    [1, "2"],
    np.array([1, "2"], dtype=object),
    [1, None],
    None,
    [1j, 2],
    [1j, Fraction(1)],
    {1: 2},
    [[1], [2, 3]],
    [datetime.date(2000, 1, 1)],
    np.array(["2000-01-01"], "datetime64[D]"),
    np.array([1], "timedelta64[s]"),
    np.array([(1, 2.0)], dtype="i4,f8"),
    [10**400],
]


@pytest.mark.parametrize("values", NO_NUMBERS, ids=lambda values: repr(values)[:30])
@pytest.mark.parametrize("dtype", [None, PLAIN, SMALL], ids=str)
def test_what_is_no_number_is_never_converted(values, dtype):
    with pytest.raises(InputError, match=r"x is not numeric. Expected: a regular array of finite numbers"):
        as_floats("x", values, dtype)


@pytest.mark.parametrize("given", [[1, 1e300], np.array([1, 1e300]), np.array([1, -1e300])], ids=repr)
def test_what_overflows_is_named_as_it_was_given(given):
    with pytest.raises(InputError, match=r"x has a value at \[1\].*up to 3.4e\+38; got: -?1e\+300"):
        as_numbers("x", given, SMALL)


def test_an_array_that_fits_is_not_copied():
    values = np.ones((2, 3))
    assert as_floats("x", values, PLAIN) is values
    assert as_rows("x", values, 3, PLAIN) is values


@pytest.mark.parametrize(
    ("values", "n", "rows"),
    [
        ([1, 2], 2, [[1, 2]]),
        ([[1, 2], [3, 4]], 2, [[1, 2], [3, 4]]),
        ([1, 2, 3], 1, [[1], [2], [3]]),
        ([5], 1, [[5]]),
        (((1.0, 2.0),), 2, [[1, 2]]),
    ],
)
def test_rows_from_one_sample_many_samples_or_a_flat_list(values, n, rows):
    assert_array_equal(as_rows("x", values, n, PLAIN), rows)


@pytest.mark.parametrize("values", [5, [], [[]], [1, 2, 3], [[1, 2, 3]], [[[1, 2]]], np.empty((0, 2)), [[1], [2]]])
def test_rows_of_another_shape_are_refused(values):
    with pytest.raises(InputError, match=r"shape \(2,\)"):
        as_rows("x", values, 2, PLAIN)


@pytest.mark.parametrize("value", [0.25, 1, True, Fraction(1, 4), np.float32(0.25), np.int8(1)], ids=repr)
def test_one_number(value):
    assert as_number(PROBLEM, value) == float(value)
    assert type(as_number(PROBLEM, value)) is float


@pytest.mark.parametrize(
    "value", [None, "1", 1j, [1.0], np.nan, np.inf, 10**400, Fraction(10**400)], ids=lambda v: str(v)[:9]
)
def test_what_is_not_one_finite_number_is_refused(value):
    with pytest.raises(InputError, match=r"wrong. Expected: a finite number from "):
        as_number(PROBLEM, value)


def test_one_number_has_a_lower_end_and_that_of_its_type():
    assert as_number(PROBLEM, 0, low=0) == 0
    for value, dtype in ((-1e-9, PLAIN), (1e39, SMALL)):
        with pytest.raises(InputError, match="from 0 to"):
            as_number(PROBLEM, value, 0, dtype)


@pytest.mark.parametrize(
    ("value", "whole"), [(3, True), (np.int64(3), True), (3.0, False), (True, False), ("3", False)]
)
def test_whole_numbers(value, whole):
    assert is_whole(value) is whole
    if whole:
        assert as_whole(PROBLEM, value, 3, 3) == 3
    else:
        with pytest.raises(InputError, match="a whole number from 0;"):
            as_whole(PROBLEM, value, 0)


def test_a_whole_number_out_of_range_is_refused():
    for value in (0, 4, 10**5000):
        with pytest.raises(InputError, match="a whole number from 1 to 3"):
            as_whole(PROBLEM, value, 1, 3)


@pytest.mark.parametrize(
    ("values", "entries"), [([1, 2], (1, 2)), (np.arange(2), (0, 1)), (5, (5,)), (None, (None,)), (np.array(5), (5,))]
)
def test_entries_of_a_sequence_and_of_what_is_none(values, entries):
    assert as_tuple(values) == entries
