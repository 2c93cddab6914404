"""The decimal sign of a table: taken where numbers show it, asked about where none does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import InputError, read_table
from engine.core import AmbiguousError
from tests.pace import paces


def _cell(digits: str, decimals: int, comma: bool, parted: bool) -> str:
    """Return a number as it is written in a place of the world."""
    whole, after = digits[: len(digits) - decimals] or "0", digits[len(digits) - decimals :]
    written = f"{int(whole):,}" if parted else str(int(whole))
    written += f".{after}" if after else ""
    return written.translate(str.maketrans(",.", ".,")) if comma else written


NUMBERS = st.tuples(st.text("0123456789", min_size=1, max_size=9), st.integers(0, 5), st.booleans())


@settings(max_examples=400)
@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=4), st.booleans(), st.sampled_from("\t;,"))
def test_a_table_of_one_place_is_read_as_it_was_meant_or_asked_about(rows, comma, delimiter):
    meant = [[int(digits) / 10 ** min(n, len(digits)) for digits, n, _ in row] for row in rows]
    cells = [[_cell(digits, min(n, len(digits)), comma, parted) for digits, n, parted in row] for row in rows]
    quoted = [[f'"{cell}"' if delimiter in cell else cell for cell in row] for row in cells]
    text = "\n".join(map(delimiter.join, [["a", "b"], *quoted]))
    told = read_table(text, decimal="comma" if comma else "point")
    assert np.hstack([told.x, told.y]).tolist() == meant
    try:
        alone = read_table(text)
    except AmbiguousError:
        return
    if not comma or "," in "".join(map("".join, cells)) or delimiter != ",":
        assert np.hstack([alone.x, alone.y]).tolist() == meant


@pytest.mark.parametrize(
    ("text", "column", "both"),
    [
        ('price,sqft,beds\n"221,900","1,180",3', "price", {"point": 221900, "comma": 221.9}),
        ("1,180\t2", "1", {"point": 1180, "comma": 1.18}),
        ("a;b\n1.234;0,5", "a", {"point": 1.234, "comma": 1234}),
        ("a;b\n1.234;2.345", "a", {"point": 1.234, "comma": 1234}),
        ("a;b\n0,5;1\n1.234;2\n0.5;3", "a", {"point": 1.234, "comma": 1234}),
        ("a;b\n−1,234;2", "a", {"point": -1234, "comma": -1.234}),
    ],
    ids=repr,
)
def test_a_number_with_two_readings_is_a_question(text, column, both):
    with pytest.raises(AmbiguousError, match=f"column {column}: this number can be read in two ways") as caught:
        read_table(text)
    assert caught.value.readings == both
    for name, value in both.items():
        assert f"{value:g} with a decimal {name} (decimal={name})" in caught.value.sentence("en")
        assert read_table(text, decimal=name).x[-1 if "0,5;1" not in text else 1, 0] == value


@pytest.mark.parametrize(
    ("text", "first", "taken"),
    [
        ('"1,234.5",3\n"1,234",4', [1234.5, 1234], "1,234 was read as 1234, because 1,234.5 in line 1"),
        ('a,b\n"221,900",1\n"1,221,900",2', [221900, 1221900], "221,900 was read as 221900, because 1,221,900"),
        ('a,b\n"221,900",1\n180.5,2', [221900, 180.5], "221,900 was read as 221900, because 180.5 in line 3"),
        ("a;b\n1.234;1\n2,5;1", [1234, 2.5], "1.234 was read as 1234, because 2,5 in line 3"),
        ("a;b\n1.234;1.234,5", [1234], "1.234 was read as 1234, because 1.234,5 in line 2"),
        ('a,b\n"1,234","0,5"', [1.234], "1,234 was read as 1.234, because 0,5 in line 2"),
        ("1.234 0.5", [1.234], "1.234 was read as 1.234, because 0.5 in line 1"),
        ("1.234,2.345", [1.234], None),
        ("a;b\n0,5;1\n0.5;2", [0.5, 0.5], None),
    ],
    ids=repr,
)
def test_what_other_numbers_show_is_taken_and_said(text, first, taken):
    table = read_table(text)
    assert table.x.ravel().tolist() == first
    assert (taken or "None") in str(table.taken)
    assert table.taken is None or table.taken.zh != table.taken.en


def test_a_first_row_of_parted_thousands_is_no_header():
    assert read_table('"1,234.5","2,000.5"').x.tolist() == [[1234.5]]


def test_a_decimal_sign_that_is_none_is_told():
    with pytest.raises(InputError, match=r"unknown decimal sign. Expected: point, comma"):
        read_table("1,2", decimal=".")


def test_a_table_full_of_questions_is_answered_soon():
    text = "\n".join([";".join(["1.234,5"] * 30 + ["1.234"] * 40)] * 1500)
    assert read_table(text).x[0, 0] == 1234.5
    assert paces(lambda: read_table(text)) < 60
