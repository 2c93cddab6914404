"""Reads an HDF5 file in a process of its own: the library behind it can crash on a damaged one.

    python hdf5.py <most numbers> <most objects>  < file.h5  > names and arrays

Out come the paths as a line of JSON, then each array as the length of its .npy file and the file.

Nothing is followed that leads out of the file. A refusal ends with the exit code 3 and its name on the error stream.
"""

import io
import json
import re
import sys
from importlib import import_module
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

REFUSED = 3
_BESIDE = re.compile(r"seed_generator|^optimizer\b|^top_level_model_weights")
_DEEPEST, _MOST_MEMORY = 8, 2**31


class RefusalError(Exception):
    """The file holds something that is not read: `too_large`, `link` or `no_numbers`."""


def arrays_of(data: bytes, most_numbers: int, most_objects: int) -> dict[str, NDArray]:
    """Return the data sets of a file by their paths, or raise `RefusalError`."""
    h5py = import_module("h5py")
    arrays: dict[str, NDArray] = {}
    with h5py.File(io.BytesIO(data), "r") as file:
        _walk(h5py, file, "", arrays, [most_numbers, most_objects], _DEEPEST)
    return arrays


def _walk(h5py: Any, group: Any, path: str, arrays: dict[str, NDArray], left: list[int], depth: int) -> None:
    """Collect the data sets of a group and of those in it; `left` is how many numbers and objects may still come."""
    for name in group:
        left[1] -= 1
        if left[1] < 0 or not depth:
            raise RefusalError("too_large")
        if not isinstance(group.get(name, getlink=True), h5py.HardLink):
            raise RefusalError("link")
        found = group[name]
        if isinstance(found, h5py.Group):
            _walk(h5py, found, f"{path}{name}/", arrays, left, depth - 1)
        elif not _BESIDE.search(path):
            arrays[f"{path}{name}"] = _values(found, left)


def _values(found: Any, left: list[int]) -> NDArray:
    if found.external or found.is_virtual or found.dtype.kind not in "biuf":
        raise RefusalError("no_numbers")
    left[0] -= max(found.size, prod(found.chunks or (0,)))
    if left[0] < 0:
        raise RefusalError("too_large")
    return np.asarray(found[()])


def _bound_memory() -> None:
    """Let the process have no more memory than this, where the system can hold it to that."""
    try:
        resource = import_module("resource")
    except ImportError:  # on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def main() -> None:
    """Read the standard input, write the arrays to the standard output."""
    _bound_memory()
    try:
        arrays = arrays_of(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    except RefusalError as refusal:
        sys.stderr.write(str(refusal))
        sys.exit(REFUSED)
    sys.stdout.buffer.write(json.dumps(list(arrays)).encode() + b"\n")
    for array in arrays.values():
        held = io.BytesIO()
        np.save(held, array)
        sys.stdout.buffer.write(len(held.getvalue()).to_bytes(8, "little") + held.getvalue())


if __name__ == "__main__":
    main()
