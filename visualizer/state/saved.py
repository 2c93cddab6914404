"""States from outside: from a link, which may name a stop of a lesson, or from a file with its names and values."""

import json
import re
from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any

from engine import InputError, Text
from engine.core import in_link, read_fields
from engine.settings import Model, model_to_whole_query
from visualizer.lessons import LESSONS, Lesson
from visualizer.state.view import FIELDS, NAMES, Spec, spec_from_query, spec_to_query

_FORMAT, _VERSION = "backprop-stage", 1
_NO_FILE = (
    Text("not a saved Step through file", "这不是保存的文件"),
    Text("JSON with format {} and version {}", "format 为 {}、version 为 {} 的 JSON").format(_FORMAT, _VERSION),
)
_MOST_CHARACTERS, _MOST_ENTRIES = 8 * 2**20, 200_000
_ENTRY = re.compile(r'[\[{]|"\s*+:')  # what begins a list, an object or a value by name
_TOO_MUCH = Text("this holds too much", "内容太多")
_AT_MOST = Text("at most {:,} characters and {:,} entries", "至多 {:,} 个字符、{:,} 个条目").format(
    _MOST_CHARACTERS, _MOST_ENTRIES
)
_OWN = ("example", "sizes")  # a link with one of these says itself what is on the stage
_NO_TEXT = Text("these values are not text", "这些值不是文本"), Text("text, as in a link", "文本，与链接中相同")
_STOP = (
    Text("only valid in a lesson", "只在讲解中有效"),
    Text("together with lesson={}", "与 lesson={} 一起使用").format(next(iter(LESSONS))),
)
_UNKNOWN = (
    Text("a link knows no such names", "链接中没有这样的名称"),
    Text("the names that the page itself writes into its address", "页面自己写进地址的名称"),
)


def open_link(query: Mapping[str, str], lang: str) -> tuple[Spec, list[InputError]]:
    """Return the state that a link describes, and errors about the rest; `lang` is the default language.

    `lesson` with `stop` stands for all that is on the stage at that stop; what else the link says goes on top of it.
    """
    rest = {name: value for name, value in query.items() if name not in ("lesson", "stop")}
    lesson, stop, problems = _lesson_in(query)
    if lesson and not any(name in rest for name in _OWN):
        rest = lesson.query(stop) | rest
    spec, more = spec_from_query(rest, lang)
    if lesson:
        view = replace(spec.view, lesson=lesson.name, stop=lesson.names[stop - 1], chosen=lesson.stops[stop - 1].chosen)
        spec = spec._replace(view=view)
    return spec, [*problems, *more, *unknown_in(rest, NAMES)]


def unknown_in(query: Mapping[str, str], known: Container[str]) -> list[InputError]:
    """Return an error about all names in a query that are not known, where there are some."""
    unknown = [name for name in query if name not in known]
    return [InputError(*_UNKNOWN, ", ".join(unknown))] if unknown else []


def _lesson_in(query: Mapping[str, str]) -> tuple[Lesson | None, int, list[InputError]]:
    """Return the lesson that a query names, the number of the stop, and errors about these.

    A stop that has moved to another lesson is found there.
    """
    problems: list[InputError] = []
    lesson = LESSONS.get(read_fields({"lesson": FIELDS["lesson"]}, query, problems).get("lesson", ""))
    if lesson:
        name, _, moved = lesson.moved.get(query.get("stop", "").strip(), "").partition(".")
        if name:
            return LESSONS[name], LESSONS[name].place(moved), problems
        stop = FIELDS["stop"]._replace(read=lambda text: lesson.place(text.strip()))
        return lesson, read_fields({"stop": stop}, query, problems).get("stop", 1), problems
    if "stop" in query and "lesson" not in query:
        problems.append(in_link("stop", InputError(*_STOP, query["stop"])))
    return None, 1, problems


def stop_of(lesson: str, stop: int, lang: str) -> Spec:
    """Return the state at a stop of a lesson, from 1."""
    return open_link({"lesson": lesson, "stop": LESSONS[lesson].names[stop - 1]}, lang)[0]


def to_file(spec: Spec) -> str:
    """Return a state as the text of a file: the names and values of a link, and every number, changed or not."""
    query = model_to_whole_query(spec.model) | spec_to_query(spec)
    return json.dumps({"format": _FORMAT, "version": _VERSION, **query}, indent=1, ensure_ascii=False)


def parsed(text: str) -> Any:
    """Return the data in a JSON text; None where the text is none.

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
