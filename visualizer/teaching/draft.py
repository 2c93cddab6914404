"""Draft of a lesson: each act of its maker gives another lesson; a stop is known by its name, wherever it stands."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine import InputError, Text
from engine.core import LANGUAGES
from visualizer.slides import NEXT, Ask, Lesson, Stop, differences
from visualizer.teaching.form import MOST_CHOICES, MOST_MINUTES, MOST_STOPS, check_words

OWN = "own"  # the name of every lesson that is not shipped
EMPTY_TEXT = Text("", "")
EMPTY = Lesson(OWN, EMPTY_TEXT, EMPTY_TEXT, 0, (), level=NEXT)
_USUAL_MINUTES = 2.0  # of a stop that is recorded
_UNNAMED = Text("My lesson", "我的讲解")
_FULL = Text("a lesson cannot have more slides", "讲解的页数已满")
_MANY_CHOICES = Text("too many answers to choose from", "选项太多")
_AT_MOST = Text("at most {}", "至多 {} 个")
_NO_STOPS = (
    Text("this lesson has no slides", "这节讲解一页也没有"),
    Text("at least one slide", "至少一页"),
)


def with_stop(lesson: Lesson, after: str, query: Mapping[str, str], chosen: str) -> tuple[Lesson, str]:
    """Return the lesson with a new stop after the one with a name, else at the end, and the name of the new one."""
    if len(lesson.stops) >= MOST_STOPS:
        raise InputError(_FULL, _AT_MOST.format(MOST_STOPS), len(lesson.stops) + 1)
    name = _free_name(lesson.names)
    made = Stop({}, EMPTY_TEXT, chosen, name=name, minutes=_USUAL_MINUTES)
    shown = _shown(lesson)
    place = lesson.names.index(after) + 1 if after in lesson.names else len(shown)
    return _of(lesson, [*shown[:place], (query, made), *shown[place:]]), name


def with_view(lesson: Lesson, name: str, query: Mapping[str, str], chosen: str) -> Lesson:
    """Return the lesson in which a stop shows something else."""
    shown = [
        (query, stop._replace(chosen=chosen)) if stop.name == name else (before, stop)
        for before, stop in _shown(lesson)
    ]
    return _of(lesson, shown)


def moved(lesson: Lesson, name: str, by: int) -> Lesson:
    """Return the lesson in which a stop stands further on, or further back where `by` is negative."""
    shown = _shown(lesson)
    place = lesson.place(name) - 1
    one = shown.pop(place)
    shown.insert(min(max(0, place + by), len(shown)), one)
    return _of(lesson, shown)


def without(lesson: Lesson, name: str) -> Lesson:
    """Return the lesson without a stop."""
    return _of(lesson, [(query, stop) for query, stop in _shown(lesson) if stop.name != name])


def with_changes(lesson: Lesson, name: str, **changes: Any) -> Lesson:
    """Return the lesson with other fields of a stop."""
    stops = [stop._replace(**changes) if stop.name == name else stop for stop in lesson.stops]
    return _timed(lesson._replace(stops=tuple(stops)))


def with_words(lesson: Lesson, name: str, field: str, lang: str, words: str) -> Lesson:
    """Return the lesson with other words of a stop in a language: its `note`, its `question`, or its `choices`.

    The choices are lines. A question that has lost all its words is none.
    """
    stop = lesson.stops[lesson.place(name) - 1]
    if field != "choices":
        check_words(field, words)
    if field == "note":
        return with_changes(lesson, name, note=_in(stop.note, lang, words.strip()))
    ask = stop.ask or Ask(EMPTY_TEXT, (), 0)
    if field == "question":
        ask = ask._replace(question=_in(ask.question, lang, words.strip()))
    else:
        ask = _with_choices(ask, lang, [line.strip() for line in words.splitlines() if line.strip()])
    return with_changes(lesson, name, ask=ask if ask.choices or any(ask.question) else None)


def with_right(lesson: Lesson, name: str, right: int) -> Lesson:
    """Return the lesson with another correct choice of a stop's question."""
    ask = lesson.stops[lesson.place(name) - 1].ask
    return with_changes(lesson, name, ask=ask._replace(right=right)) if ask else lesson


def with_hidden(lesson: Lesson, name: str, hidden: str) -> Lesson:
    """Return the lesson in which a stop's question asks for another value, by its id; for none where that is empty."""
    ask = lesson.stops[lesson.place(name) - 1].ask
    return with_changes(lesson, name, ask=ask._replace(hidden=hidden)) if ask else lesson


