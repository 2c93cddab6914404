"""The room on the stage: opened, followed, asked and closed by whoever leads it."""

import re

import pytest

from engine.core import LANGUAGES
from tests.pages.app import mounted, press, session, shown, visit
from visualizer.hall import HALL, KINDS, SLIDE
from visualizer.hall.limits import Limits
from visualizer.lessons import LESSONS
from visualizer.stage import read_drafts
from visualizer.teaching import OWN, packed


@pytest.fixture(autouse=True)
def _no_rooms_are_left():
    yield
    for room in list(HALL._rooms.values()):
        room.close()
    HALL.sweep()


def opened(**query):
    """The stage with an open room, and the room."""
    app = press(visit(**query), "hall_open")
    return app, room_of(app)


def room_of(app):
    (data,) = mounted(app, "lead")
    room = HALL.led_by(data["code"], data["token"])
    assert room is not None
    return room


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_room_shows_its_code_and_never_its_token(lang):
    app, room = opened(example="mazur", lang=lang)
    assert re.search(rf"\[{room.code}\]\(.*/hall/{room.code}\)", shown(app))
    assert room.token not in shown(app)
    assert "hall_open" not in [button.key for button in app.button]
    assert room.shown.spec.model == session(app).spec.model


def test_what_is_shown_follows_edits_examples_grains_and_iterations_but_no_step():
    app, room = opened(example="mazur")
    edition = room.edition
    press(app, "step_next")
    assert room.edition == edition
    press(app, "grain_weight")
    assert room.shown.spec.view.granularity == "weight"
    app.selectbox(key="example").set_value("xor").run()
    assert room.shown.spec.model == session(app).spec.model
    press(app, "step_last", "step_next")
    assert room.shown.spec.model.iteration == 2
    assert room.shown.lecture.endswith("False")


def test_ones_own_lesson_is_followed_as_a_shipped_one_is():
    own = packed(LESSONS["mazur"])
    app, room = opened(lesson=OWN, own=own, stop="2", lang="en")
    assert room.shown.stop.slide.note == LESSONS["mazur"].stops[1].note
    press(app, "lesson_next")
    assert (room.shown.stop.number, room.shown.spec.view.own) == (3, own)


def test_a_lesson_is_followed_with_its_note():
    app, room = opened(lesson="mazur", stop="2", lang="en")
    assert room.shown.stop.number == 2
    assert room.shown.stop.slide.note("en") in shown(app)
    press(app, "lesson_next")
    assert room.shown.stop.number == 3


def test_the_question_of_a_slide_goes_to_the_room_in_its_own_words_whoever_has_made_the_lesson():
    lesson = LESSONS["lecture"]
    number, stop = next((n, s) for n, s in enumerate(lesson.stops, 1) if s.ask)
    for query in ({"lesson": "lecture"}, {"lesson": OWN, "own": packed(lesson)}):
        app, room = opened(**query, stop=lesson.names[number - 1], lang="zh")
        assert room.asked.words == stop.ask.question
        room.answer("somebody", room.asked.right)
        app.session_state["hall_ask"] = True
        press(app.run(), "hall_reveal")
        assert f"答案：{stop.ask.choices[stop.ask.right].zh}" in shown(app)
        press(app, "hall_withdraw")
        press(app, f"hall_ask_{SLIDE}")
        assert (room.asked.slide, room.revealed) == (number, False)
        press(app, "lesson_next")
        assert room.revealed
        press(app, "lesson_leave")
        assert room.asked is None
        press(app, "hall_close")


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_is_asked_looked_at_revealed_and_put_away(kind):
    app, room = opened(example="mazur", lang="en")
    app.session_state["hall_ask"] = True
    press(app.run(), f"hall_ask_{kind}")
    assert room.asked.kind == kind
    room.answer("somebody", room.asked.right)
    press(app, "hall_answers")
    assert room.asked.told("en") not in shown(app)
    press(app, "hall_reveal")
    assert "1 of 1 correct" in shown(app)
    press(app, "hall_withdraw")
    assert room.asked is None
    assert "hall_reveal" not in [button.key for button in app.button]


def test_where_nothing_is_left_to_ask_a_sentence_says_so():
    app, room = opened(example="mazur", lang="en")
    room.position = room.shown.last
    app.session_state["hall_ask"] = True
    press(app.run(), "hall_ask_number")
    assert room.asked is None
    assert "There is nothing left to ask here" in app.toast[0].value


def test_a_reload_and_a_server_started_anew_find_the_room_again():
    app, room = opened(example="mazur")
    (kept,) = [data["drafts"]["room"] for data in mounted(app, "drafts") if "room" in data["drafts"]]
    again = visit(example="mazur")
    session(again).drafts |= read_drafts({"room": kept})
    again.run()
    assert room_of(again) is room
    room.close()
    HALL.sweep()
    again.run()
    anew = room_of(again)
    assert anew is not room
    assert (anew.code, anew.token) == (room.code, room.token)
    assert anew.shown.spec.model == session(again).spec.model


def test_many_drafts_do_not_push_the_room_out():
    app, room = opened(example="mazur")
    for i in range(3):
        for j in range(30):
            session(app).drafts[f"exercise {i} {j}"] = {"cell": "1"}
        press(app, "step_next")
        app.run()
    assert list(session(app).drafts)[-1] == "room"
    assert room_of(app) is room


def test_a_closed_room_is_gone_here_and_in_the_browser():
    app, room = opened(example="mazur")
    press(app, "hall_close")
    assert HALL.find(room.code) is None
    assert mounted(app, "lead") == []
    assert {"room": {}} in [data["drafts"] for data in mounted(app, "drafts")]
    press(app.run(), "hall_open")


def test_two_sessions_have_two_rooms():
    _, one = opened(example="mazur")
    _, other = opened(example="xor")
    assert one.code != other.code
    assert one.shown.spec.model != other.shown.spec.model


def test_where_all_rooms_are_taken_the_page_says_so(monkeypatch):
    monkeypatch.setattr(HALL, "limits", Limits(rooms=1))
    opened(example="mazur")
    app = visit(example="mazur", lang="en")
    app.button(key="hall_open").click().run()
    assert not app.exception
    assert "All rooms of this server are taken" in app.warning[0].value
    assert mounted(app, "lead") == []
