"""The rule by which typed and printed numbers are judged: a table of cases from the field, and random ones."""

from math import copysign, inf, nan

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from engine import InputError
from engine.core import CHANCE, LEAST_DIGITS, agrees, digits_needed, digits_of, is_coarse
from engine.core.typed import chance, tolerance

_FINE = "1.00000000000e-300"  # so many digits that only the slack is left
VALUES = st.floats(min_value=1e-9, max_value=1e9).flatmap(lambda value: st.sampled_from([value, -value]))


@pytest.mark.parametrize(
    ("typed", "computed", "right"),
    [
        ("1", 0.88, False),
        ("0.88", 0.88, True),
        ("0.9", 0.88, False),
        ("0", 0.5, False),
        ("1", 0.5, False),
        ("0.5", 0.5, True),
        (".50", 0.5, True),
        ("0", 0.2397558589, False),
        ("0", -0.0805251663, False),
        ("0.0", -0.0805251663, False),
        ("0.00", 0.0082, False),
        ("-0.2", 0.2397558589, False),
        ("0.2", 0.2397558589, False),
        ("0,24", 0.2397558589, True),
        ("1/4", 0.2397558589, False),
        ("1/4", 0.25, True),
        ("1 / 3", 1 / 3, True),
        ("1/3", 0.3333, False),
        ("−0.02", -0.01004, False),
        ("-0.010", -0.01004, True),
        ("2", 2.0, True),
        ("10", 9.96, True),
        ("0.291027924", 0.2910277737, False),
        ("0.291028", 0.2910277737, True),
        ("0", 0.0, True),
        ("-0.000", 0.0, True),
        ("0", 2.8e-17, True),  # what rounding has left of a zero
        ("0.01", 0.0, False),
        ("1e-6", 1.04e-6, False),
        ("1", 1.05, False),
        ("1.0", 1.05, True),
        ("1", 0.9999, False),
        ("3", 3.0, True),
        ("1.0e-6", 1.04e-6, True),
        ("0e400", 0.5, False),
        ("1", inf, False),
        ("1", nan, False),
    ],
)
def test_numbers_from_the_field(typed, computed, right):
    assert agrees(typed, computed) == right


@given(VALUES, st.integers(LEAST_DIGITS, 12))
@example(9.96, 2)
@example(0.0995, 2)
@example(0.15, 2)
def test_a_rounded_number_is_right(value, digits):
    typed = f"{value:.{digits - 1}e}"
    assert agrees(typed, value)
    assert agrees(typed.replace(".", ",").replace("-", "−"), value)


@given(VALUES, st.integers(0, 12), st.floats(1.001, 1e6), st.sampled_from([-1, 1]), st.sampled_from([0, 0.005, 1]))
def test_what_is_further_off_than_the_tolerance_is_never_right(value, digits, times, side, slack):
    typed = f"{value + side * times * max(tolerance(_FINE, value, slack), 1e-12 * abs(value)):.{digits}e}"
    off = abs(float(typed) - value)
    assume(off > 1.0001 * tolerance(typed, value, slack))
    assert not agrees(typed, value, slack)


@given(VALUES, st.sampled_from([0, 0.005, 1]))
def test_two_digits_are_the_least_that_counts_and_a_zero_is_no_number(value, slack):
    assert tolerance("1.0", value, slack) <= 0.0501 * abs(value)
    assert tolerance("1", value, slack) <= 0.0051 * abs(value)
    for typed in ("0", "0.0", str(round(copysign(9 * abs(value), value))), f"{-value:.6e}"):
        assert not agrees(typed, value, slack)


@given(VALUES)
def test_one_digit_tells_neither_right_nor_wrong(value):
    typed = f"{value:.0e}"
    assert is_coarse(typed, value) != agrees(typed, value)
    assert not is_coarse(f"{value:.1e}", value)
    assert not is_coarse("0", value)


@given(VALUES, st.integers(1, 15))
def test_digits_are_counted_as_typed(value, digits):
    assert digits_of(f"{value:.{digits - 1}e}") == digits


@pytest.mark.parametrize(
    ("typed", "digits"), [(".291027924", 9), ("-12.5000", 6), ("3e-4", 1), ("0.010", 2), ("0", 0), ("1/3", 2)]
)
def test_zeros_in_front_are_no_digits(typed, digits):
    assert digits_of(typed) == digits


@pytest.mark.parametrize("candidates", [1, 5, 40])
@pytest.mark.parametrize("digits", range(1, 8))
def test_numbers_are_not_explained_by_chance_more_often_than_is_said(candidates, digits):
    """Candidates anywhere within a power of ten, and numbers that have nothing to do with them."""
    rng = np.random.default_rng([candidates, digits])
    explained, tried = 0, 800
    for number in 10 ** rng.uniform(-3, -2, tried):
        typed = f"{number:.{digits - 1}e}"
        if digits >= digits_needed(typed, candidates):
            explained += any(agrees(typed, v) for v in 10 ** rng.uniform(-3, -2, candidates))
    assert explained <= CHANCE * tried + 3 * (CHANCE * tried) ** 0.5


@given(VALUES, st.integers(1, 1000))
def test_the_digits_that_are_needed_are_the_fewest(value, candidates):
    typed = f"{value:.3e}"
    needed = digits_needed(typed, candidates)
    assert chance(typed, candidates, digits=needed) <= CHANCE
    assert needed == LEAST_DIGITS or chance(typed, candidates, digits=needed - 1) > CHANCE
    assert chance("0", candidates) == 1  # a zero has no digits that could tell anything


@pytest.mark.parametrize("typed", ["abc", "", "1/0", "1e999", "50 %"])
def test_what_is_no_number_is_said(typed):
    with pytest.raises(InputError):
        agrees(typed, 1.0)
