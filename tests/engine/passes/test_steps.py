from itertools import count

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine import OPTIMIZERS, InputError, Network, Ref
from engine.equations import PHASES
from engine.passes import trace
from tests.engine.oracles import draw_network

RNG = np.random.default_rng(5)
X, Y = RNG.normal(size=(4, 3)), RNG.normal(size=(4, 2))
PLAIN = draw_network(RNG, (3, 4, 2), ("tanh", "linear"))
CASES = {
    "plain": (PLAIN, {}),
    "frozen": (PLAIN.with_train_bias(False), {}),
    "softmax inside": (draw_network(RNG, (3, 4, 3, 2), ("softmax", "relu", "linear")), {}),
    "penalty": (PLAIN, {"regularizer": "l2", "strength": 0.1}),
    "clipped": (PLAIN, {"clip": "norm", "clip_at": 0.1}),
    "penalty, clipped": (PLAIN, {"regularizer": "elastic", "strength": 0.1, "clip": "value", "clip_at": 0.1}),
    "normalized": (Network.random((3, 4, 2), ("tanh", "linear"), seed=1, batch_norm=True), {}),
    "inference": (Network.random((3, 4, 2), ("tanh", "linear"), seed=1, batch_norm=True), {"training": False}),
    "dropped": (Network.random((3, 4, 2), ("tanh", "linear"), seed=1, dropout=0.5), {"mask_seed": 3}),
}
every_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def passed(case, optimizer="sgd"):
    network, options = case
    return trace(network, X, Y, "quadratic", optimizer, 0.1, **options)


def parts(step):
    return step.value if isinstance(step.value, tuple) else (step.value,)


@every_case
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_step_holds_what_the_pass_has_of_all_that_it_writes(case, optimizer):
    t = passed(case, optimizer)
    for step in t.steps:
        assert len(parts(step)) == len(step.writes)
        for name, value in zip(step.writes, parts(step), strict=True):
            assert_array_equal(value, t.value(*name), err_msg=step.address)


@every_case
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_step_reads_what_was_given_or_has_been_written_before_it(case, optimizer):
    steps = passed(case, optimizer).steps
    when = {}
    for i, step in zip(count(), steps):
        when |= {name: i for name in step.writes if name not in when}
    for i, step in enumerate(steps):
        assert all(when.get(name, -1) < i for name in step.reads if name not in step.writes), step.address


@every_case
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_step_has_an_address_of_its_own_and_phases_follow_each_other(case, optimizer):
    steps = passed(case, optimizer).steps
    addresses = [step.address for step in steps]
    assert len(set(addresses)) == len(addresses)
    assert addresses[-1] == "update"
    order = [list(PHASES).index(step.rule.phase) for step in steps if step.rule.key != "running"]
    assert order == sorted(order)


def test_a_pass_without_an_optimizer_leaves_the_network_as_it_was():
    t = trace(PLAIN, X, Y, "quadratic")
    assert t.network is PLAIN
    assert (t.state, t.update) == (None, None)
    assert len(t.steps) == 5 * 2 + 1
    assert len(passed(CASES["plain"]).steps) == 5 * 2 + 2


@pytest.mark.parametrize(
    ("name", "layer"),
    [("q", 1), ("z", 3), ("z", 0), ("z", -1), ("W_new", 1), ("v_W", 1), ("J", 0), (["z"], 1), ("z", 1.5)],
)
def test_a_value_that_is_not_there_is_answered_with_those_that_are(name, layer):
    with pytest.raises(InputError, match="no such value") as refused:
        trace(PLAIN, X, Y, "quadratic").value(name, layer)
    assert "delta 2" in refused.value.allowed.en or "…" in refused.value.allowed.en


def test_the_parts_of_an_optimizer_s_state_are_laid_out_like_the_parameters():
    t = passed(CASES["plain"], "momentum")
    again = trace(t.network, X, Y, "quadratic", "momentum", 0.1, t.state)
    for l in (1, 2):
        for name in ("W", "b"):
            assert_array_equal(again.value(f"v_{name}", l), t.value(f"v_{name}_new", l))
            assert again.value(f"v_{name}", l).shape == t.value(name, l).shape


def test_the_first_step_that_is_not_finite_is_the_first_that_overflows():
    large = PLAIN.with_theta(np.full_like(PLAIN.theta, 1e200))
    t = trace(large, np.full((1, 3), 1e200), [[0.0, 0.0]], "quadratic")
    assert t.first_not_finite.address == "z.1"
    assert passed(CASES["plain"]).first_not_finite is None
    assert trace(large, np.zeros((1, 3)), [[0.0, 0.0]], "quadratic").first_not_finite.address == "c"


@every_case
def test_a_pass_can_be_run_again_from_what_it_tells_of_itself(case):
    t = passed(case)
    again = trace(t.given, X, Y, t.loss_name, "sgd", 0.1, **t.beside)
    assert_array_equal(again.network.theta, t.network.theta)


@every_case
def test_values_are_read_only(case):
    t = passed(case)
    for name in (Ref("z", 1), Ref("dW", 1), Ref("W", 1)):
        with pytest.raises(ValueError, match="read-only"):
            t.value(*name)[...] = 0
