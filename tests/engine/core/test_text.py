import pytest

from engine.core import LANGUAGES, Text, passage


def test_a_text_speaks_each_language():
    text = Text("cost", "代价")
    assert (text("en"), text("zh")) == ("cost", "代价")
    assert set(LANGUAGES) == set(Text._fields)


def test_values_are_filled_into_both_languages_and_texts_into_their_own():
    filled = Text("{} of layer {l}", "第 {l} 层的{}").format(Text("error", "误差"), l=2)
    assert filled == Text("error of layer 2", "第 2 层的误差")


def test_texts_are_joined_as_each_language_does():
    commas = Text(", ", "、")
    assert commas.join(iter([Text("x", "输入"), Text("y", "目标")])) == Text("x, y", "输入、目标")
    assert commas.join([]) == Text("", "")


def test_an_unknown_language_is_an_error():
    with pytest.raises(AttributeError):
        Text("cost", "代价")("fr")


def test_sentences_follow_each_other_as_their_language_has_it():
    said = [Text("One.", "一。"), Text("Two.", "二。"), "3."]
    assert passage("en", said) == "One. Two. 3."
    assert passage("zh", said) == "一。二。3."
    assert passage("zh", []) == ""
