"""Link and file codec of the workspace: the settings, and the plan that trains each run again, with its last loss."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from engine import InputError, Text
from engine.core import names, parse_number, parse_whole
from engine.settings import FIELDS, MIDWAY, MOST_EPOCHS, Task, task_from_query, task_to_query, task_to_whole_query
from engine.studies import LENGTH
from engine.untrusted import parsed
from visualizer.experiments import EXPERIMENTS
from visualizer.lab.plans import LONGEST_NAME, MOST_PARTS, OF_TABLE, QueuedRun, Snapshot
from visualizer.outside import outside_to
from visualizer.runs import MOST_RUNS, NamedRun
from visualizer.state import LONGEST_LINK, held_in, told_left_out, unknown_in

_LONGEST = LONGEST_LINK - 400  # characters; there is more to say than what is of the lab
_CHANGING = {*MIDWAY, *LENGTH, *OF_TABLE}  # settings that may change midway
_RUNS = Text("runs: cannot be read", "runs：无法读取")
_ALLOWED = Text("what the page itself has written", "页面自己写出的内容")
_EXPERIMENT = Text("there is no such experiment", "没有这个实验")
_FORMAT, _VERSION = "backprop-stage-runs", 1
_NO_FILE = Text("not a file of saved runs", "这不是保存训练的文件")


def plans_of(experiment: str) -> list[QueuedRun]:
    """Return the runs of a prepared experiment."""
    return [QueuedRun(((0, task),)) for task in EXPERIMENTS[experiment].tasks]


def experiment_in(query: Mapping[str, str]) -> str:
    """Return the name of the experiment that a query opens; "" where it opens none, or has runs of its own."""
    return query.get("experiment", "") if "runs" not in query and query.get("experiment") in EXPERIMENTS else ""


def experiment_of(lab: Snapshot, name: str, held: bool = False) -> bool:
    """Whether the runs of a workspace are those of an experiment, and its settings those of one of them.

    An experiment that is `held` has no runs yet.
    """
    tasks = EXPERIMENTS[name].tasks if name in EXPERIMENTS else ()
    live = [lab.current.parts] if lab.current else []
    kept = [
        tuple((segment.history.start, segment.task) for segment in run.trial.segments)
        for run in lab.kept
        if _plain(run)
    ]
    parts = [*kept, *live, *(plan.parts for plan in lab.waiting)]
    begun = () if held else tasks
    return parts == [((0, task),) for task in begun] and lab.task in tasks and not lab.outside


def _plain(run: NamedRun) -> bool:
    """Whether a run has nothing that only the plan of a run says: a name of its own, and how it is shown."""
    return not (run.name or run.hidden or run.pinned)


def lab_to_query(lab: Snapshot) -> tuple[dict[str, str], bool]:
    """Return the query of a workspace, and whether it holds all; it names the parts that were too long for it."""
    query = task_to_query(lab.task)
    runs = [_written(plan) for plan in lab.plans]
    curves = [outside_to(curve) for curve in lab.outside]
    for name, written in (("runs", runs), ("outside", curves)):
        query |= {name: json.dumps(written, separators=(",", ":"), ensure_ascii=False)} if written else {}
    left_out = []
    while sum(map(len, query.values())) > _LONGEST or len(urlencode(query)) > _LONGEST:
        left_out.append(max(query, key=lambda name: len(query[name])))
        del query[left_out[-1]]
    return query | told_left_out(left_out), not left_out


def _written(plan: QueuedRun, whole: bool = False) -> dict[str, Any]:
    """Return a plan as JSON has it; the first part with every setting, or with those that are not usual."""
    parts: list[Any] = []
    before = Task()
    for start, task in plan.parts:
        parts.append([start, task_to_whole_query(task) if whole and not parts else task_to_query(task, before)])
        before = task
    ended = {} if plan.expected is None else {"loss": repr(plan.expected)}
    return {"parts": parts, **ended} | ({"name": plan.name} if plan.name else {}) | _shown(plan)


def _shown(plan: QueuedRun) -> dict[str, bool]:
    return {name: True for name in ("hidden", "pinned") if getattr(plan, name)}


def lab_from_query(query: Mapping[str, str]) -> tuple[Task, list[QueuedRun], list[InputError]]:
    """Return the task and the runs that a query describes, and errors about the rest."""
    name = experiment_in(query)
    task, problems = task_from_query(query, EXPERIMENTS[name].tasks[0] if name else None)
    plans = plans_of(name) if name else []
    if query.get("experiment", name) != name and "runs" not in query:
        problems.append(InputError(_EXPERIMENT, names(EXPERIMENTS), query["experiment"]))
    if "runs" in query:
        try:
            plans = _plans(parsed(query["runs"]), query["runs"])
        except InputError as error:
            problems.append(error)
    return task, plans, problems


def _plans(written: object, shown: str) -> list[QueuedRun]:
    """Return the plans of runs; raises `InputError` at the first that is none, or for all with `shown` in it."""
    if not isinstance(written, list) or len(written) > MOST_RUNS:
        raise InputError(_RUNS, _ALLOWED, shown[:40])
    return [_plan(run) for run in written]


def _said(written: Mapping[str, object]) -> dict[str, str]:
    """Return the settings of a task as a query has them, without anything else among them."""
    return {name: str(value) for name, value in written.items() if name in FIELDS}


def _plan(written: Any) -> QueuedRun:
    match written:
        case {"parts": [[0, _], *_] as parts} if len(parts) <= MOST_PARTS:
            name, loss = str(written.get("name", "")), str(written["loss"]) if "loss" in written else None
            shown = {each: written.get(each) is True for each in ("hidden", "pinned")}
            expected = float(loss) if loss in ("nan", "inf") else None if loss is None else parse_number(loss)
            return QueuedRun(tuple(_parts(parts)), name[:LONGEST_NAME], expected, **shown)
    raise InputError(_RUNS, _ALLOWED, str(written)[:40])


def _parts(written: Iterable[object]) -> Iterable[tuple[int, Task]]:
    task, last = Task(), -1
    for part in written:
        match part:
            case [int(start), dict(changes)] if start > last and (last < 0 or _CHANGING.issuperset(changes)):
                before, (task, problems) = task, task_from_query(_said(changes), task)
                if problems:
                    raise problems[0]
                if last >= 0 and not changes.keys().isdisjoint(OF_TABLE) and task.sizes != before.sizes:
                    raise InputError(_RUNS, _ALLOWED, str(part)[:40])
                last = parse_whole(str(start), 0, MOST_EPOCHS)
                yield last, task
            case _:
                raise InputError(_RUNS, _ALLOWED, str(part)[:40])


def lab_to_file(lab: Snapshot) -> str:
    """Return the settings and all runs as the text of a file."""
    runs = [_written(plan, whole=True) for plan in lab.plans]
    held = {"format": _FORMAT, "version": _VERSION, "task": task_to_whole_query(lab.task), "runs": runs}
    held |= {"outside": [outside_to(curve) for curve in lab.outside]} if lab.outside else {}
    return json.dumps(held, indent=1, ensure_ascii=False)


def lab_from_file(text: str) -> tuple[Task, list[QueuedRun], list[InputError]]:
    """Return the task and the runs in a file, and errors about the rest, as `lab_from_query`.

    Raises
    ------
    InputError
        Where it is no such file at all.
    """
    match held_in(text):
        case {"format": kind, "version": version, "task": dict(task), "runs": list(runs)} if (kind, version) == (
            _FORMAT,
            _VERSION,
        ):
            made, _, problems = lab_from_query(_said(task))
            problems += unknown_in(task, FIELDS)
            try:
                return made, _plans(runs, text), problems
            except InputError as error:
                return made, [], [*problems, error]
    raise InputError(_NO_FILE, names([_FORMAT]), text[:40])
