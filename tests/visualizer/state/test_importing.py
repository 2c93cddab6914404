"""Weights on the stage: with the activations that were chosen, the samples that fit, and every number exactly."""

from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, InputError, Network
from engine.core import LANGUAGES
from engine.formats import Contents
from engine.settings import Model
from engine.weights import LAYOUTS
from visualizer.state import from_file, to_file
from visualizer.state.importing import from_weights, is_saved_state, opened, proposed, remarks, rows, way

MAZUR = Model.of_example("mazur")


def held(net, biased=True):
    """Contents of a file of PyTorch with a network in it."""
    arrays = {f"{l}.weight": layer.W for l, layer in enumerate(net.layers)}
    arrays |= {f"{l}.bias": layer.b[:, 0] for l, layer in enumerate(net.layers)} if biased else {}
    return Contents(arrays, in_order=True)


def made_of(arrays, in_order=False, dropped=()):
    return proposed(
        "net.npz", Contents({k: np.asarray(v, float) for k, v in arrays.items()}, in_order=in_order), dropped
    )


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_number_gets_on_the_stage_and_through_a_file(dtype):
    net = Network.random((2, 3, 2), ("tanh", "softmax"), seed=4).astype(dtype)
    made = proposed("net.npz", held(net)).with_activation(0, "tanh").with_activation(1, "softmax")
    spec = from_weights(made, MAZUR, "zh")
    assert np.array_equal(spec.model.network().theta, net.theta.astype(float))
    assert (spec.model.x, spec.model.y, spec.view.lang) == (MAZUR.x, MAZUR.y, "zh")
    assert len(spec.model.trace().steps) == 12
    assert from_file(to_file(spec), "en") == (spec, [])
    assert np.abs(spec.model.trace().value("a", 2)[:, 0] - net.predict(MAZUR.x[0])).max() <= 1e-6


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_loss_goes_with_the_output(name):
    made = proposed("net.npz", held(Network.random((2, 2), ("tanh",), seed=1))).with_activation(0, name)
    assert made.loss in made.losses
    assert set(made.losses) == {n for n, r in LOSSES.items() if not r.matched or r.matched.activation == name}
    from_weights(made, MAZUR, "en").model.check()


def test_what_the_file_tells_is_proposed():
    net = Network.random((3, 4, 1), ("tanh", "tanh"), seed=4)
    told = replace(held(net, False), activations={"0.weight": "elu", "1.weight": "sigmoid"}, loss="mse")
    made = proposed("net", told)
    assert (made.activations, made.loss) == (("elu", "sigmoid"), "mse")
    model = from_weights(made, MAZUR, "en").model
    assert not model.train_bias
    assert (len(model.x[0]), len(model.y[0])) == (3, 1)


SQUARE = {"a": np.array([[1.0, 2.0], [3.0, 4.0]]), "c": np.array([[5.0, 6.0], [7.0, 8.0]])}


def test_how_a_file_is_read_stays_open_until_it_is_chosen():
    made = made_of(SQUARE, in_order=True)
    assert (made.chosen, made.weights, made.activations) == (None, None, ("relu", "linear"))
    with pytest.raises(InputError, match="in more than one way"):
        from_weights(made, MAZUR, "en")
    for chosen, weights in enumerate(made.readings.found[:2]):
        model = from_weights(replace(made, chosen=chosen), MAZUR, "en").model
        assert np.array_equal(model.network().layers[0].W, SQUARE["a"] if weights.layout == "out_in" else SQUARE["a"].T)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_loaded_is_said_array_by_array(lang):
    made = made_of({"wih": np.zeros((3, 2)), "who": np.zeros((1, 3)), "bo": np.zeros(1), "epoch": np.array(7)})
    names, shapes, places = rows(made, lang).values()
    assert names == ["wih", "who", "bo", "epoch"]
    assert shapes == ["3\u2009×\u20092", "1\u2009×\u20093", "1", "1"]
    assert [place[-5:] for place in places[:2]] == ["2 → 3", "3 → 1"]
    assert places[3] == {"en": "ignored", "zh": "不读入"}[lang]
    assert len(remarks(made.weights)) == 3  # of three layers of which one has no biases, too
    turned = made_of({"W1": np.zeros((3, 2)), "b1": np.zeros(2)})
    assert way(turned.weights)(lang).startswith("3 → 2")
    assert LAYOUTS["in_out"].short(lang) in way(turned.weights)(lang)
    many = made_of({f"W{i}": np.zeros((1, 1)) for i in range(9)})
    assert "W3, …" in way(many.readings.found[0])(lang)
    assert set(list(rows(many, lang).values())[2]) == {{"en": "open", "zh": "未定"}[lang]}


