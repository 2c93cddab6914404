"""Lessons of the reader's own on the page: made, kept, given as a shipped one is, rehearsed, and passed on."""

import json
from urllib.parse import parse_qsl

import pytest

from engine.core import InputError
from tests.pages.app import address, checked, field, press, session, shown, texts, visit, warnings
from visualizer.lessons import LESSONS
from visualizer.state import LONGEST_LINK
from visualizer.teaching import from_lesson_file, to_lesson_file, unpacked


def opened(app, folder):
    """The page with a popover open."""
    app.session_state[folder] = True
    return checked(app.run())


def making(**query):
    app = opened(visit(**query), "lessons")
    return press(app, "lesson_make")


def words_in(app, kind, key, text, folder=""):
    if folder:
        app.session_state[folder] = True
    checked(field(app, kind, key).set_value(text).run())


def draft(app):
    pieces = session(app).drafts["lesson draft"]
    return unpacked("".join(pieces[str(number)] for number in range(len(pieces))))


@pytest.fixture
def lesson():
    """A page on which a lesson of two slides has been made, the first with a question."""
    app = making(example="mazur", lang="en", step="z.1")
    press(app, "maker_add")
    words_in(app, "text_area", "maker_note_en_s1", "Sum **up** <b>$z$</b>.")
    opened(app, "maker_ask")
    words_in(app, "text_input", "maker_question_en_s1", "What is a?", "maker_ask")
    opened(app, "maker_ask")
    words_in(app, "text_area", "maker_choices_en_s1", "0.5\n0.6\n0.7", "maker_ask")
    opened(app, "maker_ask")
    checked(field(app, "selectbox", "maker_right_s1").set_value(1).run())
    press(app, "step_next", "maker_add")
    words_in(app, "text_area", "maker_note_en_s2", "Squeeze it.")
    return app


def test_a_slide_is_what_the_graph_shows_and_its_words(lesson):
    made = draft(lesson)
    assert [made.query(number) for number in (1, 2)] == [
        {"example": "mazur", "step": "z.1"},
        {"example": "mazur", "step": "a.1"},
    ]
    assert [stop.note.en for stop in made.stops] == ["Sum **up** <b>$z$</b>.", "Squeeze it."]
    assert made.stops[0].ask.right == 1
    assert made.minutes == 4


def test_it_is_given_as_a_shipped_lesson_is(lesson):
    press(lesson, "maker_prev", "maker_show")
    assert "Sum **up** \\<b\\>$z$\\</b\\>." in texts(lesson)
    assert [button.label for button in lesson.button if "ask_" in (button.key or "")] == ["0.5", "0.6", "0.7"]
    assert "slide 1 of 2" in shown(lesson)
    press(lesson, "ask_1")
    assert lesson.button(key="ask_1").label.startswith("✓")
    press(lesson, "step_next")
    assert "Squeeze it." in texts(lesson)
    again = visit(**address(lesson))
    assert session(again).spec == session(lesson).spec
    assert "Squeeze it." in texts(again)
    press(lesson, "lesson_leave")
    assert lesson.button(key="maker_add")


def test_slides_are_moved_and_removed_and_a_change_is_taken_back(lesson):
    press(lesson, "maker_up")
    assert [stop.name for stop in draft(lesson).stops] == ["s2", "s1"]
    assert draft(lesson).query(2) == {"example": "mazur", "step": "z.1"}
    press(lesson, "maker_remove")
    assert [stop.name for stop in draft(lesson).stops] == ["s1"]
    press(lesson, "maker_undo")
    assert [stop.name for stop in draft(lesson).stops] == ["s2", "s1"]


def test_a_note_that_leaves_the_equation_no_room_is_told(lesson):
    words_in(lesson, "text_area", "maker_note_en_s2", "Squeeze it. " * 66)
    assert "two slides" not in shown(lesson)
    words_in(lesson, "text_area", "maker_note_en_s2", "Squeeze it. " * 80)
    assert "divide it into two slides" in shown(lesson)


