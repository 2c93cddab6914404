"""The lab: the settings of trainings, what is being trained, what is kept beside it, and what waits for its turn."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import isnan
from typing import NamedTuple

from engine import InputError, Text
from engine.task import Task, differences
from engine.trial import Training
from visualizer.runs import Run

MOST_RUNS = 50
_RATES, _PULLS = ("optimizer", "eta", "batch", "epochs", "schedule"), ("regularizer", "strength", "clip", "clip_at")
MIDWAY = (*_RATES, *_PULLS)  # what can be changed while a training goes on
_FULL = Text("there is no room for more runs", "无法保留更多训练")
_ROOM = Text("at most {}; delete some of them", "至多 {} 个，请先删除一些").format(MOST_RUNS)


class Plan(NamedTuple):
    """A training to be done: tasks, each with the number of epochs after which it begins, and the reader's name."""

    parts: tuple[tuple[int, Task], ...]
    name: str = ""
    expected: float | None = None  # the last loss, where it was trained before

    def begin(self) -> Training:
        """Return the training."""
        (_, task), *changes = self.parts
        return Training(task, *changes)


def plan_of(run: Run) -> Plan:
    """Return what trains a run again, as far as it came."""
    *before, last = run.trial.legs
    parts = [(leg.history.start, leg.task) for leg in before]
    done, meant = run.trial.epochs, max(last.task.span, last.task.epochs)
    whole = 0 if last.task.schedule == "constant" or done == meant else meant  # a schedule stays that of all it meant
    parts.append((last.history.start, replace(last.task, epochs=done, span=whole)))
    return Plan(tuple(parts), run.name, float(run.trial.loss[-1]))


class Stray(NamedTuple):
    """A run by its colour, where it had ended, and where it ended now."""

    colour: int
    before: float
    now: float


@dataclass
class Lab:
    """Trainings side by side.

    Attributes
    ----------
    task : Task
        The settings as they stand; a training that goes on follows them as far as it can.
    training : Training or None
        What is being trained, or was last.
    plan : Plan or None
        Of the training, where it was not begun by hand.
    playing : bool
        Whether the training goes on by itself.
    kept : list of Run
        What was trained before.
    waiting : list of Plan
        What is trained next, one after the other.
    strays : list of Stray
        What was trained again, and ended elsewhere than before.
    colour : int
        The next run's.
    edition : int
        Goes up where the settings change other than one by one: fields that showed those before are of no use then.
    """

    task: Task = field(default_factory=Task)
    training: Training | None = None
    plan: Plan | None = None
    playing: bool = False
    kept: list[Run] = field(default_factory=list)
    waiting: list[Plan] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    colour: int = 0
    edition: int = 0

    @property
    def live(self) -> Run | None:
        """What is being trained, as a run; None before its first epoch."""
        trial = self.training.trial if self.training else None
        return Run(self.plan.name if self.plan else "", trial, self.colour) if trial else None

    @property
    def runs(self) -> list[Run]:
        """All runs, the live one last."""
        live = self.live
        return [*self.kept, *([live] if live else [])]

    @property
    def plans(self) -> list[Plan]:
        """What trains all runs again: the kept ones, the live one to its end or to where it stopped, those to come."""
        live: list[Plan] = []
        if self.playing:
            live = [Plan(self.training.plan, *self.plan[1:] if self.plan else ())]
        elif self.live:
            live = [plan_of(self.live)]
        return [*map(plan_of, self.kept), *live, *self.waiting]

    def change(self, task: Task) -> None:
        """Take other settings: a training goes on with them, or is kept, and a new one will begin.

        Raises
        ------
        InputError
            Where the settings do not go together; nothing has changed then.
        """
        task.check()
        before = self.task
        if len(differences([before, task])) > 1:
            self.take(task)
        self.task = task
        if task == before or not self.training:
            return
        if replace(task, **{name: getattr(before, name) for name in MIDWAY}) != before:
            self.keep()
        elif self.training.epochs < task.epochs:
            self._go_on(task)
        else:
            self.playing = False

    def _go_on(self, task: Task) -> None:
        """Let the training go on with other settings: it will no longer end where it is known to have ended."""
        self.training.change(task)
        self.plan = self.plan and self.plan._replace(expected=None)

    def take(self, task: Task) -> None:
        """Take other settings as they are, for the next training."""
        self.task = task
        self.edition += 1

    def keep(self) -> None:
        """Keep what has been trained; the next training begins with epoch 0 again."""
        live = self.live
        self.training, self.plan, self.playing = None, None, False
        if live:
            self.kept.append(live)
            self.colour += 1

    def play(self) -> None:
        """Begin, or go on; after the last epoch, for as many epochs again.

        Raises
        ------
        InputError
            Where no more runs can be kept.
        """
        if self.training is None:
            self._check_room(1)
            self.training = Training(self.task)
        elif self.training.ended:
            longer = replace(self.task, epochs=self.training.epochs + self.training.plan[0][1].epochs)
            longer.check()
            self.take(longer)
            self._go_on(longer)
        self.playing = True

    def one_epoch(self) -> None:
        """Train a single epoch; raises as `play`."""
        if self.training is None or not self.training.ended:
            self.play()
            self.training.advance(float("inf"), most=1)
        self.playing = False

    def queue(self, plans: Sequence[Plan]) -> None:
        """Train several plans, one after the other; what was being trained is kept.

        Raises
        ------
        InputError
            Where no so many more runs can be kept.
        """
        self._check_room(len(plans) + (self.live is not None))
        self.keep()
        self.waiting = list(plans)
        self._next()

    def _next(self) -> None:
        self.keep()
        if self.waiting:
            self.plan = self.waiting.pop(0)
            self.training, self.playing = self.plan.begin(), True
            self.take(self.plan.parts[-1][1])

    def advance(self, seconds: float) -> None:
        """Train for a while, and go on with what waits."""
        if self.playing and not self.training.advance(seconds):
            self.playing = False
            self._compare()
            if self.waiting:
                self._next()

    def _compare(self) -> None:
        """Remember a run that was trained again and did not end where it had ended before."""
        now, before = float(self.live.trial.loss[-1]), self.plan.expected if self.plan else None
        if before is not None and now != before and not (isnan(now) and isnan(before)):
            self.strays.append(Stray(self.colour, before, now))

    def _check_room(self, count: int) -> None:
        if len(self.kept) + count > MOST_RUNS:
            raise InputError(_FULL, _ROOM, len(self.kept) + count)
