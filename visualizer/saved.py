"""A state from outside: as a link, which may name a stop of a lesson, or as a file with the names and values of one."""

import json
import re
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
_MOST_CHARACTERS, _MOST_ENTRIES = 8 * 2**20, 200_000
_ENTRY = re.compile(r'[\[{]|"\s*+:')  # what begins a list, an object or a value by name
_TOO_MUCH = Text("this holds too much", "内容太多")
_AT_MOST = Text("at most {:,} characters and {:,} entries", "至多 {:,} 个字符、{:,} 个条目").format(
    _MOST_CHARACTERS, _MOST_ENTRIES
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


def parsed(text: str) -> Any:
    """Return what JSON holds; None where the text is none.

    Raises
    ------
    InputError
        Where it is longer, or has more entries, than a page opens: they are counted before they are made.
    """
    entries = len(_ENTRY.findall(text)) if len(text) <= _MOST_CHARACTERS else 0
    if len(text) > _MOST_CHARACTERS or entries > _MOST_ENTRIES:
        raise InputError(_TOO_MUCH, _AT_MOST, f"{len(text):,}, {entries:,}")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def held_in(text: str) -> dict[str, Any]:
    """Return what the text of a file holds by name, nothing where it is no JSON object; raises as `parsed`."""
    held = parsed(text)
    return held if isinstance(held, dict) else {}


def from_file(text: str, lang: str) -> tuple[Spec, list[InputError]]:
    """Return the state that a file holds, and what in it could not be used.

    Raises
    ------
    InputError
        Where it is no such file at all, or holds too much.
    """
    held = held_in(text)
    if (held.get("format"), held.get("version")) != (_FORMAT, _VERSION):
        raise InputError(*_NO_FILE, text[:40])
    return open_link({name: value for name, value in held.items() if isinstance(value, str)}, lang)
