import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from engine import ACTIVATIONS, LOSSES, Dense, InputError, Network, Ref
from engine.passes import trace
from tests.engine.oracles import (
    ALLOWED,
    assert_slopes,
    difference,
    draw_case,
    draw_network,
    draw_targets,
    interpreted,
    off_zero,
)

UPDATE = {"optimizer": "sgd", "learning_rate": 0.5}
NET = Network.random((2, 3, 2), ("tanh", "sigmoid"), seed=1)
X, Y = [[0.5, -1.0], [0.25, 2.0]], [[0.0, 1.0], [1.0, 0.0]]


def every_value(t):
    return {name: value for step in t.steps for name, value in zip(step.writes, values_of(step), strict=True)}


def values_of(step):
    return step.value if isinstance(step.value, tuple) else (step.value,)


@pytest.mark.parametrize(
    ("layers", "addresses"),
    [
        (1, "z.1 a.1 c bp1.1 bp3.1 bp4.1"),
        (2, "z.1 a.1 z.2 a.2 c bp1.2 bp3.2 bp4.2 bp2.1 bp3.1 bp4.1"),
        (3, "z.1 a.1 z.2 a.2 z.3 a.3 c bp1.3 bp3.3 bp4.3 bp2.2 bp3.2 bp4.2 bp2.1 bp3.1 bp4.1"),
    ],
)
@pytest.mark.parametrize("loss", LOSSES)
def test_steps_come_in_the_order_of_the_book(layers, addresses, loss):
    output = next(output for output, name in ALLOWED if name == loss)
    net = Network.random((2,) * (layers + 1), ("tanh",) * (layers - 1) + (output,))
    plain, updated = (trace(net, X, Y, loss, **options) for options in ({}, UPDATE))
    assert [step.address for step in plain.steps] == addresses.split()
    assert [step.address for step in updated.steps] == [*addresses.split(), "update"]
    assert len(plain.steps) == 5 * layers + 1


@pytest.mark.parametrize(("output", "loss"), ALLOWED)
def test_a_step_reads_what_is_given_or_was_written_before_and_nothing_is_written_twice(output, loss):
    net, x, y = draw_case(np.random.default_rng(1), output, loss, layers=3)
    t = trace(net, x, y, loss, **UPDATE)
    known = {Ref("a", 0), Ref("y", 3)} | {Ref(name, l) for name in ("W", "b") for l in (1, 2, 3)}
    for step in t.steps:
        assert set(step.reads) <= known
        assert not set(step.writes) & known
        known |= set(step.writes)
        for name, value in zip(step.writes, values_of(step), strict=True):
            assert_array_equal(value, t.value(*name))


@pytest.mark.parametrize(("output", "loss"), ALLOWED)
def test_values_have_the_shapes_of_the_book(output, loss):
    net, x, y = draw_case(np.random.default_rng(2), output, loss, layers=3)
    t, m = trace(net, x, y, loss, **UPDATE), len(x)
    for l, (n_in, n) in enumerate(zip(net.sizes[:-1], net.sizes[1:], strict=True), 1):
        assert {t.value(name, l).shape for name in ("z", "a", "delta", "slope")} == {(n, m)}
        assert {t.value(name, l).shape for name in ("W", "dW", "W_new")} == {(n, n_in)}
        assert {t.value(name, l).shape for name in ("b", "db", "b_new")} == {(n, 1)}
        assert t.value("jacobian", l).shape == (n, n, m)
    assert t.value("C").shape == ()
    assert_array_equal(t.value("a", 0), x.T)
    assert_array_equal(t.value("y"), y.T)
    assert t.value("grad").shape == t.value("y").shape


@given(st.integers(0, 2**32), st.sampled_from(ALLOWED))
def test_a_trace_holds_what_the_equations_say(seed, pair):
    net, x, y = draw_case(np.random.default_rng(seed), *pair)
    t = trace(net, x, y, pair[1])
    with np.errstate(all="ignore"):
        expected = interpreted(net.architecture, pair[1], net.theta, x, y)
    for name in every_value(t).keys() & expected.keys():  # a product with one row may be summed in another order
        assert_allclose(t.value(*name), expected[name], rtol=1e-9, atol=1e-12)
    assert t.loss == pytest.approx(expected["C", len(net.layers)], rel=1e-11)


