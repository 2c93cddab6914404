import re
from functools import cache

import numpy as np
import pytest

from engine import Text
from engine.settings import Task, differences
from engine.studies import RunDriver
from visualizer.epochs import scores_at
from visualizer.experiments import EXPERIMENTS
from visualizer.findings import findings

HELD = Text("validation set", "验证集")


@cache
def run(name, k):
    training = RunDriver(EXPERIMENTS[name].tasks[k])
    while training.advance(1.0):
        pass
    return training.trial


def final(name, k):
    return run(name, k).loss[-1]


@cache
def explained(name):
    return EXPERIMENTS[name].explained([run(name, k) for k in range(len(EXPERIMENTS[name].tasks))])


def numbers(story):
    return sorted(
        float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", re.sub(r"(?<=\d),(?=\D)", " ", story))
    )


def read(k):
    trial = run("digits", k)
    return 100 * scores_at(trial, trial.epochs)[HELD].accuracy


FIGURES = {  # of each story: the losses in it, computed
    "xor": lambda: {0.1707: final("xor", 0), 0.125: final("xor", 1), 0.0017: final("xor", 3)},
    "silent": lambda: {0.1707: final("silent", 0), 0.1379: final("silent", 1), 0.2437: final("silent", 2)},
    "spiral": lambda: {
        0.64: run("spiral", 0).loss[100],
        0.26: run("spiral", 1).loss[100],
        0.18: run("spiral", 2).loss[100],
        0.11: final("spiral", 0),
        0.0034: final("spiral", 1),
        0.0019: final("spiral", 2),
    },
    "rates": lambda: {0.21: final("rates", 0), 0.075: final("rates", 1)},
    "overfitting": lambda: {
        0.0011: final("overfitting", 0),
        0.39: run("overfitting", 0).held_out_loss[20],
        1.12: run("overfitting", 0).held_out_loss[-1],
        0.2: final("overfitting", 1),
        0.76: run("overfitting", 1).held_out_loss[-1],
    },
    "symmetry": lambda: {0.693: final("symmetry", 0), 0.61: final("symmetry", 1), 0.052: final("symmetry", 2)},
    "depth": lambda: {
        0.69: run("depth", 0).loss[400],
        0.37: final("depth", 0),
        0.002: round(final("depth", 1), 3),  # more digits depend on how a processor adds up
        0.0009: final("depth", 2),
    },
    "digits": lambda: {98.1: read(0), 88.6: read(1), 95.8: read(2), 89.7: read(3), 243: run("digits", 3).loss[0]},
    "vanishing": lambda: {0.693: final("vanishing", 0), 0.11: final("vanishing", 1), 0.15: final("vanishing", 2)},
    "exploding": lambda: {0.069: final("exploding", 1), 0.053: final("exploding", 2)},
    "regularized": lambda: {
        1.12: run("regularized", 0).held_out_loss[-1],
        0.56: run("regularized", 1).held_out_loss[-1],
        0.6: run("regularized", 2).held_out_loss[-1],
        0.48: run("regularized", 3).held_out_loss[-1],
    },
}
FOUND = {  # what each run must show, as the story tells it
    "xor": [{"stuck"}, {"stuck"}, {"stuck"}, {"solved"}],
    "silent": [{"stuck"}, {"mistake"}, {"mistake", "unlearned"}],
    "spiral": [{"plateau"}, {"solved"}, {"solved"}],
    "rates": [{"stuck"}, set(), {"oscillation"}, {"diverged"}],
    "overfitting": [{"overfitting", "solved"}, {"overfitting"}],
    "symmetry": [{"alike", "unlearned"}, {"alike"}, {"solved"}],
    "depth": [{"plateau"}, {"solved"}, {"solved"}],
    "digits": [{"dead", "solved"}, set(), {"solved"}, set()],
    "vanishing": [{"unlearned"}, {"solved"}, {"solved"}],
    "exploding": [{"diverged"}, set(), set()],
    "regularized": [{"overfitting", "solved"}, set(), {"penalty"}, {"penalty"}],
}


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_a_story_says_what_comes_out(name):
    story = explained(name)
    for said, computed in FIGURES[name]().items():
        assert computed == pytest.approx(said, rel=0.05)
        assert all(said in numbers(words) for words in story)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_both_languages_say_the_same_numbers(name):
    en, zh = (set(numbers(words)) for words in explained(name))
    assert set(FIGURES[name]()) <= en & zh
    assert zh >= {n for n in en if n != int(n)}


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_what_comes_out_is_not_told_before_the_run(name):
    experiment, told = EXPERIMENTS[name], set(FIGURES[name]())
    given = {task.eta for task in experiment.tasks}
    for words in (*experiment.story, *experiment.question):
        assert not (told - given) & set(numbers(words))


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_what_a_story_shows_is_found(name):
    assert len(FOUND[name]) == len(EXPERIMENTS[name].tasks)
    for k, kinds in enumerate(FOUND[name]):
        assert kinds <= {finding.kind for finding in findings(run(name, k))}


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_task_can_be_done_and_differs(name):
    tasks = EXPERIMENTS[name].tasks
    for task in tasks:
        task.check()
    assert len(set(tasks)) == len(tasks) > 1
    assert differences(tasks)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_experiment_asks_one_thing_and_can_answer(name):
    experiment = EXPERIMENTS[name]
    assert "?" in experiment.question.en
    assert "？" in experiment.question.zh
    assert all(len(words) > 30 for words in experiment.answer)


