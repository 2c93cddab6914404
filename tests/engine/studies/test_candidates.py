"""Candidates for the cause of a number: each try gives numbers of its own, and none that is known already."""

from dataclasses import replace

import numpy as np

from engine import Ref
from engine.mistakes import MISTAKES
from engine.settings import Model
from engine.studies import Place, mistaken
from engine.studies.candidates import same_number, tries_of_miscopied, tries_of_mistakes, tries_of_pairs

MODEL, PLACE = Model.of_example("mazur"), Place(Ref("delta", 1), (0, 0))


def test_every_mistake_is_tried_once_and_gives_what_its_pass_gives():
    computed = PLACE.of(MODEL.trace())
    made = [list(one()) for one in tries_of_mistakes(MODEL, PLACE, computed)]
    assert len(made) == len(MISTAKES)
    for mistake, found in zip(MISTAKES.values(), made, strict=True):
        value = PLACE.of(mistaken(MODEL, [mistake]))
        assert [cause.value for cause in found] == ([] if np.isclose(value, computed, rtol=1e-12) else [value])


def test_pairs_are_those_that_can_be_made_together_and_differ_from_either():
    single = [cause for one in tries_of_mistakes(MODEL, PLACE, PLACE.of(MODEL.trace())) for cause in one()]
    pairs = [cause for one in tries_of_pairs(MODEL, PLACE, single) for cause in one()]
    values = {cause.parts[0].name: cause.value for cause in single}
    assert pairs
    for pair in pairs:
        one, other = pair.parts
        assert not one.excludes(other)
        assert not any(same_number(pair.value, values[part.name]) for part in (one, other))


def test_numbers_of_a_large_network_are_not_tried_for_miscopying():
    assert len(list(tries_of_miscopied(MODEL, PLACE))) > 100
    large = Model.drawn((60, 60, 2), ("tanh", "tanh"), "xavier_uniform", 1)
    assert list(tries_of_miscopied(replace(large, iteration=1), PLACE)) == []
