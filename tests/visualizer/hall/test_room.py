"""A room as a value: what is shown, pointed at, asked and answered, and its bounds."""

import pytest

from engine import InputError, Text
from tests.visualizer.hall.rooms import room, shown, slide
from visualizer.hall.ask import KINDS, SLIDE
from visualizer.lessons import LESSONS, Ask


def test_the_browser_of_the_lecturer_is_ahead_of_the_page():
    led = room()
    led.came()
    assert led.go("a", 3)
    led.show(shown(weight=0.5))  # an edit, drawn by a server that has not heard of the steps
    assert (led.position, led.edition) == (3, 2)
    led.show(shown(lecture="b", position=7))
    assert led.position == 7


def test_a_step_in_what_is_not_shown_yet_counts_once_it_is():
    led = room()
    assert not led.go("b", 5)
    assert led.position == 0
    led.show(shown(lecture="b", weight=0.5, position=2))
    assert led.position == 5


def test_the_same_again_is_no_change():
    led = room()
    woken = []
    led.wake = lambda: woken.append(led.edition)
    led.show(shown(position=4))
    assert woken == []
    led.show(shown(chosen="W.1.1.1"))
    assert woken == [2]


def test_an_answer_can_be_changed_until_the_reveal_and_is_told_to_its_owner_alone():
    led = room()
    led.ask("number")
    led.answer("one", "0.5")
    led.answer("one", "0.3775")
    led.answer("other", "0.5")
    assert led.tally() == {"0.3775": 1, "0.5": 1}
    assert led.verdict_in("en", "one")["is_right"]
    led.reveal()
    with pytest.raises(InputError, match="too late"):
        led.answer("other", "0.3775")
    assert not led.verdict_in("en", "other")["is_right"]
    assert led.verdict_in("en", "nobody")["own"] == ""
    led.withdraw()
    assert (led.asked, led.answers, led.question_in("en"), led.verdict_in("en", "one")) == (None, {}, None, None)


CLOSED = {
    "revealed": lambda led: led.reveal(),
    "gone on": lambda led: led.go("a", 1),
    "put away": lambda led: led.withdraw(),
    "edited": lambda led: led.show(shown(weight=0.5)),
    "another one": lambda led: led.ask("sign"),
    "over": lambda led: led.close(),
}


@pytest.mark.parametrize("close", CLOSED.values(), ids=CLOSED)
def test_an_answer_that_comes_too_late_is_refused(close):
    led = room()
    led.ask("choice")
    number, right = led.question_number, led.asked.right
    led.answer("one", right, number)
    close(led)
    before = dict(led.answers)
    with pytest.raises(InputError) as caught:
        led.answer("two", right, number)
    assert caught.value.sentence("en").startswith("this answer came too late and was not taken")
    assert led.answers == before


def test_an_answer_that_is_judged_while_the_question_is_revealed_is_refused(monkeypatch):
    led = room()
    led.ask("number")
    judged = type(led.asked).judged
    monkeypatch.setattr(type(led.asked), "judged", lambda *given: (led.reveal(), judged(*given))[1])
    with pytest.raises(InputError, match="too late"):
        led.answer("one", "0.3775")
    assert led.answers == {}


@pytest.mark.parametrize("kind", KINDS)
def test_a_follower_is_not_told_the_answer(kind):
    led = room()
    led.ask(kind)
    asked = led.question_in("en")
    assert set(asked) == {"number", "kind", "position", "words", "options"}
    assert led.asked.right not in str({**asked, "options": ""})
    assert [key for key, _ in asked["options"]] == ([] if kind == "edge" else list(led.asked.options))
    assert led.tally() == dict.fromkeys(led.asked.options, 0)


def test_going_on_reveals_and_going_back_does_not():
    led = room()
    led.go("a", 3)
    led.ask("sign")
    led.go("a", 2)
    assert not led.revealed
    led.go("a", 4)
    assert led.revealed


def test_an_edit_puts_an_open_question_away():
    led = room()
    led.ask("number")
    led.show(shown(weight=0.5))
    assert led.asked is None


STOPS = LESSONS["lecture"].stops
ASKING = next(
    number
    for number in range(2, len(STOPS) - 1)
    if STOPS[number - 1].ask and not any(STOPS[other - 1].ask for other in (number - 1, number + 1, number + 2))
)


def turned(*numbers):
    """A room whose lecturer turns to slides one after the other."""
    led = room(slide(numbers[0]))
    for number in numbers[1:]:
        led.show(slide(number))
    return led


