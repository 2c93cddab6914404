import re

import numpy as np
import pytest

from visualizer.reference.derivations import DERIVATIONS, entries
from visualizer.reference.registries import RULES, general


def bare(tex):
    """A formula without the commands that only change its look."""
    tex = tex.replace(r"\frac{1}{m}{\textstyle\sum_x}\,", "").replace(r"\frac{1}{m}\,", "").replace("C_x", "C")
    return re.sub(r"\\(left|right|bigl|bigr|,|!)|[\s{}]", "", tex)


@pytest.mark.parametrize("derivation", DERIVATIONS, ids=lambda made: made.name)
def test_a_derivation_arrives_at_the_equation_that_is_executed(derivation):
    rule = RULES[derivation.name]
    executed = rule.tex
    if "{vjp:" in executed:
        head, upstream = executed.removesuffix("}").split("{vjp:", 1)
        executed = rf"{head}{upstream} \odot \sigma'(<z>)"
    assert bare(derivation.steps[-1][1]) == bare(general(executed, output=derivation.name == "bp1"))


def test_all_four_are_derived_and_open_at_their_own_step():
    four = entries()[:4]
    assert [entry.name for entry in four] == ["bp1", "bp2", "bp3", "bp4"]
    assert all(entry.opens["step"].startswith(entry.name) for entry in four)
    assert all(len(derivation.steps) >= 3 for derivation in DERIVATIONS)


def test_the_other_derivations_arrive_at_what_is_executed():
    z, h = np.linspace(-4, 4, 9), 1e-6
    a = 1 / (1 + np.exp(-z))
    slope = (1 / (1 + np.exp(-z - h)) - 1 / (1 + np.exp(-z + h))) / (2 * h)
    assert np.allclose(a * (1 - a), slope)
    rng = np.random.default_rng(0)
    y, logits = np.eye(3)[1], rng.normal(size=3)
    a = np.exp(logits) / np.exp(logits).sum()
    jacobian = a[:, None] * (np.eye(3) - a)
    assert np.allclose((-y / a) @ jacobian, a - y)
    zs, upstream, gamma, epsilon, m = rng.normal(size=5), rng.normal(size=5), 1.7, 1e-5, 5

    def cost(zs):
        return float(upstream @ (gamma * (zs - zs.mean()) / np.sqrt(zs.var() + epsilon)))

    s, hat = np.sqrt(zs.var() + epsilon), (zs - zs.mean()) / np.sqrt(zs.var() + epsilon)
    derived = gamma / (m * s) * (m * upstream - upstream.sum() - hat * (upstream @ hat))
    measured = [(cost(zs + step) - cost(zs - step)) / (2 * h) for step in h * np.eye(5)]
    assert np.allclose(derived, measured, atol=1e-6)


def test_each_of_the_other_derivations_has_a_test_of_its_result_or_a_step_that_shows_it():
    names = [entry.name for entry in entries()[4:]]
    assert names == ["sigmoid_slope", "sigmoid_bce", "softmax_cross_entropy", "batch_norm", "weight_decay"]
