"""Weights on the stage: with the activations that were chosen, the samples that fit, and every number exactly."""

from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, InputError, Network
from engine.core import LANGUAGES
from engine.settings import Model
from engine.weights import LAYOUTS, Readings, Weights
from engine.weights.readings import readings_of
from engine.weights.stack import Part
from visualizer.state import from_file, to_file
from visualizer.state.importing import from_weights, proposed, rows, way

MAZUR = Model.of_example("mazur")


def read(*found):
    """The readings of a file: the only one there is, or several of which none is determined."""
    return Readings(found, len(found))


def weights_of(net):
    return Weights(tuple(Part(f"{l}", layer.W, layer.b[:, 0]) for l, layer in enumerate(net.layers)))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_number_gets_on_the_stage_and_through_a_file(dtype):
    net = Network.random((2, 3, 2), ("tanh", "softmax"), seed=4).astype(dtype)
    made = proposed("net.npz", read(weights_of(net))).with_activation(0, "tanh").with_activation(1, "softmax")
    spec = from_weights(made, MAZUR, "zh")
    assert np.array_equal(spec.model.network().theta, net.theta.astype(float))
    assert (spec.model.x, spec.model.y, spec.view.lang) == (MAZUR.x, MAZUR.y, "zh")
    assert len(spec.model.trace().steps) == 12
    assert from_file(to_file(spec), "en") == (spec, [])
    assert np.abs(spec.model.trace().value("a", 2)[:, 0] - net.predict(MAZUR.x[0])).max() <= 1e-6


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_loss_goes_with_the_output(name):
    made = proposed("net.npz", read(weights_of(Network.random((2, 2), ("tanh",), seed=1)))).with_activation(0, name)
    assert made.loss in made.losses
    assert set(made.losses) == {n for n, r in LOSSES.items() if not r.matched or r.matched.activation == name}
    from_weights(made, MAZUR, "en").model.check()


def test_what_the_file_tells_is_proposed():
    net = Network.random((3, 4, 1), ("tanh", "tanh"), seed=4)
    told = Weights(
        tuple(Part("", layer.W, None, f) for layer, f in zip(net.layers, ("elu", "sigmoid"), strict=True)), "mse"
    )
    made = proposed("net", read(told))
    assert (made.activations, made.loss) == (("elu", "sigmoid"), "mse")
    model = from_weights(made, MAZUR, "en").model
    assert not model.train_bias
    assert (len(model.x[0]), len(model.y[0])) == (3, 1)


SQUARE = {"a": np.array([[1.0, 2.0], [3.0, 4.0]]), "c": np.array([[5.0, 6.0], [7.0, 8.0]])}


def test_how_a_file_is_read_stays_open_until_it_is_chosen():
    made = proposed("net", readings_of(SQUARE, in_order=True))
    assert (made.chosen, made.weights, made.activations) == (None, None, ("relu", "linear"))
    with pytest.raises(InputError, match="it is open"):
        from_weights(made, MAZUR, "en")
    for chosen, weights in enumerate(made.readings.found[:2]):
        model = from_weights(replace(made, chosen=chosen), MAZUR, "en").model
        assert np.array_equal(model.network().layers[0].W, SQUARE["a"] if weights.layout == "out_in" else SQUARE["a"].T)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_loaded_is_said_array_by_array(lang):
    found = readings_of({"wih": np.zeros((3, 2)), "who": np.zeros((1, 3)), "bo": np.zeros(1)}).the_one()
    columns = list(rows(found, lang).values())
    assert columns[1:] == [["wih", "who"], ["3 × 2", "1 × 3"], ["2 → 3", "3 → 1"], ["–", "bo"]]
    turned = readings_of({"W1": np.zeros((3, 2)), "b1": np.zeros(2)}).the_one()
    assert list(rows(turned, lang).values())[2:4] == [["3 × 2"], ["3 → 2"]]
    assert way(turned)(lang).startswith("3 → 2")
    assert LAYOUTS["in_out"].short(lang) in way(turned)(lang)
    many = readings_of({f"W{i}": np.zeros((1, 1)) for i in range(9)}, layout="out_in").the_one()
    assert "W3, …" in way(many)(lang)


def test_what_the_stage_cannot_take_is_said():
    with pytest.raises(InputError, match="at most 250000 parameters"):
        proposed("net", read(weights_of(Network.random((1000, 1000), ("relu",)))))
    first, second = weights_of(Network.random((2, 2, 2), ("relu", "relu"))).parts
    with pytest.raises(InputError, match="only some of the layers"):
        proposed("net", read(Weights((first._replace(b=None), second))))
    made = proposed("net", read(weights_of(Network.random((2, 2), ("relu",)).with_weight(1, 0, 0, float("1e300")))))
    from_weights(made, MAZUR, "en")
