"""A record of a mistake: two in one equation, and rounding as soon as a value is there."""

import numpy as np
import pytest

from engine.mistakes import MISTAKES
from engine.studies import mistaken
from tests.engine.mistakes.test_registry import of


@pytest.mark.parametrize("other", ["diagonal", "no_slope", "not_transposed", "slope_of_a"])
def test_two_mistakes_in_the_same_equation_are_both_made(other):
    example = "relu_softmax" if other == "diagonal" else "mazur"
    both = [MISTAKES["sequential"], MISTAKES[other]]
    deltas = [mistaken(of(example), made).value("delta", 1) for made in ([], both[:1], both[1:], both, both[::-1])]
    np.testing.assert_array_equal(deltas[-1], deltas[-2])
    assert all(not np.allclose(deltas[-1], delta, rtol=1e-9, atol=0) for delta in deltas[:-2])


def test_rounding_on_the_way():
    t = mistaken(of("mazur"), [MISTAKES["digits_3"]])
    # z² = 0.4 · 0.593 + 0.45 · 0.597 + 0.6 = 1.10585, and σ(1.11) = 0.752; then 0.742 · 0.752 · 0.248 = 0.138
    assert (t.value("z", 2)[0, 0], t.value("a", 2)[0, 0], t.value("delta", 2)[0, 0]) == (1.11, 0.752, 0.138)
    assert mistaken(of("mazur"), [MISTAKES["decimals_2"]]).value("z", 1).ravel().tolist() == [0.38, 0.39]
