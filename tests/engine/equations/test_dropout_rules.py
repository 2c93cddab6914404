"""Dropout: its masks, and the error that passes them on its way back."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import Network, Ref
from engine.equations.dropout_rules import with_masks
from engine.equations.rules import BP2
from engine.passes import trace
from tests.engine.equations.test_layer_rules import X, Y, drawn


def test_masks_are_drawn_anew_for_each_update_and_come_again_with_their_key():
    net = drawn(dropout=0.5)
    masks = [trace(net, X, Y, "cross_entropy", mask_seed=key).value("mask", 1) for key in (0, (0, 1, 0), (0, 2, 0), 0)]
    assert_array_equal(masks[0], masks[3])
    assert (masks[0] != masks[1]).any()
    assert (masks[1] != masks[2]).any()
    assert (masks[0] != trace(net, X, Y, "cross_entropy").value("mask", 2)[:1]).any()
    wide = Network.random((1, 400, 1), ("relu", "linear"), dropout=0.3)
    mask = trace(wide, np.ones((200, 1)), np.ones(200)).value("mask", 1)
    assert mask.mean() == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(("activation", "slope"), [("tanh", lambda z: 1 - np.tanh(z) ** 2), ("linear", np.ones_like)])
def test_the_error_passes_the_mask_before_it_goes_through_the_activation(activation, slope):
    net = drawn(dropout=0.5, functions=(activation, activation, "softmax"))
    t = trace(net, X, Y, "cross_entropy", mask_seed=3)
    for l in (1, 2):
        arriving = t.value("W", l + 1).T @ t.value("delta", l + 1)
        assert_allclose(t.value("delta", l), arriving * t.value("mask", l) * slope(t.value("z", l)), rtol=1e-12)
        step = next(step for step in t.steps if step.address == f"bp2.{l}")
        assert Ref("mask", l) in step.reads
        assert r"<mask> \odot" in step.rule.tex


def test_an_error_that_is_sent_back_without_the_activation_passes_the_mask_too():
    t = trace(drawn(dropout=0.5), X, Y, "cross_entropy", mask_seed=3, mistakes=("no_slope",))
    for l in (1, 2):
        arriving = t.value("W", l + 1).T @ t.value("delta", l + 1)
        assert_allclose(t.value("delta", l), arriving * t.value("mask", l), rtol=1e-12)


@pytest.mark.parametrize("element", ["", "<W:j>", "[<W:j>]"])
def test_the_arithmetic_of_a_unit_has_the_mask_where_there_is_any(element):
    shown = {"": "", "<W:j>": r"<mask:j>\cdot <W:j>", "[<W:j>]": r"<mask:j>\cdot ([<W:j>])"}
    assert with_masks(replace(BP2, element=element)).element == shown[element]
