"""Samples of a task: classes as columns, images as they lie on the shelf."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from engine import (
    InputError,
)
from engine.images import SHELF
from engine.settings import MNIST, OWN, Task, task_from_query, task_to_query
from tests.engine.digit_files import shelve
from tests.engine.settings.test_task import fitted

ROWS = "a;b;kind\n0;0,5;0\n1;2;1\n3;4;2"


def test_a_table_of_ones_own_becomes_classes_for_a_softmax():
    task = Task(OWN, rows=ROWS, activations=("tanh", "softmax"), loss="cross_entropy")
    task.check()
    assert_array_equal(task.samples()[1], np.eye(3))
    assert task.network().sizes == (2, 2, 3)
    assert task.classes
    assert not replace(task, activations=("tanh", "linear"), loss="mse").classes
    assert_array_equal(
        replace(task, targets="a, 2", activations=("tanh", "linear"), loss="mse").samples()[0].T, [[0, 1, 2]]
    )


def shelved(**changes):
    return replace(Task().with_data("digits"), data=MNIST, **{"images": shelve()} | changes)


def test_image_files_are_trained_in_float32_without_a_copy():
    task = shelved(held=20, epochs=2, hidden=(4, 4))
    task.check()
    history = fitted(task)
    whole = SHELF.get(task.images).x
    assert (len(history.data[0]), len(history.held_out[0]), len(task.test_set[0])) == (48, 12, 20)
    assert all(np.shares_memory(rows[0], whole) for rows in (history.data, history.held_out))
    assert history.network.theta.dtype == history.data[0].dtype == np.float32
    assert (task.picture, task.classes) == ((8, 8), True)
    assert len(replace(task, size=30).samples()[0]) == 30
    assert task_from_query(task_to_query(task)) == (task, [])


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"images": "none"}, "not on this server"), ({"size": 61}, "2 to 60"), ({"noise": 0.1}, "cannot have noise")],
)
def test_images_that_are_not_there_are_told(changes, words):
    task = shelved(**changes)
    with pytest.raises(InputError, match=words):
        task.check()
    left, problems = task_from_query(task_to_query(task))
    left.check()
    assert any(words in problem.sentence("en") for problem in problems)
    assert task.classes


@pytest.mark.parametrize("held", [0, 20, 50])
def test_inputs_are_standardised_by_the_samples_that_are_trained_on(held):
    rng = np.random.default_rng(3)
    x = np.column_stack((rng.normal(50, 9, 40), rng.uniform(0, 1e4, 40), rng.integers(0, 2, 40), np.full(40, 7.0)))
    rows = "\n".join(",".join(map(repr, row)) for row in np.column_stack((x, x[:, 2])).tolist())
    task = Task(data=OWN, rows=rows, targets="5", scaled=True, held=held, order=5, epochs=1)
    trained = fitted(task).data[0]
    assert len(trained) == 40 - round(0.4 * held)
    assert np.allclose(trained[:, :2].mean(axis=0), 0, atol=1e-12)
    assert np.allclose(trained[:, :2].std(axis=0), 1)
    scaled = task.samples()[0]
    assert np.array_equal(scaled[:, 2:], x[:, 2:])
    assert held == 0 or not np.allclose(scaled[:, :2].mean(axis=0), 0, atol=1e-6)
