import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine import INITIALIZERS, Network

every_initializer = pytest.mark.parametrize("init", INITIALIZERS.values(), ids=INITIALIZERS)
RANDOM = [name for name, init in INITIALIZERS.items() if r"\sim" in init.tex]
every_random_one = pytest.mark.parametrize("init", [INITIALIZERS[name] for name in RANDOM], ids=RANDOM)


def draw(init, n_out=300, n_in=200, seed=1):
    return init.draw(init.generator(seed), n_out, n_in)


@every_initializer
def test_draws_finite_weights_in_the_shape_of_the_layer(init):
    W = draw(init, 3, 5)
    assert W.shape == (3, 5)
    assert np.isfinite(W).all()


@every_initializer
def test_the_generator_alone_decides(init):
    assert_array_equal(draw(init), draw(init))


@every_random_one
def test_another_seed_draws_other_weights_that_are_centred_on_zero_too(init):
    W, other = draw(init), draw(init, seed=2)
    assert (other != W).all()
    for drawn in (W, other):
        assert 0 < abs(drawn.mean()) < 5 * drawn.std() / drawn.size**0.5


@every_initializer
def test_a_network_is_drawn_from_its_seed_and_its_biases_are_zero_unless_they_are_drawn_too(init):
    net = Network.random((3, 4, 2), ("tanh", "tanh"), init=init.name, seed=5)
    again = Network.random((3, 4, 2), ("tanh", "tanh"), init=init.name, seed=5)
    assert_array_equal(net.theta, again.theta)
    assert_array_equal(net.layers[0].W, draw(init, 4, 3, seed=5))
    assert all(layer.b.all() if init.biases else not layer.b.any() for layer in net.layers)


@every_initializer
def test_record_carries_its_words_and_its_name(init):
    assert INITIALIZERS[init.name] is init
    assert init.tex
    assert all(text(lang) for text in (init.label, init.why) for lang in ("en", "zh"))
    assert init.why.en != init.why.zh


@pytest.mark.parametrize(
    ("name", "variance"),
    [
        ("zeros", 0),
        ("constant", 0),
        ("uniform", 1 / 3),
        ("normal", 1),
        ("randn", 1),
        ("xavier_uniform", 2 / 500),
        ("xavier_normal", 2 / 500),
        ("he_uniform", 2 / 200),
        ("he_normal", 2 / 200),
    ],
)
def test_variance_of_200_inputs_and_300_neurons(name, variance):
    assert draw(INITIALIZERS[name]).var() == pytest.approx(variance, rel=0.03)


@pytest.mark.parametrize(
    ("name", "bound"),
    [("uniform", 1), ("xavier_uniform", (6 / 500) ** 0.5), ("he_uniform", (6 / 200) ** 0.5), ("constant", 0.5)],
)
def test_bound_of_200_inputs_and_300_neurons(name, bound):
    assert np.abs(draw(INITIALIZERS[name])).max() <= bound
    assert np.abs(draw(INITIALIZERS[name])).max() > 0.99 * bound


def test_what_is_not_drawn_is_one_half_or_zero():
    assert np.unique(draw(INITIALIZERS["constant"])).tolist() == [0.5]
    assert np.unique(draw(INITIALIZERS["zeros"])).tolist() == [0.0]


def test_a_seed_of_the_legacy_generator_is_taken_by_its_last_32_bits():
    """Seeds below that limit, up to the largest, are different ones."""
    randn = INITIALIZERS["randn"]
    assert_array_equal(draw(randn, 3, 2, seed=2**32 + 7), draw(randn, 3, 2, seed=7))
    for seed in (2**32 - 1, 2**31, 32, 64):
        assert_array_equal(draw(randn, 3, 2, seed), np.random.RandomState(seed).randn(3, 2))