@given(st.integers(0, 2**32), st.sampled_from(ALLOWED))
def test_a_batch_gives_the_mean_of_the_gradients_of_its_samples(seed, pair):
    net, x, y = draw_case(np.random.default_rng(seed), *pair)
    together, alone = trace(net, x, y, pair[1]), [trace(net, *sample, pair[1]) for sample in zip(x, y, strict=True)]
    for l in range(1, len(net.layers) + 1):
        for name in ("dW", "db"):
            mean = np.mean([t.value(name, l) for t in alone], axis=0)
            assert_allclose(together.value(name, l), mean, rtol=1e-9, atol=1e-12)
        deltas = np.hstack([t.value("delta", l) for t in alone])
        assert_allclose(together.value("delta", l), deltas, rtol=1e-9, atol=1e-12)
    assert together.loss == pytest.approx(np.mean([t.loss for t in alone]), rel=1e-11)


@given(st.integers(0, 2**32), st.sampled_from([loss for output, loss in ALLOWED if output == "softmax"]))
def test_the_errors_of_a_softmax_layer_sum_to_zero(seed, loss):
    net, x, y = draw_case(np.random.default_rng(seed), "softmax", loss)
    assert_allclose(trace(net, x, y, loss).value("delta").sum(axis=0), 0, atol=1e-13)


@pytest.mark.parametrize(("output", "loss"), ALLOWED)
def test_bp1_and_the_slope_agree_with_the_parts_shown_beside_them(output, loss):
    net, x, y = draw_case(np.random.default_rng(3), output, loss, layers=2)
    t = trace(net, x, y, loss)
    shown = np.einsum("jkx,jx->kx", t.value("jacobian"), t.value("grad"))
    assert_allclose(t.value("delta"), shown, rtol=1e-10, atol=1e-13)
    assert_allclose(t.value("slope"), np.einsum("jjx->jx", t.value("jacobian")), rtol=1e-14)


@pytest.mark.parametrize(("output", "loss"), ALLOWED)
def test_float32_stays_float32(output, loss):
    net, x, y = draw_case(np.random.default_rng(4), output, loss, layers=2)
    small, large = trace(net.astype(np.float32), x, y, loss, **UPDATE), trace(net, x, y, loss, **UPDATE)
    for name, value in every_value(small).items():
        assert value.dtype == np.float32
        assert_allclose(value, large.value(*name), rtol=2e-3, atol=2e-3)
    assert {small.value(name).dtype for name in ("grad", "slope", "jacobian")} == {np.dtype(np.float32)}
    assert small.network.theta.dtype == np.float32


def test_the_update_moves_every_parameter_against_its_gradient():
    t = trace(NET, X, Y, **UPDATE)
    for l in (1, 2):
        assert_allclose(t.value("W_new", l), t.value("W", l) - 0.5 * t.value("dW", l), rtol=1e-15)
        assert_allclose(t.value("b_new", l), t.value("b", l) - 0.5 * t.value("db", l), rtol=1e-15)
        assert_array_equal(t.network.layers[l - 1].W, t.value("W_new", l))
        assert_array_equal(t.network.layers[l - 1].b, t.value("b_new", l))
    assert trace(t.network, X, Y).loss < t.loss
    assert t.given is NET
    assert t.update.rate == 0.5


def test_biases_that_are_not_trained_stay_but_have_a_gradient():
    net = Network((Dense([[1.0, 2.0]], [0.5], "tanh", train_bias=False), Dense([[3.0]], [0.25], "linear")))
    t = trace(net, X, [1.0, 2.0], **UPDATE)
    assert t.value("b_new", 1) == 0.5
    assert t.value("db", 1) != 0
    assert t.value("b_new", 2) == 0.25 - 0.5 * t.value("db", 2)
    assert (t.value("W_new", 1) != net.layers[0].W).all()
    assert t.network.architecture == net.architecture


