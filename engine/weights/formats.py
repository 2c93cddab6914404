"""The formats of files of weights: one record each, with the reader that makes named arrays of the bytes.

No reader unpickles what a file asks for, or allocates what it merely claims. The package that a reader needs is
imported when a file of that kind is opened, and not before.
"""

import io
import pickletools
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import InputError
from engine.text import Text
from engine.weights.archives import MOST_ARRAYS, MOST_BYTES, MOST_NUMBERS, read_npy, rezipped, too_large, unzipped
from engine.weights.stack import Weights, not_dense, stack

Arrays = dict[str, NDArray]


@dataclass(frozen=True)
class Format:
    """One kind of file.

    Attributes
    ----------
    name : str
        The key in `FORMATS`.
    label, why : Text
        The name that a reader sees, and one sentence on where such files come from.
    endings : tuple of str
        How the names of such files end.
    read : callable
        read(data): the bytes to named arrays; may raise anything.
    needs : str
        The package that it needs beside NumPy, if any.
    in_order : bool
        Whether the arrays of a file stand in the order of the layers.
    rows_are_outputs : bool
        Which way round matrices stand that fit both ways.
    """

    name: str
    label: Text
    why: Text
    endings: tuple[str, ...]
    read: Callable[[bytes], Arrays]
    needs: str = ""
    in_order: bool = False
    rows_are_outputs: bool = True


def _npz(data: bytes) -> Arrays:
    return {name.removesuffix(".npy"): read_npy(content) for name, content in unzipped(data).items()}


def _safetensors(data: bytes) -> Arrays:
    tensors = import_module("safetensors.numpy").load(data)
    return {name: tensor.astype(np.promote_types(tensor.dtype, np.float32)) for name, tensor in tensors.items()}


def _torch(data: bytes) -> Arrays:
    """Read a `state_dict`; the archive is packed anew first, and its pickle asks for nothing but tensors."""
    torch = import_module("torch")
    members = unzipped(data)
    for name, content in members.items():
        if name.endswith(".pkl"):
            _check_pickle(content)
    held = torch.load(io.BytesIO(rezipped(members)), map_location="cpu", weights_only=True, mmap=False)
    held = held.get("state_dict", held) if isinstance(held, dict) else held
    if not isinstance(held, dict) or not all(isinstance(entry, torch.Tensor) for entry in held.values()):
        raise InputError(_NO_STATE, _STATE, type(held).__name__)
    if sum(tensor.numel() for tensor in held.values()) > MOST_NUMBERS:  # a tensor may repeat what is stored once
        raise too_large(f"{len(held)} tensors")
    return {str(name): _floats(tensor.detach()) for name, tensor in held.items()}


def _check_pickle(content: bytes) -> None:
    """Raise `InputError` where a pickle asks for more than tensors: `weights_only` would let it allocate at will."""
    for opcode, asked, _ in pickletools.genops(content):
        if opcode.name in _CALLS and not _TENSOR_PARTS.fullmatch(str(asked)):
            raise InputError(_NO_STATE, _STATE, f"{opcode.name} {asked}")


def _floats(tensor: Any) -> NDArray:
    return (tensor.double() if tensor.dtype.itemsize == 8 else tensor.float()).numpy().copy()


def _keras(data: bytes) -> Arrays:
    """Read the variables of all layers; nothing is followed that leads out of the file."""
    h5py = import_module("h5py")
    arrays: Arrays = {}
    with h5py.File(io.BytesIO(data), "r") as file:
        _walk(h5py, file, "", arrays, [MOST_NUMBERS, MOST_ARRAYS])
    wrong = [name for name in arrays if re.search(r"\bembedding[^/]*/vars/", name)]  # else it would pass for dense
    if wrong:
        raise not_dense(wrong)
    return {_VARIABLE.sub(lambda at: _ROLES.get(at[0], at[0]), name): array for name, array in arrays.items()}


def _walk(h5py: Any, group: Any, path: str, arrays: Arrays, left: list[int], depth: int = 8) -> None:
    """Collect the data sets of a group and of those in it; `left` is how many numbers and objects may still come."""
    for name in group:
        left[1] -= 1
        if left[1] < 0 or not depth:
            raise too_large(path)
        if not isinstance(group.get(name, getlink=True), h5py.HardLink):
            raise InputError(Text("a link leads elsewhere", "其中的链接指向别处"), _NUMBERS, f"{path}{name}")
        found = group[name]
        if isinstance(found, h5py.Group):
            _walk(h5py, found, f"{path}{name}/", arrays, left, depth - 1)
        elif not _BESIDE.search(path):
            arrays[f"{path}{name}"] = _dataset(found, f"{path}{name}", left)


def _dataset(found: Any, name: str, left: list[int]) -> NDArray:
    if found.external or found.is_virtual or found.dtype.kind not in "biuf":
        raise InputError(_NO_ARRAY, _NUMBERS, name)
    left[0] -= max(found.size, prod(found.chunks or (0,)))
    if left[0] < 0:
        raise too_large(name)
    return np.asarray(found[()])