def test_a_question_says_which_value_it_asks_for_and_is_told_where_the_slide_shows_it(lesson):
    press(lesson, "maker_prev")
    opened(lesson, "maker_ask")
    hidden = field(lesson, "selectbox", "maker_hidden_s1")
    assert {"a¹₁", "∂C/∂w²₁₁", "C"} <= set(hidden.options)
    assert "z¹₁" not in hidden.options  # which the slide shows
    checked(hidden.set_value("a.1.1").run())
    assert draft(lesson).stops[0].ask.hidden == "a.1.1"
    opened(lesson, "maker_ask")
    assert "already shows" not in shown(lesson)
    press(lesson, "step_next", "maker_replace")
    opened(lesson, "maker_ask")
    assert "already shows" in shown(lesson)
    assert field(lesson, "selectbox", "maker_hidden_s1").value == "a.1.1"


def test_a_formula_that_cannot_be_drawn_is_told_and_stays_in_its_field(lesson):
    words_in(lesson, "text_area", "maker_note_en_s2", "$\\nonsense$")
    assert any("TeX" in warning for warning in warnings(lesson))
    assert field(lesson, "text_area", "maker_note_en_s2").value == "$\\nonsense$"
    assert draft(lesson).stops[1].note.en == "Squeeze it."


def test_it_is_passed_on_as_a_file_and_as_a_link(lesson):
    opened(lesson, "maker_files")
    (link,) = [code.value for code in lesson.code]
    other = visit(**dict(parse_qsl(link.partition("?")[2])))
    assert "slide 1 of 2" in shown(other)
    text = to_lesson_file(draft(lesson))
    assert from_lesson_file(text) == draft(lesson)
    with pytest.raises(InputError):
        from_lesson_file(json.dumps({**json.loads(text), "version": 2}))


def test_a_lesson_too_long_for_a_link_says_so(lesson):
    long = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(1900))
    for name in ("s1", "s2"):
        press(lesson, "maker_prev" if name == "s1" else "maker_next")
        words_in(lesson, "text_area", f"maker_note_en_{name}", long if name == "s1" else long[::-1])
    opened(lesson, "maker_files")
    assert f"at most {LONGEST_LINK:,}" in shown(lesson)
    assert len(lesson.code) == 0


def test_a_rehearsal_has_a_clock_and_its_times_become_the_plan(lesson):
    press(lesson, "maker_rehearse", "step_next")
    opened(lesson, "rehearsal_times")
    press(lesson, "rehearsal_use")
    assert [stop.minutes for stop in draft(lesson).stops] == [0.1, 0.1]


def test_what_is_kept_in_the_browser_may_be_anything():
    app = visit(lang="en")
    session(app).drafts["lesson draft"] = {"0": "1.nonsense", "1": "\ud83d"}
    session(app).drafts["lesson maker"] = {"open": "1", "at": "s9"}
    assert checked(app.run()).button(key="maker_add")


def uploaded(app, key, content):
    return checked(app.file_uploader(key=key).upload("lesson.json", content.encode()).run())


def test_a_lesson_file_is_opened_as_a_lesson_and_in_the_maker():
    text = to_lesson_file(LESSONS["mazur"])
    app = uploaded(opened(visit(lang="en"), "files"), "open_file", text)
    assert f"slide 1 of {len(LESSONS['mazur'].stops)}" in shown(app)
    app = uploaded(opened(making(lang="en"), "maker_files"), "maker_open", text)
    assert len(draft(app).stops) == len(LESSONS["mazur"].stops)
    assert list(session(app).problems) == []


@pytest.mark.parametrize("content", ["{", '{"format": "backprop-stage-lesson", "version": 1}', "[]"])
def test_a_file_that_is_no_lesson_is_told_and_the_draft_stays(lesson, content):
    before = draft(lesson)
    uploaded(opened(lesson, "maker_files"), "maker_open", content)
    assert warnings(lesson)
    assert draft(lesson) == before
