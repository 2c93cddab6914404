"""The lesson that is being given: a shipped one, one of one's own, or none."""

from visualizer.lessons import LESSONS
from visualizer.state import View, lesson_id, lesson_of, slide_of
from visualizer.teaching import OWN, packed


def test_a_view_has_a_lesson_or_none():
    assert lesson_of(View()) is None
    assert slide_of(View()) is None
    assert lesson_of(View(lesson="xor")) is LESSONS["xor"]
    own = View(lesson=OWN, own=packed(LESSONS["xor"]), stop="3")
    lesson, number, stop = slide_of(own)
    assert (lesson.stops, number, stop) == (LESSONS["xor"].stops, 3, LESSONS["xor"].stops[2])
    assert lesson_id(own) != lesson_id(View(lesson=OWN, own=packed(LESSONS["mazur"])))
    assert lesson_id(View(lesson="xor")) == "xor"
