"""The NumPy script: executed, it comes to the engine's numbers."""

import pytest

from engine.examples import EXAMPLES
from engine.settings import Model
from tests.visualizer.exports.cases import ALL, apart, bound, executed, made, subject_of
from visualizer.exports.script import parameters


@pytest.mark.parametrize(("case", "layers"), ALL)
def test_numpy(case, layers):
    subject = subject_of(made(case, layers), step="bp4.1")
    trace = subject.trace
    names, said = executed("numpy", subject)
    for step in trace.steps:
        for name, l in step.writes if step.layer and step.rule.phase != "cost" else ():
            plain = name.removesuffix("_new")
            theirs = names[f"{plain}{l}{name[len(plain) :]}"]
            assert apart(trace.value(name, l), theirs) <= bound(trace, name, l, 1e-14, 1e-11)
    for name, l in parameters(trace):
        assert apart(trace.value(f"{name}_new", l), names[f"{name}{l}_new"]) <= bound(trace, name, l, 1e-14, 1e-6)
        assert f"{name}{l} becomes" in said
    assert names["C"] == pytest.approx(trace.loss, rel=1e-14)
    assert str(trace.value("dW", 1).tolist()[0][0])[:12] in said.split("dW1 =")[1]


def test_numpy_prints_what_a_step_of_normalization_wrote():
    subject = subject_of(made(0, "norm"), step="running.2")
    names, said = executed("numpy", subject)
    for name in ("mean2_new", "variance2_new"):
        assert f"{name} = {names[name].tolist()}" in said


@pytest.mark.parametrize("example", EXAMPLES)
def test_numpy_on_every_example(example):
    subject = subject_of(Model.of_example(example))
    names, _ = executed("numpy", subject)
    last = len(subject.spec.model.activations)
    assert apart(subject.trace.value("W_new", last), names[f"W{last}_new"]) <= 1e-14
