import math
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine import InputError
from engine.core import parse_number, parse_numbers, parse_whole, readings, write_number


@given(st.floats(allow_nan=False, allow_infinity=False))
@example(-0.0)
@example(5e-324)
@example(1.7976931348623157e308)
@example(0.1 + 0.2)
def test_what_is_written_reads_back_exactly(value):
    back = parse_number(write_number(value))
    assert back == value
    assert math.copysign(1, back) == math.copysign(1, value)


@given(st.integers(-999, 999), st.integers(1, 999))
def test_a_fraction_is_a_division(above, below):
    assert parse_number(f"{above} / {below}") == above / below


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.35", 0.35),
        ("0,35", 0.35),
        (",5", 0.5),
        ("5.", 5),
        ("−2", -2),
        ("+2", 2),
        (" 1e-3 ", 0.001),
        ("−1/4", -0.25),
        ("1/−4", -0.25),
        ("0,5/0,25", 2),
        ("1E3", 1000),
    ],
)
def test_numbers_as_people_type_them(text, value):
    assert parse_number(text) == value


NOT_A_NUMBER = """x|1/0|0/0|nan|inf|-inf|1e999|1e999/1e999|1/2/3|--1|1_0|0x10|1 2|1,000.5|e5|.|,|/|1/|½|1\n2| |"""


@pytest.mark.parametrize(
    "text", [*NOT_A_NUMBER.split("|"), "1" * 400, "9" * 10_000, "1" * 64 + "x"], ids=lambda text: repr(text[-12:])
)
def test_what_is_no_finite_number_is_refused_and_shown(text):
    with pytest.raises(InputError) as caught:
        parse_number(text)
    assert caught.value.received[:50] == (" ".join(text.split()) or "''")[:50]


TOO_NEAR = ["1e-400", "-1e-400", "0,0001e-330", "1/1e400", "1e-400/1e-400", "1e-300/1e300", "2e-324", "１e-400"]


@pytest.mark.parametrize("text", TOO_NEAR)
def test_no_number_but_zero_becomes_zero(text):
    with pytest.raises(InputError):
        parse_number(text)


@pytest.mark.parametrize("text", ["0", "-0", "0.000", "0e-400", "0e400", "0/5", "00,0", "０"])
def test_zero_is_zero_however_it_is_written(text):
    assert parse_number(text) == 0


@pytest.mark.parametrize(("text", "value"), [("２", 2), ("１/４", 0.25), ("٣", 3)])
def test_digits_of_every_script_are_digits(text, value):
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["²", "1²", "①", "Ⅷ", "1e²"])
def test_what_only_looks_like_a_digit_is_refused(text):
    with pytest.raises(InputError):
        parse_number(text)


@pytest.mark.parametrize("text", ["0" * 70 + "1", "1" * 70, "0." + "0" * 70 + "1"], ids=lambda text: text[-9:])
def test_a_long_number_is_read_to_its_end_or_refused(text):
    try:
        value = parse_number(text)
    except InputError:
        return
    assert value == float(text)


@given(st.text())
def test_any_text_is_a_finite_number_or_an_input_error(text):
    try:
        value = parse_number(text)
    except InputError:
        return
    assert math.isfinite(value)


@given(st.integers(0, 10_000))
def test_whole_numbers_within_their_range(n):
    if 5 <= n <= 5000:
        assert parse_whole(f" {n} ", 5, 5000) == n
    else:
        with pytest.raises(InputError, match="from 5 to 5000"):
            parse_whole(str(n), 5, 5000)


@pytest.mark.parametrize("text", ["", "-1", "1.0", "1e1", "x", "²", "1" * 5000], ids=lambda text: repr(text[:12]))
def test_no_whole_number_is_refused(text):
    with pytest.raises(InputError):
        parse_whole(text, 0, 10**9)


