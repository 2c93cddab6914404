"""Names of layers: what they show, and what they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.weights import LAYOUTS
from engine.weights.naming import comes_before, kind_of_layer, layout_told, parsed

PIECES = st.sampled_from([0, 1, 2, 10, "input", "hidden", "encoder", "decoder", "output", "fc", "a"])
KEYS = st.lists(PIECES, max_size=4).map(tuple)


@pytest.mark.parametrize(
    ("name", "role", "key"),
    [
        ("W1", "weight", (1,)),
        ("w_12", "weight", (12,)),
        ("b", "bias", ()),
        ("net.0.weight", "weight", ("net", 0)),
        ("weights.0", "weight", (0,)),
        ("dense_1/kernel", "weight", ("dense", 1)),
        ("intercepts_0", "bias", (0,)),
        ("wih", "weight", ("input", "hidden")),
        ("self.whh2", "weight", ("self", "hidden", "hidden", 2)),
        ("who", "weight", ("hidden", "output")),
        ("Wxh", "weight", ("input", "hidden")),
        ("by", "bias", ("output",)),
        ("wout", "weight", ("output",)),
        ("weightsIH", "weight", ("input", "hidden")),
        ("w_h1h2", "weight", ("hidden", 1, "hidden", 2)),
        ("weights_input_to_hidden", "weight", ("input", "hidden")),
        ("hidden_bias", "bias", ("hidden",)),
        ("fc_out.weight", "weight", ("fc", "output")),
        ("h.0.weight", "weight", ("h", 0)),
        ("arr_0", "", ("arr", 0)),
        ("rnn.weight_ih_l0", "", ("rnn", "weight", "ih", "l", 0)),
        ("simple_rnn/recurrent_kernel", "", ("simple", "rnn", "recurrent", "kernel")),
        ("self_attn.in_proj_weight", "", ("self", "attn", "in", "proj", "weight")),
        ("权重", "", ("权重",)),
        ("", "", ()),
        ("W" * 201, "", ()),
    ],
)
def test_what_a_name_tells(name, role, key):
    assert parsed(name) == (role, key)


@pytest.mark.parametrize(
    ("shapes", "kind"),
    [
        ({"rnn.weight_hh_l0": (16, 4), "rnn.bias_hh_l0": (16,)}, "recurrent"),
        ({"gru/gru_cell/recurrent_kernel": (4, 12)}, "recurrent"),
        ({"features.0.weight": (2, 1, 3, 3)}, "convolution"),
        ({"token_embedding.weight": (100, 8)}, "embedding"),
        ({"bn1.weight": (4,), "bn1.running_mean": (4,)}, "normalization"),
        ({"norm.fc.weight": (4, 3)}, None),
        ({"1.weight": (4,), "1.bias": (4,)}, None),
        ({"fc1.weight": (4, 3), "fc1.bias": (4,)}, None),
    ],
)
def test_what_a_layer_is_that_is_not_dense(shapes, kind):
    found = kind_of_layer(shapes)
    assert (found and found.en) == kind


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("fc", 2), ("fc", 10)),
        (("dense",), ("dense", 1)),
        (("encoder", 2), ("decoder", 0)),
        (("input", "layer"), ("hidden",)),
        (("hidden", 3), ("output",)),
        (("fc", 9), ("fc", "output")),
        (("features", 4), ("classifier", 0)),
        (("input", "hidden"), ("hidden", "hidden")),
        (("hidden", "hidden"), ("hidden", "output")),
    ],
)
def test_what_comes_before_what(first, second):
    assert comes_before(first, second)
    assert not comes_before(second, first)


@pytest.mark.parametrize(("one", "other"), [(("a",), ("b",)), (("hidden",), ("encoder",)), (("a", 1), ("b", 2))])
def test_the_alphabet_tells_no_order(one, other):
    assert not comes_before(one, other)
    assert not comes_before(other, one)


@given(KEYS, KEYS, KEYS)
def test_no_circle_of_names(a, b, c):
    assert not comes_before(a, a)
    assert not (comes_before(a, b) and comes_before(b, a))
    if comes_before(a, b) and comes_before(b, c):
        assert comes_before(a, c)


@pytest.mark.parametrize(
    ("names", "layout"),
    [
        (["0.weight", "2.weight"], ("out_in", True)),
        (["wih", "who"], ("out_in", False)),
        (["dense/kernel", "dense_1/kernel"], ("in_out", True)),
        (["coefs_0"], ("in_out", True)),
        (["0.weight", "kernel"], ("", False)),
        (["W1", "W2"], ("", False)),
        (["weights_ih"], ("", False)),
        ([], ("", False)),
    ],
)
def test_names_that_are_usual_for_a_layout(names, layout):
    assert layout_told(names) == layout
    assert layout[0] in ("", *LAYOUTS)
