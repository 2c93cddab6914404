import re

import numpy as np
import pytest
from numpy.testing import assert_allclose

from engine import ACTIVATIONS, LOSSES
from engine.equations import Ref, layer_rules, ref, rules
from engine.options import gradient_rules
from tests.engine.oracles import ALLOWED, draw_targets

MODULES = (rules, gradient_rules, layer_rules)
RULES = list(dict.fromkeys(v for module in MODULES for v in vars(module).values() if isinstance(v, rules.Rule)))


def drawn(*shape):
    return np.random.default_rng(sum(shape)).normal(size=shape)


def on_ones(a):
    return np.concatenate((a, np.ones_like(a[..., :1, :])), axis=-2)


@pytest.mark.parametrize("stack", [(), (3,)], ids=str)
def test_the_joined_product_is_w_a_plus_b(stack):
    W, b, a = drawn(*stack, 4, 3), drawn(*stack, 4, 1), drawn(*stack, 3, 5)
    joined = rules.AFFINE.function(np.concatenate((W, b), axis=-1), on_ones(a))
    assert_allclose(joined, W @ a + b, rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize("stack", [(), (3,)], ids=str)
def test_the_joined_gradient_is_bp4_and_behind_it_bp3_each_a_mean_over_samples(stack):
    delta, a = drawn(*stack, 4, 5), drawn(*stack, 3, 5)
    joined = rules.GRADIENTS.function(delta, on_ones(a), 5)
    outer = [delta[..., :, [i]] * a[..., :, [i]].mT for i in range(5)]
    assert_allclose(joined[..., :-1], np.mean(outer, axis=0), rtol=1e-13, atol=1e-15)
    assert_allclose(joined[..., -1:], delta.mean(axis=-1, keepdims=True), rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_error_flows_back_through_the_transposed_weights_and_the_jacobian(name):
    f, z, W, delta = ACTIVATIONS[name], drawn(4, 2), drawn(3, 4), drawn(3, 2)
    arrived = [[sum(W[i, j] * delta[i, x] for i in range(3)) for x in range(2)] for j in range(4)]
    expected = np.einsum("jkx,jx->kx", f.jacobian(z), arrived)
    assert_allclose(rules.HIDDEN_DELTA.function(f, z, f.f(z), W, delta), expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(("output", "loss"), ALLOWED)
def test_the_output_error_is_the_jacobian_times_nabla(output, loss):
    f, z = ACTIVATIONS[output], drawn(3, 4)
    y = draw_targets(np.random.default_rng(1), loss, (4, 3)).T
    a = f.f(z)
    grad = rules.NABLA.function(LOSSES[loss], a, y)
    delta = rules.OUTPUT_DELTA.function(f, z, a, grad)
    assert_allclose(delta, np.einsum("jkx,jx->kx", f.jacobian(z), LOSSES[loss].grad(a, y)), rtol=1e-12, atol=1e-15)
    if LOSSES[loss].matched:
        assert_allclose(rules.MATCHED_DELTA.function(LOSSES[loss], a, y), delta, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(("output", "loss"), ALLOWED)
def test_the_cost_is_the_mean_over_samples_of_the_sum_over_outputs(output, loss):
    record, z = LOSSES[loss], drawn(3, 4)
    y = draw_targets(np.random.default_rng(2), loss, (4, 3)).T
    a = ACTIVATIONS[output].f(z)
    with np.errstate(all="ignore"):  # a may lie where a distance has a meaning and a logarithm has none
        per_sample = [sum(record.value(a, y)[:, x]) for x in range(4)]
        assert_allclose(rules.MEAN_LOSS.function(record, a, y, 4), np.mean(per_sample), rtol=1e-13)
    if record.matched:
        assert_allclose(rules.MATCHED_LOSS.function(record, z, y, 4), np.mean(per_sample), rtol=1e-13)


def test_each_network_of_a_stack_has_a_cost_of_its_own():
    z, y, bce = drawn(2, 3, 4), np.full((2, 3, 4), 0.25), LOSSES["binary_cross_entropy"]
    for operation, record, values in (
        (rules.MEAN_LOSS, LOSSES["mse"], (z, y)),
        (rules.MATCHED_LOSS, bce, (z, y)),
    ):
        costs = operation.function(record, *values, 4)
        assert_allclose(costs, [operation.function(record, z[k], y[k], 4) for k in range(2)], rtol=1e-13)


@pytest.mark.parametrize(
    ("loss", "backward"),
    [
        ("mse", "c 3 bp1 3 bp3 3 bp4 3 bp2 2 bp3 2 bp4 2 bp2 1 bp3 1 bp4 1"),
        ("cross_entropy", "c 3 bp1 3 bp3 3 bp4 3 bp2 2 bp3 2 bp4 2 bp2 1 bp3 1 bp4 1"),
    ],
)
def test_a_pass_goes_to_the_output_and_layer_by_layer_back(loss, backward):
    happened = [f"{rule.key} {l}" for rule, l in rules.pass_rules(3, LOSSES[loss])]
    assert " ".join(happened) == f"z 1 a 1 z 2 a 2 z 3 a 3 {backward}"
    assert (rules.COST_MATCHED, 3) in rules.pass_rules(3, LOSSES["cross_entropy"])
    assert (rules.COST, 3) in rules.pass_rules(3, LOSSES["mse"])


def test_suffixes_mean_the_layers_around():
    assert ref("a-", 2) == Ref("a", 1)
    assert ref("a|1-", 1) == Ref("a|1", 0)
    assert ref("delta+", 1) == Ref("delta", 2)
    assert ref("z", 3) == Ref("z", 3)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_says_what_it_reads_and_writes_in_its_equation(rule):
    said = set(re.findall(r"<([^>]+)>", rule.tex))
    assert said <= {*rule.reads, *rule.writes, "grad"}
    assert rule.key == "update" or rule.writes[0] in said
    assert rule.phase in rules.PHASES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_carries_its_words(rule):
    title, why = rule.title.format(l=3), rule.why.format(l=3)
    assert all(text(lang) for text in (title, why) for lang in ("en", "zh"))
    assert title.en != title.zh
    assert why.en != why.zh
