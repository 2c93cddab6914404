import numpy as np
import pytest

from engine import Ref
from engine.core import CHANCE, LANGUAGES, agrees
from engine.core.typed import tolerance
from visualizer.equations import Element
from visualizer.exercises import FOLLOWS, LEVELS, RIGHT, TOLERANCE, WRONG, Cell, exercise, mark
from visualizer.exercises.marking import CAUSES, SLACK, recomputed
from visualizer.state import Question
from visualizer.state.predict import slips

every_level = pytest.mark.parametrize("level", LEVELS)


def cells_of(made):
    return [cell for _, cells in made.cells() for cell in cells]


def solution(made):
    return {cell.key: repr(made.value(cell)) for cell in cells_of(made)}


def cell_of(made, key):
    return next(cell for cell in cells_of(made) if cell.key == key)


def marked(made, key, said):
    return mark(made, cell_of(made, key), {key: said if isinstance(said, str) else repr(said)})


@every_level
@pytest.mark.parametrize("seed", [1, 3, 8])
@pytest.mark.parametrize("digits", [2, 3, 4, 6])
def test_the_solution_is_right_everywhere_also_with_two_digits(level, seed, digits):
    made = exercise(level, seed)
    typed = {cell.key: f"{made.value(cell):.{digits - 1}e}" for cell in cells_of(made)}
    assert {mark(made, cell, solution(made)).verdict for cell in cells_of(made)} == {RIGHT}
    for cell in cells_of(made):
        told = mark(made, cell, typed)
        assert told.verdict == RIGHT or (cell.ref.name.endswith("_new") and "enter more" in told.cause.en)


@every_level
@pytest.mark.parametrize("seed", [2, 3, 9])
def test_every_equation_done_again_with_right_numbers_gives_the_right_number(level, seed):
    made = exercise(level, seed)
    for cell in cells_of(made):
        assert recomputed(made, cell, solution(made)) == pytest.approx(made.value(cell), abs=1e-12)


@every_level
def test_rounding_to_four_digits_along_the_way_stays_right(level):
    """The promise about the tolerance: a pass in which every number is rounded before it is used."""
    for seed in range(1, 13):
        made, typed = exercise(level, seed), {}
        for cell in cells_of(made):
            typed[cell.key] = f"{recomputed(made, cell, typed):.3e}"
        for cell in cells_of(made):
            cancels = cell.ref.name.endswith("_new") and abs(made.value(cell)) < 0.02  # of what is far larger
            assert mark(made, cell, typed).verdict == RIGHT or (cancels and mark(made, cell, typed).verdict == FOLLOWS)


@every_level
def test_too_few_digits_along_the_way_are_no_mistake_of_their_own(level):
    for seed in range(1, 13):
        made, typed = exercise(level, seed), {}
        for cell in cells_of(made):
            typed[cell.key] = f"{recomputed(made, cell, typed):.1e}"
        marks = [mark(made, cell, typed) for cell in cells_of(made)]
        assert all(told.verdict in (RIGHT, FOLLOWS) or "enter more" in told.cause.en for told in marks)


@every_level
def test_no_number_outside_the_tolerance_is_right(level):
    made = exercise(level, 4)
    for cell in cells_of(made):
        value = made.value(cell)
        for off in (1.01, -1.01):
            said = repr(value + off * tolerance("1.00000000000e-300", value, SLACK) - (not value))
            assert not agrees(said, value, SLACK)
            assert mark(made, cell, {cell.key: said}).verdict == WRONG
        for said in ("0", "0.0", f"{value:.0f}"):
            right = mark(made, cell, {cell.key: said}).verdict == RIGHT
            assert right <= (abs(float(said) - value) <= 0.05 * abs(value) + 1e-12)
    assert "0.5%" in TOLERANCE.en
    assert "2 significant digits" in TOLERANCE.en


@every_level
def test_a_number_from_nowhere_is_seldom_explained(level):
    """A number that is exactly what a slip gives says so itself; all others need more digits than chance explains."""
    rng, named, tried = np.random.default_rng(1), dict.fromkeys(range(1, 6), 0), 0
    for seed in range(1, 9):
        made = exercise(level, seed)
        for cell in cells_of(made):
            value = made.value(cell)
            asked = Question(made.trace.steps[cell.step], Element(cell.ref, cell.indices, cell.sample or 0), value)
            known = [*slips(made.trace, asked), *(pair for cause in CAUSES for pair in cause(made, cell))]
            for digits in named:
                said = f"{(value or 1) * 10 ** rng.uniform(-0.5, 0.5) * rng.choice([-1, 1]):.{digits - 1}e}"
                verdict, why = mark(made, cell, {cell.key: said})
                exact = any(abs(float(said) - other) < 1e-9 for _, other in known)
                asks = why and any(words in why.en for words in ("to have it named", "Too few", "Within", "enter more"))
                named[digits] += bool(verdict == WRONG and why and not asks and not exact)
            tried += 1
    assert max(named.values()) <= CHANCE * tried + 3 * (CHANCE * tried) ** 0.5, named


@every_level
def test_a_number_that_follows_from_a_wrong_one_is_told_apart(level):
    made = exercise(level, 2)
    of = "_s2" if made.trace.m > 1 else ""
    typed = {f"z_1_1{of}": repr(made.value(cell_of(made, f"z_1_1{of}")) + 0.7)}
    follower = cell_of(made, f"a_1_1{of}")
    typed[follower.key] = repr(recomputed(made, follower, typed))
    verdict, cause = mark(made, follower, typed)
    assert verdict == FOLLOWS
    assert cell_of(made, f"z_1_1{of}").name in cause.en
    assert mark(made, cell_of(made, f"z_1_1{of}"), typed).verdict == WRONG


