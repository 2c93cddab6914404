from itertools import product

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import CLIPS, REGULARIZERS
from engine.catalogue import LOSSES
from engine.equations import pass_rules
from engine.options import last_gradient, options_of, with_options
from engine.passes import trace
from tests.engine.oracles import draw_network

RNG = np.random.default_rng(4)
NET = draw_network(RNG, (3, 4, 2), ("tanh", "linear"))
X, Y = RNG.normal(size=(5, 3)), RNG.normal(size=(5, 2))
PENALTIES = [name for name in REGULARIZERS if name != "none"]
WAYS = [name for name in CLIPS if name != "none"]
AT = 0.05


def passed(net=NET, **options):
    return trace(net, X, Y, "quadratic", "sgd", 0.1, **options)


def weights(t):
    return [t.value("W", l) for l in (1, 2)]


@pytest.mark.parametrize(("regularizer", "clip"), list(product(REGULARIZERS, CLIPS)))
def test_the_rules_of_a_pass_stay_in_their_order_and_those_beside_stand_where_they_happen(regularizer, clip):
    options, plain = (
        options_of(regularizer=regularizer, strength=0.1, clip=clip, clip_at=AT),
        list(pass_rules(2, LOSSES["quadratic"])),
    )
    made = list(with_options(plain, options))
    assert [pair for pair in made if pair in plain] == plain
    keys = [rule.key for rule, _ in made if (rule, _) not in plain]
    assert keys == [*["penalty", "regularize"] * options.regularized, *["clip"] * options.clipped]
    if options.regularized:
        assert [rule.key for rule, _ in made][[rule.key for rule, _ in made].index("c") + 1] == "penalty"
    assert last_gradient(options) == ("clipped" if options.clipped else "full" if options.regularized else "g")


@pytest.mark.parametrize("name", PENALTIES)
def test_the_penalty_is_that_of_all_weights_and_pulls_at_no_bias(name):
    t = passed(regularizer=name, strength=0.3)
    record = REGULARIZERS[name]
    penalty = 0.3 * sum(record.value(W).sum() for W in weights(t))
    assert_allclose(float(t.value("penalty")), penalty, rtol=1e-13)
    assert_allclose(t.cost, t.loss + penalty, rtol=1e-13)
    for l, W in enumerate(weights(t), 1):
        assert_allclose(t.value("gW", l), t.value("dW", l) + 0.3 * record.slope(W), rtol=1e-13)
        assert_array_equal(t.value("gb", l), t.value("db", l))


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize("regularizer", ["none", "l2"])
@pytest.mark.parametrize("trained", [True, False])
def test_clipping_measures_what_an_update_moves_and_leaves_no_more_than_the_limit(name, regularizer, trained):
    t = passed(NET.with_train_bias(trained), regularizer=regularizer, strength=0.3, clip=name, clip_at=AT)
    letter = "g" if regularizer != "none" else "d"
    measured = [t.value(f"{letter}{part}", l).ravel() for l in (1, 2) for part in ("W", "b")[: 1 + trained]]
    norm = np.linalg.norm(np.concatenate(measured))
    assert_allclose(float(t.value("norm")), norm, rtol=1e-13)
    left = np.concatenate([t.value(f"c{part}", l).ravel() for l in (1, 2) for part in ("W", "b")[: 1 + trained]])
    assert_allclose(left, CLIPS[name].clipped(np.concatenate(measured), AT, norm), rtol=1e-13)
    length = np.linalg.norm(left) if name == "norm" else np.abs(left).max()
    assert length <= AT * (1 + 1e-12)


@pytest.mark.parametrize("name", WAYS)
def test_a_gradient_below_the_limit_stays(name):
    t, plain = passed(clip=name, clip_at=1e6), passed()
    assert_array_equal(t.network.theta, plain.network.theta)