def test_what_the_answers_say_of_weights_near_zero_is_so():
    weights = [
        np.concatenate([layer.W.ravel() for layer in run("regularized", k).network_at(1000).layers]) for k in (2, 3)
    ]
    by_l1, by_l2 = ((np.abs(w) < 0.01).mean() for w in weights)
    assert by_l1 > 2 * by_l2


def test_the_opening_is_the_published_demonstration_with_one_output_wrong():
    name, opening = next(iter(EXPERIMENTS.items()))
    assert (name, opening.tasks[0]) == ("xor", Task())
    outputs = run("xor", 0).network_at(10_000).predict(Task().samples()[0])
    assert ((outputs > 0.5) != (Task().samples()[1] > 0.5)).sum() == 1
    assert all(f"{10_000:,}" in words for words in opening.story)


def test_the_figures_of_the_digits_are_right_to_the_last_digit():
    assert [round(read(k), 1) for k in range(4)] == pytest.approx([98.1, 88.6, 95.8, 89.7], abs=0.6)


def test_the_same_weights_and_batches_start_the_spirals():
    networks = [task.network().theta.tolist() for task in EXPERIMENTS["spiral"].tasks]
    assert networks[0] == networks[1] == networks[2]


def test_one_rate_diverges_at_the_epoch_that_is_told():
    epoch = run("rates", 3).divergence.epoch
    assert all(epoch in numbers(words) for words in explained("rates"))


def test_the_held_out_loss_is_best_when_it_is_told():
    assert run("overfitting", 0).held_out_loss.argmin() == 20
    assert all(20 in numbers(words) for words in explained("overfitting"))
    assert [len(rows[0]) for rows in (run("overfitting", 0).data, run("overfitting", 0).held_out)] == [30, 30]


def test_the_plateau_of_sigmoids_lasts_as_long_as_is_told():
    (plateau,) = (finding for finding in findings(run("depth", 0)) if finding.kind == "plateau")
    assert plateau.last - plateau.first == pytest.approx(700, rel=0.15)


def test_large_weights_diverge_at_the_epoch_that_is_told_and_the_clipped_start_is_the_same():
    assert run("exploding", 0).divergence.epoch == 5
    assert all(5 in numbers(words) for words in explained("exploding"))
    wild, clipped, _ = EXPERIMENTS["exploding"].tasks
    assert differences([wild, clipped]) == ("clip", "clip_at")


def test_what_holds_the_weights_back_keeps_the_training_loss_up():
    losses = [run("regularized", k).loss[-1] for k in range(4)]
    assert losses[0] < 0.01
    assert min(losses[1:]) > 0.1


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_figures_are_those_of_the_runs_and_each_is_told_in_both_languages(name):
    experiment = EXPERIMENTS[name]
    for words in experiment.answer:
        assert {int(n) for n in re.findall(r"{(\d+)}", words)} == set(range(len(experiment.figures)))
    others = [run(name, len(experiment.tasks) - 1 - k) for k in range(len(experiment.tasks))]
    assert experiment.figures[0].of(others[::-1]) in explained(name).en
    assert {figure.run for figure in experiment.figures} <= set(range(len(experiment.tasks)))
