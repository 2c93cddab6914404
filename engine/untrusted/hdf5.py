"""Reader of HDF5 files: only in a process of its own, for the library behind it can crash on a damaged one.

Nothing is followed that leads out of the file. Keras keeps such a file in an archive, beside what the model is made of;
MATLAB 7.3 writes one with every matrix turned.
"""

import io
import re
from importlib import import_module
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core import InputError, Text
from engine.untrusted.archives import MOST_ARRAYS, MOST_NUMBERS, Arrays, check_type, too_large, unzipped

_BESIDE = re.compile(r"seed_generator|^(_?optimizer(_weights)?|top_level_model_weights|metrics|#.*)/")
_DEEPEST, _LONGEST_CONFIG = 12, 2**20
_WEIGHTS, _CONFIG, _MATLAB = "model.weights.h5", "config.json", b"MATLAB 7.3"
_PLAIN = Text("plain arrays of numbers", "普通数值数组")
_LINK = Text("a link points elsewhere", "其中的链接指向别处")
_NO_ARRAY = Text("an entry is not an array of numbers", "其中一项不是数值数组")


def contents_of(data: bytes) -> tuple[Arrays, dict[str, Any]]:
    """Return the data sets of a file by their paths, what is left out, and what Keras says of the model.

    Raises
    ------
    InputError
        Where one is too large, or none.
    """
    told: dict[str, Any] = {}
    turned = data.startswith(_MATLAB)
    if data.startswith(b"PK"):
        members = unzipped(data)
        told["config"] = members.get(_CONFIG, b"")[:_LONGEST_CONFIG].decode("utf-8", "replace")
        data = members[_WEIGHTS]
    h5py, arrays = import_module("h5py"), Arrays()
    left_out: dict[str, None] = {}
    with h5py.File(io.BytesIO(data), "r") as file:
        for attribute, name in (("model_config", "config"), ("training_config", "training")):
            if attribute in file.attrs:
                told[name] = _text(file.attrs, attribute)
        _walk(h5py, file, "", arrays, [MOST_NUMBERS, MOST_ARRAYS], _DEEPEST, left_out)
    arrays = {name: np.ascontiguousarray(array.T) for name, array in arrays.items()} if turned else arrays
    return arrays, told | {"left_out": list(left_out)}


def _text(attributes: Any, name: str) -> str:
    """Return an attribute that is a text of no more than is meant; else nothing."""
    if attributes.get_id(name).get_storage_size() > _LONGEST_CONFIG:
        return ""
    held = attributes[name]
    text = held.decode("utf-8", "replace") if isinstance(held, bytes) else held if isinstance(held, str) else ""
    return text[:_LONGEST_CONFIG]


def _walk(
    h5py: Any, group: Any, path: str, arrays: Arrays, left: list[int], depth: int, left_out: dict[str, None]
) -> None:
    """Collect the data sets of a group and of those in it; `left` is how many numbers and objects may still come."""
    for name in group:
        left[1] -= 1
        if left[1] < 0 or not depth:
            raise too_large(".h5")
        if not isinstance(group.get(name, getlink=True), h5py.HardLink):
            raise InputError(_LINK, _PLAIN, ".h5")
        found = group[name]
        if isinstance(found, h5py.Group):
            _walk(h5py, found, f"{path}{name}/", arrays, left, depth - 1, left_out)
        elif beside := _BESIDE.search(path):
            left_out[beside[0].strip("/")[:80]] = None
        else:
            arrays[f"{path}{name}"] = _values(found, f"{path}{name}", left)


def _values(found: Any, name: str, left: list[int]) -> NDArray:
    if found.external or found.is_virtual:
        raise InputError(_NO_ARRAY, _PLAIN, ".h5")
    check_type(name, found.dtype)
    left[0] -= max(found.size, prod(found.chunks or (0,)))
    if left[0] < 0:
        raise too_large(".h5")
    return np.asarray(found[()])
