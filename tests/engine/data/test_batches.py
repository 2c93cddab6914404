import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine.data import Batches, batches, hold_out

X = np.arange(20.0).reshape(10, 2)
Y = X[:, :1] * 10


def drawn(size, shuffle=True, seed=3):
    return Batches(X, Y, size, shuffle, seed)


@pytest.mark.parametrize("size", [1, 3, 4, 5, 10, 99])
@pytest.mark.parametrize("shuffle", [True, False])
def test_every_sample_comes_once_in_an_epoch_in_batches_of_the_sizes_that_are_told(size, shuffle):
    data = drawn(size, shuffle)
    for epoch in range(1, 4):
        rows = data.indices(epoch)
        assert sorted(np.concatenate(rows)) == list(range(10))
        assert {len(part) for part in rows} == data.sizes
        assert [len(part) for part in rows[:-1]] == [data.size] * (len(rows) - 1)
    assert data.whole == (size >= 10)


@pytest.mark.parametrize("size", [1, 3, 10])
@pytest.mark.parametrize("gathered", [1, 7, 65_536])
def test_the_rows_of_an_epoch_are_those_of_its_indices(size, gathered, monkeypatch):
    monkeypatch.setattr(batches, "_GATHERED", gathered)
    data = drawn(size)
    for rows, (x, y) in zip(data.indices(2), data.of_epoch(2), strict=True):
        assert_array_equal(x, X[rows])
        assert_array_equal(y, Y[rows])


def test_the_order_depends_on_the_seed_and_on_the_epoch_alone():
    first, second = (np.concatenate(drawn(3).indices(epoch)) for epoch in (1, 2))
    assert_array_equal(first, np.concatenate(drawn(4).indices(1)))
    assert (first != second).any()
    assert (first != np.concatenate(drawn(3, seed=4).indices(1))).any()


def test_in_the_given_order_nothing_is_copied():
    for x, y in drawn(4, shuffle=False).of_epoch(1):
        assert np.shares_memory(x, X)
        assert np.shares_memory(y, Y)


@pytest.mark.parametrize(("share", "count"), [(0.001, 1), (0.25, 2), (0.5, 5), (0.999, 9)])
def test_held_out_rows_are_a_share_of_all_in_their_order_and_something_stays(share, count):
    (kept, _), (held, targets) = hold_out((X, Y), share, seed=1)
    assert len(held) == count
    assert sorted(np.concatenate((kept, held))[:, 0]) == X[:, 0].tolist()
    assert (np.diff(kept[:, 0]) > 0).all()
    assert (np.diff(held[:, 0]) > 0).all()
    assert_array_equal(targets, held[:, :1] * 10)
    assert_array_equal(held, hold_out((X, Y), share, seed=1)[1][0])
