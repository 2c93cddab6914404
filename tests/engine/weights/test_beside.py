"""Arrays beside the layers: left out where they are none of a layer, and never where they might be."""

import numpy as np
import pytest

from engine.weights.beside import parted

W, b = np.ones((4, 3)), np.ones(4)


@pytest.mark.parametrize(
    ("beside", "name"),
    [
        (np.array(0.1), "lr"),
        (np.array([3.0]), "inodes"),
        (np.ones((1, 1)), "eta"),
        (np.ones(9), "history"),
        (W, "dW1"),
        (W, "m_W1"),
        (np.ones((50, 3)), "X_train"),
    ],
)
def test_what_is_left_out(beside, name):
    kept, out = parted({"W1": W, "b1": b, name: beside})
    assert (list(kept), out) == (["W1", "b1"], (name,))


@pytest.mark.parametrize(
    ("kept", "name"),
    [
        (np.ones((2, 4)), "hidden_to_out"),
        (np.ones(4), "bn.running_mean"),
        (np.ones(4), "gamma"),
        (np.ones((8, 4)), "rnn.weight_ih_l0"),
        (np.ones((8, 4)), "embedding"),
    ],
)
def test_what_may_be_of_a_layer_stays(kept, name):
    assert parted({"W1": W, "b1": b, name: kept})[1] == ()


def test_without_names_only_scalars_are_left_out():
    assert parted({"arr_0": W, "arr_1": b, "arr_2": np.array(3)})[1] == ("arr_2",)
