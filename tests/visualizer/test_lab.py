import json
from dataclasses import replace

import pytest
from numpy.testing import assert_array_equal

from engine import InputError
from engine.task import Task
from engine.task_query import FIELDS
from visualizer.experiments import EXPERIMENTS
from visualizer.lab import MOST_RUNS, Lab, Plan, plan_of
from visualizer.lab_link import experiment_in, experiment_of, lab_from_file, lab_from_query, lab_to_file, lab_to_query

SHORT = Task(epochs=20)


def finish(lab):
    for _ in range(1000):
        lab.advance(0.05)
        if not lab.playing:
            return lab
    raise AssertionError


def trained(task=SHORT):
    lab = Lab(task)
    lab.play()
    return finish(lab)


def test_a_training_is_played_to_its_end_and_goes_on_for_as_long_again():
    lab = trained()
    assert (lab.live.trial.epochs, lab.playing) == (20, False)
    lab.play()
    assert finish(lab).live.trial.epochs == lab.task.epochs == 40


def test_single_epochs_stop_after_each_and_at_the_end():
    lab = Lab(replace(SHORT, epochs=2))
    for epochs in (1, 2, 2):
        lab.one_epoch()
        assert (lab.live.trial.epochs, lab.playing) == (epochs, False)


def test_rate_and_optimizer_change_on_the_way_and_anything_else_keeps_the_run():
    lab = Lab(SHORT)
    lab.play()
    lab.training.advance(60, most=5)
    lab.change(replace(SHORT, eta=1.0))
    assert finish(lab).live.trial.changes == {5: {"eta": 1.0}}
    lab.change(replace(lab.task, seed=2))
    assert (lab.live, [run.trial.epochs for run in lab.runs]) == (None, [20])
    assert_array_equal(lab.kept[0].trial.network_at(0).theta, SHORT.network().theta)


def test_penalty_clipping_and_schedule_change_on_the_way():
    lab = Lab(SHORT)
    lab.play()
    lab.training.advance(60, most=5)
    changes = {"schedule": "cosine", "regularizer": "l2", "strength": 0.1, "clip": "norm", "clip_at": 0.5}
    lab.change(replace(SHORT, **changes))
    assert finish(lab).live.trial.changes == {5: changes}
    assert len(lab.runs) == 1


def test_an_unfinished_run_is_trained_again_with_the_schedule_that_it_had():
    lab = Lab(replace(SHORT, schedule="cosine"))
    lab.play()
    lab.training.advance(60, most=7)
    (run,) = lab.runs
    again = Lab()
    again.queue([plan_of(run)])
    finish(again)
    assert_array_equal(again.live.trial.loss, run.trial.loss)


def test_a_change_that_does_not_work_changes_nothing():
    lab = trained()
    with pytest.raises(InputError):
        lab.change(replace(SHORT, eta=-1.0))
    assert (lab.task, len(lab.runs), lab.live.trial.epochs) == (SHORT, 1, 20)


def test_fewer_epochs_than_done_make_it_stand_still():
    lab = Lab(SHORT)
    lab.play()
    lab.training.advance(60, most=15)
    lab.change(replace(SHORT, epochs=10))
    assert (lab.playing, lab.live.trial.epochs) == (False, 15)


def test_a_queue_is_trained_one_after_the_other_and_keeps_what_there_was():
    lab = trained()
    lab.queue([Plan(((0, replace(SHORT, eta=rate)),), name) for rate, name in ((0.1, "slow"), (1.0, ""))])
    finish(lab)
    assert [run.name for run in lab.runs] == ["", "slow", ""]
    assert [run.colour for run in lab.runs] == [0, 1, 2]
    assert lab.task.eta == 1.0


def test_no_more_runs_than_there_is_room_for():
    lab = trained(replace(SHORT, epochs=1))
    lab.keep()
    lab.kept *= MOST_RUNS
    with pytest.raises(InputError, match="at most 50"):
        lab.play()
    with pytest.raises(InputError):
        lab.queue([Plan(((0, SHORT),))])
    assert (len(lab.kept), lab.training) == (MOST_RUNS, None)


def restored(opened):
    task, plans, problems = opened
    lab = Lab(task)
    lab.queue(plans)
    finish(lab)
    return lab, problems


def with_two_runs():
    lab = Lab(SHORT)
    lab.play()
    lab.training.advance(60, most=5)
    lab.change(replace(SHORT, optimizer="adam", eta=0.03))
    finish(lab)
    lab.keep()
    lab.kept[0] = replace(lab.kept[0], name="甲 & b")
    lab.change(replace(SHORT, seed=7))
    lab.play()
    lab.training.advance(60, most=9)
    lab.playing = False
    return lab


@pytest.mark.parametrize(
    "through",
    [lambda lab: lab_from_query(lab_to_query(lab)[0]), lambda lab: lab_from_file(lab_to_file(lab))],
    ids=["link", "file"],
)
def test_settings_and_runs_come_back_bit_for_bit(through):
    lab = with_two_runs()
    again, problems = restored(through(lab))
    assert (problems, again.strays, len(again.runs)) == ([], [], 2)
    for run, twin in zip(lab.runs, again.runs, strict=True):
        assert (run.name, run.trial.changes) == (twin.name, twin.trial.changes)
        assert_array_equal(run.trial.loss, twin.trial.loss)


