import pytest

from engine.core import LANGUAGES
from visualizer.exercises import LEVELS, STAGES, difference, exercise, hint
from visualizer.writing import mathml, number


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_hint_says_more_at_every_stage_and_the_value_at_the_last_only(level, seed):
    made = exercise(level, seed)
    for _, cells in made.cells():
        stages = [hint(made, cells[0], stage) for stage in range(1, len(STAGES) + 1)]
        for words, formula in stages:
            assert all(words(lang).strip() for lang in LANGUAGES)
            assert "<math" in mathml(formula)
        lengths = [len(formula) for _, formula in stages]
        assert lengths[0] <= lengths[1]
        last = rf"{number(made.value(cells[0]), 6)}".replace("−", "-")
        assert last in stages[-1][1].replace("−", "-")


@pytest.mark.parametrize("level", LEVELS)
def test_hints_for_the_check_by_hand_end_with_its_values(level):
    made = exercise(level, 2)
    for cell in difference(made).cells:
        formulas = [hint(made, cell, stage)[1] for stage in range(1, len(STAGES) + 1)]
        assert len(set(formulas)) == len(STAGES)
        assert number(cell.value, 6).replace("−", "-") in formulas[-1]
        assert all("<math" in mathml(formula) for formula in formulas)
