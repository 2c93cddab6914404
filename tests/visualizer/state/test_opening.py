from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import OPTIMIZERS, SCHEDULES, InputError, Network
from engine.passes import trace
from engine.settings import MNIST, Model, Task
from engine.studies import RunDriver
from tests.engine.digit_files import shelve
from tests.visualizer.trials import trial_of
from visualizer.state import from_epoch, from_image, left_out, spec_to_query, started
from visualizer.state.view import spec_from_query

MOONS = Task("moons", 40, hidden=(5,), activations=("tanh", "sigmoid"), loss="binary_cross_entropy", epochs=6, eta=0.01)


def done(task):
    training = RunDriver(task)
    while training.advance(1):
        pass
    return training.trial


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_stage_makes_the_very_update_that_the_training_made(optimizer):
    trial = done(replace(MOONS, optimizer=optimizer))
    spec, size = from_epoch(trial, 3, "en")
    assert size == 40
    assert_array_equal(spec.model.network().theta, trial.network_at(3).theta)
    assert_allclose(spec.model.trace().network.theta, trial.network_at(4).theta, rtol=1e-12)


def test_the_batch_is_the_next_one_and_at_most_as_large_as_the_stage_takes():
    trial = done(replace(MOONS, size=300, batch=100, noise=0.0))
    spec, size = from_epoch(trial, 2, "zh")
    assert (size, len(spec.model.x)) == (100, 64)
    assert_array_equal(np.array(spec.model.x), trial.data[0][trial.batches(3)[0][:64]])
    assert spec.view.lang == "zh"
    spec.model.check()


TECHNIQUES = [
    {"regularizer": "l2", "strength": 0.1},
    {"clip": "norm", "clip_at": 0.01},
    {"batch_norm": True},
    {"dropout": 0.5},
    {"batch_norm": True, "dropout": 0.2, "regularizer": "l1", "clip": "value", "clip_at": 0.02, "batch": 10},
]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("changes", TECHNIQUES, ids=str)
def test_the_techniques_go_with_it_and_the_numbers_are_those_of_the_training(changes, optimizer):
    trial = done(replace(MOONS, optimizer=optimizer, **changes))
    spec, size = from_epoch(trial, 3, "en")
    spec.model.check()
    task, rows = trial.task, trial.batches(4)[0]
    x, y = (values[rows] for values in trial.data)
    beside = {**task.options._asdict(), "mask_seed": (task.order, 4, 0)}
    theirs = trace(trial.network_at(3), x, y, task.loss, optimizer, task.rate(4), trial.state_at(3), **beside)
    ours = spec.model.trace()
    assert [step.address for step in ours.steps] == [step.address for step in theirs.steps]
    for step in theirs.steps:
        for name in step.writes:
            assert_allclose(ours.value(*name), theirs.value(*name), rtol=1e-12, atol=1e-300, err_msg=step.address)
    if len(trial.batches(4)) == 1:
        assert_allclose(ours.network.theta, trial.network_at(4).theta, rtol=1e-12)
        after = replace(spec.model, iteration=3).trace()  # the masks of the next epochs too
        assert_allclose(after.network.theta, trial.network_at(6).theta, rtol=1e-9)
    assert left_out(task, size) == ()


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("epoch", [0, 3])
def test_the_rate_is_that_of_the_epoch(schedule, epoch):
    trial = done(replace(MOONS, schedule=schedule))
    spec, _ = from_epoch(trial, epoch, "en")
    assert_allclose(spec.model.trace().network.theta, trial.network_at(epoch + 1).theta, rtol=1e-12)


def test_what_the_stage_cuts_off_is_said():
    assert left_out(MOONS, 64) == ()
    assert len(left_out(MOONS, 65)) == 1
    assert len(left_out(replace(MOONS, dropout=0.5), 65)) == len(left_out(replace(MOONS, batch_norm=True), 65)) == 2


def test_a_link_carries_the_memory_too():
    spec, _ = from_epoch(done(replace(MOONS, optimizer="adam", size=4, batch_norm=True, dropout=0.5)), 6, "en")
    again, problems = spec_from_query(spec_to_query(spec), "en")
    assert (again, problems) == (spec, [])


def test_a_training_starts_from_what_is_on_the_stage_and_comes_back_to_it():
    network = Network.random((2, 3, 1), ("relu", "sigmoid"), seed=6)
    model = replace(Model.drawn((2, 3, 1), ("relu", "sigmoid"), "zeros", 0), loss="binary_cross_entropy", iteration=2)
    model = replace(model.edited(network), iteration=2)
    task = started(replace(MOONS, batch_norm=True), model)
    assert (task.hidden, task.activations, task.loss, task.data) == ((3,), ("relu", "sigmoid"), model.loss, "moons")
    assert_array_equal(task.network().theta, model.trace().given.theta)
    spec, _ = from_epoch(done(task), 0, "en")
    assert_array_equal(spec.model.network().theta, model.trace().given.theta)


def test_a_network_that_does_not_fit_the_data_is_answered_with_what_would():
    with pytest.raises(InputError, match="Expected: 2 inputs and 1 outputs for these data; got: 2-2-2"):
        started(MOONS, Model.of_example("mazur"))


def test_any_image_opens_with_its_pixels_and_the_memory_of_the_epoch():
    trial = trial_of("digits")
    x, y = trial.held_out
    spec = from_image(trial, 5, x[3], int(y[3].argmax()), "zh")
    spec.model.check()
    assert (spec.view.pixels, spec.view.lang, len(spec.model.x)) == (8, "zh", 1)
    assert_array_equal(spec.model.x[0], x[3])
    assert_array_equal(spec.model.y[0], y[3])
    assert_array_equal(spec.model.network().theta, trial.network_at(5).theta)
    kept = trace(trial.network_at(5), x[3], y[3], "cross_entropy")
    assert_allclose(spec.model.trace().input_gradient, kept.input_gradient, rtol=1e-12)
    assert from_epoch(trial, 5, "en")[0].view.pixels == 8
    assert from_epoch(done(MOONS), 3, "en")[0].view.pixels == 0


def test_an_image_file_opens_in_full_precision():
    task = replace(Task().with_data("digits"), data=MNIST, images=shelve(), hidden=(4, 4), epochs=1)
    trial = done(task)
    spec = from_image(trial, 1, task.test_set[0][0], 3, "en")
    spec.model.check()
    assert spec.model.network().theta.dtype == float
    assert_allclose(spec.model.network().theta, trial.network_at(1).theta)