def test_a_run_that_ends_elsewhere_than_before_is_told():
    lab = trained()
    plan = plan_of(lab.live)._replace(expected=0.5)
    lab.queue([plan])
    finish(lab)
    (stray,) = lab.strays
    assert (stray.before, stray.now) == (0.5, lab.live.trial.loss[-1])


def test_a_run_that_was_restored_and_then_changed_has_no_known_end():
    plan = plan_of(trained().live)
    for change in (lambda lab: lab.change(replace(SHORT, eta=1.0)), lambda lab: finish(lab).play()):
        lab = Lab(SHORT)
        lab.queue([plan])
        lab.training.advance(60, most=5)
        change(lab)
        assert finish(lab).strays == []


def test_a_link_taken_while_it_trains_brings_all_runs_to_their_end():
    lab = Lab(SHORT)
    lab.queue([Plan(((0, replace(SHORT, seed=seed)),), f"run {seed}") for seed in range(3)])
    finish_first = lab.training
    while lab.training is finish_first:
        lab.advance(0.05)
    again, problems = restored(lab_from_query(lab_to_query(lab)[0]))
    finish(lab)
    assert (problems, again.strays) == ([], [])
    assert [run.name for run in again.runs] == ["run 0", "run 1", "run 2"]
    for run, twin in zip(lab.runs, again.runs, strict=True):
        assert_array_equal(run.trial.loss, twin.trial.loss)


def test_too_many_runs_leave_the_link_and_stay_in_the_file():
    lab = trained(replace(SHORT, epochs=1))
    lab.keep()
    lab.kept *= MOST_RUNS
    lab.kept = [replace(run, name="x" * 80) for run in lab.kept]
    query, whole = lab_to_query(lab)
    assert not whole
    assert "runs" not in query
    assert query["without"] == "runs"
    assert len(lab_from_file(lab_to_file(lab))[1]) == MOST_RUNS


def test_a_table_too_long_for_a_link_is_left_out_and_told():
    table = "\n".join(f"{i},{i % 7},{i % 2}" for i in range(900))
    task = replace(SHORT, data="own", rows=table, hidden=(2,))
    query, whole = lab_to_query(Lab(task))
    assert (whole, query["without"], "rows" in query) == (False, "rows", False)
    assert lab_to_query(Lab(replace(task, rows=table[:300])))[1]


def test_a_file_has_every_setting_and_one_of_before_had_only_the_changed_ones():
    lab = trained()
    held = json.loads(lab_to_file(lab))
    assert set(held["task"]) == set(held["runs"][0]["parts"][0][1]) == set(FIELDS)
    before = held | {"task": {"epochs": "20"}, "runs": [held["runs"][0] | {"parts": [[0, {"epochs": "20"}]]}]}
    assert lab_from_file(json.dumps(before)) == lab_from_file(json.dumps(held)) == (lab.task, lab.plans, [])
    held["task"]["speed"] = "9"
    assert [problem.received for problem in lab_from_file(json.dumps(held))[2]] == ["speed"]


@pytest.mark.parametrize(
    "runs",
    [
        "",
        "{",
        "[1]",
        '[{"parts":[]}]',
        '[{"parts":[[0,{"eta":"x"}]],"loss":"1"}]',
        '[{"parts":[[5,{}],[2,{}]],"loss":"1"}]',
        "[[[[",
        '[{"parts":[[0,{}]],"loss":"one"}]',
    ],
)
def test_rubbish_in_a_link_is_answered_with_a_sentence(runs):
    task, plans, problems = lab_from_query({"runs": runs, "eta": "0.7"})
    assert (task.eta, plans, len(problems)) == (0.7, [], 1)
    assert all(problems[0].sentence(lang) for lang in ("en", "zh"))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "backprop-stage", "version": 1}'])
def test_another_file_is_answered_with_a_sentence(text):
    with pytest.raises(InputError, match="no file of saved runs"):
        lab_from_file(text)


def test_a_link_with_a_faulty_table_names_the_place():
    _, _, (problem,) = lab_from_query({"data": "own", "rows": "a,b,c\n1,2,3\n4,x,6"})
    assert "line 3, column b" in problem.sentence("en")


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_an_experiment_is_one_short_link(name):
    task, plans, problems = lab_from_query({"experiment": name})
    assert problems == []
    assert task == EXPERIMENTS[name].tasks[0]
    assert [plan.parts for plan in plans] == [((0, task),) for task in EXPERIMENTS[name].tasks]
    lab = Lab(task)
    lab.queue(plans)
    assert experiment_of(lab, name)
    assert experiment_in({"experiment": name}) == name
    lab.waiting.clear()
    assert not experiment_of(lab, name)


def test_runs_in_a_link_come_before_an_experiment_and_an_unknown_one_is_told():
    assert experiment_in({"experiment": "xor", "runs": "[]"}) == ""
    assert lab_from_query({"experiment": "xor", "runs": "[]"})[1:] == ([], [])
    _, plans, problems = lab_from_query({"experiment": "nothing"})
    assert plans == []
    assert len(problems) == 1