def test_at_rate_zero_nothing_moves():
    assert_array_equal(trace(NET, X, Y, optimizer="sgd", learning_rate=0).network.theta, NET.theta)


def test_without_an_optimizer_the_network_is_the_given_one():
    t = trace(NET, X, Y)
    assert t.network is NET
    assert t.state is None
    with pytest.raises(InputError):
        t.value("W_new", 1)


def test_targets_of_one_output_may_be_a_flat_list():
    net = Network.random((2, 3, 1), ("tanh", "sigmoid"))
    flat, column = trace(net, X, [0.0, 1.0]), trace(net, X, [[0.0], [1.0]])
    assert_array_equal(flat.value("dW", 1), column.value("dW", 1))
    assert flat.value("y").shape == (1, 2)


def test_one_sample_may_be_a_flat_list():
    assert_array_equal(trace(NET, X[0], Y[0]).value("dW", 1), trace(NET, X[:1], Y[:1]).value("dW", 1))


def test_a_diverged_pass_says_where_and_is_no_error():
    net = Network((Dense([[1e200]], [0.0], "linear"), Dense([[1e200]], [0.0], "linear")))
    assert trace(net, [1e200], [0.0]).first_not_finite.address == "z.1"
    assert trace(net, [1.0], [0.0]).first_not_finite.address == "z.2"
    assert trace(net.with_weight(2, 0, 0, 1.0), [1.0], [0.0]).first_not_finite.address == "c"
    assert trace(net.with_weight(2, 0, 0, 1e-300), [1.0], [0.0]).first_not_finite is None


def test_a_diverging_run_goes_on_to_its_end():
    net = Network((Dense([[1.0]], [0.0], "linear"),))
    for _ in range(1000):
        t = trace(net, [2.0], [1.0], optimizer="sgd", learning_rate=100.0)
        net = t.network
    assert not math.isfinite(t.loss)
    assert t.first_not_finite.address == "z.1"


def test_an_update_that_leaves_the_numbers_is_found():
    t = trace(NET, X, np.array(Y) * 1e100, optimizer="sgd", learning_rate=1e300)
    assert t.first_not_finite.address == "update"


@pytest.mark.parametrize(
    ("name", "layer"),
    [
        ("q", 1),
        ("z", 0),
        ("z", 3),
        ("C", 1),
        ("slope", 0),
        ("", None),
        ("z", [1]),
        (["z"], 1),
        ("jacobian", 1.5),
        ("slope", "1"),
        (None, 1),
        (None, None),
        (1, 1),
    ],
)
def test_a_value_that_does_not_exist_lists_those_that_do(name, layer):
    with pytest.raises(InputError) as caught:
        trace(NET, X, Y).value(name, layer)
    assert "delta 1" in caught.value.allowed.en
    assert "|" not in caught.value.allowed.en


def test_every_activation_may_stand_in_a_hidden_layer():
    net = Network.random((2, *[3] * len(ACTIVATIONS), 2), (*ACTIVATIONS, "sigmoid"), seed=1)
    assert trace(net, X, Y, **UPDATE).first_not_finite is None


@pytest.mark.parametrize(("output", "loss"), ALLOWED)
@pytest.mark.parametrize("layers", [1, 3])
def test_the_gradient_of_the_inputs_is_that_of_each_samples_cost(output, loss, layers):
    rng = np.random.default_rng(8)
    net = draw_network(rng, (3, *(4,) * (layers - 1), 3), ["tanh"] * (layers - 1) + [output])
    x, y = off_zero(rng, (2, 3)), draw_targets(rng, loss, (2, 3))
    slopes = trace(net, x, y, loss).input_gradient
    assert_slopes(slopes.T, difference(lambda v: 2 * trace(net, v, y, loss).loss, x))
    assert_allclose(slopes[:, :1], trace(net, x[0], y[0], loss).input_gradient, rtol=1e-12)
