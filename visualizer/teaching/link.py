"""Link of a lesson: the same fields as its file, packed into letters that an address takes."""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache

from engine import InputError, Text
from engine.untrusted import parsed
from visualizer.slides import Lesson
from visualizer.teaching.form import LONGEST_FILE, from_data, to_data

MOST_PACKED = 64_000  # characters of a lesson that a browser keeps
_VERSION = "1."  # before the packed data, so that a later form can be told from this one
_MANY = 64  # lessons that are kept unpacked
_BROKEN = (
    Text("not a lesson, or only a part of one", "不是讲解，或不完整"),
    Text("the link as the page has written it, or the lesson’s file", "页面写出的完整链接，或讲解文件"),
)
_TOO_LARGE = Text("this lesson is too large", "讲解太大"), Text("at most {:,} characters", "至多 {:,} 个字符")


def packed(lesson: Lesson) -> str:
    """Return a lesson as a word of a link; raise `InputError` where it is larger than a browser keeps."""
    text = json.dumps(to_data(lesson), ensure_ascii=False, separators=(",", ":"))
    word = _VERSION + urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    if len(word) > MOST_PACKED or len(text) > LONGEST_FILE:
        raise InputError(_TOO_LARGE[0], _TOO_LARGE[1].format(MOST_PACKED), f"{len(word):,}")
    return word


@lru_cache(maxsize=_MANY)
def unpacked(word: str) -> Lesson:
    """Return the lesson that a word of a link holds; nobody changes it.

    Raises
    ------
    InputError
        Where the word holds none, or one beyond the bounds: of packed data no more is unpacked than a lesson has.
    """
    if len(word) > MOST_PACKED:
        raise InputError(_TOO_LARGE[0], _TOO_LARGE[1].format(MOST_PACKED), f"{len(word):,}")
    return from_data(parsed(_text_in(word)))


def _text_in(word: str) -> str:
    """Return the JSON text in a word of a link."""
    if not word.startswith(_VERSION):
        raise InputError(*_BROKEN, word)
    reader, most = zlib.decompressobj(), 4 * LONGEST_FILE  # bytes of a character, at most
    try:
        data = word.removeprefix(_VERSION).encode("ascii")
        text = reader.decompress(urlsafe_b64decode(data + b"=" * (-len(data) % 4)), most).decode()
    except (ValueError, zlib.error):
        raise InputError(*_BROKEN, word) from None
    if not reader.eof:
        raise InputError(
            *(_TOO_LARGE[0], _TOO_LARGE[1].format(LONGEST_FILE)) if reader.unconsumed_tail else _BROKEN, word
        )
    return text
