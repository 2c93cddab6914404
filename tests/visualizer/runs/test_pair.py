"""Two runs in step: what differs between their settings and between their networks at an epoch."""

from dataclasses import replace

import numpy as np
import pytest

from engine.core import LANGUAGES
from engine.settings import Task
from tests.visualizer.labs import finish, paused
from visualizer.lab import OF_TABLE
from visualizer.points import CLASSES, START, Points, drawn_task
from visualizer.runs import apart, differing_rows, pair

MOONS = Task(data="moons", size=40, hidden=(5,), activations=("tanh", "sigmoid"), epochs=15, eta=0.5)


def run(task):
    lab = paused(task, 0)
    lab.play()
    return finish(lab).live.trial


def test_the_distance_is_that_of_the_two_networks_over_the_samples():
    both = run(MOONS), run(replace(MOONS, seed=5, epochs=9))
    x, _ = both[0].data
    for epoch in (0, 4, 15):
        first, second = (trial.network_at(min(epoch, trial.epochs)).predict(x) for trial in both)
        found = apart(both, epoch)
        assert found.largest == pytest.approx(np.abs(first - second).max())
        assert found.classed == ((first > 0.5) != (second > 0.5)).sum()
        assert found.samples == 40


def test_runs_about_other_samples_or_without_classes_are_told_apart():
    sine = run(replace(MOONS.with_data("sine"), epochs=5))
    assert apart((run(MOONS), run(replace(MOONS, noise=0.3))), 3) is None
    assert apart((sine, sine), 3) == (0.0, None, 64)


def test_of_a_diverged_run_it_is_not_said_that_its_samples_are_others(monkeypatch):
    trial = run(MOONS)
    monkeypatch.setattr(pair, "predicted", lambda network, x: np.full((len(x), 1), np.inf))
    assert apart((trial, trial), 3) == (None, None, 40)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_settings_that_differ_are_those_of_the_epoch(lang):
    lab = paused(MOONS, 4)
    lab.change(lambda task: replace(task, eta=0.1))
    lab.play()
    changed = finish(lab).live.trial
    both = run(MOONS), changed
    assert differing_rows(both, ("a", "b"), 2, lang) == []
    (row,) = differing_rows(both, ("a", "b"), 9, lang)
    assert list(row.values())[1:] == ["η = 0.5", "η = 0.1"]
    assert list(differing_rows(both, ("a", "a"), 9, lang)[0])[1:] == ["a", "a (2)"]


def test_moved_points_are_those_of_the_epoch():
    task = drawn_task(replace(MOONS, epochs=6), Points(CLASSES, START[CLASSES]))
    lab = paused(task, 3)
    lab.change(lambda now: drawn_task(now, Points(CLASSES, START[CLASSES][1:])), midway=OF_TABLE)
    lab.play()
    moved = finish(lab).live.trial
    both = run(task), moved
    assert apart(both, 2).largest == 0
    assert apart(both, 5) is None
    assert len(moved.as_at(2).data[0]) == 4
    assert moved.as_at(5) is moved
