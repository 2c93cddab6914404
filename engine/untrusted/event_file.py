"""Event files of TensorBoard: the scalars in them, read without TensorBoard, which brings gRPC and a web server along.

An event file is a row of records: length, its checksum, a protobuf message, its checksum. Of a message only the fields
are read that hold a step and scalars; everything else is passed over by its length.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from engine.core import InputError, Text

MOST_SCALARS, MOST_TAGS = 200_000, 200
_POLYNOMIAL, _MASK = 0x82F63B78, 0xA282EAD8  # of CRC-32C, and of its disguise in these files
_VARINT, _LONG, _BYTES, _SHORT = 0, 1, 2, 5  # how protobuf writes a field
_WIDTHS = {_LONG: 8, _SHORT: 4}
_LONGEST_VARINT = 10
_STEP, _SUMMARY, _VALUE, _TAG, _SIMPLE, _TENSOR = 2, 5, 1, 1, 2, 8  # numbers of fields, message by message
_TYPE, _CONTENT, _FLOATS, _DOUBLES = 1, 4, 5, 6  # of a tensor
_FORMATS = {1: "<f", 2: "<d"}  # by the type of a tensor
_LONGEST_TAG = 200
_DAMAGED = Text("this event file is damaged", "这个事件文件已损坏")
_WHOLE = Text("a complete file written by TensorBoard", "TensorBoard 写出的完整文件")
_TOO_MANY = Text("this event file contains too much", "这个事件文件内容太多")
_CAP = Text("at most {:,} scalars and {} names", "至多 {:,} 个标量、{} 个名称").format(MOST_SCALARS, MOST_TAGS)
Fields = Iterator[tuple[int, "int | bytes"]]


class Scalar(NamedTuple):
    """Scalar of an event file."""

    tag: str
    step: int
    value: float


def _checksums() -> list[int]:
    table = list(range(256))
    for _ in range(8):
        table = [(each >> 1) ^ (_POLYNOMIAL if each & 1 else 0) for each in table]
    return table


_TABLE = _checksums()


def _checksum(data: bytes) -> bytes:
    """Masked CRC-32C of some bytes, as it stands behind them in the file."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc = _TABLE[(crc ^ byte) & 255] ^ (crc >> 8)
    crc ^= 0xFFFFFFFF
    return struct.pack("<I", ((crc >> 15 | crc << 17) + _MASK) & 0xFFFFFFFF)


def is_event_file(data: bytes) -> bool:
    """Whether bytes begin as an event file does: with a length whose checksum is right."""
    return len(data) > 12 and data[8:12] == _checksum(data[:8])


def read_events(data: bytes) -> list[Scalar]:
    """Return the scalars of an event file, in the order in which they were written.

    A last record that was not written to its end, as in a training that goes on, is left out.

    Raises
    ------
    InputError
        Where the file is damaged, or holds too much.
    """
    found: list[Scalar] = []
    try:
        for message in _records(data):
            found += _scalars(message)
            if len(found) > MOST_SCALARS:
                raise InputError(_TOO_MANY, _CAP, f"> {MOST_SCALARS:,}")
    except (ValueError, struct.error) as error:
        raise error if isinstance(error, InputError) else InputError(_DAMAGED, _WHOLE, error) from None
    tags = {scalar.tag for scalar in found}
    if len(tags) > MOST_TAGS:
        raise InputError(_TOO_MANY, _CAP, f"{len(tags)}")
    return found


def _records(data: bytes) -> Iterator[bytes]:
    """Yield the messages of a file, whose checksums have to be right; the last one only where all of it is there."""
    at = 0
    while at + 12 <= len(data):
        if data[at + 8 : at + 12] != _checksum(data[at : at + 8]):
            raise ValueError(f"{at} B")
        size = int.from_bytes(data[at : at + 8], "little")
        at += 12
        if at + size + 4 > len(data):
            return
        message = data[at : at + size]
        if data[at + size : at + size + 4] != _checksum(message):
            raise ValueError(f"{at} B")
        yield message
        at += size + 4


def _scalars(message: bytes) -> Iterator[Scalar]:
    fields = list(_fields(message))
    step = next((value for name, value in fields if name == _STEP and isinstance(value, int)), 0)
    for _, summary in _held(fields, _SUMMARY):
        for _, value in _held(_fields(summary), _VALUE):
            yield from _scalar(dict(_fields(value)), step - 2**64 if step >= 2**63 else step)


def _scalar(value: dict[int, int | bytes], step: int) -> Iterator[Scalar]:
    """Yield the scalar of a summary, written as a number or as a tensor of one; nothing for pictures and texts."""
    tag, number, kind = value.get(_TAG, b""), value.get(_SIMPLE), 1
    if number is None and isinstance(tensor := value.get(_TENSOR), bytes):
        held = dict(_fields(tensor))
        number = held.get(_CONTENT) or held.get(_FLOATS) or held.get(_DOUBLES)
        kind = int(held.get(_TYPE, 0))
    form = _FORMATS.get(kind, "0s")
    if isinstance(tag, bytes) and isinstance(number, bytes) and number and len(number) == struct.calcsize(form):
        yield Scalar(tag.decode("utf-8", "replace")[:_LONGEST_TAG], step, *struct.unpack(form, number))


def _held(fields: Fields | list[tuple[int, int | bytes]], wanted: int) -> Iterator[tuple[int, bytes]]:
    """Yield the messages within a message, of the field that is wanted."""
    return ((name, value) for name, value in fields if name == wanted and isinstance(value, bytes))


def _fields(data: bytes) -> Fields:
    """Yield the fields of a protobuf message: the number of each, and its bytes, or what its varint says."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        kind = key & 7
        if kind == _VARINT:
            value, at = _varint(data, at)
            yield key >> 3, value
            continue
        if kind == _BYTES:
            size, at = _varint(data, at)
        else:
            size = _WIDTHS.get(kind, len(data))
        if at + size > len(data):
            raise ValueError(f"{kind}: {size} B")
        yield key >> 3, data[at : at + size]
        at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number that is written in sevens of bits, and the place behind it."""
    value = 0
    for place, byte in enumerate(data[at : at + _LONGEST_VARINT]):
        value |= (byte & 127) << (7 * place)
        if byte < 128:
            return value, at + place + 1
    raise ValueError("varint")
