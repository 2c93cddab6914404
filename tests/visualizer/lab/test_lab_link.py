import json
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from numpy.testing import assert_array_equal

from engine import InputError
from engine.settings import FIELDS
from tests.visualizer.labs import SHORT, finish, paused, trained
from visualizer.experiments import EXPERIMENTS
from visualizer.lab import (
    Lab,
    QueuedRun,
    experiment_in,
    experiment_of,
    lab_from_file,
    lab_from_query,
    lab_to_file,
    lab_to_query,
)
from visualizer.lab.entries import MOST_RUNS


def restored(opened):
    task, plans, problems = opened
    lab = Lab(task)
    lab.queue(plans, task)
    return finish(lab), problems


def with_two_runs():
    lab = paused(SHORT, 5)
    lab.change(lambda _: replace(SHORT, optimizer="adam", eta=0.03))
    lab.play()
    finish(lab)
    lab.alter(0, name="甲 & b")
    lab.change(lambda _: replace(SHORT, seed=7))
    for _ in range(9):
        lab.one_epoch()
        finish(lab)
    return lab.snapshot()


THROUGH = pytest.mark.parametrize(
    "through",
    [lambda now: lab_from_query(lab_to_query(now)[0]), lambda now: lab_from_file(lab_to_file(now))],
    ids=["link", "file"],
)


@THROUGH
def test_settings_and_runs_come_back_bit_for_bit(through):
    now = with_two_runs()
    again, problems = restored(through(now))
    assert (problems, again.strays, len(again.runs), again.task) == ([], (), 2, now.task)
    for run, twin in zip(now.runs, again.runs, strict=True):
        assert (run.name, run.trial.changes) == (twin.name, twin.trial.changes)
        assert_array_equal(run.trial.loss, twin.trial.loss)


@THROUGH
def test_a_run_that_was_paused_is_paused_again_and_goes_on_to_the_end_that_it_had(through):
    lab = paused(replace(SHORT, schedule="cosine"), 7)
    task, plans, _ = through(lab.snapshot())
    again = Lab(task)
    again.queue(plans, task)
    now = finish(again)
    assert (now.done, now.task, now.current.goal(now.done)) == (7, lab.snapshot().task, 20)
    lab.play()
    again.play()
    assert_array_equal(finish(again).live.trial.loss, finish(lab).live.trial.loss)
    assert again.snapshot().done == 20


@THROUGH
def test_settings_for_the_next_training_outlive_the_runs_that_are_trained_again(through):
    lab = trained()
    lab.change(lambda task: task.with_hidden((5,)))
    now, _ = restored(through(lab.snapshot()))
    assert (now.task.hidden, now.live, len(now.kept)) == ((5,), None, 1)


def test_a_link_taken_while_it_trains_brings_all_runs_to_their_end():
    lab = Lab(SHORT)
    lab.queue([QueuedRun(((0, replace(SHORT, seed=seed)),), f"run {seed}") for seed in range(3)])
    while not lab.snapshot().kept:
        lab.advance(0.001)
    again, problems = restored(lab_from_query(lab_to_query(lab.snapshot())[0]))
    assert (problems, again.strays) == ([], ())
    assert [run.name for run in again.runs] == ["run 0", "run 1", "run 2"]
    for run, twin in zip(finish(lab).runs, again.runs, strict=True):
        assert_array_equal(run.trial.loss, twin.trial.loss)


def test_too_many_runs_leave_the_link_and_stay_in_the_file():
    now = trained(replace(SHORT, epochs=1)).snapshot()
    now = replace(now, live=None, kept=(replace(now.live, name="x" * 80),) * MOST_RUNS)
    query, whole = lab_to_query(now)
    assert not whole
    assert "runs" not in query
    assert query["without"] == "runs"
    assert len(lab_from_file(lab_to_file(now))[1]) == MOST_RUNS


def test_a_table_too_long_for_a_link_is_left_out_and_told():
    table = "\n".join(f"{i},{i % 7},{i % 2}" for i in range(900))
    task = replace(SHORT, data="own", rows=table, hidden=(2,))
    query, whole = lab_to_query(Lab(task).snapshot())
    assert (whole, query["without"], "rows" in query) == (False, "rows", False)
    assert lab_to_query(Lab(replace(task, rows=table[:300])).snapshot())[1]


def test_a_file_has_every_setting_and_one_of_before_had_only_the_changed_ones():
    lab = trained().snapshot()
    held = json.loads(lab_to_file(lab))
    assert set(held["task"]) == set(held["runs"][0]["parts"][0][1]) == set(FIELDS)
    before = held | {"task": {"epochs": "20"}, "runs": [held["runs"][0] | {"parts": [[0, {"epochs": "20"}]]}]}
    assert lab_from_file(json.dumps(before)) == lab_from_file(json.dumps(held)) == (lab.task, list(lab.plans), [])
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
    with pytest.raises(InputError, match="not a file of saved runs"):
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
    assert experiment_of(lab.snapshot(), name)
    assert experiment_in({"experiment": name}) == name
    lab.keep()
    assert not experiment_of(lab.snapshot(), name)


@pytest.mark.parametrize("shown", [{"pinned": True}, {"hidden": True}, {"name": "mine"}], ids=str)
def test_a_run_of_an_experiment_that_is_shown_in_another_way_needs_a_link_of_its_own(shown):
    name, tasks = "pair", (SHORT, replace(SHORT, seed=7))
    lab = Lab(SHORT)
    lab.queue([QueuedRun(((0, task),)) for task in tasks])
    finish(lab)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(EXPERIMENTS, name, replace(EXPERIMENTS["xor"], name=name, tasks=tasks))
        assert experiment_of(lab.snapshot(), name)
        lab.alter(0, **shown)
        assert not experiment_of(lab.snapshot(), name)


def test_runs_in_a_link_come_before_an_experiment_and_an_unknown_one_is_told():
    assert experiment_in({"experiment": "xor", "runs": "[]"}) == ""
    assert lab_from_query({"experiment": "xor", "runs": "[]"})[1:] == ([], [])
    _, plans, problems = lab_from_query({"experiment": "nothing"})
    assert plans == []
    assert len(problems) == 1


@pytest.mark.parametrize("shown", [{"pinned": True}, {"hidden": True}, {"hidden": True, "pinned": True}], ids=str)
def test_what_is_pinned_or_hidden_comes_back_so_with_a_link_and_with_a_file(shown):
    lab = trained(SHORT)
    lab.change(lambda _: replace(SHORT, seed=7))
    lab.play()
    finish(lab)
    lab.alter(0, **shown)
    now = lab.snapshot()
    for opened in (lab_from_query(lab_to_query(now)[0]), lab_from_file(lab_to_file(now))):
        again, problems = restored(opened)
        assert problems == []
        assert [(run.hidden, run.pinned) for run in again.runs] == [(run.hidden, run.pinned) for run in now.runs]


def test_what_is_no_truth_value_pins_nothing():
    runs = json.dumps([{"parts": [[0, {"epochs": "3"}]], "pinned": "yes", "hidden": 1}])
    (plan,) = lab_from_query({"runs": runs})[1]
    assert (plan.hidden, plan.pinned) == (False, False)


def test_a_link_is_as_long_as_may_be_and_no_longer(monkeypatch):
    now = Lab(replace(SHORT, data="own", rows="1,2,0\n3,4,1\n5,6,0", hidden=(2,))).snapshot()
    length = len(urlencode(lab_to_query(now)[0]))
    for most, whole in ((length, True), (length - 1, False)):
        monkeypatch.setattr("visualizer.lab.lab_link._LONGEST", most)
        assert lab_to_query(now)[1] == whole