@every_level
def test_a_zero_is_never_called_too_short_or_rounded(level):
    for seed in range(1, 9):
        made = exercise(level, seed)
        for cell in cells_of(made):
            for said in ("0", "0.0", "0.000"):
                verdict, cause = marked(made, cell.key, said)
                blamed = ("digits", "rounded", "Within", "enter more")
                assert verdict == RIGHT or not cause or not any(words in cause.en for words in blamed)


def test_every_number_of_a_step_of_adam_follows_from_the_reader_s_own():
    for seed in (1, 5):
        made = exercise("adam", seed)
        typed = {"dW_1_1_1": repr(made.value(cell_of(made, "dW_1_1_1")) + 0.3)}
        for key in ("m_W_new", "v_W_new", "mhat_W", "vhat_W", "step_W", "W_new"):
            cell = cell_of(made, f"{key}_1_1_1")
            typed[cell.key] = repr(recomputed(made, cell, typed))
        network, g = made.trace.given, made.trace.gradient.copy()
        g[0] += 0.3
        theta, _ = made.trace.update.optimizer.step(network.theta, g, made.model.eta, made.trace.update.before)
        assert float(typed["W_new_1_1_1"]) == pytest.approx(theta[0], abs=1e-9)
        marks = {key: mark(made, cell_of(made, key), typed) for key in typed}
        assert marks.pop("dW_1_1_1").verdict == WRONG
        assert {made.verdict for made in marks.values()} <= {FOLLOWS, RIGHT}
        assert marks["m_W_new_1_1_1"].verdict == FOLLOWS
        other = cell_of(made, "m_W_new_1_1_2")  # of another parameter: nothing follows from that
        assert mark(made, other, typed | {other.key: "77.7"}) == (WRONG, None)


def test_the_update_follows_from_the_reader_s_own_gradient():
    made = exercise("sigmoid", 1)
    cell = cell_of(made, "W_new_2_1_1")
    typed = {"dW_2_1_1": repr(made.value(cell_of(made, "dW_2_1_1")) + 0.3)}
    typed[cell.key] = repr(made.value(cell) - made.model.eta * 0.3)
    assert mark(made, cell, typed).verdict == FOLLOWS


def test_a_cost_follows_from_the_reader_s_own_outputs_where_it_is_computed_from_z():
    made = exercise("softmax", 1)
    typed = {"a_2_1": "0.3", "a_2_2": "0.7"}
    right = int(np.argmax(made.model.y[0])) + 1
    typed["C_2"] = repr(float(-np.log(float(typed[f"a_2_{right}"]))))
    assert mark(made, cell_of(made, "C_2"), typed).verdict == FOLLOWS


def named(part):
    return part if isinstance(part, str) else ""


def slipped():
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
    yield made, "C_2", trace.loss * 1.04, "more digits in intermediate results"
    yield made, "dW_2_1_1", at("delta", 2, 0), "times the activation"
    yield (
        made,
        "delta_2_1",
        at("grad", 2, 0) * at("z", 2, 0) * (1 - at("z", 2, 0)),
        "z used in the formula of the slope",
    )
    classes = exercise("softmax", 2)
    extra = classes.trace.value("delta", 2) * classes.trace.value("a", 2) * (1 - classes.trace.value("a", 2))
    yield classes, "delta_2_1", float(extra[0, 0]), "the slope cancels"
    yield classes, "C_2", classes.trace.loss / np.log(10), "base 10"
    batch = exercise("batch", 2)
    yield batch, "dW_1_1_1", 2 * float(batch.trace.value("dW", 1)[0, 0]), "sum over the batch"
    yield batch, "C_1", 2 * batch.trace.loss, "sum over the batch"
    adam = exercise("adam", 2)
    rate, g, m, v, mhat, vhat = (
        adam.model.eta,
        *(float(adam.trace.value(name, 1)[0, 0]) for name in ("dW", "m_W_new", "v_W_new", "mhat_W", "vhat_W")),
    )
    yield adam, "step_W_1_1_1", rate * m / v**0.5, "bias correction is missing"
    yield adam, "step_W_1_1_1", rate * mhat / vhat, "square root"
    yield adam, "step_W_1_1_1", mhat / vhat**0.5, "learning rate"
    yield adam, "v_W_new_1_1_1", float(0.999 * adam.trace.value("v_W", 1)[0, 0] + 0.001 * g), "not squared"
    yield adam, "m_W_new_1_1_1", float(0.1 * adam.trace.value("m_W", 1)[0, 0] + 0.9 * g), "wrong way round"
    yield adam, "mhat_W_1_1_1", m * (1 - 0.9**2), "does not multiply"
    yield adam, "W_new_1_1_1", float(adam.trace.value("W", 1)[0, 0]) - rate * g, "gradient descent"
    whole = exercise("relu", 2)
    w, slope = (float(whole.trace.value(name, 2)[0, 0]) for name in ("W", "dW"))
    yield whole, "W_new_2_1_1", w - slope, "without multiplying by the learning rate"


@pytest.mark.parametrize(("made", "key", "said", "words"), [*slipped()], ids=named)
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
    assert marked(exercise("sigmoid", 2), "z_1_1", "77.7") == (WRONG, None)
    assert all(callable(cause) for cause in CAUSES)


@pytest.mark.parametrize("said", ["1e308", "-1e308", "0", "0e400", "1/3"])
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
