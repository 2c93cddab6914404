"""Findings about the data, beside the data themselves."""

import re

import numpy as np
import pytest

from tests.visualizer.findings.known import classes, flats, line, run, standardized, table, written
from tests.visualizer.findings.test_findings import found


def test_targets_beyond_the_output_are_counted():
    task = table(line(0, 8), loss="squared_error", eta=0.1, epochs=50)
    (finding,) = found(task, "range")
    share = (run(task).data[1] > 1).mean()
    assert f"{100 * share:.2g}% of the targets" in finding.words.en
    assert "0 to 1" in finding.words.en
    assert finding.tries[0].task.activations[-1] == "linear"


def test_inputs_of_different_size_are_told_with_their_deviations_and_the_try_evens_them():
    (finding,) = found(table(flats(), eta=0.05), "scale")
    smallest, largest, mean = (float(n) for n in re.findall(r"\d[\d.]*", finding.words.en)[:3])
    x = flats()[:, :-1]
    assert [smallest, largest, mean] == pytest.approx(
        [x.std(axis=0).min(), x.std(axis=0).max(), x.mean(axis=0).max()], rel=0.06
    )
    even = finding.tries[0].task.samples()[0]
    assert even.mean(axis=0) == pytest.approx(0, abs=1e-6)
    assert even.std(axis=0) == pytest.approx(1, abs=1e-6)


def test_even_inputs_and_separate_classes_give_no_alarm():
    task = classes("own", rows=written(standardized(flats())), eta=0.05)
    assert not found(task, "scale") + found(task, "noise") + found(task, "range")


def test_classes_that_overlap_are_noise_and_the_same_ones_apart_are_not():
    (finding,) = found(classes("blobs", (4,), noise=2.0, eta=0.2, epochs=500), "noise")
    share = float(re.search(r"([\d.]+)%", finding.words.en)[1]) / 100
    assert 0.1 < share < 0.5
    assert not found(classes("blobs", (4,), noise=0.3, eta=0.2, epochs=500), "noise")
    assert np.isfinite(share)
