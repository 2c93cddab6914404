"""Files and links of lessons: every shipped lesson comes back the same, and whatever is no lesson is refused."""

import json

import pytest

from engine.core import InputError
from visualizer.lessons import LESSONS
from visualizer.teaching import MOST_STOPS, from_lesson_file, packed, to_lesson_file, unpacked


@pytest.mark.parametrize("name", LESSONS)
def test_a_shipped_lesson_comes_back_from_its_file_and_its_link(name):
    lesson = LESSONS[name]
    assert from_lesson_file(to_lesson_file(lesson)) == lesson
    assert unpacked(packed(lesson)) == lesson


def changed(**fields):
    return json.dumps({**json.loads(to_lesson_file(LESSONS["xor"])), **fields})


STOP = {"at": {"example": "xor", "step": "0"}, "note": {"en": "x", "zh": ""}}


@pytest.mark.parametrize(
    "fields",
    [
        {"version": 2},
        {"minutes": "4"},
        {"minutes": True},
        {"minutes": 10**400},
        {"unknown": 1},
        {"label": {"fr": "x"}},
        {"label": "x"},
        {"stops": [STOP] * (MOST_STOPS + 1)},
        {"stops": [{**STOP, "name": "a"}, {**STOP, "name": "a"}]},
        {"stops": [{**STOP, "name": "<b>"}]},
        {"stops": [{**STOP, "at": {"own": "1.x"}}]},
        {"stops": [{**STOP, "at": {"step": 1}}]},
        {"stops": [{**STOP, "page": {"page": "javascript:"}}]},
        {"stops": [{**STOP, "note": {"en": "$\\frac{1}$"}}]},
        {"stops": [{**STOP, "note": {"en": "$" + "{" * 290 + "$"}}]},
        {"stops": [{**STOP, "ask": {"question": {"en": "?"}, "choices": [], "right": 1}}]},
        {"stops": [{**STOP, "minutes": float("nan")}]},
        {"stops": [{"at": {}}]},
    ],
    ids=range(18),
)
def test_what_is_no_lesson_is_refused(fields):
    with pytest.raises(InputError):
        from_lesson_file(changed(**fields))


@pytest.mark.parametrize("text", ["", "[]", "{", "{}", "null", "[" * 100_000, " " * 500_000])
def test_a_text_that_is_no_lesson_file_is_refused(text):
    with pytest.raises(InputError):
        from_lesson_file(text)
