"""Arithmetic of normalized layers and of dropout: its sums and constants, and the names of their values."""

import re

import pytest

from engine import Ref
from tests.visualizer.equations.test_arithmetic import evaluated
from tests.visualizer.oracles import drawn
from visualizer.equations import Element, arithmetic, named
from visualizer.equations.layer_terms import dropped, in_layer, numbers_in, with_numbers

TRACE = drawn((2, 3, 2), "tanh", "sigmoid", samples=4).with_settings(batch_norm=True, dropout=0.25).trace()


def worked(address, name, at, sample=0):
    step = next(step for step in TRACE.steps if step.address == address)
    return arithmetic(TRACE, step, Element(Ref(name, 1), at, sample))


def test_a_mean_and_a_variance_are_sums_over_the_samples():
    z = TRACE.value("z", 1)[2]
    for address, name, exact in (("mu.1", "mu", z.mean()), ("var.1", "var", z.var())):
        told = worked(address, name, (2,))
        value, error = evaluated(told.numbers)
        assert abs(value - exact) <= 1.5 * error + 1e-12
        assert r"\tfrac{1}{4}" in told.numbers


def test_a_normalized_layer_sums_up_to_z_and_what_its_activation_sees_is_u():
    names = [named(TRACE, l, name) for l in (1, 2) for name in "za"]
    assert names == ["u", "h", "z", "a"]
    assert (dropped(TRACE, 1), dropped(TRACE, 2)) == (True, False)
    assert in_layer(TRACE, 1, "f(<z>) + <W>") == "f(<u>) + <W>"


def test_no_letter_of_a_constant_is_left_among_the_numbers():
    text = with_numbers(r"\frac{1}{m}\, <mu> + m_k", TRACE, str)
    assert text.startswith(r"\frac{1}{4}\cdot <mu> + ")


@pytest.mark.parametrize(
    ("text", "written"),
    [("<a> - <a>", "-2.0 - (-2.0)"), ("(<a> + <a>)", "(-2.0 + (-2.0))"), (r"\frac{<a>}{<a>}", r"\frac{-2.0}{-2.0}")],
)
def test_a_number_below_0_has_parentheses_where_it_would_stand_behind_a_sign(text, written):
    assert re.sub("[⟨⟩]", "", numbers_in(text, lambda name: -2.0)) == written