def test_the_question_of_a_slide_is_asked_when_it_comes_and_answered_by_the_next_one():
    led, ask = turned(ASKING - 1, ASKING), STOPS[ASKING - 1].ask
    assert (led.asked.kind, led.revealed) == (SLIDE, False)
    assert [words for _, words in led.question_in("zh")["options"]] == [choice.zh for choice in ask.choices]
    led.answer("one", str(ask.right))
    led.answer("other", str(ask.right - 1 if ask.right else 1))
    with pytest.raises(InputError):
        led.answer("third", str(len(ask.choices)))
    led.show(slide(ASKING + 1))
    assert led.revealed
    assert [led.verdict_in("en", name)["is_right"] for name in ("one", "other")] == [True, False]
    led.show(slide(ASKING + 2))
    assert led.asked is None


def test_a_slide_back_and_forth_keeps_the_answers_and_reveals_nothing():
    led = turned(ASKING)
    led.answer("one", "0")
    number = led.question_number
    for at in (ASKING - 1, ASKING):
        led.show(slide(at))
        assert (led.question_number, led.revealed, list(led.answers)) == (number, False, ["one"])
    led.show(slide(ASKING + 1))
    led.show(slide(ASKING))
    assert led.revealed  # whoever has seen the answer is not asked again


def test_the_question_of_a_slide_that_was_put_away_or_edited_is_asked_again_on_demand():
    led = turned(ASKING)
    led.withdraw()
    led.show(slide(ASKING, edited=True))
    assert led.asked is None
    led.ask(SLIDE)
    assert led.asked.slide == ASKING
    led.show(slide(ASKING))  # an edit, which may make another answer right
    assert led.asked is None
    led.show(shown())
    with pytest.raises(InputError):
        led.ask(SLIDE)


def test_words_of_a_teacher_are_typeset_and_no_markup():
    lesson = LESSONS["lecture"]
    words = Text("Is $\\delta^2_1$ <b>?", "$\\delta^2_1$ <b>？")
    ask = Ask(words, (Text("$\\delta^1$", "是"), Text("`no` <i>", "否")), 0)
    stops = [stop._replace(ask=ask) if stop == STOPS[ASKING - 1] else stop for stop in lesson.stops]
    led = room(slide(ASKING, lesson._replace(stops=tuple(stops))))
    asked = led.question_in("en")
    assert "<math>" in asked["words"]
    assert "&lt;b&gt;" in asked["words"]
    assert [label for _, label in asked["options"]][1] == "<code>no</code> &lt;i&gt;"
    assert led.status("en")["words"] == "Is δ²₁ <b>?"  # which is shown as text
    assert led.label_in("en", "0") == "δ¹"
    led.reveal()
    assert led.verdict_in("en", "one")["told"] == "δ¹"


def test_nothing_is_asked_after_the_last_step():
    led = room()
    led.go("a", led.shown.last)
    with pytest.raises(InputError):
        led.ask("number")
    assert led.asked is None


def test_answers_are_bounded_in_number_and_length():
    led = room(followers=2)
    led.ask("sign")
    for i in range(4):
        led.answer(f"name {i}", "+")
    with pytest.raises(InputError):
        led.answer("one more", "+")
    led.answer("name 0", "−")
    assert sum(led.tally().values()) == 4
    with pytest.raises(InputError):
        led.answer("name 0", "+" * 1000)
    led.ask("number")
    led.answer("n" * 1000, "0.25" + " " * 1000)
    ((name, answer),) = led.answers.items()
    assert len(name) <= 32
    assert answer.text == "0.25"


def test_ink_is_bounded_and_wiped_with_the_network():
    led = room(strokes=3, points=5)
    drawn = [led.draw([1e9, 2, 3, 4] * 20) for _ in range(5)]
    assert drawn == [True, True, True, False, False]
    assert max(map(len, led.ink)) == 10
    assert max(map(max, led.ink)) <= 50
    assert not room().draw([1, 2, 3])
    led.show(shown(weight=0.5))
    assert led.ink
    led.show(shown("xor"))
    assert led.ink == []


def test_a_room_outlives_its_lecturer_for_a_while():
    now = [0.0]
    led = room(clock=lambda: now[0], minutes=30)
    led.came()
    now[0] = 10_000
    assert not led.is_over
    led.left()
    now[0] += 29 * 60
    assert not led.is_over
    led.came()
    led.left()
    now[0] += 31 * 60
    assert led.is_over


def test_a_closed_room_has_forgotten_all():
    led = room()
    led.ask("sign")
    led.answer("one", "+")
    led.draw([1, 2, 3, 4])
    led.close()
    assert (led.is_over, led.shown, led.asked, led.answers, led.ink) == (True, None, None, {}, [])


def test_what_another_window_shows_does_not_count():
    led = room(shown())
    led.enter("old")
    led.show(shown(weight=0.3), "old")
    led.enter("new")
    led.enter("old")
    assert led.leading == "new"
    edition = led.edition
    led.show(shown("xor"), "old")
    assert led.edition == edition
    led.show(shown("xor"), "new")
    assert led.edition == edition + 1
    led.take("nobody")
    assert led.leading == "new"
    led.take("old")
    led.show(shown(), "old")
    assert led.edition == edition + 2
