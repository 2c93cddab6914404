"""Actions of a reader before the page has answered: a server and its threads, without a browser, which would wait."""

import asyncio
from contextlib import aclosing

import pytest

from tests.browser.reader import Reader
from tests.loops import ended

pytestmark = pytest.mark.browser
ROUNDS = 9
ENDLESS = {"hidden": "256-256", "epochs": "100000"}  # a training that does not end meanwhile


async def presses_and_types(address):
    """Press Pause and type a rate while the page is still drawn for it, again and again, while it trains."""
    async with aclosing(await Reader.open(address, "train")) as reader:
        await reader.until(lambda: reader.find("train_play"))
        for name, typed in ENDLESS.items():
            await reader.put(f"train_{name}", string_value=typed)
            await reader.until(lambda name=name, typed=typed: reader.field(f"train_{name}").proto.default == typed)
        for i in range(ROUNDS):
            rate = f"0.{i + 1}"
            assert await reader.press("train_play")
            await reader.until(lambda: reader.find("train_pause"))
            await asyncio.sleep(i / 20)  # at every phase of the clock by which the page is drawn
            assert await reader.press_and_hear("train_pause")
            await reader.put("train_eta", string_value=rate)
            await reader.until(
                lambda rate=rate: reader.find("train_play") and reader.field("train_eta").proto.default == rate
            )
        assert reader.all("exception") == []


async def saves(address):
    """Ask for a file at every phase of the clock by which the page is drawn while it trains."""
    query = "&".join(f"{name}={value}" for name, value in ENDLESS.items())
    async with aclosing(await Reader.open(address, "train", query)) as reader:
        await reader.until(lambda: reader.find("train_play"))
        await reader.put("train_files", bool_value=True)
        await reader.until(lambda: reader.find("train_save"))
        assert await reader.press("train_play")
        await reader.until(lambda: reader.find("train_pause"))
        for i in range(ROUNDS):
            await asyncio.sleep(i / 20)
            known = reader.files().keys()
            assert await reader.press_and_hear("train_save")
            await reader.until(lambda known=known: reader.files().keys() - known)
        assert await reader.press_and_hear("train_pause")
        await reader.until(
            lambda: reader.find("train_play")
        )  # Streamlit logs a traceback where it is left while it sends
        assert reader.all("exception") == []


def test_a_press_is_not_dropped_for_what_is_typed_just_after_it(address):
    ended(presses_and_types(address))


def test_a_file_is_made_however_the_page_is_drawn_meanwhile(address):
    ended(saves(address))
