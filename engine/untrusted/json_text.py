"""JSON texts from outside: their size is known before they are read."""

import json
import re
from typing import Any

from engine.core import InputError, Text

_MOST_CHARACTERS, _MOST_ENTRIES = 8 * 2**20, 200_000
_ENTRY = re.compile(r'[\[{]|"\s*+:')  # what begins a list, an object or a value by name
_TOO_MUCH = Text("this contains too much", "内容太多")
_AT_MOST = Text("at most {:,} characters and {:,} entries", "至多 {:,} 个字符、{:,} 个条目").format(
    _MOST_CHARACTERS, _MOST_ENTRIES
)


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
