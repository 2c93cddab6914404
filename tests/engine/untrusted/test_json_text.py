"""JSON texts: counted before they are read."""

import pytest

from engine.core import InputError
from engine.untrusted import parsed


def test_a_text_is_read_and_none_is_told():
    assert parsed('{"a": [1, 2]}') == {"a": [1, 2]}
    assert parsed("{") is None
    assert parsed("[" * 100_000) is None


@pytest.mark.parametrize("half", [r"\ud800", r"\uDFFF", r"\ude00\ud83d"])
def test_half_a_character_is_refused_and_a_whole_one_is_not(half):
    for text in (f'{{"name": "a{half}"}}', f'{{"{half}": 1}}', f'["{half}x"]'):
        with pytest.raises(InputError, match="half a character"):
            parsed(text)
    assert parsed(r'["\ud83d\ude00 \\ud800"]') == ["\U0001f600 \\ud800"]


def test_too_much_is_refused_before_it_is_read():
    for text in (" " * (8 * 2**20 + 1), "[" * 200_001):
        with pytest.raises(InputError):
            parsed(text)
