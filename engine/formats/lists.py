"""Lists of numbers as JSON, and arrays as PyTorch, NumPy and Keras print them or a sheet has them."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.core import InputError, Text, echo
from engine.formats.record import Contents, Format
from engine.untrusted import MOST_ARRAYS, Printed, as_text, kind_of, printed_arrays, told_by_beginning, too_large

_DEEPEST = 8
_NO_NUMBERS = Text("there are no arrays of numbers in this text", "文本中没有数值数组")
_LIKE = Text(
    "W1 = [[0.1, 0.2], [0.3, 0.4]], tensor([[…]]), array([[…]]), or rows of a sheet, with empty lines between matrices",
    "W1 = [[0.1, 0.2], [0.3, 0.4]]、tensor([[…]])、array([[…]])，或表格中的行，矩阵之间空一行",
)
_RAGGED = Text("the rows of {} differ in length", "{} 的各行长度不同")


def _json(data: bytes) -> Contents:
    held = json.loads(as_text(data) or "")
    found = list(_lists("", held, _DEEPEST))
    arrays = {name: array for name, array in found if array is not None}
    if not arrays:
        raise InputError(_NO_NUMBERS, _LIKE, ", ".join(held) if isinstance(held, dict) else type(held).__name__)
    return Contents(_split(arrays), tuple(name[:80] for name, array in found if array is None)[:100])


def _lists(name: str, held: Any, depth: int) -> Iterator[tuple[str, np.ndarray | None]]:
    """Yield the arrays in lists and objects by their paths, and None for what is none."""
    array = _array(held) if isinstance(held, list) else None
    if array is not None and array.ndim < 4:
        yield name or "W", array
    elif isinstance(held, (dict, list)) and depth:
        entries = held.items() if isinstance(held, dict) else enumerate(held)
        for key, entry in entries:
            yield from _lists(f"{name}.{key}".strip("."), entry, depth - 1)
    else:
        yield name, None


def _array(held: list[Any]) -> np.ndarray | None:
    """Return a list of numbers, or of such lists of one length, as an array; None for any other."""
    try:
        array = np.array(held)
    except ValueError:
        return None
    return array if array.dtype.kind in "iuf" and array.size else None


def _split(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the arrays, those of several layers of one shape, which are one more list deep, taken apart."""
    deep = {len(array) for array in arrays.values() if array.ndim == 3}
    if not deep:
        return arrays
    made: dict[str, np.ndarray] = {}
    for name, array in arrays.items():
        apart = array.ndim == 3 or (array.ndim == 2 and len(array) in deep and "b" in name.lower()[:1])
        made |= {f"{name}.{l}": part for l, part in enumerate(array)} if apart else {name: array}
    return made


def _text(data: bytes) -> Contents:
    text = as_text(data)
    found = printed_arrays(text) if text is not None else []
    if not found:
        raise InputError(_NO_NUMBERS, _LIKE, kind_of(data))
    if len(found) > MOST_ARRAYS:
        raise too_large(f"{len(found):,} arrays")
    arrays = {}
    for place, each in enumerate(_parted(found)):
        name = each.name if each.name and each.name not in arrays else f"{each.name or 'array'}_{place}"
        if not each.shape:
            raise InputError(_RAGGED.format(echo(name)), _LIKE, ", ".join(str(len(row)) for row in each.rows[:20]))
        arrays[name] = np.array([[float(number) for number in row] for row in each.rows]).reshape(each.shape)
    return Contents(arrays)


def _parted(found: list[Printed]) -> Iterator[Printed]:
    """Yield printed arrays; a list of vectors of several lengths, as biases are, vector by vector."""
    for each in found:
        if not each.shape and each.name[:1].lower() in ("b", "i", ""):
            yield from (
                Printed(f"{each.name}.{l}" if each.name else "", (row,), True) for l, row in enumerate(each.rows)
            )
        else:
            yield each


def _is_json(data: bytes) -> bool:
    text = as_text(data[:4096])
    if text is None or text.lstrip()[:1] not in ("{", "["):
        return False
    try:
        json.loads(as_text(data) or "")
    except (ValueError, RecursionError):
        return False
    return True


RECORDS = (
    Format(
        "json",
        Text("JSON", "JSON"),
        Text(
            "Lists of numbers: {“W1”: [[…]], “b1”: […]}, lists of layers, what Nielsen's book saves.",
            "数值列表：{“W1”: [[…]], “b1”: […]}、层的列表、Nielsen 书中代码保存的文件。",
        ),
        (".json",),
        _json,
        _is_json,
        order=8,
        in_order=True,
    ),
    Format(
        "text",
        Text("Text", "文本"),
        Text(
            "Printed or typed arrays: W1 = [[…]], tensor([[…]]), array([[…]]), numpy.savetxt, rows from a sheet.",
            "打印或输入的数组：W1 = [[…]]、tensor([[…]])、array([[…]])、numpy.savetxt、表格中的行。",
        ),
        (".txt", ".csv", ".tsv"),
        _text,
        lambda data: as_text(data) is not None and told_by_beginning(data) is None,
        order=9,
        in_order=True,
    ),
)
