"""A room: what its lecturer shows, points at and asks, and what its followers answer; bounded, and without a socket.

The pages write to it from their threads, and the websockets from theirs: every method holds the lock while it changes
something. `wake` is called afterwards, and tells those who send.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import RLock
from time import monotonic
from typing import Any, NamedTuple

from engine import InputError, Text
from visualizer.hall.ask import KINDS, LONGEST, SLIDE, Asked, Verdict, slide_question
from visualizer.hall.limits import Limits
from visualizer.hall.shown import Shown
from visualizer.writing import note_text, phrase_html

_NAME, _AWAY_PER_FOLLOWER = 32, 2  # characters of a follower's name for itself, and how many names count for each
_MOST_TOLD = 6  # answers
_MOST_WINDOWS = 16  # that are remembered
_EDGE = 50  # shares of the drawing lie within
_MANY = Text("the room cannot take any more answers", "课堂已收满回答")
_FEWER = Text("at most {}", "至多 {}")
_CLOSED = Text("this answer came too late and was not taken", "回答来得太迟，未被收下")
_OPEN = Text("an answer before the reveal", "揭晓前的回答")


class Answer(NamedTuple):
    """Answer of a follower, and the verdict that it hears at the reveal."""

    text: str
    verdict: Verdict


@dataclass(eq=False)
class Room:
    """Room of one lecturer.

    Attributes
    ----------
    code, token : str
        What it is followed by, and what it is led by.
    shown : Shown or None
    edition : int
        How often something else has been shown.
    position : int
        Where the lecturer's browser is.
    presenting : bool
    ink : list of list of float
        Strokes of the pen: x and y of each point in turn.
    asked : Asked or None
    answers : dict of Answer
        By the names that browsers have made up for themselves.
    revealed : bool
    leaders, followers : int
        Browsers that lead and that follow.
    windows : tuple of str
        The lecturer's windows with a stage, by the names of their sessions, the latest last.
    leading : str
        The one of them that leads; what another one shows does not count.
    ended : bool
    question_number : int
        Counts the questions.
    wake : callable
    """

    code: str
    token: str
    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = monotonic
    shown: Shown | None = None
    edition: int = 0
    position: int = 0
    presenting: bool = False
    ink: list[list[float]] = field(default_factory=list)
    asked: Asked | None = None
    question_number: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    revealed: bool = False
    leaders: int = 0
    followers: int = 0
    windows: tuple[str, ...] = ()
    leading: str = ""
    ended: bool = False
    wake: Callable[[], None] = field(default=lambda: None, repr=False)

    def __post_init__(self) -> None:
        self._lock, self._left_at, self._ahead = RLock(), self.clock(), ("", 0)

    def enter(self, window: str) -> None:
        """Entry of a window with a stage: when it comes for the first time, it leads."""
        with self._lock:
            if window in self.windows:
                return
            self.windows = (*self.windows, window)[-_MOST_WINDOWS:]
            self.leading = window
        self.wake()

    def take(self, window: str) -> None:
        """Lead for a window that has come before."""
        with self._lock:
            if window in self.windows:
                self.leading = window
        self.wake()

    def obeys(self, window: str) -> bool:
        """Right of a window to be followed: that of the one that leads, and of one without a name."""
        return not window or window == self.leading

    def show(self, shown: Shown, window: str = "") -> None:
        """Show another state; the browser's position, where it is known, is newer than that of the pages."""
        with self._lock:
            before = self.shown
            if before == shown or not self.obeys(window):
                return
            is_edited = before is None or before.spec.model != shown.spec.model
            if before and (before.spec.model.sizes, before.spec.view.unfolded) != (
                shown.spec.model.sizes,
                shown.spec.view.unfolded,
            ):
                self.ink = []
            if self._ahead[0] == shown.lecture:
                self.position = self._ahead[1]
            elif not (before and before.lecture == shown.lecture and self.leaders):
                self.position = shown.position
            self.shown, self.edition = shown, self.edition + 1
            turns = before is None or before.stop != shown.stop
            if is_edited and not self.revealed and not (turns and self.asked and self.asked.slide):
                self._put(None)
            if turns:
                self._turn_to(shown)
        self.wake()

    def _turn_to(self, shown: Shown) -> None:
        """Turn to another slide: its question is asked; that of the slide beside it is answered, any other put away."""
        stop, asked = shown.stop, self.asked
        made = slide_question(stop, shown.position) if stop and stop.slide.ask else None
        if made and made != asked:
            self._put(made)
        elif asked and asked.slide and made is None:
            beside = stop is not None and abs(stop.number - asked.slide) == 1
            if not beside:
                self._put(None)
            elif stop and stop.number > asked.slide:
                self.revealed = True

    def _put(self, asked: Asked | None) -> None:
        """Put a question in place of the present one and its answers; None puts that away."""
        self.asked, self.answers, self.revealed = asked, {}, False
        self.question_number += asked is not None

    def go(self, lecture: str, position: int) -> bool:
        """Follow the lecturer's browser; return whether it is in what is shown, or ahead of it."""
        with self._lock:
            self._ahead = (lecture, max(0, position))
            if self.shown is None or lecture != self.shown.lecture:
                return False
            self.position = self._ahead[1]
            if self.asked and not self.revealed and self.position > self.asked.position and self.asked.kind != "edge":
                self.revealed = True
        self.wake()
        return True

    def draw(self, stroke: list[float]) -> bool:
        """Keep a stroke of the pen; return whether there was room."""
        points = stroke[: 2 * self.limits.points]
        with self._lock:
            if len(points) < 4 or len(points) % 2 or len(self.ink) >= self.limits.strokes:
                return False
            self.ink = [*self.ink, [round(min(max(-_EDGE, at), _EDGE), 4) for at in points]]
        return True

    def clear(self) -> None:
        """Wipe off the strokes of the pen."""
        self.ink = []

    def ask(self, kind: str) -> None:
        """Ask for the next value, an edge, or what the slide asks; raise `InputError` where there is nothing."""
        shown, position = self.shown, self.position
        if shown is None:
            return
        is_slide = kind == SLIDE
        asked = slide_question(shown.stop, shown.position) if is_slide else KINDS[kind].make(shown, position)
        with self._lock:
            self._put(asked)
        self.wake()

    def answer(self, name: str, text: str, number: int | None = None) -> None:
        """Take an answer to the question of a number, or to the present one, in place of an earlier answer.

        Raise `InputError` where it is none, where it comes too late, and where there are too many.
        """
        asked, text, name = self.asked, text.strip()[:LONGEST], name[:_NAME]
        if not name:
            return
        verdict = asked.judged(text) if asked and self._takes(asked, number) else None
        most = _AWAY_PER_FOLLOWER * self.limits.followers
        with self._lock:
            if verdict is None or not self._takes(asked, number):  # it may have been revealed meanwhile
                raise InputError(_CLOSED, _OPEN, text)
            if name not in self.answers and len(self.answers) >= most:
                raise InputError(_MANY, _FEWER.format(most), len(self.answers))
            self.answers = {**self.answers, name: Answer(text, verdict)}

    def _takes(self, asked: Asked | None, number: int | None) -> bool:
        """Whether a question is the present one, of this number if one is given, and not revealed."""
        return self.asked is asked and not self.revealed and number in (None, self.question_number)

    def reveal(self) -> None:
        """Answer the question: from here on no answer is taken."""
        with self._lock:
            self.revealed = self.asked is not None
        self.wake()

    def withdraw(self) -> None:
        """Put the question away, and all answers."""
        with self._lock:
            self._put(None)
        self.wake()

    def tally(self) -> dict[str, int]:
        """Return the number of times that each answer was given, in the order of the options."""
        asked, given = self.asked, [answer.text for answer in self.answers.values()]
        keys = asked.options if asked and asked.options else dict.fromkeys(given)
        return {key: given.count(key) for key in keys}

    def label_in(self, lang: str, text: str) -> str:
        """Return an answer as it is called: an option by its words, an edge by the name of its weight."""
        options = self.asked.options if self.asked else {}
        return note_text(options[text](lang)) if text in options else text

    def question_in(self, lang: str) -> dict[str, Any] | None:
        """Return the question as a follower reads it, in HTML and without its answer; None where none is open."""
        asked = self.asked
        if asked is None:
            return None
        options = (
            [] if asked.kind == "edge" else [(key, phrase_html(words(lang))) for key, words in asked.options.items()]
        )
        told = {"number": self.question_number, "kind": asked.kind, "position": asked.position}
        return told | {"words": phrase_html(asked.words(lang)), "options": options}

    def verdict_in(self, lang: str, name: str) -> dict[str, Any] | None:
        """Return the answer, and what a follower hears about its own; None where no question is open."""
        asked, own = self.asked, self.answers.get(name)
        if asked is None:
            return None
        told: dict[str, Any] = {"told": note_text(asked.told(lang)), "right": asked.right, "own": ""}
        if own:
            away, slip = (words(lang) if words else "" for words in own.verdict[1:])
            told |= {"own": self.label_in(lang, own.text), "is_right": own.verdict.right, "away": away, "slip": slip}
        return told

    def status(self, lang: str) -> dict[str, Any]:
        """Return the numbers that the lecturer sees all the time."""
        asked = self.asked
        return {
            "what": "status",
            "people": self.followers,
            "asked": asked.kind if asked else "",
            "question": self.question_number if asked else 0,
            "answers": len(self.answers),
            "revealed": self.revealed,
            "words": note_text(asked.words(lang)) if asked else "",
            "tally": self._tally_in(lang),
        }

    def _tally_in(self, lang: str) -> list[tuple[str, int, bool]]:
        """Return the answers given most often, each as it is called, how often, and whether it is right."""
        asked = self.asked
        if asked is None:
            return []
        right = {answer.text for answer in self.answers.values() if answer.verdict.right} | {asked.right}
        often = sorted(self.tally().items(), key=lambda pair: -pair[1])[:_MOST_TOLD]
        return [(self.label_in(lang, key), count, key in right) for key, count in often]

    def came(self) -> None:
        """Count a browser that leads."""
        with self._lock:
            self.leaders += 1

    def left(self) -> None:
        """Count a browser that no longer leads; after the last one, the time of the room runs."""
        with self._lock:
            self.leaders -= 1
            self._left_at = self.clock()

    @property
    def is_over(self) -> bool:
        """Whether the lecturer has been away for too long, or has closed it."""
        return self.ended or (not self.leaders and self.clock() - self._left_at > 60 * self.limits.minutes)

    def close(self) -> None:
        """End the room, and forget all that was in it."""
        with self._lock:
            self.ended, self.shown, self.asked = True, None, None
            self.answers, self.ink = {}, []
        self.wake()
