"""Named arrays as networks: what is determined is taken, the rest is asked, each layer that is not dense is named."""

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import InputError
from engine.weights import LAYOUTS
from engine.weights.readings import MOST_READINGS, readings_of

rng = np.random.default_rng(5)
W1, b1, W2, b2 = (rng.normal(size=shape) for shape in ((4, 3), (4,), (2, 4), (2,)))
SCHEMES = {  # how the matrix and the biases of layer l of L are called, and the layout where it is always the same
    "numbers": (lambda l, L: (f"W{l}", f"b{l}"), ""),
    "small": (lambda l, L: (f"w_{l - 1}", f"b_{l - 1}"), ""),
    "lists": (lambda l, L: (f"weights.{l}", f"biases.{l}"), ""),
    "layer first": (lambda l, L: (f"l{l}w", f"l{l}b"), ""),
    "sklearn": (lambda l, L: (f"coefs_{l - 1}", f"intercepts_{l - 1}"), "in_out"),
    "keras": (lambda l, L: tuple(f"layers/dense{f'_{l - 1}' * (l > 1)}/{r}" for r in ("kernel", "bias")), "in_out"),
    "sequential": (lambda l, L: (f"{2 * l}.weight", f"{2 * l}.bias"), "out_in"),
    "nested": (lambda l, L: (f"module.net.{3 * l}.weight", f"module.net.{3 * l}.bias"), "out_in"),
    "fc": (lambda l, L: (f"fc{l}.weight", f"fc{l}.bias"), "out_in"),
    "fc out": (lambda l, L: tuple(f"{'out' if l == L else f'fc{l}'}.{r}" for r in ("weight", "bias")), "out_in"),
    "words": (
        lambda l, L: tuple(
            f"{'output' if l == L else 'input_layer' if l == 1 else f'hidden{l}'}.{r}" for r in ("weight", "bias")
        ),
        "out_in",
    ),
    "autoencoder": (
        lambda l, L: tuple(f"{'encoder' if 2 * l <= L else 'decoder'}.{l}.{r}" for r in ("weight", "bias")),
        "out_in",
    ),
    "book": (
        lambda l, L: ("who" if l == L else "wih" if l == 1 else f"whh{l}", "bo" if l == L else f"b_h{l}"),
        "out_in",
    ),
    "from to": (
        lambda l, L: (
            f"W_{'input' if l == 1 else f'hidden{l - 1}'}_{'output' if l == L else f'hidden{l}'}",
            "b_output" if l == L else f"b_hidden{l}",
        ),
        "",
    ),
    "short": (lambda l, L: ("wout", "bout") if l == L else (f"wh{l}", f"bh{l}"), ""),
    "ranks": (lambda l, L: ("W_ho" if l == L else "W_ih" if l == 1 else f"W_hh{l}", f"b{l}"), ""),
}


@st.composite
def files(draw):
    """Arrays of a network under a usual scheme, in any order; and the network."""
    name, layout = draw(st.sampled_from([(name, told) for name, (_, told) in SCHEMES.items()]))
    layout = layout or draw(st.sampled_from(list(LAYOUTS)))
    sizes = draw(st.lists(st.integers(1, 4), min_size=3, max_size=6))
    biased = draw(st.booleans())
    values = np.random.default_rng(draw(st.integers(0, 99)))
    arrays, right = {}, []
    for l, (n_in, n_out) in enumerate(pairwise(sizes), 1):
        matrix, bias = SCHEMES[name][0](l, len(sizes) - 1)
        W, b = values.normal(size=(n_out, n_in)), values.normal(size=n_out) if biased else None
        arrays[matrix] = W if layout == "out_in" else W.T
        if biased:
            arrays[bias] = b if draw(st.booleans()) else b[:, None] if draw(st.booleans()) else b[None]
        right.append((W, b))
    order = draw(st.permutations(list(arrays)))
    return {name: arrays[name] for name in order}, right


