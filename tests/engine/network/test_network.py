import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine import Dense, InputError, Network

NET = Network((Dense([[1, 2, 3], [4, 5, 6]], [7, 8], "tanh"), Dense([[9, 10]], [11], "linear", train_bias=False)))
SAMPLES = np.array([[0.1, 0.2, 0.3], [-0.1, 0.5, 0.0]])


def test_theta_holds_each_neurons_weights_and_then_its_bias():
    assert_array_equal(NET.theta, [1, 2, 3, 7, 4, 5, 6, 8, 9, 10, 11])
    assert NET.architecture.blocks == [(slice(0, 8), (2, 4)), (slice(8, 11), (1, 3))]


def test_a_network_tells_its_architecture():
    assert NET.sizes == (3, 2, 1)
    assert NET.activations == ("tanh", "linear")
    assert NET.architecture.train_bias == (True, False)
    assert NET.architecture.dtype == np.float64


def test_layers_of_any_sequence_are_kept_as_a_tuple():
    assert Network(iter(NET.layers)).layers == NET.layers


@pytest.mark.parametrize(
    ("change", "at"),
    [
        (lambda net: net.with_weight(layer=1, j=0, k=2, value=-0.5), 2),
        (lambda net: net.with_weight(layer=1, j=1, k=0, value=-0.5), 4),
        (lambda net: net.with_weight(layer=2, j=0, k=1, value=-0.5), 9),
        (lambda net: net.with_bias(layer=1, j=1, value=-0.5), 7),
        (lambda net: net.with_bias(layer=2, j=0, value=-0.5), 10),
    ],
)
def test_an_edit_changes_one_number_of_a_new_network(change, at):
    before, expected = NET.theta.copy(), NET.theta.copy()
    expected[at] = -0.5
    new = change(NET)
    assert_array_equal(new.theta, expected)
    assert_array_equal(NET.theta, before)
    assert_array_equal(np.hstack((new.layers[0].W, new.layers[0].b)).ravel(), expected[:8])
    assert new.architecture == NET.architecture


def test_with_theta_copies_and_is_read_only():
    theta = NET.theta + 1
    new = NET.with_theta(theta)
    theta[:] = 0
    assert_array_equal(new.theta, NET.theta + 1)
    assert_array_equal(new.layers[1].W, [[10, 11]])
    for array in (new.theta, new.layers[0].W, new.layers[1].b, NET.theta):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_with_train_bias_changes_only_whether_biases_move():
    for trained in (True, False):
        new = NET.with_train_bias(trained)
        assert new.architecture.train_bias == (trained, trained)
        assert_array_equal(new.theta, NET.theta)


def test_astype_goes_to_float32_and_back():
    small = NET.astype(np.float32)
    assert small.theta.dtype == small.layers[0].W.dtype == small.predict(SAMPLES).dtype == np.float32
    assert small.with_weight(1, 0, 0, 0.1).theta.dtype == np.float32
    assert_array_equal(small.astype(np.float64).theta, NET.theta)
    assert small.architecture.train_bias == NET.architecture.train_bias


def test_layers_of_different_number_types_make_a_float64_network():
    single = Dense(np.ones((2, 2), np.float32), np.ones(2, np.float32), "tanh")
    net = Network((single, Dense([[1.0, 2.0]], [0.1], "linear")))
    assert net.theta.dtype == net.predict([1.0, 1.0]).dtype == np.float64


def test_the_place_of_a_weight_and_of_a_bias_in_theta():
    places = [NET.index(l, j, k) for l, j, k in ((1, 0, 0), (1, 0, None), (1, 1, 2), (2, 0, 0), (2, 0, None))]
    assert places == [0, 3, 6, 8, 10]


@pytest.mark.parametrize("at", [(0, 0, 0), (3, 0, 0), (1, 2, 0), (1, -1, 0), (1, 0, 3), (1, 0, -1), (2, 1, None)])
def test_there_is_no_place_outside_the_network(at):
    with pytest.raises(InputError):
        NET.index(*at)


def test_a_random_network_has_the_sizes_and_activations_asked_for():
    net = Network.random((4, 3, 2), ("relu", "softmax"), init="he_normal", seed=7)
    assert net.sizes == (4, 3, 2)
    assert net.activations == ("relu", "softmax")


def test_another_seed_draws_another_network():
    first, second = (Network.random((4, 3), ("relu",), seed=seed) for seed in (1, 2))
    assert (first.layers[0].W != second.layers[0].W).all()


def test_layers_of_a_random_network_do_not_repeat_each_other():
    net = Network.random((3, 3, 3), ("relu", "relu"), seed=1)
    assert (net.layers[0].W != net.layers[1].W).all()


def test_numpy_whole_numbers_are_sizes_and_seeds():
    net = Network.random(np.array([2, 3]), ["tanh"], seed=np.int64(3))
    assert_array_equal(net.theta, Network.random((2, 3), ("tanh",), seed=3).theta)
