"""States from outside: from a link, which may name a stop of a lesson, or from a file with its names and values."""

import json
from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from engine import InputError, Text
from engine.core import in_link, read_fields
from engine.settings import Model, model_to_whole_query
from engine.untrusted import parsed
from visualizer.lessons import LESSONS, Lesson
from visualizer.state.lesson_shown import own_lesson
from visualizer.state.view import FIELDS, NAMES, OF_LESSON, Spec, spec_from_query, spec_to_query
from visualizer.teaching import OWN

_FORMAT, _VERSION = "backprop-stage", 1
_NO_FILE = (
    Text("not a saved Step through file", "这不是保存的文件"),
    Text("JSON with format {} and version {}", "format 为 {}、version 为 {} 的 JSON").format(_FORMAT, _VERSION),
)
_OWN = ("example", "sizes")  # a link with one of these says itself what is on the stage
_NO_TEXT = Text("these values are not text", "这些值不是文本"), Text("text, as in a link", "文本，与链接中相同")
_STOP = (
    Text("only valid in a lesson", "只在讲解中有效"),
    Text("together with lesson={}", "与 lesson={} 一起使用").format(next(iter(LESSONS))),
)
_ONLY_OWN = (
    Text("only valid in a lesson that you made", "只在自编讲解中有效"),
    Text("together with lesson={}", "与 lesson={} 一起使用").format(OWN),
)
_SLIDE = Text("Slide {}", "第 {} 页")
_UNKNOWN = (
    Text("unknown names for a link", "链接中没有这样的名称"),
    Text("the names that the page itself writes into its address", "页面自己写进地址的名称"),
)


def open_link(query: Mapping[str, str], lang: str) -> tuple[Spec, list[InputError]]:
    """Return the state that a link describes, and errors about the rest; `lang` is the default language.

    `lesson` with `stop` stands for all that is on the stage at that stop; what else the link says goes on top of it.
    """
    rest = {name: value for name, value in query.items() if name not in OF_LESSON}
    given, problems = _given_in(query)
    if given and not any(name in rest for name in _OWN):
        rest = given.lesson.query(given.number) | rest
    spec, more = spec_from_query(rest, lang)
    if given:
        spec = spec._replace(view=replace(spec.view, **given.in_view()))
    return spec, [*problems, *more, *unknown_in(rest, NAMES)]


def unknown_in(query: Mapping[str, str], known: Container[str]) -> list[InputError]:
    """Return an error about all names in a query that are not known, where there are some."""
    unknown = [name for name in query if name not in known]
    return [InputError(*_UNKNOWN, ", ".join(unknown))] if unknown else []


class _Given(NamedTuple):
    """Lesson, the number of its stop, and its link where it is one of one's own."""

    lesson: Lesson
    number: int
    own: str = ""

    def in_view(self) -> dict[str, Any]:
        """Return the fields of a view at this stop."""
        stop = self.lesson.names[self.number - 1]
        chosen = self.lesson.stops[self.number - 1].chosen
        return {"lesson": self.lesson.name, "stop": stop, "own": self.own, "chosen": chosen}


def _given_in(query: Mapping[str, str]) -> tuple[_Given | None, list[InputError]]:
    """Return the lesson that a query names, with its stop, and errors about these.

    A stop that has moved to another lesson is found there.
    """
    problems: list[InputError] = []
    lesson, own = _lesson_in(query, problems)
    if lesson:
        name, _, moved = lesson.moved.get(query.get("stop", "").strip(), "").partition(".")
        if name:
            return _Given(LESSONS[name], LESSONS[name].place(moved)), problems
        stop = FIELDS["stop"]._replace(read=lambda text: lesson.place(text.strip()))
        return _Given(lesson, read_fields({"stop": stop}, query, problems).get("stop", 1), own), problems
    if "stop" in query and "lesson" not in query:
        problems.append(in_link("stop", InputError(*_STOP, query["stop"])))
    return None, problems


def _lesson_in(query: Mapping[str, str], problems: list[InputError]) -> tuple[Lesson | None, str]:
    """Return the lesson that a query names, and its link where it is one of one's own; add errors to `problems`."""
    name = read_fields({"lesson": FIELDS["lesson"]}, query, problems).get("lesson", "")
    if name != OWN:
        if "own" in query:
            problems.append(in_link("own", InputError(*_ONLY_OWN, query["own"])))
        return LESSONS.get(name), ""
    own = FIELDS["own"]._replace(read=own_lesson)
    lesson = read_fields({"own": own}, {"own": "", **query}, problems).get("own")
    return lesson, query["own"] if lesson else ""


def stop_of(lesson: str, stop: int, lang: str, own: str = "") -> Spec:
    """Return the state at a stop of a lesson, from 1; `own` is the link of one of one's own."""
    named = own_lesson(own) if own else LESSONS[lesson]
    query = {"lesson": lesson, "stop": named.names[stop - 1]} | ({"own": own} if own else {})
    return open_link(query, lang)[0]


def open_stop(lesson: Lesson, number: int, lang: str) -> Spec:
    """Return the state that a stop shows, from 1, without the lesson around it."""
    opened, _ = open_link(lesson.query(number), lang)
    return opened._replace(view=replace(opened.view, chosen=lesson.stops[number - 1].chosen))


def faults_of(lesson: Lesson, lang: str) -> list[InputError]:
    """Return an error for all that a stop of a lesson shows and that there is not."""
    faults = []
    for number in range(1, len(lesson.stops) + 1):
        _, problems = open_link(lesson.query(number), lang)
        slide = _SLIDE.format(number)
        faults += [
            InputError(Text("{}: {}", "{}：{}").format(slide, one.problem), one.allowed, one.got) for one in problems
        ]
    return faults


def to_file(spec: Spec) -> str:
    """Return a state as the text of a file: the names and values of a link, and every number, changed or not."""
    query = model_to_whole_query(spec.model) | spec_to_query(spec)
    return json.dumps({"format": _FORMAT, "version": _VERSION, **query}, indent=1, ensure_ascii=False)


def held_in(text: str) -> dict[str, Any]:
    """Return the object in the JSON text of a file, empty where it is none; raises as `parsed`."""
    held = parsed(text)
    return held if isinstance(held, dict) else {}


def from_file(text: str, lang: str) -> tuple[Spec, list[InputError]]:
    """Return the state in a file, and errors about the rest.

    Raises
    ------
    InputError
        Where it is no such file at all, or holds too much.
    """
    held = held_in(text)
    if (held.pop("format", None), held.pop("version", None)) != (_FORMAT, _VERSION):
        raise InputError(*_NO_FILE, text[:40])
    said = {name: value for name, value in held.items() if isinstance(value, str)}
    spec, problems = open_link(said, lang)
    if len(said) < len(held):
        problems.append(InputError(*_NO_TEXT, ", ".join(name for name in held if name not in said)))
    return spec._replace(model=_plain(spec.model)), problems


def _plain(model: Model) -> Model:
    """Return the model without its parameters, where they are those that it would have anyway."""
    drawn = replace(model, net=None)
    return drawn if model.net == tuple(drawn.network().theta.tolist()) else model
