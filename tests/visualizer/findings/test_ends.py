"""Findings about the end of a run."""

import re

import pytest

from engine.settings import Task
from tests.visualizer.findings.known import classes, curve, run
from tests.visualizer.findings.test_findings import found
from visualizer.findings import GOOD
from visualizer.findings.ends import _wider


def test_a_run_in_vain_is_not_called_solved_though_every_sample_is_on_its_side():
    of = Task().with_options(mistakes=("no_slope",))
    assert not found(of, "solved")


def test_the_rate_that_is_called_stable_is_and_does_better():
    of = curve(eta=0.003)
    (finding,) = found(of, "slow")
    stable = float(re.search(r"a rate of ([\d.]+) would", finding.words.en)[1])
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
