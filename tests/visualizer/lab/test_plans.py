from dataclasses import replace

import pytest
from numpy.testing import assert_array_equal

from engine import InputError
from tests.visualizer.labs import SHORT, finish, paused, take, trained
from visualizer.lab import Lab, QueuedRun
from visualizer.lab.plans import MOST_PARTS, queued_run

LONG = replace(SHORT, epochs=12)


def changed_on_its_way():
    lab = paused(replace(LONG, schedule="cosine"), 3)
    take(lab, eta=0.05)
    lab.one_epoch()
    finish(lab)
    take(lab, optimizer="momentum")
    lab.play()
    finish(lab)
    return lab.snapshot().live


RUNS = {
    "to its end": lambda: trained(LONG).snapshot().live,
    "stopped": lambda: paused(LONG, 5).snapshot().live,
    "stopped on its schedule": lambda: paused(replace(LONG, schedule="cosine"), 5).snapshot().live,
    "changed on its way": changed_on_its_way,
}


@pytest.mark.parametrize("made", RUNS.values(), ids=RUNS)
def test_the_plan_of_a_run_trains_it_again_as_far_as_it_came_and_to_the_same_loss(made):
    run = made()
    plan = queued_run(run)
    training = plan.begin()
    while training.advance(10):
        pass
    assert_array_equal(training.trial.loss, run.trial.loss)
    assert training.trial.loss[-1] == plan.expected
    assert training.trial.epochs == run.trial.epochs
    assert queued_run(replace(run, trial=training.trial)).parts == plan.parts


def test_a_goal_is_that_of_the_part_which_goes_on():
    plan = QueuedRun(((0, replace(SHORT, epochs=10)), (4, replace(SHORT, epochs=7))))
    assert [plan.goal(done) for done in (0, 3, 4, 7)] == [10, 10, 7, 7]


@pytest.mark.parametrize(("parts", "fits"), [(1, True), (MOST_PARTS - 1, True), (MOST_PARTS, False)])
def test_there_is_room_for_as_many_changes_as_a_link_brings_back(parts, fits):
    plan = QueuedRun(tuple((i, SHORT) for i in range(parts)))
    if fits:
        plan.check_room()
    else:
        with pytest.raises(InputError, match="any more often"):
            plan.check_room()


def test_a_snapshot_holds_plans_of_what_was_what_goes_on_and_what_waits():
    lab = trained(LONG)
    lab.queue([QueuedRun(((0, replace(LONG, seed=seed)),)) for seed in (2, 3)])
    now = lab.snapshot()
    assert now.playing
    assert [plan.parts[0][1].seed for plan in now.plans] == [LONG.seed, 2, 3]
    assert [plan.expected is None for plan in now.plans] == [False, True, True]
    after = finish(lab)
    assert [plan.expected for plan in after.plans] == [run.trial.loss[-1] for run in after.runs]


def test_nothing_has_no_runs_and_no_plans():
    now = Lab(LONG).snapshot()
    assert (now.runs, now.plans, now.done) == ((), [], 0)
