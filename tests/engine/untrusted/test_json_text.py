"""JSON texts: counted before they are read."""

import pytest

from engine.core import InputError
from engine.untrusted import parsed


def test_a_text_is_read_and_none_is_told():
    assert parsed('{"a": [1, 2]}') == {"a": [1, 2]}
    assert parsed("{") is None
    assert parsed("[" * 100_000) is None


def test_too_much_is_refused_before_it_is_read():
    for text in (" " * (8 * 2**20 + 1), "[" * 200_001):
        with pytest.raises(InputError):
            parsed(text)
