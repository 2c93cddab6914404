"""Spans of a rendering: the present step, its phase, the whole iteration, or the lesson, as pictures in a row."""

from collections.abc import Callable
from typing import NamedTuple

from engine import InputError, Text
from visualizer.exports import Subject
from visualizer.slides import Lesson, Stop, slide_words
from visualizer.state import lesson_of, stop_of
from visualizer.writing import note_html

MOST_SHOTS = 150  # about ten minutes at normal speed
_PLACE = Text("{} · slide {} of {}", "{} · 第 {} 页，共 {} 页")
_TOO_MANY = Text("too many steps for one file", "步骤太多，一个文件放不下")
_LIMIT = Text("at most {} steps: choose a phase, or step by layer", "至多 {} 步：请只选一个阶段，或逐层步进")


class Shot(NamedTuple):
    """Picture of a rendering: a position, whether the step to it plays, and in a lesson the slide that shows it."""

    subject: Subject
    position: int
    plays: bool
    place: str
    stop: Stop | None = None

    def instead(self) -> dict[str, str]:
        """Words that a slide shows in place of those of the step, and its note."""
        if self.stop is None:
            return {"note": ""}
        lang = self.subject.lang
        return {"note": note_html(self.stop.note(lang))} | slide_words(self.stop, lang)


class Span(NamedTuple):
    """Span of a rendering: its name, the pictures of it, and whether a state has it."""

    label: Text
    shots: Callable[[Subject], list[Shot]]
    fits: Callable[[Subject], bool] = lambda _: True


def _between(subject: Subject, first: int, stop: int) -> list[Shot]:
    last = len(subject.builder.lecture)
    return [Shot(subject, at, at > 0, f"{at} / {last}") for at in range(first, stop + 1)]


def _phase(subject: Subject) -> list[Shot]:
    phases = subject.builder.lecture.phases()
    first, stop = next(((first, stop) for _, first, stop in phases if first <= subject.position <= stop), (0, 0))
    return _between(subject, first, stop)


def _lesson(subject: Subject) -> list[Shot]:
    view = subject.spec.view
    lesson = lesson_of(view)
    shots: list[Shot] = []
    if lesson is None:
        return shots
    for number in range(1, len(lesson.stops) + 1):
        opened = Subject(stop_of(view.lesson, number, subject.lang, view.own))
        shots.append(_slide(lesson, number, opened, shots[-1] if shots else None))
    return shots


def _slide(lesson: Lesson, number: int, subject: Subject, before: Shot | None) -> Shot:
    """Picture of a slide; its step plays unless the slide before has shown it."""
    stop = lesson.stops[number - 1]
    is_new = before is None or (subject.spec.model, subject.address) != (
        before.subject.spec.model,
        before.subject.address,
    )
    place = _PLACE.format((lesson.part(number) or lesson.label)(subject.lang), number, len(lesson.stops))(subject.lang)
    return Shot(subject, subject.position, is_new and subject.position > 0 and not stop.ask, place, stop)


SPANS = {
    "step": Span(Text("this step", "这一步"), lambda subject: _between(subject, subject.position, subject.position)),
    "phase": Span(Text("this phase", "这一阶段"), _phase, lambda subject: subject.position > 0),
    "iteration": Span(
        Text("this iteration", "这次迭代"), lambda subject: _between(subject, 0, len(subject.builder.lecture))
    ),
    "lesson": Span(Text("this lesson", "这节讲解"), _lesson, lambda subject: bool(subject.spec.view.lesson)),
}


def spans_of(subject: Subject) -> dict[str, Text]:
    """Return the names of the spans that a state has."""
    return {name: span.label for name, span in SPANS.items() if span.fits(subject)}


def shots_of(subject: Subject, span: str) -> list[Shot]:
    """Return the pictures of a span; raise `InputError` where they are too many for one file."""
    shots = SPANS[span].shots(subject)
    if len(shots) > MOST_SHOTS:
        raise InputError(_TOO_MANY, _LIMIT.format(MOST_SHOTS), len(shots))
    return shots
