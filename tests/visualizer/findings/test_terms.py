"""Findings about penalty, clipping, schedule and mistakes, recomputed from the run."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

from engine import Dense, Network
from engine.passes import trace
from tests.visualizer.findings.known import classes, curve, run
from tests.visualizer.findings.test_findings import found
from visualizer.findings import terms


def test_the_pull_of_a_penalty_is_as_long_as_is_told():
    task = classes(eta=0.2, regularizer="l2", strength=0.05, epochs=1000)
    (finding,) = found(task, "penalty")
    end = run(task).network_at(1000)
    data = trace(end, *run(task).data, task.loss)
    pull = np.concatenate([0.05 * layer.W.ravel() for layer in end.layers])
    dW = np.concatenate([data.value("dW", l).ravel() for l in (1, 2)])
    ratio, cosine = (
        float(n.replace("−", "-"))
        for n in re.search(r"is ([\d.]+) times .* \(cosine (\S+)\)", finding.words.en).groups()
    )
    assert ratio == pytest.approx(np.linalg.norm(pull) / np.linalg.norm(dW), rel=0.06)
    assert cosine == pytest.approx(pull @ dW / np.linalg.norm(pull) / np.linalg.norm(dW), abs=0.06)
    penalty = 0.05 * sum(0.5 * (layer.W**2).sum() for layer in end.layers)
    assert float(re.search(r"([\d.]+)% of the total cost", finding.words.en)[1]) == pytest.approx(
        100 * penalty / (penalty + data.loss), rel=0.06
    )


def test_without_penalty_clipping_schedule_or_mistake_nothing_is_said_of_them():
    for kind in ("penalty", "clip", "schedule", "mistake"):
        assert not found(curve(eta=0.1), kind)


def test_a_clip_that_no_gradient_reaches_is_not_blamed():
    assert found(curve(clip="norm", clip_at=0.005), "clip")
    assert not found(curve(clip="norm", clip_at=1e6), "clip")


def test_the_rates_that_a_schedule_leaves_are_told():
    task = classes(schedule="exponential", epochs=1500)
    (finding,) = found(task, "schedule")
    rates = [float(n) for n in re.search(r"from ([\d.]+) to ([\d.]+)\.", finding.words.en).groups()]
    assert rates == pytest.approx([task.rate(1), task.rate(1500)], rel=0.06)


def test_uphill_points_the_other_way():
    (finding,) = found(classes().with_options(mistakes=("uphill",)), "mistake")
    assert "180°" in finding.words.en
    assert "1 times as long" in finding.words.en


@pytest.mark.parametrize("name", ["no_slope", "uphill"])
def test_how_far_a_mistake_is_off_is_that_of_the_first_step(name):
    task = classes().with_options(mistakes=(name,))
    (finding,) = found(task, "mistake")
    degrees, times = map(float, re.search(r"points ([\d.]+)° .* is ([\d.]+) times", finding.words.en).groups())
    net, rows = run(task).network_at(0), run(task).data
    right, wrong = (trace(net, *rows, task.loss, mistakes=names).wrong_gradient for names in ((), (name,)))
    lengths = np.linalg.norm(right), np.linalg.norm(wrong)
    assert degrees == pytest.approx(np.degrees(np.arccos(np.clip(right @ wrong / np.prod(lengths), -1, 1))), rel=0.01)
    assert times == pytest.approx(lengths[1] / lengths[0], rel=0.01)
    assert finding.first == 0


def held_up(pull=(0.6, 0.8), data=(-1.0, 0.0), start=25.0, cost=2.0, loss=1.5, level=1.0, low=1.0):
    """A run that ends with weights of length 5, a pull of the penalty, and a gradient of the data."""
    nets = [Network((Dense([np.array(w)], [0.0], "linear"),)) for w in ((start, 0.0), (3.0, 4.0))]
    values = {"dW": np.array([data]), "gW": np.add([data], [pull])}
    end = SimpleNamespace(given=nets[1], value=lambda name, l: values[name], cost=cost, loss=loss)
    task = classes(regularizer="l2", strength=0.1)
    return SimpleNamespace(
        end=end, start=SimpleNamespace(given=nets[0]), task=task, loss=np.array([2.0, level]), low=low, last=7
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {},
            "its gradient is 1 times as long as that of the data and points against it (cosine −0.6). "
            "The penalty is 25% of",
        ),
        ({"pull": (0.59, 0.81)}, None),
        (
            {"pull": (0.31, 0.0)},
            "its gradient is 0.31 times as long as that of the data and points against it (cosine −1)",
        ),
        ({"pull": (0.29, 0.0)}, None),
        ({"pull": (-1.0, 0.0)}, None),
        ({"pull": (0.0, 0.0), "data": (0.0, 0.0)}, None),
        ({"cost": 0.0, "loss": 0.0}, "The penalty is 0% of"),
        ({"level": 0.99}, None),
        ({"start": 25.1}, "has shrunk the weights to 20% of their initial length"),
        ({"start": 50.0, "pull": (-1.0, 0.0)}, "has shrunk the weights to 10% of their initial length"),
    ],
    ids=str,
)
def test_a_penalty_is_blamed_where_it_holds_the_data_up_or_has_pressed_the_weights(given, said):
    findings = list(terms.penalty(held_up(**given)))
    assert len(findings) == (said is not None)
    assert said is None or said in findings[0].words.en
    assert all((one.first, one.last, one.cause) == (0, 7, "penalty") for one in findings)


def test_at_a_kink_the_pull_holds_against_the_data_as_far_as_it_can():
    """Of three weights the first swings about 0, and the pull on it is whatever the data need, up to the strength."""
    w, before = np.array([[0.01, 0.011, 2.0]]), np.array([[-0.01, -0.011, 2.0]])
    end, data = Network((Dense(w, [0.0], "linear"),)), np.array([[-0.05, 0.4, 0.3]])
    values = {"dW": data, "gW": data + 0.1 * np.sign(w)}
    asked = []

    def network_at(epoch):
        asked.append(epoch)
        return end if epoch == 7 else Network((Dense(before, [0.0], "linear"),))

    evidence = SimpleNamespace(
        end=SimpleNamespace(given=end, value=lambda name, l: values[name]),
        task=classes(regularizer="l1", strength=0.1),
        trial=SimpleNamespace(network_at=network_at),
        last=7,
    )
    pull, gradient = terms._pull_and_data(evidence)
    assert pull == pytest.approx([0.05, -0.1, 0.1], abs=1e-12)
    assert gradient == pytest.approx(data[0])
    assert asked == [7, 6]
    evidence.last = 0
    terms._pull_and_data(evidence)
    assert asked[2:] == [0, 0]


def clipped(lengths, at=1.0, **settings):
    """A run with gradients of these lengths at the five moments at which it is looked at, and where those were."""
    asked = []

    def passed(epoch):
        asked.append(epoch)
        return SimpleNamespace(gradient=np.array([0.0, lengths[len(asked) - 1]]))

    task = classes(clip="norm", clip_at=at, **settings)
    return SimpleNamespace(end=object(), good=False, task=task, last=8, passed=passed), asked


@pytest.mark.parametrize(
    ("lengths", "at", "left"),
    [
        ((2.0,) * 5, 1.0, "50%"),
        ((2.0,) * 5, 1.02, None),
        ((0.0, 0.0, 0.0, 2.0, 2.0), 0.1, None),
        ((0.0, 0.0, 2.0, 2.0, 2.0), 0.1, "5%"),
    ],
)
def test_clipping_is_blamed_where_it_leaves_half_of_a_typical_gradient_or_less(lengths, at, left):
    evidence, asked = clipped(lengths, at)
    findings = list(terms.clip(evidence))
    assert asked == [0, 2, 4, 6, 8]
    assert [re.search(r"leaves (\S+) of", one.words.en)[1] for one in findings] == [left] * (left is not None)
    assert all((one.first, one.last) == (0, 8) for one in findings)


def scheduled(rates, loss, low=0.0):
    rates = np.array(rates, float)
    curve = np.concatenate((np.full(len(rates), 1.0), [loss]))
    task = classes(schedule="step")
    return SimpleNamespace(end=object(), loss=curve, low=low, last=len(rates), rates=rates, task=task)


@pytest.mark.parametrize(
    ("rates", "loss", "low", "told"),
    [
        ([1.0] * 10 + [0.2] * 5, 0.98, 0.0, ("1", "0.2", "9", "2%")),
        ([1.0] * 10 + [0.2] * 5, 0.98, 0.98, ("1", "0.2", "9", "2%")),
        ([0.5] * 20 + [0.05] * 10, 0.9, 0.0, ("0.5", "0.05", "18", "10%")),
        ([1.0] * 10 + [0.2] * 5, 0.98, 0.981, None),
        ([1.0] * 10 + [0.2] * 5, 0.99, 0.0, None),
        ([1.0] * 10 + [0.25] * 5, 0.9, 0.0, None),
        ([10.0, 0.1], 0.5, 0.0, None),
    ],
)
def test_a_schedule_is_blamed_where_the_loss_still_falls_as_the_rate_ends(rates, loss, low, told):
    findings = list(terms.schedule(scheduled(rates, loss, low)))
    pattern = r"from (\S+) to (\S+)\. .* since epoch (\d+), .*, by ([\d.]+%):"
    assert [re.search(pattern, one.words.en).groups() for one in findings] == [told] * (told is not None)
    assert all((one.first, one.last) == (int(told[2]), len(rates)) for one in findings)


def test_the_first_epochs_say_nothing_of_a_schedule():
    assert not list(terms.schedule(SimpleNamespace(**vars(scheduled([1.0], 0.5)) | {"last": 0})))