@pytest.mark.parametrize(("value", "text"), [(2.0, "2"), (0.1, "0.1"), (-0.5, "-0.5"), (1e22, "1e+22"), (3, "3")])
def test_written_numbers_are_short(value, text):
    assert write_number(value) == text


@pytest.mark.parametrize("blank", [" ", "\x1e", "\u3000", "\n"], ids=repr)
def test_blanks_of_every_kind_around_a_whole_number_are_no_matter(blank):
    assert parse_whole(f"{blank}7{blank}", 0, 9) == 7


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("221,900", 221900, 221.9),
        ("1.234", 1.234, 1234),
        ("-1,180", -1180, -1.18),
        ("−1,180", -1180, -1.18),
        ("5", 5, 5),
        ("1/4", 0.25, 0.25),
        ("0,35", None, 0.35),
        ("0,351", None, 0.351),
        ("1234,567", None, 1234.567),
        ("1,234e3", None, 1234),
        ("0.35", 0.35, None),
        ("1,234.5", 1234.5, None),
        ("1,234,567", 1234567, None),
        ("1.234,5", None, 1234.5),
        ("1.234.567", None, 1234567),
        ("1,23,456", None, None),
        ("12,345,67", None, None),
        ("1,234" + ",567" * 20, None, None),
        ("x", None, None),
        ("", None, None),
    ],
)
def test_what_a_number_in_a_table_may_be(text, point, comma):
    expected = {"point": point, "comma": comma}
    assert readings(text) == {sign: value for sign, value in expected.items() if value is not None}


@given(st.from_regex(r"[+-]?\d{0,6}([.,]\d{0,6})?[.,e/ ]?\d?", fullmatch=True))
def test_the_short_way_of_a_usual_cell_reads_what_the_long_one_reads(text):
    short = readings(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engine.core.numbers._USUAL", re.compile("(?!)"))
        assert readings(text) == short


@pytest.mark.parametrize("text", ["1,234.5", "1.234,5", "1,234,567", "1.234.567", "1,000.", "1'000"])
def test_parted_thousands_are_not_read_where_one_number_is_typed(text):
    with pytest.raises(InputError) as caught:
        parse_number(text)
    if readings(text):
        (value,) = readings(text).values()
        assert caught.value.allowed.en == caught.value.allowed.zh == write_number(value)
        assert "thousands" in caught.value.problem.en


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0.5, 2, 8", [0.5, 2, 8]),
        ("0.5,2,8", [0.5, 2, 8]),
        ("0.5 2  8", [0.5, 2, 8]),
        ("0.5; 2 ;8;", [0.5, 2, 8]),
        ("0,5; 2; 8", [0.5, 2, 8]),
        ("0,5 2,5", [0.5, 2.5]),
        ("0,5, 2,5, 8,", [0.5, 2.5, 8]),
        ("0.5，2、8；1", [0.5, 2, 8, 1]),
        ("1/2, 1 / 4", [0.5, 0.25]),
        ("0,5", [0.5]),
        ("7", [7]),
        (" ", []),
    ],
)
def test_numbers_in_a_row(text, values):
    assert parse_numbers(text) == values


@pytest.mark.parametrize("text", ["1,2", "1,2,8", "0,5,2", "1,5,2,5"])
def test_a_comma_that_could_be_either_is_not_guessed(text):
    with pytest.raises(InputError, match="comma") as raised:
        parse_numbers(text)
    assert "0,5; 2; 8" in raised.value.sentence("zh")
    assert raised.value.received == text


@pytest.mark.parametrize("text", ["1.5,x", "1;x", "0.5.2", "1 / / 2", "1e999, 2"])
def test_a_row_with_something_else_in_it_is_refused(text):
    with pytest.raises(InputError, match="number"):
        parse_numbers(text)


def test_numbers_that_are_written_in_a_row_read_back():
    values = [0.1, 2.0, 1e-5, 123456.789]
    for between in (" ", "; ", ", ", ";"):
        assert parse_numbers(between.join(map(write_number, values))) == values
