import numpy as np
import pytest
from numpy.testing import assert_allclose

from engine import Dense, Network, check_gradients
from engine.passes import gradcheck, trace
from tests.engine.oracles import ALLOWED, draw_case
from tests.together import together

NET = Network.random((2, 3, 2), ("tanh", "sigmoid"), seed=1)
X, Y = [[0.5, -1.0], [0.25, 2.0]], [[0.0, 1.0], [1.0, 0.0]]
DEAD = Network((Dense([[1.0]], [-1.0], "relu"), Dense([[2.0]], [0.5], "linear")))  # z¹ = 0 at x = 1


def gradient(t):
    return np.concatenate([np.hstack((t.value("dW", l), t.value("db", l))).ravel() for l in (1, 2)])


@together({seed: [(*pair, seed) for pair in ALLOWED] for seed in range(3)})
def test_the_gradient_of_every_pair_is_right(output, loss, seed):
    check = check_gradients(*draw_case(np.random.default_rng(seed), output, loss), loss)
    assert check.passed, check.worst
    assert sum(parameter.verdict == "ok" for parameter in check.parameters) > 0.9 * len(check.parameters)


def test_parameters_are_named_in_the_order_of_theta():
    check = check_gradients(NET, X, Y)
    named = [(p.name, p.layer, p.j, p.k) for p in check.parameters]
    assert named[:4] == [("W", 1, 0, 0), ("W", 1, 0, 1), ("b", 1, 0, None), ("W", 1, 1, 0)]
    assert [NET.index(l, j, k) for _, l, j, k in named] == list(range(len(NET.theta)))


def test_the_numbers_are_those_of_the_trace_and_of_nudged_networks():
    t, h = trace(NET, X, Y), 1e-5
    for p in check_gradients(NET, X, Y).parameters:
        place = (p.layer, p.j) if p.k is None else (p.layer, p.j, p.k)
        change = NET.with_bias if p.k is None else NET.with_weight
        old = t.value(p.name, p.layer)[p.j, p.k or 0]
        up, down = (trace(change(*place, old + nudge), X, Y).loss for nudge in (h, -h))
        assert p.analytic == t.value("d" + p.name, p.layer)[p.j, p.k or 0]
        assert p.numeric == pytest.approx((up - down) / (2 * h), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("at", range(len(NET.theta)))
def test_one_wrong_entry_is_found_and_only_that(at):
    t = trace(NET, X, Y)
    claimed = gradient(t)
    claimed[at] *= -1
    check = gradcheck.compare(t, claimed)
    assert [i for i, p in enumerate(check.parameters) if p.verdict == "wrong"] == [at]
    assert not check.passed
    assert check.worst is check.parameters[at]
    assert check.worst.error > 0.1


def test_a_transposed_matrix_is_found():
    t = trace(NET, X, Y)
    claimed = gradient(t)
    claimed[9:].reshape(2, 4)[:, :2] = t.value("dW", 2)[:, :2].T
    assert [p[:4] for p in gradcheck.compare(t, claimed).parameters if p.verdict == "wrong"] == [
        ("W", 2, 0, 1),
        ("W", 2, 1, 0),
    ]


def test_a_nudge_across_the_corner_of_a_relu_is_no_error():
    check = check_gradients(DEAD, [[1.0]], [[3.0]])
    assert [p.verdict for p in check.parameters] == ["kink", "kink", "ok", "ok"]
    assert check.passed


def test_away_from_the_corner_a_wrong_gradient_is_wrong():
    t = trace(DEAD, [[2.0]], [[3.0]])
    assert gradcheck.compare(t, -gradient(t)).parameters[0].verdict == "wrong"


def test_a_float32_network_is_checked_in_double_precision():
    small = NET.astype(np.float32)
    assert check_gradients(small, X, Y) == check_gradients(small.astype(np.float64), X, Y)
    assert check_gradients(small, X, Y).worst.error < 1e-6


def test_large_parameters_are_nudged_in_proportion():
    net = Network((Dense([[1e8, 1.0]], [0.0], "linear"),))
    assert check_gradients(net, [1e-8, 1.0], [1.0]).passed


def test_in_parts_the_result_is_the_same(monkeypatch):
    whole = check_gradients(NET, X, Y)
    monkeypatch.setattr(gradcheck, "_NUMBERS_AT_ONCE", 200)
    parts = check_gradients(NET, X, Y)
    assert_allclose([p.numeric for p in parts.parameters], [p.numeric for p in whole.parameters], rtol=1e-8, atol=1e-10)
    assert parts.passed
