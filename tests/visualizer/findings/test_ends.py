"""Findings about the end of a run."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

from engine.settings import MOST_EPOCHS, Task
from tests.visualizer.findings.known import classes, curve, run
from tests.visualizer.findings.test_findings import found
from visualizer.findings import GOOD, ends
from visualizer.findings.ends import _wider
from visualizer.writing import number


def test_a_run_in_vain_is_not_called_solved_though_every_sample_is_on_its_side():
    of = Task().with_options(mistakes=("no_slope",))
    assert not found(of, "solved")


def test_the_rate_that_is_called_stable_is_and_does_better():
    of = curve(eta=0.003)
    (finding,) = found(of, "slow")
    stable = float(re.search(r"a learning rate of ([\d.]+) would still be stable", finding.words.en)[1])
    assert finding.cause == "rate_small"
    assert run(curve(eta=0.9 * stable)).loss[-1] < 0.5 * run(of).loss[-1]


def test_a_short_run_is_told_how_far_it_came_and_good_news_is_good():
    of = Task().with_data("digits").drawn(epochs=2)
    (finding,) = (found(of, "learned") or found(of, "solved"))[:1]
    assert finding.tone == GOOD
    assert "validation loss" in finding.words.en


@pytest.mark.parametrize("of", [Task(), classes("spiral", (2,), epochs=600)], ids=["XOR", "spiral"])
def test_where_no_cause_is_measured_none_is_named_and_what_would_tell_is(of):
    (finding,) = found(of, "stuck")
    assert finding.cause == ""
    assert finding.apart
    assert len({each.cause for each in finding.tries}) >= 3


@pytest.mark.parametrize(("hidden", "tried"), [((3,), "12"), ((8, 16), "32-64"), ((20,), "64"), ((64,), None)])
def test_a_wider_network_is_tried_up_to_a_width_that_trains_in_time(hidden, tried):
    wider = _wider(Task().with_hidden(hidden))
    assert [each.task.hidden for each in wider] == ([] if tried is None else [tuple(map(int, tried.split("-")))])


def ended(loss, *, constant=1.0, low=0.0, good=False, wrong=None, room=1.0, rate=0.1, kinds=(), causes=(), **more):
    """A run that ended with this curve; `end` has one sample for each class that could be wrong."""
    loss = np.array(loss, float)
    kept = SimpleNamespace(m=10, gradient=np.array([0.3, 0.4]), loss=loss[-1])
    usual = {
        "end": kept, "loss": loss, "last": len(loss) - 1, "constant": constant, "low": low, "good": good,
        "level": loss[-1] / constant if constant else np.inf, "wrong": wrong, "room": room, "solved": False,
        "right": None if wrong is None else 1 - wrong / 10, "rates": np.full(len(loss) - 1, rate), "diverged": False,
        "found": [SimpleNamespace(kind=kind) for kind in kinds], "causes": set(causes), "learned": False,
        "task": classes(), "trial": SimpleNamespace(stopped="", held_out_loss=None),
    }  # fmt: skip
    return SimpleNamespace(**usual | more)


def said(findings):
    return [(one.first, one.last, one.cause, one.words.en) for one in findings]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"loss": [1.2, 1.0, 0.95]}, True),
        ({"loss": [1.2, 0.94, 1.1]}, False),
        ({"loss": [1.2, 1.1]}, False),
        ({"loss": [1.2, 1.1, 1.0], "constant": 0.0}, False),
        ({"loss": [1.2, 1.1, 1.0], "end": None}, False),
    ],
    ids=str,
)
def test_nothing_is_learned_that_never_got_a_twentieth_below_the_constant(given, told):
    words = "In 2 epochs the loss never fell clearly below 1, the loss of the best constant answer: "
    found = said(ends.unlearned(ended(**given)))
    assert found == [(0, 2, "", words + "nothing has been learned yet.")] * told


FALLING = np.linspace(1.0, 0.6, 21)  # over 20 epochs, of which two are a tenth: 0.64 to 0.6 in the last one


@pytest.mark.parametrize(
    ("given", "cause"),
    [
        ({"room": 20.0}, "rate_small"),
        ({"room": 4.1, "loss": np.linspace(1.0, 0.1, 21)}, "rate_small"),
        ({"room": 4.0, "loss": np.linspace(1.0, 0.1, 21)}, "few_epochs"),
        ({"room": 15.9}, "few_epochs"),
        ({"room": 16.1}, "rate_small"),
        ({}, "few_epochs"),
        ({"good": True}, None),
        ({"causes": ["dead"]}, None),
        ({"end": None}, None),
        ({"trial": SimpleNamespace(stopped="target")}, None),
        ({"loss": np.full(21, 0.6), "room": 100.0}, None),
    ],
    ids=str,
)
def test_a_run_is_slow_whose_rate_could_be_larger_by_as_much_as_it_falls_or_that_still_falls(given, cause):
    found = said(ends.slow(ended(**{"loss": FALLING} | given)))
    assert [one[:3] for one in found] == [(18, 20, cause)] * (cause is not None)
    if cause and "loss" not in given:
        assert found[0][3].startswith("In the last tenth of the run the loss falls by 6.2%, from 0.64 to 0.6. ")
        room = given.get("room", 1.0)
        which = "a learning rate of" if cause == "rate_small" else "a learning rate above"
        assert f"{which} {number(0.1 * room, 2)} " in found[0][3]


@pytest.mark.parametrize(
    ("room", "epochs", "rates", "longer"),
    [
        (1.0, 300, [0.8], [3000]),
        (32.0, 300, [0.8], [3000]),
        (64.0, 300, [0.8, 1.6], [3000]),
        (1.0, MOST_EPOCHS, [0.8], []),
    ],
)
def test_faster_trainings_have_eight_times_the_rate_a_quarter_of_the_limit_or_ten_times_the_epochs(
    room, epochs, rates, longer
):
    tries = ends._faster(ended([1.0, 1.0], room=room, task=classes(eta=0.1, epochs=epochs, patience=5)))
    assert [t.task.eta for t in tries if t.cause == "rate_small"] == pytest.approx(rates)
    assert [t.task.epochs for t in tries if t.cause == "few_epochs"] == longer
    assert all(t.task.patience is None for t in tries if t.cause == "few_epochs")
    assert {t.cause for t in tries} <= {"rate_small", "few_epochs"}


@pytest.mark.parametrize(
    ("given", "none"),
    [
        ({}, "not solved. No cause can"),
        ({"wrong": 3}, "not solved, 3 of 10 samples misclassified. No cause can"),
        ({"wrong": 0}, "not solved. No cause can"),
        ({"causes": ["dead"]}, "not solved. No further cause can"),
        ({"causes": ["dead"], "kinds": ["unlearned"]}, None),
        ({"causes": ["penalty"]}, None),
        ({"good": True}, None),
        ({"end": None}, None),
        ({"loss": FALLING}, None),
    ],
    ids=str,
)
def test_a_run_is_stuck_that_is_flat_at_its_end_where_no_cause_explains_it(given, none):
    found = said(ends.stuck(ended(**{"loss": np.full(41, 0.7)} | given)))
    assert len(found) == (none is not None)
    for first, last, cause, words in found:
        assert (first, last, cause) == (0, 40, "")
        assert "Since epoch 0 the loss has hardly changed, 0.7 to 0.7, and the task is " + none in words
        assert words.endswith("the length of the gradient is 0.5.")


def test_six_other_starts_are_tried_and_every_technique_is_left_out():
    task = classes(seed=4, schedule="step", regularizer="l2", strength=0.1, clip="norm", patience=3, dropout=0.2)
    assert [t.task.seed for t in ends._other_starts(task)] == [5, 6, 7, 8, 9, 10]
    plainer = {t.cause: t.task for t in ends._plainer(task)}
    assert list(plainer) == ["schedule", "penalty", "clip", "patience", "dropout"]
    assert plainer["dropout"].dropout == 0
    assert not ends._plainer(classes())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"loss": [1.0, 0.9, 0.5]},
            "In 2 epochs the loss has fallen from 1 to 0.5; 50% of the loss of the best constant answer.",
        ),
        (
            {"loss": [1.0, 0.9, 0.5], "wrong": 1},
            "In 2 epochs the loss has fallen from 1 to 0.5; 50% of the loss of the best constant answer; "
            "90% of the training samples are correct.",
        ),
        ({"loss": [1.0, 0.9]}, None),
        ({"loss": [1.0, 0.9, 1.0]}, None),
        ({"loss": [1.0, 0.9, 0.5], "solved": True}, None),
        ({"loss": [1.0, 0.9, 0.5], "end": None}, None),
        ({"loss": [1.0, 0.9, 0.5], "kinds": ["rising"]}, None),
        ({"loss": [1.0, 0.9, 0.5], "kinds": ["unlearned"]}, None),
    ],
    ids=str,
)
def test_how_far_a_run_has_come_is_told_where_it_is_neither_solved_nor_in_vain(given, words):
    assert said(ends.learned(ended(**given))) == [(0, 2, "", words)] * (words is not None)
    for way, tone in ((True, "good"), (False, "note")):
        assert {one.tone for one in ends.learned(ended(**given, learned=way))} <= {tone}


@pytest.mark.parametrize(
    ("given", "first", "words"),
    [
        ({"loss": [1, 0.5, 0.1, 0.05]}, 2, "Since epoch 2 the loss has been below 0.2, 4% of the loss of the best "),
        ({"loss": [1, 0.2, 0.1, 0.3]}, 3, "All 10 training samples are classified correctly."),
        ({"loss": [0.1, 0.1, 0.1]}, 0, "All 10 training samples are classified correctly; since epoch 0 the loss has "),
        ({"loss": [1, 0.1], "wrong": 2}, 1, "Since epoch 1 the loss has been below 0.2, "),
    ],
    ids=str,
)
def test_a_task_is_solved_since_its_loss_was_last_high(given, first, words):
    given = {"wrong": None if given["loss"] == [1, 0.5, 0.1, 0.05] else 0} | given
    ((since, last, _, told),) = said(ends.solved(ended(low=0.2, solved=True, **given)))
    assert (since, last) == (first, len(given["loss"]) - 1)
    assert told.startswith(words)
    assert not list(ends.solved(ended(low=0.2, **given)))


def test_the_held_out_loss_is_told_at_the_end_and_where_it_was_lowest():
    """Losses behind the last finite epoch do not count."""
    trial = SimpleNamespace(held_out_loss=np.array([0.9, 0.3, 0.5, 0.1]))
    (words,) = ends._held_out(ended([1, 0.5, 0.4], trial=trial))
    assert words.en == "the validation loss ends at 0.5, lowest after epoch 1: 0.3"
    assert ends._held_out(ended([1], trial=trial)) == []
    (words,) = ends._held_out(ended([1, 0.5, 0.4, 0.3], trial=trial))
    assert words.en == "the validation loss ends at 0.1, lowest after epoch 3: 0.1"
