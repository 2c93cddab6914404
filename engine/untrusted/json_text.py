"""JSON texts from outside: their size is known before they are read, and every sign in them can be written."""

import json
import re
from typing import Any

from engine.core import InputError, Text

_MOST_CHARACTERS, _MOST_ENTRIES = 8 * 2**20, 200_000
_ENTRY = re.compile(r'[\[{]|"\s*+:')  # what begins a list, an object or a value by name
_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # how half of a character is written, and half of them all
_NO_SIGN = Text("this contains half a character, which cannot be shown", "内容含有无法显示的半个字符")
_WHOLE = Text("whole Unicode characters", "完整的 Unicode 字符")
_TOO_MUCH = Text("this contains too much", "内容太多")
_AT_MOST = Text("at most {:,} characters and {:,} entries", "至多 {:,} 个字符、{:,} 个条目").format(
    _MOST_CHARACTERS, _MOST_ENTRIES
)


def parsed(text: str) -> Any:
    """Return the data in a JSON text; None where the text is none.

    Raises
    ------
    InputError
        Where it is longer, or has more entries, than a page opens: they are counted before they are made. Where it
        escapes half of a sign, which no page, no file and no message can hold.
    """
    entries = len(_ENTRY.findall(text)) if len(text) <= _MOST_CHARACTERS else 0
    if len(text) > _MOST_CHARACTERS or entries > _MOST_ENTRIES:
        raise InputError(_TOO_MUCH, _AT_MOST, f"{len(text):,}, {entries:,}")
    try:
        held = json.loads(text)
        is_writable = not _HALF.search(text) or _is_writable(json.dumps(held, ensure_ascii=False))
    except (ValueError, RecursionError):
        return None
    if not is_writable:
        raise InputError(_NO_SIGN, _WHOLE, text[:40])
    return held


def _is_writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
