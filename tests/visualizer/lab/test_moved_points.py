"""Points that are moved under a training: it goes on with them, is told so, and is trained again to the last bit."""

import json

import pytest
from numpy.testing import assert_array_equal

from engine.settings import Task
from tests.visualizer.labs import finish, paused
from visualizer.lab import OF_TABLE, Lab, lab_from_file, lab_from_query, lab_to_file, lab_to_query
from visualizer.points import CLASSES, START, Points, drawn_task
from visualizer.state import from_epoch

FIRST = Points(CLASSES, START[CLASSES])
TASK = drawn_task(Task(epochs=12, held=25, batch=2), FIRST)
MOVED = Points(CLASSES, ((0.9, 0.9, 0.0), *START[CLASSES][1:]))
MORE = Points(CLASSES, (*MOVED.points, (0.1, -0.9, 1.0), (0.2, 0.8, 0.0)))


def moved():
    lab = paused(TASK, 3)
    for points in (MOVED, MORE):
        lab.change(lambda task, points=points: drawn_task(task, points), midway=OF_TABLE)
        for _ in range(3):
            lab.one_epoch()
            finish(lab)
    return lab


def test_the_run_goes_on_with_the_points_as_they_are():
    now = moved().snapshot()
    trial = now.live.trial
    assert (now.kept, trial.epochs) == ((), 9)
    assert [segment.history.start for segment in trial.segments] == [0, 3, 6]
    assert_array_equal(trial.network_at(3).theta, trial.segments[1].history.network_at(3).theta)
    counts = [len(trial.data_at(epoch)[0]) for epoch in (0, 3, 6)]
    assert counts == [3, 3, 4]
    assert len(trial.data[0]) == 4
    assert set(trial.changes) == {3, 6}
    assert [0.9, 0.9] in trial.data_at(3)[0].tolist() + trial.segments[1].history.held_out[0].tolist()


def test_each_epoch_opens_with_the_samples_of_its_own_step():
    trial = moved().snapshot().live.trial
    for epoch in range(10):
        spec, _ = from_epoch(trial, epoch, "en")
        rows = trial.data_at(epoch)[0].tolist()
        assert all(list(x) in rows for x in spec.model.x)


@pytest.mark.parametrize("way", ["link", "file"])
def test_it_is_trained_again_to_the_last_bit(way):
    now = moved().snapshot()
    query, whole = lab_to_query(now)
    assert whole
    task, plans, problems = lab_from_query(query) if way == "link" else lab_from_file(lab_to_file(now))
    assert problems == []
    lab = Lab(task)
    lab.queue(plans, task)
    again = finish(lab)
    assert again.strays == ()
    trial = again.kept[0].trial if again.kept else again.live.trial
    assert_array_equal(trial.loss, now.live.trial.loss)
    assert_array_equal(trial.held_out_loss, now.live.trial.held_out_loss)


def test_points_that_the_network_does_not_fit_begin_another_run():
    lab = paused(TASK, 2)
    curve = Points("curve", START["curve"])
    lab.change(lambda task: drawn_task(task, curve), midway=OF_TABLE)
    assert (len(lab.snapshot().kept), lab.snapshot().live) == (1, None)


def test_a_pasted_table_begins_another_run_as_before():
    lab = paused(TASK, 2)
    lab.change(lambda task: drawn_task(task, MOVED))
    assert len(lab.snapshot().kept) == 1


def test_a_file_whose_points_do_not_fit_its_network_midway_is_refused():
    held = json.loads(lab_to_file(moved().snapshot()))
    held["runs"][0]["parts"][1][1]["rows"] = "a,b,c,y\n1,2,3,0\n4,5,6,1"
    _, plans, (problem,) = lab_from_file(json.dumps(held))
    assert plans == []
    assert "runs: cannot be read" in problem.sentence("en")
