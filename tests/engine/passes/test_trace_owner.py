"""Numbers of a trace are its own: nobody else changes them, in other threads or by other passes."""

from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine import Network, check_gradients
from engine.examples import EXAMPLES
from engine.passes import trace
from engine.settings import model_from_query, model_to_query
from tests.engine.passes.test_trace import NET, UPDATE, X, Y, every_value, values_of


def test_values_are_read_only():
    t = trace(NET, X, Y, **UPDATE)
    shown = [t.value("a", 0), t.value("y"), t.value("W", 1), t.value("b", 2)]
    for value in chain(shown, *(values_of(step) for step in t.steps)):
        with pytest.raises(ValueError, match="read-only"):
            value[...] = 0


def test_a_value_worked_out_on_demand_is_nobody_elses():
    t = trace(NET, X, Y)
    for name in ("slope", "jacobian"):
        kept = t.value(name, 1).copy()
        t.value(name, 1).__imul__(0)
        assert_array_equal(t.value(name, 1), kept)


def test_nothing_that_was_given_is_changed_and_a_trace_keeps_its_own_copy():
    x, y, theta = np.array(X), np.array(Y), NET.theta.copy()
    t = trace(NET, x, y, **UPDATE)
    assert_array_equal(x, X)
    assert_array_equal(y, Y)
    assert_array_equal(NET.theta, theta)
    x[:], y[:] = 7, 7
    assert_array_equal(t.value("a", 0), np.transpose(X))
    assert_array_equal(t.value("y"), np.transpose(Y))


def test_a_kept_trace_is_not_overwritten_by_the_next():
    t = trace(NET, X, Y, **UPDATE)
    kept = {name: value.copy() for name, value in every_value(t).items()}
    trace(NET.with_weight(1, 0, 0, 9.0), np.array(X) + 1, Y, **UPDATE)
    for name, value in every_value(t).items():
        assert_array_equal(value, kept[name])


def test_traces_of_many_threads_are_all_right():
    nets = [NET, NET.with_theta(-2 * NET.theta)]
    alone = [{name: v.copy() for name, v in every_value(trace(net, X, Y, **UPDATE)).items()} for net in nets]

    def is_right(i):
        t = trace(nets[i % 2], X, Y, **UPDATE)
        return all(np.array_equal(value, alone[i % 2][name]) for name, value in every_value(t).items())

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(is_right, range(1500)))


def test_threads_that_compile_and_predict_do_not_disturb_each_other():
    def is_right(m):
        x = np.full((m, 2), 0.1 * m)
        return np.allclose(NET.predict(x).T, trace(NET, x, np.zeros((m, 2))).value("a"), rtol=1e-14)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(is_right, [1 + i % 40 for i in range(400)]))


def test_no_global_random_state_is_read_or_changed():
    name, keys, *rest = np.random.get_state()  # noqa: NPY002
    net = Network.random((2, 3, 2), ("tanh", "softmax"))
    trace(net, X, Y, "cross_entropy", **UPDATE)
    net.predict(X)
    check_gradients(net, X, Y)
    for example in EXAMPLES:
        model_from_query({"example": example})[0].trace()
    model_to_query(model_from_query({"sizes": "2-3", "init": "normal", "seed": "3"})[0])
    after = np.random.get_state()  # noqa: NPY002
    assert (name, keys.tolist(), *rest) == (after[0], after[1].tolist(), *after[2:])