SHEET = "W1 = [[.1, .2], [.3, .4], [.5, .6]]\nb1 = [1, 1, 1]\nW2 = [[.7, .8, .9], [.1, .2, .3]]\nb2 = [0, 0]\n"


@pytest.mark.parametrize(
    ("text", "x", "y", "eta"),
    [
        ("X = [[1, 0], [.5, 1], [0, 2]]\nY = [[1, 0], [0, 1], [1, 1]]", (1, 0.5, 0), (1, 0, 1), MAZUR.eta),
        ("x = [[1, .5, 0], [0, 1, 2]]\ny = [[1, 0, 1], [0, 1, 1]]\neta = 0.25", (1, 0.5, 0), (1, 0, 1), 0.25),
        ("inputs = [3, 4]\ntargets = [0, 1]\nlr = 2", (3,), (0,), 2),
        ("x = [[1, 0, 1]]\ny = [1, 0]", (0.05,), (0.01,), MAZUR.eta),  # that fit no input: those of the stage stay
    ],
)
def test_samples_and_rate_beside_the_weights_go_on_the_stage(text, x, y, eta):
    made = opened("sheet", (SHEET + text).encode())
    model = from_weights(made, MAZUR, "en").model
    assert model.sizes == (2, 3, 2)
    assert (tuple(row[0] for row in model.x), tuple(row[0] for row in model.y), model.eta) == (x, y, eta)
    assert ("inputs of the samples" in rows(made, "en")["Place in the network"]) == (x != (0.05,))


def test_what_is_dropped_makes_room_for_a_network():
    arrays = {"W1": np.zeros((3, 2)), "conv": np.zeros((2, 2, 2)), "W2": np.zeros((1, 3))}
    made = made_of(arrays)
    assert "conv, convolution 2×2×2" in made.problem.sentence("en")
    assert (made.readings, made.weights) == (None, None)
    with pytest.raises(InputError, match="in more than one way"):
        made.network()
    assert made.without(("conv",)).weights.sizes == (2, 3, 1)
    three = made_of({**arrays, "W3": np.zeros((1, 1))}, dropped=("conv",))
    assert len(three.with_activation(2, "tanh").without(("conv", "W3")).activations) == 2


def test_a_saved_state_is_told_from_lists_of_weights():
    assert is_saved_state(to_file(from_weights(proposed("net", held(MAZUR.network())), MAZUR, "en")).encode())
    assert not is_saved_state(b'{"W1": [[1, 2]]}')
    assert opened("", b"[[1, 2], [3, 4], [5, 6]]").contents.arrays["W"].shape == (3, 2)


def test_what_the_stage_cannot_take_is_said():
    large = proposed("net", held(Network.random((1000, 1000), ("relu",))))
    assert "at most 250000 parameters" in large.problem.sentence("en")
    made = proposed("net", held(Network.random((2, 2), ("relu",)).with_weight(1, 0, 0, float("1e300"))))
    from_weights(made, MAZUR, "en")


def test_biases_that_only_some_layers_have_are_zeros_in_the_others():
    net = Network.random((2, 2, 1), ("relu", "relu"), seed=3)
    contents = held(net)
    del contents.arrays["1.bias"]
    made = proposed("net", contents)
    model = from_weights(made, MAZUR, "en").model
    assert model.train_bias
    assert np.array_equal(model.network().layers[0].b, net.layers[0].b)
    assert not model.network().layers[1].b.any()
    assert any("zeros" in words.en for words in remarks(made.weights))
