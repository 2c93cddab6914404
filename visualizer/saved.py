"""A state from outside: as a link, which may name a stop of a lesson, or as a file with the names and values of one."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine import InputError, Text
from engine.errors import lookup
from engine.numbers import parse_whole
from visualizer.lessons import LESSONS
from visualizer.view import Spec, spec_from_query, spec_to_query

_FORMAT, _VERSION = "backprop-stage", 1
_NO_FILE = (
    Text("this is no saved stage", "这不是保存的文件"),
    Text("JSON with format {} and version {}", "format 为 {}、version 为 {} 的 JSON").format(_FORMAT, _VERSION),
)
_LESSON = Text("lesson", "课程")
_OWN = ("example", "sizes")  # a link with one of these says itself what is on the stage


def open_link(query: Mapping[str, str], lang: str) -> tuple[Spec, list[InputError]]:
    """Return the state that a link describes, and what in it could not be used; `lang` is the default language.

    `lesson` with `stop` stands for all that is on the stage at that stop; what else the link says goes on top of it.
    """
    rest = {name: value for name, value in query.items() if name not in ("lesson", "stop")}
    if "lesson" not in query:
        return spec_from_query(rest, lang)
    try:
        lesson = lookup(_LESSON, LESSONS, query["lesson"])
        stop = parse_whole(query.get("stop", "1"), 1, len(lesson.stops))
    except InputError as error:
        spec, problems = spec_from_query(rest, lang)
        return spec, [*problems, error]
    says_all = any(name in rest for name in _OWN)
    spec, problems = spec_from_query(rest if says_all else lesson.query(stop) | rest, lang)
    chosen = lesson.stops[stop - 1].chosen
    return Spec(spec.model, replace(spec.view, lesson=lesson.name, stop=stop, chosen=chosen)), problems


def stop_of(lesson: str, stop: int, lang: str) -> Spec:
    """Return the state at a stop of a lesson, from 1."""
    return open_link({"lesson": lesson, "stop": str(stop)}, lang)[0]


def to_file(spec: Spec) -> str:
    """Return a state as the text of a file: the same names and values as in a link, whatever their length."""
    return json.dumps({"format": _FORMAT, "version": _VERSION, **spec_to_query(spec)}, indent=1, ensure_ascii=False)


def held_in(text: str) -> dict[str, Any]:
    """Return what the text of a file holds by name; nothing where it is no JSON object."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return held if isinstance(held, dict) else {}


def from_file(text: str, lang: str) -> tuple[Spec, list[InputError]]:
    """Return the state that a file holds, and what in it could not be used.

    Raises
    ------
    InputError
        Where it is no such file at all.
    """
    held = held_in(text)
    if (held.get("format"), held.get("version")) != (_FORMAT, _VERSION):
        raise InputError(*_NO_FILE, text[:40])
    return open_link({name: value for name, value in held.items() if isinstance(value, str)}, lang)
