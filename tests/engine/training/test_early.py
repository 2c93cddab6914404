import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from engine.options import StopOptions, stopping_of
from engine.training.early import REASONS, StopWatch

LOSSES = st.lists(st.floats(-2, 2), min_size=1, max_size=40)
RULES = st.builds(
    stopping_of,
    target_loss=st.none() | st.floats(-1, 1),
    patience=st.none() | st.integers(1, 6),
    min_improvement=st.sampled_from([0.0, 1e-4, 0.1, 0.9]),
)


def first_end(losses, rules):
    """The first epoch, from 1, at which a curve ends, and why: as one would do it by hand."""
    best, since = None, 0
    for epoch, loss in enumerate(losses, 1):
        if best is None or best - loss > rules.min_improvement * abs(best):
            best, since = loss, 0
        else:
            since += 1
        if rules.target_loss is not None and loss <= rules.target_loss:
            return epoch, "target"
        if rules.patience is not None and since >= rules.patience:
            return epoch, "plateau"
    return None


@given(st.lists(LOSSES, min_size=1, max_size=4), RULES)
def test_each_run_of_a_stack_ends_where_it_would_alone(curves, rules):
    length = max(map(len, curves))
    stacked = np.array([curve + [curve[-1]] * (length - len(curve)) for curve in curves])
    watch, found = StopWatch(rules, runs=len(curves)), {}
    for epoch, losses in enumerate(stacked.T, 1):
        for k, reason in enumerate(REASONS[watch.reasons(losses, epoch)]):
            if reason and k not in found:
                found[k] = epoch, str(reason)
    assert found == {k: end for k, curve in enumerate(stacked) if (end := first_end(curve.tolist(), rules))}


def test_it_counts_from_where_a_run_goes_on():
    watch = StopWatch(stopping_of(patience=2), start=100)
    assert [str(REASONS[watch.reasons(np.ones(1), epoch)][0]) for epoch in (101, 102, 103)] == ["", "", "plateau"]
    assert_array_equal(watch.best_epoch, [101])


@pytest.mark.parametrize("name", StopOptions.__annotations__)
def test_nothing_ends_without_rules(name):
    watch = StopWatch(stopping_of(**{name: stopping_of()._asdict()[name]}), runs=3)
    assert not any(watch.reasons(np.full(3, -9.0), epoch).any() for epoch in range(1, 50))
