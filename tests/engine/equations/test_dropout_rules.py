"""Dropout: its masks, and the error that passes them on its way back."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine import Network
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
