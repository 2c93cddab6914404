"""Laws of optimizers, against their formulas worked out by hand."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from engine import OPTIMIZERS
from tests.engine.optimizers.test_records import THETA


def test_adam_adds_epsilon_to_the_root_of_the_corrected_average():
    """With a gradient as small as ε the place of ε decides; the formula of the paper, with its letters."""
    theta, state, g, eta, eps = THETA, None, np.array([1e-8, 2e-9, -1e-7]), 0.1, 1e-8
    m = v = np.zeros(3)
    for t in range(1, 6):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        expected = theta - eta * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + eps)
        theta, state = OPTIMIZERS["adam"].step(theta, g, eta, state)
        assert_allclose(theta, expected, rtol=1e-13)
        assert_allclose(state["m"], m, rtol=1e-13)
        assert_allclose(state["v"], v, rtol=1e-13)
        assert state["t"] == t


@pytest.mark.parametrize(("name", "kept", "new", "eps"), [("adagrad", 1, 1, 1e-10), ("rmsprop", 0.99, 0.01, 1e-8)])
def test_a_step_is_divided_by_the_root_of_squares_and_epsilon(name, kept, new, eps):
    """With a gradient as small as ε its size decides, and it is no larger than that of PyTorch."""
    theta, state, g, eta = THETA, None, np.array([1.0, 2.0, -10.0]) * eps, 0.1
    s = np.zeros(3)
    for _ in range(5):
        s = kept * s + new * g**2
        expected = theta - eta * g / (np.sqrt(s) + eps)
        theta, state = OPTIMIZERS[name].step(theta, g, eta, state)
        assert_allclose(theta, expected, rtol=1e-13)
