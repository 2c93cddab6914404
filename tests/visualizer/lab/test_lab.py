import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace

import pytest
from numpy.testing import assert_array_equal

from engine import InputError
from engine.settings import Task
from tests.visualizer.labs import SHORT, finish, paused, take, trained
from visualizer.lab import Lab, QueuedRun, lab_from_file, lab_from_query, lab_to_file, lab_to_query
from visualizer.lab.entries import MOST_RUNS
from visualizer.lab.plans import MOST_PARTS, queued_run


def test_a_training_is_played_to_its_end_and_goes_on_for_as_long_again():
    lab = trained()
    now = lab.snapshot()
    assert (now.live.trial.epochs, now.done, now.playing) == (20, 20, False)
    lab.play()
    assert finish(lab).done == lab.snapshot().task.epochs == 40


def test_single_epochs_stop_after_each_and_at_the_end():
    lab = Lab(replace(SHORT, epochs=2))
    for epochs in (1, 2, 2):
        lab.one_epoch()
        now = finish(lab)
        assert (now.done, now.playing) == (epochs, False)


def test_rate_and_optimizer_change_on_the_way_and_anything_else_keeps_the_run():
    lab = paused(SHORT, 5)
    take(lab, eta=1.0)
    lab.play()
    assert finish(lab).live.trial.changes == {5: {"eta": 1.0}}
    take(lab, seed=2)
    now = lab.snapshot()
    assert (now.live, [run.trial.epochs for run in now.runs]) == (None, [20])
    assert_array_equal(now.kept[0].trial.network_at(0).theta, SHORT.network().theta)


def test_penalty_clipping_and_schedule_change_on_the_way():
    lab = paused(SHORT, 5)
    changes = {"schedule": "cosine", "regularizer": "l2", "strength": 0.1, "clip": "norm", "clip_at": 0.5}
    take(lab, **changes)
    lab.play()
    now = finish(lab)
    assert now.live.trial.changes == {5: changes}
    assert len(now.runs) == 1


def test_an_unfinished_run_is_trained_again_with_the_schedule_that_it_had():
    (run,) = paused(replace(SHORT, schedule="cosine"), 7).snapshot().runs
    again = Lab()
    again.queue([queued_run(run)])
    assert_array_equal(finish(again).live.trial.loss, run.trial.loss)


def test_a_change_that_does_not_work_changes_nothing():
    lab = trained()
    before = lab.snapshot()
    with pytest.raises(InputError):
        take(lab, eta=-1.0)
    assert lab.snapshot() == before


def test_a_run_is_changed_no_more_often_than_a_link_can_say():
    lab = Lab(replace(SHORT, epochs=1000))
    for i in range(MOST_PARTS - 1):
        lab.one_epoch()
        lab.advance(60)
        take(lab, eta=1.0 + i)
    before = lab.snapshot()
    with pytest.raises(InputError, match="keep it"):
        take(lab, eta=0.1)
    assert lab.snapshot() == before
    _, plans, problems = lab_from_file(lab_to_file(before))
    assert (problems, len(plans), len(before.current.parts)) == ([], 1, MOST_PARTS)
    take(lab, seed=5)
    assert len(lab.snapshot().kept) == 1


def test_settings_that_changed_before_an_epoch_are_no_part_of_a_run():
    lab = Lab(SHORT)
    lab.play()
    take(lab, eta=0.5)
    take(lab, eta=0.7)
    assert lab.snapshot().current.parts == ((0, replace(SHORT, eta=0.7)),)
    assert lab_from_query(lab_to_query(lab.snapshot())[0])[2] == []
    lab.one_epoch()
    finish(lab)
    take(lab, eta=0.5)
    take(lab, eta=0.6)
    assert [start for start, _ in lab.snapshot().current.parts] == [0, 1]


def test_fewer_epochs_than_done_make_it_stand_still():
    lab = paused(SHORT, 15)
    lab.play()
    take(lab, epochs=10)
    now = lab.snapshot()
    assert (now.playing, now.done) == (False, 15)


def test_a_queue_is_trained_one_after_the_other_and_keeps_what_there_was():
    lab = trained()
    lab.queue([QueuedRun(((0, replace(SHORT, eta=rate)),), name) for rate, name in ((0.1, "slow"), (1.0, ""))])
    now = finish(lab)
    assert [run.name for run in now.runs] == ["", "slow", ""]
    assert [run.colour for run in now.runs] == [0, 1, 2]
    assert now.task.eta == 1.0


def test_what_makes_room_or_is_taken_away_can_be_brought_back():
    lab = trained()
    lab.keep()
    lab.play()
    before = finish(lab).runs
    lab.queue([QueuedRun(((0, SHORT),))], alone=True)
    finish(lab)
    assert (lab.snapshot().removed, len(lab.snapshot().runs)) == (before, 1)
    lab.bring_back()
    assert lab.snapshot().runs[:2] == before
    for take_away in (lab.reset, lambda: lab.remove(0)):
        runs = lab.snapshot().runs
        take_away()
        (gone,) = lab.snapshot().removed
        assert set(map(id, [*lab.snapshot().runs, gone])) >= set(map(id, lab.snapshot().kept))
        assert sorted([*lab.snapshot().runs, gone], key=lambda run: run.colour) == list(runs)
        take_away()  # a second press has nothing to take away, and forgets nothing
        assert lab.snapshot().removed == (gone,)
        lab.bring_back()
        assert lab.snapshot().runs == runs


