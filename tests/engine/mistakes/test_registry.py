from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine import Text, train
from engine.examples import EXAMPLES
from engine.mistakes import MISTAKES
from engine.passes import trace
from engine.settings import Model
from engine.studies import changing, check_mistaken, first_difference, mistaken
from tests.engine.oracles import assert_digits

every_mistake = pytest.mark.parametrize("name", MISTAKES)
every_example = pytest.mark.parametrize("example", EXAMPLES)


def of(example, iteration=1, **changes):
    return replace(Model.of_example(example), iteration=iteration, **changes)


def trained(example, mistake):
    """The network after 10,000 updates with a mistake in each."""
    m = of(example)
    return train(m.network(), m.x, m.y, m.loss, m.optimizer, m.eta, 10_000, mistakes=[mistake]).network


@cache
def victims(name):
    """The examples in which a mistake changes anything."""
    return [of(example) for example in EXAMPLES if changing(of(example), [MISTAKES[name]])]


@every_mistake
def test_a_mistake_carries_its_words_and_its_name(name):
    record = MISTAKES[name]
    assert record.name == name
    assert all(
        isinstance(text, Text) and text.en and text.zh and text.en != text.zh for text in (record.label, record.why)
    )


@every_example
@pytest.mark.parametrize("iteration", [1, 3])
def test_without_a_mistake_it_is_the_right_pass(example, iteration):
    model = of(example, iteration)
    right, same = model.trace(), mistaken(model, [])
    for mine, theirs in zip(right.steps, same.steps, strict=True):
        for a, b in zip(
            *((s.value if isinstance(s.value, tuple) else (s.value,)) for s in (mine, theirs)), strict=True
        ):
            np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-14)
    assert first_difference(model, []) is None


@every_mistake
def test_every_mistake_changes_the_verdict_of_the_gradient_check(name):
    caught = [model for model in victims(name) if not check_mistaken(model, [MISTAKES[name]]).passed]
    assert caught
    assert all(check_mistaken(model, []).passed for model in caught)


