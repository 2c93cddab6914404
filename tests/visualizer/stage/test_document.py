"""One head for all HTML files, and no word that can leave its place."""

import jinja2
import pytest
from markupsafe import Markup

from engine.core import LANGUAGES, TAGS
from visualizer.stage import FONT, TEMPLATES, document
from visualizer.writing import palette

EVIL = ("</h1><script>", "a & b", '"><b>', "{{ title }}", "$title")


@pytest.fixture
def template(tmp_path):
    """A template of its own, with its style sheet beside it."""
    path = tmp_path / "page.html"
    path.write_text('{% extends "document.html" %}{% block body %}<p>{{ words }}</p>{{ tex | mathml }}{% endblock %}')
    path.with_suffix(".css").write_text("p { margin: 1px }")
    return path


@pytest.mark.parametrize("evil", EVIL)
def test_words_stand_as_they_are(template, evil):
    made = document(template, "en", title=evil, words=evil, tex="x")
    assert f"<p>{Markup.escape(evil)}</p>" in made
    assert f"<title>{Markup.escape(evil)}</title>" in made
    assert made.count("<math") == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_head_has_the_language_its_fonts_a_policy_and_every_colour(template, lang):
    made = document(template, lang, title="t", words="w", tex="x")
    assert f'<html lang="{TAGS[lang]}">' in made
    assert f"--font: {FONT};" in made
    assert "default-src 'none'" in made
    assert "p { margin: 1px }" in made
    assert all(colour in made for ground in palette.GROUNDS.values() for colour in ground)
    assert "script-src" not in made


def test_a_word_that_is_missing_is_an_error(template):
    with pytest.raises(jinja2.UndefinedError, match="words"):
        document(template, "en", title="t", tex="x")


def test_a_formula_is_read_in_every_template():
    made = document(TEMPLATES / "solution.html", "en", title="t", blocks=[{"kind": "formula", "text": "a < b"}])
    assert "<mo>&lt;</mo>" in made