def with_label(lesson: Lesson, lang: str, words: str) -> Lesson:
    """Return the lesson with another title in a language."""
    check_words("label", words)
    return lesson._replace(label=_in(lesson.label, lang, words.strip()))


def with_minutes(lesson: Lesson, minutes: Mapping[str, float]) -> Lesson:
    """Return the lesson with other planned minutes of the stops with these names."""
    stops = [
        stop._replace(minutes=minutes.get(name, stop.minutes))
        for name, stop in zip(lesson.names, lesson.stops, strict=True)
    ]
    return _timed(lesson._replace(stops=tuple(stops)))


def editable(lesson: Lesson) -> Lesson:
    """Return a lesson as a draft: every stop with a name of its own, and a planned time."""
    plan, stops = lesson.plan, list(lesson.stops)
    taken = [stop.name for stop in stops]
    for place, stop in enumerate(stops):
        name = stop.name or _free_name(taken)
        taken.append(name)
        stops[place] = stop._replace(name=name, minutes=round(plan[place], 2))
    return lesson._replace(name=OWN, stops=tuple(stops), moved={})


def playable(lesson: Lesson) -> Lesson:
    """Return a draft as it is given: what is said in one language stands in both, and a question can be answered."""
    if not lesson.stops:
        raise InputError(*_NO_STOPS, 0)
    label = lesson.label if any(lesson.label) else _UNNAMED
    stops = tuple(
        stop._replace(note=_both(stop.note), part=_both(stop.part) if stop.part else None, ask=_answerable(stop.ask))
        for stop in lesson.stops
    )
    level, outcome, source = map(_both, (lesson.level, lesson.outcome, lesson.source))
    return lesson._replace(
        name=OWN, label=_both(label), stops=stops, level=level, outcome=outcome, source=source, moved={}
    )


def is_open(ask: Ask | None) -> bool:
    """Whether a question lacks words, or choices, and is left out when the lesson is given."""
    return ask is not None and _answerable(ask) is None


def _answerable(ask: Ask | None) -> Ask | None:
    if ask is None or not any(ask.question) or len(ask.choices) < len(LANGUAGES):
        return None
    return ask._replace(question=_both(ask.question), choices=tuple(map(_both, ask.choices)))


def _with_choices(ask: Ask, lang: str, lines: list[str]) -> Ask:
    """Return a question with other choices in a language; those that neither language has any more are gone."""
    if len(lines) > MOST_CHOICES:
        raise InputError(_MANY_CHOICES, _AT_MOST.format(MOST_CHOICES), len(lines))
    for line in lines:
        check_words("choices", line)
    count = max(len(lines), len(ask.choices))
    old, new = [*ask.choices, *[EMPTY_TEXT] * count], [*lines, *[""] * count]
    choices = [_in(old[i], lang, new[i]) for i in range(count)]
    choices = [choice for choice in choices if any(choice)]
    return ask._replace(choices=tuple(choices), right=min(ask.right, max(0, len(choices) - 1)))


def _in(text: Text, lang: str, words: str) -> Text:
    return text._replace(**{lang: words})


def _both(text: Text) -> Text:
    """Return a text that says in both languages what it says in one."""
    return Text(text.en or text.zh, text.zh or text.en)


def _shown(lesson: Lesson) -> list[tuple[Mapping[str, str], Stop]]:
    """Return the stops of a lesson with all that each shows."""
    return [(lesson.query(number), stop) for number, stop in enumerate(lesson.stops, 1)]


def _of(lesson: Lesson, shown: Iterable[tuple[Mapping[str, str], Stop]]) -> Lesson:
    """Return a lesson of stops with all that each shows."""
    before: Mapping[str, str] = {}
    stops = []
    for query, stop in shown:
        stops.append(stop._replace(at=differences(before, query)))
        before = query
    return _timed(lesson._replace(stops=tuple(stops)))


def _timed(lesson: Lesson) -> Lesson:
    """Return a draft that takes as long as its stops."""
    return lesson._replace(minutes=min(MOST_MINUTES, round(sum(stop.minutes for stop in lesson.stops))))


def _free_name(taken: Iterable[str]) -> str:
    """Return a name that no stop has: a letter and a number."""
    taken = set(taken)
    return next(f"s{number}" for number in range(1, len(taken) + 2) if f"s{number}" not in taken)
