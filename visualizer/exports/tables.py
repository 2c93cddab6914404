"""Tables of numbers as CSV: those of the present step, those of the whole iteration, and the costs so far."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

import numpy as np

from engine import BatchNorm, Ref, Text, Trace
from engine.program import OF_SAMPLES
from visualizer.exports.subject import Export, Subject

_HEAD = ("step", "name", "layer", "row", "column", "sample", "value")
_GIVEN = "0"


def iteration_csv(subject: Subject) -> str:
    """Return every number of the present iteration, step by step, after the inputs and parameters."""
    trace = subject.trace
    rows = list(_given(trace))
    for step in trace.steps:
        rows += (row for ref in step.writes for row in _rows(trace, step.address, ref))
    return _written(_HEAD, rows)


def step_csv(subject: Subject) -> str:
    """Return the numbers that the present step reads and writes; before the first step inputs and parameters."""
    trace = subject.trace
    step = next((step for step in trace.steps if step.address == subject.address), None)
    if step is None:
        return _written(_HEAD, _given(trace))
    refs = dict.fromkeys((*step.reads, *step.writes))
    return _written(_HEAD, (row for ref in refs for row in _rows(trace, step.address, ref)))


def costs_csv(subject: Subject) -> str:
    """Return the cost of every iteration up to the present one."""
    return _written(("iteration", "C"), enumerate(map(repr, subject.spec.model.costs()), 1))


def _given(trace: Trace) -> Iterator[tuple[Any, ...]]:
    yield from _rows(trace, _GIVEN, Ref("a", 0))
    yield from _rows(trace, _GIVEN, Ref("y", len(trace.given.layers)))
    for l in range(1, len(trace.given.sizes)):
        normed = BatchNorm._fields if trace.given.architecture.is_normed(l) else ()
        for name in ("W", "b", *normed):
            yield from _rows(trace, _GIVEN, Ref(name, l))


def _rows(trace: Trace, address: str, ref: Ref) -> Iterator[tuple[Any, ...]]:
    """Return a row for every entry of a value; rows, columns and samples count from 1."""
    values = np.asarray(trace.value(*ref))
    of_samples = ref.name in OF_SAMPLES | {"a", "y", "slope", "slope_u", "mask"}
    name = "x" if ref == ("a", 0) else ref.name
    for place, value in np.ndenumerate(values):
        row, column, *sample = (*(i + 1 for i in place), "", "", "")[:3]
        if of_samples and values.ndim == 2:
            column, sample = "", [column]
        yield address, name, ref.layer, row, column, sample[0], repr(float(value))


def _written(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    held = StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return held.getvalue()


TABLES = (
    Export(
        "step_csv",
        "numbers",
        Text("This step (CSV)", "这一步（CSV）"),
        Text("Everything the current step reads and writes.", "当前步骤读取与写入的全部数值。"),
        "step.csv",
        "text/csv",
        step_csv,
        order=3,
    ),
    Export(
        "iteration_csv",
        "numbers",
        Text("This iteration (CSV)", "这次迭代（CSV）"),
        Text("Every number of every step.", "每一步的每个数值。"),
        "iteration.csv",
        "text/csv",
        iteration_csv,
        order=3,
    ),
    Export(
        "costs_csv",
        "numbers",
        Text("Costs (CSV)", "代价（CSV）"),
        Text("The cost of every iteration so far.", "至今每次迭代的代价。"),
        "costs.csv",
        "text/csv",
        costs_csv,
        order=3,
    ),
)