@every_mistake
def test_values_before_the_first_difference_are_untouched(name):
    model = victims(name)[0]
    first = first_difference(model, [MISTAKES[name]])
    right, wrong = model.trace(), mistaken(model, [MISTAKES[name]])
    for mine, theirs in zip(right.steps, wrong.steps, strict=True):
        if theirs.address == first.address:
            break
        np.testing.assert_allclose(mine.value, theirs.value, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(
    ("name", "cost"),
    [("sequential", ".2910279239"), ("bias_training", ".2804714468"), ("shared_bias", ".2857508867")],
)
def test_mazur_after_one_round_by_a_mistake(name, cost):
    assert_digits(mistaken(of("mazur", 2), [MISTAKES[name]]).loss, cost)


def test_mazur_after_ten_thousand_rounds_of_sequential_updates():
    ended = trained("mazur", "sequential")
    assert_digits(ended.predict(of("mazur").x[0]), ".015912196 .984065734")


def test_xor_with_the_silent_transposition():
    ended = trace(trained("xor", "transposed_gradient"), of("xor").x, of("xor").y, of("xor").loss)
    assert_digits(ended.loss, "0.137884")
    assert_digits(ended.value("a"), "0.051557 0.507218 0.876758 0.539310")


def test_the_diagonal_of_the_softmax_jacobian():
    assert_digits(mistaken(of("relu_softmax"), [MISTAKES["diagonal"]]).value("delta"), "0.119878 -0.119878")


def test_z_in_place_of_a_gives_the_output_that_source_d_printed():
    assert_digits(mistaken(of("two_sigmoids"), [MISTAKES["z_passed_on"]]).value("a"), "0.26894142137")


def test_each_law_of_a_mistake_on_numbers_that_can_be_checked():
    t = of("mazur").trace()
    d2, W2, a1, slope = t.value("delta"), t.value("W"), t.value("a", 1), t.value("slope", 1)

    def made(name, value, layer):
        return mistaken(of("mazur"), [MISTAKES[name]]).value(value, layer)

    near = np.testing.assert_allclose
    near(made("no_slope", "delta", 2), t.value("grad"))
    near(made("no_slope", "delta", 1), W2.T @ t.value("grad"))
    near(made("no_output_slope", "delta", 1), W2.T @ t.value("grad") * slope)
    near(made("no_hidden_slope", "delta", 1), W2.T @ d2)
    near(made("not_transposed", "delta", 1), W2 @ d2 * slope)
    near(made("gradient_for_error", "delta", 1), (W2.T @ d2) * a1 * slope)
    near(made("elementwise", "dW", 2), np.hstack([d2 * a1] * 2))
    near(made("transposed_gradient", "dW", 2), (d2 @ a1.T).T)
    near(made("half", "C", 2), 2 * t.loss)
    near(made("over_outputs", "C", 2), t.loss / 2)
    near(made("no_bias", "z", 1), t.value("W", 1) @ t.value("a", 0))
    near(made("uphill", "W_new", 2), W2 + 0.5 * t.value("dW", 2))
    sigma = 1 / (1 + np.exp(-t.value("a")))
    near(made("slope_of_a", "delta", 2), t.value("grad") * sigma * (1 - sigma))


@pytest.mark.parametrize("other", ["diagonal", "no_slope", "not_transposed", "slope_of_a"])
def test_two_mistakes_in_the_same_equation_are_both_made(other):
    example = "relu_softmax" if other == "diagonal" else "mazur"
    both = [MISTAKES["sequential"], MISTAKES[other]]
    deltas = [mistaken(of(example), made).value("delta", 1) for made in ([], both[:1], both[1:], both, both[::-1])]
    np.testing.assert_array_equal(deltas[-1], deltas[-2])
    assert all(not np.allclose(deltas[-1], delta, rtol=1e-9, atol=0) for delta in deltas[:-2])


def test_sums_and_logarithms():
    xor, right = mistaken(of("xor"), [MISTAKES["sum_over_batch"]]), of("xor").trace()
    np.testing.assert_allclose(xor.loss, 4 * right.loss)
    np.testing.assert_allclose(xor.value("dW", 1), 4 * right.value("dW", 1))
    model = of("softmax_dead")
    for name, base in (("log10", 10), ("log2", 2)):
        wrong = mistaken(model, [MISTAKES[name]])
        np.testing.assert_allclose(wrong.loss, -np.log(model.trace().value("a")[0, 0]) / np.log(base))
        np.testing.assert_allclose(wrong.value("delta") * np.log(base), model.trace().value("delta"))
    twice = mistaken(model, [MISTAKES["slope_twice"]]).value("delta")
    np.testing.assert_allclose(twice, model.trace().value("delta") * model.trace().value("slope"))


def test_rounding_on_the_way():
    t = mistaken(of("mazur"), [MISTAKES["digits_3"]])
    # z² = 0.4 · 0.593 + 0.45 · 0.597 + 0.6 = 1.10585, and σ(1.11) = 0.752; then 0.742 · 0.752 · 0.248 = 0.138
    assert (t.value("z", 2)[0, 0], t.value("a", 2)[0, 0], t.value("delta", 2)[0, 0]) == (1.11, 0.752, 0.138)
    assert mistaken(of("mazur"), [MISTAKES["decimals_2"]]).value("z", 1).ravel().tolist() == [0.38, 0.39]


def test_a_mistake_leaves_the_cached_program_and_its_model_alone():
    model = of("mazur")
    before = model.trace()
    mistaken(model, [MISTAKES["no_bias"]])
    after = model.trace()
    assert_array_equal(before._record, after._record)
    with pytest.raises(ValueError, match="read-only"):
        mistaken(model, []).value("a", 1)[0] = 1
