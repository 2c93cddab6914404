import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import OPTIMIZERS, InputError, Network
from engine.optimizers import COUNT, STEP, as_rate, rate_of_each
from tests.engine.oracles import draw_network

every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)
RNG = np.random.default_rng(2)
THETA, G = RNG.normal(size=9), RNG.normal(size=9)


@every_optimizer
def test_an_update_changes_nothing_that_came_in(optimizer):
    state = optimizer.init(THETA)
    theta, g, before = THETA.copy(), G.copy(), {slot: value.copy() for slot, value in state.items()}
    optimizer.step(theta, g, 0.1, state)
    assert_array_equal(theta, THETA)
    assert_array_equal(g, G)
    for slot, value in before.items():
        assert_array_equal(state[slot], value)


@every_optimizer
def test_no_state_is_the_state_before_the_first_update(optimizer):
    there, state = optimizer.step(THETA, G, 0.1, None)
    again, same = optimizer.step(THETA, G, 0.1, optimizer.init(THETA))
    assert_array_equal(there, again)
    assert state.keys() == same.keys() == set(optimizer.slots)


@every_optimizer
def test_what_has_the_rate_0_stays(optimizer):
    rates = np.where(np.arange(9) % 2, 0.0, 0.1)
    there, _ = optimizer.step(THETA, G, rates, None)
    assert_array_equal(there[1::2], THETA[1::2])
    assert (there[::2] != THETA[::2]).all()


@every_optimizer
def test_a_count_counts_the_updates(optimizer):
    theta, state = THETA, None
    for number in range(1, 4):
        theta, state = optimizer.step(theta, G, 0.1, state)
        assert state.get(COUNT, number) == number


@pytest.mark.parametrize(
    "optimizer", [each for each in OPTIMIZERS.values() if each.explained], ids=lambda each: each.name
)
def test_the_step_that_is_told_is_the_one_that_is_taken(optimizer):
    theta, state = THETA, None
    for _ in range(3):
        before = theta
        theta, state = optimizer.step(theta, G, 0.1, state)
        assert_allclose(before - optimizer.explained_values(before, G, 0.1, state)[STEP], theta, rtol=1e-12)


@every_optimizer
def test_a_state_that_the_optimizer_cannot_have_left_is_refused(optimizer):
    state = optimizer.init(THETA)
    for wrong in ({**state, "more": THETA}, {slot: np.zeros(4) for slot in state} or [1], "v"):
        with pytest.raises(InputError, match="not a valid state"):
            optimizer.step(THETA, G, 0.1, wrong)


def test_biases_that_are_not_trained_have_the_rate_0_and_all_others_the_given_one():
    net = draw_network(RNG, (2, 3, 1), ("tanh", "sigmoid"))
    assert rate_of_each(net.architecture, 0.3) == 0.3
    frozen = net.with_train_bias(False)
    marked = Network.random((2, 3, 1), ("tanh", "sigmoid")).with_theta(rate_of_each(frozen.architecture, 0.3))
    for layer in marked.layers:
        assert (layer.W == 0.3).all()
        assert (layer.b == 0).all()
    assert rate_of_each(frozen.architecture, np.array([[0.1], [0.2]])).shape == (2, len(net.theta))


@pytest.mark.parametrize("wrong", [-0.1, float("inf"), float("nan"), "fast", None])
def test_a_rate_is_a_finite_number_from_0(wrong):
    assert as_rate(0) == 0
    with pytest.raises(InputError, match="learning rate"):
        as_rate(wrong)
