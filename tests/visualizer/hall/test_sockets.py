"""Websockets of the rooms: who may follow and lead, what is taken from a stranger, and how much of it."""

import asyncio
import json

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.loops import ended
from tests.visualizer.hall.serving import follows, leads
from visualizer.hall.hall import HALL
from visualizer.hall.limits import Limits
from visualizer.pages import is_allowed


async def closed_with(host, path, *first, **more):
    """Open a websocket; give the code with which the server closes it."""
    async with connect(f"ws://{host}/hall/{path}", **more) as line:
        for text in first:
            await line.send(text)
        try:
            async with asyncio.timeout(20):
                while True:
                    await line.recv()
        except ConnectionClosed as closed:
            return closed.rcvd.code


@pytest.mark.parametrize("token", ["", "t" * 22, "密码", '{"what": "go"}'])
def test_only_the_token_leads(host, led, token):
    assert ended(closed_with(host, f"{led.code}/ws?lead=1", token)) == 4404


def test_a_room_that_is_not_there_is_not_followed(host):
    assert ended(closed_with(host, "ABCDEF/ws")) == 4404


def test_a_follower_cannot_lead(host, led):
    async def try_all():
        async with follows(host, led) as follower, follows(host, led, me="other") as other:
            for what, content in {
                "go": {"lecture": "a", "position": 5},
                "draw": {"stroke": [1, 2, 3, 4]},
                "point": {"at": [1, 2]},
                "clear": {},
                "present": {"on": True},
            }.items():
                await follower.send(what, **content)
            await follower.send("ping")
            await follower.heard("pong")
            return [message["what"] for message in other.got]

    assert not {"go", "stroke", "point", "clear", "present"} & set(ended(try_all()))
    assert (led.position, led.ink, led.presenting) == (0, [], False)


RUBBISH = [
    "",
    "x",
    r'{"what": "answer", "number": 1, "text": "\ud800"}',
    "[]",
    "null",
    "3",
    "{}",
    '{"what": "no"}',
    '{"what": []}',
    '{"what": "answer"}',
    "[" * 5000,
]
RUBBISH += ['{"what": "go"}', '{"what": "go", "lecture": "a", "position": "NaN"}', '{"what": "point", "at": 3}']
RUBBISH += [
    '{"what": "draw", "stroke": [1, null]}',
    '{"what": "draw", "stroke": [1e999, 2, 3, 4]}',
    '{"what": "point", "at": {}}',
]


def test_rubbish_is_no_message_and_ends_nothing(host, led):
    async def throw():
        async with follows(host, led) as follower, leads(host, led) as lecturer:
            for text in RUBBISH:
                await lecturer.line.send(text)
            for text in RUBBISH[:6]:
                await follower.line.send(text)
            await lecturer.send("go", lecture="a", position=2)
            await follower.until(lambda message: message.get("position") == 2)

    ended(throw())
    assert led.ink == []


@pytest.mark.parametrize("who", [follows, leads])
def test_a_long_message_ends_the_connection(host, led, who):
    async def shout():
        async with who(host, led) as browser:
            await browser.send("answer", number=1, text="x" * Limits().message_bytes)
            await asyncio.wait_for(browser.listening, 20)

    with pytest.raises(ConnectionClosed):
        ended(shout())


def test_a_flood_of_a_follower_is_read_slowly(host, led):
    async def flood():
        async with follows(host, led) as follower:
            for _ in range(200):
                await follower.send("ping")
            await asyncio.sleep(1)
            return sum(message["what"] == "pong" for message in follower.got)

    assert ended(flood()) <= 4 * Limits().follower_rate + 4


def test_a_full_room_says_so(host, led, monkeypatch):
    monkeypatch.setattr(led, "limits", Limits(followers=1))

    async def come():
        async with follows(host, led):
            return await closed_with(host, f"{led.code}/ws")

    assert ended(come()) == 4429


def test_what_is_no_answer_is_told_to_whoever_gave_it(host, led):
    led.ask("number")

    async def answer():
        async with follows(host, led, "zh") as follower:
            await follower.send("answer", number=led.question_number, text="<b>?</b>")
            return await follower.heard("taken")

    told = ended(answer())
    assert "应为" in told["problem"]
    assert led.answers == {}


LATE = {"en": "this answer came too late", "zh": "回答来得太迟"}


