from dataclasses import replace

import pytest

from engine.core import LANGUAGES
from engine.settings import Task
from engine.studies import RunDriver
from visualizer.runs import ending

XOR = Task(eta=2.0, epochs=300)
HELD = Task(data="moons", noise=0.4, held=40, hidden=(8,), optimizer="adam", eta=0.05, epochs=400)


def trained(task, most=None):
    driver = RunDriver(task)
    driver.advance(60, most)
    return driver.trial


@pytest.mark.parametrize("task", [XOR, HELD], ids=["training loss", "validation loss"])
def test_a_target_names_the_loss_that_reached_it(task):
    whole = trained(replace(task, epochs=60))
    curve = whole.loss if whole.held_out_loss is None else whole.held_out_loss
    target = float(sorted(curve)[30])
    trial = trained(replace(task, epochs=60, target_loss=target))
    first = next(epoch for epoch, loss in enumerate(curve) if epoch and loss <= target)
    assert (trial.stopped, trial.epochs) == ("target", first)
    said = ending(trial, "en")
    assert said.startswith(f"Ended after epoch {first}: the {'validation' if task.held else 'training'} loss of ")
    assert f"{target:.4g}" in said


def test_early_stopping_says_what_it_waited_for_and_where_the_best_was():
    trial = trained(replace(HELD, patience=15, min_improvement=0.02))
    curve, last = trial.held_out_loss, trial.epochs
    assert trial.stopped == "plateau"
    assert last < HELD.epochs
    counted, best = curve[last - 15], int(curve[1:].argmin()) + 1
    assert (curve[last - 14 :] >= 0.98 * counted).all()
    said = ending(trial, "en")
    words = f"Early stopping after epoch {last}: for 15 epochs the validation loss has not fallen by more than 2 % of "
    assert said.startswith(f"{words}{counted:.4g}")
    assert f"lowest after epoch {best}, at {curve[best]:.4g}" in said


def test_divergence_names_the_quantity():
    trial = trained(Task(data="sine", activations=("relu", "linear"), loss="mse", eta=1e5, init="he_normal"))
    assert trial.stopped == "diverged"
    assert ending(trial, "en").startswith(f"Diverged in epoch {trial.epochs}: ")
    assert "发散" in ending(trial, "zh")


def test_one_that_was_not_ended_by_a_rule_says_how_far_it_came():
    assert ending(trained(XOR), "en") == "All 300 epochs are done."
    assert ending(trained(XOR, most=20), "en") == "Stopped after 20 of 300 epochs."
    assert {ending(trained(XOR, most=20), lang) for lang in LANGUAGES} > {"共 300 轮，在第 20 轮后停止。"}


def test_each_segment_of_a_changed_run_begins_to_wait_anew():
    driver = RunDriver(replace(HELD, patience=15, min_improvement=0.02))
    driver.advance(60)
    before = driver.trial.epochs
    driver.change(replace(driver.task, eta=1e-6))
    driver.advance(60)
    assert (driver.trial.stopped, driver.trial.epochs) == ("plateau", before + 16)
