"""The curves of activations."""

import numpy as np
import pytest

from engine import ACTIVATIONS
from visualizer.animation import curves


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_an_activation_of_one_number_has_a_curve_from_minus_four_to_four(name):
    activation = ACTIVATIONS[name]
    drawn = curves([name, name])
    if not activation.elementwise:
        assert drawn == {}
        return
    values = drawn[name]
    for share, at in ((0, -4.0), (16, 0.0), (20, 1.0), (32, 4.0)):
        assert np.isclose(values[share], float(activation.f(np.array([at]))[0]), atol=1e-3)
    assert len(values) == 33
