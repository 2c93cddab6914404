"""Arrays grouped to dense layers by their names, and what is not dense."""

import numpy as np
import pytest

from engine import InputError
from engine.core import LANGUAGES
from engine.weights.readings import readings_of
from tests.engine.weights.test_readings import W1, W2, b1, b2


@pytest.mark.parametrize(
    "arrays",
    [
        {"W1": W1, "b1": b1, "W2": W2, "b2": b2},
        {"w_1": W1, "b_1": b1[:, None], "w_2": W2, "b_2": b2[None]},
        {"b2": b2, "W2": W2, "W1": W1, "b1": b1},
        {"dense/kernel": W1.T, "dense/bias": b1, "dense_1/kernel": W2.T, "dense_1/bias": b2},
        {"arr_0": W1, "arr_1": b1, "arr_2": W2, "arr_3": b2},
        {"arr_0": W1, "arr_1": W2, "arr_2": b1, "arr_3": b2},
        {"W_ih": W1, "W_ho": W2, "b1": b1, "b2": b2},
        {"hidden.weight": W1, "hidden.bias": b1, "exit.weight": W2, "exit.bias": b2},  # the sizes tell the order
        {"exit.weight": W2.T, "exit.bias": b2, "hidden.weight": W1.T, "hidden.bias": b1},
    ],
)
def test_usual_names_find_the_same_layers(arrays):
    weights = readings_of(arrays).the_one()
    read = weights.network(("tanh", "linear"))
    for layer, (W, b) in zip(read.layers, ((W1, b1), (W2, b2)), strict=True):
        assert np.array_equal(layer.W, W)
        assert np.array_equal(layer.b[:, 0], b)
    for lang in LANGUAGES:
        assert all(len(words(lang)) > 5 for words in weights.said)
    assert [arrays[part.bias].size for part in weights.parts] == [4, 2]


@pytest.mark.parametrize(
    ("arrays", "told"),
    [
        (
            {"conv.weight": np.ones((8, 1, 3, 3)), "conv.bias": np.ones(8), "fc.weight": W1},
            "conv, convolution .weight 8×1×3×3, bias 8.",
        ),
        ({"0.weight": W1, "1.weight": b1, "1.running_mean": b1}, "1, normalization .weight 4, running_mean 4."),
        ({"rnn.weight_ih_l0": W1, "rnn.weight_hh_l0": W1 @ W1.T, "fc.weight": W2}, "rnn, recurrent .weight_ih_l0 4×3"),
        ({"embedding.weight": W1, "fc.weight": W2}, "embedding, embedding .weight 4×3."),
        ({"layers/emb/kernel": W1, "layers/dense/kernel": W2.T}, "layers/emb, embedding .kernel 4×3."),
        ({"0.bias": b1, "1.weight": W2}, "0 .bias 4."),
        ({"0.weight": W1, "0.bias": b2}, "0 .weight 4×3, bias 2."),
        ({"W1": W1, "w_1": W2, "b1": b1}, "b1 4"),
        ({"wih": W1, "whh": W1 @ W1.T, "who": W2, "bh": b1, "bo": b2}, "bh 4"),  # of one hidden layer, or the other
        ({"a": W1, "c": b1, "d": W2, "e": b2}, "c 4; e 2"),
        ({"a": b1}, "a 4"),
        ({"a": np.ones((0, 3))}, "a 0×3"),
        ({f"{i}.weight": b1 for i in range(30)}, r"\(\+24\)"),
        ({"0.weight": W1, "1.weight": W1}, r"do not fit each other.*got: 0\.weight 4×3, 1\.weight 4×3"),
        ({}, "no weights"),
        ({"0.weight": W1, "0." + "x\n" * 5000: b1}, "^.{10,300}$"),  # a name is no sentence
    ],
)
def test_what_is_not_dense_is_named_layer_by_layer(arrays, told):
    with pytest.raises(InputError, match=told) as error:
        readings_of(arrays).the_one()
    assert error.value.sentence("zh")