def test_no_more_runs_than_there_is_room_for():
    lab = trained(replace(SHORT, epochs=1))
    lab.queue([QueuedRun(((0, replace(SHORT, epochs=1)),))] * (MOST_RUNS - 1))
    finish(lab)
    lab.keep()
    before = lab.snapshot()
    with pytest.raises(InputError, match="at most 50"):
        lab.play()
    with pytest.raises(InputError):
        lab.queue([QueuedRun(((0, SHORT),))])
    lab.remove(7)
    lab.play()
    with pytest.raises(InputError):
        lab.bring_back()
    assert (len(before.kept), lab.snapshot().removed) == (MOST_RUNS, (before.kept[7],))


@pytest.mark.parametrize(("live", "room"), [(False, MOST_RUNS), (True, MOST_RUNS - 1)])
def test_a_run_that_trains_takes_a_place_unless_the_others_make_room(live, room):
    plan = QueuedRun(((0, replace(SHORT, epochs=1)),))
    for count, alone, fits in ((room, False, True), (room + 1, False, False), (MOST_RUNS, True, True)):
        lab = paused(SHORT, 1) if live else Lab(SHORT)
        with nullcontext() if fits else pytest.raises(InputError, match="at most 50"):
            lab.queue([plan] * count, alone=alone)
        lab.reset()


def test_settings_that_are_chosen_meanwhile_are_not_undone_by_those_of_a_link():
    task, plans, _ = lab_from_query(lab_to_query(paused(SHORT, 5).snapshot())[0])
    lab = Lab(task)
    lab.queue(plans, task)
    take(lab, eta=0.5)
    assert (finish(lab).task.eta, task.eta) == (0.5, 0.2)


def test_a_run_that_ends_elsewhere_than_before_is_told():
    lab = trained()
    plan = queued_run(lab.snapshot().live)._replace(expected=0.5)
    lab.queue([plan])
    now = finish(lab)
    (stray,) = now.strays
    assert (stray.before, stray.now) == (0.5, now.live.trial.loss[-1])


def test_a_run_that_was_restored_and_then_changed_has_no_known_end():
    plan = queued_run(trained().snapshot().live)._replace(expected=0.5)

    def rate(lab):
        lab.one_epoch()
        finish(lab)
        take(lab, eta=1.0)
        lab.play()

    for change, strays in ((rate, 0), (lambda lab: None, 1)):
        lab = Lab(SHORT)
        lab.queue([plan])
        change(lab)
        assert len(finish(lab).strays) == strays


MOONS = Task("moons", 40, hidden=(4,), activations=("tanh", "sigmoid"), loss="binary_cross_entropy", epochs=3000)
CHANGES = {
    "eta": (0.05, 0.2, 1.0),
    "optimizer": ("sgd", "adam", "momentum"),
    "schedule": ("constant", "cosine"),
    "epochs": (500, 3000, 9000),
    "batch": (0, 1, 8),
    "held": (0, 25),
    "seed": range(9),
    "hidden": ((4,), (8,)),
}


def storm(lab, seed, end):
    """Act on a workspace as threads of a session do: press, type, train, draw, with nothing to hold them apart."""
    draws = random.Random(seed)
    acts = [lab.play] * 6 + [lab.pause, lab.one_epoch, lambda: lab.alter(lab.snapshot().colour, name="named")]
    while time.perf_counter() < end:
        name = draws.choice(list(CHANGES))
        try:
            take(lab, **{name: draws.choice(CHANGES[name])})
            draws.choice(acts)()
        except InputError:
            pass  # no room
        for _ in range(draws.randrange(4)):
            lab.advance()
        shows_one_moment(lab.snapshot())


def shows_one_moment(now):
    for run in now.runs[-2:]:
        assert len(run.trial.loss) == run.trial.epochs + 1
    if now.live:
        assert tuple(now.current.parts)[: len(now.live.trial.segments)] == parts_of(now.live)
        assert (
            now.live.trial.network_at(now.done).theta.tolist()
            == now.live.trial.segments[-1].history.network.theta.tolist()
        )


def parts_of(run):
    return tuple((segment.history.start, segment.task) for segment in run.trial.segments)


def test_threads_that_overlap_leave_runs_that_their_recorded_changes_give():
    usual = sys.getswitchinterval()
    lab, end = Lab(MOONS), time.perf_counter() + 3
    try:
        sys.setswitchinterval(1e-5)
        with ThreadPoolExecutor(4) as threads:
            for done in [threads.submit(storm, lab, seed, end) for seed in range(4)]:
                done.result()
    finally:
        sys.setswitchinterval(usual)
    lab.keep()
    runs = lab.snapshot().runs
    assert len({run.colour for run in runs}) == len(runs) > 1
    assert any(len(run.trial.segments) > 1 for run in runs)
    for run in runs:
        training = queued_run(run).begin()
        while training.advance(60):
            pass
        assert_array_equal(training.trial.loss, run.trial.loss)


def test_a_pinned_run_stays_where_others_make_room_for_an_experiment():
    lab = trained(SHORT)
    lab.keep()
    lab.play()
    finish(lab)
    lab.alter(0, pinned=True)
    lab.queue([QueuedRun(((0, SHORT),))], alone=True)
    finish(lab)
    now = lab.snapshot()
    assert now.runs[0].colour == 0
    assert [run.pinned for run in now.runs] == [True, False]
    assert [run.colour for run in now.removed] == [1]
