"""Files of digits as people have them: IDX, gzipped or not, Keras' `.npz`, CSV with a label in each row, zips of these.

Nothing is unpickled, and no more is unpacked than images of the largest set can take.
"""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from math import isqrt
from string import ascii_lowercase, ascii_uppercase, digits

import numpy as np
from numpy.typing import NDArray

from engine.core import InputError, Text
from engine.images.idx import MOST_IMAGES, MOST_SIDE, read_idx
from engine.untrusted import GZIP, PICKLE, ZIP, gunzipped, kind_of, read_npy, unzipped

_IDX = b"\0\0\x08"
_LONGEST_MAPPING = 4096
_MOST, _MOST_LAYERS = 160 * 2**20, 3  # of bytes, and of gzip or zip within each other
_MAPPING = re.compile(rb"(?:\s*\d{1,3}(?:[ \t]\d{1,3}){1,2}[ \t]*(?:\r?\n|$)){2,300}\s*")  # a label and its letters
MOST_CLASSES = 62
DIGITS = dict(enumerate(digits))
_MERGED = digits + ascii_uppercase + "abdefghnqrt"  # small letters that look like capital ones count as these
_EMNIST = {  # a part of the name of its files: the first label, and what the labels stand for
    "letters": (1, ascii_uppercase),
    "byclass": (0, digits + ascii_uppercase + ascii_lowercase),
    "bymerge": (0, _MERGED),
    "balanced": (0, _MERGED),
}
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
_UNNAMED = Text("these labels have no names", "有标签没有对应的名称")
_NAMED = Text("at most {} classes, each label in the file that maps them", "至多 {} 个类别，映射文件中含每个标签")
_LARGE = Text("{} is too large", "{} 太大")
_SIZE = Text("{:,} images, {} MB unpacked", "{:,} 张图像、解压后 {} MB").format(MOST_IMAGES, _MOST // 2**20)
Found = Iterator[tuple[str, NDArray]]


def arrays_in(name: str, content: bytes, layers: int = _MOST_LAYERS) -> Found:
    """Yield images of shape (n, rows, columns) and labels (n,) in a file, each with a name that tells its part.

    A file that maps labels to letters gives (classes, 2): labels, and the numbers of letters in Unicode.

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
    elif _is_mapping(content):
        yield name, np.array([list(map(int, line.split()[:2])) for line in content.splitlines() if line.strip()])
    elif b"," in content[:4096] and b"\0" not in content[:4096] and not content.lstrip().startswith((b"<", PICKLE)):
        yield from _in_rows(name, content)
    else:
        pickled = content.startswith(PICKLE)
        problem, allowed = (_PICKLED, _SAVED) if pickled else (_OTHER, _KINDS)
        raise InputError(problem.format(name), allowed, kind_of(content))


def _is_mapping(content: bytes) -> bool:
    return len(content) <= _LONGEST_MAPPING and bool(_MAPPING.fullmatch(content))


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
        if not each.lower().endswith((".txt", ".md", ".pdf")) or _is_mapping(held):
            yield from arrays_in(each, held, layers)


def is_emnist(name: str) -> bool:
    """Return whether a file is one of EMNIST, by its name."""
    return "emnist" in name.lower()


def names_of(labels: Sequence[NDArray], mapped: Mapping[int, str], files: Sequence[str]) -> dict[int, str]:
    """Return the labels in all parts with their names: by a map, by EMNIST's names, else the digits or the labels."""
    present = sorted({int(label) for part in labels for label in np.unique(part)})
    told = [kind for name in files if is_emnist(name) for kind in _EMNIST if kind in name.lower()]
    first, letters = _EMNIST[told[0]] if told else (0, "")
    names = mapped or dict(enumerate(letters, first)) or DIGITS
    if names == DIGITS and present[-1] >= len(DIGITS):
        names = {label: str(label) for label in present}
    if len(names) > MOST_CLASSES or not names.keys() >= set(present):
        unknown = [str(label) for label in present if label not in names] or [f"{len(names)} classes"]
        raise InputError(_UNNAMED, _NAMED.format(MOST_CLASSES), ", ".join(unknown[:5]))
    return dict(names)


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
        raise InputError(_OTHER.format(name), _ROWS, kind_of(body[:4096]))
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
        table.shape[1] - 1 if first.max() == 0 < last.max() or first.max() >= MOST_CLASSES else 0
    )  # a corner of an image is blank


def _as_bytes(array: NDArray, name: str) -> NDArray:
    """Return whole numbers from 0 to 255 as bytes."""
    if array.size == 0 or len(array) > MOST_IMAGES:
        raise InputError(_LARGE.format(name), _SIZE, len(array))
    small = array.astype(np.uint8, casting="unsafe") if array.min() >= 0 and array.max() <= 255 else None
    if small is None or (array.dtype.kind == "f" and not np.array_equal(small, array)):
        raise InputError(_OTHER.format(name), _ROWS, f"{array.min():g} … {array.max():g}")
    return small
