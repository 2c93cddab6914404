"""Two numbers beside each other have as few digits as tell them apart."""

import pytest

from visualizer.looks import RIGHT, LineLook, SpotLook, apart, told
from visualizer.symbols import number, signed


@pytest.mark.parametrize(
    ("wrong", "right", "pair"),
    [
        (0.5, 0.25, ("0.5", "0.25")),
        (1.234, 1.244, ("1.23", "1.24")),
        (1.2341, 1.2331, ("1.234", "1.233")),
        (1.23441, 1.23421, ("1.2344", "1.2342")),
        (1.234512, 1.234531, ("1.23451", "1.23453")),
        (1.23456712, 1.23456791, ("1.2345671", "1.2345679")),
        (1.23456789012, 1.23456789034, ("1.23456789012", "1.23456789034")),
    ],
)
def test_as_few_digits_as_tell_two_numbers_apart(wrong, right, pair):
    assert apart(wrong, right, number) == pair


def test_what_no_digit_tells_apart_is_written_with_most():
    assert apart(1 / 3, 1 / 3 + 1e-15, number) == ("0.333333333333",) * 2
    assert apart(0.5, 0.25, signed) == ("+0.5", "+0.25")


def test_a_wrong_number_is_told_beside_the_right_one():
    assert told(LineLook("w", "0.5", "#000000", 1.0, False, "")) == "0.5"
    assert told(SpotLook("a", "0.5", "", "", "", right="0.25")) == f"0.5 ({RIGHT} 0.25)"
