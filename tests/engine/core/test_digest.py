import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.core import digest

LEAVES = st.none() | st.text(max_size=4) | st.floats(allow_nan=False)
VALUES = st.recursive(LEAVES, lambda parts: st.lists(parts, max_size=4).map(tuple), max_leaves=12)
SAMPLE = ("mazur", (2, 2), (("m", (0.1, -1.0)),), None, "é")


def written(value):
    """The nested texts that a digest stands for, with no two values alike."""
    return tuple(map(written, value)) if isinstance(value, tuple) else repr(value)


@settings(max_examples=40)
@given(VALUES, VALUES)
def test_equal_values_and_no_others_have_the_same_digest(first, second):
    assert (digest((first,)) == digest((second,))) == (written(first) == written(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((-1.0,), (-2.0,)),  # of the same hash
        (("ab", "c"), ("a", "bc")),
        (((1.0,), 2.0), ((1.0, 2.0),)),
        (("",), (None,)),
        ((), ((),)),
        ((0.0,), (-0.0,)),
    ],
)
def test_values_that_look_alike_are_told_apart(first, second):
    assert digest(first) != digest(second)


def test_a_number_is_its_value():
    assert digest((1, 1.0, True)) == digest((1.0, 1, 1))


def test_every_process_has_the_same_digest():
    code = f"from engine.core.digest import digest; print(digest({SAMPLE!r}))"
    apart = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert apart.stdout.strip() == digest(SAMPLE)
