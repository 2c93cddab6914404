import re

import pytest

from engine import ACTIVATIONS
from engine.core import LANGUAGES
from tests.pages.app import CHINESE, address, checked, session, texts, visit
from visualizer.reference import SECTIONS, entries, search
from visualizer.state import open_link

WAYS = [(section, lang) for section in SECTIONS for lang in LANGUAGES]


def page(**query):
    return visit("reference", **query)


def titles(app):
    return [re.sub(r"^##### (:gray-badge\[.*?\] )?", "", text) for text in texts(app) if text.startswith("##### ")]


@pytest.mark.parametrize(("section", "lang"), WAYS)
def test_every_section_shows_all_its_entries_in_the_reader_s_language(section, lang):
    app = page(section=section, lang=lang)
    assert titles(app) == [entry.title(lang) for entry in entries(section)]
    words = "".join(text for text in texts(app) if "Stage" not in text)
    assert bool(CHINESE.search(words)) == (lang == "zh")
    opening = [entry for entry in entries(section) if entry.opens]
    assert len([button for button in app.button if button.key.startswith("open_")]) == len(opening)


def test_activations_are_plotted():
    assert len(page(section="activations").get("plotly_chart")) == len(ACTIVATIONS)


def test_the_address_says_which_section_is_open():
    app = page()
    assert titles(app)[0] == entries("algorithm")[0].title.en
    app.button_group(key="section").set_value("terms").run()
    checked(app)
    assert address(app)["section"] == "terms"
    assert titles(app) == [entry.title.en for entry in entries("terms")]


def test_a_section_that_there_is_not_is_answered_in_a_sentence():
    app = page(section="<script>", lang="zh")
    (warning,) = app.warning
    assert "章节" in warning.value
    assert titles(app)


@pytest.mark.parametrize("text", ["softmax", "梯度", "a" * 300, "*_$<b>"])
def test_the_search_is_in_the_address_and_leads_back(text):
    app = page(section="losses")
    checked(app.text_input(key="find").set_value(text).run())
    found = search(text[:80])
    assert titles(app) == [entry.title.en for _, entry in found[:20]]
    assert address(app).get("find", "") == text[:80]
    checked(app.text_input(key="find").set_value("").run())
    assert titles(app) == [entry.title.en for entry in entries("losses")]


def test_a_question_opens_the_stage_at_the_state_that_shows_the_answer():
    asked = next(entry for entry in entries("questions") if entry.name == "dead")
    app = page(section="questions", lang="zh")
    checked(app.button(key="open_questions_dead").click().run())
    assert session(app).spec == open_link(asked.opens, "zh")[0]
