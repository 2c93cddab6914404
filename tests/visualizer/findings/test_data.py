"""Findings about the data, beside the data themselves."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

from tests.visualizer.findings.known import classes, curve, flats, line, run, standardized, table, written
from tests.visualizer.findings.test_findings import found
from visualizer.findings import data


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


def looked_into(x, y, f="linear", **more):
    """A run with these data that ended badly."""
    x, y = np.array(x, float), np.array(y, float).reshape(len(x), -1)
    task = curve(output=f) if f != "sigmoid" else classes()
    usual = {"good": False, "causes": set(), "last": 9, "task": task, "data": (x, y)}
    return SimpleNamespace(**usual | more)


@pytest.mark.parametrize(
    ("f", "y", "said"),
    [
        ("sigmoid", [0, 1], None),
        ("sigmoid", [-0.01, 1.0], None),
        ("sigmoid", [0, 1.02], "50% of the targets lie outside the range of the output: sigmoid gives 0 to 1,"),
        ("sigmoid", [-0.02, 1], "50% of the targets lie outside the range of the output: sigmoid gives 0 to 1,"),
        ("tanh", [-1, 1], None),
        (
            "tanh",
            [-2, 2],
            "100% of the targets lie outside the range of the output: tanh gives −1 to 1, but the targets go",
        ),
        ("relu", [0, 1e6], None),
        ("relu", [-3, -3], "100% of the targets lie outside the range of the output: relu gives 0 to ∞,"),
        ("elu", [-2, 50], "50% of the targets lie outside the range of the output: elu gives −1 to ∞,"),
        ("softplus", [0, 40], None),
        ("linear", [-1e6, 1e6], None),
        ("softmax", [-5, 5], None),
    ],
)
def test_a_range_is_that_of_the_output_up_to_a_hundredth_of_the_targets(f, y, said):
    findings = list(data.out_of_range(looked_into([[0.0]] * len(y), y, f)))
    assert len(findings) == (said is not None)
    assert all(said in one.words.en and (one.first, one.last) == (0, 9) for one in findings)
    assert all(one.tries[0].task.activations[-1] == "linear" for one in findings)
    assert not list(data.out_of_range(looked_into([[0.0]] * len(y), y, f, good=True)))


ONE, TEN = [-1.0, 1.0], [-10.0, 10.0]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ([ONE, TEN], ("1", "10", "0")),
        ([ONE, [-9.9, 9.9]], None),
        ([[0.11, 2.11], ONE], None),
        ([[9.0, 11.0], ONE], ("1", "1", "10")),
        ([[8.9, 10.9], ONE], None),
        ([[-11.0, -9.0], ONE], ("1", "1", "10")),
        ([TEN, TEN], ("10", "10", "0")),
        ([ONE, [50.0, 50.0]], None),
        ([[50.0, 50.0]], None),
    ],
)
def test_inputs_differ_where_one_is_ten_times_another_or_far_or_large(columns, told):
    findings = list(data.scale(looked_into(np.transpose(columns), [0, 1])))
    found = [re.search(r"from (\S+) to (\S+), and means of up to (\S+)\. ", one.words.en).groups() for one in findings]
    assert found == [told] * (told is not None)
    assert all((one.first, one.last, one.tries) == (0, 9, ()) for one in findings)  # the data set is none of one's own
    assert not list(data.scale(looked_into(np.transpose(columns), [0, 1], good=True)))


def test_most_of_the_five_nearest_decide_whether_a_sample_is_among_others():
    x = np.concatenate((np.arange(6.0), 100 + np.arange(6.0)))[:, None] @ [[1.0, 0.0]]
    y = np.array([0, 1, 1, 1, 0, 1] + [0] * 6)
    expected = []
    for i in range(12):
        near = sorted((j for j in range(12) if j != i), key=lambda j: abs(x[j, 0] - x[i, 0]))[:5]
        expected.append(sum(y[j] != y[i] for j in near) >= 3)
    assert data._among_others(x, y[:, None].astype(float)).tolist() == expected
    assert data._among_others(x, np.eye(2)[y]).tolist() == expected
    assert data._among_others(x * [1e-6, 1.0], y[:, None].astype(float)).tolist() == expected


@pytest.mark.parametrize(
    ("among", "wrong", "more", "told"),
    [
        (0.2, 0.2, {}, ("20%", "20%")),
        (0.1, 0.05, {}, ("10%", "5%")),
        (0.09, 0.09, {}, None),
        (0.2, 0.09, {}, None),
        (0.2, 0.34, {}, ("20%", "34%")),
        (0.2, 0.35, {}, None),
        (0.2, 0.2, {"causes": {"penalty"}}, None),
        (0.2, 0.2, {"causes": {"dead"}}, ("20%", "20%")),
        (0.2, 0.2, {"good": True}, None),
        (0.2, 0.2, {"rows": 20}, ("20%", "20%")),
        (0.2, 0.2, {"rows": 10}, None),
        (0.2, 0.2, {"rows": 2000}, ("20%", "20%")),
        (0.2, 0.2, {"rows": 2001}, None),
        (0.2, 0.2, {"columns": 64}, ("20%", "20%")),
        (0.2, 0.2, {"columns": 65}, None),
    ],
    ids=str,
)
def test_classes_overlap_where_as_many_end_wrong_as_are_among_others(among, wrong, more, told, monkeypatch):
    rows = more.pop("rows", 100) if (more := dict(more)) else 100
    parts = [np.arange(rows) < round(share * rows) for share in (among, wrong)]
    monkeypatch.setattr(data, "_among_others", lambda x, y: parts[0])
    monkeypatch.setattr(data, "falls", lambda e: False)
    evidence = looked_into(np.zeros((rows, more.pop("columns", 2))), np.zeros(rows), misread=parts[1], **more)
    findings = list(data.noise(evidence))
    found = [re.search(r"overlap: (\S+) of the samples .* and (\S+) end", one.words.en).groups() for one in findings]
    assert found == [told] * (told is not None)
    monkeypatch.setattr(data, "falls", lambda e: True)
    assert not list(data.noise(evidence))
