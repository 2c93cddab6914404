import re

import pytest

from engine.settings import Task
from engine.studies import RunDriver
from tests.visualizer.findings.known import run
from tests.visualizer.findings.known_first import RECORDS
from visualizer.findings import FINDINGS, RUN, findings


def task(data="moons", hidden=(8,), activations=("tanh", "sigmoid"), loss="binary_cross_entropy", **settings):
    settings = {"init": "xavier_uniform", "eta": 0.5, "epochs": 300} | settings
    return Task(data, hidden=hidden, activations=activations, loss=loss, **settings)


def curve(activations=("tanh", "linear"), **settings):
    return task("sine", activations=activations, loss="squared_error", **settings)


SHOWN = {
    "diverged": (curve(eta=1.5), {"diverged"}),
    "dead": (curve(("relu", "linear"), eta=0.9), {"dead", "rising"}),
    "a dead output": (
        curve(("relu", "relu"), hidden=(4,), eta=0.5, epochs=50, init="he_uniform"),
        {"dead", "unlearned"},
    ),
    "saturated": (
        task("own", (), ("sigmoid",), "squared_error", rows="x,y\n10,0\n12,0\n30,1", init="constant", eta=1e-4),
        {"saturated", "unlearned"},
    ),
    "saturated by long steps": (
        task("spiral", (16, 16), ("tanh",) * 3, "squared_error", optimizer="adam", eta=0.5, init="normal"),
        {"saturated"},
    ),
    "zeros": (task("circle", (4,), init="zeros"), {"alike", "unlearned"}),
    "alike": (task("circle", (4,), init="constant", epochs=1000), {"alike"}),
    "the published XOR": (Task(), {"stuck"}),
    "with Adam": (Task(optimizer="adam", eta=0.1), {"stuck"}),
    "plateau": (task(optimizer="adam", eta=0.02, epochs=600), {"plateau", "solved"}),
    "slow": (curve(eta=0.0005, epochs=1000), {"slow"}),
    "oscillation": (curve(eta=0.8), {"oscillation"}),
    "small batches": (task(eta=2.0, batch=4, epochs=100), {"oscillation", "solved"}),
    "over-fitting": (
        task(size=60, noise=0.35, hidden=(32,), optimizer="adam", eta=0.02, held=50, epochs=2000),
        {"overfitting", "solved"},
    ),
}
CLEAN = {
    "XOR with three": Task(hidden=(3,)),
    "XOR from another seed": Task(seed=2),
    "AND": task("and", (), ("sigmoid",), "squared_error", eta=2.0, epochs=2000),
    "blobs": task("blobs", (4,), noise=0.3),
    "blobs in batches": task("blobs", (4,), noise=0.3, eta=0.05, optimizer="momentum", batch=32, epochs=60),
    "held out": task("blobs", (4,), noise=0.3, held=30),
    "circle": task("circle", activations=("relu", "sigmoid"), epochs=1000, init="he_uniform"),
    "sine": curve(eta=0.02, optimizer="adam", epochs=1500),
    "sine by descent": curve(eta=0.1, epochs=2000),
    "softmax": task("blobs", (4,), ("tanh", "softmax"), "cross_entropy"),
}


def found(of, kind):
    return [finding for finding in findings(run(of)) if finding.kind == kind]


@pytest.mark.parametrize(("of", "kinds"), SHOWN.values(), ids=SHOWN)
def test_what_a_run_shows_is_found(of, kinds):
    assert kinds <= {finding.kind for finding in findings(run(of))}


@pytest.mark.parametrize("of", CLEAN.values(), ids=CLEAN)
def test_a_clean_run_gives_no_alarm(of):
    assert [finding.kind for finding in findings(run(of))] == ["solved"]


def test_every_kind_is_shown_by_a_run():
    tasks = [of for of, _ in SHOWN.values()] + [known.task for known in RECORDS]
    about_runs = {name for name, kind in FINDINGS.items() if RUN in kind.about}
    assert {finding.kind for of in tasks for finding in findings(run(of))} == about_runs


@pytest.mark.parametrize("of", [of for of, _ in SHOWN.values()], ids=SHOWN)
def test_findings_lie_in_the_run_and_say_the_same_in_both_languages(of):
    trial = run(of)
    for finding in findings(trial):
        assert 0 <= finding.first <= finding.last <= trial.epochs
        en, zh = (sorted(re.findall(r"\d+(?:\.\d+)?", words)) for words in finding.words)
        assert (en, "{" in finding.words.en + finding.words.zh) == (zh, False)
        assert finding.words.en.endswith(".")
        assert finding.words.zh.endswith("。")


def test_one_epoch_and_a_run_on_its_way_are_enough():
    assert findings(run(Task(epochs=1))) == ()
    training = RunDriver(Task())
    training.advance(10.0, most=2500)
    assert [(finding.kind, finding.last) for finding in findings(training.trial)] == [("slow", 2500), ("learned", 2500)]


def test_parameters_that_overflow_are_called_by_their_name():
    settings = {"rows": "x,y\n10,0\n-20,1", "init": "zeros", "eta": 1e308, "epochs": 5}
    (finding,) = found(task("own", (), ("sigmoid",), **settings), "diverged")
    assert "At epoch 1 W¹ was no longer finite" in finding.words.en
    assert "第 1 轮时 W¹ 不再" in finding.words.zh


def test_the_published_run_ends_with_one_sample_wrong():
    (finding,) = found(Task(), "stuck")
    assert "1 of 4 samples" in finding.words.en
    assert "4 个样本中有 1 个" in finding.words.zh
    assert finding.last == 10_000


def test_solved_since_the_loss_is_small():
    of = CLEAN["XOR with three"]
    (finding,) = found(of, "solved")
    assert run(of).loss[finding.first] < 0.01 <= run(of).loss[finding.first - 1]
    assert "All 4 training samples" in finding.words.en
