"""Broadcasts: every change to everyone, in order, in their language, and the whole to whoever has missed some."""

import asyncio

import pytest

from tests.loops import ended
from tests.visualizer.hall.rooms import room, shown
from tests.visualizer.hall.serving import follows, leads
from visualizer.hall.broadcast import Line
from visualizer.hall.shown import WINDOW


def test_a_newcomer_is_told_the_whole_in_its_language(host, led):
    async def come():
        led.go("a", 5)
        async with follows(host, led, "zh") as zh, follows(host, led, "en") as en:
            return zh.got[0], en.got[0]

    zh, en = ended(come())
    assert (zh["position"], zh["shown"]["last"], en["shown"]["window"]) == (5, led.shown.last, 5 // WINDOW)
    assert zh["shown"]["words"] == led.shown.words("zh", 0)
    assert en["shown"]["words"] == led.shown.words("en", 0)
    assert zh["shown"]["values"] == led.shown.body("zh", 5)["values"]


def test_steps_come_to_all_in_order_and_none_is_missing(host, led):
    async def lecture():
        async with (
            follows(host, led, me="one") as one,
            follows(host, led, "zh", "two") as two,
            leads(host, led) as lecturer,
        ):
            for position in [*range(1, 13), *range(11, 0, -1)]:
                await lecturer.send("go", lecture="a", position=position)
            for follower in (one, two):
                await follower.until(lambda message, of=follower: positions(of) == [*range(1, 13), *range(11, 0, -1)])
            return one, two

    def positions(of):
        return [message["position"] for message in of.got if message["what"] == "go"]

    for follower in ended(lecture()):
        assert follower.missing == []


def test_an_edit_comes_with_its_numbers_and_words(host, led):
    async def edit():
        async with follows(host, led, "zh") as zh, leads(host, led) as lecturer:
            await lecturer.send("go", lecture="a", position=3)
            await zh.heard("go")
            led.show(shown(weight=0.5, lecture="b", position=3))
            return await zh.until(lambda message: message["what"] == "shown" and message["edition"] == 2)

    told = ended(edit())
    assert (told["edition"], told["position"]) == (2, 3)
    assert told["shown"]["values"] == shown(weight=0.5).body("zh", 3)["values"]
    assert told["shown"]["words"] == led.shown.words("zh", 0)


def test_the_words_ahead_come_before_they_are_needed(host, led):
    async def lecture():
        async with follows(host, led) as follower:
            return await follower.heard("words")

    led.show(shown(granularity="neuron", lecture="n", position=WINDOW))
    told = ended(lecture())
    assert told["words"] == led.shown.words("en", told["window"])


def test_two_rooms_do_not_hear_of_each_other(host, led):
    from visualizer.hall.hall import HALL  # noqa: PLC0415

    other = HALL.open()
    other.show(shown("xor", lecture="x"))

    async def both():
        async with follows(host, led) as here, follows(host, other) as there, leads(host, led) as lecturer:
            await lecturer.send("go", lecture="a", position=4)
            await here.heard("go")
            other.show(shown("xor", lecture="y", granularity="weight"))
            await there.until(lambda message: message["what"] == "shown" and message["edition"] == 2)
            return here, there

    here, there = ended(both())
    other.close()
    assert not [message for message in there.got if message["what"] == "go"]
    assert not [message for message in here.got if message.get("edition") == 2]


def test_whoever_is_too_slow_is_told_the_whole_instead():
    line = Line(None, "en", "me", most=3, behind=False)
    for i in range(3):
        line.put(str(i))
    assert (list(line.waiting), line.behind) == (["0", "1", "2"], False)
    line.put("3")
    assert (list(line.waiting), line.behind) == ([], True)
    line.put("4")  # the whole will have it
    assert (list(line.waiting), line.behind) == ([], True)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_question_is_asked_answered_and_revealed_to_each(host, led, lang):
    async def ask():
        async with (
            follows(host, led, lang, "one") as one,
            follows(host, led, lang, "two") as two,
            leads(host, led) as lecturer,
        ):
            led.ask("number")
            asked = (await one.heard("asked"))["asked"]
            await one.send("answer", number=asked["number"], text="0.3775")
            await one.heard("taken")
            status = await lecturer.until(lambda message: message.get("answers") == 1)
            led.reveal()
            return status, (await one.heard("revealed"))["revealed"], (await two.heard("revealed"))["revealed"]

    status, one, two = ended(ask())
    assert status["people"] == 2
    assert (one["own"], one["is_right"], two["own"]) == ("0.3775", True, "")
    assert one["told"] == two["told"] == led.asked.told(lang)


def test_a_room_that_is_closed_says_so(host, led):
    async def close():
        async with follows(host, led) as follower:
            led.close()
            await follower.heard("end")
            await asyncio.wait_for(follower.listening, 20)

    ended(close())
    assert room().shown  # another room is as it was
