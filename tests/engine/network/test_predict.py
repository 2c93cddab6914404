"""Outputs: W a + b and the activation, layer by layer, sample by sample."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from engine import ACTIVATIONS, Dense, Network
from tests.engine.network.test_network import NET, SAMPLES
from tests.engine.oracles import draw_network


def test_predict_is_w_a_plus_b_and_the_activation_layer_by_layer():
    hidden, output = NET.layers
    expected = [output.W @ np.tanh(hidden.W @ x[:, None] + hidden.b) + output.b for x in SAMPLES]
    assert_allclose(NET.predict(SAMPLES), np.array(expected)[:, :, 0], rtol=1e-14)


@given(st.integers(0, 2**32), st.integers(1, 9))
def test_samples_do_not_see_each_other(seed, m):
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 6, 4).tolist()
    net = draw_network(rng, sizes, rng.choice(list(ACTIVATIONS), 3).tolist())
    X = rng.normal(size=(m, sizes[0]))
    assert_allclose(net.predict(X), [net.predict(X[[i]])[0] for i in range(m)], rtol=1e-9, atol=1e-12)


def test_one_sample_in_one_sample_out():
    assert NET.predict(SAMPLES[0]).shape == (1,)
    assert NET.predict(SAMPLES[:1]).shape == (1, 1)
    assert_allclose(NET.predict(SAMPLES[0]), NET.predict(SAMPLES)[0], rtol=1e-14)


def test_a_network_of_one_input_takes_a_flat_list_as_samples():
    net = Network((Dense([[2.0], [3.0]], [0.0, 1.0], "linear"),))
    assert_array_equal(net.predict([1.0, 2.0, 3.0]), [[2, 4], [4, 7], [6, 10]])
    assert_array_equal(net.predict([1.0]), [2, 4])


def test_a_result_of_predict_is_the_callers_own():
    first = NET.predict(SAMPLES)
    kept = first.copy()
    NET.predict(SAMPLES + 1)
    assert_array_equal(first, kept)
