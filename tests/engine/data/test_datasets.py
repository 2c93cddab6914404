import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.datasets import load_digits

from engine import DATASETS, InputError, Network, train
from engine.data import MOST_SAMPLES
from tests.together import together

every_dataset = pytest.mark.parametrize("dataset", DATASETS.values(), ids=DATASETS)
TABLES = {
    "xor": [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]],
    "and": [[0, 0, 0], [0, 1, 0], [1, 0, 0], [1, 1, 1]],
    "or": [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 1]],
    "three_points": [[-1, 0], [0, 1], [1, 1]],
}


@pytest.mark.parametrize("name", [record.name for record in DATASETS.values() if record.table])
def test_the_tables_are_those_of_the_books(name):
    assert np.column_stack(DATASETS[name].draw()).tolist() == TABLES[name]


@every_dataset
@pytest.mark.parametrize("size", [None, 2, 7, 500])
def test_rows_are_numbers_of_the_size_that_was_asked_for(dataset, size):
    x, y = dataset.draw(size, seed=3)
    assert len(x) == len(y) == (size or dataset.size)
    assert x.dtype == y.dtype == float
    assert np.isfinite(x).all()
    if dataset.picture:
        assert (x.shape[1], y.shape[1]) == (np.prod(dataset.picture), 10)
        assert (y.sum(axis=1) == 1).all()
        return
    assert y.shape[1] == 1
    assert x.shape[1] in (1, 2)
    if dataset.classes:
        assert set(y.ravel()) == {0, 1} or size == 2


@every_dataset
def test_the_seed_decides_and_noise_is_noise(dataset):
    one, same, other = (np.column_stack(dataset.draw(50, 0.3, seed)) for seed in (1, 1, 2))
    assert_array_equal(one, same)
    assert (one != other).any()
    if dataset.name != "blobs":
        order = np.column_stack(dataset.draw(50, 0.0, 1))
        if dataset.classes and not dataset.table and dataset.name != "spiral":
            order, one = (rows[np.lexsort(rows.round(12).T)] for rows in (order, one))
        assert (order != one).any()


@every_dataset
def test_both_classes_come_alike_often(dataset):
    if dataset.picture:
        assert_allclose(dataset.draw()[1].mean(axis=0), 0.1, atol=0.005)
    elif dataset.classes and not dataset.table:
        _, y = dataset.draw(100)
        assert y.mean() == 0.5


def test_the_digits_are_those_of_scikit_learn_each_once():
    x, y = DATASETS["digits"].draw(seed=4)
    pixels, classes = load_digits(return_X_y=True)
    order = np.lexsort((x * 16).T), np.lexsort(pixels.T)
    assert_array_equal(x[order[0]] * 16, pixels[order[1]])
    assert_array_equal(y.argmax(axis=1)[order[0]], classes[order[1]])
    with pytest.raises(InputError, match="2 to 1797"):
        DATASETS["digits"].draw(1798)


def test_curves_are_the_functions_plus_noise_of_that_size():
    x, y = DATASETS["sine"].draw(4000, 0.25, 1)
    assert_array_equal(DATASETS["sine"].draw(4000, 0.0)[1], np.sin(np.pi * x))
    assert (y - np.sin(np.pi * x)).std() == pytest.approx(0.25, rel=0.05)
    x, y = DATASETS["step"].draw(101)
    assert_array_equal(y, x > 0)


def test_the_spirals_are_each_other_turned():
    x, y = DATASETS["spiral"].draw(200, 0.0)
    assert np.abs(x[y[:, 0] == 0] + x[y[:, 0] == 1]).max() < 1e-12


WRONG = [
    ({"size": 1}, "number of samples"),
    ({"size": MOST_SAMPLES + 1}, "number of samples"),
    ({"size": 7.5}, "number of samples"),
    ({"noise": -0.1}, "noise"),
    ({"noise": float("nan")}, "noise"),
    ({"noise": 10.1}, "noise"),
    ({"noise": "much"}, "noise"),
    ({"seed": -1}, "seed"),
    ({"seed": 2**32}, "seed"),
]


@together({name: [(dataset, *wrong) for wrong in WRONG] for name, dataset in DATASETS.items()})
def test_what_cannot_be_drawn_is_told(dataset, wrong, words):
    with pytest.raises(InputError, match=words):
        dataset.draw(**wrong)


@every_dataset
def test_record_carries_its_words(dataset):
    assert DATASETS[dataset.name] is dataset
    assert all(text(lang) for text in (dataset.label, dataset.why) for lang in ("en", "zh"))
    assert dataset.why.en != dataset.why.zh


@every_dataset
def test_a_network_can_be_trained_on_it(dataset):
    x, y = dataset.draw()
    net = Network.random((x.shape[1], 8, y.shape[1]), ("tanh", "sigmoid" if dataset.classes else "linear"), seed=1)
    history = train(net, x, y, optimizer="adam", learning_rate=0.02, epochs=30, batch_size=16)
    assert history.loss[-1] < history.loss[0]
