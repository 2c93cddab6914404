"""Files of digits as people have them: IDX, gzipped or not, Keras' `.npz`, CSV with a label in each row, zips of these.

Nothing is unpickled, and no more is unpacked than images of the largest set can take.
"""

import re
import zlib
from collections.abc import Iterator
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from engine.core import InputError, Text
from engine.data.idx import MOST_IMAGES, MOST_SIDE, read_idx
from engine.untrusted import GZIP, PICKLE, ZIP, gunzipped, kind_of, read_npy, unzipped

_IDX = b"\0\0\x08"
_MOST, _MOST_LAYERS = 160 * 2**20, 3  # of bytes, and of gzip or zip within each other
_WORDS = re.compile(rb"[A-Za-z_\"']")
_LABELS = re.compile(rb"label|class|digit|target|^y$", re.IGNORECASE)
_OTHER = Text("{} contains no images of digits", "{} 中没有数字图像")
_KINDS = Text(
    "IDX files, Keras' mnist.npz, a CSV with a label and the pixels in each row, or a zip of these",
    "IDX 文件、Keras 的 mnist.npz、每行含标签与像素的 CSV，或含这些文件的 zip",
)
_PICKLED = Text(
    "{} is a pickle, which cannot be opened without running code",
    "{} 是 pickle 文件，只有运行它才能打开",
)
_SAVED = Text(
    "np.savez(“mnist.npz”, x_train=…, y_train=…, x_test=…, y_test=…), or IDX files",
    "np.savez(“mnist.npz”, x_train=…, y_train=…, x_test=…, y_test=…)，或 IDX 文件",
)
_SQUARE = Text(
    "a label and 784 pixels in each row, or another square number", "每行一个标签与 784 个（或其他平方数个）像素"
)
_ROWS = Text("rows of whole numbers from 0 to 255 with commas between them", "由逗号分隔的 0 到 255 的整数组成的行")
_LARGE = Text("{} is too large", "{} 太大")
_SIZE = Text("{:,} images, {} MB unpacked", "{:,} 张图像、解压后 {} MB").format(MOST_IMAGES, _MOST // 2**20)
Found = Iterator[tuple[str, NDArray]]


def arrays_in(name: str, content: bytes, layers: int = _MOST_LAYERS) -> Found:
    """Yield images of shape (n, rows, columns) and labels (n,) in a file, each with a name that tells its part.

    Raises
    ------
    InputError
        Where it holds something else, which is named, is damaged, or holds too much.
    """

    def large(received: object) -> InputError:
        return InputError(_LARGE.format(name), _SIZE, received)

    if content.startswith(GZIP) and not _first(content).startswith(_IDX) and layers:
        try:
            inner = gunzipped(content, _MOST, large)
        except zlib.error as error:
            raise InputError(_OTHER.format(name), _KINDS, error) from None
        yield from arrays_in(name, inner, layers - 1)
    elif content.startswith((_IDX, GZIP)):
        yield name, read_idx(content, name)
    elif content.startswith(ZIP) and layers:
        yield from _in_zip(name, content, layers - 1)
    elif content.startswith(PICKLE):
        raise InputError(_PICKLED.format(name), _SAVED, kind_of(content).en)
    elif b"," in content[:4096] and b"\0" not in content[:4096] and not content.lstrip().startswith(b"<"):
        yield from _in_rows(name, content)
    else:
        raise InputError(_OTHER.format(name), _KINDS, kind_of(content).en)


def _first(content: bytes) -> bytes:
    """Return the first bytes in a gzip file; none of a damaged one."""
    try:
        return zlib.decompressobj(31).decompress(content[: 2**16], 4)
    except zlib.error:
        return _IDX


def _in_zip(name: str, content: bytes, layers: int) -> Found:
    """Yield the arrays in the members of a zip archive, be these arrays of NumPy or files."""
    try:
        members = {each: held for each, held in unzipped(content).items() if not each.startswith("__MACOSX")}
        arrays = {
            each.removesuffix(".npy"): read_npy(held, each) for each, held in members.items() if each[-4:] == ".npy"
        }
    except InputError:
        raise
    except Exception as error:  # of zipfile and of NumPy, on files of strangers
        raise InputError(_OTHER.format(name), _KINDS, error) from None
    for each, array in arrays.items():
        if not each.startswith(("x_", "y_")) or array.ndim != (3 if each[0] == "x" else 1):
            raise InputError(_OTHER.format(name), _KINDS, f"{each} {'×'.join(map(str, array.shape))}")
        yield each, _as_bytes(array, name)
    for each, held in {} if arrays else members.items():
        if not each.lower().endswith((".txt", ".md", ".pdf")):
            yield from arrays_in(each, held, layers)


def _in_rows(name: str, content: bytes) -> Found:
    """Yield the images and the labels in rows of a table."""
    content = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r", b"").strip()
    first, _, rest = content.partition(b"\n")
    head = [cell.strip(b" \"'") for cell in first.split(b",")] if _WORDS.search(first) else []
    body = (rest if head else content).strip(b"\n, ")
    columns = body.partition(b"\n")[0].count(b",") + 1
    side = isqrt(columns - 1)
    if side * side != columns - 1 or not 1 < side <= MOST_SIDE:
        raise InputError(_OTHER.format(name), _SQUARE, f"{columns} columns")
    if body.count(b"\n") >= MOST_IMAGES:
        raise InputError(_LARGE.format(name), _SIZE, f"> {MOST_IMAGES:,}")
    if not set(body) <= set(b"0123456789,\n. "):
        raise InputError(_OTHER.format(name), _ROWS, kind_of(body[:4096]).en)
    try:
        numbers = np.fromstring(body.replace(b"\n", b",").decode(), sep=",", dtype=np.float32)
    except ValueError as error:
        raise InputError(_OTHER.format(name), _ROWS, error) from None
    if numbers.size % columns or numbers.size != columns * (body.count(b"\n") + 1):
        raise InputError(_OTHER.format(name), _ROWS, f"{numbers.size:,} / {columns}")
    table = _as_bytes(numbers.reshape(-1, columns), name)
    at = _label_column(head, table)
    pixels = np.delete(table, at, axis=1)
    yield f"{name} images", pixels.reshape(-1, side, side)
    yield f"{name} labels", table[:, at]


def _label_column(head: list[bytes], table: NDArray) -> int:
    """Return the place of the labels: by the header, else the first column where it can be one, else the last."""
    named = [at for at in (0, table.shape[1] - 1) if at < len(head) and _LABELS.search(head[at])]
    if named:
        return named[0]
    first, last = table[:, 0], table[:, -1]
    return (
        table.shape[1] - 1 if first.max() == 0 < last.max() or first.max() > 9 else 0
    )  # a corner of an image is blank


def _as_bytes(array: NDArray, name: str) -> NDArray:
    """Return whole numbers from 0 to 255 as bytes."""
    if array.size == 0 or len(array) > MOST_IMAGES:
        raise InputError(_LARGE.format(name), _SIZE, len(array))
    small = array.astype(np.uint8, casting="unsafe") if array.min() >= 0 and array.max() <= 255 else None
    if small is None or (array.dtype.kind == "f" and not np.array_equal(small, array)):
        raise InputError(_OTHER.format(name), _ROWS, f"{array.min():g} … {array.max():g}")
    return small
