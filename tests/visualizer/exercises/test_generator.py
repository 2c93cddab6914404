import re

import numpy as np
import pytest

from engine import check_gradients
from engine.core.typed import tolerance
from engine.settings import model_from_query, model_to_query
from visualizer.exercises import LEVELS, exercise
from visualizer.exercises.generator import TENTHS
from visualizer.exercises.marking import SLACK

SEEDS = range(1, 16)
every_level = pytest.mark.parametrize("level", LEVELS)


@every_level
def test_the_same_seed_gives_the_same_exercise_and_others_give_others(level):
    first = [exercise(level, seed).model for seed in SEEDS]
    exercise.cache_clear()
    assert [exercise(level, seed).model for seed in SEEDS] == first
    assert len(set(first)) > 0.9 * len(first)


@every_level
def test_an_exercise_is_small_and_its_numbers_are_short(level):
    for seed in SEEDS:
        made = exercise(level, seed)
        assert sum(len(cells) for _, cells in made.cells()) <= 40
        given = [*made.model.net, *made.model.x[0], *made.model.y[0], made.model.eta]
        assert all(round(number, 1) == number and abs(number) <= 2 for number in given)


@pytest.mark.parametrize("level", ["neuron", "relu"])
def test_what_needs_no_calculator_comes_out_even(level):
    for seed in SEEDS:
        made = exercise(level, seed)
        for _, cells in made.cells():
            assert all(abs(made.value(cell) - round(made.value(cell), 5)) < 1e-12 for cell in cells)


@every_level
def test_there_is_something_to_learn_and_nothing_is_ambiguous(level):
    for seed in SEEDS:
        trace = exercise(level, seed).trace
        for l in range(1, len(trace.given.sizes)):
            assert np.abs(trace.value("z", l)).min() > 0.04  # a kink lies at 0
            assert np.abs(trace.value("delta", l)).max() >= 0.02
            for name in ("W", "b"):
                new, old = trace.value(f"{name}_new", l), trace.value(name, l)
                told = [tolerance(f"{value:.3e}", value, SLACK) for value in new.flat]
                moved = np.abs(new - old).reshape(-1)
                assert ((moved == 0) | (moved > told)).all()


@every_level
def test_only_every_third_sheet_has_dead_units(level):
    dead = {}
    for seed in range(1, 31):
        trace = exercise(level, seed).trace
        dead[seed] = any((trace.value("slope", l) == 0).any() for l in range(1, len(trace.given.sizes)))
    assert not any(dead[seed] for seed in dead if seed % 3)
    assert any(dead.values()) == (level in ("relu", "softmax", "bce"))


@every_level
def test_the_solution_is_right(level):
    for seed in SEEDS:
        model = exercise(level, seed).model
        assert check_gradients(model.network(), model.x, model.y, model.loss).passed


@every_level
def test_every_written_number_has_one_cell(level):
    made = exercise(level, 3)
    for step, cells in made.cells():
        assert len(cells) == sum(made.trace.value(*ref).size for ref in step.writes)
    keys = [cell.key for _, cells in made.cells() for cell in cells]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"\w+", key) for key in keys)


@every_level
def test_an_exercise_goes_onto_the_stage_as_a_link(level):
    model = exercise(level, 7).model
    assert model_from_query(model_to_query(model)) == (model, [])


def test_weights_are_drawn_from_the_tenths_between_minus_one_and_one():
    assert sorted(TENTHS) == [n / 10 for n in range(-9, 10) if n]
