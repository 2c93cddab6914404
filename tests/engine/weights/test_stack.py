"""Named arrays as dense layers: names, order, which way round; and each layer named that is not dense."""

import numpy as np
import pytest

from engine import InputError
from engine.weights.stack import stack

rng = np.random.default_rng(5)
W1, b1, W2, b2 = (rng.normal(size=shape) for shape in ((4, 3), (4,), (2, 4), (2,)))


@pytest.mark.parametrize(
    "arrays",
    [
        {"W1": W1, "b1": b1, "W2": W2, "b2": b2},
        {"w_1": W1, "b_1": b1[:, None], "w_2": W2, "b_2": b2[None]},
        {"b2": b2, "W2": W2, "W1": W1, "b1": b1},
        {"fc1.weight": W1, "fc1.bias": b1, "fc2.weight": W2, "fc2.bias": b2},
        {"net.0.weight": W1, "net.0.bias": b1, "net.2.weight": W2, "net.2.bias": b2},
        {"coefs_0": W1.T, "coefs_1": W2.T, "intercepts_0": b1, "intercepts_1": b2},
        {"dense/kernel": W1.T, "dense/bias": b1, "dense_1/kernel": W2.T, "dense_1/bias": b2},
        {"arr_0": W1, "arr_1": b1, "arr_2": W2, "arr_3": b2},
        {"a": W1.T, "b_": b1, "c": W2.T, "d": b2},
        {"hidden.weight": W1, "hidden.bias": b1, "exit.weight": W2, "exit.bias": b2},  # the sizes tell the order
        {"hidden.weight": W1.T, "hidden.bias": b1, "exit.weight": W2.T, "exit.bias": b2},
    ],
)
def test_usual_names_find_the_same_layers(arrays):
    read = stack(arrays, in_order=False).network(("tanh", "linear"))
    assert np.array_equal(read.layers[0].W, W1)
    assert np.array_equal(read.layers[0].b[:, 0], b1)
    assert np.array_equal(read.layers[1].W, W2)
    assert np.array_equal(read.layers[1].b[:, 0], b2)


def test_a_layer_without_biases_gets_none_that_is_trained():
    read = stack({"0.weight": W1, "1.weight": W2, "1.bias": b2}, in_order=True).network(("tanh", "linear"))
    assert [layer.train_bias for layer in read.layers] == [False, True]
    assert not read.layers[0].b.any()


def test_square_matrices_fit_both_ways_and_can_be_turned():
    square = rng.normal(size=(3, 3))
    weights = stack({"W1": square, "b1": np.zeros(3)}, in_order=False)
    assert weights.either_way
    assert np.array_equal(weights.network(["tanh"]).layers[0].W, square)
    assert np.array_equal(weights.transposed().network(["tanh"]).layers[0].W, square.T)
    assert np.array_equal(stack({"W": square}, in_order=False, rows_are_outputs=False).parts[0].W, square.T)
    with pytest.raises(InputError, match="transposed they do not fit"):
        stack({"W1": W1, "b1": b1}, in_order=False).transposed()


@pytest.mark.parametrize(
    ("arrays", "told"),
    [
        (
            {"conv.weight": np.ones((8, 1, 3, 3)), "conv.bias": np.ones(8), "fc.weight": W1},
            "conv .weight 8×1×3×3, bias 8.",
        ),
        ({"0.weight": W1, "1.weight": b1, "1.running_mean": b1}, "1 .weight 4, running_mean 4."),
        ({"rnn.weight_ih_l0": W1, "fc.weight": W2}, "rnn .weight_ih_l0 4×3."),
        ({"0.bias": b1, "1.weight": W2}, "0 .bias 4."),
        ({"0.weight": W1, "0.bias": b2}, "0 .weight 4×3, bias 2."),
        ({"a": b1}, "a .weight 4."),
        ({"a": np.ones((0, 3))}, "a .weight 0×3."),
        ({f"{i}.weight": b1 for i in range(30)}, r"\(\+22\)"),
        ({"0.weight": W1, "1.weight": W1}, "do not fit each other.*received: 0 4×3, 1 4×3"),
        ({}, "no weights"),
    ],
)
def test_what_is_not_dense_is_named_layer_by_layer(arrays, told):
    with pytest.raises(InputError, match=told) as error:
        stack(arrays, in_order=False)
    assert error.value.sentence("zh")


def test_activations_have_to_be_given():
    weights = stack({"W1": W1, "W2": W2}, in_order=False)
    for given in (None, ["tanh"], ["tanh", None]):
        with pytest.raises(InputError, match="one name for each of the 2 layers"):
            weights.network(given)
    with pytest.raises(InputError, match="unknown activation"):
        weights.network(["tanh", "swash"])
