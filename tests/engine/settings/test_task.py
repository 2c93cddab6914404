from dataclasses import replace

import pytest
from numpy.testing import assert_array_equal

from engine import (
    CLIPS,
    DATASETS,
    OPTIMIZERS,
    REGULARIZERS,
    SCHEDULES,
    InputError,
    train,
)
from engine.settings import MNIST, OWN, Task, differences, task_from_query, task_to_query

SPIRAL = Task("spiral", hidden=(4,), activations=("tanh", "sigmoid"), loss="binary_cross_entropy", epochs=5)


def fitted(task, last=None):
    *_, epoch = task.fit(task.network(), 0, last or task.epochs, None)
    return epoch.history


def test_the_default_is_the_published_demonstration():
    history = fitted(Task(), 1000)
    assert history.loss[-1] == pytest.approx(0.245325, abs=5e-7)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_task_is_trained_as_train_does_it(optimizer):
    task = replace(SPIRAL, optimizer=optimizer, eta=0.01, batch=16, held=20, order=3)
    x, y = task.samples()
    settings = {"batch_size": 16, "seed": 3, "record": "full", "validation": 0.2}
    alone = train(task.network(), x, y, task.loss, optimizer, 0.01, 5, **settings)
    assert_array_equal(fitted(task).loss, alone.loss)
    assert_array_equal(fitted(task).network.theta, alone.network.theta)


TECHNIQUES = [
    *({"schedule": name} for name in SCHEDULES),
    *({"regularizer": name, "strength": 0.02} for name in REGULARIZERS),
    *({"clip": name, "clip_at": 0.1} for name in CLIPS),
]


@pytest.mark.parametrize("changes", TECHNIQUES, ids=str)
def test_techniques_are_handed_on_to_the_training(changes):
    task = replace(SPIRAL, batch=16, **changes)
    x, y = task.samples()
    alone = train(task.network(), x, y, task.loss, "sgd", 0.2, 5, batch_size=16, record="full", **changes)
    assert_array_equal(fitted(task).network.theta, alone.network.theta)


def test_hidden_layers_are_normalized_and_drop():
    network = replace(SPIRAL, batch_norm=True, dropout=0.3).with_hidden((4, 3)).network()
    assert [layer.batch_norm is not None for layer in network.layers] == [True, True, False]
    assert [layer.dropout for layer in network.layers] == [0.3, 0.3, 0]


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_part_of_a_training_has_the_schedule_of_the_whole(schedule):
    task = replace(SPIRAL, schedule=schedule, epochs=8)
    first = fitted(task, 3)
    *_, last = task.fit(first.network, 3, 8, first.state)
    assert_array_equal(last.network.theta, fitted(task).network.theta)
    assert_array_equal(fitted(replace(task, epochs=3, span=8)).network.theta, first.network.theta)
    rates = [SCHEDULES[schedule].factor(t, 8) * task.eta for t in range(8)]
    assert [task.rate(epoch) for epoch in range(1, 10)] == [*rates, rates[-1]]


@pytest.mark.parametrize("data", DATASETS)
def test_every_data_set_gets_an_output_that_suits_it(data):
    task = SPIRAL.with_data(data)
    task.check()
    assert (task.activations[-1] == "linear") != DATASETS[data].classes
    assert task.with_data("spiral").activations[-1] == "sigmoid"


def test_hidden_layers_come_and_go_with_their_activations():
    assert SPIRAL.with_hidden((3, 3, 2)).activations == ("tanh", "tanh", "tanh", "sigmoid")
    assert SPIRAL.with_hidden(()).activations == ("sigmoid",)
    SPIRAL.with_hidden(()).check()


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"epochs": 0}, "epochs"),
        ({"epochs": 100_001}, "epochs"),
        ({"held": 91}, "validation split"),
        ({"batch": -1}, "batch"),
        ({"eta": float("nan")}, "learning rate"),
        ({"optimizer": "none"}, "optimizer"),
        ({"data": "none"}, "data set"),
        ({"size": 1}, "samples"),
        ({"hidden": (2000,), "activations": ("tanh", "sigmoid")}, "layer sizes"),
        ({"hidden": (2,) * 12, "activations": ("tanh",) * 13}, "layer sizes"),
        ({"hidden": (2, 2)}, "activation"),
        ({"schedule": "x"}, "schedule"),
        ({"regularizer": "x"}, "regularizer"),
        ({"strength": -1.0}, "strength"),
        ({"clip": "x"}, "clipping"),
        ({"clip": "norm", "clip_at": 0.0}, "clipping threshold"),
        ({"dropout": 1.0}, "dropout"),
        ({"span": -1}, "epochs"),
        ({"batch_norm": True, "batch": 3}, "one sample"),
        ({"batch_norm": True, "batch": 1}, "one sample"),
        ({"batch_norm": True, "held": 75}, "one sample"),
        ({"loss": "cross_entropy"}, "softmax"),
        ({"data": OWN, "rows": ""}, "not a table"),
        ({"data": OWN, "rows": '"1,234",2'}, "two ways"),
        ({"data": OWN, "rows": "1,2", "decimal": "."}, "unknown decimal sign. Expected: point, comma"),
        ({"data": OWN, "rows": "1,2", "targets": "²"}, "no such column"),
        ({"data": OWN, "rows": "1,2", "targets": "1" * 5000}, "no such column"),
        ({"data": OWN, "rows": "1,2\n3,4.5", "activations": ("tanh", "softmax")}, "class labels"),
    ],
)
def test_what_cannot_be_done_is_said(changes, part):
    with pytest.raises(InputError, match=part):
        replace(Task(), **changes).check()


def test_differences_are_named():
    assert differences([SPIRAL, replace(SPIRAL, eta=0.5, seed=9), SPIRAL]) == ("seed", "eta")
    assert differences([SPIRAL]) == ()


@pytest.mark.parametrize("batch_norm", [False, True])
def test_a_training_starts_from_given_weights(batch_norm):
    other = replace(SPIRAL, seed=8).network().theta
    task = replace(SPIRAL, net=tuple(other.tolist()), batch_norm=batch_norm, batch=20)
    assert_array_equal(task.network().theta[: other.size], other)
    assert task_from_query(task_to_query(task)) == (task, [])
    for drawn in (task.drawn(), task.with_hidden((3,)), task.with_data("moons")):
        assert drawn.net == ()
        drawn.check()


def test_given_weights_have_to_fit():
    with pytest.raises(InputError, match=r"given weights do not fit\. Expected: 17 numbers, or none; got: 2"):
        replace(SPIRAL, net=(1.0, 2.0)).check()
    task, problems = task_from_query({"data": "spiral", "net": "1_2"})
    assert task.net == ()
    assert len(problems) == 1


def test_images_choose_settings_that_suit_them_and_keep_those_of_other_images():
    digits = SPIRAL.with_data("digits")
    assert (digits.picture, digits.network().sizes) == ((8, 8), (64, 128, 128, 10))
    assert (digits.optimizer, digits.eta, digits.batch, digits.epochs) == ("adam", 0.002, 32, 10)
    narrow = replace(digits, hidden=(5, 5)).with_data(MNIST)
    assert (narrow.data, narrow.hidden) == (MNIST, (5, 5))
    assert SPIRAL.picture is None
    assert digits.with_data("sine").activations[-1] == "linear"
