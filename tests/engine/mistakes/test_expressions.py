"""Expressions of mistakes, on numbers that can be worked out in another way."""

import numpy as np

from engine.mistakes import MISTAKES
from engine.studies import mistaken
from tests.engine.mistakes.test_registry import of
from tests.engine.oracles import assert_digits


def test_the_diagonal_of_the_softmax_jacobian():
    assert_digits(mistaken(of("relu_softmax"), [MISTAKES["diagonal"]]).value("delta"), "0.119878 -0.119878")


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
