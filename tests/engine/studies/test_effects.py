"""Passes with mistakes beside the correct ones: what differs, from where on, and what the check says."""

from functools import cache

import numpy as np
import pytest

from engine.examples import EXAMPLES
from engine.mistakes import MISTAKES
from engine.settings import Model
from engine.studies import changing, check_mistaken, first_difference, mistaken
from tests.engine.mistakes.test_registry import every_mistake, of

IN_THE_STEP = [name for name, mistake in MISTAKES.items() if mistake.rate(0.5) != 0.5]
every_example = pytest.mark.parametrize("example", EXAMPLES)


@cache
def victims(name):
    """The examples in which a mistake changes anything, and a network with tanh, of which there is none among them."""
    models = [*map(of, EXAMPLES), Model.drawn((2, 2, 2), ("tanh", "tanh"), "xavier_uniform", 3)]
    return [model for model in models if changing(model, (MISTAKES[name],))]


@pytest.mark.parametrize("name", IN_THE_STEP)
def test_a_mistake_in_the_length_of_the_step_leaves_the_gradient_right(name):
    model = of("mazur")
    assert check_mistaken(model, [MISTAKES[name]]).passed
    assert not np.allclose(mistaken(model, [MISTAKES[name]]).network.theta, model.trace().network.theta)


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


@pytest.mark.parametrize("name", [name for name in MISTAKES if name not in IN_THE_STEP])
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
