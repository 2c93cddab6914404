"""IDX files, the format in which MNIST is handed on: images and labels, gzipped or not.

A file begins with a magic number and the sizes of its axes, as big-endian whole numbers of four bytes; then come the
values, a byte each (LeCun, Cortes & Burges 1998). No more is ever unpacked than these sizes allow.
"""

import zlib
from io import BytesIO
from math import prod
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.core import InputError, Text

MOST_IMAGES, MOST_SIDE = 130_000, 32  # EMNIST's letters are 124,800
_AXES = {0x801: 1, 0x803: 3}  # magic numbers: labels, and images
_GZIP, _GZIP_BITS = b"\x1f\x8b", 31  # how a file begins, and what tells zlib so
_PORTION, _MOST_PARTS = 2**16, 100
_MAGIC = Text("2051 for images or 2049 for labels, as its first four bytes", "前四个字节为 2051（图像）或 2049（标签）")
_SIZES = Text("up to {:,} images of 1 × 1 to {} × {} pixels", "至多 {:,} 张图像，每张 1 × 1 到 {} × {} 像素").format(
    MOST_IMAGES, MOST_SIDE, MOST_SIDE
)


def read_idx(content: bytes, name: str) -> NDArray:
    """Return images as bytes of shape (n, rows, columns), or labels of shape (n,).

    Parameters
    ----------
    content : bytes
        The file, gzipped or not.
    name : str
        The name of the file in an error.

    Raises
    ------
    InputError
        Where it is no such file, is damaged, or holds too much.

    Examples
    --------
    >>> read_idx(bytes([0, 0, 8, 1, 0, 0, 0, 2, 7, 3]), "labels")
    array([7, 3], dtype=uint8)
    """
    stream: _Stream = _Unpacked(content) if content[:2] == _GZIP else BytesIO(content)
    try:
        shape = _shape(stream, name)
        values = stream.read(prod(shape) + 1)
    except (EOFError, zlib.error) as error:
        problem = Text("{} cannot be decompressed", "{} 无法解压").format(name)
        raise InputError(
            problem, Text("a complete gzip file, or an uncompressed one", "完整的 gzip 文件，或未压缩的文件"), error
        ) from None
    if len(values) != prod(shape):
        problem = Text("the length of {} does not match its header", "{} 的长度与其声明不符").format(name)
        allowed = Text("{:,} values, for {}", "{:,} 个值，对应 {}").format(prod(shape), " × ".join(map(str, shape)))
        raise InputError(problem, allowed, "more" if len(values) > prod(shape) else f"{len(values):,}")
    return np.frombuffer(values, np.uint8).reshape(shape)


class _Stream(Protocol):
    """Byte stream, read from the beginning."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes more; fewer only at the end."""


class _Unpacked:
    """Gzip file as a stream, unpacked as far as it is read; of one call, and so of one thread.

    `gzip.GzipFile` would take its time over each part that such a file may consist of, and each letter of its names.
    """

    def __init__(self, content: bytes) -> None:
        self._content, self._at, self._parts = content, 0, 1
        self._part = zlib.decompressobj(_GZIP_BITS)

    def read(self, size: int, /) -> bytes:
        """Return up to `size` unpacked bytes more, or raise `EOFError` or `zlib.error` where the file is damaged."""
        found = bytearray()
        while len(found) < size and self._goes_on():
            given = self._content[self._at : self._at + _PORTION]
            came = self._part.decompress(given, size - len(found))
            left = self._part.unused_data if self._part.eof else self._part.unconsumed_tail
            self._at += len(given) - len(left)
            if not (given or came or self._part.eof):
                raise EOFError(f"{self._at:,} bytes")
            found += came
        return bytes(found)

    def _goes_on(self) -> bool:
        """Return whether there is more to come, be it another part; only zeros may stand behind the last."""
        if not self._part.eof:
            return True
        if not self._content.startswith(_GZIP, self._at):
            if self._content.count(0, self._at) < len(self._content) - self._at:
                raise zlib.error(f"{len(self._content) - self._at:,} bytes behind the end")
            return False
        if self._parts == _MOST_PARTS:
            raise zlib.error(f"> {_MOST_PARTS} parts")
        self._part, self._parts = zlib.decompressobj(_GZIP_BITS), self._parts + 1
        return True


def _shape(stream: _Stream, name: str) -> tuple[int, ...]:
    """Return the sizes that a file says it has."""
    (magic,) = _whole_numbers(stream, 1, name)
    if magic not in _AXES:
        raise InputError(Text("{} is not an IDX file", "{} 不是 IDX 文件").format(name), _MAGIC, magic)
    shape = _whole_numbers(stream, _AXES[magic], name)
    count, *sides = shape
    if not (1 <= count <= MOST_IMAGES and all(1 <= side <= MOST_SIDE for side in sides)):
        problem = Text("{} has an invalid size", "{} 的大小无效").format(name)
        raise InputError(problem, _SIZES, " × ".join(map(str, shape)))
    return shape


def _whole_numbers(stream: _Stream, count: int, name: str) -> tuple[int, ...]:
    head = stream.read(4 * count)
    if len(head) < 4 * count:
        raise InputError(Text("{} is truncated", "{} 过早结束").format(name), _MAGIC, f"{len(head)} bytes")
    return tuple(int(number) for number in np.frombuffer(head, ">u4"))
