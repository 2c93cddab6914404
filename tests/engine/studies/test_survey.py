from dataclasses import replace
from importlib import import_module

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import InputError
from engine.settings import Task
from engine.studies import MOST_RATES, MOST_SEEDS, RunDriver, survey
from engine.studies.survey import MOST_KEPT

CURVE = Task(data="sine", size=20, hidden=(3,), activations=("tanh", "linear"), init="xavier_uniform", epochs=30)


def surveyed(*settings, **more):
    *_, last = survey(*settings, **more)
    return last.survey


def alone(task):
    training = RunDriver(task)
    while training.advance(1.0):
        pass
    return training.trial


@pytest.mark.parametrize(
    "task",
    [
        replace(CURVE, regularizer="l2", clip="norm", clip_at=0.1, schedule="cosine"),
        replace(CURVE, batch_norm=True, dropout=0.4, batch=5),
        CURVE,
        replace(CURVE, batch=7),
        replace(CURVE, held=30, optimizer="adam", batch=5),
        replace(Task(), epochs=1000),
    ],
    ids=["techniques", "modes", "full", "batches", "held out", "xor"],
)
def test_every_run_is_a_training_of_its_own(task):
    seeds, rates = (3, 1, 4), (0.1, 0.02)
    made = surveyed(task, seeds, rates)
    assert (made.rates, made.seeds, made.losses.shape) == (rates, seeds, (2, 3, len(made.epochs)))
    for i, rate in enumerate(rates):
        for j, seed in enumerate(seeds):
            trial = alone(replace(task, eta=rate, seed=seed))
            assert_allclose(made.losses[i, j], trial.loss[made.epochs], rtol=1e-9, atol=1e-12)
    assert_array_equal(made.final, made.losses[:, :, -1])


@pytest.mark.parametrize(("epochs", "kept"), [(1, 2), (38, 39), (39, 40), (1000, 40), (1001, 40)])
def test_a_bounded_number_of_losses_is_kept_from_the_first_to_the_last(epochs, kept, monkeypatch):
    assert MOST_KEPT == 400
    monkeypatch.setattr(import_module("engine.studies.survey"), "MOST_KEPT", 40)  # a function has that name too
    made = surveyed(Task(epochs=epochs), [1], [0.2])
    assert len(made.epochs) == kept
    assert (made.epochs[0], made.epochs[-1]) == (0, epochs)
    assert (np.diff(made.epochs) > 0).all()


def test_the_first_seeds_of_the_published_demonstration():
    made = surveyed(Task(), range(24), [0.2])
    x, y = Task().samples()
    for seed in (1, 5):
        trial = alone(Task(seed=seed))
        outputs = trial.network_at(10_000).predict(x)
        assert made.final[0, seed] == pytest.approx(trial.loss[-1], rel=1e-6)
        assert made.right[0, seed] == ((outputs > 0.5) == (y > 0.5)).all()
    assert made.solved_below == pytest.approx(0.01)
    assert made.final[0, 1] == pytest.approx(0.170681, abs=1e-6)
    assert (made.solved * 24).round().tolist() == [14]
    assert (made.all_right * 24).round().tolist() == [14]


def test_more_networks_than_a_portion_holds_stay_in_order():
    task = Task(epochs=3)
    made, some = surveyed(task, range(100), [0.2, 0.5]), surveyed(task, [99, 7], [0.5])
    assert_allclose(made.losses[1, [99, 7]], some.losses[0], rtol=1e-12)


def test_what_diverges_is_said_and_leaves_the_others_alone():
    made = surveyed(replace(CURVE, epochs=300), range(3), [0.05, 50.0])
    assert made.diverged.tolist() == [[False] * 3, [True] * 3]
    assert np.isfinite(made.losses[0]).all()
    assert np.isfinite(made.losses[1, :, 0]).all()
    assert made.solved[1] == 0


def test_targets_that_are_no_classes_have_no_right_side():
    made = surveyed(CURVE, [0], [0.1])
    assert made.right is None
    assert made.all_right is None
    assert surveyed(CURVE, [0], [0.1], solved_below=10.0).solved.tolist() == [1.0]


def test_several_classes_are_right_where_the_largest_output_is():
    task = Task("blobs", 40, 0.1, hidden=(4,), activations=("tanh", "softmax"), loss="cross_entropy", epochs=200)
    assert surveyed(task, range(3), [0.5]).all_right.tolist() == [1.0]


def test_progress_never_goes_back_and_whoever_has_enough_can_stop():
    steps = survey(Task(epochs=250), range(70), [0.2, 0.3])
    first = next(steps)
    assert first.survey is None
    assert 0 < first.share < 0.5
    steps.close()
    shares = [step.share for step in survey(Task(epochs=250), range(70), [0.2, 0.3])]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len(shares) > 10


@pytest.mark.parametrize(
    ("task", "seeds", "rates", "words"),
    [
        (Task(), range(MOST_SEEDS + 1), [0.1], "seeds"),
        (Task(), [], [0.1], "seeds"),
        (Task(), [1, 1], [0.1], "seeds"),
        (Task(), [-1], [0.1], "seeds"),
        (Task(), [0.5], [0.1], "seeds"),
        (Task(), None, [0.1], "seeds"),
        (Task(), [1], np.linspace(0.1, 1, MOST_RATES + 1), "rates"),
        (Task(), [1], [], "rates"),
        (Task(), [1], [-0.1], "rate"),
        (Task(), [1], ["x"], "rate"),
        (Task(hidden=(0,)), [1], [0.1], "layer sizes"),
        (Task(data="spiral", hidden=(100,), size=1000), range(256), [0.1], "too long. Expected: at most"),
        (Task(data="spiral", size=10_000, batch=1, epochs=100_000), range(9), [0.1], "too long"),
    ],
    ids=str,
)
def test_what_cannot_be_surveyed_is_told_at_once(task, seeds, rates, words):
    with pytest.raises(InputError, match=words):
        survey(task, seeds, rates)


def test_a_limit_must_be_a_number():
    with pytest.raises(InputError, match="limit"):
        survey(Task(), [1], [0.1], solved_below=float("nan"))


def test_there_is_something_to_look_at_before_the_first_portion_is_done(monkeypatch):
    monkeypatch.setattr(import_module("engine.studies.survey"), "_FIRST_LOOK", 0.0)
    task = replace(CURVE, epochs=300)
    steps = list(survey(task, range(100), [0.1, 0.02]))
    first = next(step for step in steps if step.so_far)
    assert first.share < 0.2
    assert first.so_far.epochs[-1] < 300
    assert first.so_far.losses.shape[:2] == (2, len(first.so_far.seeds))
    whole = steps[-1].survey
    for step in steps:
        if step.so_far:
            seeds, epochs = len(step.so_far.seeds), len(step.so_far.epochs)
            assert_array_equal(step.so_far.losses, whole.losses[:, :seeds, :epochs])
            assert_array_equal(step.so_far.epochs, whole.epochs[:epochs])
    assert steps[-2].so_far.seeds == tuple(range(96))
