import re

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine import OPTIMIZERS, Dense, InputError, Network
from engine.passes import trace

every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)
GREEK = re.compile(r"\\(?:beta_\d|epsilon|lambda|mu|rho|eta)")
THETA, G = np.array([1.0, -2.0, 3.0]), np.array([0.5, 0.0, -4.0])


@every_optimizer
def test_a_step_changes_nothing_that_came_in(optimizer):
    state = optimizer.init(THETA)
    theta, g = THETA.copy(), G.copy()
    for array in (theta, g, *state.values()):
        array.flags.writeable = False
    new, new_state = optimizer.step(theta, g, 0.1, state)
    assert new is not theta
    assert set(new_state) == set(optimizer.slots) == set(state)
    assert not any(value.any() for value in state.values())


@every_optimizer
def test_the_first_step_goes_against_the_gradient(optimizer):
    new, _ = optimizer.step(THETA, G, 0.01, None)
    moves = G != 0  # weight decay moves the others too
    assert_array_equal(np.sign(new - THETA)[moves], -np.sign(G)[moves])


@every_optimizer
def test_a_parameter_whose_rate_is_zero_stays(optimizer):
    new, _ = optimizer.step(THETA, G, np.array([0.0, 0.1, 0.1]), None)
    assert new[0] == THETA[0]
    assert new[2] != THETA[2]


@every_optimizer
def test_float32_stays_float32(optimizer):
    new, state = optimizer.step(THETA.astype(np.float32), G.astype(np.float32), 0.1, None)
    assert {new.dtype, *(value.dtype for value in state.values())} == {np.dtype(np.float32)}


@every_optimizer
def test_many_steps_reach_the_bottom_of_a_bowl(optimizer):
    theta, state = THETA, None
    for _ in range(2000):
        theta, state = optimizer.step(theta, theta, optimizer.rate, state)
    assert np.abs(theta).max() < 0.05


@every_optimizer
def test_a_trace_updates_with_the_optimizer_and_hands_its_state_on(optimizer):
    net = Network((Dense([[0.5, -0.25]], [0.1], "tanh"),))
    once = trace(net, [1.0, 2.0], [1.0], optimizer=optimizer.name, learning_rate=0.3)
    twice = trace(once.network, [1.0, 2.0], [1.0], optimizer=optimizer.name, learning_rate=0.3, state=once.state)
    theta, state = net.theta, None
    for t in (once, twice):
        g = np.concatenate([t.value("dW").ravel(), t.value("db").ravel()])
        theta, state = optimizer.step(theta, g, 0.3, state)
        assert_array_equal(t.network.theta, theta)


@every_optimizer
def test_record_carries_its_words_and_its_name(optimizer):
    assert OPTIMIZERS[optimizer.name] is optimizer
    assert "<p>" in optimizer.tex
    assert optimizer.source
    assert optimizer.laws[-1].writes == "theta"
    letters = {letter for law in optimizer.laws for letter in GREEK.findall(law.tex)}
    assert letters == {r"\eta", *optimizer.constants}
    assert all(text(lang) for text in (optimizer.label, optimizer.why) for lang in ("en", "zh"))
    assert optimizer.why.en != optimizer.why.zh


def test_gradient_descent_moves_by_rate_times_gradient():
    new, state = OPTIMIZERS["sgd"].step(THETA, G, 0.5, None)
    assert_array_equal(new, [0.75, -2.0, 5.0])
    assert state == {}


@every_optimizer
@pytest.mark.parametrize("wrong", [{"w": np.zeros(3)}, {"v": np.zeros(2)}, [1], "v", {"m": 0, "v": 0, "t": 0}], ids=str)
def test_a_state_of_something_else_is_told(optimizer, wrong):
    with pytest.raises(InputError, match="state"):
        optimizer.step(THETA, G, 0.1, wrong)


@every_optimizer
def test_the_usual_rate_takes_small_steps(optimizer):
    new, _ = optimizer.step(THETA, THETA, optimizer.rate, None)
    assert (np.abs(new - THETA) <= 0.2 * np.abs(THETA)).all()
