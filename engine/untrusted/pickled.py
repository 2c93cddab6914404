"""Reader of a `state_dict` of PyTorch, without PyTorch: only in a process of its own.

A pickle is a program. Here it can make nothing but dictionaries, arrays, and strangers, which stand for whatever else
it asks for and do nothing; and yet one of a few bytes can run for ever, or ask for all memory there is.
"""

import io
import pickle
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from math import prod
from operator import index
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core import InputError, Text, first_few, names
from engine.untrusted.archives import MOST_NUMBERS, Arrays, too_large, unzipped

_NO_STATE = Text("this file does not contain a plain state_dict", "文件里不是普通的 state_dict")
_WHOLE = Text(
    "this file contains a whole model, which cannot be opened without running its code",
    "文件里是整个模型，只有运行其代码才能打开",
)
_SEVERAL = Text("this file contains several networks: {}", "文件里有多个网络：{}")
_STATE = Text(
    "what torch.save(model.state_dict(), …) writes, or numpy.savez(“weights.npz”, W1=…, b1=…)",
    "torch.save(model.state_dict(), …) 或 numpy.savez(“weights.npz”, W1=…, b1=…) 写出的内容",
)
_ONE = Text(
    "one of them in a separate file: torch.save(held[“{}”], …)",
    "只含其中之一的文件：torch.save(held[“{}”], …)",
)
_SKLEARN = Text(
    "np.savez(file, *model.coefs_, *model.intercepts_) for a scikit-learn model, torch.save(model.state_dict(), …) "
    "for a PyTorch model",
    "scikit-learn 模型用 np.savez(file, *model.coefs_, *model.intercepts_)，PyTorch 模型用 torch.save(model.state_"
    "dict(), …)",
)
_QUANTIZED = Text("this file contains quantized weights", "文件里是量化后的权重")
_FLOATS = Text(
    "the model before it was quantized, with weights of 16, 32 or 64 bits", "量化之前的模型，权重为 16、32 或 64 位"
)
_USUAL = ("state_dict", "model_state_dict", "model_state", "model", "net", "network", "weights", "params", "module")
_DEEPEST, _LIST = 3, 6
_LEGACY = pickle.dumps(0x1950A86A20F9469CFC6C, protocol=2)  # the files of PyTorch before 1.6 begin with this number
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
_Dict = dict[Any, Any]


def contents_of(data: bytes) -> tuple[Arrays, dict[str, Any]]:
    """Return the tensors of a pickled file by their names, and the names of what is beside them.

    Raises
    ------
    InputError
        Where it holds something else, or too much.
    """
    held = _loaded(data)
    if isinstance(held, _Stranger):
        scikit = held.told.startswith(("sklearn", "joblib", "numpy"))
        raise InputError(_WHOLE, _SKLEARN if scikit else _STATE, held.told)
    if isinstance(held, (list, tuple)):  # parameters in a row, or a state beside something else
        held = dict(enumerate(held))
    if not isinstance(held, dict):
        raise InputError(_NO_STATE, _STATE, type(held).__name__)
    path, state = _state_in(held)
    arrays = {str(name): entry for name, entry in state.items() if isinstance(entry, np.ndarray)}
    beside = [*_beside(held, path), *(str(name) for name in state if str(name) not in arrays)]
    return arrays, {"left_out": [name[:80] for name in beside[:100]]}


def _state_in(held: _Dict) -> tuple[Sequence[str], _Dict]:
    """Return the dictionary of tensors in what was saved, and its place; that of a usual name before others."""
    found = list(_states(held, ()))
    if not found:
        inner = next((entry for entry in held.values() if isinstance(entry, _Stranger)), None)
        told = ", ".join(first_few((str(name)[:40] for name in held), _LIST))
        whole = inner and not inner.told.startswith(("__builtin__", "builtins", "numpy", "_codecs"))
        raise InputError(_WHOLE if whole else _NO_STATE, _STATE, f"{told} ({inner.told})" if inner else told)
    usual = [each for name in _USUAL for each in found if each[0][-1:] == (name,)]
    if len(found) > 1 and found[0][0] and not usual:
        listed = [".".join(path) for path, _ in found]
        raise InputError(_SEVERAL.format(names(first_few(listed, _LIST))), _ONE.format(found[0][0][-1]), len(found))
    return found[0] if not found[0][0] or not usual else usual[0]


def _states(held: _Dict, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], _Dict]]:
    """Yield the dictionaries that have matrices in them, with the keys that lead there."""
    if any(isinstance(entry, np.ndarray) and entry.ndim > 1 for entry in held.values()):
        yield path, held
    elif len(path) < _DEEPEST and not held.keys() >= {"state", "param_groups"}:  # which are those of an optimizer
        for name, entry in held.items():
            if isinstance(entry, dict) and "optim" not in str(name).lower():
                yield from _states(entry, (*path, str(name)))


def _beside(held: _Dict, path: Sequence[str]) -> list[str]:
    """Names of what stands beside the dictionary at a place."""
    beside = []
    for step in path:
        beside += [str(name) for name in held if str(name) != step]
        held = next(entry for name, entry in held.items() if str(name) == step)
    return beside


def _loaded(data: bytes) -> Any:
    """Object in a file: an archive, a file of the old kind, or a bare pickle, which has no tensors."""
    if data.startswith(_LEGACY):
        return _of_old_kind(data)
    if not data.startswith(b"\x80"):
        return _unpickler_of(unzipped(data)).load()
    return _Unpickler(io.BytesIO(data), {}).load()