@pytest.mark.parametrize("close", ["reveal", "withdraw"])
@pytest.mark.parametrize("lang", LATE)
def test_an_answer_that_comes_after_the_reveal_is_refused_and_its_owner_told(host, led, lang, close):
    led.ask("number")

    async def answer():
        async with follows(host, led, lang) as follower:
            number = led.question_number
            getattr(led, close)()
            await follower.send("answer", number=number, text="0.3775")
            return await follower.heard("taken")

    told = ended(answer())
    assert told["problem"].startswith(LATE[lang])
    assert (told["number"], led.answers) == (led.question_number, {})


def test_pointer_and_pen_reach_followers_and_the_other_window(host, led):
    async def show():
        async with follows(host, led) as follower, leads(host, led) as lecturer, leads(host, led) as desk:
            await desk.heard("ink")
            await lecturer.send("point", at=[10, 20])
            assert (await follower.heard("point"))["at"] == [10, 20]
            await lecturer.send("draw", stroke=[1, 2, 3, 4])
            assert (await follower.heard("stroke"))["stroke"] == (await desk.heard("stroke"))["stroke"] == [1, 2, 3, 4]
            await lecturer.send("clear")
            await follower.heard("clear")
            await desk.heard("clear")
        return led.ink

    assert ended(show()) == []


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1.evil.example", "null"])
def test_a_page_of_another_origin_is_refused(host, led, origin, monkeypatch):
    monkeypatch.setattr("streamlit.web.server.server_util.is_url_from_allowed_origins", lambda url: False)
    assert not is_allowed(origin, host)
    with pytest.raises(InvalidStatus):
        ended(closed_with(host, f"{led.code}/ws", origin=origin))


def test_lecturers_are_counted(host, led):
    async def come():
        async with leads(host, led) as one:
            await one.heard("ink")
            assert led.leaders == 1
        async with asyncio.timeout(20):
            while led.leaders:
                await asyncio.sleep(0.01)

    ended(come())
    assert HALL.find(led.code) is led


def test_messages_are_json_objects(host, led):
    async def look():
        async with follows(host, led) as follower:
            return follower.got

    assert all(isinstance(message, dict) and json.dumps(message) for message in ended(look()))


def test_the_newest_window_leads_and_an_older_one_can_take_that_back(host, led):
    async def lead():
        led.enter("old")
        async with leads(host, led, window="old") as old, follows(host, led) as follower:
            assert (await old.heard("lead"))["leads"]
            led.enter("new")
            assert not (await old.until(lambda message: message.get("leads") is False))["leads"]
            async with leads(host, led, window="new") as new:
                assert (await new.heard("lead"))["leads"]
                await old.send("go", lecture="a", position=5)
                await old.send("draw", stroke=[0, 0, 1, 1])
                await new.send("go", lecture="a", position=2)
                await follower.until(lambda message: message.get("position") == 2)
                led.enter("old")  # its page is drawn anew
                await old.send("take")
                await new.until(lambda message: message.get("leads") is False)
                await new.send("go", lecture="a", position=7)
                await old.send("go", lecture="a", position=4)
                await follower.until(lambda message: message.get("position") == 4)
        return {message.get("position") for message in follower.got}

    assert {5, 7}.isdisjoint(ended(lead()))
    assert led.ink == []


def test_the_second_window_asks_reveals_and_puts_away(host, led):
    async def ask():
        async with leads(host, led) as desk, follows(host, led) as follower:
            await desk.send("ask", kind="no such kind")
            await desk.send("ask", kind="sign")
            assert (await follower.until(lambda message: message.get("asked")))["asked"]["kind"] == "sign"
            await desk.send("reveal")
            assert (await follower.heard("revealed"))["revealed"]["told"]
            await desk.send("withdraw")
            await follower.until(lambda message: message["what"] == "asked" and message["asked"] is None)
            await desk.send("go", lecture="a", position=12)
            await desk.send("ask", kind="number")
            return (await desk.heard("problem"))["text"]

    assert ended(ask())
    assert led.asked is None


def test_a_follower_asks_nothing(host, led):
    async def ask():
        async with follows(host, led) as follower:
            for what in ("ask", "reveal", "withdraw", "take"):
                await follower.send(what, kind="sign")
            await follower.send("ping")
            await follower.heard("pong")

    ended(ask())
    assert led.question_number == 0
