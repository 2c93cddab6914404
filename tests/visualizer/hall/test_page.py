"""The pages of a room: in the browser's language, with what they need, and nothing that a policy forbids."""

import json
import re

import pytest

from engine.core import LANGUAGES, TAGS
from visualizer.hall.page import SCRIPTS, desk_page, follower_page, language, other_language, version
from visualizer.stage.assets import asset

MODULES = {"player": ("room/player.js", "room/ask.js"), "desk": ("room/desk.js",)}
PAGES = {"player": follower_page, "desk": desk_page}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_in_its_language_and_loads_its_script(name, lang):
    page = PAGES[name]("K7M2QX", lang)
    assert f'<html lang="{TAGS[lang]}">' in page
    assert f"script/{name}.js?{version(name)}" in page
    scripts = re.findall(r"<script(.*?)>", page)
    assert all("src=" in one or "application/json" in one for one in scripts)  # none that stands in the page
    data = json.loads(re.search(r'<script type="application/json" id="room">(.*?)</script>', page, re.DOTALL)[1])
    assert data["code"] == "K7M2QX"
    assert data["lang"] == lang
    assert all(data["words"].values())


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_takes_no_word_that_its_page_has_not(name):
    data = PAGES[name]("K7M2QX", "en")
    words = json.loads(re.search(r'id="room">(.*?)</script>', data, re.DOTALL)[1])["words"]
    asked = re.findall(r"\bwords\.(\w+)", "".join(map(asset, MODULES[name])))
    assert asked
    assert set(asked) <= set(words)


@pytest.mark.parametrize("code", ["<script>", '"><b>', "</script>"])
def test_what_stands_in_an_address_is_no_markup(code):
    page = follower_page(code, "en")
    assert code not in re.sub(r'<script type="module".*', "", page).replace("</script>\n", "", 1).split("<main", 1)[0]


@pytest.mark.parametrize(
    ("asked", "accepted", "lang"),
    [("zh", "en", "zh"), ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("", "fr", "en"), ("xx", "zh", "zh"), ("", "", "en")],
)
def test_the_language_is_the_one_asked_for_or_the_browsers(asked, accepted, lang):
    assert language(asked, accepted) == lang


def test_the_other_language_leads_there():
    assert {other_language(lang)[1] for lang in LANGUAGES} == set(LANGUAGES)
