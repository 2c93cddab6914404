"""Links of lessons: bounded before they are unpacked, and told where they hold none."""

import zlib
from base64 import urlsafe_b64encode

import pytest

from engine.core import InputError
from visualizer.lessons import LESSONS
from visualizer.teaching import packed, unpacked


def word(data):
    return "1." + urlsafe_b64encode(zlib.compress(data, 9)).decode().rstrip("=")


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "1.",
        "2.abc",
        "1.é",
        "1.####",
        packed(LESSONS["mazur"])[:-20],
        word(b"[]"),
        word(b"\xff"),
        word(b"0" * 10**8),
        word(b'{"a":' * 5000),
    ],
    ids=range(10),
)
def test_what_is_no_lesson_is_refused(broken):
    with pytest.raises(InputError):
        unpacked(broken)
