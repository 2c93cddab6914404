"""Reader of a `state_dict` of PyTorch, without PyTorch: only in a process of its own.

A pickle is a program. Here it can make nothing but dictionaries and arrays, and yet one of a few bytes can run for
ever, or ask for all memory there is.
"""

import io
import pickle
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from math import prod
from operator import index
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core import InputError, Text
from engine.weights.archives import MOST_NUMBERS, Arrays, too_large, unzipped

_NO_STATE = Text("this file holds no plain state_dict", "文件里不是普通的 state_dict")
_STATE = Text("what torch.save(model.state_dict(), …) writes", "torch.save(model.state_dict(), …) 写出的内容")
_SHORT = "BFloat16Storage"  # NumPy has no such numbers: they are the upper halves of float32
_TYPES = {
    "DoubleStorage": "f8",
    "FloatStorage": "f4",
    "HalfStorage": "f2",
    _SHORT: "u2",
    "LongStorage": "i8",
    "IntStorage": "i4",
    "ShortStorage": "i2",
    "CharStorage": "i1",
    "ByteStorage": "u1",
    "BoolStorage": "?",
    "ComplexFloatStorage": "c8",
    "ComplexDoubleStorage": "c16",
}


def arrays_of(data: bytes) -> Arrays:
    """Return the tensors of a pickled file by their names.

    Raises
    ------
    InputError
        Where it holds something else, or too much.
    """
    held = _Unpickler(unzipped(data)).load()
    held = held.get("state_dict", held) if isinstance(held, dict) else held
    if not isinstance(held, dict) or not all(isinstance(entry, np.ndarray) for entry in held.values()):
        raise InputError(_NO_STATE, _STATE, type(held).__name__)
    return {str(name): array for name, array in held.items()}


class _Unpickler(pickle.Unpickler):
    """Unpickler that makes arrays of the members of an archive, and refuses to call anything else."""

    def __init__(self, members: Mapping[str, bytes]) -> None:
        name = next((name for name in members if name.endswith("data.pkl")), None)
        if name is None:
            raise InputError(_NO_STATE, _STATE, ", ".join(members))
        super().__init__(io.BytesIO(members[name]))
        folder = name.removesuffix("data.pkl")
        self._stored = {at.removeprefix(f"{folder}data/"): content for at, content in members.items()}
        self._order = ">" if members.get(f"{folder}byteorder") == b"big" else "<"
        self._left = MOST_NUMBERS  # a tensor may repeat what is stored once

    def find_class(self, module: str, name: str) -> Any:
        """Return the stand-in for a class or function of this name."""
        if module == "torch" and name in _TYPES:
            return name
        known = {
            "collections.OrderedDict": OrderedDict,
            "torch._utils._rebuild_tensor_v2": self._tensor,
            "torch._utils._rebuild_parameter": _tensor_of,
        }
        try:
            return known[f"{module}.{name}"]
        except KeyError:
            raise InputError(_NO_STATE, _STATE, f"{module}.{name}") from None

    def persistent_load(self, pid: Sequence[Any]) -> NDArray:
        """Return the numbers that are stored under a key."""
        _, kind, key, *_ = pid
        numbers = np.frombuffer(self._stored[key], self._order + _TYPES[kind])
        return (numbers.astype(np.uint32) << 16).view(np.float32) if kind == _SHORT else numbers

    def _tensor(self, stored: NDArray, offset: int, shape: Sequence[int], steps: Sequence[int], *_: Any) -> NDArray:
        """Return a view of stored numbers, as an array of its own; no further than these reach."""
        offset, shape, steps = index(offset), [*map(index, shape)], [*map(index, steps)]  # which never overflow
        count = prod(shape)
        last = offset + sum((n - 1) * step for n, step in zip(shape, steps, strict=True))
        if min(offset, *shape, *steps) < 0 or (count and last >= len(stored)):
            raise ValueError(f"{shape} / {len(stored)}")
        self._left -= count
        if self._left < 0:
            raise too_large(" × ".join(map(str, shape)))
        strides = [step * stored.itemsize for step in steps]
        return np.lib.stride_tricks.as_strided(stored[offset:], shape, strides, writeable=False).copy()


def _tensor_of(tensor: NDArray, *_: Any) -> NDArray:
    return tensor
