"""The digest of values: equal for equal values and for no others, in every process.

`hash` is no identity: in Python `hash(-1.0) == hash(-2.0)`.
"""

from array import array
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

_BYTES = 16


def digest(values: Iterable[Any]) -> str:
    """Return the digest of nested tuples of numbers, texts and None, as hexadecimal digits.

    Numbers count by their value as a double, so that 1, 1.0 and True are the same, and 0.0 and -0.0 are not.
    """
    made = blake2b(digest_size=_BYTES)
    for part in _parts(tuple(values)):
        made.update(part)
    return made.hexdigest()


def _parts(value: Any) -> Iterable[bytes]:
    """Bytes of a value, each piece after its kind and length, so that no two values have the same."""
    if value is None:
        yield b"-"
    elif isinstance(value, str):
        written = value.encode("utf-8", "surrogatepass")
        yield b"s%d:" % len(written)
        yield written
    elif isinstance(value, tuple):
        yield from _of_tuple(value)
    else:
        yield b"n"
        yield array("d", (value,)).tobytes()


def _of_tuple(values: tuple[Any, ...]) -> Iterable[bytes]:
    try:
        numbers = array("d", values)
    except TypeError:  # not all of them are numbers
        yield b"(%d:" % len(values)
        for value in values:
            yield from _parts(value)
    else:
        yield b"[%d:" % len(values)
        yield numbers.tobytes()
