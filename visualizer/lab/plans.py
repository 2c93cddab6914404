"""Contents of a workspace: plans, which train runs again as far as they came, and a snapshot of all that is in it."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from engine import InputError, Text
from engine.settings import Task
from engine.studies import RunDriver
from visualizer.outside import OutsideCurve
from visualizer.runs import NamedRun

MOST_PARTS, LONGEST_NAME = 100, 80
OF_TABLE = ("data", "size", "noise", "rows", "targets", "decimal")  # a run goes on where its points are moved
_CHANGED = Text("the settings of this run cannot be changed any more often", "这次训练已达到可更改的次数")
_AFRESH = Text("at most {} times; keep it and start another run", "至多 {} 次；请保留它并另行训练").format(
    MOST_PARTS - 1
)


class QueuedRun(NamedTuple):
    """Queued run: tasks, each with the number of epochs after which it begins; and how it is shown, as `NamedRun`."""

    parts: tuple[tuple[int, Task], ...]
    name: str = ""
    expected: float | None = None  # the last loss, where it was trained before
    hidden: bool = False
    pinned: bool = False

    def begin(self) -> RunDriver:
        """Return the driver of the run."""
        (_, task), *changes = self.parts
        return RunDriver(task, *changes)

    def check_room(self) -> None:
        """Raise `InputError` where another change would make more segments than a link or a file can hold."""
        if len(self.parts) >= MOST_PARTS:
            raise InputError(_CHANGED, _AFRESH, len(self.parts))

    def goal(self, done: int) -> int:
        """Return the number of epochs that the segment running after `done` epochs is meant to reach."""
        return next(task.epochs for start, task in reversed(self.parts) if start <= done)


def queued_run(run: NamedRun) -> QueuedRun:
    """Return the plan that trains a run again, as far as it came."""
    *before, last = run.trial.segments
    parts = [(segment.history.start, segment.task) for segment in before]
    done, meant = run.trial.epochs, max(last.task.span, last.task.epochs)
    whole = 0 if last.task.schedule == "constant" or done == meant else meant  # a schedule stays that of all it meant
    parts.append((last.history.start, replace(last.task, epochs=done, span=whole)))
    return QueuedRun(tuple(parts), run.name, float(run.trial.loss[-1]), run.hidden, run.pinned)


class ReplayMismatch(NamedTuple):
    """Run that ended with another loss when it was trained again: its colour, the loss before, and the loss now."""

    colour: int
    before: float
    now: float


@dataclass(frozen=True)
class Snapshot:
    """Snapshot of a workspace: nothing in it ever changes, so that all that is drawn of it belongs together.

    Attributes
    ----------
    task : Task
        The settings as they stand; a training that goes on follows them as far as it can.
    current : QueuedRun or None
        The plan of the live run, or of the last one, with its changes midway; None where nothing has begun.
    live : NamedRun or None
        The live run as far as it has come; None before its first epoch.
    playing : bool
        Whether it goes on by itself.
    kept : tuple of NamedRun
        The stored runs.
    waiting : tuple of QueuedRun
        The queue: plans that are trained next, one after the other.
    afterwards : Task or None
        The settings that are taken once nothing waits any more, where an address or a file has brought what is trained.
    strays : tuple of ReplayMismatch
        The runs that ended elsewhere when they were trained again.
    outside : tuple of OutsideCurve
        Losses that other programs have logged; their colours are below 0, which no run's is.
    removed : tuple of NamedRun or OutsideCurve
        The runs or curves of the latest removal, which can be restored.
    colour : int
        The next run's, by which it is known; no other run of the lab ever has it.
    edition : int
        Goes up where the settings change other than one by one: the page around them is drawn anew then.
    """

    task: Task
    current: QueuedRun | None = None
    live: NamedRun | None = None
    playing: bool = False
    kept: tuple[NamedRun, ...] = ()
    waiting: tuple[QueuedRun, ...] = ()
    afterwards: Task | None = None
    strays: tuple[ReplayMismatch, ...] = ()
    outside: tuple[OutsideCurve, ...] = ()
    removed: tuple[NamedRun | OutsideCurve, ...] = ()
    colour: int = 0
    edition: int = 0

    @property
    def runs(self) -> tuple[NamedRun, ...]:
        """All runs of the workspace, the live one last."""
        return (*self.kept, self.live) if self.live else self.kept

    @property
    def entries(self) -> tuple[NamedRun | OutsideCurve, ...]:
        """Stored runs and curves from outside: all that has a colour of its own and can be removed."""
        return (*self.kept, *self.outside)

    @property
    def done(self) -> int:
        """Number of epochs of the live run."""
        return self.live.trial.epochs if self.live else 0

    @property
    def plans(self) -> list[QueuedRun]:
        """Plans that train all runs again: the stored ones, the live one to its end or stop, those to come."""
        live: list[QueuedRun] = []
        if self.playing and self.current:
            live = [self.current]
        elif self.live:
            live = [queued_run(self.live)]
        return [*map(queued_run, self.kept), *live, *self.waiting]
