"""Given numbers that were miscopied: found again by one digit, two swapped ones, the sign, or two numbers swapped."""

from dataclasses import replace

import pytest

from engine import Ref
from engine.settings import Model
from engine.studies import Place, causes
from engine.studies.miscopied import MOST_VARIANTS, is_small, variants

MODEL = Model.of_example("mazur")
COST = Place(Ref("C", 2))


@pytest.mark.parametrize(
    ("change", "label"),
    [
        ({"x": ((0.05, 0.7),)}, "x₂ miscopied: 0.7 for 0.1"),
        ({"y": ((0.99, 0.01),)}, "y₁ and y₂ swapped"),
        ({"y": ((0.10, 0.99),)}, "y₁ miscopied: 0.1 for 0.01"),
        ({"net": (0.15, 0.2, 0.35, 0.25, 0.3, 0.35, 0.4, 0.54, 0.6, 0.5, 0.55, 0.6)}, "w²₁₂ miscopied: 0.54 for 0.45"),
        ({"net": (0.15, 0.2, -0.35, 0.25, 0.3, 0.35, 0.4, 0.45, 0.6, 0.5, 0.55, 0.6)}, "b¹₁ miscopied: -0.35 for 0.35"),
    ],
)
def test_a_number_that_was_miscopied_is_named(change, label):
    typed = f"{replace(MODEL, **change).trace().loss:.9f}"
    found = causes(MODEL, COST, typed).named
    assert label in [cause.parts[0].label.en for cause in found]
    assert all(cause.parts[0].label.zh != cause.parts[0].label.en for cause in found)


def test_a_rate_that_was_miscopied_is_named_in_the_new_weight():
    place = Place(Ref("W_new", 2), (0, 0))
    typed = f"{place.of(replace(MODEL, eta=0.6).trace()):.9f}"
    assert "η miscopied: 0.6 for 0.5" in [cause.parts[0].label.en for cause in causes(MODEL, place, typed).named]


def test_of_large_networks_and_long_numbers_none_is_tried():
    assert is_small(MODEL)
    assert not is_small(Model.drawn((20, 20, 2), ("tanh", "tanh"), "xavier_uniform", 1))
    drawn = Model.drawn((2, 2, 2), ("tanh", "tanh"), "xavier_uniform", 1)
    assert len(list(variants(drawn))) < len(list(variants(MODEL))) <= MOST_VARIANTS
