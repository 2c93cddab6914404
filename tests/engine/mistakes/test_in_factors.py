"""Mistakes in a factor: each beside the numbers worked out by hand in plain NumPy."""

import numpy as np
import pytest

from engine.mistakes import MISTAKES
from engine.settings import Model
from engine.studies import mistaken

MAZUR = Model.of_example("mazur")
T = MAZUR.trace()
W1, W2, x, y = T.value("W", 1), T.value("W", 2), T.value("a", 0), T.value("y")
z1, a1, z2, a2, d2 = T.value("z", 1), T.value("a", 1), T.value("z", 2), T.value("a", 2), T.value("delta", 2)


def made(name, value, l):
    return mistaken(MAZUR, [MISTAKES[name]]).value(value, l)


@pytest.mark.parametrize(
    ("name", "value", "l", "by_hand"),
    [
        ("z_in_sigmoid", "delta", 2, (a2 - y) * z2 * (1 - z2)),
        ("z_in_sigmoid_output", "delta", 2, (a2 - y) * z2 * (1 - z2)),
        ("z_in_sigmoid_hidden", "delta", 1, W2.T @ d2 * z1 * (1 - z1)),
        ("value_for_slope", "delta", 2, (a2 - y) * a2),
        ("first_error", "delta", 1, W2[:1].T * d2[:1] * a1 * (1 - a1)),
        ("last_error", "delta", 1, W2[1:].T * d2[1:] * a1 * (1 - a1)),
        ("columns_forward", "z", 1, W1.T @ x + T.value("b", 1)),
        ("own_activation", "dW", 2, d2 @ a2.T),
        ("no_rate", "W_new", 2, W2 - T.value("dW", 2)),
    ],
)
def test_what_it_comes_to(name, value, l, by_hand):
    assert np.allclose(made(name, value, l), by_hand, rtol=1e-12, atol=0)
    assert not np.allclose(made(name, value, l), T.value(value, l))


def test_a_published_forward_pass_with_columns():
    """The second layer of the source forms 0.40 h₁ + 0.50 h₂ where w₅ = 0.40, w₆ = 0.45 and w₇ = 0.50 are given."""
    h = made("columns_forward", "a", 1)
    assert made("columns_forward", "z", 2)[0, 0] == pytest.approx(0.40 * h[0, 0] + 0.50 * h[1, 0] + 0.60)
