"""Reader of MATLAB's files, by scipy: only in a process of its own. A cell array is taken as its cells."""

import io
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.untrusted.archives import MOST_NUMBERS, Arrays, check_type, too_large


def contents_of(data: bytes) -> tuple[Arrays, dict[str, Any]]:
    """Return the matrices of a file by their names, and the names of what is none."""
    variables = import_module("scipy.io").loadmat(io.BytesIO(data), verify_compressed_data_integrity=True)
    arrays, left_out, left = Arrays(), [], MOST_NUMBERS
    for name, value in variables.items():
        if name.startswith("__"):
            continue
        found = dict(_numbers(name, value))
        left -= sum(array.size for array in found.values())
        if left < 0:
            raise too_large(".mat")
        arrays |= found
        left_out += [] if found else [name[:80]]
    return arrays, {"left_out": left_out}


def _numbers(name: str, value: Any) -> Iterator[tuple[str, NDArray]]:
    """Yield the arrays of numbers in a variable: itself, or the cells of a cell array."""
    if not isinstance(value, np.ndarray) or value.dtype.names or value.dtype.kind in "US":
        return
    if value.dtype.kind != "O":
        check_type(name, value.dtype)
        yield name, value
        return
    for place, cell in enumerate(value.ravel(order="F"), 1):
        if isinstance(cell, np.ndarray) and cell.dtype.kind in "iuf":
            yield f"{name}{place}", cell
