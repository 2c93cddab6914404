import numpy as np
import pytest

from engine import DATASETS, LOSSES
from engine.training import SOLVED, constant_loss

TARGETS = {
    "one column": np.array([[0.0], [1.0], [1.0], [1.0]]),
    "three classes": np.eye(3)[[0, 1, 2, 2, 0]],
    "all the same": np.eye(3)[[1, 1]],
}


def of_classes(loss):
    return bool(loss.matched) and loss.matched.activation == "softmax"


@pytest.mark.parametrize(
    ("loss", "y"),
    [
        pytest.param(loss, y, id=f"{loss.name}-{name}")
        for loss in LOSSES.values()
        for name, y in TARGETS.items()
        if y.shape[1] > 1 or not of_classes(loss)  # probabilities of one class are all 1
    ],
)
def test_no_constant_answer_costs_less(loss, y):
    least = constant_loss(loss.name, y)
    assert least >= 0
    for seed in range(50):
        answer = np.random.default_rng(seed).dirichlet(np.ones(y.shape[1] + 1))[:-1] + 1e-9
        if of_classes(loss):
            answer /= answer.sum()
        cost = loss.value(np.broadcast_to(answer[:, np.newaxis], y.T.shape), y.T).sum(axis=0).mean()
        assert cost >= least


def test_the_measure_of_xor_is_that_of_the_published_count():
    assert SOLVED * constant_loss("squared_error", DATASETS["xor"].draw()[1]) == pytest.approx(0.01)
