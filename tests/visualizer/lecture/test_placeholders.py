"""Placeholders: their numbers by hand, the room they have, and what is marked as wrong."""

from math import inf, nan

import pytest

from engine import Ref
from visualizer.lecture import RIGHT, WAYS, WRONG, Placeholder, Source, as_rules, beside, filled
from visualizer.lecture.placeholders import are_alike
from visualizer.writing import CHARACTERS

VALUES = {"W": 0.5, "a": -0.25, "b": 2.0, "c": -0.123456789}


def at(source):
    return VALUES[source.value.name] + (1 if source.right else 0)


def place(way, *names, **around):
    return Placeholder(way, tuple(Source(Ref(name, 1)) for name in names), **around)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("plain", "plain"),
        (place("number", "W"), "0.5"),
        (place("product", "W", "a"), "−0.125"),
        (place("gradient", "W", before="∂ "), "∂ +0.5"),
        (("w = ", place("number", "W"), "!"), "w = 0.5!"),
    ],
)
def test_words_are_written_with_their_numbers(words, told):
    assert filled(words, at) == told


@pytest.mark.parametrize("way", [name for name, way in WAYS.items() if way.fits and not way.moves])
def test_what_has_to_fit_fits(way):
    assert len(filled(place(way, "c"), at)) <= CHARACTERS


def test_a_number_that_a_mistake_has_changed_is_marked_and_told_beside_the_right_one():
    source = Source(Ref("W", 1))
    assert beside(place("number", "W"), source, at) is None
    wrong, right = beside(place("number", "W"), source._replace(right=True), at)
    assert (wrong, right) == (f"{WRONG}0.5", "1.5")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [(1, 1, True), (1, 1 + 1e-12, True), (1, 1 + 1e-6, False), (nan, nan, True), (inf, inf, True), (inf, 1, False)],
)
def test_numbers_are_alike_but_for_rounding(one, other, alike):
    assert are_alike(one, other) == are_alike(other, one) == alike


def test_the_browser_gets_every_way_and_both_marks():
    rules = as_rules()
    assert set(rules["ways"]) == set(WAYS)
    assert (rules["wrong"], rules["right"]) == (WRONG, RIGHT)
