"""The workspace of the Train page: settings, the live run, stored runs, and a queue of runs."""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from math import isnan
from threading import RLock
from typing import Any

from engine.settings import MIDWAY, Task, differences
from engine.studies import REST, TURN, RunDriver
from visualizer.lab.entries import altered, by_colour, check_curves, check_runs, numbered
from visualizer.lab.plans import QueuedRun, ReplayMismatch, Snapshot
from visualizer.outside import OutsideCurve
from visualizer.runs import NamedRun

Edit = Callable[[Task], Task]


class Lab:
    """Workspace of training runs side by side, one of which goes on.

    It belongs to a session, whose threads overlap: any of them may call any method at any time. Each method does its
    work as a whole, under one lock; `advance` trains for some milliseconds and then lets others have the lock. Nothing
    in here asks Streamlit, so no thread is stopped while it holds the lock. A method that raises has changed nothing.
    What is drawn is drawn of one `snapshot`, never of a lab that goes on meanwhile.
    """

    def __init__(self, task: Task | None = None) -> None:
        self._lock = RLock()
        self._now = Snapshot(task or Task())  # without the live run, which is made on demand
        self._training: RunDriver | None = None
        self._stop_after: int | None = None  # the epoch after which it stands still before its end

    def snapshot(self) -> Snapshot:
        """Return an immutable snapshot of the workspace."""
        with self._lock:
            return replace(self._now, live=self._live())

    def _live(self) -> NamedRun | None:
        trial, plan = self._training and self._training.trial, self._now.current
        return NamedRun(plan.name, trial, self._now.colour, plan.hidden, plan.pinned) if trial and plan else None

    def _set(self, **changes: Any) -> None:
        self._now = replace(self._now, **changes)

    def change(self, edit: Edit, anew: bool = False, midway: Collection[str] = MIDWAY) -> tuple[Task, Task]:
        """Take other settings: a live run goes on with them, or is stored, and a new one will begin.

        Parameters
        ----------
        edit : callable
            edit(task): the new settings, made of the present ones.
        anew : bool
            Whether they count as another edition, even where only one of them changes.
        midway : collection of str
            Settings with which a live run goes on, as long as the network still fits.

        Returns
        -------
        tuple of Task
            The settings before, and those that hold now.

        Raises
        ------
        InputError
            Where the settings do not go together.
        """
        with self._lock:
            before = self._now.task
            task = edit(before)
            task.check()
            fits = self._training is None or task.sizes == before.sizes
            goes_on = fits and replace(task, **{name: getattr(before, name) for name in midway}) == before
            if goes_on and task != before and self._now.current:
                self._now.current.check_room()
            self._set(afterwards=None)
            self._take(task, anew or len(differences([before, task])) > 1)
            if self._training and task != before:
                self._follow(self._training, task, goes_on)
        return before, task

    def _take(self, task: Task, anew: bool = True) -> None:
        self._set(task=task, edition=self._now.edition + anew)

    def _follow(self, training: RunDriver, task: Task, midway: bool) -> None:
        """Continue with other settings where these can be changed midway; else store the run."""
        if not midway:
            self._keep()
        elif training.epochs < task.epochs:
            self._go_on(training, task)
        else:
            self._set(playing=False)

    def _go_on(self, training: RunDriver, task: Task) -> None:
        """Continue the run with other settings: it will no longer end where it is known to have ended."""
        training.change(task)
        plan = self._now.current or QueuedRun(())
        self._set(current=plan._replace(parts=training.plan, expected=None))

    def start_over(self, edit: Edit) -> None:
        """Store the live run, and take other settings for the next one, whether they work or not."""
        with self._lock:
            self._keep()
            self._take(edit(self._now.task))

    def keep(self) -> None:
        """Store the live run, and train no more; the next run begins with epoch 0 again."""
        with self._lock:
            self._set(waiting=())
            self._keep()

    def _keep(self) -> None:
        live = self._live()
        self._forget()
        if live:
            self._set(kept=(*self._now.kept, live), colour=self._now.colour + 1)

    def _forget(self) -> None:
        self._training = None
        self._set(current=None, playing=False, afterwards=None)

    def reset(self) -> None:
        """Remove the live run, and empty the queue."""
        with self._lock:
            live = self._live()
            self._forget()
            self._set(waiting=(), colour=self._now.colour + bool(live))
            self._remove([live] if live else [])

    def play(self) -> None:
        """Begin, or continue; after the last epoch, for as many epochs again.

        Raises
        ------
        InputError
            Where there is no room for another run, or data are no longer here.
        """
        with self._lock:
            if self._training is None:
                check_runs(len(self._now.kept) + len(self._now.waiting) + 1)
                self._begin(QueuedRun(((0, self._now.task),)), self._now.waiting)
            elif self._training.ended:
                self._play_longer(self._training)
            self._set(playing=True)
            self._stop_after = None

    def _begin(self, plan: QueuedRun, waiting: Sequence[QueuedRun]) -> None:
        """Store the live run, and begin another one."""
        training = plan.begin()  # which raises before anything has changed
        self._keep()
        self._training, self._stop_after = training, None
        self._set(current=plan, playing=True, waiting=tuple(waiting))
        if plan.parts[-1][1] != self._now.task:
            self._take(plan.parts[-1][1])

    def _play_longer(self, training: RunDriver) -> None:
        longer = replace(self._now.task, epochs=training.epochs + training.plan[0][1].epochs)
        longer.check()
        QueuedRun(training.plan).check_room()
        self._take(longer)
        self._go_on(training, longer)

    def pause(self) -> None:
        """Pause the live run."""
        with self._lock:
            self._set(playing=False)

    def one_epoch(self) -> None:
        """Train for a single epoch; raises as `play`."""
        with self._lock:
            if self._training is None or not self._training.ended:
                self.play()
                self._stop_after = self._training.epochs + 1 if self._training else None

    def queue(self, plans: Sequence[QueuedRun], afterwards: Task | None = None, alone: bool = False) -> None:
        """Queue several runs, one after the other; the live run is stored.

        Parameters
        ----------
        plans : sequence of QueuedRun
        afterwards : Task, optional
            The settings that are taken when all have been trained, unless others are chosen meanwhile.
        alone : bool
            Whether the runs that there are make room, except those that are pinned.

        Raises
        ------
        InputError
            Where there is no room for so many more runs.
        """
        with self._lock:
            staying = [run for run in self._now.kept if run.pinned or not alone]
            check_runs(len(plans) + len(staying) + (self._live() is not None and not alone))
            first, *rest = plans
            self._begin(first, rest)
            self._set(afterwards=afterwards)
            if alone:
                self._remove([run for run in self._now.kept if not run.pinned])

    def advance(self, seconds: float = TURN) -> bool:
        """Train for a moment, and continue with the queue; return whether more is to be trained.

        Others get the lock afterwards. Where what waits cannot begin, this raises `InputError`, and stands still.
        """
        with self._lock:
            if self._now.playing and self._training:
                self._train(self._training, seconds)
            going = self._now.playing
        if going:
            time.sleep(REST)
        return going

    def _train(self, training: RunDriver, seconds: float) -> None:
        most = None if self._stop_after is None else self._stop_after - training.epochs
        if not training.advance(seconds, most):
            self._end()
        elif self._stop_after is not None and training.epochs >= self._stop_after:
            self._set(playing=False)

    def _end(self) -> None:
        self._set(playing=False)
        self._compare()
        task = self._now.afterwards
        if self._now.waiting:
            first, *rest = self._now.waiting
            self._set(waiting=tuple(rest))  # what cannot begin is given up
            self._begin(first, rest)
            self._set(afterwards=task)
        elif task:
            self.change(lambda _: task, anew=True)

    def _compare(self) -> None:
        """Note a run that was trained again and did not end where it had ended before."""
        live, before = self._live(), self._now.current.expected if self._now.current else None
        now = float(live.trial.loss[-1]) if live else 0.0
        if live and before is not None and now != before and not (isnan(now) and isnan(before)):
            self._set(strays=(*self._now.strays, ReplayMismatch(live.colour, before, now)))

    def alter(self, colour: int, **changes: Any) -> None:
        """Rename the run of a colour, hide it or pin it; a live one is stored before."""
        with self._lock:
            self._keep_live(colour)
            self._set(
                kept=altered(self._now.kept, colour, changes), outside=altered(self._now.outside, colour, changes)
            )

    def remove(self, colour: int) -> None:
        """Remove the run, or the curve from outside, of a colour."""
        with self._lock:
            self._keep_live(colour)
            self._remove([each for each in self._now.entries if each.colour == colour])

    def add_outside(self, curves: Sequence[OutsideCurve]) -> None:
        """Lay losses that another program has logged beside the runs.

        Raises
        ------
        InputError
            Where there is no room for so many more.
        """
        with self._lock:
            check_curves(len(self._now.outside) + len(curves))
            added = numbered(curves, (*self._now.outside, *self._now.removed))
            self._set(outside=(*self._now.outside, *added))

    def _keep_live(self, colour: int) -> None:
        if colour == self._now.colour:
            self._keep()

    def _remove(self, gone: Sequence[NamedRun | OutsideCurve]) -> None:
        """Remove runs or curves, and remember them in place of those that were removed before."""
        colours = {each.colour for each in gone}
        if colours:
            kept = tuple(run for run in self._now.kept if run.colour not in colours)
            outside = tuple(curve for curve in self._now.outside if curve.colour not in colours)
            self._set(kept=kept, outside=outside, removed=tuple(gone))

    def bring_back(self) -> None:
        """Restore the runs that were removed last.

        Raises
        ------
        InputError
            Where there is no room for them.
        """
        with self._lock:
            every = (*self._now.entries, *self._now.removed)
            runs, curves = ([each for each in every if isinstance(each, kind)] for kind in (NamedRun, OutsideCurve))
            check_runs(len(runs) + len(self._now.waiting) + (self._now.current is not None))
            check_curves(len(curves))
            kept, outside = sorted(runs, key=by_colour), sorted(curves, key=by_colour, reverse=True)
            self._set(kept=tuple(kept), outside=tuple(outside), removed=())
