import numpy as np
import pytest

from engine import InputError, scores
from engine.training import classes


def test_two_classes_by_hand():
    found = scores([[0.9], [0.8], [0.3], [0.2], [0.7]], [[1], [1], [1], [0], [0]])
    assert found.confusion.tolist() == [[1, 1], [1, 2]]
    assert (found.accuracy, found.precision, found.recall, found.f1) == pytest.approx((3 / 5, 2 / 3, 2 / 3, 2 / 3))


def test_several_classes_count_the_same():
    y, said = np.eye(3)[[0, 0, 0, 1, 2]], np.eye(3)[[0, 0, 1, 1, 0]] * 0.4 + 0.1
    found = scores(said, y)
    assert found.confusion.tolist() == [[2, 1, 0], [0, 1, 0], [1, 0, 0]]
    assert found.accuracy == pytest.approx(3 / 5)
    assert found.precision == pytest.approx((2 / 3 + 1 / 2 + 0) / 3)
    assert found.recall == pytest.approx((2 / 3 + 1 + 0) / 3)
    assert found.f1 == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)


def test_a_class_that_is_never_named_has_shares_of_nothing():
    found = scores([[0.1], [0.2]], [[1], [0]])
    assert (found.precision, found.recall, found.f1) == (0, 0, 0)
    assert found.confusion.shape == (2, 2)


def test_the_threshold_may_be_another():
    assert classes([[-0.5], [0.5]], threshold=0.0).tolist() == [0, 1]
    assert scores([[-0.5], [0.5]], [[-1], [1]], threshold=0.0).accuracy == 1


def test_a_class_that_nobody_has_or_says_scores_nought():
    found = scores(np.eye(3)[[0, 0, 1]], np.eye(3)[[0, 1, 1]])
    np.testing.assert_allclose(found.by_class, [[1 / 2, 1, 2 / 3], [1, 1 / 2, 2 / 3], [0, 0, 0]])


def test_outputs_that_are_not_finite_have_no_scores():
    assert np.isnan(scores([[np.nan], [0.5]], [[1], [0]]).by_class).all()
    found = scores([[np.nan], [0.5]], [[1], [0]])
    assert np.isnan([found.accuracy, found.precision, found.recall, found.f1]).all()
    assert not found.confusion.any()


@pytest.mark.parametrize("y", [[[1]], [1, 0], [[1, 0], [0, 1]], [["a"], ["b"]]], ids=str)
def test_shapes_that_do_not_fit_are_told(y):
    with pytest.raises(InputError):
        scores([[0.5], [0.5]], y)
