"""Findings about curves from outside: those of the same curve as a run's, and none that needs a network."""

import re

import numpy as np
import pytest

from engine.data import read_log
from tests.visualizer.findings.test_findings import SHOWN, run
from visualizer.findings import FINDINGS, OUTSIDE, RUN, findings, findings_outside
from visualizer.outside import Line, OutsideCurve, curves_of
from visualizer.runs import NamedRun, csv


def outside(values, held=None, updates=False, places=None):
    """Return a curve from outside that is told at 0, 1, 2, … epochs or updates."""
    lines = []
    for each in (values, held):
        if each is not None:
            at = tuple(map(float, range(len(each)) if places is None else places))
            lines.append(Line(*(((), at) if updates else (at, ())), tuple(map(float, each))))
    return OutsideCurve("made", *lines)


NOISE = np.random.default_rng(1).normal(size=400)
MADE = {
    "ending": (np.exp(-np.arange(200) / 300), {"ending", "fallen"}),
    "level": (0.5 + np.exp(-np.arange(400) / 10), {"level", "fallen"}),
    "plateau": (np.concatenate((np.full(200, 1.0), np.linspace(1, 0.01, 200))), {"plateau"}),
    "rising": (np.concatenate((np.linspace(1, 0.3, 200), np.linspace(0.3, 0.8, 200))), {"rising"}),
    "oscillation": (1 + 0.3 * NOISE.clip(-2, 2), {"oscillation"}),
    "diverged": ([1.0, 0.5, 3.0, np.inf], {"diverged"}),
    "solved": (np.exp(-np.arange(400) / 20), {"fallen"}),
    "below zero": (np.linspace(1, -5, 100), set()),
    "two points": ([1.0, 0.5], set()),
    "diverged at once": ([np.nan, np.nan], {"diverged"}),
    "all zero": (np.zeros(30), {"level"}),
}


@pytest.mark.parametrize(("values", "kinds"), MADE.values(), ids=MADE)
def test_what_a_curve_shows_is_found(values, kinds):
    shown = {finding.kind for finding in findings_outside(outside(values))}
    assert kinds <= shown
    assert shown - kinds <= {"fallen"}


def test_every_kind_about_curves_from_outside_is_shown():
    shown = {kind for _, kinds in MADE.values() for kind in kinds} | {"overfitting"}
    assert shown == {name for name, kind in FINDINGS.items() if OUTSIDE in kind.about}


@pytest.mark.parametrize("updates", [False, True])
@pytest.mark.parametrize("values", [values for values, _ in MADE.values()], ids=MADE)
def test_findings_are_told_by_what_the_log_counts_and_name_no_cause(values, updates):
    for finding in findings_outside(outside(values, updates=updates)):
        assert 0 <= finding.first <= finding.last < len(values)
        assert not finding.cause
        assert not finding.tries
        en, zh = (sorted(re.findall(r"\d+(?:\.\d+)?", words)) for words in finding.words)
        assert (en, "{" in "".join(finding.words)) == (zh, False)
        assert not re.search("轮|epoch" if updates else "更新|update", "".join(finding.words))


def test_places_are_those_of_the_log():
    values = np.concatenate((np.linspace(1, 0.3, 200), np.linspace(0.3, 0.8, 200)))
    (finding,) = findings_outside(outside(values, updates=True, places=range(1000, 1400)))
    assert finding.first == values.argmin()
    assert f"lowest after update {1000 + finding.first:,}".replace(",", "") in finding.words.en.replace(",", "")


@pytest.mark.parametrize("shown", ["diverged", "oscillation", "over-fitting"])
def test_a_run_that_went_out_as_csv_and_came_back_is_found_to_be_the_same(shown):
    trial = run(SHOWN[shown][0])
    log = read_log(csv([NamedRun("loss", trial)]).encode())
    (curve,), _ = curves_of(log.series, [each.name for each in log.series])
    both = [name for name, kind in FINDINGS.items() if set(kind.about) == {RUN, OUTSIDE}]
    of_run, of_curve = ([f for f in found if f.kind in both] for found in (findings(trial), findings_outside(curve)))
    assert of_run
    kept = {f.kind: (f.first, f.last) for f in of_curve}
    if len(curve.train.values) == len(trial.loss):  # else it has been thinned
        assert {f.kind: (f.first, f.last) for f in of_run}.items() <= kept.items()
    else:
        assert {f.kind for f in of_run} <= set(kept)


def test_held_out_losses_that_are_measured_less_often_are_compared_where_they_were():
    train = np.exp(-np.arange(200) / 50)
    at = np.arange(0, 200, 10)
    held = 0.5 + 0.002 * np.abs(at - 60)
    curve = OutsideCurve(
        "made", Line(tuple(map(float, range(200))), (), tuple(train)), Line(tuple(at), (), tuple(held))
    )
    found = {finding.kind: finding for finding in findings_outside(curve)}
    assert found["overfitting"].first == 60
    assert "Since epoch 60 the validation loss has risen from 0.5 to" in found["overfitting"].words.en