_VARIABLE = re.compile(r"/vars/[01]$|:0$")
_ROLES = {"/vars/0": "/kernel", "/vars/1": "/bias", ":0": ""}
_BESIDE = re.compile(r"seed_generator|^optimizer\b|^top_level_model_weights")
_NUMBERS = Text("plain arrays of numbers", "普通数值数组")
_NO_ARRAY = Text("an entry is no array of numbers", "其中一项不是数值数组")
_NO_STATE = Text("this file holds no plain state_dict", "文件里不是普通的 state_dict")
_STATE = Text("what torch.save(model.state_dict(), …) writes", "torch.save(model.state_dict(), …) 写出的内容")
_CALLS = {"GLOBAL", "STACK_GLOBAL", "INST", "OBJ", "NEWOBJ_EX", "EXT1", "EXT2", "EXT4"}
_TENSOR_PARTS = re.compile(
    r"torch [A-Z][A-Za-z0-9]*Storage|collections OrderedDict|torch\._utils _rebuild_(tensor_v2|parameter)"
    r"|torch\.nn\.parameter Parameter"
)
FORMATS = {
    record.name: record
    for record in (
        Format(
            "npz",
            Text("NumPy .npz", "NumPy .npz"),
            Text("Arrays saved by numpy.savez: W1, b1, W2, b2 …", "numpy.savez 保存的数组：W1、b1、W2、b2……"),
            (".npz",),
            _npz,
        ),
        Format(
            "safetensors",
            Text("safetensors", "safetensors"),
            Text("Weights under PyTorch's names: 0.weight, 0.bias …", "以 PyTorch 名称保存的权重：0.weight、0.bias……"),
            (".safetensors",),
            _safetensors,
            "safetensors",
        ),
        Format(
            "torch",
            Text("PyTorch state_dict", "PyTorch state_dict"),
            Text(
                "A state_dict saved by torch.save; read with weights_only, so nothing in the file is executed.",
                "torch.save 保存的 state_dict；以 weights_only 读取，不执行文件中的任何内容。",
            ),
            (".pt", ".pth"),
            _torch,
            "torch",
            in_order=True,
        ),
        Format(
            "keras",
            Text("Keras .weights.h5", "Keras .weights.h5"),
            Text(
                "Dense layers saved by Keras 3: model.save_weights.", "Keras 3 的 model.save_weights 保存的全连接层。"
            ),
            (".weights.h5", ".h5"),
            _keras,
            "h5py",
            rows_are_outputs=False,
        ),
    )
}
ENDINGS = tuple(ending for record in FORMATS.values() for ending in record.endings)
_ALLOWED = Text(", ".join(ENDINGS), "、".join(ENDINGS))


def read_weights(file: str | Path | bytes, name: str = "") -> Weights:
    """Return the dense layers of a file of weights.

    Parameters
    ----------
    file : str, Path or bytes
        Where it lies, or what it holds.
    name : str
        The file's name, whose ending tells the format; that of the path unless given.

    Raises
    ------
    InputError
        Where it is missing, too large, damaged or of a kind that is not known, where the package that reads it is not
        installed, or where it holds layers that are not dense.

    Examples
    --------
    >>> from io import BytesIO
    >>> np.savez(file := BytesIO(), W1=[[0.5, -0.3]], b1=[0.1])
    >>> read_weights(file.getvalue(), "net.npz").sizes
    (2, 1)
    """
    found = format_of(name or str(file if isinstance(file, str | Path) else ""))
    data = file if isinstance(file, bytes) else _held(Path(file))
    if len(data) > MOST_BYTES:
        raise too_large(f"{len(data):,} B")
    return stack(_arrays(found, data), in_order=found.in_order, rows_are_outputs=found.rows_are_outputs)


def format_of(name: str) -> Format:
    """Return the format that the ending of a file's name tells, or raise `InputError` with those there are."""
    for record in FORMATS.values():
        if name.lower().endswith(record.endings):
            return record
    raise InputError(Text("no such file of weights is known", "未知的权重文件类型"), _ALLOWED, Path(name).name)


def _held(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise too_large(f"{path.stat().st_size:,} B")
        return path.read_bytes()
    except OSError as error:
        problem, allowed = Text("this file cannot be opened", "文件无法打开"), Text("a file of weights", "权重文件")
        raise InputError(problem, allowed, error.strerror or path.name) from None


def _arrays(found: Format, data: bytes) -> Arrays:
    """Return what a reader makes of a file; whatever else it stumbles over is told as one sentence."""
    try:
        with np.errstate(all="ignore"):
            arrays = found.read(data)
    except InputError:
        raise
    except ImportError:
        raise _missing(found) from None
    except Exception as error:  # readers of four packages, on files of strangers: each has errors of its own
        problem = Text("this {} file cannot be read", "无法读取这个 {} 文件").format(found.label)
        raise InputError(problem, Text("an undamaged file", "未损坏的文件"), error) from None
    if sum(array.size for array in arrays.values()) > MOST_NUMBERS or len(arrays) > MOST_ARRAYS:
        raise too_large(f"{len(arrays)} arrays")
    return arrays


def _missing(found: Format) -> InputError:
    problem = Text(
        "to read {} the package {} is needed, which is not installed here", "读取 {} 需要软件包 {}，此处未安装"
    )
    install = Text("after “pip install {0}”, or another format", "先执行“pip install {0}”，或换用其他格式").format(
        found.needs
    )
    return InputError(problem.format(found.label, found.needs), install, found.endings[0])
