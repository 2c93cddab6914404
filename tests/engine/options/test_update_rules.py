import numpy as np
import pytest
from numpy.testing import assert_allclose

from engine import OPTIMIZERS, Network
from engine.optimizers import STEP
from engine.passes import trace

RNG = np.random.default_rng(2)
X, Y = RNG.normal(size=(5, 2)), RNG.uniform(size=(5, 1))
OPTIONS = [{}, {"regularizer": "l2", "clip": "norm", "clip_at": 0.05}]


def last_of_some(name, trained=True, **options):
    """The fourth update of a normalized network."""
    net = Network.random((2, 3, 1), ("tanh", "sigmoid"), seed=4, batch_norm=True).with_train_bias(trained)
    state = None
    for _ in range(4):
        t = trace(net, X, Y, "quadratic", name, 0.05, state, **options)
        net, state = t.network, t.state
    return t


def parameters(t):
    return [("W", 1), ("b", 1), ("gamma", 1), ("beta", 1), ("W", 2), ("b", 2)]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("trained", [True, False])
@pytest.mark.parametrize("name", [name for name, optimizer in OPTIMIZERS.items() if optimizer.explained])
def test_the_step_that_is_told_is_the_step_that_is_taken(name, trained, options):
    t = last_of_some(name, trained, **options)
    for p, l in parameters(t):
        old, new, step = t.value(p, l), t.value(f"{p}_new", l), t.value(f"{STEP}_{p}", l)
        assert_allclose(old - step, new, rtol=1e-12, atol=1e-14)
        if p == "b" and not trained:
            assert not step.any()
        elif (p, l) != ("b", 1):  # what normalization takes away again has a gradient of rounding, which may be 0
            assert step.any()


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_law_is_a_step_that_reads_what_is_known_by_then(name, options):
    t = last_of_some(name, **options)
    known = {ref for step in t.steps if step.rule.phase != "update" for ref in (*step.reads, *step.writes)}
    known |= {ref._replace(name=f"{slot}_{ref.name}") for slot in t.state for ref in known}
    steps = [step for step in t.steps if step.rule.phase == "update"]
    assert [step.rule.key for step in steps] == [
        *(law.writes for law in (*OPTIMIZERS[name].laws[:-1], *OPTIMIZERS[name].explained)),
        "update",
    ]
    for step in steps:
        assert {*step.reads} <= known
        assert len(step.writes) == len(parameters(t))
        known |= {*step.writes}
        assert all(words("en") and words("zh") for words in (step.rule.title, step.rule.why))


def test_what_adam_corrects_is_an_average_again():
    t = last_of_some("adam")
    gradients = []
    net = Network.random((2, 3, 1), ("tanh", "sigmoid"), seed=4, batch_norm=True)
    state = None
    for _ in range(4):
        done = trace(net, X, Y, "quadratic", "adam", 0.05, state)
        gradients.append(done.value("dW", 1))
        net, state = done.network, done.state
    weights = 0.9 ** np.arange(3, -1, -1)
    mean = np.tensordot(weights / weights.sum(), gradients, 1)
    assert_allclose(t.value("mhat_W", 1), mean, rtol=1e-10)