def same(weights, right):
    return all(
        np.array_equal(part.W, W) and (b is None or np.array_equal(part.b, b))
        for part, (W, b) in zip(weights.parts, right, strict=True)
    )


@settings(max_examples=400, deadline=None)
@given(files(), st.booleans())
def test_a_network_comes_back_exactly_or_as_a_question_that_holds_it(file, in_order):
    arrays, right = file
    read = readings_of(arrays, in_order=in_order)
    assert read.told
    assert any(same(weights, right) for weights in read.found[: read.told])
    told = {"order": read.found[0].order, "layout": read.found[0].layout}
    assert readings_of(arrays, **told).the_one().order == told["order"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 3), min_size=2, max_size=5), st.booleans(), st.booleans(), st.randoms())
def test_names_that_tell_nothing_leave_the_order_to_the_file(sizes, blocks, biased, random):
    names = random.sample("acdefgjkmnpqrstuvz", 2 * len(sizes))
    right = [(rng.normal(size=(n, k)), rng.normal(size=n) if biased else None) for k, n in pairwise(sizes)]
    flat = [[W for W, _ in right], [b for _, b in right]] if blocks else right
    arrays = dict(zip(names, (array for group in flat for array in group if array is not None), strict=False))
    read = readings_of(arrays, in_order=True)
    assert read.told in (1, 2)
    assert any(same(weights, right) for weights in read.found[: read.told])


@pytest.mark.parametrize("in_order", [False, True])
@pytest.mark.parametrize(
    ("shapes", "sizes"),
    [
        ({"wih": (3, 2), "who": (1, 3)}, (2, 3, 1)),
        ({"who": (10, 100), "wih": (100, 784)}, (784, 100, 10)),
        ({"who": (2, 3), "whh": (3, 3), "wih": (3, 2)}, (2, 3, 3, 2)),
        ({"decoder.weight": (4, 2), "encoder.weight": (2, 4)}, (4, 2, 4)),
    ],
)
def test_sizes_of_files_that_were_read_the_other_way_round(shapes, sizes, in_order):
    weights = readings_of({name: np.zeros(shape) for name, shape in shapes.items()}, in_order=in_order).the_one()
    assert (weights.sizes, weights.layout) == (sizes, "out_in")
    assert len(weights.said) == 2


@pytest.mark.parametrize("in_order", [False, True])
@pytest.mark.parametrize("names", [*permutations(["input_layer", "hidden", "output"])])
def test_square_layers_keep_the_order_of_their_names(names, in_order):
    square = {f"{name}.weight": np.ones((2, 2)) for name in names}
    weights = readings_of(square, in_order=in_order).the_one()
    assert weights.order == ("input_layer.weight", "hidden.weight", "output.weight")


def test_the_book_s_network_of_three_layers():
    """The numbers of "Make Your Own Neural Network" for its inputs 0.9, 0.1 and 0.8, which it prints with 3 digits."""
    wih = [[0.9, 0.3, 0.4], [0.2, 0.8, 0.2], [0.1, 0.5, 0.6]]
    who = [[0.3, 0.7, 0.5], [0.6, 0.5, 0.2], [0.8, 0.1, 0.9]]
    for names in (("wih", "who"), ("who", "wih")):
        arrays = {name: np.array({"wih": wih, "who": who}[name]) for name in names}
        net = readings_of(arrays, in_order=True).the_one().network(["sigmoid"] * 2)
        assert net.predict([0.9, 0.1, 0.8]).ravel() == pytest.approx([0.72630335, 0.70859807, 0.77809706], abs=5e-9)


