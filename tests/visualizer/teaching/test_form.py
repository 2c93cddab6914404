"""Files and links of lessons: every shipped lesson comes back the same, and whatever is no lesson is refused."""

import pytest

from visualizer.lessons import LESSONS
from visualizer.teaching import from_lesson_file, packed, to_lesson_file, unpacked


@pytest.mark.parametrize("name", LESSONS)
def test_a_shipped_lesson_comes_back_from_its_file_and_its_link(name):
    lesson = LESSONS[name]
    assert from_lesson_file(to_lesson_file(lesson)) == lesson
    assert unpacked(packed(lesson)) == lesson
