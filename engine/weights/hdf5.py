"""Reader of HDF5 files: only in a process of its own, for the library behind it can crash on a damaged one.

Nothing is followed that leads out of the file.
"""

import io
import re
from importlib import import_module
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core import InputError, Text
from engine.weights.archives import MOST_ARRAYS, MOST_NUMBERS, Arrays, check_type, too_large

_BESIDE = re.compile(r"seed_generator|^optimizer\b|^top_level_model_weights")
_DEEPEST = 8
_PLAIN = Text("plain arrays of numbers", "普通数值数组")
_LINK = Text("a link points elsewhere", "其中的链接指向别处")
_NO_ARRAY = Text("an entry is not an array of numbers", "其中一项不是数值数组")


def arrays_of(data: bytes) -> Arrays:
    """Return the data sets of a file by their paths.

    Raises
    ------
    InputError
        Where one is too large, or none.
    """
    h5py, arrays = import_module("h5py"), Arrays()
    with h5py.File(io.BytesIO(data), "r") as file:
        _walk(h5py, file, "", arrays, [MOST_NUMBERS, MOST_ARRAYS], _DEEPEST)
    return arrays


def _walk(h5py: Any, group: Any, path: str, arrays: Arrays, left: list[int], depth: int) -> None:
    """Collect the data sets of a group and of those in it; `left` is how many numbers and objects may still come."""
    for name in group:
        left[1] -= 1
        if left[1] < 0 or not depth:
            raise too_large(".h5")
        if not isinstance(group.get(name, getlink=True), h5py.HardLink):
            raise InputError(_LINK, _PLAIN, ".h5")
        found = group[name]
        if isinstance(found, h5py.Group):
            _walk(h5py, found, f"{path}{name}/", arrays, left, depth - 1)
        elif not _BESIDE.search(path):
            arrays[f"{path}{name}"] = _values(found, f"{path}{name}", left)


def _values(found: Any, name: str, left: list[int]) -> NDArray:
    if found.external or found.is_virtual:
        raise InputError(_NO_ARRAY, _PLAIN, ".h5")
    check_type(name, found.dtype)
    left[0] -= max(found.size, prod(found.chunks or (0,)))
    if left[0] < 0:
        raise too_large(".h5")
    return np.asarray(found[()])