@pytest.mark.parametrize("in_order", [False, True])
def test_square_matrices_without_a_usual_name_are_a_question_until_it_is_answered(in_order):
    square = {name: rng.normal(size=(3, 3)) for name in ("W_hidden_output", "W_input_hidden")}
    arrays = square | {"b_hidden": b1[:3], "b_output": b1[1:]}
    read = readings_of(arrays, in_order=in_order)
    assert (read.told, {weights.layout for weights in read.found[:2]}) == (2, {"out_in", "in_out"})
    assert {weights.order for weights in read.found[:2]} == {("W_input_hidden", "W_hidden_output")}
    with pytest.raises(InputError, match=r"does not specify.*W_input_hidden → W_hidden_output, in_out") as told:
        read.the_one()
    assert "没有说明" in told.value.sentence("zh")
    for layout in LAYOUTS:
        weights = readings_of(arrays, in_order=in_order, layout=layout).the_one()
        W = weights.parts[0].W
        assert np.array_equal(W if layout == "out_in" else W.T, arrays["W_input_hidden"])


def test_nothing_is_guessed_from_the_alphabet():
    arrays = {name: rng.normal(size=(2, 2)) for name in ("a.weight", "c.weight", "b.weight")}
    assert readings_of(arrays, in_order=True).the_one().order == tuple(arrays)
    read = readings_of(arrays)
    assert (read.told, {weights.layout for weights in read.found[:6]}) == (6, {"out_in"})
    chosen = ("b.weight", "a.weight", "c.weight")
    assert readings_of(arrays, order=chosen).the_one().order == chosen
    with pytest.raises(InputError, match="does not specify"):
        read.the_one()


def test_names_and_sizes_that_contradict_each_other_are_a_question():
    for names, in_order in ((("fc1.weight", "fc2.weight"), False), (("a.weight", "c.weight"), True)):
        read = readings_of({names[0]: np.ones((2, 4)), names[1]: np.ones((4, 3))}, in_order=in_order)
        assert (read.told, {weights.sizes for weights in read.found}) == (0, {(3, 4, 2), (2, 4, 3)})
        with pytest.raises(InputError, match=r"contradict each other.*\.weight, out_in \(3-4-2\)"):
            read.the_one()


def test_a_layout_that_is_only_usual_gives_way_to_the_sizes():
    weights = readings_of({"wih": np.ones((2, 3)), "who": np.ones((3, 1))}).the_one()
    assert (weights.sizes, weights.layout) == ((2, 3, 1), "in_out")


def test_the_order_of_a_file_gives_way_to_the_only_one_that_fits():
    weights = readings_of({"a.weight": W2, "a.bias": b2, "c.weight": W1, "c.bias": b1}, in_order=True).the_one()
    assert (weights.order, weights.sizes) == (("c.weight", "a.weight"), (3, 4, 2))
    assert "only in this order" in weights.said[-1].en


def test_what_is_told_is_checked():
    arrays = {"W1": W1, "W2": W2}
    for wrong in (
        {"order": ["W1"]},
        {"order": [1, 2]},
        {"order": "W1"},
        {"layout": "sideways"},
        {"layout": ["in_out"]},
    ):
        with pytest.raises(InputError):
            readings_of(arrays, **wrong)
    assert readings_of(arrays).the_one().sizes == (3, 4, 2)
    assert readings_of(arrays, order=["W2", "W1"]).the_one().sizes == (2, 4, 3)
    with pytest.raises(InputError, match="do not fit each other"):
        readings_of(arrays | {"b1": b1, "b2": b2}, order=["W2", "W1"])


def test_a_search_ends():
    for count, told in ((9, "too many ways"), (101, "too many layers")):
        with pytest.raises(InputError, match=told):
            readings_of({f"{'a' * i}": np.ones((2, 2)) for i in range(1, count + 1)})
    shapes = [(1 + i % 3, 1 + i // 3 % 3) for i in range(60)] + [(9, 8)]
    with pytest.raises(InputError):
        readings_of({f"{'a' * (i + 1)}": np.ones(shape) for i, shape in enumerate(shapes)})
    read = readings_of({f"W{i}": np.ones((2, 2)) for i in range(100)}, layout="in_out")
    assert (read.told, len(read.found)) == (1, MOST_READINGS)
