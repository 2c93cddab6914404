"""Numbers as CSV read back exactly, and every one is there."""

import csv
import io
from dataclasses import replace

import numpy as np
import pytest

from engine import Ref
from engine.examples import EXAMPLES
from engine.mistakes import MISTAKES
from engine.settings import Model
from tests.visualizer.exports.cases import CASES, DIVERGED, model, subject_of
from visualizer.exports import EXPORTS


def rows(name, subject):
    return list(csv.DictReader(io.StringIO(EXPORTS[name].make(subject))))


def entry(trace, row):
    """The number that a row of the table is about."""
    value = trace.value("a" if row["name"] == "x" else row["name"], int(row["layer"]))
    place = [int(row[axis]) - 1 for axis in ("row", "column", "sample") if row[axis]]
    return value[tuple(place)]


@pytest.mark.parametrize("state", [*EXAMPLES, *CASES])
def test_every_number_of_the_iteration_is_there_and_exact(state):
    subject = subject_of(model(state) if isinstance(state, int) else Model.of_example(state))
    trace, table = subject.trace, rows("iteration_csv", subject)
    assert all(float(row["value"]) == entry(trace, row) for row in table)
    written = sum(np.size(trace.value(*ref)) for step in trace.steps for ref in step.writes)
    last = len(trace.given.layers)
    given = trace.given.theta.size + trace.value("a", 0).size + trace.value("y", last).size
    assert len(table) == written + given
    assert [row["step"] for row in table if row["step"] == "0"] == ["0"] * given


@pytest.mark.parametrize("granularity", ["layer", "neuron", "weight"])
def test_the_present_step_has_what_it_reads_and_writes(granularity):
    subject = subject_of(Model.of_example("mazur"), step="bp2.1.2", granularity=granularity)
    table = rows("step_csv", subject)
    step = next(step for step in subject.trace.steps if step.address == "bp2.1")
    assert {Ref(row["name"], int(row["layer"])) for row in table} == {*step.reads, *step.writes}
    assert {row["step"] for row in table} == {"bp2.1"}


def test_before_the_first_step_there_is_what_was_given():
    table = rows("step_csv", subject_of(Model.of_example("mazur")))
    assert {row["name"] for row in table} == {"x", "y", "W", "b"}


def test_costs():
    subject = subject_of(replace(Model.of_example("mazur"), iteration=3))
    table = rows("costs_csv", subject)
    assert [row["iteration"] for row in table] == ["1", "2", "3"]
    assert tuple(float(row["C"]) for row in table) == subject.spec.model.costs()


@pytest.mark.parametrize("mistake", MISTAKES)
def test_beside_a_number_of_a_pass_with_a_mistake_stands_the_correct_one(mistake):
    right = replace(model(1), iteration=2)
    subject = subject_of(replace(right, mistakes=(mistake,)), step="update")
    for name in ("step_csv", "iteration_csv"):
        for row in rows(name, subject):
            assert float(row["value"]) == entry(subject.trace, row)
            assert float(row["correct"]) == entry(right.trace(), row)
    both = [(float(row["C"]), float(row["correct"])) for row in rows("costs_csv", subject)]
    assert tuple(zip(*both, strict=True)) == (subject.spec.model.costs(), right.costs())


def test_a_diverged_network_is_written_too():
    for name in ("step_csv", "iteration_csv", "costs_csv"):
        assert "nan" in EXPORTS[name].make(subject_of(DIVERGED, step="update"))
