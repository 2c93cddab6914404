"""Form of a lesson in JSON, read off the fields of its records: what a file and a link hold, within bounds.

A field of `Lesson`, `Stop` or `Ask` is written and read by its type, so that a new one needs nothing here. All texts
are from outside: each has its longest length, and a note only formulas that can be drawn.
"""

import json
import re
from collections.abc import Mapping
from functools import partial
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from engine import InputError, Text
from engine.core import LANGUAGES, names
from engine.untrusted import parsed
from visualizer.slides import MORE, Ask, Lesson, Stop
from visualizer.writing import check_note

FORMAT, VERSION = "backprop-stage-lesson", 1
MOST_STOPS, MOST_CHOICES, MOST_MINUTES = 60, 6, 600
LONGEST_NOTE, LONGEST_LABEL = 2_000, 200
LONGEST_FILE = 400_000  # characters
_LONGEST = {"note": LONGEST_NOTE, "code": 4_000, "question": 400, "at": 40_000}  # by field; else that of a label
_MOST_PAIRS, _LARGEST = 60, 10**6
_NOT_IN_A_STOP = ("lang", "lesson", "stop", "own")  # of a link: these are not what is shown
_NO_SIGN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")  # control signs, and halves of signs
_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
_NO_FILE = (
    Text("not a lesson file", "这不是讲解文件"),
    Text("JSON with format {} and version {}", "format 为 {}、version 为 {} 的 JSON").format(FORMAT, VERSION),
)
_TOO_LONG, _AT_MOST = Text("this is too long", "太长"), Text("at most {:,} characters", "至多 {:,} 个字符")
_BAD_SIGN = Text("this text has characters that cannot be shown", "文本中有无法显示的字符")
_TOO_MANY, _PIECES = Text("too many entries", "条目太多"), Text("at most {}", "至多 {} 个")
_UNKNOWN = Text("a lesson has no such field", "讲解中没有这个字段")
_MISSING, _NOTHING = Text("this field is missing", "缺少这个字段"), Text("nothing", "无")
_TYPE = Text("this value has the wrong type", "值的类型不符")
_TYPES = {
    str: Text("text", "文本"),
    bool: Text("true or false", "true 或 false"),
    int: Text("a whole number", "整数"),
    float: Text("a number", "数"),
    list: Text("a list", "列表"),
    dict: Text("an object", "对象"),
}
_SAME_NAME = (
    Text("two slides have the same name", "两页同名"),
    Text("a different name for each", "每页各有名称"),
)
_BAD_NAME = (
    Text("this name cannot be used in a link", "这个名称不能放进链接"),
    Text("up to 40 letters, digits, - and _", "至多 40 个字母、数字、- 与 _"),
)
_RANGE = Text("this number is out of range", "数值超出范围")
_SHOWN = Text("this does not belong to what a slide shows", "这不属于一页所显示的内容")
_NO_PAGE = Text("a slide cannot lead to this page", "一页不能通向这个页面")


def to_data(record: Any) -> Any:
    """Return a record of a lesson as plain data, without the fields that say nothing."""
    fields = getattr(record, "_fields", None)
    if fields:
        usual, said = record._field_defaults, {name: getattr(record, name) for name in fields}
        return {name: to_data(value) for name, value in said.items() if name not in usual or value != usual[name]}
    if isinstance(record, tuple):
        return [to_data(part) for part in record]
    return dict(record) if isinstance(record, Mapping) else record


def from_data(data: object) -> Lesson:
    """Return the lesson that plain data describe.

    Raises
    ------
    InputError
        Where the data are no lesson, or one beyond the bounds; it says in which field.
    """
    lesson: Lesson = _record(Lesson, data)
    _check(lesson)
    return lesson


def to_lesson_file(lesson: Lesson) -> str:
    """Return a lesson as the text of a file."""
    return json.dumps({"format": FORMAT, "version": VERSION, **to_data(lesson)}, indent=1, ensure_ascii=False)


def from_lesson_file(text: str) -> Lesson:
    """Return the lesson in the text of a file; raise `InputError` where there is none."""
    if len(text) > LONGEST_FILE:
        raise InputError(_TOO_LONG, _AT_MOST.format(LONGEST_FILE), f"{len(text):,}")
    held = parsed(text)
    held = dict(held) if isinstance(held, dict) else {}
    if (held.pop("format", None), held.pop("version", None)) != (FORMAT, VERSION):
        raise InputError(*_NO_FILE, text[:40])
    return from_data(held)


def _read(kind: Any, name: str, data: object) -> Any:
    """Return a value of a type, read from plain data; an error says of which field it is."""
    try:
        return _reader(kind)(name, data)
    except InputError as error:
        at = Text("{}: {}", "{}：{}").format(name, error.problem)
        raise InputError(at, error.allowed, error.got) from None


