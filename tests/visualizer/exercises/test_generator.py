import re

import numpy as np
import pytest

from engine import check_gradients
from engine.core.typed import tolerance
from engine.settings import model_from_query, model_to_query
from visualizer.exercises import LEVELS, exercise
from visualizer.exercises.levels import TENTHS
from visualizer.exercises.marking import SLACK

SEEDS = range(1, 16)
NEURON_7 = (0.5, 1.0, 2.0, 0.0)
SIGMOID_7 = (-0.4, 0.4, -0.1, 0.3, 0.8, 0.7, 0.1)
BCE_7 = (0.2, 0.6, -0.8, -0.3, -0.7, -0.5, -0.4)
every_level = pytest.mark.parametrize("level", LEVELS)


@every_level
def test_the_same_seed_gives_the_same_exercise_and_others_give_others(level):
    first = [exercise(level, seed).model for seed in SEEDS]
    exercise.cache_clear()
    assert [exercise(level, seed).model for seed in SEEDS] == first
    assert len(set(first)) > 0.9 * len(first)


def test_no_two_levels_draw_from_the_same_numbers():
    assert len({level.stream for level in LEVELS.values()}) == len(LEVELS)


@every_level
def test_an_exercise_is_small_and_its_numbers_are_short(level):
    for seed in SEEDS:
        made = exercise(level, seed)
        assert sum(len(cells) for _, cells in made.cells()) <= 40
        given = [*made.model.net, *sum(made.model.x + made.model.y, ()), made.model.eta]
        assert all(round(number, 1) == number and abs(number) <= 2 for number in given)


@pytest.mark.parametrize("level", ["neuron", "relu", "batch"])
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
    assert any(dead.values()) == (level in ("relu", "softmax", "bce", "batch"))


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


@pytest.mark.parametrize("level", LEVELS)
def test_a_kind_has_as_many_samples_and_the_optimizer_that_it_says(level):
    kind = LEVELS[level]
    for seed in SEEDS:
        model = exercise(level, seed).model
        assert (len({*model.x}), model.optimizer) == (kind.samples, kind.optimizer)
        assert model.iteration in kind.iterations
    assert {exercise(level, seed).model.iteration for seed in SEEDS} == set(kind.iterations)


def test_exercises_of_before_are_the_same():
    """A number on a sheet that has been handed out: it opens the same exercise in every version to come."""
    drawn = {level: exercise(level, 7).model for level in LEVELS}
    assert drawn["neuron"].net == NEURON_7
    assert drawn["sigmoid"].net == SIGMOID_7
    assert drawn["bce"].net == BCE_7


def test_weights_are_drawn_from_the_tenths_between_minus_one_and_one():
    assert sorted(TENTHS) == [n / 10 for n in range(-9, 10) if n]
