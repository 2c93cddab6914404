import numpy as np
import pytest

from engine import Ref
from engine.text import LANGUAGES
from visualizer.exercises.generator import LEVELS, Cell, exercise, tolerance
from visualizer.exercises.marking import CAUSES, FOLLOWS, RIGHT, TOLERANCE, WRONG, agrees, mark, recomputed

every_level = pytest.mark.parametrize("level", LEVELS)


def cells_of(made):
    return [cell for _, cells in made.cells() for cell in cells]


def solution(made):
    return {cell.key: made.value(cell) for cell in cells_of(made)}


def cell_of(made, key):
    return next(cell for cell in cells_of(made) if cell.key == key)


def marked(made, key, said):
    return mark(made, cell_of(made, key), {key: said})


@every_level
@pytest.mark.parametrize("seed", [1, 3, 8])
def test_the_solution_is_right_everywhere_also_with_four_decimals(level, seed):
    made = exercise(level, seed)
    for typed in (solution(made), {key: round(value, 4) for key, value in solution(made).items()}):
        assert {mark(made, cell, typed).verdict for cell in cells_of(made)} == {RIGHT}


@every_level
@pytest.mark.parametrize("seed", [2, 3, 9])
def test_every_equation_done_again_with_right_numbers_gives_the_right_number(level, seed):
    made = exercise(level, seed)
    for cell in cells_of(made):
        assert recomputed(made, cell, solution(made)) == pytest.approx(made.value(cell), abs=1e-12)


@every_level
def test_rounding_to_four_decimals_along_the_way_stays_right(level):
    """What the line about the tolerance promises: a pass in which every number is rounded before it is used."""
    for seed in range(1, 31):
        made, typed = exercise(level, seed), {}
        for cell in cells_of(made):
            typed[cell.key] = round(recomputed(made, cell, typed), 4)
        assert {mark(made, cell, typed).verdict for cell in cells_of(made)} == {RIGHT}


@every_level
def test_no_number_outside_the_tolerance_is_right(level):
    made = exercise(level, 4)
    for cell in cells_of(made):
        value = made.value(cell)
        for off in (1.01, -1.01):
            said = value + off * tolerance(value)
            assert not agrees(said, value)
            assert mark(made, cell, {cell.key: said}).verdict == WRONG
    assert "0.0005" in TOLERANCE.en
    assert "0.5 %" in TOLERANCE.en


@every_level
def test_a_number_that_follows_from_a_wrong_one_is_told_apart(level):
    made = exercise(level, 2)
    typed = {"z_1_1": made.value(cell_of(made, "z_1_1")) + 0.7}
    follower = cell_of(made, "a_1_1")
    typed["a_1_1"] = recomputed(made, follower, typed)
    verdict, cause = mark(made, follower, typed)
    assert verdict == FOLLOWS
    assert "z¹₁" in cause.en
    assert mark(made, cell_of(made, "z_1_1"), typed).verdict == WRONG


def test_the_update_follows_from_the_reader_s_own_gradient():
    made = exercise("sigmoid", 1)
    cell = cell_of(made, "W_new_2_1_1")
    typed = {"dW_2_1_1": made.value(cell_of(made, "dW_2_1_1")) + 0.3}
    typed[cell.key] = made.value(cell) - made.model.eta * 0.3
    assert mark(made, cell, typed).verdict == FOLLOWS


def test_a_cost_follows_from_the_reader_s_own_outputs_where_it_is_computed_from_z():
    made = exercise("softmax", 1)
    typed = {"a_2_1": 0.3, "a_2_2": 0.7}
    right = int(np.argmax(made.model.y[0])) + 1
    typed["C_2"] = float(-np.log(typed[f"a_2_{right}"]))
    assert mark(made, cell_of(made, "C_2"), typed).verdict == FOLLOWS


def named(part):
    return part if isinstance(part, str) else ""


def slips():
    made = exercise("sigmoid", 2)
    trace = made.trace

    def at(name, layer, j, k=0):
        return float(trace.value(name, layer)[j, k])

    yield made, "z_1_1", at("z", 1, 0) - at("b", 1, 0), "without the bias"
    yield made, "a_1_1", at("z", 1, 0), "before the activation"
    yield made, "delta_2_1", at("delta", 2, 0) / at("slope", 2, 0), "without the slope"
    yield made, "delta_1_1", -at("delta", 1, 0), "sign"
    yield made, "dW_2_1_1", 2 * at("dW", 2, 0, 0), "twice"
    yield made, "dW_2_1_1", 10 * at("dW", 2, 0, 0), "decimal point"
    yield made, "W_new_2_1_1", 2 * at("W", 2, 0, 0) - at("W_new", 2, 0, 0), "along the gradient"
    yield made, "C_2", trace.loss * 1.04, "rounded"
    classes = exercise("softmax", 2)
    yield classes, "C_2", classes.trace.loss / np.log(10), "base 10"
    whole = exercise("relu", 2)
    w, slope = (float(whole.trace.value(name, 2)[0, 0]) for name in ("W", "dW"))
    yield whole, "W_new_2_1_1", w - slope, "without the learning rate"


@pytest.mark.parametrize(("made", "key", "said", "words"), [*slips()], ids=named)
def test_a_common_slip_is_named(made, key, said, words):
    verdict, cause = marked(made, key, float(said))
    assert verdict == WRONG
    assert words in cause.en
    assert cause.zh != cause.en


def test_an_error_sent_back_along_the_rows_is_named():
    for seed in range(1, 60):
        made = exercise("relu", seed)
        trace = made.trace
        if trace.given.sizes == (2, 2, 2) and trace.value("slope", 1)[0, 0] == 1:
            wrong = float((trace.value("W", 2) @ trace.value("delta", 2))[0, 0])
            verdict, cause = marked(made, "delta_1_1", wrong)
            if verdict == WRONG and "transposed" in cause.en:
                return
    pytest.fail("no exercise shows it")


def test_a_number_in_the_wrong_place_is_named():
    made = exercise("sigmoid", 5)
    other = float(made.trace.value("z", 1)[1, 0])
    assert "z¹₂" in marked(made, "z_1_1", other).cause.en


def test_a_number_from_nowhere_has_no_cause():
    assert marked(exercise("sigmoid", 2), "z_1_1", 77.7) == (WRONG, None)
    assert all(callable(cause) for cause in CAUSES)


@pytest.mark.parametrize("said", [1e308, -1e308, 0.0])
@every_level
def test_no_number_a_reader_types_breaks_the_marking(level, said):
    made = exercise(level, 6)
    typed = dict.fromkeys(solution(made), said)
    for cell in cells_of(made):
        assert mark(made, cell, typed).verdict in (RIGHT, FOLLOWS, WRONG)


def test_a_cell_has_a_name_to_read_and_one_in_code():
    cell = Cell(0, Ref("delta", 1), (1,))
    assert (cell.name, cell.key) == ("δ¹₂", "delta_1_2")
    assert set(LANGUAGES) == set(TOLERANCE._fields)