def _reader(kind: Any) -> Any:
    """Return the reader of a type: read(name, data)."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return partial(_optional, next(part for part in parts if part is not type(None)))
    if origin is tuple:
        return partial(_list, parts[0])
    if origin is Mapping:
        return _pairs
    if kind is Text:
        return _text
    return (lambda name, data: _record(kind, data)) if hasattr(kind, "_fields") else partial(_plain, kind)


def _optional(kind: Any, name: str, data: object) -> Any:
    return None if data is None else _reader(kind)(name, data)


def _list(kind: Any, name: str, data: object) -> tuple[Any, ...]:
    entries = _of(list, data)
    most = MOST_STOPS if kind is Stop else MOST_CHOICES
    if len(entries) > most:
        raise InputError(_TOO_MANY, _PIECES.format(most), len(entries))
    return tuple(_read(kind, f"{name} {number}", entry) for number, entry in enumerate(entries, 1))


def _pairs(name: str, data: object) -> dict[str, str]:
    pairs = _of(dict, data)
    if len(pairs) > _MOST_PAIRS:
        raise InputError(_TOO_MANY, _PIECES.format(_MOST_PAIRS), len(pairs))
    return {_plain(str, "", key): _plain(str, name, value) for key, value in pairs.items()}


def _text(name: str, data: object) -> Text:
    """Return a text in both languages, empty in one that is not said."""
    said = _of(dict, data)
    unknown = [lang for lang in said if lang not in LANGUAGES]
    if unknown:
        raise InputError(_UNKNOWN, names(LANGUAGES), unknown[0])
    words = [_of(str, said.get(lang, "")) for lang in LANGUAGES]
    for one in words:
        check_words(name, one)
    return Text(*words)


def check_words(name: str, words: str) -> None:
    """Raise `InputError` where a field of this name cannot hold these words."""
    _check_length(name, words)
    check_note(words)


def _plain(kind: type, name: str, data: object) -> Any:
    value = _of(kind, data)
    if kind is str:
        _check_length(name, value)
    elif not -_LARGEST <= value <= _LARGEST:
        raise InputError(_RANGE, _TYPES[kind], value)
    return value


def _check_length(name: str, text: str) -> None:
    """Raise `InputError` where a field of this name cannot hold a text."""
    longest = _LONGEST.get(name, LONGEST_LABEL)
    if len(text) > longest:
        raise InputError(_TOO_LONG, _AT_MOST.format(longest), f"{text[:20]}… ({len(text):,})")
    if _NO_SIGN.search(text):
        raise InputError(_BAD_SIGN, _TYPES[str], text)


def _of(kind: type, data: object) -> Any:
    """Return data of a type; a whole number is a number too, and true is none."""
    kinds = (int, float) if kind is float else (kind,)
    is_right = isinstance(data, kinds) and (kind is bool or not isinstance(data, bool))
    if not is_right:
        raise InputError(_TYPE, _TYPES[kind], data)
    return data


def _record(kind: Any, data: object) -> Any:
    said, hints = _of(dict, data), get_type_hints(kind)
    for unknown in [field for field in said if field not in hints]:
        raise InputError(_UNKNOWN, names(hints), unknown)
    for missing in [field for field in hints if field not in said and field not in kind._field_defaults]:
        raise InputError(Text("{}: {}", "{}：{}").format(missing, _MISSING), _TYPES[dict], _NOTHING.en)
    return kind(**{field: _read(hints[field], field, value) for field, value in said.items()})


def _check(lesson: Lesson) -> None:
    """Raise `InputError` where the fields of a lesson do not go together."""
    _check_range(lesson.minutes, MOST_MINUTES)
    if len(set(lesson.names)) < len(lesson.stops):
        raise InputError(*_SAME_NAME, ", ".join(lesson.names))
    for stop in lesson.stops:
        _check_stop(stop)


def _check_stop(stop: Stop) -> None:
    _check_range(stop.minutes, MOST_MINUTES)
    if stop.name and not _NAME.fullmatch(stop.name):
        raise InputError(*_BAD_NAME, stop.name)
    for name in stop.at:
        if name in _NOT_IN_A_STOP:
            raise InputError(_SHOWN, Text("a step, a network, numbers", "步骤、网络、数值"), name)
    if stop.page and stop.page.get("page") not in MORE:
        raise InputError(_NO_PAGE, names(MORE), stop.page.get("page", ""))
    if stop.ask:
        _check_ask(stop.ask)


def _check_ask(ask: Ask) -> None:
    _check_range(ask.right, max(0, len(ask.choices) - 1))


def _check_range(value: float, high: float) -> None:
    if not 0 <= value <= high:
        raise InputError(_RANGE, Text("0 to {}", "0 到 {}").format(high), value)
