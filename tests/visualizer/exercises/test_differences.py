import numpy as np
import pytest

from engine import trace
from engine.core import LANGUAGES, agrees
from visualizer.exercises import FOLLOWS, LEVELS, RIGHT, WRONG, difference, exercise, marked
from visualizer.exercises.differences import CHECK_WHY
from visualizer.exercises.marking import SLACK

every_level = pytest.mark.parametrize("level", LEVELS)


def typed(check, **changes):
    return {cell.key: repr(changes.get(cell.key, cell.value)) for cell in check.cells}


@every_level
@pytest.mark.parametrize("seed", range(1, 13))
def test_the_difference_is_that_of_two_passes_and_close_to_the_gradient(level, seed):
    made = exercise(level, seed)
    check, done, (j, k) = difference(made), made.trace, difference(made).indices
    nudge = np.zeros(len(done.given.theta))
    nudge[j * (done.given.sizes[0] + 1) + k] = check.h  # in theta a row of weights is followed by its bias
    nets = [done.given.with_theta(done.given.theta + side * nudge) for side in (1, -1)]
    plus, minus = (trace(net, made.model.x, made.model.y, made.model.loss).loss for net in nets)
    assert check.quotient == pytest.approx((plus - minus) / (2 * check.h), rel=1e-9)
    assert check.quotient == pytest.approx(check.gradient, rel=0.002)
    assert check.gradient == done.value("dW", 1)[check.indices]


@every_level
def test_right_numbers_are_right_also_where_few_digits_of_the_costs_were_kept(level):
    for seed in range(1, 9):
        made = exercise(level, seed)
        check = difference(made)
        assert {mark.verdict for mark in marked(made, typed(check)).values()} == {RIGHT}
        plus, minus, quotient = check.cells
        kept = [float(f"{cell.value:.3e}") for cell in (plus, minus)]
        rounded = dict(zip((plus.key, minus.key), map(repr, kept), strict=True))
        rounded[quotient.key] = repr((kept[0] - kept[1]) / (2 * check.h))
        assert {mark.verdict for mark in marked(made, rounded).values()} == {RIGHT}


@pytest.mark.parametrize("level", ["relu", "sigmoid"])
def test_slips_of_the_check_are_named(level):
    made = exercise(level, 3)
    check = difference(made)
    plus, minus, quotient = (cell.key for cell in check.cells)
    slips = {
        plus: {made.trace.loss: "unchanged", check.minus.loss: "other way"},
        quotient: {
            -check.quotient: "sign",
            2 * check.quotient: "2h apart",
            check.plus.loss - check.minus.loss: "not yet divided",
        },
    }
    for key, told in slips.items():
        for said, words in told.items():
            verdict, cause = marked(made, typed(check, **{key: said}))[key]
            assert verdict == WRONG
            assert words in cause.en
    wrong = check.plus.loss + 0.3
    of_own = (wrong - check.minus.loss) / (2 * check.h)
    marks = marked(made, typed(check, **{plus: wrong, quotient: of_own}))
    assert (marks[plus].verdict, marks[minus].verdict, marks[quotient].verdict) == (WRONG, RIGHT, FOLLOWS)


def test_a_gradient_that_is_wrong_is_found_by_the_check():
    made = exercise("sigmoid", 4)
    check = difference(made)
    without_slope = check.gradient / float(made.trace.value("slope", 1)[check.indices[0], 0])
    assert not agrees(repr(without_slope), check.quotient, SLACK)
    assert np.isfinite(without_slope)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_task_has_the_weight_and_the_change_in_it(lang):
    check = difference(exercise("sigmoid", 1))
    assert check.weight in check.words()(lang)
    assert "{" in CHECK_WHY(lang)
    assert "{" not in check.words()(lang)