def _unpickler_of(members: Mapping[str, bytes]) -> "_Unpickler":
    name = next((name for name in members if name.endswith("data.pkl")), None)
    if name is None:
        raise InputError(_NO_STATE, _STATE, ", ".join(members))
    folder = name.removesuffix("data.pkl")
    stored = {at.removeprefix(f"{folder}data/"): content for at, content in members.items()}
    return _Unpickler(io.BytesIO(members[name]), stored, ">" if members.get(f"{folder}byteorder") == b"big" else "<")


def _of_old_kind(data: bytes) -> Any:
    """Object in a file of PyTorch before 1.6: pickles, then the numbers, each block behind its length.

    The pickle of the tensors stands before the numbers. It is run once to come behind it, and again with them.
    """
    stream = io.BytesIO(data)
    for _ in range(3):  # the mark, the version of the format, and what wrote it
        _Unpickler(stream, {}).load()
    start, first = stream.tell(), _Skimmer(stream, {})
    first.load()
    keys = _Unpickler(stream, {}).load()
    stored: dict[str, bytes] = {}
    for key in keys if isinstance(keys, list) else ():
        count = int.from_bytes(stream.read(8), "little") * np.dtype(_TYPES[first.kinds[str(key)]]).itemsize
        if count > len(data) - stream.tell():
            raise EOFError(f"{count:,} B")
        stored[str(key)] = stream.read(count)
    stream.seek(start)
    return _Unpickler(stream, stored).load()


class _Stranger:
    """Stand-in for an object of a class that is not ours: it takes whatever it is given, and does nothing."""

    told = ""

    def __init__(self, *_: Any, **__: Any) -> None:
        """Take any arguments."""

    def __setstate__(self, _state: Any) -> None:
        """Take any state."""

    def __setitem__(self, _key: Any, _value: Any) -> None:
        """Take any item."""

    def append(self, _value: Any) -> None:
        """Take any entry."""

    def extend(self, _values: Any) -> None:
        """Take any entries."""

    def add(self, _value: Any) -> None:
        """Take any member."""


class _Unpickler(pickle.Unpickler):
    """Unpickler that makes arrays of stored numbers, and calls nothing else."""

    def __init__(self, stream: io.BytesIO, stored: Mapping[str, bytes], order: str = "<") -> None:
        super().__init__(stream)
        self._stored, self._order = stored, order
        self._left = MOST_NUMBERS  # a tensor may repeat what is stored once
        self._first = ""  # what it asked for first that is not ours

    def find_class(self, module: str, name: str) -> Any:
        """Return the stand-in for a class or function of this name."""
        if module == "torch" and name in _TYPES:
            return name
        known = {
            "collections.OrderedDict": OrderedDict,
            "torch._utils._rebuild_tensor_v2": self._tensor,
            "torch._utils._rebuild_parameter": _tensor_of,
        }
        told = f"{module}.{name}"[:80]
        if name == "_rebuild_qtensor":
            raise InputError(_QUANTIZED, _FLOATS, told)
        if module.startswith("joblib"):  # whose arrays stand between the parts of the pickle
            raise InputError(_WHOLE, _SKLEARN, self._first or told)
        self._first = self._first or ("" if told in known else told)
        return known.get(told) or type("_Named", (_Stranger,), {"told": told})

    def persistent_load(self, pid: Sequence[Any]) -> Any:
        """Return the numbers that are stored under a key, or the stand-in for a class."""
        what, kind, key, *_ = pid
        if what == "module":  # of the old kind: a class with its source
            return kind
        numbers = np.frombuffer(self._stored[key], self._order + _TYPES[kind])
        return (numbers.astype(np.uint32) << 16).view(np.float32) if kind == _SHORT else numbers

    def _tensor(self, stored: NDArray, offset: int, shape: Sequence[int], steps: Sequence[int], *_: Any) -> NDArray:
        """Return a view of stored numbers, as an array of its own; no further than these reach."""
        offset, shape, steps = index(offset), [*map(index, shape)], [*map(index, steps)]  # which never overflow
        count = prod(shape)
        last = offset + sum((n - 1) * step for n, step in zip(shape, steps, strict=True))
        if min((offset, *shape, *steps)) < 0 or (count and last >= len(stored)):
            raise ValueError(f"{shape} / {len(stored)}")
        self._left -= count
        if self._left < 0:
            raise too_large(" × ".join(map(str, shape)))
        strides = [step * stored.itemsize for step in steps]
        return np.lib.stride_tricks.as_strided(stored[offset:], shape, strides, writeable=False).copy()


class _Skimmer(_Unpickler):
    """Unpickler that makes no arrays, and notes of what kind the stored numbers are."""

    def __init__(self, stream: io.BytesIO, stored: Mapping[str, bytes]) -> None:
        super().__init__(stream, stored)
        self.kinds: dict[str, str] = {}

    def persistent_load(self, pid: Sequence[Any]) -> Any:
        """Note the kind of what is stored under a key."""
        what, kind, key, *_ = pid
        if what == "module":
            return kind
        self.kinds[str(key)] = str(kind)
        return np.empty(0)

    def _tensor(self, stored: NDArray, *_: Any) -> NDArray:
        return stored


def _tensor_of(tensor: NDArray, *_: Any) -> NDArray:
    return tensor
