import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.epochs import thinned


@given(st.integers(1, 5000), st.integers(0, 2**32 - 1), st.integers(10, 900))
def test_thinning_keeps_the_extremes_of_every_stretch_and_both_ends(count, seed, most):
    curve = np.random.default_rng(seed).normal(size=count).cumsum()
    at = thinned(curve, most)
    assert len(at) <= max(most, 2)
    assert (np.diff(at) > 0).all()
    assert {0, count - 1, int(curve.argmin()), int(curve.argmax())} <= set(at.tolist())


@pytest.mark.parametrize("count", [801, 5000, 100_000])
def test_a_single_peak_anywhere_survives(count):
    for peak in (1, count // 3, count - 2):
        curve = np.linspace(2, 1, count)
        curve[peak] = 9
        assert peak in thinned(curve)


def test_thinning_survives_what_is_not_finite():
    curve = np.full(2000, np.nan)
    curve[[5, 700]] = 1, np.inf
    assert {0, 5, 1999} <= set(thinned(curve).tolist())
