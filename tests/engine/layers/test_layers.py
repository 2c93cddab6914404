import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine import ACTIVATIONS, Dense


@pytest.mark.parametrize("b", [[5, 6, 7], [[5], [6], [7]], np.array([5.0, 6, 7])], ids=["flat", "column", "array"])
def test_lists_and_arrays_become_a_matrix_and_a_column(b):
    layer = Dense([[1, 2], [3, 4], [5, 6]], b, "relu")
    assert_array_equal(layer.W, [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    assert_array_equal(layer.b, [[5.0], [6.0], [7.0]])
    assert layer.W.dtype == layer.b.dtype == np.float64
    assert layer.train_bias


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_makes_a_layer(name):
    assert Dense([[1.0]], [0.0], name).activation == name


def test_an_alias_is_kept_under_the_records_own_name():
    assert Dense([[1.0]], [0.0], "identity").activation == "linear"


@pytest.mark.parametrize(
    ("W", "b", "kept"),
    [
        (np.float32, np.float32, np.float32),
        (np.float32, np.float64, np.float64),
        (np.float64, np.float32, np.float64),
        (np.float16, np.float16, np.float64),
        (np.int32, np.int32, np.float64),
        (bool, bool, np.float64),
    ],
)
def test_float32_stays_only_where_both_are(W, b, kept):
    layer = Dense(np.ones((2, 3), W), np.ones(2, b), "tanh")
    assert layer.W.dtype == layer.b.dtype == kept


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_layer_is_its_own_copy_and_cannot_be_written_to(dtype):
    W, b = np.ones((2, 2), dtype), np.ones((2, 1), dtype)
    layer = Dense(W, b, "tanh")
    W[0, 0] = b[0, 0] = 7
    assert layer.W[0, 0] == layer.b[0, 0] == 1
    for array in (layer.W, layer.b):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 2
    with pytest.raises(AttributeError):
        layer.activation = "relu"
