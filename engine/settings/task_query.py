"""Link codec of a task: the settings that differ from a task it begins with, each as short text.

Parsing never raises: what cannot be used is reported and left as it was.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.core import InputError, changed_fields, in_link, read_fields, write_fields
from engine.settings.fields import OF_TRAINING
from engine.settings.task import MNIST, OWN, Task

FIELDS = OF_TRAINING
_BESIDE = {
    OWN: ("rows", "targets", "decimal", "prepared", "left_out"),
    MNIST: ("images",),
}  # without which data of one's own are none


def task_to_query(task: Task, base: Task | None = None) -> dict[str, str]:
    """Return the query of the settings of a task that differ from `base`, the default task unless given."""
    return write_fields(changed_fields(FIELDS, task, base or Task()), task)


def task_to_whole_query(task: Task) -> dict[str, str]:
    """Return the query of every setting of a task, also where it is the usual one."""
    return write_fields(FIELDS, task)


def task_from_query(query: Mapping[str, str], base: Task | None = None) -> tuple[Task, list[InputError]]:
    """Return the task that a query describes, and an error for everything in it that could not be used."""
    problems: list[InputError] = []
    task = base or Task()
    values = read_fields(FIELDS, query, problems)
    try:
        if "hidden" in values and "activations" not in values:
            return _changed(task.with_hidden(values["hidden"]), values), problems
        return _changed(task, values), problems
    except InputError:
        pass
    beside = _BESIDE.get(values.get("data", task.data), ())
    table = {name: values.pop(name) for name in beside if name in values}
    for name, value in values.items():  # together they do not fit: what fits one by one
        try:
            task = _changed(task, {name: value} | (table if name == "data" else {}))
        except InputError as error:
            problems.append(in_link(name, error))
    return task, problems


def _changed(task: Task, values: dict[str, Any]) -> Task:
    changed = replace(task, **values)
    changed.check()
    return changed
