"""Tables of numbers as CSV: those of the present step, those of the whole iteration, and the costs so far."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

import numpy as np

from engine import BatchNorm, Ref, Text
from engine.program import OF_SAMPLES
from visualizer.exports.subject import Export, Subject
from visualizer.scene import SceneBuilder

_HEAD = ("step", "name", "layer", "row", "column", "sample", "value")
_RIGHT = "correct"  # a column beside the numbers of a pass with mistakes in it
_GIVEN = "0"


def iteration_csv(subject: Subject) -> str:
    """Return every number of the present iteration, step by step, after the inputs and parameters."""
    rows = list(_given(subject.builder))
    for step in subject.trace.steps:
        rows += (row for ref in step.writes for row in _rows(subject.builder, step.address, ref))
    return _written(subject, _HEAD, rows)


def step_csv(subject: Subject) -> str:
    """Return the numbers that the present step reads and writes; before the first step inputs and parameters."""
    builder = subject.builder
    step = next((step for step in builder.trace.steps if step.address == subject.address), None)
    if step is None:
        return _written(subject, _HEAD, _given(builder))
    refs = dict.fromkeys((*step.reads, *step.writes))
    return _written(subject, _HEAD, (row for ref in refs for row in _rows(builder, step.address, ref)))


def costs_csv(subject: Subject) -> str:
    """Return the cost of every iteration up to the present one."""
    model = subject.spec.model
    costs = [model.costs(), *([model.right.costs()] if model.mistakes else [])]
    return _written(
        subject, ("iteration", "C"), ((i, *map(repr, row)) for i, row in enumerate(zip(*costs, strict=True), 1))
    )


def _given(builder: SceneBuilder) -> Iterator[tuple[Any, ...]]:
    given = builder.trace.given
    yield from _rows(builder, _GIVEN, Ref("a", 0))
    yield from _rows(builder, _GIVEN, Ref("y", len(given.layers)))
    for l in range(1, len(given.sizes)):
        normed = BatchNorm._fields if given.architecture.is_normed(l) else ()
        for name in ("W", "b", *normed):
            yield from _rows(builder, _GIVEN, Ref(name, l))


def _rows(builder: SceneBuilder, address: str, ref: Ref) -> Iterator[tuple[Any, ...]]:
    """Return a row for every entry of a value; rows, columns and samples count from 1."""
    passes = [builder.trace, *([builder.right] if builder.right else [])]
    values, *_ = held = [np.asarray(made.value(*ref)) for made in passes]
    of_samples = ref.name in OF_SAMPLES | {"a", "y", "slope", "slope_u", "mask"}
    name = "x" if ref == ("a", 0) else ref.name
    for place in np.ndindex(values.shape):
        row, column, *sample = (*(i + 1 for i in place), "", "", "")[:3]
        if of_samples and values.ndim == 2:
            column, sample = "", [column]
        yield address, name, ref.layer, row, column, sample[0], *(repr(float(each[place])) for each in held)


def _written(subject: Subject, head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    held = StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow((*head, *([_RIGHT] if subject.spec.model.mistakes else [])))
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
