"""A stack of layers as a network: biases that are not there, activations that are not known."""

import pytest

from engine import InputError
from engine.weights.readings import readings_of
from tests.engine.weights.test_readings import W1, W2, b2


def test_a_layer_without_biases_gets_none_that_is_trained():
    arrays = {"0.weight": W1, "1.weight": W2, "1.bias": b2}
    read = readings_of(arrays, in_order=True).the_one().network(("tanh", "linear"))
    assert [layer.train_bias for layer in read.layers] == [False, True]
    assert not read.layers[0].b.any()


def test_activations_have_to_be_given():
    weights = readings_of({"W1": W1, "W2": W2}).found[0]
    for given_names in (None, ["tanh"], ["tanh", None]):
        with pytest.raises(InputError, match="one name for each of the 2 layers"):
            weights.network(given_names)
    with pytest.raises(InputError, match="unknown activation"):
        weights.network(["tanh", "swash"])
