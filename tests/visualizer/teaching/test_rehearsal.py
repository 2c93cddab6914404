"""Times of a rehearsal: added up slide by slide, kept as texts, and compared with the plan."""

import pytest

from visualizer.lessons import LESSONS
from visualizer.teaching import Rehearsal, rehearsal_in

LESSON = LESSONS["mazur"]
ONE, TWO = LESSON.names[:2]


def test_times_add_up_over_visits():
    there = Rehearsal(ONE, 100.0).at_stop(TWO, 130.0).at_stop(ONE, 150.0)
    assert [there.seconds(name, 160.0) for name in (ONE, TWO)] == [40.0, 20.0]
    assert there.all_seconds(160.0) == 60.0
    assert there.taken(160.0) == {ONE: 0.7, TWO: 0.3}
    assert there.due(LESSON) == pytest.approx(60 * LESSON.minutes / len(LESSON.stops))


def test_they_come_back_from_the_texts_that_a_browser_keeps():
    there = Rehearsal(ONE, 100.0).at_stop(TWO, 130.0)
    assert rehearsal_in(there.texts(), LESSON) == there
    assert rehearsal_in({}, LESSON) is None
    assert rehearsal_in({"at": ONE, "since": "nan"}, LESSON) is None
    assert rehearsal_in({"at": "nowhere", "since": "1"}, LESSON) is None


def test_a_clock_that_was_set_back_does_not_run_backward():
    assert Rehearsal(ONE, 100.0).seconds(ONE, 40.0) == 0.0
